"""Formatted words: what may stand in them, what they say in plain text."""

import pytest

from tickets import markup


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("<div>Dear Carol,</div><div><br></div><div>tomorrow.</div>", ""),
        ("<p>plain</p>", ""),
        ("<b>now</b>", "<b>now</b>"),
        ("<b>now</b><div><br></div>", "<b>now</b>"),
        ("<script>alert(1)</script><b>x</b>", "<b>x</b>"),
        ('<b onclick="x()" style="color:red" class="y">x</b>', "<b>x</b>"),
        ('<a href="javascript:alert(1)">x</a>', "<a>x</a>"),
        ('<a href="/tickets/7/bin/">x</a>', "<a>x</a>"),
        ('<a href="https://x.example/?a=1&amp;b=2">x</a>', '<a href="https://x.example/?a=1&amp;b=2">x</a>'),
        ('<i>x</i><img src="https://tracker.example/1.gif">', "<i>x</i>"),
        ('<img src="data:image/png;base64,AAAA"><i>x</i>', "<i>x</i>"),
        ('<img src="/attachments/12/a.png" alt="a">', '<img src="/attachments/12/a.png" alt="a">'),
        ('<i>x</i><img src="/attachments/../tickets/1/">', "<i>x</i>"),
        ("<table><tr><td>x</td></tr></table><u>y</u>", "x<u>y</u>"),
        ("<i>unclosed", "<i>unclosed</i>"),
        ("a\x00<b>b</b>", "a<b>b</b>"),
    ],
    ids=lambda value: None,
)
def test_only_what_is_ours_stays(given, kept):
    assert markup.clean(given) == kept
    assert markup.clean(kept) == kept


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<div>Dear <b>Carol</b>,</div><div><br></div><div>tomorrow.</div>", "Dear Carol,\n\ntomorrow."),
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<ul><li>oak</li><li>ash</li></ul>", "• oak\n• ash"),
        ('Do:<ol start="3"><li>open</li><li>shut</li></ol>then', "Do:\n\n3. open\n4. shut\n\nthen"),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "• a\n  • b"),
        ('<a href="https://x.example/a">here</a>', "here (https://x.example/a)"),
        ('<a href="https://x.example/">https://x.example</a>', "https://x.example"),
        ('<a href="mailto:a@x.example">a@x.example</a>', "a@x.example"),
        ("<blockquote><div>one</div><div>two</div></blockquote>three", "> one\n> two\n\nthree"),
        ("<pre>a  b\n  c</pre>", "a  b\n  c"),
        ('see <img src="cid:x" alt="plan">', "see [plan]"),
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
    ],
    ids=lambda value: None,
)
def test_it_is_told_in_plain_text(html, text):
    assert markup.text(html) == text


def test_pictures_are_sealed_into_the_letter_and_opened_on_the_page():
    html = 'See <img src="/attachments/12/a.png" alt="a"><img src="/attachments/13/b.png" alt="b">'
    assert markup.pictures_in(html) == {12, 13}
    sealed = markup.sealed(html, {12: "1@desk"})
    assert sealed == 'See <img src="cid:1@desk" alt="a">'
    assert markup.opened(sealed, {"1@desk": "/attachments/12/a.png"}).count("/attachments/12/a.png") == 1
    assert "<img" not in markup.opened(sealed, {})


def test_what_stands_on_a_page_is_cleaned_once_more():
    assert "script" not in markup.opened("<script>x</script><b onclick='x'>y</b>", {})
