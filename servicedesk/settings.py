"""The settings, driven by the environment; without any it runs on SQLite for a newcomer.

The README lists every variable that is read here.
"""

from importlib.util import find_spec
from pathlib import Path

from csp.constants import NONE, SELF

from servicedesk.environment import Environment

BASE_DIR = Path(__file__).resolve().parent.parent
environment = Environment()

# The process
DEBUG = environment.boolean("DEBUG", default=True)
SECRET_KEY = environment.secret_key("SECRET_KEY", debug=DEBUG, kept_in=BASE_DIR / ".secret-key")
ALLOWED_HOSTS = environment.hosts("ALLOWED_HOSTS", debug=DEBUG)
CSRF_TRUSTED_ORIGINS = environment.origins("CSRF_TRUSTED_ORIGINS")
ROOT_URLCONF = "servicedesk.urls"
WSGI_APPLICATION = "servicedesk.wsgi.application"

# The rules of counting that a customer may set
NPS_VERY_GOOD = environment.decimal("NPS_VERY_GOOD", "50", lowest=-100, highest=100)
SATISFACTION_FLOOR = environment.whole_number("SATISFACTION_FLOOR", 10, lowest=0, highest=10_000)

# How the files of an edition are named, without what says their form
EDITION_FILE_NAME = environment.file_name(
    "EDITION_FILE_NAME",
    "servicedesk-{month}-edition-{edition}-{version}",
    fields=("month", "edition", "version"),
)

# The demo
DEMO_PASSWORD = environment.text("DEMO_PASSWORD", "servicedesk-demo")

INSTALLED_APPS = [
    "servicedesk",
    "incidents",
    "reports",
    "servicedesk.apps.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_tables2",
    "django_filters",
    "bootstrap",
]

MIDDLEWARE = [
    # What every answer carries comes first: static files and refusals at the door carry it too.
    "servicedesk.headers.of_every_answer",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Every page asks for a sign-in unless it says otherwise.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.tz",
                "incidents.access.viewer",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
DJANGO_TABLES2_TEMPLATE = "_table.html"

# The database
DATABASES = {"default": environment.database("DATABASE_URL", "sqlite:///db.sqlite3", BASE_DIR)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # Readers never wait for the writer, and writers queue instead of failing. SQLite's own
        # synchronous=FULL stays: what was answered with "saved" outlives a power cut.
        "init_command": "PRAGMA journal_mode=WAL;",
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "servicedesk.administration.ByRole",
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "dashboard"
LOGOUT_REDIRECT_URL = "login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
SESSION_COOKIE_AGE = 8 * 60 * 60

# Language and time: months begin and end by this zone.
LANGUAGE_CODE = "en-gb"
USE_I18N = True
USE_TZ = True
TIME_ZONE = environment.time_zone("TIME_ZONE", "Europe/London")

# Static files, all from this server. Plotly's script comes from its own package.
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / ".static"
plotly_package = find_spec("plotly")
if plotly_package is None or not plotly_package.submodule_search_locations:
    raise ModuleNotFoundError("plotly is not installed: run make install")
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("plotly", Path(plotly_package.submodule_search_locations[0]) / "package_data"),
]
# Outside production, and in tests, files are served from where they are.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# What a browser may do with our pages: load from here, and nothing else.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
HEADERS_OF_EVERY_ANSWER = {
    # No answer is kept, by a browser or on the way, unless it says itself that it may be: nobody
    # goes back to a page after signing out.
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), "
    "payment=(), usb=()",
}
# No script of ours reads it.
CSRF_COOKIE_HTTPONLY = True
if not DEBUG:
    # Whether a request came over TLS is told by gunicorn, which believes the proxy in front of it
    # (FORWARDED_ALLOW_IPS) and nobody else.
    SECURE_SSL_REDIRECT = environment.boolean("SSL_REDIRECT", default=True)
    # Probes ask on the inside, where nobody speaks TLS.
    SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$"]
    SECURE_HSTS_SECONDS = environment.whole_number(
        "HSTS_SECONDS", 365 * 24 * 60 * 60, lowest=0, highest=2 * 365 * 24 * 60 * 60
    )
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

# What goes wrong stands on standard error, in production too, where Django alone would send mail.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"handlers": [], "level": "INFO"}},
}
