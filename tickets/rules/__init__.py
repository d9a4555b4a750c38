"""Rules that admins set up: when this happens, if that holds, do these.

triggers     what sets a rule off: kinds of events under the names that admins know; others register theirs
clocks       what time can pass since; winding, ringing: alarms, each of which rings once in a state
traits       what may be asked of a ticket; conditions, questions, matching: rows of it, compiled (pure)
facts        what the questions look at; gathering: loaded for a batch at once
actions      what a rule can do, by the verbs that do it alone; others register theirs
replying     the customer is answered by a rule, as far as that is wise
ready        a rule that can be asked and run; compiling: those that are on, once for each version
engine       events → the rules that hold, in their order; limits: circles end
running      one rule on one ticket, told in its history; undoing: taken back
rehearsing   what a rule would have done in the last days; rewinding: tickets as they were
keeping      making, changing, switching, ordering; checking: what one may say
starting     a set of rules to begin with, switched off
access       who may read and set up rules, and see what they did
"""
