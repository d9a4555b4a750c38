"""What programs and companies put under every mail: "Sent from my iPhone", virus checks, disclaimers."""

import re

from channels_app.adapters.email.quoting import vocabulary

LONGEST_TAG = 130
DISCLAIMER = ("secret", "addressee", "mistaken", "forbidden")

_PRODUCT = re.compile(
    r"iphon|ipad|ipod|android|blackberry|outlook|samsung|galaxy|huawei|xiaomi|redmi|oneplus|pixel|nokia"
    r"|xperia"
    r"|motorola|oppo|vivo|realme|windows|почт|пошт|yahoo|proton|web\.de|t-online|mail\.ru|yandex|яндекс"
    r"|mail app"
    r"|tutanota|fairemail|k-9|thunderbird|airmail|edison|bluemail|mailbird|zoho|freemail|citromail"
    r"|seznam|email\.cz"
    r"|superhuman|aqua ?mail|typeapp|mymail|gmail|hotmail|icloud|mailspring|laposte|libero|virgilio"
    r"|interia|rambler"
    r"|ukr\.net|i\.ua|meta\.ua|网易|foxmail|bouygues|vodafone|telekom|mailbox\.org|posteo|fastmail"
    r"|roundcube|horde|mailspike|spikenow|mimestream|shortwave|betterbird|mailmate|vivaldi|mailfence|runbox"
    r"|polymail|em client|kmail|infomaniak|mailo|startmail|delta ?chat|skymail"
    r"|網易|naver|네이버|daum|아이폰|아이패드|갤럭시|안드로이드"
    r"|zimbra|e-?mail|(?<![^\W_])(?:nine|boxer|evolution|claws|spike|ios|apple|poco|honor|sony|htc|lg|moto|gmx|1&1|tuta|spark|newton|hey"
    r"|canary|orange"
    r"|free|wp|onet|o2|qq|163|126|sfr)(?![^\W_])"
)
_DEVICE = re.compile(
    r"phone|mobil|device|tablet|handy|gerät|téléphone|appareil|teléfono|móvil|celular|telemóvel"
    r"|dispositiv|cellulare|komórk|telefon|urządzen"
    r"|телефон|смартфон|мобил|планшет|устройств|пристро|készülék|okostelefon|puhelin|laite|telefoon"
    r"|toestel|cihaz|手机|手機|設備|携帯|スマートフォン|téléphon|mobile"
)
_ON_A_DEVICE = re.compile(r"(?:android|ios|iphone|ipad|windows|mac)$")
_SCANNER = re.compile(
    r"avast|\bavg\b|kaspersky|касперск|\beset\b|nod32|mcafee|norton|dr\.?web|clamav|mailscanner|f-secure"
    r"|bitdefender"
)
_VIRUS = re.compile(r"virus|viren|viru|vírus|вирус|вірус|wirus|virüs|病毒|ウイルス|바이러스")
# "Before printing the label" is no footer: what is spared, or what is not printed, is named too.
_SPARED = re.compile(
    r"e-?mail|courriel|correo|mensaje|messaggio|message|nachricht|письм|сообщени|лист|повідомлен|levél|levelet"
    r"|üzenet|wiadomoś|bericht|zpráv|správ|e-post|ileti|mesaj|environment|umwelt|milieu|milj[öø]|ambient"
    r"|environnement|природ|окружающ|довкілля|деревь|környezet|środowisk|prostřed|prostred|ympäristö|çevre"
    r"|邮件|郵件|环保|環境|メール|메일|البيئة|περιβάλλον|הסביבה|save (?:paper|a tree)|\btrees?\b|\bwald|bäume"
)
LONGEST_BANNER, LATEST = 500, 90
# A person tells of such a line: "my company marks your mails as external".
_FIRST_PERSON = re.compile(
    r"(?<![^\W_])(?:i|my|we|our|us|me|ich|mein\w*|wir|uns|unser\w*|je|mon|ma|mes|nous|notre|yo|mi|nos|nuestr\w*|io|mio"
    r"|mia|noi|eu|meu|minha|ik|mijn|wij|ons|onze|ja|mój|moja|nasz\w*|я|мы|мой|моя|мне|нам|наш\w*|мій|моя|ми"
    r"|én|nekem|nekünk|cégem|cégünk|můj|moje|náš|naše|私|我们?)(?![^\W_])"
)
_BARE_BANNER = re.compile(r"[\[(*<_=!⚠️ ]{1,6}[^.?\]]{4,40}[\])*>_=! ]{1,6}$")
_URL_ONLY = re.compile(r"[<(\[]?(?:https?://|www\.)\S+[>)\]]?$")


def is_tag(words: str) -> bool:
    """Whether a mail program signed this line: "Sent from my iPhone", "Get Outlook for iOS"."""
    if not 4 < len(words) <= LONGEST_TAG:
        return False
    low = vocabulary.low(words).lstrip("-—_*[ ")
    product = _PRODUCT.search(low)
    if product and len(low.split()) <= 16 and _says(low, "sent"):
        return True
    if "outlook" in low and len(low.split()) <= 9 and vocabulary.anywhere("get").search(low):
        return True
    if product and _ON_A_DEVICE.search(low) and len(low.split()) <= 6:
        return low.startswith(tuple(vocabulary.phrases("get")))
    starts = low.startswith(tuple(vocabulary.phrases("sent"))) and len(low.split()) <= 9
    return starts and bool(_DEVICE.search(low))


def _says(low: str, kind: str) -> bool:
    """A person would go on with other words; a tag begins or ends with these."""
    found = vocabulary.anywhere(kind).search(low)
    if not found:
        return False
    return found.start() < 25 or len(low) - found.end() < 25


def is_link(words: str) -> bool:
    return bool(_URL_ONLY.match(words))


def is_check(words: str) -> bool:
    """Whether a virus scanner or a mailing list speaks."""
    low = vocabulary.low(words)
    if len(words) > 400 or "?" in words.replace("?utm", ""):
        return False
    return bool(_SCANNER.search(low) and _VIRUS.search(low)) or bool(vocabulary.anywhere("virus").match(low))


def disclaims(words: str) -> int:
    """How many things that only a disclaimer says are said in this paragraph."""
    low = vocabulary.low(words)
    told = sum(bool(vocabulary.anywhere(kind).search(low)) for kind in DISCLAIMER)
    if len(words) < 400 and vocabulary.anywhere("paper").search(low) and _SPARED.search(low):
        told += 3
    return told


def is_banner(words: str) -> bool:
    """Whether a mail server wrote this above the letter: that it comes from outside, so beware."""
    if len(words) > LONGEST_BANNER or "?" in words:
        return False
    low = vocabulary.low(words)
    found = vocabulary.anywhere("outside").search(low)
    if found is None or found.start() > LATEST or _FIRST_PERSON.search(low):
        return False
    return bool(vocabulary.anywhere("warns").search(low)) or bool(_BARE_BANNER.match(words))


def is_disclaimer(words: str) -> bool:
    """Whether a paragraph at the end is a disclaimer, or asks to spare paper."""
    told = disclaims(words)
    return told >= 3 or (told >= 2 and len(words) >= 60)
