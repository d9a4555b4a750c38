"""HTML mail: when it needs its frame, and the document in that frame. It was cleaned when it came in."""

import re

from django.utils.html import escape
from django.utils.translation import gettext as _

from tickets.web import linking

_RICH = re.compile(r"<(?:img|table|h[1-6])\b|\b(?:bgcolor|background(?:-color)?)\b", re.I)
_FOLDED = re.compile(r'<[a-z0-9]+(?: [a-z-]+="[^"]*")* data-fold="(?:quote|signature)"')
_INLINE = re.compile(r' src="cid:([^"]*)"')
_STYLE = """
:root { color-scheme: light; background: #fff; }
body { margin: 0; padding: 2px; color: #1c2629; overflow-wrap: anywhere;
  font: 15px/1.6 -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif; }
img { max-width: 100%; height: auto; }
img:not([src]) { outline: 1px dashed #b9c3c7; }
img[data-src]:is([width="0"], [width="1"], [height="0"], [height="1"]) { display: none; }
pre { white-space: pre-wrap; }
::highlight(hit) { background: #ffe9a8; color: #1c2629; }
blockquote { margin: .5em 0; padding-left: .75em; border-left: 2px solid #ccd3d5; color: #55636a; }
.link-mark { all: initial; position: relative; z-index: 1; display: inline-block; width: max-content;
  margin-left: 4px; padding: 0 6px; border-radius: 4px; background: #fdf0d5; color: #7a4a00; cursor: help;
  max-width: 90vw; overflow-wrap: anywhere;
  font: 500 12px/1.6 -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif; }
"""
# One control unfolds all that was marked when the mail came in; without :has() everything is shown.
_FOLD_STYLE = """
.fold-control { all: initial; display: block; margin: 4px 0; color: #55636a;
  font: 13px/1.6 -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif; }
.fold-control summary { display: inline-block; padding: 0 8px; margin-left: -8px; border-radius: 6px;
  cursor: pointer; }
.fold-control summary:hover { background: #eef2f3; }
.fold-control summary:focus-visible { outline: 2px solid #0f6d70; }
body:has(> .fold-control:not([open])) [data-fold] { display: none !important; }
"""
# The mark behind a dubious link is out of reach of the sender's styles, and above what they lay on it.


def is_rich(html: str) -> bool:
    """Whether plain words would lose something: pictures, tables, headings or colours."""
    return bool(_RICH.search(html))


def document(html: str, pictures: dict[str, str]) -> str:
    """A whole document for the frame, with inline pictures by `pictures` (content id → address)."""
    body = _INLINE.sub(lambda found: f' src="{pictures[found[1]]}"' if found[1] in pictures else "", html)
    body = linking.marked(body)
    style, control = (_STYLE + _FOLD_STYLE, _control(html)) if _FOLDED.search(html) else (_STYLE, "")
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title></title><style>{style}</style></head>'
        f'<body dir="auto">{body}{control}</body></html>'
    )


def _control(html: str) -> str:
    """Below the new words, what unfolds the rest in its place."""
    quoted = ' data-fold="quote"' in html
    words = _("Show the earlier messages") if quoted else _("Show the signature")
    return f'<details class="fold-control"><summary>{escape(words)}</summary></details>'
