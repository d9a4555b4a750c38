"""One log file a process, never much larger than it needs to be."""

from pathlib import Path
from typing import BinaryIO

LARGEST = 5_000_000


def opened(path: Path) -> BinaryIO:
    """The log, for a process that is starting; a large one is laid aside first, in place of the last such."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > LARGEST:
        path.replace(path.with_name(f"{path.name}.1"))
    return path.open("ab")
