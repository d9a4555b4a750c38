"""What a verdict costs: language, kind, topic, priority, tone and reasons of a message."""

import time
from typing import Any

from bench.figures import spread
from tickets.classification import examples, judging


def measured(times: int = 2) -> dict[str, Any]:
    """Milliseconds a message, over the messages that the models learned from, the first load left out."""
    messages = examples.shipped_examples()
    for language in examples.LANGUAGES:
        judging.judge("Hello", language)
    taken = []
    begun = time.process_time()
    for _round in range(times):
        for each in messages:
            start = time.perf_counter()
            judging.judge(each.text, each.language)
            taken.append((time.perf_counter() - start) * 1000)
    cpu = (time.process_time() - begun) * 1000 / len(taken)
    return {"classify_ms": spread(taken, 2), "classify_cpu_ms": round(cpu, 2), "classified": len(taken)}
