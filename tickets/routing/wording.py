"""Why a ticket went where it went, and is as urgent as it is, in words."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tickets.models import HandBack
from tickets.models.competence import language_name


class Names(Protocol):
    """What stands behind the ids."""

    def skill(self, pk: int) -> str: ...

    def rule(self, pk: int) -> str: ...

    def criterion(self, pk: int) -> str: ...


Reason = Mapping[str, Any]


def said(reasons: Iterable[Reason], names: Names) -> str:
    """All of them, with commas between; what a later version of the desk wrote is left out."""
    told = (_SAID[each["code"]](each, names) for each in reasons if each.get("code") in _SAID)
    return ", ".join(told)


def _language(reason: Reason, text: str) -> str:
    return text % {"language": language_name(str(reason.get("language", "")))}


def _skill(reason: Reason, names: Names, text: str) -> str:
    return text % {"skill": names.skill(int(reason.get("skill", 0)))}


def _handed_back(reason: Reason, names: Names) -> str:
    given = reason.get("reason", "")
    return str(HandBack.Reason(given).label) if given in HandBack.Reason.values else str(given)


def _least(reason: Reason, names: Names) -> str:
    return _("least to do (%(load)s of %(of)s)") % {
        "load": reason.get("load", "?"),
        "of": reason.get("of", "?"),
    }


_SAID: dict[str, Callable[[Reason, Names], str]] = {
    "language": lambda reason, names: _language(reason, _("speaks %(language)s")),
    "skill": lambda reason, names: _skill(reason, names, _("knows “%(skill)s”")),
    "nobody_speaks": lambda reason, names: _language(reason, _("nobody in the team speaks %(language)s")),
    "nobody_knows": lambda reason, names: _skill(reason, names, _("nobody in the team knows “%(skill)s”")),
    "nobody_has_all": lambda reason, names: _skill(
        reason, names, _("nobody in the team knows “%(skill)s” together with the rest that is asked for")
    ),
    "knows": lambda reason, names: _("had this customer before"),
    "least": _least,
    "turn": lambda reason, names: pgettext("reason", "next in turn"),
    "only": lambda reason, names: _("nobody else has room"),
    "refused": lambda reason, names: _("somebody gave it back"),
    "unready": lambda reason, names: _("others have not read yet what it needs"),
    "handed_back": _handed_back,
    "left": lambda reason, names: _("works here no more"),
    "absent": lambda reason, names: _("away for too long"),
    "overdue": lambda reason, names: _("it was overdue"),
    "criterion": lambda reason, names: (
        f"{names.criterion(int(reason.get('criterion', 0)))} ({int(reason.get('points', 0)):+})"
    ),
    "no_criterion": lambda reason, names: _("no criterion holds"),
    "rule": lambda reason, names: _("rule “%(rule)s”") % {"rule": names.rule(int(reason.get("rule", 0)))},
}
