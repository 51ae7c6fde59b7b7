"""What every environment shares. Each environment's module imports all of this and says what differs."""

import os
from datetime import timedelta
from pathlib import Path

import dj_database_url
from csp import constants as csp
from django.utils.translation import gettext_lazy as _

SOURCE_DIR = Path(__file__).resolve().parent.parent.parent  # site/
BASE_DIR = SOURCE_DIR.parent


def variable(name, default=None):
    """A variable of the environment. An empty one is unset: a folder of that name would be the working folder."""
    return os.environ.get(name, "").strip() or default


INSTALLED_APPS = [
    "home",
    "posync",
    "wagtail_localize",
    # Replaces wagtail.locales: the form for a locale also offers to synchronise its tree.
    "wagtail_localize.locales",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "axes",
    "csp",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "home.page_cache.middleware.PageCacheMiddleware",
    "home.routing.document_headers.DocumentHeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    # After the page cache, which keeps this header with the page: it is the same for all.
    "csp.middleware.CSPMiddleware",
    "home.i18n.path_language.PathLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "home.routing.redirects.RedirectMiddleware",
    # The last: what it answers to whoever is locked out passes all the others.
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SOURCE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# SQLite in WAL mode lets visitors read while an editor or a sync writes; IMMEDIATE takes the write lock at the
# start of a transaction, so two writers queue for it instead of failing half-way.
DATABASES = {
    "default": dj_database_url.parse(
        variable("DATABASE_URL", f"sqlite:///{BASE_DIR / 'db.sqlite3'}"), conn_max_age=600
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
    }

# Production keeps pages where all its processes see them. Here every page is made anew: a template that a developer
# changes tells no cache, memory of one process hears nothing of another's changes, and asking a table is a query.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # What an address has sent by forms.
    "counts": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "counts"},
    "pages": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}
# A page is never older than this, even where no change was noticed: somebody edited the database by hand.
PAGE_CACHE_SECONDS = 10 * 60
# Addresses with any other parameter are answered anew each time.
PAGE_CACHE_QUERY_PARAMETERS = {"kind", "page", "project", "region", "status", "theme", "when", "year"}
# Apps and models, with all that inherit from these, of which visitors see nothing: saving them leaves the pages kept.
PAGE_CACHE_HIDDEN_MODELS = {
    "admin",
    "auth",
    "axes",
    "contenttypes",
    "django_tasks_database",
    "modelsearch",
    "posync",
    "sessions",
    "wagtail_localize",
    "wagtailadmin",
    "wagtailcore.BaseLogEntry",
    "wagtailcore.Comment",
    "wagtailcore.CommentReply",
    "wagtailcore.PageSubscription",
    "wagtailcore.ReferenceIndex",
    "wagtailcore.Revision",
    "wagtailcore.TaskState",
    "wagtailcore.UploadedFile",
    "wagtailcore.WorkflowState",
    "wagtailforms.AbstractFormSubmission",
    "wagtailsearch",
    "wagtailsearchpromotions.Query",
    "wagtailsearchpromotions.QueryDailyHits",
    "wagtailusers",
}
# Called at start; says what tells pages made by this code from those that another release has left in the cache.
PAGE_CACHE_RELEASE = str


DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# The first lets nobody try a password who has tried too many. Every login comes by here: visitors' and the admin's.
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AXES_HANDLER = "home.access.throttle.LoginThrottle"
AXES_CLIENT_IP_CALLABLE = "home.access.throttle.counted_address"
AXES_LOCKOUT_CALLABLE = "home.access.throttle.answer_locked_out"
# Of an account from one address; home.access.throttle has the other limits.
AXES_FAILURE_LIMIT = 5
# What a login from there makes good again.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
# Whoever goes on trying is not kept out for ever.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
# The log names nobody.
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False

# Where whoever has given a password goes without a page that they asked for.
LOGIN_REDIRECT_URL = "language_choice"
LOGIN_URL = "wagtailcore_login"

# Languages. A third one is a line here, a home page in its tree, and its catalogs.
LANGUAGE_CODE = "bg"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [
    ("bg", _("Bulgarian")),
    ("en", _("English")),
]
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
USE_I18N = True
WAGTAIL_I18N_ENABLED = True
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["home.i18n.formats"]
# What editors type and pick in the admin: the first of home.i18n.formats' own, in either language.
WAGTAIL_DATE_FORMAT = "%d.%m.%Y"
WAGTAIL_DATETIME_FORMAT = "%d.%m.%Y %H:%M"
# A visitor who chose a language finds it again next year; the choice is no secret and no tracking.
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
LANGUAGE_COOKIE_SAMESITE = "Lax"

# What visitors' browsers may load: nothing from another host, but for a film's player after a click. Wagtail's admin has
# scripts of its own making, its previews of pages too.
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/cms/"],
    "DIRECTIVES": {
        "default-src": [csp.SELF],
        "img-src": [csp.SELF, "data:"],
        "frame-src": ["https://player.vimeo.com", "https://www.youtube-nocookie.com"],
        "object-src": [csp.NONE],
        "base-uri": [csp.SELF],
        "form-action": [csp.SELF],
    },
}

TIME_ZONE = "Europe/Sofia"
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [SOURCE_DIR / "static"]
STATIC_ROOT = BASE_DIR / "var" / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(variable("MEDIA_ROOT", BASE_DIR / "media"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

# How many proxies add to X-Forwarded-For; without one, the header is what a client likes it to be.
PROXIES_IN_FRONT = 0

WAGTAIL_SITE_NAME = "IOM Bulgaria"
# Hashes of editors' addresses are not sent to a third party for a picture.
# The admin asks no other host for anything.
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILADMIN_BASE_URL = variable("SITE_URL", "http://localhost:8000").rstrip("/")
# Slugs are ASCII by the Transliteration Act (home.i18n.slugs); a Cyrillic one becomes unreadable once shared.
WAGTAIL_ALLOW_UNICODE_SLUGS = False
# Never a redirect to the storage's own address: that asks nobody who may read a document.
WAGTAILDOCS_SERVE_METHOD = "serve_view"
# Nothing that runs in a browser; home.routing.document_headers is for what lies there all the same.
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "pptx", "rtf", "txt", "xlsx", "zip"]
WAGTAILDOCS_INLINE_CONTENT_TYPES = ["application/pdf"]
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpeg", "jpg", "png", "webp"]
# Wagtail's own for SQLite and PostgreSQL; on PostgreSQL it uses a dictionary of Bulgarian where the server has one.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "home.search.backend"}}
# A translation submitted in the admin starts as a draft: visitors see a language only once it was approved there.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
# Deleting a translated page must not delete the translators' work.
WAGTAILLOCALIZE_DISABLE_ON_DELETE = True

POSYNC = {
    # The folder that holds <language>/content/…/*.po.
    "ROOT": Path(variable("POSYNC_ROOT", BASE_DIR / "locale")),
    # Not WAGTAILADMIN_BASE_URL, which follows the port of a developer's server: the files would follow it too.
    "LINK_BASE_URL": "http://localhost:8000",
    # Every page that is published first in one language is offered to translators of the other.
    "SUBMIT_ON_PUBLISH": True,
    # The page cache listens to page_published, too.
    "IGNORED_RECEIVERS": ["home.page_cache.invalidation.something_saved"],
}
