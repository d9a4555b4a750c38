"""What must be true before the first page: the newest schema, the static files, the modules in memory."""

import gc
import hashlib
from importlib import import_module
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import trans_real

from helpdesk import static_files, translations
from helpdesk.celery import app

# What the processes would import each for itself, at its first request or task.
LATE = (
    *("uvicorn.protocols.http.httptools_impl", "uvicorn.protocols.websockets.auto", "uvicorn.loops.uvloop"),
    *("uvicorn.lifespan.off", "django.template.loaders.cached", "django.template.context_processors"),
    *("celery.app.amqp", "celery.app.log", "celery.concurrency.thread", "celery.events.receiver"),
    *("celery.worker.autoscale", "celery.worker.components", "celery.worker.consumer"),
    *("celery.worker.strategy", "kombu.transport.redis", "psycopg_pool"),
)


def migrate() -> None:
    """Brings the database to the newest schema; quick when it is there."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)


def collect_static() -> None:
    """Collects and compresses the static files, if one of them has changed."""
    stamp = settings.STATIC_ROOT / ".collected"
    state = _state_of_static()
    if not stamp.exists() or stamp.read_text() != state:
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamp.write_text(state)


def import_modules() -> None:
    """Imports what the processes need, so that forks share it. Opens no connection and no thread."""
    for module in (settings.ROOT_URLCONF, *LATE):
        import_module(module)
    translations.compile_changed(settings.DATA_DIR / "locale")
    for code, _ in settings.LANGUAGES:
        trans_real.translation(code)
    app.loader.import_default_modules()
    app.finalize()
    apps.get_models()


def preload() -> None:
    """The last step before forking: after `collect_static`, for WhiteNoise reads its folder here."""
    import_modules()
    import_module("helpdesk.asgi")
    gc.collect()
    gc.freeze()


def _state_of_static() -> str:
    found = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            file = Path(storage.path(path)).stat()
            found.update(f"{path}\0{file.st_size}\0{file.st_mtime_ns}\n".encode())
    found.update(f"{settings.STATIC_ROOT}\n{Path(static_files.__file__).stat().st_mtime_ns}".encode())
    return found.hexdigest()
