"""How long something takes when nothing else keeps the machine busy."""

import time
from collections.abc import Callable


def quickest(call: Callable[[], object], times: int = 3) -> float:
    """Seconds of the quickest of several: what blocks does so each time, a busy machine does not."""
    taken = []
    for _time in range(times):
        begun = time.monotonic()
        call()
        taken.append(time.monotonic() - begun)
    return min(taken)
