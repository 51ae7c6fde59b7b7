"""The contract, as assertions on what lies in the database and on the disk."""

import json
import re
import subprocess
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field, replace
from pathlib import Path

import polib
from django.db.models import Exists, OuterRef
from wagtail.models import Page, PageViewRestriction
from wagtail_localize.models import StringSegment, StringTranslation

from posync.catalogs.load import LoadedCatalog, active_catalogs, load_catalogs
from posync.catalogs.paths import catalog_file
from posync.core.po.codec import read_po
from posync.core.po.naming import join_msgctxt
from posync.core.rules.validation import repair
from posync.files.disk import catalog_files
from posync.history.digests import digest_of
from posync.history.pruning import prune
from posync.models import Catalog, Change, Conflict, Draft
from posync.reports.origins import Act, provenance
from tests.posync.contract.world import SOURCE, World, bare, numbers_of
from tests.posync.people import fresh, read, target_of

#: An entry of the whole site: its language, and what identifies it in a file.
Key = tuple[str, str, str]


@dataclass(frozen=True)
class Sides:
    """An entry as file and database have it; `msgstr` is None where the file does not have it."""

    msgstr: str | None
    fuzzy: bool
    database: str
    #: The translator's.
    comment: str = ""
    #: The translation in the file's obsolete entry, where it has no other.
    obsolete: str = ""
    #: The comments of the file's entry on its source.
    extracted: str = field(default="", compare=False)

    @property
    def shows_what_is_in_use(self) -> bool:
        """Whether a file with the text in use beside another one says so."""
        return _words(f"In use: {self.database}") in _words(self.extracted)


def texts_in_files(root: Path) -> set[str]:
    """Every translation that lies in a file, in whatever state."""
    return {entry.msgstr for path in catalog_files(root) for entry in read(path) if entry.msgstr}


def texts_kept() -> set[str]:
    """Every text that somebody can still find without looking at a file."""
    in_use = StringSegment.objects.filter(
        string=OuterRef("translation_of"), context=OuterRef("context"), source__translations__enabled=True
    )
    found = set(StringTranslation.objects.filter(Exists(in_use)).values_list("data", flat=True))
    found.update(Draft.objects.values_list("text", flat=True))
    for texts in Conflict.objects.filter(resolved_at=None).values_list("file_text", "database_text"):
        found.update(texts)
    found.update(texts_of_history())
    for base in Catalog.objects.values_list("base", flat=True):
        found.update(entry.msgstr for entry in read_po(base).entries if entry.obsolete)
    return {bare(text) for text in found}


def texts_of_history() -> set[str]:
    return {text for texts in Change.objects.values_list("before", "after") for text in texts}


def look() -> dict[Key, Sides]:
    """Every entry that a source has, on both sides."""
    found: dict[Key, Sides] = {}
    for loaded in load_catalogs(list(active_catalogs())):
        entries, obsolete = _entries_as_imported(loaded), _obsolete_entries(loaded)
        for entry in loaded.current:
            carried = entries.get((loaded.msgctxt(entry.path), entry.msgid))
            key = (loaded.catalog.locale.language_code, loaded.msgctxt(entry.path), entry.msgid)
            aside = None if carried else obsolete.get(key[1:])
            commented = carried or aside
            found[key] = Sides(
                carried.msgstr if carried else None,
                bool(carried and carried.msgstr and carried.fuzzy),
                entry.approved,
                commented.tcomment if commented else "",
                aside.msgstr if aside else "",
                carried.comment if carried else "",
            )
    return found


def _entries_as_imported(loaded: LoadedCatalog) -> dict[tuple[str, str], polib.POEntry]:
    """The entries of a catalog's own file by `msgctxt` and `msgid` of the source: of several alike the first.

    Tools change the spaces of a `msgid`, or drop the `msgctxt`: where only one entry can be meant, it is.
    """
    path = catalog_file(loaded.catalog)
    wanted = {(loaded.msgctxt(entry.path), entry.msgid) for entry in loaded.current}
    found: dict[tuple[str, str], polib.POEntry] = {}
    strange = []
    for entry in read(path) if path.exists() else ():
        if (entry.msgctxt, entry.msgid) in wanted and not entry.obsolete:
            found.setdefault((entry.msgctxt, entry.msgid), entry)
        elif not entry.obsolete:
            strange.append(entry)
    without_context = Counter(entry.msgid for entry in strange if not entry.msgctxt)
    for entry in strange:
        if entry.msgctxt:
            alike = [
                key for key in wanted if key[0] == entry.msgctxt and key[1].split() == entry.msgid.split()
            ]
        else:
            alike = [key for key in wanted - found.keys() if key[1] == entry.msgid]
        if len(alike) == 1 and alike[0] not in found and without_context[entry.msgid] < 2:
            found[alike[0]] = entry
    return found


def _obsolete_entries(loaded: LoadedCatalog) -> dict[tuple[str, str], polib.POEntry]:
    path = catalog_file(loaded.catalog)
    entries = read(path) if path.exists() else ()
    return {(entry.msgctxt, entry.msgid): entry for entry in entries if entry.obsolete}


def texts_without_place(root: Path) -> set[str]:
    """Texts that lost their `msgctxt`. Where their source does not tell where they belong, they stay in their file.

    A copy is left alone; of a catalog's own file the obsolete ones go to the history.
    """
    own = {catalog_file(catalog) for catalog in active_catalogs()}
    return {
        entry.msgstr
        for path in catalog_files(root)
        for entry in read(path)
        if not entry.msgctxt and not (entry.obsolete and path in own)
    }


#: What is noted of the database; once approved is approved for ever.
_OF_THE_DATABASE = ("typed", "pruned", "agreed", "live", "locked", "private", "versions", "copies")


@dataclass
class Promises:
    """What was typed so far, and what must therefore be true."""

    world: World
    root: Path
    typed: set[str] = field(default_factory=set)
    #: Superseded texts, removed from the history on purpose. Files of before may still have them.
    pruned: set[str] = field(default_factory=set)
    #: The numbers of the texts that somebody approved, at any time.
    approved: set[str] = field(default_factory=set)
    #: What both sides said after the last import; None where one was killed since.
    agreed: dict[Key, Sides] | None = None
    live: set[int] = field(default_factory=set)
    #: Pages made private, by primary key.
    private: set[int] = field(default_factory=set)
    #: What locked translations show, by primary key.
    locked: dict[int, str] = field(default_factory=dict)
    #: What files held after each sync, and what a sync took from them as it was, by the catalog's primary key.
    versions: dict[int, list[bytes]] = field(default_factory=lambda: defaultdict(list))
    #: Files that are no catalog's own, as they were at the last sync.
    copies: dict[Path, bytes] = field(default_factory=dict)

    # What people do

    def typed_in_admin(self, text: str) -> None:
        self.typed.add(text)
        self.approved |= numbers_of(text)

    def about_to_read(self, paths: Iterable[Path]) -> set[str]:
        """Note what files carry before an import, and return the texts."""
        texts = set()
        for path in paths:
            for entry in read(path):
                texts.add(entry.msgstr)
                if entry.msgstr and not entry.fuzzy and not entry.obsolete and not is_blocked(entry.msgstr):
                    self.approved |= numbers_of(entry.msgstr)
        return texts - {""}

    def lock_or_unlock(self, number: int) -> None:
        """Turn the lock of a translation."""
        targets = [target for _language, target in self.targets()]
        if targets:
            target = targets[number % len(targets)]
            target.locked = not target.locked
            target.save()
            if target.locked:
                self.locked[target.pk] = shown_text(target)
            else:
                del self.locked[target.pk]

    def locks_are_as_now(self) -> None:
        """Note what translations show whose locks were turned by hand."""
        locked = {target.pk: target for _language, target in self.targets() if target.locked}
        self.locked = {pk: self.locked.get(pk) or shown_text(target) for pk, target in locked.items()}

    def privacy_was_set(self, page, *, private: bool) -> None:
        """A page is made private in every language at once, and public in one."""
        self.private.discard(page.pk)
        if private:
            versions = type(page).objects.filter(translation_key=page.translation_key)
            is_original = any(page.pk == original.pk for original in self.world.pages)
            self.private |= set(versions.values_list("pk", flat=True)) if is_original else {page.pk}

    def were_deleted(self, pages: set[int]) -> None:
        """Forget what was to be true of pages, by primary key."""
        self.live -= pages
        self.private -= pages
        self.locked = {pk: shown for pk, shown in self.locked.items() if pk not in pages}

    def has_read(self, texts: set[str]) -> None:
        """Note what an import took from files."""
        self.typed |= texts - texts_without_place(self.root)

    def note_files(self, *, read_now: bool = False) -> None:
        """Note what a sync has left, or with `read_now` what it is about to read.

        A file with texts taken out is not read as it is; nor is one with texts of unclear place, or left so.
        """
        own = {catalog_file(catalog): catalog for catalog in active_catalogs()}
        for path, catalog in own.items():
            if path.exists() and all(
                entry.msgctxt and (entry.msgstr or not read_now) for entry in read(path)
            ):
                versions = self.versions[catalog.pk]
                content = path.read_bytes()
                if content in versions:
                    versions.remove(content)
                versions.append(content)
        self.copies = {path: path.read_bytes() for path in catalog_files(self.root) if path not in own}

    def earlier_versions(self, catalog: Catalog) -> list[bytes]:
        """What its file held, without what it held last, and what a translator makes of that by taking flags away."""
        versions = self.versions[catalog.pk]
        return [version for version in versions[:-1] if not _only_confirms(version, versions[-1])]

    def without_restored(self, before: dict[Key, Sides]) -> dict[Key, Sides]:
        """Without what earlier versions of files say, for a sync that takes none of it."""
        agreed = self.agreed or {}
        restored = set()
        for loaded in load_catalogs(list(active_catalogs())):
            path = catalog_file(loaded.catalog)
            if path.exists() and path.read_bytes() in self.earlier_versions(loaded.catalog):
                language = loaded.catalog.locale.language_code
                restored |= {(language, loaded.msgctxt(entry.path), entry.msgid) for entry in loaded.current}
        return {
            key: replace(agreed[key], database=sides.database) if key in restored & agreed.keys() else sides
            for key, sides in before.items()
        }

    def _new_copies(self) -> list[Path]:
        """Files that are no catalog's own, and have changed since the last sync."""
        own = {catalog_file(catalog) for catalog in active_catalogs()}
        return [
            path
            for path in catalog_files(self.root)
            if path not in own and path.read_bytes() != self.copies.get(path)
        ]

    def texts_of_earlier_sources(self) -> set[tuple[str, str]]:
        """Their texts by place, and those of obsolete entries in all files.

        Of an earlier source, they are news of the entry that has its place now.
        """
        copies = {(entry.msgctxt, entry.msgstr) for path in self._new_copies() for entry in read(path)}
        obsolete = {
            (entry.msgctxt, entry.msgstr)
            for path in catalog_files(self.root)
            for entry in read(path)
            if entry.obsolete
        }
        return copies | obsolete

    def said_by_files(self) -> set[tuple[str, str, str, str]]:
        """Language, `msgctxt`, `msgid` and `msgstr` of all entries in use in the folder."""
        return {
            (path.relative_to(self.root).parts[0], entry.msgctxt, entry.msgid, entry.msgstr)
            for path in catalog_files(self.root)
            for entry in read(path)
            if not entry.obsolete
        }

    def keys_of_new_copies(self) -> set[Key]:
        """The entries of new copies."""
        said = {
            (path.relative_to(self.root).parts[0], entry.msgctxt, " ".join(entry.msgid.split()))
            for path in self._new_copies()
            for entry in read(path)
        }
        return {key for key in self.agreed or () if (*key[:2], " ".join(key[2].split())) in said}

    def keys_in_dispute(self) -> set[Key]:
        """The entries with an open conflict."""
        rows = Conflict.objects.filter(resolved_at=None).values_list(
            "catalog__locale__language_code", "catalog__domain__name", "path", "msgid"
        )
        return {(language, join_msgctxt(domain, path), msgid) for language, domain, path, msgid in rows}

    def shows_now(self, target) -> None:
        """Note what a locked translation shows, for a person has changed it."""
        if target.pk in self.locked:
            self.locked[target.pk] = shown_text(fresh(target))

    def noted(self) -> dict[str, object]:
        """What is noted of the database, to be gone back to with it."""
        return {name: deepcopy(getattr(self, name)) for name in _OF_THE_DATABASE}

    def go_back_to(self, noted: dict[str, object]) -> None:
        """Forget what the database has forgotten."""
        for name, value in deepcopy(noted).items():
            setattr(self, name, value)

    def prune_the_history(self) -> None:
        """Let the superseded texts go, and check that their digests stay."""
        before = texts_of_history()
        prune(0)
        after = texts_of_history()
        assert {digest_of(text) for text in before - after} <= after
        self.pruned |= {bare(text) for text in before - after} - texts_kept()

    def forget_unread(self, texts: set[str]) -> None:
        """Texts that lie in files alone, where translators may replace them."""
        self.typed -= {text for text in texts if bare(text) not in texts_kept()}

    # What must hold

    def nothing_is_lost(self, elsewhere: Iterable[str] = ()) -> None:
        lost = {bare(text) for text in self.typed} - texts_kept() - {bare(text) for text in elsewhere}
        lost -= self.pruned
        assert not lost, f"lost: {sorted(lost)}"

    def only_approved_texts_are_live(self) -> None:
        for language, target in self.targets():
            if target.live:
                self.live.add(target.pk)
            shown = shown_text(target)
            assert not SOURCE.search(shown), f"source text on the page in {language}: {shown}"
            assert numbers_of(shown) <= self.approved, f"not approved, in {language}: {shown}"

    def nothing_live_went_offline(self) -> None:
        live = {target.pk for _language, target in self.targets() if target.live}
        assert self.live <= live, f"offline now: {self.live - live}"

    def locked_translations_stay_as_they_are(self) -> None:
        for _language, target in self.targets():
            if target.pk in self.locked:
                assert shown_text(target) == self.locked[target.pk], f"“{target}” is locked"

    def each_live_word_has_a_record(self) -> None:
        """One of each text, where the page shows the latest ones. Nothing here is older than the records."""
        latest = list(active_catalogs().filter(needs_publish=False, texts_left=0, stopped=False))
        records = [
            record
            for record in provenance([catalog.pk for catalog in latest])
            if record.approval.at and record.origin.act is not Act.BEFORE_RECORDS
        ]
        links = Counter((record.language, record.msgctxt) for record in records if not record.source)
        assert all(number == 1 for number in links.values()), links
        found = Counter(
            (record.language, record.msgctxt, record.source, record.text)
            for record in records
            if record.source
        )
        live = {
            (target.translation_key, target.locale_id) for _language, target in self.targets() if target.live
        }
        wanted = Counter(
            (loaded.catalog.locale.language_code, loaded.msgctxt(entry.path), entry.msgid, entry.approved)
            for loaded in load_catalogs(latest)
            if (loaded.catalog.domain.object_id, loaded.catalog.locale_id) in live
            for entry in loaded.current
        )
        assert found == wanted, f"without a record: {wanted - found}; of no live text: {found - wanted}"

    def no_page_speaks_another_language(self) -> None:
        """Each tree has pages of its language, and no live alias of the other's."""
        for home in self.world.homes.values():
            others = fresh(home).get_descendants().exclude(locale=home.locale_id)
            assert not others, f"below “{home}”: {list(others)}"
        aliases = Page.objects.filter(alias_of__isnull=False, live=True)
        assert not aliases, list(aliases)

    def what_is_private_stays_so(self) -> None:
        restricted = set(PageViewRestriction.objects.values_list("page", flat=True))
        assert self.private <= restricted, f"public now: {self.private - restricted}"

    def no_page_has_a_script(self) -> None:
        for _language, target in self.targets():
            assert "javascript:" not in str(target.rich), f"“{target}”: {target.rich}"

    def targets(self) -> Iterator[tuple[str, object]]:
        for page in self.world.pages:
            for language, locale in self.world.locales.items():
                target = target_of(page, locale)
                if locale.pk != page.locale_id and target is not None:
                    yield language, target

    def merged_three_ways(
        self,
        before: dict[Key, Sides],
        elsewhere: Collection[Key] = (),
        read_texts: Collection[str] = (),
        copied: Collection[tuple[str, str]] = (),
        disputed: Collection[Key] = (),
        said: Collection[tuple[str, str, str, str]] = (),
    ) -> None:
        """Compare what a sync left with `before`, which was looked at just before it.

        What files have `said` of a text at a place where it stands no more counts where it stands now. What also stands `elsewhere` is left out: copies bring news of their own, once. `read_texts` are the files', and
        `copied` those of copies by place. Of entries `disputed` before, a file decides nothing that hides what is in use.
        """
        after = look()
        unclear = self.unclear_domains()
        moved = {
            (language, msgid, msgstr)
            for language, msgctxt, msgid, msgstr in said
            if (language, msgctxt, msgid) not in after
        }
        for key, was in (self.agreed or {}).items():
            if key in before and key in after and key not in elsewhere:  # in the source all the time
                if (key[0], key[2], after[key].msgstr) in moved:
                    continue
                is_hidden = key in disputed and not before[key].shows_what_is_in_use
                wanted = merged(key[2], was, before[key], is_hidden=is_hidden)
                is_found = before[key].msgstr is None and after[key].msgstr in read_texts
                if after[key].fuzzy and (is_found or (key[1], after[key].msgstr) in copied):
                    # Under an earlier source, or at an earlier place.
                    wanted = replace(wanted, msgstr=after[key].msgstr, fuzzy=True)
                if wanted.msgstr is None:
                    # Left for a person to mend at the last sync, mended since.
                    wanted = replace(after[key], database=wanted.database)
                if (key[0], key[1].partition(":")[0]) in unclear:
                    # The file stays as it is, for a person to mend.
                    wanted = replace(after[key], database=wanted.database)
                assert after[key] == wanted, (
                    f"{key}:\n{was=}\nnow={before[key]}\n{wanted=}\nfound={after[key]}"
                )
                if is_conflict(was, before[key]):
                    known = Conflict.objects.filter(
                        resolved_at=None, msgid=key[2], file_text=before[key].msgstr
                    )
                    assert known.exists(), f"{key}: no conflict of {was} and {before[key]}"

    def unclear_domains(self) -> set[tuple[str, str]]:
        """Language and domain of the files with entries that could belong to several texts."""
        return {
            (catalog.locale.language_code, catalog.domain.name)
            for catalog in active_catalogs()
            if catalog_file(catalog).exists()
            and any(entry.msgstr and not entry.msgctxt for entry in read(catalog_file(catalog)))
        }

    def files_are_valid(self) -> None:
        """Those that a sync writes: what Git has made of a copy stays as it is."""
        for path in filter(Path.exists, map(catalog_file, active_catalogs())):
            if any(entry.msgstr and not entry.msgctxt for entry in read(path)):
                continue  # a tool dropped the contexts, and a person has to mend it
            content = path.read_bytes()
            done = gettext("msgfmt", "-c", "-o", "/dev/null", "-", content=content)
            assert done.returncode == 0, f"{path}: {done.stderr.decode()}\n{content.decode()}"
            found = [(entry.msgctxt, entry.msgid) for entry in read_po(content).entries]
            assert len(found) == len(set(found)), f"duplicates in {path}"


def is_conflict(was: Sides, now: Sides) -> bool:
    """Whether file and database say different things, and neither what it said before."""
    file_is_new = (now.msgstr, now.fuzzy) != (was.msgstr, was.fuzzy)
    return bool(now.msgstr) and file_is_new and now.database not in (was.database, now.msgstr)


def merged(msgid: str, was: Sides, now: Sides, *, is_hidden: bool = False) -> Sides:
    """What both sides have to say after a sync, from what they said after the last one and just before this one.

    `is_hidden`: there is a dispute, and the file does not show it.
    """
    comment = now.comment or was.comment
    if now.obsolete and not (was.msgstr or was.database or now.database):
        return Sides(now.obsolete, True, "", comment)
    if not now.msgstr or (now.msgstr, now.fuzzy) == (was.msgstr, was.fuzzy):
        if now.database == was.database:
            return replace(was, comment=comment)
        if now.database:
            return Sides(now.database, False, now.database, comment)
        return Sides(was.msgstr, bool(was.msgstr), "", comment)
    is_unseen = is_hidden and bool(now.database) and now.msgstr != now.database
    if is_conflict(was, now) or is_unseen or now.fuzzy or is_blocked(now.msgstr):
        return Sides(now.msgstr, True, now.database, comment)
    text = repair(msgid, now.msgstr)
    return Sides(text, False, text, comment)


def _only_confirms(version: bytes, last: bytes) -> bool:
    """Whether the one has the other's texts, and nothing is fuzzy in it alone."""
    now, before = (
        {(entry.msgctxt, entry.msgid, entry.obsolete): entry for entry in read_po(content).entries}
        for content in (version, last)
    )
    return now.keys() == before.keys() and all(
        (entry.msgstr, entry.fuzzy and not before[key].fuzzy) == (before[key].msgstr, False)
        for key, entry in now.items()
    )


def _words(text: str) -> str:
    return " ".join(text.split())


def gettext(program: str, *arguments: str, content: bytes) -> subprocess.CompletedProcess[bytes]:
    """Run one of GNU gettext's programs on a file's content."""
    return subprocess.run([program, *arguments], input=content, capture_output=True, check=False)


def is_blocked(text: str) -> bool:
    """Whether it is one of the texts that the checks refuse."""
    return "<script" in text


def shown_text(page) -> str:
    body = json.dumps(list(page.body.raw_data), ensure_ascii=False)
    return re.sub(r"</?\w[^>]*>", "", f"{page.title} | {page.intro}{page.lead} | {page.rich} | {body}")
