"""Many tables made in one step of a migration."""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import Model


class TablesAtOnce(Operation):
    """Makes the tables that `operations` describe, each as it is after the last of them.

    Django draws all related models anew after each operation: most of the time that an empty database takes.
    Here they are drawn once. `operations` make models, and add fields, indexes, constraints to these.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)  # what is not drawn is not drawn anew
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        for model in self._made(app_label, from_state, to_state):
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.create_model(model)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        for model in reversed(self._made(app_label, to_state, from_state)):
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.delete_model(model)

    def describe(self) -> str:
        return f"Makes tables by {len(self.operations)} operations"

    @staticmethod
    def _made(app_label: str, without: ProjectState, having: ProjectState) -> list[type[Model]]:
        keys = [key for key in having.models if key[0] == app_label and key not in without.models]
        return [having.apps.get_model(*key) for key in keys]
