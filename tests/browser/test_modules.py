"""The modules without a page: values in, values out."""

import json

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def run(open_, address, static):
    """Runs an expression with the names of one module, under the name it is served by."""
    page = open_(None, "/sign-in/")
    served = json.loads((static / "staticfiles.json").read_text())["paths"]

    def evaluate(module: str, expression: str):
        path = served[f"js/lib/{module}.js"]
        return page.evaluate(f"import('/static/{path}').then((it) => ({expression}))")

    return evaluate


def test_pace(run):
    assert run("pace", "it.delayFor({ now: 10000, last: 0, pause: 3000, chance: 0.5 })") == 150
    assert run("pace", "it.delayFor({ now: 1000, last: 0, pause: 3000, chance: 0 })") == 2000
    assert run("pace", "it.delayFor({ now: 1000, last: 0, pause: 3000, chance: 1 })") == 2900
    assert run("pace", "it.delayFor({ now: 10000, last: 0, pause: 3000, chance: 0.5, spread: 20 })") == 10
    assert run("pace", "it.delayFor({ now: 1000, last: 0, pause: 3000, chance: 1, spread: 20 })") == 2900
    assert run("pace", "it.delayFor({ now: 1000, last: 0, pause: 3000, chance: 0.5, spread: 8000 })") == 6000
    assert run("pace", "[0, 1, 2].map((tries) => it.backOff({ tries, chance: 1 }))") == [500, 1000, 2000]
    assert run("pace", "it.backOff({ tries: 50, chance: 0 })") == 30000


def test_keys(run):
    table = {
        "{ key: 'j' }": "next",
        "{ key: 'J' }": "next",
        "{ key: 'о', code: 'KeyJ' }": "next",
        "{ key: 'r' }": "press-r",
        "{ key: 'R', shiftKey: true }": "press-R",
        "{ key: 'К', code: 'KeyR', shiftKey: true }": "press-R",
        "{ key: 'J', shiftKey: true }": "next",
        "{ key: '/' }": "press-/",
        "{ key: '?' }": "help",
        "{ key: 'r', ctrlKey: true }": "",
        "{ key: 'F5' }": "",
        "{ key: '5' }": "",
    }
    for pressed, meant in table.items():
        assert run("keys", f"it.command({pressed})") == meant, pressed
    assert run("keys", "it.command({ key: 'i' }, 'g')") == "go-open"
    assert run("keys", "it.command({ key: 'x' }, 'g')") == ""
    assert run("keys", "[{ tagName: 'TEXTAREA' }, { tagName: 'A' }].map(it.isField)") == [True, False]


def test_recipients(run):
    typed = '"Reyes, Carol" <c@x.example>; dan@x.example,, \\n eve'
    pieces = ['"Reyes, Carol" <c@x.example>', "dan@x.example", "eve"]
    assert run("recipients", f"it.pieces('{typed}')") == pieces
    assert [run("recipients", f"it.isAddress({json.dumps(piece)})") for piece in pieces] == [
        True,
        True,
        False,
    ]
    assert [run("recipients", f"it.shown({json.dumps(piece)})") for piece in pieces] == [
        *("Reyes, Carol", "dan@x.example", "eve"),
    ]
    assert run("recipients", "it.joined(['a@x.example'], ' B@x.example; A@X.example')") == [
        *("a@x.example", "B@x.example"),
    ]


def test_kept(run):
    place = "{ user: 1, ticket: 2, mode: 'reply' }"
    store = "{ data: {}, getItem(k) { return this.data[k] ?? null }, setItem(k, v) { this.data[k] = v } }"
    words = "{ text: 'text', html: '<b>text</b>' }"
    script = f"((store) => (it.keep(store, {place}, {words}), it.found(store, {place}, SHOWN)))({store})"
    kept = {"text": "text", "html": "<b>text</b>"}
    assert run("kept", script.replace("SHOWN", "{ text: '', html: '' }")) == kept
    assert run("kept", script.replace("SHOWN", "{ text: 'text', html: '' }")) == kept, "bold is a word too"
    assert run("kept", script.replace("SHOWN", words)) is None
    old = "{ getItem: () => 'from before' }"
    assert run("kept", f"it.found({old}, {place}, {{ text: '', html: '' }}).text") == "from before"
    full = "{ getItem() { throw 1 }, setItem() { throw 1 }, removeItem() { throw 1 } }"
    for act in ("keep(S, P, 'x')", "forget(S, P)", "found(S, P, { text: '', html: '' })"):
        assert run("kept", f"it.{act.replace('S', full).replace('P', place)} ?? null") is None


def test_markup(run):
    """What is pasted comes in clean; what is written says the same in plain text."""
    made = "((html) => { const root = document.createElement('div'); root.append(it.cleaned(html)); "
    made += "return root; })"
    dirty = (
        "`<style>x</style><p class=a style=color:red onclick=x()>Dear <b>Carol</b></p><h1>Big</h1>"
        "<img src=x onerror=alert(1)><a href=javascript:alert(1)>bad</a><a href=https://x.example>good</a>`"
    )
    assert run("markup", f"{made}({dirty}).innerHTML") == (
        '<p>Dear <b>Carol</b></p>Big<br>bad<a href="https://x.example">good</a>'
    )
    written = "`<div>Dear Carol,</div><div><br></div><ul><li>oak</li></ul>a\u00a0b`"
    assert run("markup", f"it.plain({made}({written}))") == "Dear Carol,\n\n• oak\na b"
    assert run("markup", f"[`<div>a</div>`, `<i>a</i>`].map((it_) => it.isFormatted({made}(it_)))") == [
        False,
        True,
    ]
    lines = (
        "((root) => (root.append(...it.lines('a\\n\\nb')), root.innerHTML))(document.createElement('div'))"
    )
    assert run("markup", lines) == "<div>a</div><div><br></div><div>b</div>"


def test_fuzzy(run):
    best = "['Customers', 'Custom fields', 'Sign out', 'Status: Resolved', 'Health of mail']"
    rank = f"(q) => {best}.map((n) => [it.score(q, n), n]).filter(([s]) => s).sort((a, b) => b[0] - a[0])"
    for typed, first in (
        ("cust", "Customers"),
        ("resolved", "Status: Resolved"),
        ("stat res", "Status: Resolved"),
        ("hom", "Health of mail"),
        ("SIGN", "Sign out"),
    ):
        assert run("fuzzy", f"({rank})('{typed}')[0][1]") == first, typed
    assert run("fuzzy", f"({rank})('xyz').length") == 0
    assert run("fuzzy", "it.score('', 'Anything')") == 1
    assert run("fuzzy", "it.score('ugyfel', 'Ügyfél')") > 500


def test_hits(run):
    found = "it.places('My Parcels, the parcel-box and parcelled.', it.pattern(['parcel', 'Parcels']))"
    assert run("hits", found) == [[3, 10], [16, 22]]
    assert run("hits", "it.places('a (b) c', it.pattern(['(b)']))") == [[2, 5]]
    assert run("hits", "it.places('anything', it.pattern([]))") == []
