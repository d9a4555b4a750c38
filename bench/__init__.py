"""Measurements that anybody can repeat: `python -m bench.intake`, `.pages`, `.durability`, `.mutate` …

Each starts servers of its own, prints its figures as one JSON object on its last line, and leaves nothing;
`--data FOLDER` keeps the desk for the next one. DATABASE_URL and REDIS_URL name other servers.
"""

import argparse
import atexit
import logging
import os
import shutil
import sys
import tempfile
from pathlib import Path

import django
import structlog
from django.apps import apps


def _choose_folder() -> None:
    """Settings are read when Django gets ready, so the folder of the desk is chosen before anything else."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--data", type=Path)
    given = parser.parse_known_args()[0].data
    if given is None:
        given = Path(tempfile.mkdtemp(prefix="desk-bench-"))
        atexit.register(shutil.rmtree, given, ignore_errors=True)
    os.environ["HELPDESK_DATA"] = str(given.absolute())
    os.environ["DJANGO_SETTINGS_MODULE"] = "helpdesk.settings"
    django.setup()
    # Standard output is for the result, and what is broken on purpose need not be told.
    structlog.configure(
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL),
    )


if not apps.ready:
    _choose_folder()
