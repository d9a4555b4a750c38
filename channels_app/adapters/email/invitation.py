"""An invitation as words (RFC 5545), for mail that says nothing else."""

import re

MAX_SIZE = 400_000
MOST_EVENTS = 50

_FOLD = re.compile(r"\r?\n[ \t]")
_FIELD = re.compile(
    r"^(SUMMARY|DTSTART|DTEND|LOCATION|ORGANIZER|DESCRIPTION)((?:;[^:\"\r\n]*(?:\"[^\"\r\n]*\")?)*):([^\r\n]*)",
    re.MULTILINE,
)
_MOMENT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})\d{2}(Z?))?")
_ZONE = re.compile(r";TZID=\"?([^;:\"]+)")
_ESCAPE = re.compile(r"\\([nN,;\\])")


def summary(calendar: str) -> str:
    """What, when, where and by whom of each event, a line each; "" when there is none."""
    pieces = _FOLD.sub("", calendar[:MAX_SIZE]).split("BEGIN:VEVENT")[1 : MOST_EVENTS + 1]
    events = [piece.partition("END:VEVENT")[0] for piece in pieces]
    return "\n\n".join(told for event in events if (told := _told(event)))


def _told(event: str) -> str:
    fields: dict[str, tuple[str, str]] = {}
    for name, parameters, value in _FIELD.findall(event):
        fields.setdefault(name, (parameters, _ESCAPE.sub(_plain, value).strip()))
    lines = [fields.get("SUMMARY", ("", ""))[1]]
    times = [_when(*fields[name]) for name in ("DTSTART", "DTEND") if name in fields]
    lines.append(" – ".join(times))
    lines.append(fields.get("LOCATION", ("", ""))[1])
    lines.append(fields.get("ORGANIZER", ("", ""))[1].removeprefix("mailto:").removeprefix("MAILTO:"))
    lines.append(fields.get("DESCRIPTION", ("", ""))[1])
    return "\n".join(line for line in lines if line)


def _when(parameters: str, value: str) -> str:
    found = _MOMENT.match(value)
    if found is None:
        return value
    day = f"{found[1]}-{found[2]}-{found[3]}"
    zone = _ZONE.search(parameters)
    named = " UTC" if found[6] else f" {zone[1]}" if zone else ""
    return f"{day} {found[4]}:{found[5]}{named}" if found[4] else day


def _plain(escape: re.Match[str]) -> str:
    return "\n" if escape[1] in "nN" else escape[1]
