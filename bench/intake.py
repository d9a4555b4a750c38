"""Mails a second: from raw bytes in the journal until their reactions have run and their receipts are queued,
by real workers.

python -m bench.intake --tickets 100000 --data /var/tmp/desk --mails 1000
"""

import argparse
import json
import statistics
import time
from pathlib import Path
from typing import Any

from bench import desks, room, stages, triaging
from tickets.models import Delivery


def main() -> None:
    options = _options()
    with room.opened() as where:
        desk = desks.prepared(where, options.tickets)
        present = desk.ticket_count()
        if options.triage:
            triaging.set_up(desk, options.triage)
        runs = {
            name: [_run(desk, workers, options.mails) for _turn in range(options.repeat)]
            for name, workers in (("one_worker", 1), ("all_workers", desk.workers))
        }
        result = {
            "bench": "intake",
            "mails": options.mails,
            "repeats": options.repeat,
            "tickets_present": present,
            "rules": options.triage,
            "triage": triaging.done() if options.triage else {},
            "workers": desk.workers,
            "mails_per_second": {name: _median(made, "mails_per_second") for name, made in runs.items()},
            "cpu_seconds_per_1000": {name: _median(made, "cpu_per_1000") for name, made in runs.items()},
            "receipts": runs["all_workers"][-1]["receipts"],
            "cpu_seconds_per_1000_by_process": runs["all_workers"][-1]["by_process"],
            "stages": stages.measure(desk, min(options.mails, 400)),
            "durability": where.durability(),
        }
    print(json.dumps(result))


def _run(desk: desks.Desk, workers: int, count: int) -> dict[str, Any]:
    with desk.staffed(workers):
        desk.pass_through(desk.mails(40, seed=time.time_ns()))  # workers are up, the language model is loaded
        batch = list(desk.mails(count, seed=time.time_ns()))
        receipts = Delivery.objects.count()
        before, started = desk.cpu(), time.monotonic()
        desk.pass_through(batch)
        seconds = time.monotonic() - started
        used = {name: after - before[name] for name, after in desk.cpu().items()}
    rate, cost = round(count / seconds, 1), round(sum(used.values()) / count * 1000, 2)
    by_process = {name: round(value / count * 1000, 2) for name, value in used.items()}
    receipts = Delivery.objects.count() - receipts
    room.tell(
        f"{workers} worker(s): {rate} mails/s, {cost} CPU s for 1,000, {receipts} receipts: {by_process}"
    )
    return {"mails_per_second": rate, "cpu_per_1000": cost, "by_process": by_process, "receipts": receipts}


def _median(runs: list[dict[str, Any]], name: str) -> float:
    return statistics.median(run[name] for run in runs)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--mails", type=int, default=1000)
    parser.add_argument("--repeat", type=int, default=3, help="runs of which the median is told")
    parser.add_argument("--tickets", type=int, default=0, help="tickets on the desk beforehand")
    parser.add_argument(
        "--triage", type=int, default=0, metavar="RULES", help="with so many rules, due times, and routing"
    )
    parser.add_argument("--data", type=Path, help="keep the desk here for the next measurement")
    return parser.parse_args()


if __name__ == "__main__":
    main()
