"""Errors as problem details (RFC 9457): what is wrong, and the field at fault."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from rest_framework import exceptions
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

MEDIA_TYPE = "application/problem+json"
DOCS = "/api/docs/#problem-"
CODES = {
    "malformed": "The body is not what its Content-Type says.",
    "validation": "Fields of the body cannot be accepted; `errors` points at each.",
    "parameters": "The address has parameters that are unknown or make no sense.",
    "headers": "A header is missing or makes no sense.",
    "not-signed-in": "There is no token, or it is wrong, revoked or expired.",
    "scope": "The token lacks the scope that `scope` names.",
    "forbidden": "It may not be done: a session, for one, needs its CSRF token.",
    "held": "The file is held for a supervisor to look at, or still being checked.",
    "not-found": "There is nothing here, or nothing that the caller may see.",
    "method": "The address knows no such method; Allow names those it knows.",
    "not-acceptable": "Only JSON is spoken here.",
    "conflict": "It does not fit the desk as it is now.",
    "busy": "Another request is at work on the same thing: try again.",
    "stale": "It has changed since it was read with this ETag.",
    "too-large": "The body is larger than it may be.",
    "range": "The range lies behind the end of the file.",
    "media-type": "Bodies of this Content-Type are not read here.",
    "key-reused": "The Idempotency-Key was used for another request.",
    "too-many": "Too many requests in this minute; Retry-After says how long to wait.",
    "unavailable": "The fault is ours. Try again later with the same Idempotency-Key.",
    "refused": "Refused for another reason, told in `detail`.",
}


class Fault(NamedTuple):
    """One thing that is wrong: `place` is a JSON pointer (RFC 6901), or the name of a parameter or header."""

    place: str
    detail: str
    where: str = "pointer"

    def shown(self) -> dict[str, str]:
        return {self.where: self.place, "detail": self.detail}


class Problem(exceptions.APIException):
    """A refusal with a name that programs can tell apart; `faults` say where it lies."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *faults: Fault,
        headers: dict[str, str] | None = None,
        **members: Any,
    ) -> None:
        super().__init__(detail, code)
        self.status_code = status
        self.code = code
        self.faults = faults
        self.members = members
        self.problem_headers = headers or {}


def bad_parameter(*faults: tuple[str, str]) -> Problem:
    """The address asks for something that cannot be: which parameter, and why."""
    found = [Fault(name, detail, "parameter") for name, detail in faults]
    return Problem(400, "parameters", "The address has parameters that cannot be understood.", *found)


def bad_header(name: str, detail: str) -> Problem:
    return Problem(400, "headers", "A header cannot be understood.", Fault(name, detail, "header"))


def invalid(*faults: Fault) -> Problem:
    """The body has fields that say something impossible: which, and why."""
    return Problem(400, "validation", "The request has fields that cannot be accepted.", *faults)


def conflict(detail: str, pointer: str = "", **members: Any) -> Problem:
    """The request is well formed, but does not fit the desk as it is."""
    faults = [Fault(pointer, detail)] if pointer else []
    return Problem(409, "conflict", detail, *faults, **members)


def stale() -> Problem:
    """Somebody was faster."""
    return Problem(412, "stale", "It has changed since you read it: read it again.")


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """What DRF asks for each exception of a view; None leaves it to Django, and to the log."""
    problem = _problem(error)
    if problem is None:
        return None
    headers = dict(getattr(problem, "problem_headers", {}))
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    body = content(
        problem.status_code,
        problem.code,
        str(problem.detail),
        faults=[fault.shown() for fault in problem.faults],
        **problem.members,
    )
    return Response(body, status=problem.status_code, headers=headers, content_type=MEDIA_TYPE)


def content(status: int, code: str, detail: str, **members: Any) -> dict[str, Any]:
    """The members of a problem document; empty ones are left out."""
    faults = members.pop("faults", [])
    return {
        "type": f"{DOCS}{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
        **({"errors": faults} if faults else {}),
        **members,
    }


def page(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """An error that Django itself answered under /api/, said as a problem; its headers are kept."""
    status = response.status_code
    known = {400: "malformed", 403: "forbidden", 404: "not-found", 405: "method", 413: "too-large"}
    code = known.get(status, "unavailable" if status >= 500 else "refused")
    detail = {404: "There is nothing at this address.", 500: "The fault is ours; it has been written down."}
    body = content(status, code, detail.get(status, f"{HTTPStatus(status).phrase}."))
    fresh = HttpResponse(JSONRenderer().render(body), status=status, content_type=MEDIA_TYPE)
    for name in ("Allow", "Retry-After"):
        if name in response:
            fresh[name] = response[name]
    return fresh


def _problem(error: Exception) -> Problem | None:
    if isinstance(error, Problem):
        return error
    if isinstance(error, Http404):
        return Problem(404, "not-found", "There is nothing here, or nothing that you may see.")
    if isinstance(error, PermissionDenied):
        return Problem(403, "forbidden", "You may not do this.")
    if isinstance(error, RequestDataTooBig):
        return Problem(413, "too-large", "The request is too large.")
    if isinstance(error, exceptions.ValidationError):
        faults = list(_faults(error.detail, "#"))
        return invalid(*faults)
    if isinstance(error, exceptions.APIException):
        return _of_framework(error)
    return None


_CODES: dict[type[exceptions.APIException], str] = {
    exceptions.ParseError: "malformed",
    exceptions.NotAuthenticated: "not-signed-in",
    exceptions.AuthenticationFailed: "not-signed-in",
    exceptions.PermissionDenied: "forbidden",
    exceptions.MethodNotAllowed: "method",
    exceptions.NotAcceptable: "not-acceptable",
    exceptions.UnsupportedMediaType: "media-type",
}


def _of_framework(error: exceptions.APIException) -> Problem:
    return Problem(error.status_code, _CODES.get(type(error), "refused"), str(error.detail))


def _faults(detail: Any, pointer: str) -> Iterator[Fault]:
    """The leaves of DRF's nested errors, each with the JSON pointer of its field."""
    if isinstance(detail, dict):
        for name, below in detail.items():
            own = pointer if name == "non_field_errors" else f"{pointer}/{_escaped(str(name))}"
            yield from _faults(below, own)
    elif isinstance(detail, list) and any(isinstance(each, dict | list) for each in detail):
        for index, below in enumerate(detail):
            yield from _faults(below, f"{pointer}/{index}")
    elif isinstance(detail, list):
        yield from (Fault(pointer, str(each)) for each in detail)
    else:
        yield Fault(pointer, str(detail))


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
