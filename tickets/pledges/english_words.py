"""The words of English by which a sentence promises something, and names a time."""

import re

CUES = re.compile(
    r"\b(?:i|we)(?:['’]ll| will| shall| (?:am|are) going to| can| (?:aim|hope|expect|plan|promise) to)\b"
    r"|\b(?:i|we)['’](?:m|re) going to\b|\bi promise\b|\blet me\b"
    r"|\byou(?:['’]ll| will| can expect to| should)\b[^.]*\b(?:hear|have|get|receive|know)\b"
    r"|\b(?:get|be|come) back to you\b|\b(?:my|our) (?:answer|reply) will\b",
    re.I,
)
DENIALS = re.compile(
    r"\b(?:won['’]t|will not|cannot|can['’]t|(?:not|un)able to|couldn['’]t|sha(?:ll not|n['’]t))\b", re.I
)
DEADLINE = re.compile(r"^(?:by|before|until|till|within|no later|not later|at the latest)\b", re.I)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NUMBERS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "twelve": 12,
    "half an": 0.5,
    "a few": 3,
    "the next few": 3,
    "a couple of": 2,
    "the next couple of": 2,
    "the": 1,
}
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
DAY = (
    r"(?:(?P<near>today|tonight|this (?:morning|afternoon|evening)|tomorrow|the day after tomorrow)"
    r"|(?:(?P<which>this|next|coming) )?(?P<weekday>mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)"
    r"(?:day)?\b"
    r"|(?P<end>(?:the )?end of (?:the |this )?(?P<next>next )?(?P<unit>day|week|month)"
    r"|(?P<rest>this|next) week)"
    r"|(?P<iso>\d{4}-\d\d-\d\d)"
    rf"|(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m1>{MONTH})(?:,? (?P<y1>\d{{4}}))?"
    rf"|(?P<m2>{MONTH}) (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (?P<y2>\d{{4}}))?"
    r"|(?P<d3>\d{1,2})[./](?P<m3>\d{1,2})(?:[./](?P<y3>\d{4}|\d\d)\b)?(?![\d:]))"
)
TIME = (
    r"(?:(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))? ?(?P<half>am|pm|a\.m\.|p\.m\.)(?![a-z])"
    r"|(?P<hour24>\d{1,2}):(?P<minute24>\d\d)\b|(?P<hour12>\d{1,2}) o['’]clock"
    r"|(?P<part>noon|midday|lunch(?:time)?|midnight|morning|afternoon|evening|close of business|cob|eod"
    r"|(?:the )?end of (?:the )?(?:working |business )?day)\b)"
)
HOUR = r"(?:(?<=\bby )|(?<=\bat )|(?<=\bbefore )|(?<=\buntil ))(?P<bare>\d{1,2})(?=\s*(?:[.,;!?)](?!\d)|$))"
"""A bare hour after a day, where the words end: "tomorrow by 10", but not "tomorrow at 10 Mill Lane"."""
BY = r"(?:(?:by|before|until|till|no later than|not later than|on|at)\b ?)?(?:the )?"
JOIN = r",? ?(?:(?:at|by|before|until|around|about|in the)\b ?)?"
