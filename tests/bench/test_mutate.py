"""A small dose of the damaged mails, and that the damage is always the same."""

from bench import mutate, specimens
from channels_app.adapters.email import explaining


def test_every_mutated_mail_is_read_or_put_aside():
    told = mutate.run(200, seed=7)
    assert told["crashes"] == 0
    assert told["messages"] + told["automatic"] + told["quarantined"] == 200
    assert told["messages"] > 100
    assert told["slowest_ms"] < mutate.SLOW_MS


def test_a_seed_gives_the_same_mails():
    assert list(mutate.mutated(50, 3)) == list(mutate.mutated(50, 3))
    assert list(mutate.mutated(50, 3)) != list(mutate.mutated(50, 4))


def test_the_specimens_are_sound():
    for mail in specimens.all_kinds():
        told = explaining.explain(mail)
        assert (told["from_address"], told["subject"], told["error"]) == (
            "carol@mail.example",
            "Привет заказ",
            "",
        )


def test_a_crash_is_counted(monkeypatch):
    monkeypatch.setattr(mutate, "_read", lambda mail: 1 / 0)
    assert mutate.run(3)["crashes"] == 3
