"""What in a mail is quoted and what is a signature, for folding. Pure; nothing is cut off.

`quoting.fold(text, page, …)` gives the stretches of the text that are no new words of the sender, and the
page with the same stretches marked. The conventions are in docs/decisions/, the words in words.toml.
"""

from channels_app.adapters.email.quoting.folding import Folded, fold
from channels_app.adapters.email.quoting.page import nameless

__all__ = ["Folded", "fold", "nameless"]
