"""Who may import whom: the floors of the house, from its ground up."""

import ast
import re

import pytest

from tests.architecture.source import APPS, Module, arrows, modules

FLOORS: list[tuple[int, str]] = [
    # The first line that fits a module's name says where it lives.
    (
        6,
        r"(tickets(\.(?:expected|manners))?|channels_app(\.webhooks)?|knowledge(\.(?:canned|phrases))?|sop|helpdesk\.\w+)\.(web|api|admin|tasks|management|templatetags)",
    ),
    (
        0,
        r"helpdesk\.(accounts|domains|health|wake|aftermath|turns|keys|secrets|postgresql|prepared|templating|showcase"
        r"|outgoing|rest|versions)",
    ),
    (1, r"channels_app\.(models|messages|files|downloads)"),
    (2, r"tickets\.(models|events|horizon|sight|beside|access|ties|live|brands)"),
    (4, r"tickets\.(reactions|consequences|rules|macros|exchange)"),
    (5, r"knowledge\.(canned|phrases|suggestions|inviting)"),
    (3, r"tickets|knowledge"),
    (5, r"sop|channels_app"),
    (7, r"helpdesk"),
]


def floor(name: str) -> int:
    return next(level for level, pattern in FLOORS if re.match(rf"({pattern})(\.|$)", name))


def app(name: str) -> str:
    return name.partition(".")[0]


def forbidden(importer: str, imported: str) -> bool:
    """From below, or from one's own floor in one's own app."""
    if floor(imported) == floor(importer):
        return app(imported) != app(importer)
    return floor(imported) > floor(importer)


@pytest.mark.parametrize(
    ("importer", "imported", "refused"),
    [
        ("tickets.intake", "tickets.models.ticket", False),
        ("tickets.intake", "tickets.lifecycle", False),
        ("tickets.models.ticket", "tickets.lifecycle", True),
        ("tickets.replies", "channels_app.adapters.email.compose", True),
        ("tickets.replies", "channels_app.messages", False),
        ("channels_app.inbound", "tickets.intake", False),
        ("tickets.lifecycle", "tickets.reactions", True),
        ("tickets.web.desk", "channels_app.access", False),
        ("tickets.web.desk", "channels_app.web.quarantine", True),
        ("helpdesk.accounts.models.user", "helpdesk.settings", True),
        ("helpdesk.accounts.web.profile", "helpdesk.accounts.guard", False),
        ("helpdesk.accounts.guard", "helpdesk.accounts.web.profile", True),
    ],
)
def test_the_floors_refuse_what_they_should(importer, imported, refused):
    assert forbidden(importer, imported) is refused


def test_imports_come_from_below():
    wrong = [
        f"{name} (floor {floor(name)}) imports {imported} (floor {floor(imported)})"
        for name, found in arrows().items()
        for imported in sorted(found)
        if forbidden(name, imported)
    ]
    assert not wrong, "\n".join(wrong)


def test_no_module_imports_itself_round_a_corner():
    assert cycle({"a": {"b"}, "b": {"c"}, "c": {"a"}}) == ["a", "b", "c", "a"]
    assert cycle({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []
    assert not (found := cycle(arrows())), " → ".join(found)


def test_nobody_imports_tasks():
    wrong = [
        f"{name} imports {imported}"
        for name, found in arrows().items()
        for imported in found
        if imported.endswith(".tasks")
    ]
    assert not wrong, wrong


def test_nothing_is_imported_inside_a_function():
    wrong = [
        f"{module.name}:{node.lineno}"
        for module in modules().values()
        for function in module.functions()
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not wrong, wrong


def test_types_are_imported_like_everything_else():
    assert not [module.name for module in modules().values() if "TYPE_CHECKING" in module.text]


def test_our_own_models_send_no_signals():
    signals = ("django.db.models.signals", "django.dispatch", "django.core.signals")
    told = {"helpdesk.handling"}  # as every server of pages, it tells Django where a request begins
    wrong = [name for name, module in modules().items() if _imports_any(module, signals)]
    assert not set(wrong) - told, wrong


def test_only_wiring_may_import_the_settings_module():
    wrong = [name for name, found in arrows().items() if "helpdesk.settings" in found]
    assert not wrong, "use django.conf.settings: " + ", ".join(wrong)


def test_every_module_of_every_app_was_read():
    read = {app(name) for name in modules()}
    assert {"helpdesk", "channels_app", "tickets"} <= read <= set(APPS)
    assert "tickets.lifecycle" in arrows()["tickets.intake"]
    assert "tickets.models" in arrows()["tickets.intake"]


def cycle(graph: dict[str, set[str]]) -> list[str]:
    """One circle of the graph, its first name repeated at the end; [] when there is none."""
    done: set[str] = set()

    def walk(name: str, path: list[str]) -> list[str]:
        if name in path:
            return [*path[path.index(name) :], name]
        if name in done:
            return []
        found = next(filter(None, (walk(after, [*path, name]) for after in sorted(graph[name]))), [])
        done.add(name)
        return found

    return next(filter(None, (walk(name, []) for name in sorted(graph))), [])


def _imports_any(module: Module, names: tuple[str, ...]) -> bool:
    return any(imported.startswith(names) for imported in module.imports())
