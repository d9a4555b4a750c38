"""How many letters are read exactly: a table by program and by language.

python -m tests.channels_app.adapters.email.quoting.measure [--show N]
"""

import argparse
import os
from collections import Counter
from collections.abc import Iterable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpdesk.settings")
os.environ.setdefault("HELPDESK_SECRET_KEY", "measure")
os.environ.setdefault("HELPDESK_ENCRYPTION_KEY", "measure")
django.setup()

from tests.channels_app.adapters.email.quoting import letters, programs  # noqa: E402
from tests.channels_app.adapters.email.quoting.reading import lost, read, same  # noqa: E402


def table(cases: Iterable[programs.Case], show: int) -> None:
    by_program, by_language, exact, total, losses = Counter(), Counter(), Counter(), 0, 0
    for case in cases:
        told = read(case).visible_text
        total += 1
        right = same(told, case.truth, loose=case.loose)
        exact["all"] += right
        for counted, name in ((by_program, case.program), (by_language, case.language)):
            counted[name] += 1
            exact[(id(counted), name)] += right
        if not right:
            losses += lost(told, case.truth, loose=case.loose)
            if show > 0:
                show -= 1
                mark = " LOST" if lost(told, case.truth, loose=case.loose) else ""
                print(f"=== {case.program} {case.language}{mark}")
                print(f"{told}\n--- wanted\n{case.truth}\n")
    for counted in (by_program, by_language):
        print("  ".join(f"{name} {exact[(id(counted), name)]}/{count}" for name, count in counted.items()))
    print(
        f"exact {exact['all']} of {total}: {100 * exact['all'] / total:.1f} %; own lines folded in {losses}"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--set", default="programs")
    options = parser.parse_args()
    sets = {"programs": programs.cases, "both": programs.in_both_parts}
    table(sets[options.set]() if options.set in sets else letters.cases(options.set), options.show)
