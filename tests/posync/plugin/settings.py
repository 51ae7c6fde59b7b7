"""A site that has the plug-in installed."""

import os

from posync import hooks
from tests.posync.settings import *  # noqa: F403
from tests.posync.settings import INSTALLED_APPS, POSYNC

INSTALLED_APPS = [*INSTALLED_APPS, "shop_translations"]
SHOP_CONFLICTS = os.environ["SHOP_CONFLICTS"]
POSYNC = {
    **POSYNC,
    "CHECKS": [*hooks.CHECKS, "shop_translations.checks.prices"],
    "ENTRY_COMMENTS": [*hooks.ENTRY_COMMENTS, "shop_translations.comments.tone"],
}
