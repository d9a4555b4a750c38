import pytest

from tickets.placeholders import people


@pytest.mark.parametrize(
    ("name", "language", "first", "last", "greeting"),
    [
        ("Carol Reyes", "en", "Carol", "Reyes", "Hello Carol,"),
        ("", "en", "", "", "Hello,"),
        ("Kovács Anna", "hu", "Anna", "Kovács", "Tisztelt Kovács Anna!"),
        ("", "hu", "", "", "Tisztelt Ügyfelünk!"),
        ("Анна Ким", "ru", "Анна", "Ким", "Здравствуйте, Анна!"),
        ("Иванова Анна Сергеевна", "ru", "Анна", "Иванова", "Здравствуйте, Анна Сергеевна!"),
        ("Анна Сергеевна Иванова", "ru", "Анна", "Иванова", "Здравствуйте, Анна Сергеевна!"),
        ("Anna Nowak", "xx", "Anna", "Nowak", "Hello Anna,"),
    ],
)
def test_names_in_the_form_and_order_of_their_language(name, language, first, last, greeting):
    assert people.first_name(name, language) == first
    assert people.last_name(name, language) == last
    assert people.greeting(name, language) == greeting
