"""A customer with a real mail program: Mutt, which writes, reads its IMAP inbox and answers."""

import os
import pty
import select
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

SETTINGS = """\
set from="{address}" realname="{name}" use_envelope_from=yes send_charset="utf-8"
set smtp_url="smtp://127.0.0.1:{smtp_port}/"
set spoolfile="{inbox}" imap_user="{user}" imap_pass="{password}" ssl_starttls=no ssl_force_tls=no
set folder="{home}" record="" postponed="" copy=no confirmcreate=no delete=no quit=yes mark_old=no
set editor="{home}/editor" autoedit=yes fast_reply=yes include=yes
set abort_nosubject=no abort_unmodified=no wait_key=no sleep_time=0 beep=no
"""
EDITOR = '#!/bin/sh\ncat "{home}/answer" "$1" > "$1.new" && mv "$1.new" "$1"\n'
ANSWER_THE_LAST = 'push "<last-entry><reply><send-message><quit>"'


@dataclass(frozen=True, kw_only=True)
class Mutt:
    """One person's Mutt, with a home of its own."""

    home: Path
    address: str
    name: str
    user: str
    password: str
    imap_port: int
    smtp_port: int

    def __post_init__(self) -> None:
        inbox = f"imap://127.0.0.1:{self.imap_port}/INBOX"
        self.home.mkdir(parents=True, exist_ok=True)
        (self.home / "Mail").mkdir(exist_ok=True)
        (self.home / "muttrc").write_text(SETTINGS.format(**vars(self), inbox=inbox))
        editor = self.home / "editor"
        editor.write_text(EDITOR.format(home=self.home))
        editor.chmod(0o700)

    def write(self, to: str, subject: str, body: str, *files: Path) -> None:
        """A new mail, on its way when this returns."""
        attach = ["-a", *map(str, files)] if files else []
        command = ["mutt", "-F", str(self.home / "muttrc"), "-s", subject, *attach, "--", to]
        subprocess.run(command, input=body.encode(), env=self._env(), check=True, timeout=20)

    def answer(self, body: str, *, seconds: float = 20) -> None:
        """An answer, with the original quoted, to the last mail in the inbox."""
        (self.home / "answer").write_text(body + "\n\n")
        pid, screen = pty.fork()
        if pid == 0:
            os.execvpe("mutt", ["mutt", "-F", str(self.home / "muttrc"), "-e", ANSWER_THE_LAST], self._env())
        end, shown = time.monotonic() + seconds, b""
        while time.monotonic() < end:
            shown += _read(screen)
            if os.waitpid(pid, os.WNOHANG)[0]:
                os.close(screen)
                return
        os.kill(pid, 9)
        raise TimeoutError(f"Mutt did not end; its screen: {shown[-800:]!r}")

    def _env(self) -> dict[str, str]:
        return {**os.environ, "HOME": str(self.home), "TERM": "xterm", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}


def _read(screen: int) -> bytes:
    """What the program has written to its terminal by now."""
    if not select.select([screen], [], [], 0.1)[0]:
        return b""
    try:
        return os.read(screen, 65536)
    except OSError:  # the terminal is gone because the program is
        return b""
