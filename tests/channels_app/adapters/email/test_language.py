"""Which language a letter is written in."""

import pytest

from channels_app.adapters.email.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Good morning, my parcel has not come.", "en"),
        ("MY PARCEL HAS NOT COME YET, WHERE IS IT?", "en"),
        ("Здравствуйте, мой заказ не пришёл.", "ru"),
        ("Tisztelt Ügyfélszolgálat, a csomagom nem érkezett meg.", "hu"),
        ("Guten Morgen, mein Paket ist nicht gekommen.", "de"),
        ("Мой заказ не пришёл.\n\n> Good morning, your parcel has been sent today\n> and it comes", "ru"),
        ("Ok, thanks", ""),
        ("https://x.example/a/b/c dan@mail.example 1 2 3", ""),
        ("", ""),
    ],
)
def test_language(text, language):
    assert language_of(text) == language
