"""The whole product as a person starts it: `manage.py run`, in a data folder and on ports of its own."""

import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path

from helpdesk.supervisor import ports

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 120  # seconds for a line that never comes
OF_THE_TESTS = {"DATABASE_URL", "REDIS_URL", "HELPDESK_RUN"}


class Product:
    """One `manage.py run` on the data folder `home`."""

    def __init__(self, home: Path, *, demo: bool = False) -> None:
        given = {
            "HELPDESK_DATA": str(home),
            "HELPDESK_DEMO": str(int(demo)),
            "HELPDESK_PORT": str(ports.free("127.0.0.1", 20000 + os.getpid() % 20000)),
            "HELPDESK_SMTP_PORT": str(ports.free("127.0.0.1", 40000 + os.getpid() % 10000)),
            "PYTHONUNBUFFERED": "1",
        }
        ours = {name: value for name, value in os.environ.items() if name not in OF_THE_TESTS}
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "run"],
            cwd=ROOT,
            env=ours | given,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said: list[str] = []
        self.address = ""

    def until(self, pattern: str) -> str:
        """Reads what it says up to a line that matches; the first group of the match."""
        assert self.process.stdout
        alarm = threading.Timer(PATIENCE, self.process.kill)
        alarm.start()
        for line in self.process.stdout:
            self.said.append(line)
            if found := re.search(pattern, line):
                alarm.cancel()
                return found[1]
        raise AssertionError("".join(self.said))

    def open(self) -> str:
        """The address of the desk, once it answers."""
        self.address = self.until(r"The desk is at (\S+)/ ")
        return self.address

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(60)
