"""The OpenAPI description turned into what a page can print."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import override
from drf_spectacular.generators import SchemaGenerator

METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Line:
    """A parameter or a property."""

    name: str
    kind: str
    required: bool
    text: str | SafeString
    place: str = ""


@dataclass(frozen=True)
class Operation:
    anchor: str
    method: str
    path: str
    summary: str
    scope: str
    parameters: list[Line]
    body: list[Line]
    answers: list[Line]


@dataclass(frozen=True)
class Chapter:
    name: str
    about: str
    operations: list[Operation]


@cache
def document() -> dict[str, Any]:
    """The description in English; it changes only with the code."""
    with override("en"):
        return SchemaGenerator().get_schema(request=None, public=True)


@cache
def chapters() -> list[Chapter]:
    """The operations by noun, each noun with its properties."""
    found: dict[str, list[Operation]] = {}
    about: dict[str, str] = {}
    for path, operations in document()["paths"].items():
        for method in filter(operations.__contains__, METHODS):
            given = operations[method]
            noun = given["tags"][0]
            about.setdefault(noun, given.get("description", "").partition("\n")[0])
            found.setdefault(noun, []).append(_operation(path, method, given))
    return [Chapter(noun, about[noun], found[noun]) for noun in found]


@cache
def sheets() -> list[tuple[str, list[Line]]]:
    """The shapes of what is answered, by name."""
    schemas = document()["components"]["schemas"]
    shown = {name: schema for name, schema in schemas.items() if not name.endswith("Request")}
    return [(name, list(_properties(schema))) for name, schema in sorted(shown.items())]


def _operation(path: str, method: str, given: dict[str, Any]) -> Operation:
    scopes = given["security"][0]["token"]
    return Operation(
        anchor=given["operationId"],
        method=method.upper(),
        path=path,
        summary=given.get("summary", ""),
        scope=scopes[0] if scopes else "",
        parameters=[_parameter(each) for each in given.get("parameters", [])],
        body=list(_body(given)),
        answers=list(_answers(given)),
    )


def _parameter(given: dict[str, Any]) -> Line:
    return Line(
        name=given["name"],
        kind=_kind(given["schema"]),
        required=given.get("required", False),
        text=_marked(given.get("description", "")),
        place=given["in"],
    )


def _body(given: dict[str, Any]) -> Iterator[Line]:
    content = given.get("requestBody", {}).get("content", {})
    for media in list(content.values())[:1]:
        yield from _properties(_resolved(media["schema"]))


def _answers(given: dict[str, Any]) -> Iterator[Line]:
    for status, answer in sorted(given["responses"].items()):
        if status.startswith("2"):
            for media in list(answer.get("content", {}).values())[:1] or [{}]:
                yield Line(status, _kind(media.get("schema", {})), False, "")


def _properties(schema: dict[str, Any]) -> Iterator[Line]:
    required = schema.get("required", [])
    for name, given in schema.get("properties", {}).items():
        yield Line(name, _kind(given), name in required, _marked(given.get("description", "")))


def _marked(text: str) -> SafeString:
    """What stands between back quotes, as code."""
    parts = text.split("`")
    return format_html_join("", "{}", ((_code(part) if odd % 2 else part,) for odd, part in enumerate(parts)))


def _code(text: str) -> SafeString:
    return format_html("<code>{}</code>", text)


def _resolved(schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        return document()["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema


def _kind(schema: dict[str, Any]) -> str:
    """The type in a few words: "string: low, normal or null", "list of Message"."""
    if "$ref" in schema:
        return schema["$ref"].rpartition("/")[2]
    if several := schema.get("oneOf") or schema.get("anyOf") or schema.get("allOf"):
        return " or ".join(_kind(each) for each in several)
    if "results" in schema.get("properties", {}):
        return f"page of {_kind(schema['properties']['results']).removeprefix('list of ')}"
    kind = schema.get("type", "")
    named = " or ".join(kind) if isinstance(kind, list) else kind
    if named == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    if words := [str(word) for word in schema.get("enum", []) if word]:
        return f"{named}: {', '.join(words)}"
    return f"{named} ({schema['format']})" if "format" in schema else named
