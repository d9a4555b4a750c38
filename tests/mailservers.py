"""A Dovecot and a Postfix of our own for tests: as root, without systemd, on free loopback ports.

Everybody's password is `PASSWORD`. Dovecot lets any name in; Postfix delivers to the addresses in
`MAILBOXES`, each into Dovecot's mailbox of that name, and refuses other addresses in their domains.
"""

import imaplib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from helpdesk.embedded.processes import wait_for

PASSWORD = "open-sesame"
MAILBOXES = [f"{name}@desk.example" for name in ("support", "orders", "returns", "slow")]
MAILBOXES += [f"{name}@mail.example" for name in ("carol", "dan", "erin")]
OWNER = "nobody"  # of the mail on disk

DOVECOT = """\
base_dir = {home}/run
log_path = {home}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = {ssl}
{certificate}
disable_plaintext_auth = no
auth_mechanisms = plain login {mechanisms}
mail_location = maildir:{mail}/%u
first_valid_uid = 1
default_process_limit = 50
mail_max_userip_connections = 100
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
  }}
}}
auth_failure_delay = 0
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
{consent}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={mail}/%u allow_all_users=yes
}}
namespace inbox {{
  inbox = yes
}}
"""

CONSENT = """\
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {home}/oauth2.conf
}}
"""

INTROSPECTION = """\
introspection_mode = post
introspection_url = {url}
username_attribute = sub
active_attribute = active
active_value = true
"""

POSTFIX = """\
compatibility_level = 3.6
config_directory = {home}/conf
queue_directory = {home}/queue
data_directory = {home}/data
mail_owner = postfix
setgid_group = postdrop
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.desk.example
mydestination =
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject
default_transport = error:no way out of the tests
virtual_mailbox_domains = {domains}
virtual_mailbox_base = {mail}
virtual_mailbox_maps = texthash:{home}/conf/mailboxes
recipient_delimiter = +
transport_maps = texthash:{home}/conf/transport
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
virtual_minimum_uid = 1
alias_maps =
alias_database =
maillog_file = {home}/postfix.log
maillog_file_prefixes = {home}
smtp_dns_support_level = disabled
message_size_limit = 78643200
mailbox_size_limit = 0
virtual_mailbox_limit = 0
minimal_backoff_time = 1s
maximal_backoff_time = 2s
queue_run_delay = 1s
"""

POSTFIX_SERVICES = """\
127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
smtp unix - - n - - smtp
relay unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
proxymap unix - - n - - proxymap
tlsmgr unix - - n 1000? 1 tlsmgr
pickup unix n - n 60 1 pickup
showq unix n - n - - showq
postlog unix-dgram n - n - 1 postlogd
"""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as chosen:
        return chosen.getsockname()[1]


def answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


@dataclass
class Dovecot:
    """An IMAP server that knows everybody."""

    home: Path
    port: int
    tls_port: int
    certificate: Path
    process: subprocess.Popen[bytes] | None = None
    introspection: str = ""
    """Where it asks whether a token is good (XOAUTH2), "" when it takes passwords only."""

    @property
    def mail(self) -> Path:
        return self.home / "mail"

    def start(self) -> None:
        owner = pwd.getpwnam(OWNER)
        self.mail.mkdir(parents=True, exist_ok=True)
        os.chown(self.mail, owner.pw_uid, owner.pw_gid)
        settings = DOVECOT.format(
            home=self.home,
            mail=self.mail,
            port=self.port,
            tls_port=self.tls_port,
            ssl="yes",
            certificate=f"ssl_cert = <{self.certificate}\nssl_key = <{self.certificate}",
            password=PASSWORD,
            uid=owner.pw_uid,
            gid=owner.pw_gid,
            mechanisms="xoauth2" if self.introspection else "",
            consent=CONSENT.format(home=self.home) if self.introspection else "",
        )
        (self.home / "oauth2.conf").write_text(INTROSPECTION.format(url=self.introspection))
        (self.home / "dovecot.conf").write_text(settings)
        command = [_program("dovecot"), "-F", "-c", str(self.home / "dovecot.conf")]
        self.process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        assert wait_for(lambda: answers(self.port), 20), (self.home / "dovecot.log").read_text()

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(10)
            self.process = None

    def put(self, user: str, raw: bytes, folder: str = "INBOX", when: datetime | None = None) -> None:
        """Lays a mail into a mailbox as a delivery agent would, unseen."""
        with self.open(user) as box:
            told = box.append(folder, "", imaplib.Time2Internaldate(when) if when else "", raw)
            assert told[0] == "OK", told

    def inbox(self, user: str) -> list[bytes]:
        """Every mail in somebody's mailbox, the oldest first."""
        with self.open(user) as box:
            box.select(readonly=True)
            numbers = box.search(None, "ALL")[1][0].split()
            return [box.fetch(number, "(BODY.PEEK[])")[1][0][1] for number in numbers]

    def empty(self, user: str) -> None:
        """Throws away every mail of a mailbox; its UIDs are not used again."""
        with self.open(user) as box:
            if box.select()[1][0] != b"0":
                box.store("1:*", "+FLAGS", "\\Deleted")
                box.expunge()

    def flags(self, user: str) -> list[bytes]:
        with self.open(user) as box:
            box.select(readonly=True)
            return [one for one in box.fetch("1:*", "(FLAGS)")[1] if one]

    @contextmanager
    def open(self, user: str) -> Iterator[imaplib.IMAP4]:
        with imaplib.IMAP4("127.0.0.1", self.port) as box:
            box.login(user, PASSWORD)
            yield box


@dataclass
class Postfix:
    """An SMTP server that delivers to Dovecot, or on to a listener for addresses at `relayed.example`."""

    home: Path
    port: int
    mail: Path
    next_port: int

    def start(self) -> None:
        owner = pwd.getpwnam(OWNER)
        for folder in ("conf", "queue", "data"):
            (self.home / folder).mkdir(parents=True, exist_ok=True)
        shutil.chown(self.home / "data", "postfix")
        names = {"home": self.home, "mail": self.mail, "uid": owner.pw_uid, "gid": owner.pw_gid}
        self._write("main.cf", POSTFIX.format(**names, domains="desk.example, mail.example"))
        self._write("master.cf", POSTFIX_SERVICES.format(port=self.port))
        self._write("mailboxes", "\n".join(f"{address} {address}/" for address in MAILBOXES))
        self._write("transport", f"relayed.example smtp:[127.0.0.1]:{self.next_port}\n")
        subprocess.run(self._command("start"), check=True, capture_output=True)
        assert wait_for(lambda: answers(self.port), 20), (self.home / "postfix.log").read_text()

    def stop(self) -> None:
        subprocess.run(self._command("stop"), check=False, capture_output=True)

    def queued(self) -> int:
        """How many mails wait in the queue."""
        told = subprocess.run(
            [_program("postqueue"), "-c", str(self.home / "conf"), "-j"], check=True, capture_output=True
        )
        return len(told.stdout.splitlines())

    def _write(self, name: str, text: str) -> None:
        (self.home / "conf" / name).write_text(text + "\n")

    def _command(self, verb: str) -> list[str]:
        return [_program("postfix"), "-c", str(self.home / "conf"), verb]


def _program(name: str) -> str:
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin") or name


def certificate(folder: Path) -> Path:
    """A certificate that signs itself, for localhost."""
    path = folder / "certificate.pem"
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=localhost"
    command += f" -addext subjectAltName=DNS:localhost -keyout {path}.key -out {path}"
    subprocess.run(command.split(), check=True, capture_output=True)
    with path.open("ab") as both:
        both.write(Path(f"{path}.key").read_bytes())
    return path


@pytest.fixture(scope="session")
def mail_home() -> Iterator[Path]:
    """A short folder, for the servers' unix sockets; the servers' own users must be able to enter it."""
    home = Path(tempfile.mkdtemp(prefix="mail-", dir="/tmp"))
    home.chmod(0o755)
    yield home
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def dovecot(mail_home: Path) -> Iterator[Dovecot]:
    home = mail_home / "dovecot"
    home.mkdir(exist_ok=True)  # a test that is tried again finds what the first try made
    server = Dovecot(home, free_port(), free_port(), certificate(home))
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def postfix(mail_home: Path, dovecot: Dovecot) -> Iterator[Postfix]:
    server = Postfix(mail_home / "postfix", free_port(), dovecot.mail, free_port())
    server.start()
    yield server
    server.stop()
