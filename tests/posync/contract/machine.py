"""Random sequences of everything that people and machines do to a site and its catalogs."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from unittest import mock

import polib
from django.db import connection, transaction
from django.db.models import QuerySet
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule
from wagtail_localize.models import StringSegment, StringTranslation

from posync.catalogs.load import CurrentEntry, LoadedCatalog, active_catalogs, load_catalogs
from posync.catalogs.paths import catalog_file
from posync.core.issue_codes import IssueCode
from posync.core.results import RunResult
from posync.files.atomic_replacement import Replacements
from posync.files.disk import catalog_files
from posync.files.export_files import export
from posync.files.import_files import DEFAULTS, ImportOptions, import_files
from posync.history.resolve_conflicts import Choice, open_conflicts, resolve
from posync.history.undo_run import undo
from posync.models import Run
from posync.publishing.publish import publish
from posync.sources.refresh_sources import refresh_changed_sources
from posync.sync import sync
from tests.posync.conftest import WrittenRows
from tests.posync.contract.promises import Promises, gettext, is_blocked, look, texts_in_files, texts_kept
from tests.posync.contract.world import Block, World, bare, numbers_of
from tests.posync.people import fresh, read, snapshot

#: Few enough that people meet at the same text.
pages = st.integers(0, 2)
places = st.integers(0, 8)


class Killed(BaseException):
    """The process ends here."""


class Site:
    """The site as all examples find it, in the database and on the disk."""

    def __init__(self, world: World, root: Path, saved: Path) -> None:
        self.world = world
        self.root = root
        self.saved = saved
        shutil.copytree(root, saved)

    def put_files_back(self) -> None:
        shutil.rmtree(self.root)
        shutil.copytree(self.saved, self.root)


class ContractMachine(RuleBasedStateMachine):
    """After each step, nothing that anybody typed may be lost, and nothing unapproved be seen."""

    def __init__(self, site: Site) -> None:
        super().__init__()
        self.site = site
        site.put_files_back()
        # What a killed process has done is undone block by block: each is a savepoint within the example's transaction.
        self._savepoints = mock.patch.object(
            transaction.Atomic,
            "savepoint",
            property(lambda self: True, lambda self, value: None),
            create=True,
        )
        self._savepoints.start()
        self._transaction = transaction.atomic()
        self._transaction.__enter__()
        world = site.world
        self.world = World(
            world.texts,
            world.locales,
            world.homes,
            list(world.pages),
            {key: list(contents) for key, contents in world.contents.items()},
        )
        self.promises = Promises(self.world, site.root)
        self.promises.typed = self.promises.about_to_read(self.files)
        self.promises.agreed = look()
        self.promises.note_files()

    def teardown(self) -> None:
        try:
            self._sync()
            self.promises.files_are_valid()
        finally:
            transaction.set_rollback(True)
            self._transaction.__exit__(None, None, None)
            self._savepoints.stop()

    @property
    def own_files(self) -> list[Path]:
        """The files of catalogs that are there, with an entry or more."""
        found = (catalog_file(catalog) for catalog in active_catalogs())
        return sorted(path for path in found if path.exists() and len(read(path)))

    @property
    def files(self) -> list[Path]:
        return list(catalog_files(self.site.root))

    # Editors

    @rule(page=pages, place=places, how=st.sampled_from(["new", "longer", "copied", "marked up"]))
    def edit_a_text(self, page: int, place: int, how: str) -> None:
        page = pick(self.world.pages, page)
        content = self.world.content(page)
        places = ["title", "intro", *content.paragraphs, *content.blocks]
        chosen = pick(places, place)
        if isinstance(chosen, Block):
            index = content.blocks.index(chosen)
            block = replace(chosen, text=self._edited(chosen.text, how, content.title))
            content = content.with_block(index, block)
        elif chosen in ("title", "intro"):
            before = getattr(content, chosen)
            content = replace(content, **{chosen: self._edited(before, how, content.title)})
        else:
            index = content.paragraphs.index(chosen)
            content = content.with_paragraph(index, self._edited(chosen, how, content.title))
        self.world.publish(page, content)

    def _edited(self, text: str, how: str, another: str) -> str:
        if "<" in text or len(text) > 40:
            return self.world.texts.source()
        return {
            "new": self.world.texts.source(" is quite new"),
            "longer": f"{text} and on",
            "copied": another,
            "marked up": self.world.texts.source(", old & new"),
        }[how]

    @rule(page=pages, place=places, how=st.sampled_from(["delete", "re-create", "move", "add", "swap"]))
    def rearrange_blocks(self, page: int, place: int, how: str) -> None:
        page = pick(self.world.pages, page)
        content = self.world.content(page)
        place %= max(1, len(content.blocks))
        if how == "add" or not content.blocks:
            block = Block.new("rich" if place else "char", self.world.texts.source(" was added"))
            content = replace(content, blocks=(*content.blocks, block))
        else:
            block = content.blocks[place]
            if how == "delete":
                content = content.with_block(place)
            elif how == "re-create":
                content = content.with_block(place, Block.new(block.kind, block.text))
            elif how == "swap":
                content = replace(content, intro=block.text[:80]).with_block(
                    place, replace(block, text=content.intro)
                )
            else:
                content = replace(
                    content.with_block(place), blocks=(block, *content.with_block(place).blocks)
                )
        self.world.publish(page, content)

    @rule(page=pages, place=places, how=st.sampled_from(["delete", "turn", "to another page", "add"]))
    def rearrange_paragraphs(self, page: int, place: int, how: str) -> None:
        page = pick(self.world.pages, page)
        content = self.world.content(page)
        if how == "add" or not content.paragraphs:
            added = self.world.texts.source(" was <b>added</b>.")
            self.world.publish(page, replace(content, paragraphs=(*content.paragraphs, added)))
            return
        place %= len(content.paragraphs)
        text = content.paragraphs[place]
        if how == "turn":
            turned = (*content.paragraphs[place:], *content.paragraphs[:place])
            self.world.publish(page, replace(content, paragraphs=turned))
            return
        self.world.publish(page, content.with_paragraph(place))
        if how == "to another page":
            other = self.world.pages[1] if page.pk == self.world.pages[0].pk else self.world.pages[0]
            there = self.world.content(other)
            self.world.publish(other, replace(there, paragraphs=(*there.paragraphs, text)))

    @rule(page=pages)
    def take_an_edit_back(self, page: int) -> None:
        page = pick(self.world.pages, page)
        self.world.publish(page, pick(self.world.contents[page.pk], 3 * page.pk))

    @rule(number=places)
    def move_a_page_or_change_its_slug(self, number: int) -> None:
        jobs = fresh(self.world.pages[1])
        if number % 2:
            jobs.slug = f"jobs-{number}"
            jobs.save_revision().publish()
        else:
            under_home = jobs.get_parent().pk == self.world.homes["en"].pk
            jobs.move(fresh(self.world.pages[0] if under_home else self.world.homes["en"]), pos="last-child")

    @rule(number=places)
    def lock_or_unlock_a_translation(self, number: int) -> None:
        self.promises.lock_or_unlock(number)

    @rule()
    def refresh_in_the_background(self) -> None:
        refresh_changed_sources()
        self._check()

    # Administrators

    @rule(page=pages, place=places, how=st.sampled_from(["new", "new", "clear", "the file's"]))
    def translate_in_the_admin(self, page: int, place: int, how: str) -> None:
        loaded = pick(load_catalogs(list(active_catalogs())), page)
        if not loaded.entries:
            return
        entry = pick(list(loaded.current), place)
        sides = look().get((loaded.catalog.locale.language_code, loaded.msgctxt(entry.path), entry.msgid))
        if how == "clear":
            for found in StringTranslation.objects.filter(**_row(loaded, entry)):
                found.delete()
        elif how == "the file's" and sides and sides.msgstr and not is_blocked(sides.msgstr):
            self._type(loaded, [entry], sides.msgstr)
        else:
            self._type(loaded, [entry])
        self._check()

    def _type(self, loaded: LoadedCatalog, entries: list[CurrentEntry], text: str = "") -> None:
        """Translate as wagtail-localize's editor does."""
        for entry in entries:
            typed = text or self.world.texts.translation(entry.msgid)
            defaults = {"data": typed, "tool_name": "", "has_error": False, "field_error": ""}
            StringTranslation.objects.update_or_create(**_row(loaded, entry), defaults=defaults)
            self.promises.typed_in_admin(typed)

    @precondition(lambda self: open_conflicts().exists())
    @rule(which=places, choice=st.sampled_from(Choice))
    def resolve_a_conflict(self, which: int, choice: Choice) -> None:
        conflict = pick(list(open_conflicts()), which)
        text = self.world.texts.translation(conflict.msgid) if choice is Choice.TEXT else ""
        self.promises.agreed = None
        result = resolve([conflict.pk], choice, text)
        conflict.refresh_from_db()
        if conflict.resolved_at and not result.issues:
            if StringSegment.objects.filter(
                string__data=conflict.msgid, context__path=conflict.path
            ).exists():
                self.promises.typed |= {text} - {""}
            self.promises.approved |= numbers_of(conflict.resolution)
        self._check()

    @precondition(lambda self: _runs_to_undo().exists())
    @rule(which=places)
    def undo_a_run(self, which: int) -> None:
        undo(pick(list(_runs_to_undo()[:3]), which).pk)
        self.promises.agreed = None
        self._check()

    @rule()
    def prune_the_history(self) -> None:
        self.promises.prune_the_history()
        self._check()

    # Translators

    @rule(
        file=pages,
        entry=places,
        how=st.sampled_from(["approve", "approve", "fuzzy", "blocked", "sloppy"]),
        comment=st.booleans(),
    )
    def translate_in_a_file(self, file: int, entry: int, how: str, comment: bool) -> None:
        with self._opened(file) as po:
            for chosen in {id(one): one for one in (pick(po, entry), pick(po, entry + 1))}.values():
                text = self.world.texts.translation(chosen.msgid)
                chosen.msgstr = {"blocked": f"{text}<script>", "sloppy": f" {text}  "}.get(how, text)
                chosen.flags = ["fuzzy"] if how == "fuzzy" else []
                chosen.previous_msgid = None
                if comment:
                    chosen.tcomment = self.world.texts.comment()

    @rule(file=pages, entry=places, how=st.sampled_from(["approve", "fuzzy", "blocked"]))
    def translate_the_same_text_in_both_places(self, file: int, entry: int, how: str) -> None:
        self.translate_in_a_file(file, entry, how, comment=False)
        path = pick([path for path in self.files if len(read(path))] or [None], file)
        for loaded in load_catalogs(list(active_catalogs())):
            if path is not None and catalog_file(loaded.catalog) == path:
                chosen = pick(read(path), entry)
                self._type(loaded, [m for m in loaded.current if m.msgid == chosen.msgid][:1])

    @rule(file=pages)
    def finish_a_file(self, file: int) -> None:
        if self.files:
            self.world.translate_all(pick(self.files, file))

    @rule(file=pages, entry=places, how=st.sampled_from(["fuzzy", "clear", "delete", "obsolete", "old"]))
    def mark_or_remove_an_entry(self, file: int, entry: int, how: str) -> None:
        with self._opened(file) as po:
            chosen = pick(po, entry)
            if how == "fuzzy":
                chosen.flags = [] if chosen.fuzzy else ["fuzzy"]
            elif how == "clear":
                chosen.msgstr, chosen.flags = "", []
            elif how == "delete":
                po.remove(chosen)
            else:
                if how == "old" and chosen.msgstr:
                    chosen.msgstr = self.world.texts.translation(chosen.msgid)
                chosen.obsolete = True

    @rule(
        file=pages,
        how=st.sampled_from(
            ["reverse", "no header", "no comments", "wrapped", "msgcat", "no contexts", "spaces"]
        ),
    )
    def save_with_another_tool(self, file: int, how: str) -> None:
        if how == "msgcat":
            if self.files:
                path = pick(self.files, file)
                done = gettext("msgcat", "--width=40", "-", content=path.read_bytes())
                if done.returncode == 0:
                    path.write_bytes(done.stdout)
            return
        with self._opened(file) as po:
            if how == "reverse":
                po.reverse()
            elif how == "no header":
                po.metadata, po.header = {"Content-Type": "text/plain; charset=UTF-8"}, ""
            elif how == "no comments":
                for entry in po:
                    entry.comment = entry.tcomment = ""
                    entry.previous_msgid = None
            elif how == "no contexts":  # csv2po
                for entry in po:
                    entry.msgctxt = None
            elif how == "spaces":
                for entry in po[::2]:
                    entry.msgid = entry.msgid.replace(" ", "  ", 1)
            else:
                po.wrapwidth = 40

    @contextmanager
    def _opened(self, file: int) -> Iterator[polib.POFile]:
        """A file to be changed; where there is none with an entry, one that nobody gets to see."""
        paths = [path for path in self.files if len(read(path))]
        if not paths:
            nowhere = polib.POFile()
            nowhere.append(polib.POEntry(msgid="nothing"))
            yield nowhere
            return
        po = read(pick(paths, file))
        yield po
        po.save()

    @rule(file=pages)
    def delete_a_file(self, file: int) -> None:
        if self.files:
            pick(self.files, file).unlink()

    @rule(file=pages, entry=places, fuzzy=st.booleans())
    def import_a_bundle(self, file: int, entry: int, fuzzy: bool) -> None:
        """A file with a few entries of many pages, from somewhere else."""
        bundle = polib.POFile()
        bundle.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Language": "bg"}
        for path in self.files:
            entries = [one for one in read(path) if one.msgctxt and not one.obsolete]
            if entries and "/bg/" in str(path):
                chosen = pick(entries, entry)
                chosen.msgstr = self.world.texts.translation(chosen.msgid)
                chosen.flags = ["fuzzy"] if fuzzy else []
                bundle.append(chosen)
        path = self.site.saved.parent / "bundle.po"
        bundle.save(str(path))
        texts = self.promises.about_to_read([path])
        import_files([path])
        self.promises.has_read(texts)
        self.promises.agreed = None
        self._check()

    # The pipeline

    @rule()
    def sync_at_night(self) -> None:
        self._sync()

    # The same again, so that it comes more often.

    @rule()
    def sync_in_the_morning(self) -> None:
        self._sync()

    @rule()
    def sync_at_noon(self) -> None:
        self._sync()

    @rule()
    def sync_in_the_evening(self) -> None:
        self._sync()

    def _sync(self, options: ImportOptions = DEFAULTS) -> RunResult:
        texts = self.promises.about_to_read(self.files)
        before = look()
        if not options.accept_older:
            before = self.promises.without_restored(before)
        else:
            # An older file may name entries as its time did.
            before = {key: sides for key, sides in before.items() if sides.msgstr is not None}
        news, copied = self.promises.keys_of_new_copies(), self.promises.texts_of_earlier_sources()
        disputed, said = self.promises.keys_in_dispute(), self.promises.said_by_files()
        self.promises.note_files(read_now=True)
        result = sync(options=options)
        assert result.pages.failed == 0, result.issues
        # A file that a person has to mend is left alone.
        assert result.files.failed <= len(self.promises.unclear_domains()), result.issues
        self.promises.has_read(texts)
        self.promises.merged_three_ways(before, news, texts, copied, disputed, said)
        self.promises.note_files()
        self.promises.agreed = look()
        self._check()
        self.promises.each_live_word_has_a_record()
        # A file that waits for a person may be clear by itself once the publication has found its source changed by SQL.
        if IssueCode.NO_MSGCTXT not in {issue.code for issue in result.issues}:
            self._a_second_sync_writes_nothing()
        return result

    def _a_second_sync_writes_nothing(self) -> None:
        files = snapshot(self.site.root)
        with WrittenRows() as found:
            sync()
        assert found.statements == [], found.statements
        assert snapshot(self.site.root) == files

    @rule()
    def import_the_files(self) -> None:
        texts = self.promises.about_to_read(self.files)
        import_files()
        self.promises.has_read(texts)
        self.promises.agreed = None
        self._check()

    @rule()
    def publish_pages(self) -> None:
        publish()
        self._check()

    @rule()
    def export_the_files(self) -> None:
        waiting = texts_in_files(self.site.root)
        export()
        self.promises.agreed = None
        texts = texts_in_files(self.site.root)
        self._check(elsewhere=texts)
        lost = {bare(text) for text in waiting} - {bare(text) for text in texts} - texts_kept()
        assert not lost, f"an export wrote over {sorted(lost)}"

    @rule(
        file=pages,
        step=st.sampled_from([sync, sync, import_files, export, publish]),
        writes=st.integers(1, 40),
    )
    def be_killed_at_work(self, file: int, step: Callable, writes: int) -> None:
        self.finish_a_file(file)
        texts = self.promises.about_to_read(self.files)
        with _killed_after(writes):
            step()
        self.promises.agreed = None
        self.promises.typed |= texts
        # What the step did not come to still lies in the files; whoever changes those is no fault of ours.
        unread = texts_in_files(self.site.root)
        self._check(elsewhere=unread)
        self.promises.forget_unread(texts & unread)

    def _check(self, elsewhere: set[str] = frozenset()) -> None:
        self.promises.nothing_is_lost(elsewhere)
        self.promises.only_approved_texts_are_live()
        self.promises.nothing_live_went_offline()
        self.promises.locked_translations_stay_as_they_are()


def _runs_to_undo() -> QuerySet[Run]:
    """Runs not undone yet, and with all their texts."""
    return Run.objects.exclude(kind=Run.Kind.UNDO).filter(undone_by=None).exclude(changes__pruned=True)


def _row(loaded: LoadedCatalog, entry: CurrentEntry) -> dict[str, int]:
    return {
        "translation_of_id": entry.string_id,
        "context_id": entry.context_id,
        "locale_id": loaded.catalog.locale_id,
    }


def pick(options, number: int):
    """One of the options."""
    return options[number % len(options)]


@contextmanager
def _killed_after(writes: int) -> Iterator[None]:
    """Raise at a write to the database, or just before or behind a file is replaced."""
    left = writes

    def tick() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            raise Killed

    def execute(do_execute, sql, params, many, context):
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            tick()
        return do_execute(sql, params, many, context)

    def put(self: Replacements, path: Path, compared: bytes | None, original=Replacements.put) -> None:
        tick()
        original(self, path, compared)
        tick()

    patched = mock.patch.object(Replacements, "put", put)
    with suppress(Killed), patched, connection.execute_wrapper(execute):
        yield
