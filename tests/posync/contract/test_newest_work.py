"""Whatever moves wherever, and whenever it is noticed: the newest work on a text is in use, in dispute, or kept as a draft."""

import shutil

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail_localize.models import StringSegment, StringTranslation

from posync.files.import_files import import_files
from posync.models import Conflict, Draft
from posync.sources.refresh_sources import refresh_changed_sources
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import block, block_id, edit, read, stream, translate, translate_all

pytestmark = pytest.mark.django_db

TEXTS = ("We have moved", "Our office is open", "A winter report", "Read more of it")
FIELDS = ("intro", "lead", "body")
PLACES = [(page, field) for page in (0, 1) for field in FIELDS]

steps = st.lists(
    st.one_of(
        st.tuples(st.just("move"), st.integers(0, 3), st.integers(0, 5)),
        st.tuples(st.just("type"), st.integers(0, 3), st.just(0)),
        st.tuples(st.just("translate"), st.integers(0, 3), st.just(0)),
        st.tuples(st.sampled_from(["sync", "refresh", "import"]), st.just(0), st.just(0)),
    ),
    min_size=3,
    max_size=14,
)


class World:
    """Four texts on six places of two pages, and the newest work on each."""

    def __init__(self, pages, locale, root) -> None:
        self.pages, self.locale, self.root = pages, locale, root
        self.places = {text: PLACES[number] for number, text in enumerate(TEXTS)}
        self.newest: dict[str, str] = {}
        self.number = 0

    def step(self, act: str, text: int, place: int) -> None:
        chosen = TEXTS[text]
        match act:
            case "move":
                self.move(chosen, PLACES[place])
            case "type":
                self.type_in_admin(chosen)
            case "translate":
                self.translate(chosen)
            case "refresh":
                refresh_changed_sources()
            case "import":
                import_files()
            case "sync":
                sync()
                self.check()

    def move(self, text: str, place: tuple[int, str]) -> None:
        """To another place; what stands there comes here."""
        here = self.places[text]
        for other, there in self.places.items():
            if there == place:
                self.places[other] = here
        self.places[text] = place
        for number in {here[0], place[0]}:
            fields = {field: self.at(number, field) for field in FIELDS}
            body = stream(block("char", fields["body"], f"{number}")) if fields["body"] else "[]"
            self.pages[number] = edit(self.pages[number], **{**fields, "body": body})

    def at(self, number: int, field: str) -> str:
        return next((text for text, place in self.places.items() if place == (number, field)), "")

    def new_text(self, text: str) -> str:
        self.number += 1
        self.newest[text] = f"Превод {self.number}"
        return self.newest[text]

    def segment(self, text: str) -> StringSegment | None:
        number, field = self.places[text]
        path = f"body.{block_id(str(number))}" if field == "body" else field
        return StringSegment.objects.filter(
            source__object_id=self.pages[number].translation_key, context__path=path, string__data=text
        ).first()

    def type_in_admin(self, text: str) -> None:
        if (segment := self.segment(text)) is not None:
            key = {"translation_of_id": segment.string_id, "context_id": segment.context_id}
            found = StringTranslation.objects.filter(locale__language_code="bg", **key).first()
            found = found or StringTranslation(locale=self.locale, **key)
            found.data = self.new_text(text)
            found.save()

    def translate(self, text: str) -> None:
        files = [self.root / "bg/content/one.po", self.root / "bg/content/two.po"]
        having = [path for path in files if any(e.msgid == text and not e.obsolete for e in read(path))]
        if len(having) == 1:
            translate(having[0], {text: self.new_text(text)})

    def check(self) -> None:
        for text, newest in self.newest.items():
            segment = self.segment(text)
            assert segment is not None
            in_use = StringTranslation.objects.filter(
                translation_of=segment.string_id, context=segment.context_id, locale__language_code="bg"
            ).values_list("data", flat=True)
            disputed = Conflict.objects.filter(
                path=segment.context.path, msgid=text, resolved_at=None
            ).values_list("file_text", flat=True)
            # Changed on both sides while it went to another page, the file's text is kept on the page that it came from.
            kept = Draft.objects.filter(msgid=text, text=newest).values_list("text", flat=True)
            assert newest in {*in_use, *disputed, *kept}, f"{text}: {newest}, not {[*in_use, *disputed]}"


@pytest.fixture
def pages(make_page, bulgarian, catalog_root):
    """Two pages with a text in each of four places, live in both languages."""
    texts = dict(zip(PLACES, TEXTS, strict=False))
    made = []
    for number, slug in enumerate(("one", "two")):
        fields = {field: texts.get((number, field), "") for field in ("intro", "lead")}
        body = texts.get((number, "body"))
        fields["body"] = stream(block("char", body, f"{number}")) if body else "[]"
        made.append(make_page(title=f"Page {slug}", slug=slug, **fields))
        submit(made[-1], [bulgarian])
    sync()
    translate_all(catalog_root)
    sync()
    return made


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_the_newest_work_on_a_text_is_in_use_or_waits_for_a_person(
    pages, bulgarian, catalog_root, tmp_path, found
):
    saved = tmp_path / "saved"
    if not saved.exists():
        shutil.copytree(catalog_root, saved)
    shutil.rmtree(catalog_root)  # a failed example leaves its files
    shutil.copytree(saved, catalog_root)
    with transaction.atomic():
        world = World(list(pages), bulgarian, catalog_root)
        for step in found:
            world.step(*step)
        world.step("sync", 0, 0)
        transaction.set_rollback(True)
