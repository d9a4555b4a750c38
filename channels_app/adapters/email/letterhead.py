"""A reply's two renderings: plain text, and the simple HTML that every mail program shows alike."""

from html import escape

from django.utils.html import urlize

_FONT = "-apple-system,'Segoe UI',Roboto,'Noto Sans',Helvetica,Arial,sans-serif"
_PAGE = (
    '<!doctype html>\n<html lang="{language}">\n<head><meta charset="utf-8"></head>\n'
    '<body style="margin:0">\n'
    '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">\n'
    "{rows}\n</table>\n</body>\n</html>\n"
)
_WORDS = f'<tr><td style="padding:8px 0;font:15px/1.5 {_FONT};color:#1c2629">\n{{}}\n</td></tr>'
_SIGNATURE = f'<tr><td style="padding:8px 0;font:13px/1.5 {_FONT};color:#5a676c">\n{{}}\n</td></tr>'


def as_text(body: str, signature: str) -> str:
    """The body, and below the usual line (RFC 3676 4.3) the signature."""
    return body.rstrip() + (f"\n\n-- \n{signature.strip()}" if signature.strip() else "")


def as_html(body: str, signature: str, *, language: str, ready: str = "") -> str:
    """The same as HTML; `ready` is a body that is HTML already and safe."""
    rows = [_WORDS.format(ready or _paragraphs(body))]
    if signature.strip():
        rows.append(_SIGNATURE.format(_lines(signature.strip())))
    return _PAGE.format(language=escape(language or "en"), rows="\n".join(rows))


def _paragraphs(body: str) -> str:
    blocks = [block.strip("\n") for block in body.replace("\r\n", "\n").split("\n\n")]
    return "\n".join(f'<p style="margin:0 0 1em">{_lines(block)}</p>' for block in blocks if block.strip())


def _lines(text: str) -> str:
    return str(urlize(text, nofollow=False, autoescape=True)).replace("\n", "<br>\n")
