"""A write that is repeated with the same Idempotency-Key is answered, not done again.

The key is inserted in the transaction of the effect: both are there or neither. A second request with the
same key waits on the unique index until the first has ended, and finds its answer. Refused requests leave
nothing behind, the key included, so that a mended request may use it.
"""

import hashlib
import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import DatabaseError, IntegrityError, OperationalError, connection, transaction
from django.http import HttpResponse
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from helpdesk.rest import problems
from helpdesk.rest.authentication import caller
from helpdesk.rest.models import Answer
from helpdesk.rest.problems import Problem

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
KEPT = ("Location", "ETag")
LONGEST = 255
_FORM = re.compile(rf"[!-~]{{1,{LONGEST}}}")
PATIENCE = "10s"
PRUNED_AT_ONCE = 5_000

Act = Callable[[], Response]


class _Taken(Exception):
    """Another request has used this key."""


def once(request: Request, act: Act) -> HttpResponse:
    """What `act` answers, or what it answered when it was first asked with this key; all of it or nothing."""
    key = _key(request)
    for last in (False, False, True):
        try:
            return _act(request, act, key)
        except _Taken:
            return _kept(request, key)
        except (IntegrityError, OperationalError) as error:
            _wait_or_refuse(error, last)
    raise AssertionError("unreachable")


def unique(request: Request) -> UUID:
    """A name for what this request makes: the same when it is repeated, and nobody else's."""
    return uuid5(NAMESPACE_URL, f"{caller(request)}:{_key(request)}")


def prune(now: datetime) -> int:
    """Forget answers older than the desk keeps them; how many."""
    border = now - timedelta(days=settings.API_KEYS_DAYS)
    total = 0
    while old := list(
        Answer.objects.filter(created_at__lt=border).values_list("pk", flat=True)[:PRUNED_AT_ONCE]
    ):
        total += Answer.objects.filter(pk__in=old).delete()[0]
    return total


def _key(request: Request) -> str:
    key = request.headers.get(HEADER)
    if key is None and request.method != "POST":
        return ""
    if key is None:
        raise problems.bad_header(
            HEADER, "A POST needs a key of your own, such as a UUID: a repeat is then harmless."
        )
    if not _FORM.fullmatch(key):
        raise problems.bad_header(HEADER, "One to 255 printable ASCII characters, no spaces.")
    return key


@transaction.atomic
def _act(request: Request, act: Act, key: str) -> Response:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
    if not key:
        return act()
    answer = _claim(request, key)
    response = act()
    answer.status = response.status_code
    answer.headers = {name: response[name] for name in KEPT if name in response}
    answer.body = _body(response)
    answer.save()
    return response


def _body(response: Response) -> bytes:
    """What a repeated request will be answered: without the secrets that are shown once (`shown_once`)."""
    if response.data is None:
        return b""
    once = getattr(response, "shown_once", None)
    return JSONRenderer().render({**response.data, **once} if once else response.data)


def _claim(request: Request, key: str) -> Answer:
    """The row of this key, ours until the transaction ends; raises _Taken."""
    row = Answer(caller=caller(request), key=key, fingerprint=_fingerprint(request))
    Answer.objects.bulk_create([row], ignore_conflicts=True)  # waits for whoever is inserting the same key
    mine = Answer.objects.filter(caller=row.caller, key=key, status=0).first()
    if mine is None:  # an answer that others have committed has its status
        raise _Taken
    return mine


def _kept(request: Request, key: str) -> HttpResponse:
    answer = Answer.objects.get(caller=caller(request), key=key)
    if answer.fingerprint != _fingerprint(request):
        detail = "This Idempotency-Key was used for another request."
        raise Problem(422, "key-reused", detail, problems.Fault(HEADER, detail, "header"))
    body = bytes(answer.body)
    response = HttpResponse(body, status=answer.status, content_type="application/json" if body else None)
    for name, value in {**answer.headers, REPLAYED: "true"}.items():
        response[name] = value
    if not body:
        del response["Content-Type"]
    return response


def _fingerprint(request: Request) -> str:
    """The same for the same request, however its form was wrapped."""
    parts = [request.method, request.get_full_path(), _plain(request.data)]
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


def _plain(data: Any) -> Any:
    if hasattr(data, "lists"):
        return {name: [_plain(each) for each in values] for name, values in data.lists()}
    if not isinstance(data, UploadedFile):
        return data
    digest = hashlib.sha256()
    for chunk in data.chunks():
        digest.update(chunk)
    data.seek(0)
    return [data.name, data.content_type, digest.hexdigest()]


def _wait_or_refuse(error: DatabaseError, last: bool) -> None:
    """Two requests met on the same row: the loser tries again, in the end it is told."""
    code = getattr(error.__cause__, "sqlstate", "") or ""
    if code == "55P03":  # lock_not_available
        raise Problem(
            409, "busy", "Another request is at work on the same thing.", headers={"Retry-After": "2"}
        ) from error
    if code not in ("23505", "40P01", "40001"):  # unique_violation, deadlock_detected, serialization_failure
        raise error
    if last:
        raise problems.conflict("Somebody else changed the same thing at the same moment.") from error
