"""Canned responses: templates of replies with their wordings by language, placeholders, files and actions.

models     what is kept
keeping    made, changed, removed          files      attached
fitting    which come first on a ticket    filling    a wording with a ticket's data in it
using      put into a draft; what became of it
repeated   answers that are given again and again, offered as new responses
access     who may use and change which     by_rule   customers answered by a rule
shipping   the starter set of a web shop
"""
