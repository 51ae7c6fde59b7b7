"""The order of names, which must be the same on SQLite as on PostgreSQL."""

import pytest
from django.utils import translation

from home.i18n.collation import by_name
from home.models import SectionPage

BULGARIAN = [
    "2030",
    "ангел",
    "Ангел",
    "и",
    "ѝ",
    "изток",
    "йод",
    "Нов",
    "новина",
    "щъркел",
    "ъгъл",
    "юг",
    "ябълка",
    "angel",
    "Zebra",
]
ENGLISH = ["2030", "angel", "Angel", "café", "cage", "Zebra", "ангел", "ябълка"]


@pytest.mark.parametrize(("language", "names"), [("bg", BULGARIAN), ("en", ENGLISH)])
def test_names_stand_as_in_the_languages_alphabet(bg_home, without_background_work, language, names):
    for number, name in enumerate(reversed(names)):
        bg_home.add_child(instance=SectionPage(title=name, slug=f"page-{number}"))
    with translation.override(language):
        assert list(SectionPage.objects.order_by(by_name("title")).values_list("title", flat=True)) == names
