"""Russian in Latin letters is read, and nothing else is taken for it."""

import pytest

from tickets.classification.judging import judge
from tickets.classification.languages import in_cyrillic, tell
from tickets.classification.latin import cyrillic


@pytest.mark.parametrize(
    ("written", "spelt"),
    [
        ("nashey", "нашей"),
        ("kazhdyy", "каждый"),
        ("4to", "что"),
        ("eto", "это"),
        ("yarche", "ярче"),
        ("shchi", "щи"),
    ],
)
def test_a_word_is_spelt_letter_by_letter(written, spelt):
    assert cyrillic(written) == spelt


def test_a_known_word_gets_its_soft_sign_back():
    spelt = in_cyrillic("Skolko stoit dostavka v Kazan?")
    assert spelt is not None
    assert spelt.text == "сколько стоит доставка в казан?"
    assert spelt.as_written("сколько стоит") == "Skolko stoit"


@pytest.mark.parametrize(
    "text",
    [
        "Where is my parcel, it is late",
        "nem jon a megerosito kod, mit tegyek",
        "Kako mogu vratiti proizvod i kada dobijam novac nazad",
        "Kade e moyata poruchka chakam ot sedmitsa",
        "Gdzie jest moja paczka",
        "Où est mon colis",
        "да",
        "",
    ],
)
def test_no_other_language_is_taken_for_it(text):
    assert in_cyrillic(text) is None


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("information", "podskazhite pozhaluysta skolko stoit dostavka v kazan"),
        ("support", "ne mogu voyti v prilozhenie, pishet oshibka, pomogite"),
        ("complaint", "uzhe tretiy raz pishu, nikto ne otvechaet, bezobrazie"),
        ("suggestion", "horosho bylo by dobavit temnuyu temu v prilozhenie"),
    ],
)
@pytest.mark.parametrize("told", ["", "hr", "en", "ru"])
def test_it_is_judged_whatever_language_was_told(kind, text, told):
    found = judge(text, told)
    assert (found.kind, found.language) == (kind, "ru")
    assert all(each.words.lower() in text for each in found.reasons)


@pytest.mark.parametrize(
    ("text", "told", "language"),
    [
        ("mi a kulonbseg a pro es a pro max kozott??", "ia", "hu"),
        ("добавьте apple pay", "hu", "ru"),
        ("gde moy zakaz zhdu uzhe nedelyu", "it", "ru"),
        ("Wo bleibt denn bitte mein Paket, ich warte schon eine Woche", "de", "de"),
        ("where is my order", "en", "en"),
    ],
)
def test_a_detector_is_doubted_where_it_often_errs(text, told, language):
    assert tell(text, told) == language
