import pytest

from tickets.web import text

SAID = "Thanks\n\n-- \nCarol\n\n> old\n> words\n\nP.S. it works"


def test_what_is_folded_stands_in_its_place_and_nothing_is_missing():
    letter = text.letter(SAID, [(8, 17, "signature"), (19, 32, "quote")])
    assert [piece.kind for piece in letter.pieces] == ["", "quote", ""]
    assert letter.pieces[1].words == "<p>-- <br>Carol</p>\n<p>&gt; old<br>&gt; words</p>"
    assert all(word in letter.whole for word in ("Thanks", "Carol", "old", "P.S. it works"))


def test_a_message_without_folds_is_one_piece():
    (piece,) = text.letter(SAID).pieces
    assert piece.kind == ""
    assert text.letter("").pieces == []


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>"),
        ("one\n\ntwo\nthree", "<p>one</p>\n\n<p>two<br>three</p>"),
        ("", ""),
    ],
)
def test_words_become_paragraphs_and_nothing_else(source, html):
    assert text.paragraphs(source) == html


def test_a_link_opens_elsewhere_and_tells_nothing():
    html = text.paragraphs("see https://a.example/?x=1&y=2 now")
    assert '<a href="https://a.example/?x=1&amp;y=2" title="Opens a.example\n' in html
    assert 'target="_blank" rel="noopener noreferrer nofollow">https://a.example/?x=1&amp;y=2</a> now' in html


def test_a_script_is_no_link():
    assert "<a" not in text.paragraphs("javascript:alert(1)")
