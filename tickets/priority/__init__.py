"""How urgent a ticket is, by criteria that admins set.

reckoning   facts and criteria → points, priority, reasons, and when time may change it (pure)
money       amounts of money in a text (pure)
usual       the criteria that a desk may begin with
settling    tickets → their priority, as they come and as time passes; a person's choice stays
"""
