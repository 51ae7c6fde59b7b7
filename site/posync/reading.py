"""PO files as they come in: parsed, and told which catalogs they mean."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from posync.catalogs import active_catalogs, relative_name
from posync.conf import posync_settings
from posync.core.headers import normalised_language
from posync.core.messages import Message, PoFile
from posync.core.naming import language_of_path, split_msgctxt
from posync.core.pofile import PoFileError, read_po
from posync.core.results import FileCounts, Issue, RunResult, Severity
from posync.files import digest
from posync.models import Catalog


@dataclass(frozen=True)
class ReadFile:
    """A PO file that could be parsed."""

    path: Path
    #: For people: the path below the root, or the whole one.
    name: str
    digest: str
    po: PoFile

    @cached_property
    def folder_language(self) -> str:
        """The language of the folder that the file lies in, "" outside the root."""
        root = posync_settings().ROOT
        if not self.path.is_relative_to(root):
            return ""
        return language_of_path(PurePosixPath(self.path.relative_to(root))).replace("_", "-").lower()

    @cached_property
    def language(self) -> str:
        """By the header; by the folder where a tool has dropped it; else ""."""
        return normalised_language(self.po.header) or self.folder_language

    @cached_property
    def by_domain(self) -> dict[str, list[Message]]:
        """The messages by the text domains that their msgctxt names; under "" those that name none."""
        domains: dict[str, list[Message]] = defaultdict(list)
        for message in self.po.messages:
            domains[split_msgctxt(message.msgctxt)[0]].append(message)
        return dict(domains)


def read_file(path: Path, content: bytes | None = None) -> ReadFile | RunResult:
    """Parse a file, or say in a result with a failed file why it cannot be. `content` is its bytes, if read already."""
    name = relative_name(path)
    try:
        if content is None:
            content = path.read_bytes()
        file = ReadFile(path, name, digest(content), read_po(content))
    except OSError as error:
        return _failed("unreadable", f"The file cannot be read: {error.strerror}.", name)
    except PoFileError as error:
        return _failed("syntax", str(error), name, error.line)
    if file.folder_language and file.language != file.folder_language:
        text = f"The header says Language: {file.language}, but the file lies in the folder of {file.folder_language}."
        return _failed("wrong-language", f"{text} Move it, or correct the header.", name, 1)
    return file


def _failed(code: str, message: str, name: str, line: int = 0) -> RunResult:
    return RunResult(files=FileCounts(failed=1), issues=(Issue(Severity.ERROR, code, message, name, line),))


def catalogs_of(
    files: Sequence[ReadFile], languages: Collection[str] = ()
) -> dict[tuple[Path, str], Catalog]:
    """The catalog that each domain of each file means, by path and domain, without those that cannot be told.

    The language is the file's, or the only one asked for; where there is neither, the domain's only target.
    """
    domains = {domain for file in files for domain in file.by_domain}
    found: dict[str, list[Catalog]] = defaultdict(list)
    for catalog in (
        active_catalogs().filter(domain__name__in=domains).defer("translation__source__content_json")
    ):
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
