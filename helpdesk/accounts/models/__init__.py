from helpdesk.accounts.models.audit import AuditEntry
from helpdesk.accounts.models.calendar import Calendar, Holiday, Shift
from helpdesk.accounts.models.company import Company, SingleSignOn
from helpdesk.accounts.models.team import Membership, Team
from helpdesk.accounts.models.token import Scope, Token
from helpdesk.accounts.models.user import ServiceAccount, User

__all__ = [
    "AuditEntry",
    "Calendar",
    "Company",
    "Holiday",
    "Membership",
    "Scope",
    "ServiceAccount",
    "Shift",
    "SingleSignOn",
    "Team",
    "Token",
    "User",
]
