"""Names, annotations and promises that hold everywhere."""

import ast
import re

import pytest
from django.apps import apps
from django.db.models import Model

from tests.architecture.source import APPS, ROOT, modules

BAGS = {"utils", "util", "helpers", "helper", "common", "misc", "services", "service", "managers", "manager"}
ADMITTED = {"manage.py"}
LATER = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")


def test_no_file_is_a_bag():
    found = [
        *ROOT.glob("*.py"),
        *(path for folder in (*APPS, "tests", "static") for path in (ROOT / folder).rglob("*")),
    ]
    wrong = [str(path.relative_to(ROOT)) for path in found if path.stem in BAGS and path.name not in ADMITTED]
    assert not wrong, wrong


def test_every_function_says_what_it_returns():
    wrong = [
        f"{module.name}.{function.name}"
        for module in modules().values()
        for function in module.functions()
        if function.returns is None
    ]
    assert not wrong, wrong


def test_every_module_of_verbs_says_what_it_is():
    def silent(tree: ast.Module) -> bool:
        return (
            any(isinstance(node, ast.FunctionDef) for node in tree.body) and ast.get_docstring(tree) is None
        )

    assert not [module.name for module in modules().values() if silent(module.tree)]


def test_nothing_is_put_off_by_a_comment():
    assert LATER.search("# TODO: later")
    assert not [module.name for module in modules().values() if LATER.search(module.text)]


def test_no_test_is_skipped():
    skips = re.compile(r"pytest\.(skip|xfail|importorskip)|mark\.(skip|skipif|xfail)\b")
    assert skips.search("@pytest.mark.skip")
    paths = [path for path in (ROOT / "tests").rglob("*.py") if path.parent.name != "architecture"]
    assert not [str(path) for path in paths if skips.search(path.read_text())]


def own_models() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.partition(".")[0] in APPS]


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model.__name__)
def test_a_model(model):
    """It can be told from others in a list, is named for people, and does nothing behind one's back."""
    ours = [base for base in model.__mro__ if base.__module__.partition(".")[0] in APPS]
    assert any("__str__" in vars(base) for base in ours)
    hidden = {"save", "delete", "clean", "save_base", "full_clean"} & {
        name for base in ours for name in vars(base)
    }
    assert not hidden, f"logic in {hidden} runs unasked; write a verb"
