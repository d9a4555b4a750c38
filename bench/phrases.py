"""The phrase guide in Chromium: how long one look at a reply takes, with all pairs that ship.

    python -m bench.phrases [--letters 5000] [--looks 200]

Needs no server. One look reads the editor, scans its text, marks what it finds and says what is missing.
Figures are milliseconds by language, as one JSON object on the last line.
"""

import argparse
import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route, sync_playwright

from bench import figures
from knowledge.canned import shipping as responses
from knowledge.phrases import facts, forms, shipping
from tests import chromium

LIB = Path(__file__).resolve().parents[1] / "static" / "js" / "lib"
ORIGIN = "http://bench.test"
EVERY = 6  # paragraphs: one phrase to avoid

LOOK = """
async ({ pack, facts, paragraphs, looks }) => {
  const { compiled, found, lacking, misspelt } = await import("/phrases.js");
  const { range, read } = await import("/places.js");
  const page = document.querySelector("#page");
  for (const textContent of paragraphs) {
    page.append(Object.assign(document.createElement("div"), { textContent }));
  }
  const guide = compiled(pack);
  const taken = [];
  let hits = [];
  for (let look = 0; look < looks; look++) {
    page.lastChild.firstChild.data += look % 2 ? "a" : " ";
    const began = performance.now();
    const seen = read(page);
    hits = found(seen.text, guide, new Set());
    misspelt(seen.text, facts.name);
    lacking(seen.text, facts);
    CSS.highlights.set("phrase", new Highlight(...hits.map((hit) => range(seen, hit.start, hit.end))));
    taken.push(performance.now() - began);
  }
  return { taken, marked: hits.length, letters: read(page).text.length };
}
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=5000)
    parser.add_argument("--looks", type=int, default=200)
    options = parser.parse_args()
    with sync_playwright() as playwright, chromium.launched(playwright) as browser:
        page = browser.new_page()
        page.route("**/*", _serve)
        told = {
            language: _look(page, language, options.letters, options.looks) for language in shipping.LANGUAGES
        }
    print(json.dumps(told))


def _look(page: Page, language: str, letters: int, looks: int) -> dict[str, Any]:
    page.goto(f"{ORIGIN}/")
    pairs = [each for each in shipping.shipped() if each.language == language]
    phrases = [phrase for each in pairs for phrase in each.avoid.splitlines()]
    pack = {"pattern": forms.whole([[each] for each in phrases], language), "pairs": [{}] * len(phrases)}
    known = {
        "name": ["Kovács", "Anna"],
        **facts.patterns(language),
        "questions": [{"text": "?", "stems": ["parcel", "refund"]}] * 6,
    }
    given = {"pack": pack, "facts": known, "paragraphs": _reply(language, phrases, letters), "looks": looks}
    found = page.evaluate(LOOK, given)
    return {
        **figures.spread(found["taken"], 2),
        "letters": found["letters"],
        "phrases": len(phrases),
        "marked": found["marked"],
    }


def _reply(language: str, phrases: list[str], letters: int) -> list[str]:
    """Paragraphs of the shipped responses with phrases to avoid among them."""
    paragraphs: list[str] = []
    for place, each in enumerate(responses.shipped()):
        paragraphs += [
            line for line in each.bodies[language].splitlines() if line and "{customer" not in line
        ]
        if place % EVERY == 0:
            paragraphs.append(phrases[place % len(phrases)].strip("=*"))
        if sum(map(len, paragraphs)) >= letters:
            break
    return paragraphs


def _serve(route: Route) -> None:
    name = route.request.url.removeprefix(f"{ORIGIN}/")
    if not name:
        body = '<!doctype html><meta charset="utf-8"><div id="page" contenteditable></div>'
        route.fulfill(content_type="text/html", body=body)
    else:
        route.fulfill(content_type="text/javascript", body=(LIB / name).read_text())


if __name__ == "__main__":
    main()
