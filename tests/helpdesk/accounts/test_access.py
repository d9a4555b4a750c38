"""What colleagues may know of each other, and of each other's tokens."""

import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from helpdesk.accounts import access, tokens
from helpdesk.accounts.models import Scope, Team, Token, User
from tests.people import hire

pytestmark = pytest.mark.django_db


def token_of(user: User) -> Token:
    return tokens.make(
        user, name="Till", scopes=[Scope.TICKETS_READ], expires_at=None, key=uuid.uuid4(), actor=user
    ).token


@pytest.fixture
def gone(orders: Team) -> User:
    """Somebody who works here no more, though she was an admin."""
    return hire("gone@desk.example", "Greta Lund", User.Role.ADMIN, orders, is_active=False)


def test_a_token_is_seen_by_who_made_it_and_by_admins(alice, sam, ada):
    hers, his = token_of(alice), token_of(sam)
    assert list(access.tokens(alice)) == [hers]
    assert set(access.tokens(ada)) == {hers, his}
    assert access.token(ada, hers.pk) == hers
    with pytest.raises(Http404):
        access.token(sam, hers.pk)  # a supervisor is no admin


def test_colleagues_know_who_works_here_and_admins_who_has_left(alice, ada, gone):
    assert set(access.users(alice)) == {alice, ada}
    assert set(access.users(ada)) == {alice, ada, gone}


def test_every_colleague_knows_the_teams(alice, mallory, orders, returns):
    assert set(access.teams(alice)) == set(access.teams(mallory)) == {orders, returns}


@pytest.mark.parametrize("who", ["gone", "stranger"])
def test_who_does_not_work_here_learns_nothing(who, gone, alice):
    token_of(gone)
    viewer = gone if who == "gone" else AnonymousUser()
    assert not any(found(viewer).exists() for found in (access.tokens, access.users, access.teams))


class TestAPersonsName:
    @pytest.mark.parametrize(
        ("name", "initials"),
        [
            ("Alice Hartmann", "AH"),
            ("Nagy Anna Mária", "NM"),
            ("Ольга", "ОЛ"),
            ("x", "X"),
            ("", "NE"),
            ("   ", "NE"),
        ],
    )
    def test_is_told_by_two_letters_at_most(self, db, name, initials):
        assert hire("new@desk.example", name).initials == initials

    def test_stands_for_itself_and_the_address_for_a_missing_one(self, db):
        assert str(hire("anna@desk.example", "Nagy Anna")) == "Nagy Anna"
        assert str(hire("nobody@desk.example", " ")) == "nobody@desk.example"
        assert hire("anna2@desk.example", "Nagy Anna").get_short_name() == "Nagy"

    def test_signs_in_however_the_address_is_written(self, db):
        anna = hire(" Anna@Desk.Example ", "Nagy Anna")
        assert User.objects.get_by_natural_key("ANNA@desk.example ") == anna
