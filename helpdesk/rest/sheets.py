"""How rows look as JSON, and what of them was asked for: `?fields=` and `?include=`."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db.models import Model, Prefetch, QuerySet
from rest_framework import serializers
from rest_framework.request import Request

from helpdesk.rest import problems, scopes
from helpdesk.rest.problems import Problem


class Inclusion:
    """What `?include=name` adds: the scope it needs, and the queries that fetch it for a whole page."""

    def __init__(
        self, *, scope: str = "", related: tuple[str, ...] = (), prefetch: tuple[str | Prefetch, ...] = ()
    ) -> None:
        self.scope = scope
        self.related = related
        self.prefetch = prefetch


class Sheet(serializers.ModelSerializer):
    """A row as it is shown. Every property may be absent: `?fields=` chooses."""

    related: ClassVar[tuple[str, ...]] = ()
    prefetch: ClassVar[tuple[str | Prefetch, ...]] = ()
    deferred: ClassVar[tuple[str, ...]] = ()
    inclusions: ClassVar[dict[str, Inclusion]] = {}
    optional: ClassVar[tuple[str, ...]] = ()
    """Fields that are there only when they are included."""

    def __init__(self, *args: Any, shape: "Shape | None" = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.shape = shape

    def get_fields(self) -> dict[str, serializers.Field]:
        fields = super().get_fields()
        if self.context.get("describes"):  # the schema names them all
            return fields
        shape = self.shape or Shape(type(self))
        return {name: field for name, field in fields.items() if shape.shows(name, self.optional)}

    def included(self, name: str) -> bool:
        return self.shape is not None and name in self.shape.include


class Shape:
    """Which properties of a sheet a request wants, and which relations whole."""

    def __init__(
        self,
        sheet: type[Sheet],
        request: Request | None = None,
        fields: Iterable[str] = (),
        include: Iterable[str] = (),
    ) -> None:
        self.sheet = sheet
        self.context = {"request": request}
        self.fields = frozenset(fields)
        self.include = frozenset(include)

    @classmethod
    def asked(cls, request: Request, sheet: type[Sheet]) -> "Shape":
        """What the address asks for; raises Problem 400 for unknown names and 403 for a missing scope."""
        fields = _names(request, "fields", sheet(context={"describes": True}).fields)
        include = _names(request, "include", sheet.inclusions)
        for name in include:
            scope = sheet.inclusions[name].scope
            if scope and not scopes.holds(request, scope):
                detail = f"include={name} needs a token with the scope {scope}."
                raise Problem(403, "scope", detail, scope=scope)
        return cls(sheet, request, fields, include)

    def shows(self, name: str, optional: tuple[str, ...]) -> bool:
        if name in self.include:
            return True
        return name in self.fields if self.fields else name not in optional

    def fetch(self, found: QuerySet[Any]) -> QuerySet[Any]:
        """The rows with everything at hand that they will show: a fixed number of queries for a page."""
        chosen = [self.sheet.inclusions[name] for name in sorted(self.include)]
        related = [*self.sheet.related, *(name for each in chosen for name in each.related)]
        prefetch = [*self.sheet.prefetch, *(each for one in chosen for each in one.prefetch)]
        found = found.select_related(*related) if related else found
        found = found.defer(*self.sheet.deferred) if self.sheet.deferred else found
        return found.prefetch_related(*prefetch) if prefetch else found

    def show(self, row: Model) -> dict[str, Any]:
        return self.sheet(row, shape=self, context=self.context).data

    def show_all(self, rows: Iterable[Model]) -> list[dict[str, Any]]:
        sheet = self.sheet(shape=self, context=self.context)
        return [sheet.to_representation(row) for row in rows]


class Named(serializers.Serializer):
    """A row in passing: its id and what people call it."""

    id = serializers.IntegerField(read_only=True)
    name = serializers.SerializerMethodField()

    def get_name(self, row: Model) -> str:
        return str(row)


def _names(request: Request, parameter: str, known: Iterable[str]) -> list[str]:
    given = request.query_params.get(parameter, "")
    names = [name.strip() for name in given.split(",")] if given else []
    if unknown := sorted(set(names) - set(known)):
        choice = ", ".join(sorted(known))
        raise problems.bad_parameter((parameter, f"There is no {unknown[0]!r}. Choose from: {choice}."))
    return names
