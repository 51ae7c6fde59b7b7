"""Names a machine translator's version in the history: another one writes other texts."""

from functools import cache
from importlib.metadata import packages_distributions, version

from wagtail_localize.machine_translators import get_machine_translator


def with_version(engine: str) -> str:
    """The engine's name, with the package that it is from, where it is the one in use."""
    translator = get_machine_translator()
    if translator is None or translator.display_name != engine:
        return engine
    package = _package(type(translator).__module__.partition(".")[0])
    return f"{engine} ({package})" if package else engine


@cache
def _package(module: str) -> str:
    """Name and version of the package with a module; "" for a module of the site's own."""
    for name in packages_distributions().get(module, ())[:1]:
        return f"{name} {version(name)}"
    return ""
