"""The one way a request to the API goes: who calls, how fast, what they may, and then the view."""

import hashlib
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import override
from django_filters import FilterSet
from rest_framework.exceptions import APIException, MethodNotAllowed
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from helpdesk import versions
from helpdesk.accounts import audit
from helpdesk.rest import keys, pace, pages, problems, scopes
from helpdesk.rest.authentication import caller
from helpdesk.rest.sheets import Shape, Sheet


class Desk(ViewSet):
    """A resource of the API. `reads` and `writes` are the scopes that a token needs for it."""

    reads: ClassVar[str] = ""
    writes: ClassVar[str] = ""
    noun: ClassVar[str] = ""
    sheet: ClassVar[type[Sheet]]
    orders: ClassVar[pages.Orders] = {}
    filters: ClassVar[type[FilterSet] | None] = None
    parameters: ClassVar[tuple[str, ...]] = ()
    """Parameters of its own that an address may have."""

    @classmethod
    def as_view(cls, actions: dict[str, str] | None = None, **options: Any) -> Any:
        view = super().as_view(actions, **options)
        view.guard = "api"
        return view

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """DRF's own way, with a key around each write; in English, whoever calls."""
        self.args, self.kwargs, self.headers = args, kwargs, dict(self.default_response_headers)
        self.request = self.initialize_request(request, *args, **kwargs)
        with override("en"):
            try:
                self.initial(self.request, *args, **kwargs)
                response = self._act(*args, **kwargs)
            except Exception as error:
                response = self.handle_exception(error)
            self.response = self.finalize_response(self.request, response, *args, **kwargs)
            return self.response

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Counted before anything else: guessing tokens is slow too."""
        self.format_kwarg = None
        try:
            self.perform_authentication(request)
        except (APIException, PermissionDenied):
            self._count(f"ip-{_address(request)}", settings.API_RATE_ANONYMOUS)
            raise
        who = caller(request)
        limit = settings.API_RATE if who else settings.API_RATE_ANONYMOUS
        self._count(who or f"ip-{_address(request)}", limit)
        if self.action in (None, "metadata"):
            raise MethodNotAllowed(str(request.method))
        scopes.require(request, self.reads if request.method in scopes.SAFE else self.writes)
        request.accepted_renderer, request.accepted_media_type = self.perform_content_negotiation(request)
        self.check_parameters(request)

    def check_parameters(self, request: Request) -> None:
        """A parameter nobody knows is a slip of the pen: an answer without it would mislead."""
        known = {*self.parameters}
        if getattr(self, "sheet", None) and request.method != "DELETE":
            known |= {"fields", "include"}
        if request.method in scopes.SAFE and self.action == "list":
            known |= {"order", "limit", "cursor", *(self.filters.base_filters if self.filters else ())}
        if unknown := sorted(set(request.query_params) - known):
            raise problems.bad_parameter(*((name, "There is no such parameter here.") for name in unknown))
        if empty := sorted(name for name in known if request.query_params.get(name) == ""):
            raise problems.bad_parameter(*((name, "It is empty: leave it out.") for name in empty))

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        done = super().finalize_response(request, response, *args, **kwargs)
        patch_vary_headers(done, ["Authorization", "Cookie"])
        if not done.has_header("Cache-Control"):
            patch_cache_control(done, private=True, no_cache=True)
        if request.method in ("GET", "HEAD") and done.status_code == 200 and isinstance(done, Response):
            done.add_post_render_callback(_tagged(request))
        return done

    # What the views of all resources do alike.

    def shape(self) -> Shape:
        return Shape.asked(self.request, self.sheet)

    def one(self, found: QuerySet[Any], **which: Any) -> Any:
        """The row that `which` names, with everything at hand that it will show; raises Http404."""
        row = self.shape().fetch(found).filter(**which).first()
        if row is None:
            raise Http404
        return row

    def narrowed(self, found: Any) -> Any:
        """`found` by the filters of the address; raises Problem 400 for one that makes no sense."""
        if self.filters is None:
            return found
        chosen = self.filters(self.request.query_params, found, request=self.request)
        check(chosen)
        return chosen.qs

    def listed(self, found: QuerySet[Any]) -> Response:
        """A page of `found`, narrowed and ordered as the address asks."""
        shape = self.shape()
        rows = shape.fetch(self.narrowed(found))
        return pages.page(self.request, [rows], self.orders, shape.show_all)

    def shown(self, row: Model, *, status: int = 200, location: str = "") -> Response:
        """One row as its sheet, with the version that If-Match asks for."""
        response = Response(self.shape().show(row), status=status)
        response["ETag"] = f'"{versions.of(row)}"'
        if location:
            response["Location"] = self.request.build_absolute_uri(location)
        return response

    def expected(self) -> str:
        """The version that the caller has read, "" when they do not say."""
        given = self.request.headers.get("If-Match", "*").strip()
        if given == "*":
            return ""
        if given.startswith("W/") or not (given.startswith('"') and given.endswith('"') and len(given) > 2):
            raise problems.bad_header("If-Match", "One ETag in quotes, as this resource was read with.")
        return given.strip('"').partition(".")[0]

    def taken(self, form: type[Any], **options: Any) -> dict[str, Any]:
        """The body, checked by this serializer."""
        checked = form(data=self.request.data, context={"request": self.request}, **options)
        checked.is_valid(raise_exception=True)
        return checked.validated_data

    def _act(self, *args: Any, **kwargs: Any) -> HttpResponse:
        request = self.request
        handler = getattr(self, request.method.lower())
        if request.method in scopes.SAFE:
            return handler(request, *args, **kwargs)
        return keys.once(request, lambda: handler(request, *args, **kwargs))

    def _count(self, who: str, limit: int) -> None:
        self.headers |= pace.take(who, limit).headers


class Bytes(BaseRenderer):
    """Stands in the negotiation for what is no JSON: the view answers with the bytes themselves."""

    media_type = "application/octet-stream"
    format = "bytes"

    def render(self, data: Any, *args: Any) -> bytes:
        return JSONRenderer().render(data)  # of a problem; a file is no Response of the framework


class WhateverIsThere(BaseContentNegotiation):
    """A file is what it is, whatever the caller would like it to be."""

    def select_parser(self, request: Request, parsers: list[Any]) -> Any:
        return parsers[0]

    def select_renderer(self, request: Request, renderers: list[Any], format_suffix: Any = None) -> Any:
        return renderers[0], renderers[0].media_type


def check(chosen: FilterSet) -> None:
    """Raises Problem 400 with each filter that makes no sense."""
    if not chosen.is_valid():
        faults = [(name, str(text)) for name, texts in chosen.errors.items() for text in texts]
        raise problems.bad_parameter(*faults)


def _tagged(request: Request) -> Any:
    """Gives an answer its ETag, version before content, and turns it into 304 for who has it already."""

    def tag(response: Response) -> None:
        content = hashlib.sha256(response.content).hexdigest()[:20]
        version = response.headers.get("ETag", "").strip('"')
        response["ETag"] = f'"{version}.{content}"' if version else f'"{content}"'
        known = [
            each.strip().removeprefix("W/") for each in request.headers.get("If-None-Match", "").split(",")
        ]
        if response["ETag"] in known or "*" in known:
            response.status_code = 304
            response.content = b""
            del response["Content-Type"]

    return tag


def _address(request: Request) -> str:
    return audit.address(request._request) or "unknown"  # without a trusted proxy behind a socket all are one
