"""What processes cost, by /proc: processor time and memory, children included."""

import os
from collections.abc import Iterable
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def family(pid: int) -> list[int]:
    """A process and all its living descendants."""
    found = [pid]
    for member in found:
        found += children(member)
    return found


def children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in _read(task).split()]


def cpu_seconds(pids: Iterable[int]) -> float:
    """Seconds of processor time these families have used so far, ended children included."""
    return sum(_ticks(member) for pid in pids for member in family(pid)) / TICKS


def pss_kilobytes(pid: int) -> int:
    """Proportional memory of one process: shared pages are split among those who share them."""
    lines = _read(Path(f"/proc/{pid}/smaps_rollup")).splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def _ticks(pid: int) -> int:
    """utime, stime, and those of waited-for children: fields 14 to 17 (proc(5))."""
    fields = _read(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) if fields else 0


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # it ended while we looked
        return ""
