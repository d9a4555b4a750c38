"""A query in PostgreSQL's words (documentation, 12.3 "Controlling Text Search")."""

from collections.abc import Iterator, Sequence

from django.contrib.postgres.search import SearchVectorField
from django.db.models import Lookup
from django.db.models.sql.compiler import SQLCompiler

from tickets.search.language import Piece


@SearchVectorField.register_lookup
class Holds(Lookup):
    """`search__holds="'parcel' & 'lost'"`: the words of a tsquery that was made before."""

    lookup_name = "holds"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: object) -> tuple[str, list[object]]:  # type: ignore[override]
        left, values = self.process_lhs(compiler, connection)  # type: ignore[arg-type]
        return f"{left} @@ %s::tsquery", [*values, self.rhs]


class Statement:
    """Gathers the expression of a tsquery with its values, in the order in which it is written."""

    def __init__(self) -> None:
        self.sql = "''::tsquery"
        self.values: list[str] = []

    def either(self, parts: Iterator[str]) -> None:
        if written := " || ".join(filter(None, parts)):
            self.sql = written

    def every(self, groups: Sequence[Sequence[Piece]], config: str) -> str:
        alternatives = (" || ".join(self.piece(piece, config) for piece in group) for group in groups)
        written = " && ".join(f"({each})" for each in alternatives)
        return f"({written})" if written else ""

    def piece(self, piece: Piece, config: str) -> str:
        if not (piece.prefix or piece.weight):
            self.values.append(piece.text)
            return f"phraseto_tsquery('{config}', %s)"
        quoted = piece.text.replace("\\", "\\\\").replace("'", "''")
        self.values.append(f"'{quoted}':{'*' if piece.prefix else ''}{piece.weight}")
        if piece.weight:
            return "to_tsquery('simple', %s)"
        self.values.append(piece.text)  # documents hold stems: "kettle" is "kettl" there
        return f"(to_tsquery('simple', %s) || phraseto_tsquery('{config}', %s))"
