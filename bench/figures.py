"""How figures of many measurements are told."""

import statistics
from collections.abc import Iterable


def spread(values: Iterable[float], digits: int) -> dict[str, float]:
    """Median, 95th percentile and largest, rounded; raises StatisticsError where there are none."""
    ordered = sorted(values)
    median, last = statistics.median(ordered), ordered[-1]
    at = {"p50": median, "p95": ordered[int(len(ordered) * 0.95)], "max": last}
    return {name: round(value, digits) for name, value in at.items()}
