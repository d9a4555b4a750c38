"""Who keeps the keys of the desk: there is always an admin, a person who can sign in."""

from helpdesk.accounts.models import User


def is_last_admin(user: User) -> bool:
    """Whether nobody else could set the desk up. Locks all admins: two who step down at once are told apart.

    Call it within the transaction that takes the rights away.
    """
    admins = User.objects.people().at_work().filter(role=User.Role.ADMIN)
    return set(admins.select_for_update().values_list("pk", flat=True)) <= {user.pk}
