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
    script = f"((store) => (it.keep(store, {place}, 'text'), it.found(store, {place}, SHOWN)))({store})"
    assert run("kept", script.replace("SHOWN", "''")) == "text"
    assert run("kept", script.replace("SHOWN", "'text'")) is None
    full = "{ getItem() { throw 1 }, setItem() { throw 1 }, removeItem() { throw 1 } }"
    for act in ("keep(S, P, 'x')", "forget(S, P)", "found(S, P, '')"):
        assert run("kept", f"it.{act.replace('S', full).replace('P', place)} ?? null") is None
