"""Every attack of the table, cleaned: what is left is made of harmless elements and attributes alone."""

from html.parser import HTMLParser

import pytest

from channels_app.adapters.email import html
from tests.attacks import ATTACKS


class Remains(HTMLParser):
    """The elements and attributes of cleaned HTML, as an independent parser sees them."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.odd: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag, attrs):
        if tag not in html.BLOCKS | html.WORDS:
            self.odd.append(tag)
        for name, value in attrs:
            if name not in {
                "target",
                "rel",
                "data-src",
                *html.ATTRIBUTES["*"],
                *html.ATTRIBUTES.get(tag, ()),
            }:
                self.odd.append(f"{tag} {name}")
            if name == "style" and any(
                word in (value or "").lower() for word in ("url", "position", "\\", "image")
            ):
                self.odd.append(f"{tag} {value}")
            if name == "src" and not (value or "").startswith("cid:"):
                self.odd.append(f"{tag} {value}")
            if name == "href" and not (value or "").startswith(
                ("https:", "http:", "mailto:", "tel:", "cid:")
            ):
                self.odd.append(f"{tag} {value}")

    def handle_comment(self, data):
        self.odd.append(f"comment {data}")

    def handle_decl(self, decl):
        self.odd.append(f"declaration {decl}")

    handle_pi = unknown_decl = handle_decl


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack[:60])
def test_what_is_left_of_an_attack_is_harmless(attack):
    clean = html.clean(attack)
    assert not Remains(clean).odd, clean
    assert html.clean(clean) == html.clean(html.clean(clean)), "cleaning it again changes it: it mutates"


def test_the_table_is_long_and_says_nothing_twice():
    assert len(ATTACKS) >= 150 and len(set(ATTACKS)) == len(ATTACKS)
