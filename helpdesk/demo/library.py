"""The demo's help centre: the shop's articles in three languages, and what readers did with them."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from html import escape
from pathlib import Path
from typing import NamedTuple

from helpdesk.accounts.models import User
from helpdesk.demo import shop
from knowledge import opinions, providers, searches, videos, writing
from knowledge.models import Article, Category, HelpCentre, Search, Translation

FOLDER = Path(__file__).parent / "help"
LANGUAGES = ("en", "ru", "hu")
GOES_WITH = {
    "return-how": ("refund-time", "exchange"),
    "tracking": ("late", "pickup"),
    "damaged": ("warranty", "return-how"),
    "payment-declined": ("payment-methods", "charged-twice"),
}
WELCOME = {"en": "How can we help?", "ru": "Чем вам помочь?", "hu": "Miben segíthetünk?"}
FILM = {
    "en": ("Screwing in the feet of a bench", "Turn each foot clockwise until it sits firmly."),
    "ru": ("Как прикрутить ножки скамьи", "Вкручивайте каждую ножку по часовой стрелке до упора."),
    "hu": (
        "A pad lábainak becsavarása",
        "Minden lábat az óramutató járásával megegyezően csavarjon be ütközésig.",
    ),
}
SEARCHED_IN_VAIN = (
    ("en", "student discount", 9),
    ("en", "showroom in leeds", 6),
    ("en", "fsc certificate", 4),
    ("hu", "diákkedvezmény", 3),
    ("ru", "оптовые закупки", 5),
)
AT_THE_OUTLET = (("en", "van hire", 4), ("hu", "garancia használtra", 2), ("ru", "скупка мебели", 3))
OPENED_BY_NOBODY = (("en", "cushion filling", 5), ("en", "assemble for me", 3), ("hu", "mintadarab", 2))


class Written(NamedTuple):
    slug: str
    title: str
    summary: str
    html: str


def stock(staff: shop.Staff, now: datetime) -> None:
    """Publish the articles, and leave a draft, one in review, searches and opinions."""
    sam, alice = staff.colleagues["sam"], staff.colleagues["alice"]
    hours = {lang: text.split("\n")[1] for lang, text in shop.facts()["signatures"].items()}
    HelpCentre.objects.update_or_create(
        pk=1,
        defaults={
            "name": shop.facts()["company"],
            "welcome": WELCOME,
            "hours": hours,
            "videos_from": list(providers.PROVIDERS),
        },
    )
    written = publish("", actor=sam)
    for slug, others in GOES_WITH.items():
        written[slug].related.set([written[other] for other in others])
    _unfinished(written["warranty"].category, alice)
    _readers(written, now)


def publish(stem: str, *, actor: User, centre: HelpCentre | None = None) -> dict[str, Article]:
    """The articles of the files that begin with `stem`, by slug: in all help centres, or in one alone."""
    shelves, written = _shelves(stem), {}
    texts = {lang: _texts(stem + lang) for lang in LANGUAGES}
    for place, slug in enumerate(texts["en"]):
        article = Article.objects.create(category=shelves[slug], position=place, everywhere=centre is None)
        article.centres.set([centre] if centre else [])
        written[slug] = article
        for lang in LANGUAGES:
            _publish(article, lang, texts[lang][slug], actor)
    return written


def _publish(article: Article, lang: str, text: Written, actor: User) -> None:
    if text.slug == "assembly":
        text = text._replace(html=f"{text.html}{_film(lang)}")
    row = writing.translate(article, lang, title=text.title, actor=actor)
    writing.save(row, title=text.title, summary=text.summary, html=text.html, actor=actor)
    writing.publish(row, actor=actor)


def _film(lang: str) -> str:
    """A short one of our own, with captions."""
    title, said = FILM[lang]
    captions = f"WEBVTT\n\n00:00.000 --> 00:04.000\n{said}\n".encode()
    kept = videos.add((FOLDER / "feet.webm").read_bytes(), title, captions=captions, language=lang)
    return videos.paragraph(videos.own_address(kept), title)


def _unfinished(category: Category | None, alice: User) -> None:
    """What is being written: a draft, one that waits for a supervisor, and one for colleagues alone."""
    draft = writing.begin(language="en", title="Renting furniture for events", category=category, actor=alice)
    writing.save(
        draft,
        title=draft.title,
        summary="",
        html="<p>Prices from the warehouse are missing.</p>",
        actor=alice,
    )
    review = writing.begin(language="en", title="Choosing candle wax", category=category, actor=alice)
    text = "<p>Soy burns slowly and cleanly, beeswax smells of honey, rapeseed comes from nearby.</p>"
    writing.save(review, title=review.title, summary="Soy, beeswax or rapeseed", html=text, actor=alice)
    writing.ask_review(review, actor=alice)


def _readers(written: dict[str, Article], now: datetime) -> None:
    for found, rows in ((0, SEARCHED_IN_VAIN), (3, OPENED_BY_NOBODY)):
        _searched(rows, found, now)
    refund = Translation.objects.get(article=written["refund-time"], language="en")
    for reader in range(14):
        opinions.give(refund, reader=str(reader), helpful=reader % 4 != 0)
    opinions.give(refund, reader="0", helpful=False, comment="And what if my card has expired meanwhile?")
    tracking = Translation.objects.get(article=written["tracking"], language="hu")
    opinions.give(tracking, reader="1", helpful=True, comment="Köszönöm, megtaláltam a számot.")


def search_at(centre: HelpCentre, now: datetime) -> None:
    """What readers of the second brand looked for in vain."""
    _searched(AT_THE_OUTLET, 0, now, centre)


def _searched(
    rows: tuple[tuple[str, str, int], ...], found: int, now: datetime, centre: HelpCentre | None = None
) -> None:
    for lang, query, times in rows:
        for day in range(times):
            searches.remember(query, lang, found, centre=centre)
            Search.objects.filter(pk=Search.objects.latest("pk").pk).update(at=now - timedelta(days=day))


def _shelves(stem: str) -> dict[str, Category]:
    """The category of each article, by the article's slug."""
    found: dict[str, Category] = {}
    for lang in LANGUAGES:
        for place, (head, slugs) in enumerate(_chapters(stem + lang)):
            slug, icon, name, about = head
            shelf, _made = Category.objects.get_or_create(
                slug=slug, defaults={"icon": icon, "position": place}
            )
            shelf.names, shelf.about = {**shelf.names, lang: name}, {**shelf.about, lang: about}
            shelf.save()
            found |= dict.fromkeys(slugs, shelf)
    return found


def _chapters(name: str) -> Iterator[tuple[list[str], list[str]]]:
    for chapter in ("\n" + (FOLDER / f"{name}.txt").read_text()).split("\n# ")[1:]:
        head = chapter.split("\n", 1)[0].split(" | ")
        yield head, re.findall(r"^= (.+)$", chapter, re.MULTILINE)


def _texts(name: str) -> dict[str, Written]:
    out = {}
    for chapter in ("\n" + (FOLDER / f"{name}.txt").read_text()).split("\n# ")[1:]:
        for block in chapter.split("\n= ")[1:]:
            slug, title, summary, *lines = block.strip().split("\n")
            out[slug] = Written(slug, title, summary, _html(lines))
    return out


def _html(lines: list[str]) -> str:
    """Lines as they are written in the files: paragraphs, "- " and "1. " lists, "| " tables."""
    out: list[tuple[str, str]] = []
    for line in lines:
        if line.startswith("- "):
            out.append(("ul", f"<li>{escape(line[2:])}</li>"))
        elif found := re.match(r"\d+\. (.+)", line):
            out.append(("ol", f"<li>{escape(found[1])}</li>"))
        elif line.startswith("| "):
            tag = "td" if out and out[-1][0] == "table" else "th"
            cells = "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in line[2:].split(" | "))
            out.append(("table", f"<tr>{cells}</tr>"))
        else:
            out.append(("", f"<p>{escape(line)}</p>"))
    html, last = "", ""
    for tag, text in [*out, ("", "")]:
        if tag != last:
            html += (f"</{last}>" if last else "") + (f"<{tag}>" if tag else "")
        html, last = html + text, tag
    return html
