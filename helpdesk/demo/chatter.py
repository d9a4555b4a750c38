"""A long talk out of short lines: what a village committee writes to its shop."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from helpdesk.demo.script import Step

ASKED = (
    "No. {n}: Mrs Hughes wants hers without the drawer.",
    "No. {n}: could that one be two centimetres lower? It is for the children's room.",
    "No. {n}: forget what I said yesterday, Peter has measured again.",
    "No. {n}: the vicar asks whether it burns. (He asks that about everything.)",
    "No. {n}: in oak after all.",
    "No. {n}: is there a cover for it?",
    "No. {n}: we have a new treasurer, the invoice goes to her.",
)
ANSWERED = (
    "Noted for no. {n}.",
    "No. {n} is changed, no extra charge.",
    "Two centimetres are possible for no. {n}, it adds a week.",
    "I have put it on the list, thank you. That was no. {n}.",
    "It does not burn easily, but please tell the vicar not to try.",
)
GAP = timedelta(hours=7)


def spelled_out(steps: Iterable[Step]) -> Iterator[Step]:
    """The steps, with "chatter N" spelled out into N messages to and fro."""
    for step in steps:
        if step.who == "chatter":
            yield from _talk(int(next(iter(step.options))))
        else:
            yield step


def _talk(count: int) -> Iterator[Step]:
    for number in range(count):
        lines = ANSWERED if number % 2 == 0 else ASKED
        text = lines[number // 2 % len(lines)].format(n=number // 2 + 1)
        yield Step("agent" if number % 2 == 0 else "customer", GAP, {}, text)
