"""What a line of a signature looks like: telephone numbers, addresses, companies, titles, names."""

import re

from channels_app.adapters.email.quoting import vocabulary

LONGEST_LINE = 110
MANY_WORDS = 9
MANY_SMALL = 6  # words in small letters: of a line with an address, too, a sentence

_PHONE = re.compile(r"(?<![\w#№-])(?:\+|00|\(|\d)[\d\s().\-/–‑]{6,}\d(?!\w)")
_BESIDE = re.compile(r" [/|,;] ")  # two numbers on a line
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{4}-\d{4}(?:-\d{4})+")
_EMAIL = re.compile(r"[^\s<>]+@[\w-]+\.[\w.-]+")
_URL = re.compile(
    r"https?://|www\.|^(?:[\w-]+\.)+(?:com|org|net|info|biz|eu|io|[a-z]{2})(?:/\S*)?$|^(?:[\w-]+\.)+example$"
)
_LABEL = re.compile(
    r"(?:tel|phone|telephone|mob|mobile|fax|cell|ph|e-?mail|mail|web|website|skype"
    r"|telegram|whatsapp|viber"
    r"|direct|office|address|linkedin|тел|телефон|моб|мобильный|факс|сайт|почта|эл\.? ?почта|адрес"
    r"|telefon|handy|mobil|tél"
    r"|téléphone|port|portable|teléfono|móvil|telefono|cellulare|cell|telefone|telemóvel|celular|tlm|tlf"
    r"|tel/fax|kom|komórka|cím|telephely|székhely"
    r"|iroda|honlap|anschrift|internet|puh|puhelin|gsm|ust-?id|p\. ?iva|nip|regon|инн|огрн|єдрпоу|адреса"
    r"|пошта|电话|手机|邮箱|電話|携帯|手機|电邮|전화|휴대폰|이메일|팩스|هاتف|جوال|موبايل|البريد|تلفون|τηλ|κιν|נייד|טלפון)"
    r"(?:\.? ?[:：|]|\. )|[tmfewpdoaтмф](?: ?[:：|]|\.? (?=[+(\d]))"
)
_COMPANY = re.compile(
    r"(?<![\w.])(?:ltd|llc|inc|gmbh|mbh|ag|kg|ohg|e\.k|ug|kft|zrt|nyrt|bt|rt|s\.?r\.?l|s\.?p\.?a"
    r"|s\.?a\.?s|sarl|s\.à r\.l|eurl|s\.?n\.?c"
    r"|lda|ltda|s\.?l\.?u?|s\.a|sp\. ?z ?o\.? ?o|sp\. ?j|ооо|оао|зао|пао|ао|ип|тов|фоп|прат|тзов|b\.?v"
    r"|n\.?v|ab|oy|oyj|a/s|aps|s\.r\.o"
    r"|a\.s|a\.ş|şti|plc|corp|corporation|co\.|company|group|holding|s\.c|d\.o\.o|株式会社|有限公司|有限会社|주식회사|شركة|consulting"
    r"|logistics|trading|solutions)(?![\w])",
)
_TITLE = re.compile(
    r"(?<![^\W_])(?:manager|director|engineer|head of|sales|ceo|cto|cfo|coo|assistant|specialist|officer"
    r"|department|founder|owner|partner|consultant"
    r"|developer|analyst|coordinator|supervisor|president|professor|ph\.?d|accountant|buyer|secretary"
    r"|менеджер|директор|инженер|специалист|бухгалтер"
    r"|отдел|руководитель|начальник|заместитель|юрист|секретарь|администратор|vezető|igazgató|menedzser"
    r"|ügyvezető|asszisztens|mérnök|munkatárs"
    r"|értékesít|könyvelő|osztály|ügyintéző|leiter|geschäftsführ|mitarbeiter|vertrieb|einkauf|abteilung"
    r"|sachbearbeiter|buchhaltung|directeur|directrice"
    r"|responsable|ingénieur|service|gérant|chargée?|comptab|gerente|jefe|jefa|departamento|responsabile"
    r"|direttore|direttrice|impiegat|ufficio"
    r"|amministra|gestor|diretor|chefe|kierownik|dyrektor|specjalista|księgow|dział|prezes|керівник"
    r"|відділ|інженер|спеціаліст|директорка|бухгалтерка"
    r"|inkoop|verkoop|medewerker|vedoucí|ředitel|účetní|oddělení|försäljning|chef|säljare|leder|johtaja"
    r"|päällikkö|müdür|uzman|șef|经理|部长|主任|課長|部長|担当|經理|총무|팀장|대리|과장|부장|사원|مدير|مهندس|قسم|διευθυντ|מנהל)",
)
_OWN_MATTER = re.compile(
    r"(?<![^\W_])(?:order|invoice|ticket|tracking|parcel|booking|reservation|serial|customer (?:no"
    r"|number|id)|заказ|счет|счёт|трек|накладн|договор|rendelés|számla"
    r"|megrendelés|csomag|ügyfélszám|bestell|rechnung|kundennummer|auftrag|sendung|commande|facture"
    r"|colis|n° client|pedido|factura|ordine|fattura|encomenda"
    r"|fatura|zamówien|faktur|paczk|замовлен|рахунок|посилк|bestelling|factuur|objednáv|iban|password"
    r"|account|born|date of birth|рожден|дата рожд|született|születési|geboren|geburts|né le|née le)"
)
_SMALL_WORD = re.compile(r"(?<![\w@./+-])[^\W\d_A-ZА-ЯЁ][^\W\d_]*(?![\w@/])")
_SENTENCE_END = re.compile(r"[.!…。！]$")
_NAME = re.compile(r"(?:[^\W\d_][\w.'’-]*|&)(?: (?:[^\W\d_][\w.'’-]*|&)){0,4},?$")


def is_detail(words: str) -> bool:
    """Whether it tells how to reach somebody."""
    low = vocabulary.low(words)
    return is_phone(words) or bool(_EMAIL.search(low) or _URL.search(low) or _LABEL.match(low))


def is_phone(words: str) -> bool:
    return any(
        7 <= sum(sign.isdigit() for sign in found) <= 16 and not _DATE.match(found.strip())
        for one in _BESIDE.split(words)
        for found in _PHONE.findall(one)
    )


def is_office(words: str) -> bool:
    """Whether it names a company, a title or a department."""
    low = vocabulary.low(words)
    return bool(_COMPANY.search(low) or _TITLE.search(low))


def is_name(words: str) -> bool:
    """Two to five words that begin like a name."""
    if not _NAME.match(words) or len(words) > 50:
        return False
    parts = words.rstrip(",").split()
    return sum(part[0].isupper() or not part[0].islower() for part in parts) >= max(1, len(parts) - 1)


def fits(words: str) -> bool:
    """Whether the line can stand in a signature: no sentence, no question, nothing of the matter itself."""
    if len(words) > LONGEST_LINE or "?" in words and "://" not in words:
        return False
    low = vocabulary.low(words)
    if _OWN_MATTER.search(low) or is_note(low):
        return False
    if is_remark(words):
        return False
    is_sentence = len(words.split()) >= MANY_WORDS and bool(_SENTENCE_END.search(words))
    return not (is_sentence and (not is_detail(words) or len(_SMALL_WORD.findall(words)) >= MANY_SMALL))


def is_remark(words: str) -> bool:
    """Whether somebody says when to ring: "07700 900123 (after 5 pm only)", "evenings: 07700 900123"."""
    number = _PHONE.search(words)
    if number is None:
        return False
    around = vocabulary.low(f"{words[: number.start()]} {words[number.end() :]}")
    return bool(vocabulary.whole_words("hours").search(around))


def is_note(low: str) -> bool:
    """Whether it is a "P.S." of the sender's."""
    return low.startswith(tuple(vocabulary.phrases("note")))
