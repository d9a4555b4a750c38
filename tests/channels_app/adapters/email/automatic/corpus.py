"""Mails written for judging: each file holds many, after a line that says what they are.

    ### KIND [permanent|temporary RECIPIENT,RECIPIENT]

People's samples say only what matters; carol's usual head is added.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from channels_app.adapters.email import identity, mime
from channels_app.adapters.email.automatic import Verdict, judge

FOLDER = Path(__file__).with_name("samples")
USUAL = {"From": "Carol Reyes <carol@mail.example>", "To": "desk@shop.example"}


@dataclass(frozen=True)
class Sample:
    name: str
    kind: str
    permanent: bool | None
    recipients: list[str]
    raw: bytes

    def __str__(self) -> str:
        return self.name


def samples(*names: str) -> Iterator[Sample]:
    for name in names:
        text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
        for number, piece in enumerate(text.split("### ")[1:], 1):
            label, _newline, mail = piece.partition("\n")
            yield sample(f"{name}-{number}", label, mail)


def sample(name: str, label: str, mail: str) -> Sample:
    kind, *rest = label.split()
    head, _blank, body = mail.partition("\n\n")
    usual = [f"{field}: {value}" for field, value in USUAL.items() if f"\n{field}:" not in f"\n{head}"]
    charset = "koi8-r" if "charset=koi8-r" in head else "iso-2022-jp" if "iso-2022-jp" in head else "utf-8"
    raw = "\n".join([*usual, head]).encode() + b"\n\n" + body.encode(charset)
    return Sample(
        name=name,
        kind="" if kind == "person" else kind,
        permanent={"permanent": True, "temporary": False}.get(rest[0]) if rest else None,
        recipients=rest[1].split(",") if len(rest) > 1 else [],
        raw=raw.replace(b"\n", b"\r\n"),
    )


def judged(raw: bytes) -> Verdict:
    root = mime.read(raw)
    return judge(root, path=identity.return_path(root.headers, {}))
