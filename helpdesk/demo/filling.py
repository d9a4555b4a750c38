"""Fills a vacant desk with the shop's life of the last weeks, and takes it away again."""

import random
import shutil
from collections.abc import Callable

from django.db import connection
from django.utils import timezone

from helpdesk.accounts.models import Company
from helpdesk.demo import (
    canned,
    casting,
    contentment,
    deadlines,
    guides,
    judging,
    library,
    midsentence,
    oddities,
    outlet,
    post,
    programs,
    puzzles,
    regulars,
    rota,
    ruling,
    shop,
    shortcuts,
    stage,
    teaching,
    upkeep,
    viewing,
    waits,
    wishes,
)
from tickets import reactions, vacancy
from tickets.inspection import checking
from tickets.models.ticket import NUMBER_SEQUENCE

BATCH = 30


class NoDemo(Exception):
    """This desk is a real one."""


def fill(say: Callable[[str], object]) -> None:
    """Open the shop and play its stories, the newest first. Raises vacancy.Occupied."""
    vacancy.insist()
    now, rng = timezone.now(), random.Random(7)
    staff = shop.open_shop()
    rota.hush(staff)
    cast = casting.programme(staff, now, rng)
    _number_from(cast[0].number + 1)
    _hurry()
    introduce(say)
    for done in range(0, len(cast), BATCH):
        for one in cast[done : done + BATCH]:
            stage.play(one, staff, now)
        if done == 0:
            oddities.drop_in(staff, now)
            puzzles.leave(staff, now)
            upkeep.leave_traces(staff, now)
        reactions.drain()
        checking.drain()
        if done + BATCH >= len(cast):
            programs.leave(staff, now)
        if done == 0:
            regulars.know(staff)
        say(f"Demo: {min(done + BATCH, len(cast))} of {len(cast)} tickets.")
    upkeep.compare(staff, now)
    midsentence.leave(staff, now)
    midsentence.promise(staff, now)
    library.stock(staff, now)
    outlet.open_up(staff)
    outlet.write_in(now)
    wishes.make(staff, now)
    guides.stock(staff)
    teaching.teach(staff)
    regulars.tell_apart(staff)
    reactions.drain()
    contentment.say()
    reactions.drain()
    judging.save()
    viewing.save(staff)
    shortcuts.save(staff)
    canned.save(staff, now)
    rota.draw_up(staff)
    ruling.save(staff)
    deadlines.set_up(staff)
    waits.tell(now)  # by then the policies bound what is told
    viewing.look_around(staff)
    shop.confirm_from_now_on()


def introduce(say: Callable[[str], object]) -> None:
    """Tell who may sign in."""
    found = shop.facts()
    say(f"This is the desk of {found['company']}, a demo. Sign in with the password: {shop.PASSWORD}")
    addresses = {key: f"{key}@{found['domain']}" for key in found["colleagues"]}
    widest = max(map(len, addresses.values()))
    for key, one in found["colleagues"].items():
        say(f"  {addresses[key]:<{widest}}  {one['name']}, {one['role']}, {one['language']}")


def remove() -> None:
    """Erase the demo, and whatever was added to it since. Raises NoDemo."""
    if not Company.load().is_demo:
        raise NoDemo("This is no demo desk: nothing was removed.")
    vacancy.vacate()
    shutil.rmtree(post.folder(), ignore_errors=True)


def _hurry() -> None:
    """What is lost of a demo in a crash is no loss: do not wait for the disk."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")


def _number_from(number: int) -> None:
    """The next ticket gets this number: what comes in meanwhile must not take one of the demo's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval(%s, %s, false)", [NUMBER_SEQUENCE, number])
