"""Every setting, read once from the environment; docs/operations.md lists them for administrators."""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from concertation.core import clock, env

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(env.text("CONCERTATION_VAR", str(ROOT / "var"))).resolve()

try:
    VAR.mkdir(parents=True, exist_ok=True, mode=0o700)
except OSError as error:
    raise ImproperlyConfigured(f"The data folder {VAR} cannot be made ({error.strerror}).") from error


def _owner_only(path: str, flags: int) -> int:
    """Open `path` so that only its owner may read it."""
    return os.open(path, flags, 0o600)


def _own_secret(path: Path) -> str:
    """Return the secret kept in `path`, making it on the first start, readable by its owner only."""
    try:
        with open(path, "x", encoding="utf-8", opener=_owner_only) as file:  # Path has no opener
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    except OSError as error:
        raise ImproperlyConfigured(f"The secret {path} cannot be written ({error.strerror}).") from error
    return path.read_text(encoding="utf-8")


DEBUG = env.flag("DEBUG", default=False)
SECRET_KEY = env.text("SECRET_KEY") or _own_secret(VAR / "secret.key")
BASE_URL = env.text("BASE_URL", "http://localhost:8000").rstrip("/")
if urlsplit(BASE_URL).scheme not in {"http", "https"} or not urlsplit(BASE_URL).hostname:
    raise ImproperlyConfigured(f"BASE_URL must be like https://coalition.example; it is “{BASE_URL}”.")
SECURE = BASE_URL.startswith("https://")
_loopback = "" if SECURE else ",127.0.0.1,localhost,[::1]"
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", f"{urlsplit(BASE_URL).hostname}{_loopback}")
CSRF_TRUSTED_ORIGINS = [BASE_URL]
if _test_clock := os.environ.get("TEST_CLOCK", ""):  # a file of seconds by which tests move the clock
    if urlsplit(BASE_URL).hostname not in {"localhost", "127.0.0.1", "::1"}:
        raise ImproperlyConfigured("TEST_CLOCK moves the clock, for tests only: BASE_URL must be on this machine.")
    clock.follow(Path(_test_clock))

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "concertation.core",
    "concertation.record",
    "concertation.accounts",
    "concertation.coalition",
    "concertation.situation",
    "concertation.texts",
    "concertation.commitments",
    "concertation.pressure",
    "concertation.meetings",
    "concertation.exchange",
    "concertation.web",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "channels",
    "django_htmx",
    "template_partials",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "concertation.web.middleware.kept_by_nobody",
    "concertation.web.middleware.as_anybody",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "concertation.web.middleware.in_their_language",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "concertation.web.middleware.without_null",
    "concertation.coalition.middleware.with_delegate",
    "concertation.web.middleware.ExplainRefusals",
]
ROOT_URLCONF = "concertation.urls"
ASGI_APPLICATION = "concertation.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "concertation.web.context.shell",
            ],
        },
    },
]

# Data: SQLite until outgrown. IMMEDIATE takes the write lock at the start, so a check and its change are one.
_sqlite = f"sqlite:///{VAR / 'concertation.sqlite3'}"
DATABASES = {"default": dj_database_url.parse(env.text("DATABASE_URL") or _sqlite, conn_max_age=0)}
if "sqlite3" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["ENGINE"] = "concertation.core.sqlite3"
    DATABASES["default"]["TEST"] = {"NAME": VAR / "test.sqlite3"}  # a file, so that threads can share it
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000;"
        "PRAGMA cache_size=-32000;",  # kB: a page that looks through a large table twice reads it once
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
VALKEY_URL = env.text("VALKEY_URL")
CHANNEL_LAYERS = {
    "default": (
        {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": {"hosts": [VALKEY_URL]}}
        if VALKEY_URL
        else {"BACKEND": "channels.layers.InMemoryChannelLayer", "CONFIG": {"capacity": 10_000}}
    )
}
CACHES = {  # counts requests for codes, so it has to be one for all processes
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": VALKEY_URL}
        if VALKEY_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}

# People
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "web:home"
LOGOUT_REDIRECT_URL = "web:home"
ACCOUNT_ADAPTER = "concertation.accounts.adapter.InvitedOnly"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SECURE else "http"
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # a stranger gets no mail from us, and nobody learns who is known
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
SIGN_IN_LINK_DAYS = env.number("SIGN_IN_LINK_DAYS", 7, low=1, high=90)
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "concertation.web.views.errors.not_ours"

# Words and time
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = ["concertation.core.formats"]

# Front end and what a browser may do
STATIC_URL = "/static/"
FRONTEND_DIST = ROOT / "frontend" / "dist"
STATICFILES_DIRS = [FRONTEND_DIST] if FRONTEND_DIST.is_dir() else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF, "blob:"],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_SSL_REDIRECT = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000

# Mail: a URL such as smtp+tls://user:password@host:587; without one, messages become files under var/mail.
_mail = urlsplit(env.text("EMAIL_URL"))
if _mail.scheme not in {"", "smtp", "smtp+tls", "smtps"}:
    raise ImproperlyConfigured("EMAIL_URL must begin with smtp://, smtp+tls:// or smtps://.")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if _mail.scheme else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
EMAIL_HOST, EMAIL_PORT = _mail.hostname or "", _mail.port or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.username or "", _mail.password or ""
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.scheme == "smtp+tls", _mail.scheme == "smtps"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", f"secretariat@{urlsplit(BASE_URL).hostname}")

# The record and the media edge
RECORD_KEY_FILE = Path(env.text("RECORD_KEY_FILE", str(VAR / "record.key")))
RECORD_ORIGIN = env.text("RECORD_ORIGIN", f"{urlsplit(BASE_URL).netloc}/record")
ICE_SERVERS = env.words("ICE_SERVERS")
TURN_SECRET = env.text("TURN_SECRET")
if any(not url.startswith(("stun:", "stuns:", "turn:", "turns:")) for url in ICE_SERVERS):
    raise ImproperlyConfigured("Each of ICE_SERVERS must begin with stun:, stuns:, turn: or turns:.")
if any(url.startswith("turn") for url in ICE_SERVERS) and not TURN_SECRET:
    raise ImproperlyConfigured("ICE_SERVERS names a TURN server, so TURN_SECRET must be set.")
MESH_LIMIT = 6

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "concertation.core.logs.Discreet",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
