"""Who is signed in, with all that every page asks about them in the one query that finds them."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from helpdesk.accounts import two_factor
from helpdesk.accounts.models import User
from helpdesk.prepared import Lookup

_by_key = Lookup(lambda pk: two_factor.with_standing(User.objects.filter(pk=pk)), int, planned=True)


class StaffBackend(AuthenticationBackend):
    def user_can_authenticate(self, user: Any) -> bool:
        """A program has its tokens and never signs in, by whatever way; a session of one is nobody's."""
        return super().user_can_authenticate(user) and not user.is_program

    def get_user(self, user_id: Any) -> User | None:
        user = _by_key.first(int(user_id))
        return user if user is not None and self.user_can_authenticate(user) else None
