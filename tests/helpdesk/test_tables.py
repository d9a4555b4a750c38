"""Tables made in one step are those that the operations would make one by one, and go again."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from helpdesk.tables import TablesAtOnce

pytestmark = pytest.mark.django_db
OPERATIONS = [
    migrations.CreateModel("Shelf", [("id", models.BigAutoField(primary_key=True))], {"indexes": []}),
    migrations.CreateModel(
        "Book",
        [
            ("id", models.BigAutoField(primary_key=True)),
            ("shelf", models.ForeignKey("knowledge.shelf", models.CASCADE, related_name="+")),
            ("shelves", models.ManyToManyField("knowledge.shelf", related_name="+")),
        ],
    ),
    migrations.AddField("Shelf", "first", models.ForeignKey("knowledge.book", models.SET_NULL, null=True)),
    migrations.AddField("Book", "year", models.IntegerField(default=0)),
    migrations.AddIndex("Book", models.Index(fields=["year"], name="book_year")),
    migrations.AddConstraint("Book", models.CheckConstraint(condition=models.Q(year__gt=0), name="book_new")),
]
COLUMNS = """
SELECT table_name, column_name, data_type, is_nullable, is_identity FROM information_schema.columns
WHERE table_name LIKE 'knowledge_book%%' OR table_name = 'knowledge_shelf'
UNION ALL SELECT tablename, indexname, split_part(indexdef, 'USING', 2), '', '' FROM pg_indexes
WHERE tablename LIKE 'knowledge_book%%' OR tablename = 'knowledge_shelf'
UNION ALL SELECT conrelid::regclass::text, '', pg_get_constraintdef(oid), '', '' FROM pg_constraint
WHERE (conrelid::regclass::text LIKE 'knowledge_book%%' OR conrelid::regclass::text = 'knowledge_shelf')
AND contype <> 'n'
ORDER BY 1, 2, 3
"""


def tables() -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        return cursor.fetchall()


def step(operation, before: ProjectState) -> ProjectState:
    after = before.clone()
    operation.state_forwards("knowledge", after)
    with connection.schema_editor() as editor:
        operation.database_forwards("knowledge", editor, before, after)
    return after


def test_at_once_is_as_one_by_one_and_can_be_taken_back():
    state = ProjectState()
    for operation in OPERATIONS:
        state = step(operation, state)
    one_by_one, models_of_all = tables(), set(state.models)
    assert len(one_by_one) > 15
    for table in ("knowledge_book_shelves", "knowledge_shelf", "knowledge_book"):
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE {table} CASCADE")
    state = step(TablesAtOnce(OPERATIONS), ProjectState())
    assert tables() == one_by_one and set(state.models) == models_of_all
    with connection.schema_editor() as editor:
        TablesAtOnce(OPERATIONS).database_backwards("knowledge", editor, state, ProjectState())
    assert tables() == []
