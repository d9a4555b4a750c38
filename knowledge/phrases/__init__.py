"""The phrase guide: words to avoid and to prefer, marked as one types, and what else a reply may lack.

models     pairs, and words that a colleague does not want marked
forms      a phrase in all its forms, as the browser looks for it
pack       all phrases of a language for one scan
facts      what a reply on a ticket is held against: name, greeting, sign-off, the customer's questions
keeping    made, changed, removed, spared         shipping   the pairs that come with the desk
access     who is guided, and who changes the pairs
"""
