from helpdesk.accounts.models.company import Company
from helpdesk.accounts.models.team import Membership, Team
from helpdesk.accounts.models.user import User

__all__ = ["Company", "Membership", "Team", "User"]
