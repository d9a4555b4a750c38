from helpdesk.accounts.models.audit import AuditEntry
from helpdesk.accounts.models.company import Company, SingleSignOn
from helpdesk.accounts.models.team import Membership, Team
from helpdesk.accounts.models.token import Scope, Token
from helpdesk.accounts.models.user import ServiceAccount, User

__all__ = [
    "AuditEntry",
    "Company",
    "Membership",
    "Scope",
    "ServiceAccount",
    "SingleSignOn",
    "Team",
    "Token",
    "User",
]
