"""Queues are woken by name: each name that is called has a task that listens, and the other way round."""

import ast
from collections.abc import Iterator

from celery import current_app
from django.utils.module_loading import import_string

from helpdesk.celery import app
from tests.architecture.source import Module, modules

LONGEST_TASK = 5  # statements; a task is a shell


def woken() -> set[str]:
    return {name for module in modules().values() for name in names_passed_to("wake", module)}


def tasks() -> set[str]:
    app.loader.import_default_modules()
    return {name for name in app.tasks if not name.startswith("celery.")}


def test_every_wake_has_its_task_and_every_task_its_wake():
    assert woken() == {name.removeprefix("wake.") for name in tasks() if name.startswith("wake.")}


def test_every_queue_is_drained_with_its_mark_lowered():
    drained = {name for module in modules().values() for name in names_passed_to("begin_drain", module)}
    assert drained == woken()


def test_a_lost_nudge_is_swept_up_by_the_beat():
    swept = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert {f"wake.{name}" for name in woken()} <= swept


def test_every_beat_rings_for_a_task_that_exists():
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} <= tasks()


def test_no_beat_piles_up_while_workers_are_away():
    assert all(entry["options"]["expires"] <= entry["schedule"] for entry in app.conf.beat_schedule.values())


def test_tasks_are_shells():
    found = [module for name, module in modules().items() if name.endswith(".tasks")]
    assert found
    wrong = [
        f"{module.name}.{function.name}"
        for module in found
        for function in module.functions()
        if len(function.body) > LONGEST_TASK
    ]
    assert not wrong, wrong


def test_threads_of_this_process_know_our_broker():
    assert current_app.conf.broker_url == app.conf.broker_url
    assert import_string("helpdesk.wake.current_app").conf.broker_url == app.conf.broker_url


def names_passed_to(function: str, module: Module) -> Iterator[str]:
    """The first arguments of all calls of `function`; a computed name cannot be checked and is refused."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and _called(node) == function:
            name = node.args[0]
            assert isinstance(name, ast.Constant), f"{module.name}:{node.lineno}"
            yield name.value


def _called(node: ast.Call) -> str:
    return getattr(node.func, "id", "") or getattr(node.func, "attr", "")
