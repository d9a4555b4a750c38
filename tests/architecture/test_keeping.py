"""What modules keep in memory: all is known here, and put back for each test where one may change it."""

import ast
from collections.abc import Iterator

from tests import beginning
from tests.architecture.source import Module, modules

FILLED_ONCE = {  # by modules and apps as they are loaded
    "sop.references._lookups",
    "tickets.carriers._carriers",
    "tickets.customers.erasing._forgetters",
    "tickets.events._followers",
    "tickets.inviting.links._home",
    "tickets.routing.requirements._asked",
    "tickets.rules.actions.registry.ACTIONS",
    "tickets.rules.triggers.registry.TRIGGERS",
}
FOR_A_BLOCK = {  # what a `with` sets and takes back
    "helpdesk.aftermath._gathering",
    "helpdesk.prepared.lookups._answers",
    "tickets.events._kept",
    "tickets.locking._kept",
    "tickets.rules.running._runs",
    "tickets.sla.prompting._held",
    "tickets.unheard._unheard",
}
BY_WHAT_IT_DEPENDS_ON = {  # under keys that name all of it, ids and versions of rows, or the text of a query
    "channels_app.adapters.email.outbox._connections",
    "helpdesk.accounts.sessions._noted",
    "helpdesk.prepared.counting._countings",
    "helpdesk.prepared.lookups._kept",
    "helpdesk.turns._turns",
    "knowledge.collections._kept",
    "knowledge.collections._making",
    "knowledge.searching.words._own",
}

HOLDERS = {"dict", "list", "set", "deque", "defaultdict", "OrderedDict", "Counter", "local"}


def test_each_is_known():
    put_back = {f"{module.__name__}.{name}" for module, name, _value in beginning.kept()}
    found = {f"{module.name}.{name}" for module in modules().values() for name in kept(module)}
    known = FILLED_ONCE | FOR_A_BLOCK | BY_WHAT_IT_DEPENDS_ON
    assert found - known <= put_back
    assert known <= found


def kept(module: Module) -> Iterator[str]:
    """Names at its top that hold what changes: set by functions, empty at first, or of a class of its own."""
    classes = {node.name for node in module.tree.body if isinstance(node, ast.ClassDef)}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Global):
            yield from node.names
    for node in module.tree.body:
        if isinstance(node, ast.Assign):
            target, value = node.targets[0], node.value
        elif isinstance(node, ast.AnnAssign) and node.value:
            target, value = node.target, node.value
        else:
            continue
        if isinstance(target, ast.Name) and (is_empty(value) or is_made_here(target.id, value, classes)):
            yield target.id


def is_empty(value: ast.expr) -> bool:
    if isinstance(value, ast.Call):
        return not value.args and ast.unparse(value.func).rpartition(".")[2] in HOLDERS
    return isinstance(value, ast.Dict | ast.List | ast.Set) and not ast.unparse(value).strip("[]{}")


def is_made_here(name: str, value: ast.expr, classes: set[str]) -> bool:
    """`_kept = _Kept()`; one in capitals is a constant."""
    made = value.func.id if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) else ""
    return made in classes and not name.isupper()
