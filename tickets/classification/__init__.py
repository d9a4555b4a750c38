"""What a message wants: its kind, topic, urgency and tone, by a model that ships with the desk.

features     text → what it is judged by (pure)
weighing     a stored model → how likely each answer is, and why (pure; no library)
phrases      words that admins weigh, and where a text has them (pure)
urgency      signs that a message cannot wait (pure)
senses       what words speak for by their sense: pieces of words with numbers (pure)
vectors      where training takes that from: the small language model of the search
keywords     a plain keyword rule, for comparison (pure)
languages    which of the learned languages a message is in (pure)
latin        Russian in Latin letters, as it would be spelt (pure)
judging      text → verdict: kind, topic, priority, language, confidence and reasons
own          what this desk judges by beyond what ships
topics       what the topics are called
versions     which of what was learned is in use
recognising  the desk's opinion of a new ticket
trying       a text tried out, and how its verdict came about (pure)
examples     messages with what people said of them
training     messages with their answers → a model, and how good it is (scikit-learn, workers only)
proving      how good verdicts are on messages that nothing was learned from
learning     the tickets that people have judged → a model of this desk's own
"""
