"""Letters written by hand, one after another in a file: what stays is marked +, what folds is marked -.

    === name | language | subject | sender
    + a line that is the sender's own
    - a line that is quoted or a signature

A page instead of a text: the HTML between "<<<" and ">>>", then the truth in + lines.
"""

from collections.abc import Iterator
from pathlib import Path

from tests.channels_app.adapters.email.quoting.programs import Case

FOLDER = Path(__file__).with_name("letters")


def cases(name: str) -> Iterator[Case]:
    for block in ("\n" + (FOLDER / f"{name}.txt").read_text(encoding="utf-8")).split("\n=== ")[1:]:
        head, _newline, body = block.partition("\n")
        title, language, subject, sender = (part.strip() for part in (head + " | | |").split("|")[:4])
        page = ""
        if body.startswith("<<<"):
            page, _mark, body = body[4:].partition("\n>>>\n")
        lines = [line for line in body.split("\n") if line[:1] in ("+", "-")]
        own = [(line[2:], line[0] == "+") for line in lines]
        yield Case(
            program=title,
            language=language,
            subject=subject or "Re: Lamp",
            sender=sender,
            html=page,
            text="" if page else "\n".join(words for words, _stays in own),
            truth=_truth(own),
        )


def _truth(own: list[tuple[str, bool]]) -> str:
    """The lines that stay; where something was cut out, a blank line."""
    out: list[str] = []
    cut = False
    for words, stays in own:
        if not stays:
            cut = True
            continue
        if cut and out and out[-1] and words:
            out.append("")
        if cut and out and not out[-1] and not words:
            continue
        cut = False
        out.append(words)
    return "\n".join(out)
