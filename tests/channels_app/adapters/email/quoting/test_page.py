"""The page of a letter: what is marked in it, and that nothing else changes."""

import re

import pytest

from channels_app.adapters.email import html, plaintext, quoting

GMAIL = (
    '<div dir="ltr">New words<br><img src="cid:photo"></div><br>'
    '<div class="gmail_quote"><div class="gmail_attr">'
    "On Sun, Nov 22, 2026 at 2:05 PM Ben &lt;b@desk.example&gt; wrote:</div>"
    '<blockquote class="gmail_quote">'
    "Old words<img src='cid:logo'></blockquote></div>"
)


def folded(source: str, text: str = "") -> quoting.Folded:
    page = html.clean(source, keep_names=True)
    return quoting.fold(text or plaintext.text_of(page), page)


def unmarked(page: str) -> str:
    return re.sub(r' data-fold="\w+"', "", page)


def test_the_quotation_is_marked_as_a_whole_and_the_page_is_else_the_same():
    page = folded(GMAIL).html
    assert page.count("data-fold") == 2, page
    assert '<div data-fold="quote"><div>On Sun' in page
    assert '<br data-fold="quote">' in page
    assert unmarked(page) == html.clean(GMAIL)


def test_the_picture_of_the_sender_stays():
    page = folded(GMAIL).html
    assert page.index("cid:photo") < page.index("data-fold")


@pytest.mark.parametrize(
    ("source", "visible"),
    [
        (GMAIL, "New words"),
        ("<p>New</p><blockquote>a saying I like</blockquote>", "New\n\na saying I like"),
        ("<p>New</p><div class='moz-signature'>-- <br>Ben</div>", "New"),
        ("<div id='Signature'>Only this</div>", "Only this"),
        ("new <b>words</b><blockquote type=cite>old</blockquote>", "new words"),
        ("<p>a</p><hr><div id='x_divRplyFwdMsg'><b>Fra:</b> Ben</div><div>old</div>", "a"),
        ("<p>FYI</p><div class='moz-forward-container'>--- <p>Old</p></div>", "FYI\n\n---\n\nOld"),
    ],
)
def test_the_page_tells(source, visible):
    assert folded(source).visible_text == visible


def test_bare_words_are_marked_too():
    page = folded("new<br>On 22/11/2026 14:05, Ben wrote:<br><blockquote type=cite>old</blockquote>").html
    assert '<span data-fold="quote">On 22/11/2026 14:05, Ben wrote:</span>' in page


def test_what_the_page_knows_is_told_to_the_text():
    """The text part of this mail has no marks at all."""
    text = "New words\n\nOld words\nmore of them\n"
    page = "<p>New words</p><blockquote type=cite><p>Old words<br>more of them</p></blockquote>"
    told = folded(page, text)
    assert told.visible_text == "New words"
    assert told.text == text


def test_names_leave_the_tags_but_not_the_words():
    page = folded('<p class="x" id="y">Write &lt;p class="z"&gt;, please: class="z"</p>').html
    assert page == '<p>Write &lt;p class="z"&gt;, please: class="z"</p>'


def test_a_page_cannot_fold_itself():
    assert "data-fold" not in folded('<p data-fold="quote">Pay here</p><p>Hello</p>').html


def test_a_text_that_has_lost_its_lines_is_folded_by_its_words():
    page = (
        "<p>New words.</p><p>On 22/11/2026 14:05, Ben wrote:</p><blockquote type=cite>Old words</blockquote>"
    )
    told = folded(page, "New words. On 22/11/2026 14:05, Ben wrote: Old words")
    assert told.visible_text == "New words."
