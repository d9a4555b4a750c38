"""Text whose lines a mail program folded and marked for unfolding (RFC 3676, format=flowed)."""

import re

_QUOTED = re.compile(r"(>*)( ?)(.*)", re.DOTALL)
SIGNATURE = "-- "


def unfolded(text: str, delete_space: bool) -> str:
    """The paragraphs as they were written; quotes keep their marks, the signature's line stays its own."""
    out: list[list[str]] = []
    depth_before, open_line = 0, False
    for line in text.split("\n"):
        marks, _stuffed, words = _QUOTED.fullmatch(line).groups()  # type: ignore[union-attr]
        depth = len(marks)
        flows = words.endswith(" ") and words != SIGNATURE
        if open_line and depth == depth_before and words not in {SIGNATURE, ""}:
            out[-1].append(words)
        else:
            out.append([f"{marks} {words}" if marks else words])
        if flows and delete_space:
            out[-1][-1] = out[-1][-1][:-1]
        open_line, depth_before = flows, depth
    return "\n".join(map("".join, out))
