"""The page of a letter as a tree: what its elements say of the words in them, and the marks for folding.

The HTML is nh3's own (`html.clean`), so one expression reads it: every attribute is quoted, every < in words
is escaped, every element is closed. Marks are put into it; nothing else is changed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from channels_app.adapters.email import plaintext
from channels_app.adapters.email.quoting import markup
from channels_app.adapters.email.quoting.lines import Line
from channels_app.messages import QUOTE

FOLD = "data-fold"

_TOKEN = re.compile(
    r'<(?P<closing>/?)(?P<tag>[a-z0-9]+)(?P<attributes>(?: [a-z-]+="[^"]*")*)\s*/?>|(?P<words>[^<]+)'
)
_NAMES = re.compile(r' (?:class|id|name)="[^"]*"')
_ANCHORS_NAMES = re.compile(r' (?:class|id)="[^"]*"')
_TAG = re.compile(r'<[a-z0-9]+(?: [a-z-]+="[^"]*")+')
_VOID = {"br", "hr", "img", "wbr", "col"}
# Each text of the page gets a sign of its own from plane 15, by which it is found again in the plain text.
_FIRST_SIGN, _MOST_SIGNS = 0xF0000, 65_000
_SIGN = re.compile("[\U000f0000-\U000ffffd]")


@dataclass(slots=True)
class Element:
    """An element; the leaves from `first` to before `last` are in it."""

    tag: str
    names: str
    style: str
    start: int
    opened: int
    parent: "Element | None"
    first: int
    last: int = 0
    has_quotation: bool = False


@dataclass(slots=True)
class Leaf:
    """A text with words, or a void element, at its place in the source."""

    kind: str
    start: int
    end: int
    parent: Element | None


class Page:
    """One cleaned page, with class and id still on its elements."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.elements: list[Element] = []
        self.leaves: list[Leaf] = []
        self._inside: list[Element] = []
        self._leaves_of: list[list[int]] = []
        self._read()

    def text(self) -> str:
        """The page as plain text, "" for no page; lines and leaves are matched by the way."""
        if not self.source:
            return ""
        rendered = plaintext.text_of(self._signed())
        self._leaves_of = [
            [ord(sign) - _FIRST_SIGN for sign in _SIGN.findall(line)] for line in rendered.split("\n")
        ]
        return _SIGN.sub("", rendered)

    def hint(self, lines: list[Line]) -> None:
        """Tells the lines of the plain text what the elements around their words are."""
        opening = self._openings()
        for line, leaves in zip(lines, self._leaves_of, strict=False):
            known = [leaf for leaf in leaves if leaf < len(self.leaves)]
            if not known:
                continue
            around = list(self._around(known[0]))
            line.cited = line.cited or any(markup.is_quotation(each) for each in around)
            line.indented = any(each.tag == "blockquote" for each in around)
            line.signed = any(markup.is_signature(each) for each in around)
            line.opens = next((opening[leaf] for leaf in known[:1] if leaf in opening), "")

    def marked(self, lines: list[Line], kinds: list[str]) -> str:
        """The source without class and id, with `data-fold` on what the kinds of its lines fold."""
        folded: dict[int, str] = {}
        for kind, leaves in zip(kinds, self._leaves_of, strict=False):
            folded.update({leaf: kind for leaf in leaves if kind and leaf < len(self.leaves)})
        if not folded:
            return nameless(self.source)
        return nameless(self._inserted(self._silent_too(folded)))

    def below(self, number: int) -> str:
        """The page without the words and pictures of the lines before this one, and without class and id."""
        later = [leaf for leaves in self._leaves_of[number:] for leaf in leaves if leaf < len(self.leaves)]
        kept, at = [], 0
        for leaf in self.leaves[: min(later, default=len(self.leaves))]:
            kept.append(self.source[at : leaf.start])
            at = leaf.end
        return nameless("".join([*kept, self.source[at:]]))

    def _read(self) -> None:
        for token in _TOKEN.finditer(self.source):
            tag = token["tag"]
            if tag is None or tag in _VOID:
                self._add_leaf(token)
            elif token["closing"]:
                self._close(tag)
            else:
                self._open(token)
        while self._inside:
            self._leave()

    def _add_leaf(self, token: re.Match[str]) -> None:
        if token[0].strip():
            parent = self._inside[-1] if self._inside else None
            self.leaves.append(Leaf(token["tag"] or "words", token.start(), token.end(), parent))

    def _open(self, token: re.Match[str]) -> None:
        names, style = markup.named(token["attributes"])
        parent = self._inside[-1] if self._inside else None
        opened = Element(token["tag"], names, style, token.start(), token.end(), parent, len(self.leaves))
        self.elements.append(opened)
        self._inside.append(opened)

    def _close(self, tag: str) -> None:
        """Leaves the innermost element of this tag, and with it those inside; a stray tag closes nothing."""
        if all(each.tag != tag for each in self._inside):
            return
        while self._leave() != tag:
            pass

    def _leave(self) -> str:
        element = self._inside.pop()
        element.last = len(self.leaves)
        if element.tag == "blockquote":
            for each in self._inside:
                each.has_quotation = True
        return element.tag

    def _signed(self) -> str:
        """The source with its sign before the first letter of each text."""
        parts, at = [], 0
        for number, leaf in enumerate(self.leaves[:_MOST_SIGNS]):
            if leaf.kind != "words":
                continue
            words = self.source[leaf.start : leaf.end]
            start = leaf.start + len(words) - len(words.lstrip())
            parts += [self.source[at:start], chr(_FIRST_SIGN + number)]
            at = start
        return "".join([*parts, self.source[at:]])

    def _around(self, leaf: int) -> Iterator[Element]:
        element = self.leaves[leaf].parent
        while element is not None:
            yield element
            element = element.parent

    def _openings(self) -> dict[int, str]:
        """What begins at which text by the names of the elements."""
        found: dict[int, str] = {}
        for element in self.elements:
            kind = markup.opens(element)
            first = next(
                (n for n in range(element.first, element.last) if self.leaves[n].kind == "words"), None
            )
            if kind and first is not None:
                found.setdefault(first, kind)
        return found

    def _silent_too(self, folded: dict[int, str]) -> list[str]:
        """Kinds of all leaves: a break goes with what follows it, a picture only if between folded words.

        A picture below a signature stays: it may be a photograph rather than a logo.
        """
        kinds = [folded.get(number, "") for number in range(len(self.leaves))]
        before = self._words_before(kinds)
        words_after = following = None
        for number in range(len(self.leaves) - 1, -1, -1):
            kind, above = self.leaves[number].kind, before[number]
            if kind == "img":
                at_end = above if above == QUOTE else ""
                kinds[number] = (above and words_after) if words_after is not None else at_end
            elif kind != "words":
                kinds[number] = above if following is None else following
            else:
                words_after = kinds[number]
            following = kinds[number]
        return kinds

    def _words_before(self, kinds: list[str]) -> list[str]:
        """For each leaf the kind of the words above it, "" at the top."""
        before, latest = [], ""
        for leaf, kind in zip(self.leaves, kinds, strict=True):
            before.append(latest)
            latest = kind if leaf.kind == "words" else latest
        return before

    def _inserted(self, kinds: list[str]) -> str:
        """The source with the mark on the outermost elements that are folded whole, or around bare texts."""
        inserts: list[tuple[int, str]] = []
        covered = -1
        for number, kind in enumerate(kinds):
            if not kind or number < covered:
                continue
            element = self._outermost(number, kinds)
            leaf = self.leaves[number]
            if element is not None:
                covered = element.last
                inserts.append((element.opened - 1, f' {FOLD}="{kind}"'))
            elif leaf.kind == "words":
                inserts += [(leaf.start, f'<span {FOLD}="{kind}">'), (leaf.end, "</span>")]
            else:
                inserts.append((leaf.end - 1, f' {FOLD}="{kind}"'))
        parts, at = [], 0
        for place, words in inserts:
            parts += [self.source[at:place], words]
            at = place
        return "".join([*parts, self.source[at:]])

    def _outermost(self, number: int, kinds: list[str]) -> Element | None:
        """The largest element that begins with this leaf and is folded whole."""
        best = None
        for element in self._around(number):
            if element.first != number or not all(kinds[element.first : element.last]):
                break
            best = element
        return best


def nameless(source: str) -> str:
    """A cleaned page without class, id and name in its tags; what its words say of classes stays."""
    return _TAG.sub(_nameless_tag, source)


def _nameless_tag(tag: re.Match[str]) -> str:
    names = _ANCHORS_NAMES if tag[0].startswith("<a ") else _NAMES
    return names.sub("", tag[0])
