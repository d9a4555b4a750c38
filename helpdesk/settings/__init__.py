"""Settings of the desk: the only package that reads the environment.

Everything a company may want to change by deployment is an environment variable named here; everything
it wants to change while running is a row (`accounts.Company`, `channels_app.Channel`).
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from csp.constants import NONE, SELF

from helpdesk import environment, keys, places
from helpdesk.settings.mail import *
from helpdesk.settings.people import *
from helpdesk.settings.people import ALLAUTH_TRUSTED_PROXY_COUNT
from helpdesk.settings.rest import *

BASE_DIR = Path(__file__).resolve().parents[2]

# --- where things are ---------------------------------------------------------------------------------
DATA_DIR = Path(os.environ.get("HELPDESK_DATA") or places.data_dir(BASE_DIR))
FILES_DIR = DATA_DIR / "files"
DEBUG = environment.flag("HELPDESK_DEBUG", False)
SECRET_KEY = keys.load(DATA_DIR, "secret", os.environ.get("HELPDESK_SECRET_KEY"))
ENCRYPTION_KEY = keys.load(DATA_DIR, "encryption", os.environ.get("HELPDESK_ENCRYPTION_KEY"))
ENCRYPTION_KEY_IS_GIVEN = bool(os.environ.get("HELPDESK_ENCRYPTION_KEY"))
BASE_URL = os.environ.get("HELPDESK_URL", "http://127.0.0.1:8000").rstrip("/")
BASE_URL_IS_OURS = not os.environ.get("HELPDESK_URL")  # then it follows the port that was free
ALLOWED_HOSTS = environment.words("HELPDESK_HOSTS", "127.0.0.1,localhost,[::1],testserver")
ALLOWED_HOSTS += [host] if (host := urlsplit(BASE_URL).hostname) else []
CSRF_TRUSTED_ORIGINS = [BASE_URL]
HTTPS = BASE_URL.startswith("https://")

# --- applications -------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "helpdesk",
    "helpdesk.accounts",
    "helpdesk.health",
    "helpdesk.rest",
    "channels_app",
    "channels_app.webhooks",
    "tickets",
    "tickets.expected",
    "tickets.manners",
    "knowledge",
    "knowledge.canned",
    "knowledge.phrases",
    "sop",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.saml",
    "csp",
    "import_export",
]
MIDDLEWARE = [
    "knowledge.web.arrival.at_centre",  # before whatever asks for the host
    "django.middleware.security.SecurityMiddleware",
    "helpdesk.headers.policies",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "helpdesk.rest.middleware.dialect",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "helpdesk.accounts.middleware.person",
    "helpdesk.accounts.middleware.second_factor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "helpdesk.refusing.explained",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "helpdesk.urls"
ASGI_APPLICATION = "helpdesk.asgi.application"
TEMPLATE_LOADERS = [
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [("helpdesk.templating.Loader", TEMPLATE_LOADERS)],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# --- PostgreSQL and Redis -----------------------------------------------------------------------------
# The threads of a web process keep their connections; other processes with threads share THREAD_POOL: see
# `roles`. Either is looked at when taken, so that a restarted database shows in no page and no task.
RUN_DIR = Path(os.environ.get("HELPDESK_RUN") or places.run_dir(DATA_DIR))
DATABASE_URL = os.environ.get("DATABASE_URL") or f"postgresql://helpdesk@/helpdesk?host={quote(str(RUN_DIR))}"
DATABASES = {"default": environment.database(DATABASE_URL)}
EMBEDDED_POSTGRES = not os.environ.get("DATABASE_URL")
THREAD_POOL = {"min_size": 1, "max_size": 16, "timeout": 10}
WEB_THREADS = 12  # requests that a web process works on at a time
WEB_CONNECTION_SECONDS = 600
REDIS_URL = os.environ.get("REDIS_URL") or f"unix://{quote(str(RUN_DIR))}/valkey.sock"
EMBEDDED_VALKEY = not os.environ.get("REDIS_URL")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS = [
    "security.W021"
]  # a domain is put on browsers' preload lists by whoever owns all of it

LIVE_PREFIX = "desk"
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [REDIS_URL], "prefix": LIVE_PREFIX},
    }
}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "cache",
    }
}

# --- Celery: an alarm clock, no queue -----------------------------------------------------------------
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://")
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_DEFAULT_QUEUE = "soon"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_timeout": 5, "socket_connect_timeout": 2}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_DB_REUSE_MAX = None
CELERY_WORKER_POOL = "threads"
CELERY_WORKER_CONCURRENCY = environment.number("HELPDESK_WORKER_THREADS", 4)
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_REDIRECT_STDOUTS = False
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"  # forgets on purpose: what is due stands in the database

# --- files --------------------------------------------------------------------------------------------
S3_BUCKET = os.environ.get("HELPDESK_S3_BUCKET", "")
if S3_BUCKET:
    FILE_STORAGE: dict[str, Any] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": os.environ.get("HELPDESK_S3_ENDPOINT") or None,
            "access_key": os.environ.get("HELPDESK_S3_ACCESS_KEY") or None,
            "secret_key": os.environ.get("HELPDESK_S3_SECRET_KEY") or None,
            "region_name": os.environ.get("HELPDESK_S3_REGION") or None,
            "default_acl": "private",
            "file_overwrite": True,
        },
    }
else:
    FILE_STORAGE = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": FILES_DIR, "file_permissions_mode": 0o600},
    }
STORAGES = {
    "default": FILE_STORAGE,
    "staticfiles": {"BACKEND": "helpdesk.static_files.JoinedStaticFilesStorage"},
}
STATIC_URL = "/static/"
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # every page names them by digest; half the work at the first start
STATIC_ROOT = Path(os.environ.get("HELPDESK_STATIC") or DATA_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 30 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# --- language and time --------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
SHIPPED_LANGUAGES = [("en", "English"), ("ru", "Русский"), ("hu", "Magyar")]
LANGUAGES = environment.languages("HELPDESK_LANGUAGES", SHIPPED_LANGUAGES)
LOCALE_PATHS = [DATA_DIR / "locale", BASE_DIR / "locale"]  # a company's own words come before ours
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["helpdesk.formats"]
TIME_ZONE = os.environ.get("HELPDESK_TIME_ZONE", "UTC")

# --- safety -------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
CSRF_FAILURE_VIEW = "knowledge.web.sorry.expired"
X_FRAME_OPTIONS = "DENY"  # the frame of an HTML mail says otherwise for itself
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
SECURE_SSL_REDIRECT = HTTPS and environment.flag("HELPDESK_SSL_REDIRECT", True)
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = environment.flag("HELPDESK_HSTS_SUBDOMAINS", True)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True

# --- what the desk asks of the web (helpdesk.outgoing) ---------------------------------------------------
# Private networks are out of reach but for what is listed: host names, addresses, networks, or * for all.
PICTURE_PRIVATE_HOSTS = environment.words("HELPDESK_PICTURE_PRIVATE_HOSTS")
WEBHOOK_PRIVATE_HOSTS = environment.words("HELPDESK_WEBHOOK_PRIVATE_HOSTS")
PUSH_HOSTS = [name.lower() for name in environment.words("HELPDESK_PUSH_HOSTS")]  # push services of one's own
CLAMD = os.environ.get("HELPDESK_CLAMD", "")  # a virus scanner: tcp://host:3310 or unix:///path
OUTGOING_PROXY = os.environ.get("HELPDESK_PROXY", "")

# --- processes ------------------------------------------------------------------------------------------
BIND = os.environ.get("HELPDESK_BIND", "127.0.0.1")
PORT = environment.number("HELPDESK_PORT", 8000)
WEB_PROCESSES = environment.number("HELPDESK_WEB_PROCESSES", 2)
WORKER_PROCESSES = environment.number("HELPDESK_WORKER_PROCESSES", 2)
LOG_DIR = DATA_DIR / "logs"

# --- this process -------------------------------------------------------------------------------------
LOG_LEVEL = os.environ.get("HELPDESK_LOG_LEVEL", "WARNING")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
}
DEMO_ALLOWED = environment.flag("HELPDESK_DEMO", True)
