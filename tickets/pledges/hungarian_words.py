"""The words of Hungarian by which a sentence promises something, and names a time."""

import re

CUES = re.compile(
    r"\b(?:jelentkez(?:em|ünk)|vissza(?:jelz(?:ek|ünk)|hív(?:om|juk)|tér(?:ek|ünk)|ír(?:ok|unk))"
    r"|válaszol(?:ok|unk)|meg(?:válaszol(?:om|juk)|néz(?:em|zük)|ír(?:om|juk)|old(?:om|juk))"
    r"|ír(?:ok|unk)|utánanéz(?:ek|ünk)|értesít(?:em|jük)|tájékoztat(?:om|juk)|(?:el)?küld(?:öm|jük)"
    r"|fog(?:ok|om|unk|juk)|ígér(?:em|jük)|ellenőriz(?:em|zük)|intéz(?:em|zük)|(?:fel)?hív(?:om|juk)"
    r"|szól(?:ok|unk)|ad(?:ok|unk)|kap(?:ni)? fog|választ kap|kap választ|megteszem|megtesszük"
    r"|kiderít(?:em|jük)|igyeksz(?:em|ünk)|rendez(?:em|zük)|utalj(?:uk)|utalom|visszautal(?:om|juk))\b",
    re.I,
)
DENIALS = re.compile(r"\b(?:nem (?:tud\w*|ígér\w*|fog\w*|lesz\w*)|sajnos nem)\b", re.I)
DEADLINE = re.compile(r"(?:ig|belül|legkésőbb)\b", re.I)
WEEKDAYS = ("hét", "ked", "sze", "csü", "pén", "szo", "vas")
MONTHS = ("jan", "feb", "már", "ápr", "máj", "jún", "júl", "aug", "sze", "okt", "nov", "dec")
NUMBERS = {
    "egy": 1,
    "két": 2,
    "kettő": 2,
    "három": 3,
    "négy": 4,
    "öt": 5,
    "hat": 6,
    "hét": 7,
    "nyolc": 8,
    "tíz": 10,
    "fél": 0.5,
    "másfél": 1.5,
    "pár": 2,
    "néhány": 3,
}
WEEKDAY = (
    r"(?:hétfő(?:n|ig|re)?|kedd(?:en|ig|re)?|szerd(?:a|án|áig|ára)|csütörtök(?:ön|ig|re)?"
    r"|péntek(?:en|ig|re)?|szombat(?:on|ig|ra)?|vasárnap(?:ig|ra)?)"
)
MONTH = (
    r"(?:január|február|március|április|május|június|július|augusztus|szeptember|október|november|december)"
)
CASE = r"(?:-?(?:[áa]ig|[ée]ig|ig|[áaeé]n|jén|ján|[áaeé]ra|[áaeé]re|re|ra))?"
DAY = (
    r"(?:(?P<near>máig|ma|holnapután(?:ig|ra)?|holnap(?:ig|ra)?)\b"
    rf"|(?:(?:(?P<next>jövő|következő)(?: hét)?|(?P<this>ezen a|e)) )?(?P<weekday>{WEEKDAY})\b"
    r"|(?P<end>(?:a |e )?(?P<later>jövő |következő )?(?P<unit>munkanap|nap|hét|hónap) végé(?:ig|n|re)"
    r"|(?P<rest>ezen a|jövő|következő) hét(?:en|ig|re)\b)"
    rf"|(?:(?P<y1>\d{{4}})\. ?)?(?P<m1>{MONTH}) (?P<d1>\d{{1,2}})\b\.?{CASE}"
    rf"|(?:(?P<y2>\d{{4}})\. ?)?(?P<m2>\d{{1,2}})\. ?(?P<d2>\d{{1,2}})(?:\.(?!\d)|{CASE}\b)(?!:))"
)
TIME = (
    r"(?:(?:(?P<half>délelőtt|délután|este|reggel) )?"
    r"(?:(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?:-?(?:ig|kor|re|ra))?\b"
    r"|(?P<hours>\d{1,2}) ?(?:óráig|órára|órakor|h-ig|-?ig|-?kor)\b)"
    r"|(?P<part>délig|délben|délre|délelőtt(?:ig)?|délután(?:ig)?|estig|este|estére|reggelig|reggel|reggelre"
    r"|(?:a )?(?:munka)?nap végéig|munkaidő végéig)\b)"
)
BY = r"(?:legkésőbb )?(?:a )?"
