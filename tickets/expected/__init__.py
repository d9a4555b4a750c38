"""Honest expected times: how long an answer takes, told to the customer, watched, corrected, and measured.

reckoning    from figures, queue and working hours to a range; pure
figures      how long answers and solutions took lately, a small table made anew by the beat, kept in memory
forecasting  the range for one ticket, and until when that is
promised     what a policy of times promises, as a bound of that
wording      how it is said, by language
telling      what a customer was told is kept with the ticket
sweeping     what will not hold is found before it passes; what was answered is settled
correcting   the message that says that it takes longer
measuring    how often what was told held
access       who sees and corrects what was told
"""
