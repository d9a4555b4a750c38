"""Every address of the desk, as the URL resolver knows it, filled with samples."""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

SAMPLES = {"int": "1", "uuid": str(uuid.UUID(int=1))}


@dataclass(frozen=True)
class Address:
    name: str
    url: str
    guard: str
    """Which decorator of helpdesk.accounts.guard its view wears, "api" for the API's own, "" for none."""
    methods: tuple[str, ...] = ()
    """Of the API: the methods it knows."""

    def __str__(self) -> str:
        return self.name


def addresses() -> list[Address]:
    return sorted(_walk(get_resolver(), ""), key=lambda address: (address.name, address.url))


def filled(route: str) -> str:
    """The route with a sample in place of each parameter."""
    route = re.sub(r"\(\?P<\w+>[^()]*\)", "x", route)
    route = re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLES.get(found[1], "x"), route)
    return route.removeprefix("^").removesuffix("$").replace("\\", "")


def _walk(resolver: URLResolver, prefix: str, namespace: str = "") -> Iterator[Address]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, route, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)
        elif isinstance(entry, URLPattern):
            name = f"{namespace}{entry.name or route}"
            guard = getattr(entry.callback, "guard", "")
            known = getattr(entry.callback, "actions", None) or {}
            methods = tuple(sorted(method.upper() for method in known if method != "head"))
            yield Address(name, "/" + filled(route), guard, methods)
