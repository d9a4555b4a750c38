"""Third-party files are exactly those that were copied."""

import subprocess
import sys
from pathlib import Path

REFRESH = Path(__file__).resolve().parent.parent.parent / "static" / "vendor" / "refresh.py"


def test_third_party_files_are_unchanged():
    assert subprocess.run([sys.executable, REFRESH, "--check"]).returncode == 0
