"""What the figures were measured on."""

import os
import platform
from importlib.metadata import version

from django.db import connection


def describe() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        database = cursor.fetchone()[0].split()[0]
    packages = (f"{name} {version(name)}" for name in ("Django", "wagtail", "wagtail-localize"))
    processors = len(os.sched_getaffinity(0))
    return (
        f"{connection.display_name} {database}, Python {platform.python_version()}, {', '.join(packages)}; "
        f"{processors} processors, load {os.getloadavg()[0]:.1f}"
    )
