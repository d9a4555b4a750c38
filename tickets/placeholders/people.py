"""Names of people in the form and the order of their language: how one greets, and by which word. Pure."""

FAMILY_NAME_FIRST = {"hu", "ja", "zh", "ko", "vi"}
_PATRONYMICS = ("вич", "вна", "чна", "ична", "оглы", "кызы")
_GREETINGS = {
    "en": ("Hello {},", "Hello,"),
    "ru": ("Здравствуйте, {}!", "Здравствуйте!"),
    "hu": ("Tisztelt {}!", "Tisztelt Ügyfelünk!"),
    "de": ("Guten Tag {},", "Guten Tag,"),
    "fr": ("Bonjour {},", "Bonjour,"),
    "es": ("Hola, {}:", "Hola:"),
    "it": ("Buongiorno {},", "Buongiorno,"),
    "pl": ("Dzień dobry, {},", "Dzień dobry,"),
    "uk": ("Добрий день, {}!", "Добрий день!"),
}


def first_name(name: str, language: str) -> str:
    """The given name, which stands last where families come first."""
    words = name.split()
    if not words:
        return ""
    if _language(language) == "ru":
        return _russian(words)[0]
    return words[-1 if _language(language) in FAMILY_NAME_FIRST else 0]


def last_name(name: str, language: str) -> str:
    """The name of the family; "" where there is one word only."""
    words = name.split()
    if len(words) < 2:
        return ""
    if _language(language) == "ru" and len(words) == 3 and _is_patronymic(words[2]):
        return words[0]
    return words[0 if _language(language) in FAMILY_NAME_FIRST else -1]


def polite_name(name: str, language: str) -> str:
    """As one addresses a customer: by the given name, in Russian with the father's, in Hungarian in full."""
    words = name.split()
    if _language(language) == "ru" and words:
        return " ".join(_russian(words))
    return " ".join(words) if _language(language) == "hu" else first_name(name, language)


def greeting(name: str, language: str) -> str:
    """The first line of a letter with its sign at the end; without the name where none is known."""
    by_name, plain = _GREETINGS.get(_language(language), _GREETINGS["en"])
    known = polite_name(name, language)
    return by_name.format(known) if known else plain


def _russian(words: list[str]) -> list[str]:
    """Given name and father's name, whichever way round the whole is written."""
    if len(words) == 3 and _is_patronymic(words[2]):
        return words[1:]
    if len(words) > 1 and _is_patronymic(words[1]):
        return words[:2]
    return words[:1]


def _is_patronymic(word: str) -> bool:
    return word.lower().endswith(_PATRONYMICS)


def _language(code: str) -> str:
    return code.partition("-")[0]
