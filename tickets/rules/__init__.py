"""Rules that admins set up: when this happens, if that holds, do these.

triggers     what sets a rule off: kinds of events under the names that admins know; others register theirs
clocks       what time can pass since: alarms, each of which rings once in a state
conditions   what may be asked of a ticket, and rows of it compiled into one question (pure)
facts        what the questions look at, loaded for a batch at once
actions      what a rule can do, by the verbs that do it alone; others register theirs
replying     the customer is answered by a rule, as far as that is wise
compiling    the rules that are switched on, compiled once for each version
engine       events and alarms → the rules that hold, in their order, within limits
running      one rule on one ticket, told in its history
undoing      a run taken back
rehearsing   what a rule would have done in the last days
keeping      making, changing, switching, ordering; versions
starting     a set of rules to begin with, switched off
"""
