import pytest

from knowledge.canned import access, keeping
from knowledge.canned.models import CannedResponse

pytestmark = pytest.mark.django_db
HELLO = {"en": {"body": "Hello"}}


class TestWhose:
    def test_ones_own_a_teams_and_everybodys(self, alice, bob, sam, mallory, ada, orders, company):
        own = keeping.make("Own", actor=alice, owner=alice, wordings=HELLO)
        teams = keeping.make("Team's", actor=sam, team=orders, wordings=HELLO)
        all_ = keeping.make("All", actor=ada, wordings=HELLO)
        assert set(access.responses(alice)) == {own, teams, all_}
        assert set(access.responses(bob)) == {teams, all_}
        assert set(access.responses(mallory)) == {all_}
        assert [access.may_change(sam, each) for each in (own, teams, all_)] == [False, True, True]
        assert [access.may_change(alice, each) for each in (own, teams, all_)] == [True, False, False]

    def test_what_is_not_theirs_is_refused(self, alice, sam, returns, late):
        for given in ({"team": returns}, {}, {"owner": alice, "team": returns}):
            with pytest.raises(keeping.NotYours):
                keeping.make("X", actor=alice, wordings=HELLO, **given)
        with pytest.raises(keeping.NotYours):
            keeping.change(late, actor=alice, title="Mine now")
        with pytest.raises(keeping.NotYours):
            keeping.remove(late, actor=alice)
        with pytest.raises(keeping.NotYours):
            keeping.change(late, actor=sam, team=returns)

    def test_a_deactivated_colleague_has_none(self, alice, late):
        alice.is_active = False
        assert not access.responses(alice)


class TestWords:
    @pytest.mark.parametrize(
        ("body", "fault"),
        [
            ("Dear {customer.nam}", "{customer.nam}"),
            ("{if customer.name}x", "condition"),
            ("x" * 20_001, "long"),
        ],
    )
    def test_what_could_not_be_filled_in_is_refused(self, body, fault, ada, company):
        with pytest.raises(keeping.Refused) as refused:
            keeping.make("X", actor=ada, wordings={"en": {"body": "ok"}, "hu": {"body": body}})
        assert refused.value.errors == {"body-hu": fault}
        assert not CannedResponse.objects.exists()

    def test_a_response_without_words_is_none(self, ada, company):
        with pytest.raises(keeping.Refused):
            keeping.make("X", actor=ada, wordings={"en": {"body": "  "}})

    def test_formatted_words_are_made_safe(self, ada, company):
        html = "<p>Hi <b>there</b><script>x()</script></p>"
        made = keeping.make("X", actor=ada, wordings={"en": {"body": "", "html": html}})
        wording = made.wordings.get()
        assert "script" not in wording.html and "<b>there</b>" in wording.html
        assert wording.body == "Hi there"

    def test_wordings_are_replaced_as_a_whole(self, late, ada):
        keeping.change(late, actor=ada, wordings={"hu": {"body": "Új"}, "ru": {"body": "Новый"}})
        assert {each.language: each.body for each in late.wordings.all()} == {"hu": "Új", "ru": "Новый"}


def test_a_shortcut_is_taken_once(late, ada, alice):
    with pytest.raises(keeping.Refused) as refused:
        keeping.make("Other", actor=ada, shortcut="LATE", wordings=HELLO)
    assert refused.value.errors == {"shortcut": "taken"}
    keeping.make("My late", actor=alice, owner=alice, shortcut="late", wordings=HELLO)
    keeping.change(late, actor=ada, shortcut="late", title="Later")


@pytest.mark.parametrize(
    "given", [{"steps": {"reply": "x"}}, {"steps": {"fly": 1}}, {"channels": ["pigeon"]}], ids=str
)
def test_actions_and_channels_are_known_ones(given, ada, company):
    with pytest.raises(keeping.Refused):
        keeping.make("X", actor=ada, wordings=HELLO, **given)


def test_files_go_along_unless_they_are_dangerous(late, ada, alice):
    file = keeping.attach(
        late, actor=ada, name="label.pdf", content=b"%PDF-1.4", content_type="application/pdf"
    )
    assert list(late.files.all()) == [file]
    with pytest.raises(keeping.Refused):
        keeping.attach(late, actor=ada, name="a.exe", content=b"MZ\x90\x00" * 40, content_type="x/y")
    with pytest.raises(keeping.Refused):
        keeping.attach(late, actor=ada, name="a", content=b"", content_type="")
    with pytest.raises(keeping.NotYours):
        keeping.detach(file, actor=alice)
    keeping.detach(file, actor=ada)
    assert not late.files.exists()
