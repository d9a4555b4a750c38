"""Words of cleaned HTML, as a person would type them."""

import pytest

from channels_app.adapters.email import html, plaintext


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<p>Hi</p><blockquote type=cite>one<br>two</blockquote><p>end</p>", "Hi\n\n> one\n> two\n\nend"),
        ("<blockquote type=cite>a<blockquote type=cite>b</blockquote></blockquote>", "> a\n>\n>> b"),
        ("<p>Hi</p><blockquote>a saying</blockquote>", "Hi\n\na saying"),
        ("<p>a</p><blockquote type=cite></blockquote>b", "a\n\nb"),
        ("<ol><li>a</li><li>b<ul><li>c</li></ul></li><li>d</li></ol>", "1. a\n2. b\n- c\n3. d"),
        ("<ol start=3><li>a</ol>", "3. a"),
        ("<div style='display:none'>pre <b>x</b><br><img alt=y></div><p>Seen</p>", "Seen"),
        ("<span style='font-size:0px'>no</span><span style='font-size:0.9em'>yes</span>", "yes"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        (
            "<p>Hi<o:p></o:p></p><!--[if mso]><p>no</p><![endif]--><![if !mso]><p>yes</p><![endif]>",
            "Hi\n\nyes",
        ),
        ("<a href='http://x.example/a'>click</a> <a href='mailto:a@b.example'>a@b.example</a>", None),
        ("<pre>a  b\n  c</pre>", "a  b\n  c"),
        ("</blockquote></ul></a>x<blockquote type=cite>open", "x\n\n> open"),
    ],
)
def test_words(source, words):
    expected = "click <http://x.example/a> a@b.example" if words is None else words
    assert plaintext.text_of(html.clean(source)) == expected
