from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _

from home.i18n.collation import add_collations


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Website")

    def ready(self):
        connection_created.connect(add_collations, dispatch_uid="home.i18n.collation")
        from home.page_cache import invalidation  # noqa: PLC0415 - models must be loaded first

        invalidation.connect()
        from home.forms.exports import escape_formulas  # noqa: PLC0415 - models must be loaded first

        escape_formulas()
