"""What every operation of the API has in common, written into its OpenAPI description."""

from collections.abc import Callable
from typing import Any

from django_filters import FilterSet
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import force_instance
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.serializers import ListSerializer

from helpdesk.rest import keys, scopes

View = Callable[..., Any]

PROBLEM = {
    "type": "object",
    "description": "Problem details (RFC 9457).",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "A short name that stays the same."},
        "detail": {"type": "string"},
        "scope": {"type": "string", "description": "The scope that the token lacks."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "pointer": {"type": "string", "description": "JSON pointer of the field at fault."},
                    "parameter": {"type": "string", "description": "Name of the parameter at fault."},
                    "header": {"type": "string", "description": "Name of the header at fault."},
                    "detail": {"type": "string"},
                },
                "required": ["detail"],
            },
        },
    },
    "required": ["type", "title", "status", "code", "detail"],
}
REFUSALS = {
    400: "The request cannot be understood; `errors` names the field.",
    401: "No token, or one that opens nothing.",
    403: "The token lacks a scope, or the session its CSRF token.",
    404: "There is nothing here, or nothing that the caller may see.",
    406: "Only JSON is spoken here.",
    409: "It does not fit the desk as it is now.",
    412: "It has changed since the caller read it.",
    413: "The request is too large.",
    415: "The body is of a kind that is not read here.",
    416: "The range lies behind the end of the file.",
    422: "This Idempotency-Key was used for another request.",
    429: "Too many requests in this minute.",
}
KEY = OpenApiParameter(
    keys.HEADER,
    {"type": "string", "minLength": 1, "maxLength": keys.LONGEST, "pattern": "^[!-~]+$"},
    OpenApiParameter.HEADER,
    description="A name of your own for this request, such as a UUID. Repeated, it gives the first answer.",
)
MATCH = OpenApiParameter(
    "If-Match",
    {"type": "string", "pattern": r'^("[!#-~]+"|\*)$'},
    OpenApiParameter.HEADER,
    description="The ETag it was read with: changed only if it is still so (412 if not).",
)


def describe(
    summary: str,
    *,
    takes: Any = None,
    gives: Any = None,
    status: int = 200,
    versioned: bool = False,
    parameters: tuple[OpenApiParameter, ...] = (),
) -> Callable[[View], View]:
    """Says what an operation does, takes and gives; the rest of its description is the same for all."""

    def decorate(view: View) -> View:
        answers = gives if isinstance(gives, dict) else {status: gives}
        extend = extend_schema(summary=summary, request=takes, responses=answers, parameters=list(parameters))
        described = extend(view)
        described.versioned = versioned  # type: ignore[attr-defined]
        return described

    return decorate


class DeskSchema(AutoSchema):
    """Standard parameters and refusals of each operation, and the scope it needs."""

    def _get_serializer_name(self, serializer: Any, *args: Any, **kwargs: Any) -> str:
        return super()._get_serializer_name(serializer, *args, **kwargs).removesuffix("Sheet")

    def get_tags(self) -> list[str]:
        return [self.view.noun]

    def get_operation_id(self) -> str:
        return f"{self.view.noun}_{self.view.action}"

    def get_description(self) -> str:
        scope = self._scope()
        text = self.view.__doc__ or ""
        return f"{text.strip()}\n\nScope: `{scope}`" if scope else text.strip()

    def get_auth(self) -> list[dict[str, list[str]]]:
        scope = self._scope()
        return [{"token": [scope] if scope else []}, {"session": []}]

    def get_override_parameters(self) -> list[Any]:
        return [*super().get_override_parameters(), *self._parameters()]

    def get_operation(self, *args: Any, **kwargs: Any) -> dict[str, Any] | None:
        operation = super().get_operation(*args, **kwargs)
        if operation is not None:
            for status in self._refusals():
                operation["responses"][str(status)] = _refusal(status)
        return operation

    def _get_response_for_code(self, serializer: Any, status_code: str, *args: Any, **kwargs: Any) -> Any:
        """A list is an object with its page of results, and the sheet names all its properties."""
        if isinstance(serializer, type):
            serializer = serializer(context={"describes": True})
        found = super()._get_response_for_code(serializer, status_code, *args, **kwargs)
        if self.view.action == "list":
            for media in found.get("content", {}).values():
                media["schema"] = _page(media["schema"])
        return found

    def _is_list_view(self, serializer: Any = None) -> bool:
        return self.view.action == "list" or isinstance(serializer, ListSerializer)

    def _scope(self) -> str:
        return self.view.reads if self.method in scopes.SAFE else self.view.writes

    def _parameters(self) -> list[OpenApiParameter]:
        found: list[OpenApiParameter] = []
        if self.method == "POST":
            found.append(_required(KEY))
        elif self.method not in scopes.SAFE:
            found.append(KEY)
        action = getattr(self.view, self.view.action)
        if getattr(action, "versioned", False):
            found.append(MATCH)
        if self.view.action == "list":
            found += _of_list(self.view)
        return found if self.method == "DELETE" else found + _of_sheet(self.view)

    def _refusals(self) -> list[int]:
        always = {400, 401, 403, 404, 406, 429}
        if self.view.action == "content":
            always.add(416)
        if self.method in scopes.SAFE:
            return sorted(always)
        return sorted(always | {409, 412, 413, 415, 422})


class TokenScheme(OpenApiAuthenticationExtension):
    target_class = "helpdesk.rest.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "bearerFormat": "hd_…"}


class BrowserScheme(OpenApiAuthenticationExtension):
    target_class = "helpdesk.rest.authentication.BrowserAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}


def finish(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """The document as a whole: the shape of problems, and both ways to sign in."""
    components = result.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    schemas["Problem"] = PROBLEM
    for name, schema in schemas.items():
        if name.endswith("Request"):  # unknown fields are refused by name
            schema["additionalProperties"] = False
    components["securitySchemes"] = {
        "token": TokenScheme(None).get_security_definition(None),
        "session": BrowserScheme(None).get_security_definition(None),
    }
    return result


def _refusal(status: int) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": REFUSALS[status], "content": {"application/problem+json": {"schema": schema}}}


def _page(schema: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            "results": schema,
            "next": {
                "type": ["string", "null"],
                "format": "uri",
                "description": "The address of the page after this one, null on the last.",
            },
        },
        "required": ["results", "next"],
    }


def _required(parameter: OpenApiParameter) -> OpenApiParameter:
    return OpenApiParameter(
        parameter.name,
        parameter.type,
        parameter.location,
        required=True,
        description=parameter.description,
    )


def _of_list(view: Any) -> list[OpenApiParameter]:
    """Order, page and filters of a list."""
    orders = list(view.orders)
    found = [
        OpenApiParameter(
            "order", str, enum=orders, default=orders[0], description="The order; `-` is downwards."
        ),
        OpenApiParameter(
            "limit",
            {"type": "integer", "minimum": 1, "maximum": 200, "default": 50},
            description="Rows on a page.",
        ),
        OpenApiParameter(
            "cursor", {"type": "string"}, description="Where the page begins: taken from `next`."
        ),
    ]
    chosen: type[FilterSet] | None = view.filters
    return found + [_of_filter(name, each) for name, each in (chosen.base_filters.items() if chosen else ())]


def _of_filter(name: str, each: Any) -> OpenApiParameter:
    described, text = each.describes(), str(each.extra.get("help_text", ""))
    if described["type"] == "array":
        return OpenApiParameter(name, described, description=text, style="form", explode=False)
    return OpenApiParameter(name, described, description=text)


def _of_sheet(view: Any) -> list[OpenApiParameter]:
    """Which properties, and which relations whole."""
    sheet = getattr(view, "sheet", None)
    if sheet is None:
        return []
    names = sorted(force_instance(sheet).__class__(context={"describes": True}).fields)
    found = [_list("fields", names, "Only these properties, parted by commas.")]
    if sheet.inclusions:
        found.append(_list("include", sorted(sheet.inclusions), "These relations whole, parted by commas."))
    return found


def _list(name: str, names: list[str], text: str) -> OpenApiParameter:
    words = {"type": "array", "items": {"type": "string", "enum": names}, "minItems": 1}
    return OpenApiParameter(name, words, description=text, style="form", explode=False)


NOTHING = OpenApiResponse(description="Done.")
