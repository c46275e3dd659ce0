"""The settings, driven by the environment; without any it runs on SQLite for a newcomer.

The README lists every variable that is read here.
"""

from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path

from csp.constants import NONE, SELF

from servicedesk.environment import Environment

BASE_DIR = Path(__file__).resolve().parent.parent
environment = Environment()

# The process
DEBUG = environment.boolean("DEBUG", default=True)
SECRET_KEY = environment.secret_key("SECRET_KEY", debug=DEBUG, kept_in=BASE_DIR / ".secret-key")
SECRET_KEY_FALLBACKS = environment.former_keys("SECRET_KEY_FALLBACKS", debug=DEBUG)
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

# Whom to tell what is not accessible: an address or a telephone number
ACCESSIBILITY_CONTACT = environment.text("ACCESSIBILITY_CONTACT")

# Whether anybody may read the public editions at /public/, without a sign-in
PUBLIC_PAGES = environment.boolean("PUBLIC_PAGES", default=False)

# The pages of other sites that may show the wall in a frame
WALL_FRAME_ANCESTORS = environment.origins("WALL_FRAME_ANCESTORS")

# The demo
DEMO_PASSWORD = environment.text("DEMO_PASSWORD", "servicedesk-demo")

INSTALLED_APPS = [
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.mfa",
    "axes",
    # After the libraries, whose rows it takes out of the administration.
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
    "servicedesk.headers.frames_of_the_wall",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Every page asks for a sign-in unless it says otherwise.
    "servicedesk.open_pages.SignInUnlessOpen",
    "servicedesk.accounts.two_factor.TwoFactorGate",
    "incidents.acting.acting_person",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    "incidents.views.finding.AskWhich",
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

# What the processes of the site count together
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}

# Signing in: passwords, and sessions that end
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "dashboard"
LOGOUT_REDIRECT_URL = "account_login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
SESSION_ENGINE = "servicedesk.sessions"
SESSION_COOKIE_AGE = 8 * 60 * 60
ACCOUNT_ADAPTER = "servicedesk.accounts.adapters.SignInAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {"reauthenticate": "servicedesk.accounts.forms.PasswordAgainForm"}
# How long somebody who said who they are need not say it again before two-factor changes.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
# For each person or address of mail alone, never for all behind one proxy. Were mails counted in
# all alone, three that a stranger asks for would keep a person from a new password.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "5/5m/key",
    "reset_password_from_one_place": "3/h/key",
    "reset_password_in_all": "20/h/key",
}

# Limited tries, counted for a name and the address that it comes from together
TRUSTED_PROXIES = environment.networks("TRUSTED_PROXIES")
AXES_HANDLER = "servicedesk.accounts.tries.Tries"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = environment.whole_number("SIGN_IN_TRIES", 10, lowest=1, highest=1000)
AXES_COOLOFF_TIME = timedelta(
    minutes=environment.whole_number("SIGN_IN_WAIT_MINUTES", 15, lowest=1, highest=24 * 60)
)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "servicedesk.accounts.tries.counted_name"
AXES_CLIENT_IP_CALLABLE = "servicedesk.accounts.visitors.client_address"
AXES_LOCKOUT_CALLABLE = "servicedesk.accounts.tries.locked_page"
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False

# Two-factor
MFA_ADAPTER = "servicedesk.accounts.two_factor.Adapter"
MFA_TOTP_ISSUER = "servicedesk"
# The clock of a telephone may be half a minute off.
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "servicedesk.accounts.forms.CodeForm",
    "reauthenticate": "servicedesk.accounts.forms.CodeAgainForm",
    "activate_totp": "servicedesk.accounts.forms.ActivateForm",
}

# Single sign-on by OpenID Connect, where a provider is named
SOCIALACCOUNT_ADAPTER = "servicedesk.accounts.sso.SsoAdapter"
SINGLE_SIGN_ON = {
    "name": environment.text("OIDC_NAME", "single sign-on"),
    "client_id": environment.text("OIDC_CLIENT_ID"),
    "secret": environment.text("OIDC_CLIENT_SECRET"),
    "settings": {
        "server_url": environment.provider("OIDC_ISSUER").rstrip("/"),
        "verified_email": environment.words("OIDC_TRUSTED_DOMAINS"),
        "oauth_pkce_enabled": True,
    },
}
if not environment.together("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"):
    SINGLE_SIGN_ON = {}

# Mail: to a server where one is named; else to the terminal, and in production nowhere
mail_server = environment.mail_server("EMAIL_URL")
SENDS_MAIL = DEBUG or mail_server is not None
DEFAULT_FROM_EMAIL = environment.mail_address("DEFAULT_FROM_EMAIL", "servicedesk@localhost")
EMAIL_BACKEND = f"django.core.mail.backends.{'console' if DEBUG else 'dummy'}.EmailBackend"
EMAIL_TIMEOUT = 20
if mail_server:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = mail_server.host, mail_server.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = mail_server.user, mail_server.password
    EMAIL_USE_TLS, EMAIL_USE_SSL = mail_server.guard == "STARTTLS", mail_server.guard == "TLS"

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
