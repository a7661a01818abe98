"""Django's settings of the web application of one workspace, which HOLDFAST_WORKSPACE names."""

from __future__ import annotations

import os
from pathlib import Path

from holdfast.state.settings import AUTH_USER_MODEL, DATABASES, DEFAULT_AUTO_FIELD, TIME_ZONE, USE_TZ
from holdfast.state.settings import INSTALLED_APPS as STATE_APPS

from .identity_service import providers
from .secret import secret_key

__all__ = ["AUTH_USER_MODEL", "DATABASES", "DEFAULT_AUTO_FIELD", "TIME_ZONE", "USE_TZ"]

HERE = Path(__file__).parent
REPORTS = HERE.parent / "reports"
DATA = Path(os.environ.get("HOLDFAST_WORKSPACE", ".")) / ".holdfast"
HTTPS = os.environ.get("HOLDFAST_HTTPS") == "1"

SECRET_KEY = secret_key(DATA)
DEBUG = False
ALLOWED_HOSTS = [h for h in os.environ.get("HOLDFAST_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if h]
ROOT_URLCONF = "holdfast.web.urls"
INSTALLED_APPS = [
    *STATE_APPS,
    "django.contrib.sessions",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "holdfast.web",
]
MIDDLEWARE = [
    "holdfast.web.headers.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "holdfast.web.routes.Gate",
    "holdfast.web.pace.Pace",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [str(HERE / "templates"), str(REPORTS / "templates")],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "holdfast.web.frame.frame",
            ]
        },
    }
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ["email"]}},
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
]
USE_I18N = False
STATIC_URL = "/static/"
STATICFILES_DIRS = [str(HERE / "static"), ("reports", str(REPORTS / "static"))]
STATIC_ROOT = str(DATA / "static")
WHITENOISE_USE_FINDERS = False

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if HTTPS else 0
SOCIALACCOUNT_PROVIDERS = providers(os.environ)
ACCOUNT_ADAPTER = "holdfast.web.login.ClosedSignup"
SOCIALACCOUNT_ADAPTER = "holdfast.web.login.KnownPeopleOnly"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key", "reauthenticate": "10/m/user"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Holdfast"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

SESSION_COOKIE_NAME = "__Host-holdfast" if HTTPS else "holdfast"
SESSION_COOKIE_AGE = 12 * 3_600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = "__Host-holdfast-csrf" if HTTPS else "holdfast-csrf"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "holdfast.web.routes.forged"
CSRF_USE_SESSIONS = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without secrets": {"()": "holdfast.web.quiet_log.WithoutSecrets"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "filters": ["without secrets"]}},
    "loggers": {"django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False}},
}
