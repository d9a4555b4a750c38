"""The desk's own source as the architecture tests read it: modules, what they import, their functions."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("helpdesk", "channels_app", "tickets", "knowledge", "sop")

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    name: str
    path: Path

    @cached_property
    def text(self) -> str:
        return self.path.read_text()

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def package(self) -> str:
        """What a relative import starts from."""
        return self.name if self.path.stem == "__init__" else self.name.rpartition(".")[0]

    def functions(self) -> Iterator[Function]:
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))

    def imports(self) -> Iterator[str]:
        """Every name that is imported, as "package.module.attribute"."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from (f"{self._origin(node)}.{alias.name}" for alias in node.names)

    def _origin(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        parts = self.package.split(".")[: len(self.package.split(".")) - node.level + 1]
        return ".".join([*parts, *filter(None, [node.module])])


@cache
def modules() -> dict[str, Module]:
    """The modules of all apps by name; migrations are history, not design."""
    paths = (path for app in APPS for path in sorted((ROOT / app).rglob("*.py")))
    found = [Module(_name(path), path) for path in paths if "migrations" not in path.parts]
    return {module.name: module for module in found}


@cache
def arrows() -> dict[str, set[str]]:
    """Which of our modules each of our modules imports."""
    return {name: set(_own(module)) for name, module in modules().items()}


def _own(module: Module) -> Iterator[str]:
    for imported in module.imports():
        for candidate in (imported, imported.rpartition(".")[0]):
            if candidate in modules() and candidate != module.name:
                yield candidate
                break


def _name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
