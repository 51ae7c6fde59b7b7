"""A catalog's header: our fields, and those of a translator's tool."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

#: Written by us at every export. Every other field is the translator's tool's own, and carried as it came: so no
#: date moves unless somebody's work moved it.
OWN_FIELDS = frozenset(
    {
        "Project-Id-Version",
        "Report-Msgid-Bugs-To",
        "Language",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
        "Plural-Forms",
        "X-Source-Language",
    }
)

_NAMES = frozenset({"Last-Translator", "X-Generator"})


@dataclass(frozen=True, slots=True)
class CatalogHeader:
    """Our fields of a header. Languages are gettext's names ("bg", "pt_BR")."""

    project: str
    bugs_to: str
    language: str
    source_language: str
    plural_forms: str
    #: The language's English name: GNU gettext asks for a team even where there is none.
    team: str
    #: When the translation was begun, as gettext writes it ("2026-03-03 14:05+0000"): the date of an untouched file.
    begun: str

    def fields(self, carried: Mapping[str, str]) -> dict[str, str]:
        """The whole header: our fields, and a tool's own from `carried`."""
        return {
            "PO-Revision-Date": self.begun,
            "Last-Translator": "",
            "Language-Team": self.team,
            **carried_fields(carried),
            "Project-Id-Version": self.project,
            "Report-Msgid-Bugs-To": self.bugs_to,
            "Language": self.language,
            "MIME-Version": "1.0",
            "Content-Type": "text/plain; charset=UTF-8",
            "Content-Transfer-Encoding": "8bit",
            "Plural-Forms": self.plural_forms,
            # Poedit and others read the source language here.
            "X-Source-Language": self.source_language,
        }


def carried_fields(header: Mapping[str, str]) -> dict[str, str]:
    """A tool's own fields in a header: the next export writes them again."""
    return {name: value for name, value in header.items() if name not in OWN_FIELDS}


def without_names(header: Mapping[str, str]) -> dict[str, str]:
    """A header for whoever must not know who has worked on the file, and by which tool."""
    return {name: value for name, value in header.items() if name not in _NAMES}


def normalised_language(header: Mapping[str, str]) -> str:
    """A header's language, as Django writes it: "pt-br" for "pt_BR"; "" where it names none."""
    return header.get("Language", "").strip().replace("_", "-").lower()


def closest_language(named: str, known: Collection[str]) -> str:
    """The site's language behind a name: "bg" for the "bg-bg" of many tools; the name itself unless just one fits."""
    codes = {code.lower() for code in known}
    related = [code for code in codes if code.split("-")[0] == named.split("-")[0]]
    return related[0] if named not in codes and len(related) == 1 else named
