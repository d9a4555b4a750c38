"""How soon tickets are to be answered and resolved.

calendar   working time: when so much of it has passed, and how much has (pure)
terms      what a version of a policy says, and which of them fits a ticket (pure)
clocks     a ticket's history → what runs, pauses and has ended, and its moments (pure)
policies   the policies of the desk as versions in an order
prompting  which events let clocks be reckoned again
settling   tickets → their clocks, after whatever happened
ledger     the rows they are reckoned from and kept in
sweeping   what falls due is told once; a new edition of the policies reaches the open tickets
crossing   what follows when a clock crosses a threshold
why        what a due time was reckoned from
forecast   what a change of the policies would do to the open tickets
keeping    policies and working hours as admins keep them
access     who may see how they are set up
hours_text working hours as people write them (pure)
"""
