"""From waiting tickets to assignments: which team, which colleague, and why.

placing       a new ticket → its team, by rules (deciding is pure)
choosing      what a ticket wants, who could take it → one colleague, with the reasons (pure)
staff         who is at work in a team, with what they speak, know and have before them
distributing  the worker: waiting tickets of a team, batch by batch, into assignments
requirements  what somebody has to have read before tickets of a topic, told by upper apps
returning     hand-back and absence
alarming      what nobody has for too long
wording       the reasons in words
"""
