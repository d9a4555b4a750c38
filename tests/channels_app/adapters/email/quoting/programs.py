# ruff: noqa: E501  (lines as mail programs write them)
"""Letters as mail programs write them, in fifteen languages, each with the words that are new in it."""

import re
import textwrap
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from html import escape, unescape
from pathlib import Path

SPEECH = tomllib.loads(Path(__file__).with_name("speech.toml").read_text(encoding="utf-8"))
AGENT, AGENT_ADDRESS = "Ben Moss (Tallow & Pine)", "support@desk.example"
SUBJECT = "Lamp"


@dataclass(frozen=True, kw_only=True)
class Case:
    program: str
    language: str
    truth: str
    text: str = ""
    loose: bool = False
    """Only the words count, not the lines they stand on."""
    html: str = ""
    subject: str = f"Re: {SUBJECT}"
    sender: str = ""


@dataclass(frozen=True)
class Speech:
    language: str
    words: dict

    def __getattr__(self, name: str):
        return self.words[name]

    def by(self, form: str) -> str:
        return self.words[form].format(n=AGENT, a=AGENT_ADDRESS)

    @property
    def fields(self) -> str:
        names = self.words["head"]
        values = [f"{AGENT} <{AGENT_ADDRESS}>", self.words["day"], "claire@mail.example", SUBJECT]
        return "\n".join(f"{name}: {value}" for name, value in zip(names, values, strict=True))

    @property
    def name(self) -> str:
        return self.words["card"].splitlines()[0]


def cited(words: str, width: int = 0, mark: str = "> ") -> str:
    lines = words.splitlines()
    if width:
        lines = [piece for line in lines for piece in (textwrap.wrap(line, width) or [""])]
    return "\n".join(f"{mark}{line}".rstrip() for line in lines)


def wrapped(words: str, width: int = 68) -> str:
    return "\n".join(textwrap.wrap(words, width, break_long_words=False, break_on_hyphens=False))


def divs(words: str) -> str:
    return "".join(f"<div>{escape(line) or '<br>'}</div>" for line in words.splitlines())


def paragraphs(words: str) -> str:
    return "".join(
        f'<p class="MsoNormal">{escape(line) or "<o:p>&nbsp;</o:p>"}</p>' for line in words.splitlines()
    )


Made = dict[str, str]
PROGRAMS: dict[str, Callable[[Speech], Made]] = {}


def program(make: Callable[[Speech], Made]) -> Callable[[Speech], Made]:
    PROGRAMS[make.__name__] = make
    return make


def cases() -> Iterator[Case]:
    for language, words in SPEECH.items():
        speech = Speech(language, words)
        for name, make in PROGRAMS.items():
            made = {"truth": speech.own, "sender": speech.name, **make(speech)}
            yield Case(program=name, language=language, **made)


@program
def gmail_text(s: Speech) -> Made:
    return {"text": f"{s.own}\n\n{wrapped(s.by('gmail'))}\n\n{cited(s.old, 72)}\n"}


@program
def gmail_text_without_marks(s: Speech) -> Made:
    return {"text": f"{s.own}\n\n{s.by('gmail')}\n\n{s.old}\n"}


@program
def gmail_page(s: Speech) -> Made:
    by = escape(s.by("gmail"))
    return {
        "html": f'<div dir="ltr">{divs(s.own)}</div><br><div class="gmail_quote gmail_quote_container">'
        f'<div dir="ltr" class="gmail_attr">{by}<br></div><blockquote class="gmail_quote" '
        f'style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">'
        f'<div dir="ltr">{divs(s.old)}</div></blockquote></div>'
    }


@program
def gmail_both_with_signature(s: Speech) -> Made:
    by, card = s.by("gmail"), s.card.replace("\n", "<br>")
    return {
        "text": f"{s.own}\n\n-- \n{s.card}\n\n\n{wrapped(by)}\n\n{cited(s.old, 70)}\n",
        "html": f'<div dir="ltr">{divs(s.own)}<br clear="all"><div><br></div><span class="gmail_signature_prefix">'
        f'-- </span><br><div dir="ltr" class="gmail_signature" data-smartmail="gmail_signature">{card}</div></div>'
        f'<br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">{escape(by)}<br></div>'
        f'<blockquote class="gmail_quote">{divs(s.old)}</blockquote></div>',
    }


@program
def gmail_forward(s: Speech) -> Made:
    date = s.day
    text = (
        f"{s.more}\n\n---------- {s.fwd} ---------\n{s.head[0]}: {AGENT} <{AGENT_ADDRESS}>\nDate: {date}\n"
        f"Subject: {SUBJECT}\nTo: <claire@mail.example>\n\n\n{s.old}"
    )
    return {"text": text, "truth": text, "subject": f"Fwd: {SUBJECT}"}


@program
def outlook_text(s: Speech) -> Made:
    return {"text": f"{s.own}\n\n{'_' * 32}\n{s.fields}\n\n{s.old}\n"}


@program
def outlook_text_without_ruler(s: Speech) -> Made:
    return {"text": f"{s.own}\n\n{s.closing}\n\n{s.card}\n\n{s.fields}\n\n{s.old}\n"}


@program
def outlook_original(s: Speech) -> Made:
    return {"text": f"{s.own}\n\n-----{s.original}-----\n{s.fields} \n\n{s.old}\n"}


@program
def outlook_bold(s: Speech) -> Made:
    fields = "\n".join(
        f"*{line.partition(':')[0]}:*{line.partition(':')[2]}" for line in s.fields.splitlines()
    )
    return {"text": f"{s.own}\n\n \n\n{fields}\n\n \n\n{s.old}\n"}


@program
def outlook_page(s: Speech) -> Made:
    fields = "<br>".join(
        f"<b>{escape(line.partition(':')[0])}:</b>{escape(line.partition(':')[2])}"
        for line in s.fields.splitlines()
    )
    return {
        "html": f'<html><head><style>p.MsoNormal{{margin:0}}</style></head><body lang="EN"><div class="WordSection1">'
        f'{paragraphs(s.own)}<p class="MsoNormal"><o:p>&nbsp;</o:p></p><div><div style="border:none;border-top:solid '
        f'#E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal">{fields}<o:p></o:p></p></div></div>'
        f'<p class="MsoNormal"><o:p>&nbsp;</o:p></p>{paragraphs(s.old)}</div></body></html>',
        "truth": s.own,
    }


@program
def outlook_web(s: Speech) -> Made:
    fields = "<br>".join(f"<b>{escape(line)}</b>" for line in s.fields.splitlines())
    return {
        "html": f'<html><body dir="ltr"><div class="elementToProof" style="font-family:Calibri">{divs(s.own)}</div>'
        f'<div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" '
        f'dir="ltr"><font face="Calibri">{fields}</font><div>&nbsp;</div></div><div>{divs(s.old)}</div></body></html>'
    }


@program
def outlook_phone(s: Speech) -> Made:
    return {"text": f"{s.own}\n\n{s.get}\n{'_' * 32}\n{s.fields}\n\n{s.old}\n"}


@program
def apple_text(s: Speech) -> Made:
    return {"text": f"{s.own}\n\n> {s.by('mac')}\n> \n{cited(s.old)}\n"}


@program
def apple_phone(s: Speech) -> Made:
    return {"text": f"{s.own}\n\n{s.phone}\n\n{cited(s.by('mac'))}\n> \n{cited(s.old, mark='> ')}\n"}


@program
def apple_phone_bare(s: Speech) -> Made:
    """An introduction without mark, and no blank line before the phone's tag."""
    return {"text": f"{s.own}\n{s.phone}\n\n{s.by('mac')}\n\n{cited(s.old)}\n"}


@program
def apple_page(s: Speech) -> Made:
    return {
        "html": f'<html><body dir="auto">{divs(s.own)}<br id="lineBreakAtBeginningOfSignature"><div dir="ltr">'
        f'{escape(s.phone)}</div><div dir="ltr"><br><blockquote type="cite">{escape(s.by("mac"))}<br><br></blockquote>'
        f'</div><blockquote type="cite"><div dir="ltr">{divs(s.old)}</div></blockquote></body></html>'
    }


@program
def apple_forward(s: Speech) -> Made:
    text = f"{s.more}\n\n{s.apple_fwd}\n\n{cited(s.fields)}\n> \n{cited(s.old)}"
    return {"text": text, "truth": text, "subject": f"Fwd: {SUBJECT}"}


@program
def thunderbird_text(s: Speech) -> Made:
    return {"text": f"{s.own}\n\n{s.by('bird')}\n{cited(s.old, 72)}\n"}


@program
def thunderbird_below(s: Speech) -> Made:
    return {"text": f"{s.by('bird')}\n{cited(s.old, 72)}\n\n{s.own}\n"}


@program
def thunderbird_between(s: Speech) -> Made:
    old = cited(s.old, 72).splitlines()
    text = "\n".join([s.by("bird"), *old[:2], "", s.more, "", *old[2:], "", s.own])
    return {"text": text, "truth": text}


@program
def thunderbird_page(s: Speech) -> Made:
    return {
        "html": f"<html><body><p>{'</p><p>'.join(escape(one).replace(chr(10), '<br>') for one in s.own.split(chr(10) * 2))}"
        f'</p><p><br></p><div class="moz-cite-prefix">{escape(s.by("bird"))}<br></div><blockquote type="cite" '
        f'cite="mid:a@b"><p>{escape(s.old)}</p></blockquote><div class="moz-signature">-- <br>{s.card}</div></body></html>'
    }


@program
def yahoo_text(s: Speech) -> Made:
    return {"text": f"{s.own}\n\n    {s.by('yahoo')}  \n \n {s.old}  \n"}


@program
def yahoo_page(s: Speech) -> Made:
    return {
        "html": f'<html><body><div class="ydp1yahoo-style-wrap">{divs(s.own)}</div><div id="ydp2yahoo_quoted_77" '
        f'class="ydp2yahoo_quoted"><div><div>{escape(s.by("yahoo"))}</div><div><br></div><div>{divs(s.old)}</div></div>'
        "</div></body></html>"
    }


@program
def yandex_text(s: Speech) -> Made:
    return {"text": f'{s.own}\n\n22.11.2026, 14:05, "{AGENT}" <{AGENT_ADDRESS}>:\n{cited(s.old)}\n'}


@program
def yandex_page(s: Speech) -> Made:
    return {
        "html": f'{divs(s.own)}<div>&nbsp;</div><div>22.11.2026, 14:05, "{escape(AGENT)}" &lt;{AGENT_ADDRESS}&gt;:</div>'
        f"<blockquote>{divs(s.old)}</blockquote>"
    }


@program
def mailru_text(s: Speech) -> Made:
    by = f"Воскресенье, 22 ноября 2026, 14:05 +03:00 от {AGENT} <{AGENT_ADDRESS}>:"
    return {"text": f"{s.own}\n \n>{by}\n> \n{cited(s.old)}\n"}


@program
def proton_text(s: Speech) -> Made:
    return {
        "text": f"{s.own}\n\nSent with Proton Mail secure email.\n\n------- Original Message -------\n"
        f"On Sunday, November 22nd, 2026 at 14:05, {AGENT} <{AGENT_ADDRESS}> wrote:\n\n\n{cited(s.old)}\n"
    }


@program
def samsung_text(s: Speech) -> Made:
    return {
        "text": f"{s.own}\n\n\nSent from my Galaxy\n\n\n-------- {s.original} --------\n{s.head[0]}: {AGENT} <{AGENT_ADDRESS}>\n"
        f"Date: 22/11/2026 14:05 (GMT+01:00)\nTo: claire@mail.example\nSubject: {SUBJECT}\n\n{s.old}\n"
    }


@program
def zoho_text(s: Speech) -> Made:
    return {
        "text": f"{s.own}\n\n\n\n---- On Sun, 22 Nov 2026 14:05:54 +0100 {AGENT} <{AGENT_ADDRESS}> wrote ----\n\n{s.old}\n"
    }


@program
def with_signature(s: Speech) -> Made:
    return {
        "text": f"{s.own.rsplit(chr(10) * 2, 1)[0]}\n\n-- \n{s.card}\n",
        "truth": s.own.rsplit("\n\n", 1)[0],
    }


@program
def with_card_and_disclaimer(s: Speech) -> Made:
    said = s.own.rsplit("\n\n", 1)[0]
    return {"text": f"{said}\n\n{s.closing}\n\n{s.card}\n\n{s.secret}\n", "truth": said}


@program
def nothing_to_fold(s: Speech) -> Made:
    return {"text": s.own, "subject": SUBJECT}


def in_both_parts() -> Iterator[Case]:
    """The pages again, each with a text beside it that has lost its marks and its line breaks."""
    for case in cases():
        if case.html and not case.text:
            yield replace(case, text=beside(case.html), loose=True)


def beside(page: str) -> str:
    """The text that a plain converter makes of a page: lines filled to 76 columns, nothing marked."""
    page = re.sub(r"<style>.*?</style>", "", page)
    lines = [
        unescape(re.sub(r"<[^>]*>", "", line)).replace("\xa0", " ")
        for line in re.split(r"<br[^>]*>|</(?:div|p|blockquote)>", page)
    ]
    return "\n".join(wrapped(line, 76) for line in lines).strip()
