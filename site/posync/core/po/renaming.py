"""Renamed fields and blocks, in the paths of entries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

#: A path by its steps, with the ids of blocks and inline children; and the names of fields and blocks along it.
#: "body.<uuid>.heading" goes with "body.section.heading", "offices.<uuid>.name" with "offices.name".
Located = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Renaming:
    """A field, block or relation with another name. Both are paths of names: "body.quote.text", "body.citation.text".

    Raises ValueError where one path is shorter, or a name is empty.
    """

    old: str
    new: str

    def __post_init__(self) -> None:
        old, new = self.old.split("."), self.new.split(".")
        if len(old) != len(new):
            raise ValueError(
                f"“{self.old}” has {len(old)} names and “{self.new}” {len(new)}: a renamed entry stays at its depth."
            )
        if not all((*old, *new)):
            raise ValueError(f"A name is empty in “{self.old}” or “{self.new}”.")

    @property
    def reversed(self) -> "Renaming":
        return Renaming(self.new, self.old)

    def applied(self, path: str, field_path: str) -> Located | None:
        """The path and the field path under the new name; None where the old name is not in them.

        A path without its field path ("" then) is renamed as far as it has names itself.
        """
        steps = _steps(path)
        names = field_path.split(".") if field_path else [step for step in steps if not _is_unnamed(step)]
        old, new = self.old.split("."), self.new.split(".")
        if names[: len(old)] != old:
            return None
        places = _places(steps, names, 0, whole=True) or _places(steps, names, 0, whole=False)
        if places is None:
            return None
        for place, before, after in zip(places, old, new, strict=False):
            # Where the step is the id of a block, the name is in the field path alone.
            if steps[place] == before:
                steps[place] = after
        return ".".join(steps), ".".join([*new, *names[len(old) :]])


def former_paths(path: str, field_path: str, renamings: Sequence[Renaming]) -> set[str]:
    """An entry's paths before `renamings`, given in the order of their time."""
    found: set[Located] = {(path, field_path)}
    for renaming in reversed(renamings):
        found |= set(_applied(renaming.reversed, found))
    return {former for former, _names in found} - {path}


def _applied(renaming: Renaming, located: Iterable[Located]) -> list[Located]:
    return [applied for one in located if (applied := renaming.applied(*one))]


def _steps(path: str) -> list[str]:
    """The steps of a path. The last may be a quoted address, with dots of its own."""
    steps, quote, address = path.partition(".'")
    return [*steps.split("."), *([f"'{address}"] if quote else [])]


def _is_unnamed(step: str) -> bool:
    return step.startswith("'") or _is_uuid(step)


def _is_uuid(step: str) -> bool:
    try:
        UUID(step)
    except ValueError:
        return False
    return True


def _places(steps: Sequence[str], names: Sequence[str], start: int, *, whole: bool) -> tuple[int, ...] | None:
    """The index of each name's step; None where steps and names do not go together.

    With `whole`, no step but a quoted address is left over.
    """
    rest = steps[start:]
    if not names:
        return () if not (whole and rest) or rest[0].startswith("'") else None
    if not rest:
        return None
    if rest[0] == names[0] or start:
        following = _places(steps, names[1:], start + 1, whole=whole)
        if following is not None:
            return start, *following
    # The key of an inline child has no name.
    return _places(steps, names, start + 1, whole=whole) if start and _is_uuid(rest[0]) else None
