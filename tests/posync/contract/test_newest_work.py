"""Whatever moves wherever, and whenever it is noticed: the newest work on a text is in use, in dispute, or kept as a draft."""

import shutil

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail_localize.models import StringSegment, StringTranslation

from posync.files.import_files import import_files
from posync.history.resolve_conflicts import Choice, resolve
from posync.models import Conflict, Draft
from posync.sources.refresh_sources import refresh_changed_sources
from posync.sources.submit import submit
from posync.sync import sync
from tests.posync.people import block, block_id, edit, read, snapshot, stream, translate, translate_all

pytestmark = pytest.mark.django_db

TEXTS = ("We have moved", "Our office is open", "A winter report", "Read more of it")
FIELDS = ("intro", "lead", "body")
PLACES = [(page, field) for page in (0, 1) for field in FIELDS]

steps = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["move", "paste"]), st.integers(0, 3), st.integers(0, 5)),
        st.tuples(st.sampled_from(["cut", "fuzzy"]), st.integers(0, 3), st.just(0)),
        st.tuples(st.sampled_from(["type", "resolve"]), st.integers(0, 3), st.just(0)),
        st.tuples(st.just("translate"), st.integers(0, 3), st.just(0)),
        st.tuples(st.sampled_from(["sync", "refresh", "import", "copy"]), st.just(0), st.just(0)),
    ),
    min_size=3,
    max_size=14,
)


class World:
    """Four texts on six places of two pages, and the newest work on each."""

    def __init__(self, pages, locale, root) -> None:
        self.pages, self.locale, self.root = pages, locale, root
        #: The oldest place first.
        self.places = {text: [PLACES[number]] for number, text in enumerate(TEXTS)}
        self.newest: dict[str, str] = {}
        self.number = 0

    def step(self, act: str, text: int, place: int) -> None:
        chosen = TEXTS[text]
        match act:
            case "move":
                self.move(chosen, PLACES[place])
            case "paste":
                self.paste(chosen, PLACES[place])
            case "cut":
                self.cut(chosen)
            case "copy":
                self.copy()
            case "resolve":
                self.resolve(text)
            case "type":
                self.type_in_admin(chosen)
            case "translate" | "fuzzy":
                self.translate(chosen, fuzzy=act == "fuzzy")
            case "refresh":
                refresh_changed_sources()
            case "import":
                import_files()
            case "sync":
                sync()
                self.check()
                before = snapshot(self.root)
                sync()
                assert snapshot(self.root) == before, "a second sync writes nothing"

    def move(self, text: str, place: tuple[int, str]) -> None:
        """To another place; what stands there comes here."""
        here = self.places[text][0]
        for there in self.places.values():
            there[:] = [here if one == place else one for one in there]
        self.places[text][0] = place
        self.publish({here[0], place[0]})

    def paste(self, text: str, place: tuple[int, str]) -> None:
        """Into an empty place; it stands at both until it is cut."""
        if not any(place in there for there in self.places.values()):
            self.places[text].append(place)
            self.publish({place[0]})

    def cut(self, text: str) -> None:
        """From its oldest place."""
        if len(self.places[text]) > 1:
            number, _field = self.places[text].pop(0)
            self.publish({number})

    def copy(self) -> None:
        """Leave the files of now in the folder, under other names, with no news in them."""
        sync()
        for name in ("one", "two"):
            shutil.copy(self.root / f"bg/content/{name}.po", self.root / f"bg/content/{name} (copy).po")

    def publish(self, pages: set[int]) -> None:
        for number in pages:
            fields = {field: self.at(number, field) for field in FIELDS}
            body = stream(block("char", fields["body"], f"{number}")) if fields["body"] else "[]"
            self.pages[number] = edit(self.pages[number], **{**fields, "body": body})

    def at(self, number: int, field: str) -> str:
        return next((text for text, there in self.places.items() if (number, field) in there), "")

    def new_text(self, text: str) -> str:
        self.number += 1
        self.newest[text] = f"Превод {self.number}"
        return self.newest[text]

    def segment(self, text: str, place: int = -1) -> StringSegment | None:
        number, field = self.places[text][place]
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

    def resolve(self, number: int) -> None:
        """One way or the other."""
        choice = [Choice.FILE, Choice.DATABASE][number % 2]
        for conflict in Conflict.objects.filter(resolved_at=None):
            if resolve([conflict.pk], choice).entries.imported:
                text = conflict.file_text if choice is Choice.FILE else conflict.database_text
                self.newest[conflict.msgid] = text

    def translate(self, text: str, *, fuzzy: bool) -> None:
        files = [self.root / "bg/content/one.po", self.root / "bg/content/two.po"]
        having = [path for path in files if any(e.msgid == text and not e.obsolete for e in read(path))]
        if len(having) == 1:
            translate(having[0], {text: self.new_text(text)}, fuzzy=fuzzy)

    def check(self) -> None:
        places = [(text, place) for text in self.newest for place in range(len(self.places[text]))]
        found = {text: set[str]() for text in self.newest}
        for text, place in places:
            segment = self.segment(text, place)
            assert segment is not None
            in_use = StringTranslation.objects.filter(
                translation_of=segment.string_id, context=segment.context_id, locale__language_code="bg"
            ).values_list("data", flat=True)
            disputed = Conflict.objects.filter(
                path=segment.context.path, msgid=text, resolved_at=None
            ).values_list("file_text", flat=True)
            # Changed on both sides while it went to another page, the file's text is kept on the page that it came from.
            kept = Draft.objects.filter(msgid=text).values_list("text", flat=True)
            found[text] |= {*in_use, *disputed, *kept}
        for text, newest in self.newest.items():
            assert newest in found[text], f"{text}: {newest}, not {found[text]}"


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
