import pytest

from tickets.web import text

TABLE = {
    "no quotation": ("Hello\n\nBye", "Hello\n\nBye", ""),
    "a tail": ("Thanks\n> old\n> words", "Thanks", "> old\n> words"),
    "its introduction goes with it": (
        "Thanks\n\nOn Fri, 20 Nov 2026, Bob wrote:\n> old",
        "Thanks",
        "On Fri, 20 Nov 2026, Bob wrote:\n> old",
    ),
    "an introduction on two lines": ("Hi\nOn Fri, Bob <bob@desk.example>\nwrote:\n> a", "Hi", None),
    "Russian": ("Да\n\nпт, 20 нояб. 2026 г., Боб пишет:\n> а", "Да", None),
    "Hungarian": ("Igen\n\nBob ezt írta (2026. nov. 20.):\n> a", "Igen", None),
    "answers between the lines": ("> question\nanswer\n> question\nanswer", None, ""),
    "nothing but a quotation": ("> all of it", "> all of it", ""),
    "Outlook's line": ("Hi\n-----Original Message-----\nFrom: x", "Hi", None),
    "empty": ("", "", ""),
}


@pytest.mark.parametrize(("source", "said", "quoted"), TABLE.values(), ids=TABLE.keys())
def test_the_quoted_tail_is_parted(source, said, quoted):
    found = text.split_quote(source)
    assert found[0] == (source if said is None else said)
    if quoted is None:
        assert found[1]
    else:
        assert found[1] == quoted


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
