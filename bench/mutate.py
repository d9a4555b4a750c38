"""Damaged mail: every mutation of a mail is a message, automatic or unreadable, and soon.

python -m bench.mutate --mails 10000
"""

import argparse
import json
import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from bench import specimens
from channels_app.adapters.base import Unreadable
from channels_app.adapters.email import explaining, reading
from channels_app.messages import InboundMessage
from channels_app.models import Channel, InboundRecord

MOST_MUTATIONS = 4
SLOW_MS = 5000
CHARSETS = (
    *(b"utf-8", b"us-ascii", b"koi8-r", b"iso-8859-2", b"utf-16", b"utf-7", b"iso-2022-jp", b"gb2312"),
    *(b"x-user-defined", b"no-such", b"unicode-1-1-utf-7", b"hz", b"big5", b"euc-kr", b"utf-32", b'"', b""),
)
ENCODINGS = (b"base64", b"quoted-printable", b"x-uuencode", b"7bit", b"8bit", b"binary", b"nonsense", b"")

Mutation = Callable[[bytes, random.Random], bytes]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--mails", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--data", type=Path, help="as for the other measurements; nothing is kept here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="desk-mutate-") as folder:
        settings.FILES_DIR = Path(folder)
        result = run(options.mails, options.seed)
    print(json.dumps(result))
    sys.exit(bool(result["crashes"]) or result["slowest_ms"] > SLOW_MS)


def run(count: int, seed: int = 1) -> dict[str, Any]:
    """What became of `count` mutated mails; each seed gives the same ones."""
    became: Counter[str] = Counter()
    slowest, slowest_seed, crashes = 0.0, 0, []
    for number, mail in enumerate(mutated(count, seed)):
        begun = time.process_time()
        try:
            became[_read(mail)] += 1
        except Exception as error:  # that is what this looks for
            crashes.append(f"{seed}.{number}: {type(error).__name__}: {error}")
            print(crashes[-1], file=sys.stderr)
        taken = (time.process_time() - begun) * 1000
        if taken > slowest:
            slowest, slowest_seed = taken, number
    return {
        "bench": "mutate",
        "mails": count,
        "messages": became["message"],
        "automatic": became["automatic"],
        "quarantined": became["quarantined"],
        "crashes": len(crashes),
        "slowest_ms": round(slowest, 1),
        "slowest_mail": slowest_seed,
        "seed": seed,
    }


def mutated(count: int, seed: int) -> Iterator[bytes]:
    """Mails of all kinds, each with one to four mutations."""
    whole = list(specimens.all_kinds())
    for number in range(count):
        dice = random.Random(f"{seed}.{number}")
        mail = whole[number % len(whole)]
        for _turn in range(dice.randint(1, MOST_MUTATIONS)):
            mail = dice.choice(MUTATIONS)(mail, dice)
        yield mail


def _read(mail: bytes) -> str:
    """Through both readers: the adapter's, and the explanation's, which keeps the whole text."""
    explaining.explain(mail)
    record = InboundRecord(
        channel=Channel(pk=1, kind=Channel.Kind.EMAIL), body=mail, size=len(mail), envelope={}
    )
    try:
        parsed = reading.read(record)
    except Unreadable:
        return "quarantined"
    return "message" if isinstance(parsed, InboundMessage) and not parsed.automatic else "automatic"


def flip_bits(mail: bytes, dice: random.Random) -> bytes:
    changed = bytearray(mail)
    for _bit in range(dice.randint(1, 30)):
        if changed:
            changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def cut(mail: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(mail) + 1)
    return mail[:at] if dice.random() < 0.7 else mail[at:]


def double_lines(mail: bytes, dice: random.Random) -> bytes:
    lines = mail.splitlines(keepends=True)
    at = dice.randrange(len(lines) or 1)
    return b"".join(lines[:at] + lines[at : at + 3] * dice.randint(2, 40) + lines[at:])


def swap_lines(mail: bytes, dice: random.Random) -> bytes:
    lines = mail.splitlines(keepends=True)
    for _swap in range(dice.randint(1, 5)):
        if lines:
            one, other = dice.randrange(len(lines)), dice.randrange(len(lines))
            lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


def drop_header(mail: bytes, dice: random.Random) -> bytes:
    fields = list(re.finditer(rb"^[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*", mail, re.MULTILINE))
    if not fields:
        return mail
    field = dice.choice(fields)
    return mail[: field.start()] + mail[field.end() :]


def damage_boundary(mail: bytes, dice: random.Random) -> bytes:
    marks = list(re.finditer(rb"^--[^\r\n]+", mail, re.MULTILINE))
    if not marks:
        return mail
    mark = dice.choice(marks)
    damaged = dice.choice([b"", mark[0][:-1], mark[0] + b"--", mark[0] + b"x", b" " + mark[0], mark[0][2:]])
    return mail[: mark.start()] + damaged + mail[mark.end() :]


def swap_charset(mail: bytes, dice: random.Random) -> bytes:
    return re.sub(rb"(?<=charset=)[^\s;]*", lambda _found: dice.choice(CHARSETS), mail)


def swap_encoding(mail: bytes, dice: random.Random) -> bytes:
    return re.sub(rb"(?i)(?<=transfer-encoding: )[^\r\n]*", lambda _found: dice.choice(ENCODINGS), mail)


def random_bytes(mail: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(mail) + 1)
    return mail[:at] + dice.randbytes(dice.randint(1, 400)) + mail[at + dice.randint(0, 50) :]


def repeat_a_sign(mail: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(mail) + 1)
    sign = dice.choice(
        [b'"', b"<", b"(", b"=?", b"?=", b"\0", b"\r", b"\n", b";", b"> ", b"\\", b"=", b"\x1b$B", b"@"]
    )
    return mail[:at] + sign * dice.choice([1, 3, 60, 3000, 50_000]) + mail[at:]


def nest(mail: bytes, dice: random.Random) -> bytes:
    head, gap, body = mail.partition(b"\r\n\r\n")
    kind = dice.choice([b"mixed", b"alternative", b"related", b"signed", b"report", b"digest"])
    kept = [line for line in head.split(b"\r\n") if not line.lower().startswith((b"content-", b" ", b"\t"))]
    inner = head[head.lower().find(b"content-type") :] if b"content-type" in head.lower() else b""
    for depth in range(dice.choice([1, 2, 10, 60])):
        mark = b"nest%d" % depth
        body = b"--%b\r\n%b\r\n\r\n%b\r\n--%b--\r\n" % (mark, inner, body, mark)
        inner = b'Content-Type: multipart/%b; boundary="%b"' % (kind, mark)
    return b"\r\n".join([*kept, inner]) + gap + body


MUTATIONS: list[Mutation] = [
    *(flip_bits, cut, double_lines, swap_lines, drop_header, damage_boundary, swap_charset, swap_encoding),
    *(random_bytes, repeat_a_sign, nest),
]


if __name__ == "__main__":
    main()
