"""Links as the page shows them."""

import time

import pytest

from channels_app.adapters.email import html as cleaning
from tickets.web import linking, rich, text


def shown(source: str) -> str:
    return linking.marked(cleaning.clean(source))


def test_an_honest_link_carries_its_target_and_no_mark():
    html = shown(
        '<a href="https://shop.example/a?b=1&amp;c=2" style="color:red" title="bank.com">our <b>shop</b></a>'
    )
    assert html == (
        '<a href="https://shop.example/a?b=1&amp;c=2" '
        'title="Opens shop.example\nhttps://shop.example/a?b=1&amp;c=2" style="color:red" '
        'target="_blank" rel="noopener noreferrer nofollow">our <b>shop</b></a>'
    )


@pytest.mark.parametrize(
    ("source", "mark"),
    [
        ('<a href="https://evil.example/">www.<b>bank</b>.com</a>', "opens evil.example"),
        ('<a href="https://evil.example/"><bdo dir="rtl">moc.knab</bdo></a>', "opens evil.example"),
        ('<a href="https://bank.com@evil.example/">here</a>', "opens evil.example"),
        ('<a href="http://203.0.113.9/">here</a>', "opens 203.0.113.9"),
        ('<a href="https://xn--80ak6aa92e.com/">apple</a>', "opens аррӏе.com"),
        ('<a href="https://bit.ly/x">here</a>', "opens bit.ly"),
        ('<a href="mailto:x@evil.example">info@bank.com</a>', "opens x@evil.example"),
        ('<a href="https:\\\\evil.example">bank.com</a>', "opens evil.example"),
    ],
)
def test_a_link_that_pretends_carries_a_mark(source, mark):
    html = shown(source)
    assert f'">⚠\ufe0e {mark}</span>' in html and html.index("</a>") < html.index('<span class="link-mark"')


@pytest.mark.parametrize("href", ["https://", "/local", "javascript:alert(1)", "cid:x"])
def test_a_link_that_may_not_be_opened_is_only_words(href):
    html = shown(f'<a href="{href}" style="color:red">here</a>')
    assert html == '<span style="color:red">here</span>'


def test_a_target_breaks_out_of_no_attribute():
    html = shown('<a href="https://evil.example/&quot;onclick=&quot;x&quot;&lt;b&gt;">bank.com</a>')
    assert "<b>" not in html and 'onclick="' not in html


def test_marks_stand_in_the_frame_and_in_plain_text():
    framed = rich.document(cleaning.clean('<a href="https://evil.example/">bank.com</a>'), {})
    assert 'class="link-mark"' in framed and ".link-mark { all: initial" in framed
    assert 'class="link-mark"' in text.paragraphs("look at http://203.0.113.9/login")
    assert 'class="link-mark"' not in text.paragraphs(
        "look at https://shop.example, and write to a@b.example"
    )


def test_a_page_of_links_is_marked_in_a_moment():
    begun = time.process_time()
    linking.marked('<a href="https://shop.example/">bank.com</a> ' * 3000)
    assert time.process_time() - begun < 1
