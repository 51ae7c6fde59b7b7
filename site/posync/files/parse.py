"""Parses incoming PO files, and finds their catalogs."""

import os
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from pathlib import Path, PurePosixPath

from django.db.models import Q
from wagtail.coreutils import get_content_languages

from posync.catalogs.load import active_catalogs
from posync.catalogs.paths import placed, relative_name
from posync.conf import posync_settings
from posync.core.issue_codes import IssueCode
from posync.core.po.codec import PoFileError, read_po
from posync.core.po.entries import Entry, PoFile
from posync.core.po.headers import closest_language, normalised_language
from posync.core.po.limits import UnusableFile, check_ending, check_size, explain
from posync.core.po.naming import language_of_path, split_msgctxt
from posync.core.results import FileCounts, Issue, RunResult, Severity
from posync.files.atomic_replacement import original_place
from posync.files.disk import digest, read, read_found
from posync.history.stopped_translations import stopped_catalogs
from posync.models import Catalog


@dataclass(frozen=True)
class ReadFile:
    """A parsed PO file."""

    path: Path
    content: bytes
    po: PoFile
    #: What people call it, where its path is a passing one; "" for the path.
    called: str = ""

    @cached_property
    def name(self) -> str:
        """For people: the path below the root, or the whole one; or what they call it."""
        return self.called or relative_name(self.path)

    @cached_property
    def digest(self) -> str:
        return digest(self.content)

    @cached_property
    def _place(self) -> PurePosixPath | None:
        """The path below the root, None outside it. A displaced file counts for its original."""
        try:
            return PurePosixPath(original_place(self.path).relative_to(posync_settings().ROOT))
        except ValueError:
            return None

    @cached_property
    def folder_language(self) -> str:
        """The language of the file's folder, "" outside the root."""
        return language_of_path(self._place).replace("_", "-").lower() if self._place else ""

    @cached_property
    def own_domain(self) -> str:
        """The text domain whose file this is by its place, "" outside the root."""
        if not self._place or not self.folder_language:
            return ""
        return PurePosixPath(*self._place.parts[2:]).with_suffix("").as_posix()

    @property
    def tool(self) -> str:
        """The program behind the last save, by its own word."""
        return self.po.header.get("X-Generator", "")

    @cached_property
    def language(self) -> str:
        """By the header, as the site calls it; by the folder where a tool has dropped it; else ""."""
        named = normalised_language(self.po.header)
        return closest_language(named, get_content_languages()) if named else self.folder_language

    @cached_property
    def by_domain(self) -> dict[str, list[Entry]]:
        """The entries by the text domains in their msgctxt; under "" those without one.

        Those in use come first: no obsolete entry ever stands for one of them.
        """
        domains: dict[str, list[Entry]] = defaultdict(list)
        for entry in sorted(self.po.entries, key=attrgetter("obsolete")):
            domains[split_msgctxt(entry.msgctxt)[0]].append(entry)
        return dict(domains)


def read_file(
    path: Path, content: bytes | None = None, *, found_below_root: bool = False
) -> ReadFile | RunResult:
    """Parse a file, or say in a result with a failed file why it cannot be.

    `content` is its bytes, if read already. A file `found_below_root` lies in no folder of another place.
    """
    path = placed(path)
    if not _is_utf8(path):
        text = "The file's name is not in UTF-8, so that nothing can be noted of it. Rename the file."
        return _failed(
            IssueCode.UNREADABLE, text, os.fsencode(relative_name(path)).decode(errors="backslashreplace")
        )
    try:
        if content is None:
            content = read_found(path) if found_below_root else read(path)
        file = ReadFile(path, content, _parsed(content))
    except OSError as error:
        return _failed(
            IssueCode.UNREADABLE, f"The file cannot be read: {error.strerror}.", relative_name(path)
        )
    except UnusableFile as error:
        return _failed(error.code, str(error), relative_name(path), error.line)
    if file.folder_language and file.language != file.folder_language:
        text = f"The header says Language: {file.language}, but the file lies in the folder of {file.folder_language}."
        return _failed(
            IssueCode.WRONG_LANGUAGE,
            f"{text} Move it, or correct the header.",
            file.name,
            _line_of_language(content),
        )
    return file


def _is_utf8(path: Path) -> bool:
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def _parsed(content: bytes) -> PoFile:
    check_size(content)
    try:
        po = read_po(content)
    except PoFileError as error:
        raise explain(content, error) from error
    check_ending(content)
    if (place := content.find(b"\0")) >= 0:
        line = content.count(b"\n", 0, place) + 1
        text = f"Line {line} has a NUL character, where gettext's own programs end a text. Delete it."
        raise UnusableFile(IssueCode.SYNTAX, text, line)
    return po


def _line_of_language(content: bytes) -> int:
    return content[: content.lower().find(b'"language:')].count(b"\n") + 1


def _failed(code: str, message: str, name: str, line: int = 0) -> RunResult:
    return RunResult(files=FileCounts(failed=1), issues=(Issue(Severity.ERROR, code, message, name, line),))


def stopped_of(
    files: Sequence[ReadFile], catalogs: Mapping[tuple[Path, str], Catalog]
) -> set[tuple[Path, str]]:
    """The domains in files whose translation is stopped and can be started again. `catalogs` are all others."""
    wanted = [
        (file, domain) for file in files for domain in file.by_domain if (file.path, domain) not in catalogs
    ]
    languages: dict[str, set[str]] = defaultdict(set)
    domains = {domain for _file, domain in wanted if domain}
    for catalog in stopped_catalogs(Q(domain__name__in=domains)) if domains else ():
        languages[catalog.domain.name].add(catalog.locale.language_code.lower())
    return {
        (file.path, domain)
        for file, domain in wanted
        if (file.language in languages[domain] if file.language else languages[domain])
    }


def owners_of(files: Sequence[ReadFile], catalogs: Mapping[tuple[Path, str], Catalog]) -> dict[Path, Catalog]:
    """The catalogs of files by place alone. `catalogs` are those of their content, mostly the same."""
    placed = [file for file in files if file.own_domain]
    known = [catalog for file in placed if (catalog := catalogs.get((file.path, file.own_domain)))]
    found = {_domain_and_language(catalog): catalog for catalog in known}
    domains = {file.own_domain for file in placed if (file.own_domain, file.folder_language) not in found}
    if domains:
        others = active_catalogs().filter(domain__name__in=domains)
        found |= {_domain_and_language(catalog): catalog for catalog in others}
    owners = {file.path: found.get((file.own_domain, file.folder_language)) for file in placed}
    return {path: catalog for path, catalog in owners.items() if catalog is not None}


def _domain_and_language(catalog: Catalog) -> tuple[str, str]:
    return catalog.domain.name, catalog.locale.language_code.lower()


def catalogs_of(
    files: Sequence[ReadFile], languages: Collection[str] = ()
) -> dict[tuple[Path, str], Catalog]:
    """The catalog of each domain in each file, by path and domain; unknown and ambiguous domains are left out.

    The language is the file's, or the only one asked for; where there is neither, the domain's only target.
    """
    domains = {domain for file in files for domain in file.by_domain}
    found: dict[str, list[Catalog]] = defaultdict(list)
    for catalog in active_catalogs(with_base=True).filter(domain__name__in=domains):
        found[catalog.domain.name].append(catalog)
    chosen: dict[tuple[Path, str], Catalog] = {}
    for file in files:
        language = file.language or (next(iter(languages)).lower() if len(languages) == 1 else "")
        for domain in file.by_domain:
            matching = [
                catalog
                for catalog in found[domain]
                if (not language or catalog.locale.language_code.lower() == language)
                and (not languages or catalog.locale.language_code in languages)
            ]
            if len(matching) == 1:
                chosen[file.path, domain] = matching[0]
    return chosen
