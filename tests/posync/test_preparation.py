"""The states that tests start from: laid down, they are what was made."""

import shutil
from contextlib import contextmanager

import pytest
from django.db import transaction
from wagtail.models import Locale

from posync.sync import sync
from tests.posync.people import translate
from tests.posync.preparation import Preparation, recorded_tables

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(tmp_path):
    return Preparation(tmp_path / "prepared")


@pytest.fixture
def rolled_back(catalog_root):
    """Leave no trace of a block: as between two tests."""

    @contextmanager
    def block():
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
        shutil.rmtree(catalog_root, ignore_errors=True)

    return block


def state(root):
    """Every row and every file."""
    rows = [table.rows() for table in recorded_tables()]
    return rows, {path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def make_german():
    Locale.objects.create(language_code="de")


def test_what_is_laid_down_is_what_was_made(submitted, news_po, catalog_root, known, rolled_back):
    made = []

    def work():
        made.append(1)
        sync()
        translate(news_po, {"News": "Новини"})
        sync()

    states = []
    for _test in range(2):
        with rolled_back(), known.of_test() as prepare:
            prepare("live", work)
            states.append(state(catalog_root))
    assert states[0] == states[1]
    assert len(made) == 1


def test_a_state_that_somebody_else_wrote_to_is_made_in_full(known, rolled_back):
    with rolled_back(), known.of_test() as prepare:
        prepare("german", make_german)
    with rolled_back(), known.of_test() as prepare:
        Locale.objects.create(language_code="bg")
        prepare("german", make_german)
        assert Locale.objects.filter(language_code="de").exists()
    assert len(known.steps) == 1


def test_steps_before_and_settings_make_it_another_state(known, rolled_back, settings):
    with rolled_back(), known.of_test() as prepare:
        prepare("german", make_german)
    with rolled_back(), known.of_test() as prepare:
        prepare("nothing", lambda: None)
        prepare("german", make_german)
    settings.LANGUAGE_CODE = "bg"
    with rolled_back(), known.of_test() as prepare:
        prepare("german", make_german)
    assert len(known.steps) == 4


def test_another_ground_and_other_files_make_it_another_state(known, rolled_back, catalog_root):
    with rolled_back(), known.of_test() as prepare:
        prepare("german", make_german)
    with rolled_back():
        Locale.objects.create(language_code="fr")
        with known.of_test() as prepare:
            prepare("german", make_german)
    with rolled_back(), known.of_test() as prepare:
        catalog_root.mkdir()
        (catalog_root / "a.po").write_text("")
        prepare("german", make_german)
    assert len(known.steps) == 3


def test_a_test_has_steps_laid_down_unless_it_asks_for_monkeypatch_itself(prepare):
    assert not prepare.is_strange


def test_one_that_asks_for_it_has_every_step_done_in_full(monkeypatch, prepare):
    assert prepare.is_strange


def test_a_test_may_have_every_step_done_in_full(known, rolled_back):
    for _test in range(2):
        with rolled_back(), known.of_test(in_full=True) as prepare:
            prepare("german", make_german)
            assert Locale.objects.filter(language_code="de").exists()
    assert known.steps == {}
