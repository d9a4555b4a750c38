"""Mail: what comes in by SMTP, the desk's own notices, and consent instead of passwords."""

import os
from typing import Any

from helpdesk import environment

SMTP_LISTENER_HOST = os.environ.get("HELPDESK_SMTP_HOST", "127.0.0.1")
SMTP_LISTENER_PORT = environment.number("HELPDESK_SMTP_PORT", 2525)
MAIL_MAX_BYTES = environment.number("HELPDESK_MAIL_MAX_BYTES", 50 * 1024 * 1024)
# Mail servers on private addresses are normal for a self-hosted desk; loopback is for tests and the demo.
MAIL_PRIVATE_HOSTS = environment.words("HELPDESK_MAIL_PRIVATE_HOSTS", "*")
# Name servers to ask about mail domains ("192.0.2.1" or "192.0.2.1:5353"); none: those of the machine.
DNS_SERVERS = environment.words("HELPDESK_DNS_SERVERS", "")
# The desk's own mail (sign-in links, alarms, digests) is queued like everything that must not be lost. It
# goes out by this server, or without one through the mailbox that an admin chose for it.
EMAIL_BACKEND = "channels_app.notices.Queue"
SYSTEM_MAIL: dict[str, Any] = {
    "smtp_host": os.environ.get("HELPDESK_SYSTEM_MAIL_HOST", ""),
    "smtp_port": environment.number("HELPDESK_SYSTEM_MAIL_PORT", 587),
    "smtp_security": os.environ.get("HELPDESK_SYSTEM_MAIL_SECURITY", "starttls"),
    "smtp_user": os.environ.get("HELPDESK_SYSTEM_MAIL_USER", ""),
}
SYSTEM_MAIL_PASSWORD = os.environ.get("HELPDESK_SYSTEM_MAIL_PASSWORD", "")
SYSTEM_MAIL_FROM = os.environ.get("HELPDESK_SYSTEM_MAIL_FROM", "")
# Consent instead of passwords: where each provider asks for it, and the only servers that see its tokens.
OAUTH_PROVIDERS: dict[str, dict[str, Any]] = {
    "google": {
        "authorize": "https://accounts.google.com/o/oauth2/v2/auth",
        "token": "https://oauth2.googleapis.com/token",
        "scope": "https://mail.google.com/ openid email",
        "extra": {"access_type": "offline", "prompt": "consent"},
        "hosts": ["imap.gmail.com", "smtp.gmail.com"],
    },
    "microsoft": {
        "authorize": "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/authorize",
        "token": "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token",
        "scope": "https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send "
        "offline_access openid email profile",
        "extra": {"prompt": "select_account"},
        "hosts": ["outlook.office365.com", "smtp.office365.com", "smtp-mail.outlook.com"],
    },
}
OAUTH_PRIVATE_HOSTS = environment.words("HELPDESK_OAUTH_PRIVATE_HOSTS")
