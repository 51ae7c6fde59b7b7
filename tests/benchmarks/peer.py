"""The steps by wagtail-localize's own calls, one object after the other, on the first pages of the world.

Each function prepares a step and returns what is measured.
"""

from collections.abc import Callable
from pathlib import Path

import polib
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from tests.benchmarks.world import source_pages

Step = Callable[[], object]


def submit(sample: int) -> Step:
    pages = list(source_pages()[:sample])
    bulgarian = Locale.objects.get(language_code="bg")

    def step() -> None:
        for page in pages:
            source, _created = TranslationSource.update_or_create_from_instance(page)
            Translation.objects.create(source=source, target_locale=bulgarian, enabled=True)

    return step


def export(root: str) -> Step:
    translations = _translations()
    folder = Path(root)

    def step() -> None:
        for translation in translations:
            _file(folder, translation).write_text(str(translation.export_po()))

    return step


def import_all(root: str) -> Step:
    translations = _translations()
    folder = Path(root)

    def step() -> None:
        for translation in translations:
            translation.import_po(polib.pofile(str(_file(folder, translation))), tool_name="PO file")

    return step


def publish(limit: int | None = None) -> Step:
    translations = _translations()[:limit]

    def step() -> None:
        for translation in translations:
            translation.save_target()

    return step


def _translations() -> list[Translation]:
    """In the order of the tree: they were submitted in it."""
    return list(Translation.objects.select_related("source", "target_locale").order_by("pk"))


def _file(folder: Path, translation: Translation) -> Path:
    return folder / f"{translation.uuid}.po"
