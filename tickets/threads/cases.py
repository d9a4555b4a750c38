"""The table of cases: what a message carries, who sends it, and whether that is proved. Pure.

The same table stands in docs/admin/threads.md; tests compare the two and try every cell.
"""

from enum import StrEnum

from channels_app.messages import Authenticity


class Evidence(StrEnum):
    """How a message says which ticket it belongs to, the strongest first."""

    TOKEN = "a token of ours"  # noqa: S105  (no secret)
    CITES = "the id of a message we know"
    ROOT = "an id that the ticket cites too"
    NUMBER = "only the number, in the subject"
    SUBJECT = "only the subject, after Re:"


class Relation(StrEnum):
    """What its sender is to that ticket."""

    CUSTOMER = "an address of the customer"
    PARTICIPANT = "somebody who took part"
    COLLEAGUE = "somebody of their organisation"
    STRANGER = "a stranger"


class Outcome(StrEnum):
    JOIN = "joins"
    UNVERIFIED = "joins, marked unverified"
    DOUBT = "doubt"
    NEW = "new ticket"


# A token proves that somebody has seen the ticket, not who writes now: a forwarded mail carries it. A number
# proves nothing: it can be guessed. An id that others cite too may be of a letter to many.
TABLE = """
| The message carries | and comes from | proved | not known | disproved |
|---|---|---|---|---|
| a token of ours | an address of the customer | joins | joins | joins, marked unverified |
| a token of ours | somebody who took part | joins | joins | joins, marked unverified |
| a token of ours | somebody of their organisation | joins | doubt | doubt |
| a token of ours | a stranger | doubt | doubt | doubt |
| the id of a message we know | an address of the customer | joins | joins | joins, marked unverified |
| the id of a message we know | somebody who took part | joins | joins | joins, marked unverified |
| the id of a message we know | somebody of their organisation | joins | doubt | doubt |
| the id of a message we know | a stranger | doubt | doubt | doubt |
| an id that the ticket cites too | an address of the customer | joins | joins | joins, marked unverified |
| an id that the ticket cites too | somebody who took part | joins | doubt | doubt |
| an id that the ticket cites too | somebody of their organisation | new ticket | new ticket | new ticket |
| an id that the ticket cites too | a stranger | new ticket | new ticket | new ticket |
| only the number, in the subject | an address of the customer | joins | joins, marked unverified | doubt |
| only the number, in the subject | somebody who took part | joins | joins, marked unverified | doubt |
| only the number, in the subject | somebody of their organisation | doubt | doubt | new ticket |
| only the number, in the subject | a stranger | doubt | doubt | new ticket |
| only the subject, after Re: | an address of the customer | joins | joins, marked unverified | doubt |
| only the subject, after Re: | somebody who took part | new ticket | new ticket | new ticket |
| only the subject, after Re: | somebody of their organisation | new ticket | new ticket | new ticket |
| only the subject, after Re: | a stranger | new ticket | new ticket | new ticket |
"""

Cell = tuple[Evidence, Relation, Authenticity]
_COLUMNS = (Authenticity.PASS, Authenticity.NONE, Authenticity.FAIL)
_JOINING = (Outcome.JOIN, Outcome.UNVERIFIED)


def read(table: str) -> dict[Cell, Outcome]:
    """The cells of a table in Markdown."""
    cells: dict[Cell, Outcome] = {}
    for line in table.strip().splitlines()[2:]:
        carried, sender, *said = [part.strip() for part in line.strip("|").split("|")]
        for authenticity, outcome in zip(_COLUMNS, said, strict=True):
            cells[Evidence(carried), Relation(sender), authenticity] = Outcome(outcome)
    return cells


CASES = read(TABLE)


def decide(
    evidence: Evidence, relation: Relation, authenticity: Authenticity, *, same_subject: bool, at_rest: bool
) -> Outcome:
    """What becomes of a message; `at_rest` is a ticket that is finished or silent for long.

    Another subject on a ticket at rest is asked about before it joins. A stranger's number under another
    subject is somebody else's number.
    """
    outcome = CASES[evidence, relation, Authenticity(authenticity)]
    if outcome in _JOINING and at_rest and not same_subject:
        return Outcome.DOUBT
    if evidence == Evidence.NUMBER and outcome == Outcome.DOUBT and not same_subject:
        return Outcome.DOUBT if relation in (Relation.CUSTOMER, Relation.PARTICIPANT) else Outcome.NEW
    return outcome
