"""The text of a step as people type it without an editor: lists, numbered lists and tables by their signs."""

import re
from collections.abc import Iterable
from html import escape

_NUMBER = re.compile(r"\d+\. +(.+)")


def html(lines: Iterable[str]) -> str:
    """Each line a paragraph; "- " and "• " begin a point of a list, "1. " of a numbered one, "| " a row.

    The first row of a table is its head.
    """
    out: list[tuple[str, str]] = []
    for line in (each.strip() for each in lines):
        if line.startswith(("- ", "• ")):
            out.append(("ul", f"<li>{escape(line[2:])}</li>"))
        elif found := _NUMBER.match(line):
            out.append(("ol", f"<li>{escape(found[1])}</li>"))
        elif line.startswith("| "):
            tag = "td" if out and out[-1][0] == "table" else "th"
            cells = (cell.strip() for cell in line.strip("| ").split("|"))
            row = "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells)
            out.append(("table", f"<tr>{row}</tr>"))
        else:
            out.append(("", f"<p>{escape(line)}</p>" if line else ""))
    return _joined(out)


def _joined(parts: list[tuple[str, str]]) -> str:
    text, last = "", ""
    for tag, part in [*parts, ("", "")]:
        if tag != last:
            text += (f"</{last}>" if last else "") + (f"<{tag}>" if tag else "")
        text, last = text + part, tag
    return text
