"""Django's settings, all of them made from `midcycle.conf`."""

from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.contrib.messages import constants

from midcycle.conf.schema import load
from midcycle.conf.secrets import secret_key
from midcycle.kernel.languages import INTERFACE
from midcycle.site.door import MOST_BYTES, MOST_BYTES_OF_A_FILE
from midcycle.site.logs import logging_config

MIDCYCLE = load()
PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = secret_key(MIDCYCLE)
DEBUG = False
_public = urlsplit(MIDCYCLE.public_url_used)
ALLOWED_HOSTS = ["*"] if MIDCYCLE.demo else ["localhost", "127.0.0.1", "[::1]", _public.hostname or "localhost"]
CSRF_TRUSTED_ORIGINS = [MIDCYCLE.public_url_used]
SITE_SECURE = _public.scheme == "https"

INSTALLED_APPS = [
    "midcycle.web",
    "midcycle.journal",
    "midcycle.accounts",
    "midcycle.meetups",
    "midcycle.series",
    "midcycle.hosting",
    "midcycle.bidding",
    "midcycle.funding",
    "midcycle.planning",
    "midcycle.registration",
    "midcycle.invoicing",
    "midcycle.topics",
    "midcycle.agenda",
    "midcycle.pads",
    "midcycle.onsite",
    "midcycle.photos",
    "midcycle.lists",
    "midcycle.outcomes",
    "midcycle.feedback",
    "midcycle.reach",
    "midcycle.report",
    "midcycle.mailing",
    "midcycle.pages",
    "allauth",
    "allauth.account",
    "template_partials",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]
MIDDLEWARE = [
    "midcycle.web.middleware.request_log",
    "midcycle.web.problems.api_problems",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "midcycle.web.middleware.security_headers",
    "midcycle.web.middleware.keep_private",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "midcycle.web.languages.speak",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "midcycle.web.middleware.TellRefusals",
]
ROOT_URLCONF = "midcycle.site.urls"
WSGI_APPLICATION = "midcycle.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "midcycle.web.context.instance",
                "midcycle.web.languages.language",
                "midcycle.site.navigation.navigation",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "midcycle.web.templatetags.web",
                "template_partials.templatetags.partials",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"


def _database(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "midcycle.site.sqlite",
            "NAME": unquote(parts.path),
            "TEST": {"NAME": f"{unquote(parts.path)}.test"},  # a file, so that threads of a test have connections of their own
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # Not every SQLite wipes what is deleted by itself, and what was erased must not be in a copy of the file.
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
            },
        }
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "midcycle.site.postgres",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", unquote(parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "OPTIONS": query,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": _database(MIDCYCLE.database_url_used)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "midcycle.accounts.adapter.Adapter"
ACCOUNT_FORMS = {
    "request_login_code": "midcycle.accounts.forms.SignInForm",
    "confirm_login_code": "midcycle.accounts.forms.CodeForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_LOGOUT_ON_GET = False
# A whole room behind one network address signs in within minutes; what guards one person is counted for their address.
ACCOUNT_RATE_LIMITS = {"request_login_code": "600/m/ip,3/m/key"}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = _public.scheme

_mail = urlsplit(MIDCYCLE.mail_url)
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
if MIDCYCLE.demo:
    EMAIL_BACKEND = "midcycle.mailing.inbox.InboxBackend"
EMAIL_HOST = _mail.hostname or ""
EMAIL_PORT = _mail.port or 25
EMAIL_HOST_USER = unquote(_mail.username or "")
EMAIL_HOST_PASSWORD = unquote(_mail.password or "")
EMAIL_USE_SSL = _mail.scheme == "smtps"
EMAIL_USE_TLS = _mail.scheme == "smtp+tls"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = MIDCYCLE.mail_from

STATIC_URL = "/static/"
STATICFILES_DIRS: list[Path] = []
ASSET_MANIFEST = PACKAGE / "web" / "static" / "dist" / "manifest.json"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/dist/.+-[A-Z0-9]{8}\.\w+$"

SESSION_COOKIE_NAME = "midcycle"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SITE_SECURE
CSRF_USE_SESSIONS = False
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "midcycle.web.views.form_expired"
MESSAGE_TAGS = {constants.ERROR: "danger"}  # as the design page calls it
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if SITE_SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if MIDCYCLE.behind_proxy else None
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if MIDCYCLE.behind_proxy else 0
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = MOST_BYTES
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 1
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * MOST_BYTES_OF_A_FILE  # no file touches the disk; the door refuses larger ones
FILE_UPLOAD_HANDLERS = ["midcycle.site.uploads.OnlyWhereAsked"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en-gb"  # English as written here; its code in pages and addresses is `en`
LANGUAGES = [(LANGUAGE_CODE if code == "en" else code, name) for code, name in INTERFACE.items()]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = SITE_SECURE
LOGGING_CONFIG = "logging.config.dictConfig"
LOGGING = logging_config(MIDCYCLE.log_level)
SILENCED_SYSTEM_CHECKS = [
    "auth.E003",  # addresses are unique by a constraint on their lower case
    "auth.W004",  # the same
    "security.W005",  # subdomains are the owner's business
    "security.W008",  # the proxy in front, which holds the certificate, redirects
    "security.W021",  # so is preloading HSTS
]
