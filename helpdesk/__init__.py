"""The desk as a whole: what the apps below are wired together with."""

import gc

# What is imported stays: at Python's 700 new objects, starting went through 250,000 of them again and again,
# a quarter of the processor time of every start. Cycles of a request are found a few requests later.
gc.set_threshold(20_000, 10, 10)
