"""The first line of a letter, with the name in the form that its language wants. Pure."""

from tickets.manners.places import Place
from tickets.placeholders import people


def line(place: Place, name: str, *, order: str = "") -> str:
    """As one begins a letter in the language of `place` to somebody whose names go in `order`.

    Where the order of the language is another than that of the name, nobody knows which of its words is the
    given name: then it stands in whole.
    """
    whole = " ".join(name.split())
    if not whole:
        return place.plain
    is_sure = not order or order == place.order
    given = people.first_name(whole, place.language) if is_sure else whole
    values = {
        "full": whole,
        "given": given,
        "polite": people.polite_name(whole, place.language) if is_sure else whole,
    }
    text = place.greeting
    for placeholder, value in values.items():
        text = text.replace(f"{{{placeholder}}}", value)
    return text
