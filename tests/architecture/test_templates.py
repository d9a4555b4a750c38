"""Templates hold nothing that a strict Content-Security-Policy refuses, in silence, in front of a user."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines

from tests.architecture.source import ROOT, modules

# A customer's mail is a document of its own, shown in a sandboxed frame under its own policy; a mail we
# send is read in mail programs, which know only inline styles.
OWN_POLICY = ("tickets/frame.html", "account/email/", "channels_app/mail/")

OWN_DOCUMENTS = {
    "tickets.web.rich",
    "channels_app.adapters.email.letterhead",
    "channels_app.adapters.email.html",
    "channels_app.adapters.email.quotation",
}

REFUSED = {
    "inline script": r"<script\b(?![^>]*\bsrc=)(?![^>]*\btype=[\"']application/json[\"'])[^>]*>",
    "words inside a script": r"<script\b[^>]*\bsrc=[^>]*>\s*[^\s<]",
    "inline style sheet": r"<style\b",
    "style attribute": r"<[^>]*\sstyle\s*=",
    "event handler": r"<[^>]*\son[a-z]+\s*=",
    "script in an address": r"javascript:",
    "hx-on": r"\bhx-on\b",
    "script in a value": r"\bhx-(?:vals|headers|vars|config)[\w:.-]*\s*=\s*[\"'](?:js|javascript):",
    "filter on a trigger": r"\bhx-trigger[\w:.-]*\s*=\s*(\"[^\"]*\[|'[^']*\[)",
    "Alpine": r"<[^>]*\s(?:x-data|x-on:|@click)",
    "script from elsewhere": r"<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)=[\"'](?:https?:)?//",
}


TEMPLATE_TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))


@pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_a_template_passes_the_policy(path):
    assert not list(refused(path))


def test_a_target_is_told_to_whoever_asks_for_it():
    """htmx 4 inherits only what says so: beside a plain `hx-target` of a form its buttons fill themselves."""
    asking, told = re.compile(r"\shx-(?:get|post|put|patch|delete)\b"), re.compile(r"\shx-(?:target|swap)=")
    wrong = [
        f"{path.relative_to(ROOT)}: {tag[:80]}"
        for path in templates()
        for tag in re.findall(r"<[a-z][\w-]*\b[^>]*>", TEMPLATE_TAG.sub("", path.read_text()))
        if told.search(tag) and not asking.search(tag)
    ]
    assert not wrong


def test_html_made_in_python_passes_the_policy():
    """Tags written in code: format_html and the like."""
    tag = re.compile(r"<[a-z]+\b[^<>]*>")
    wrong = [
        f"{name}: {found}"
        for name, module in modules().items()
        for markup in tag.findall(module.text)
        for found in offences(markup)
        if name not in OWN_DOCUMENTS
    ]
    assert not wrong, wrong


def test_scripts_need_no_eval():
    evil = re.compile(r"\beval\(|\bnew Function\(|\.innerHTML\s*=|document\.write\(|setTimeout\(\s*[\"']")
    assert evil.search('setTimeout("boom()")')
    wrong = [path.name for path in ROOT.glob("static/js/**/*.js") if evil.search(path.read_text())]
    assert not wrong, wrong


def test_the_policy_itself_is_strict():
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert directives["default-src"] == ["'none'"]
    assert directives["script-src"] == directives["style-src"] == ["'self'"]
    everything = " ".join(str(source) for sources in directives.values() for source in sources)
    assert "unsafe" not in everything
    assert "*" not in everything


@pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_a_template_can_be_read(path):
    engines["django"].get_template(str(path.relative_to(ROOT / "templates")))


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ("<script>go()</script>", "inline script"),
        ('<script type="module">go()</script>', "inline script"),
        ('<script src="/a.js">go()</script>', "words inside a script"),
        ("<style>a {}</style>", "inline style sheet"),
        ('<p class="a" style="color:red">', "style attribute"),
        ('<p {% if a %}style="color:red"{% endif %}>', "style attribute"),
        ("<button\n onclick='go()'>", "event handler"),
        ('<a href="javascript:go()">', "script in an address"),
        ('<a hx-on:click="go()">', "hx-on"),
        ("<a hx-vals='js:{a: b}'>", "script in a value"),
        ('<a hx-trigger="keyup[ctrlKey]">', "filter on a trigger"),
        ("<a hx-trigger=\"keyup[key=='x']\">", "filter on a trigger"),
        ('<img src="https://elsewhere.example/a.png">', "script from elsewhere"),
    ],
)
def test_what_the_policy_refuses_is_seen(markup, found):
    assert list(offences(markup)) == [found]


@pytest.mark.parametrize(
    "markup",
    [
        '<script src="/static/a.js" defer></script>',
        '<script src="/static/a.js" type="module"></script><p>text</p>',
        '<script type="application/json" id="data">{}</script>',
        """<a {% if a < b %}class="x"{% endif %} href="{% url 'a' %}">""",
        '<p class="style" data-online="1" title="one = two">',
        '<a hx-trigger="click, intersect once" hx-vals=\'{"a": ["b"]}\' href="https://elsewhere.example">',
        "{% if a < b %} one=1 {% endif %}",
    ],
)
def test_what_the_policy_allows_is_left_alone(markup):
    assert list(offences(markup)) == []


def refused(path: Path) -> Iterator[str]:
    if str(path.relative_to(ROOT / "templates")).startswith(OWN_POLICY):
        return
    yield from offences(path.read_text())


def offences(markup: str) -> Iterator[str]:
    markup = TEMPLATE_TAG.sub(" ", markup)
    return (name for name, pattern in REFUSED.items() if re.search(pattern, markup, re.IGNORECASE))
