"""Development: `make run` and `manage.py` on a developer's machine. Never for the internet."""

from config.settings.base import *

DEBUG = True
SECRET_KEY = "development-only: production reads its own from the environment"
ALLOWED_HOSTS = ["*"]
# For its command build_demo, which production has no use for.
INSTALLED_APPS += ["config"]
INTERNAL_IPS = ["127.0.0.1"]

EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
