"""The socket for publishing many pages at once, and the reasons for publishing a model one page at a time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from typing import Protocol

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from wagtail.models import Page

from posync import hooks
from posync.catalogs.load import LoadedCatalog, active_catalogs
from posync.conf import posync_settings
from posync.models import Catalog
from posync.plugins import check_texts, members, note_failure
from posync.publishing.gate import Gate


@dataclass(frozen=True, slots=True)
class Published:
    """A published target."""

    catalog: Catalog
    target: models.Model
    #: Whether this publication made the target.
    created: bool


@dataclass(frozen=True, slots=True)
class Done:
    """The outcome of a batch."""

    published: list[Published] = field(default_factory=list)
    #: Catalogs whose target says what it should already.
    unchanged: list[Catalog] = field(default_factory=list)
    #: With the error, and the page as it was refused.
    refused: list[tuple[LoadedCatalog, ValidationError, Page]] = field(default_factory=list)
    #: Catalogs left to Wagtail's own calls.
    unusual: list[Catalog] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why pages of a model are published one at a time."""

    text: str
    #: A receiver of signals, which `IGNORED_RECEIVERS` may name.
    is_receiver: bool = False
    #: A setting, of all models alike.
    is_setting: bool = False


class BatchPublisher(Protocol):
    """The product of `BATCH_PUBLISHER`, called once for each batch."""

    def publish(self, ready: Sequence[LoadedCatalog], gate: Gate, user: AbstractBaseUser | None) -> Done:
        """Publish pages let through by the gate, within the caller's transaction."""

    def obstacles(self, model: type[models.Model]) -> Sequence[Obstacle]:
        """Why pages of the model are published one at a time; empty where they are not."""


@dataclass(frozen=True, slots=True)
class SingleModel:
    """A model of pages published one at a time."""

    #: "shop.models.ProductPage".
    name: str
    obstacles: tuple[Obstacle, ...]

    def __str__(self) -> str:
        reasons = "; ".join(obstacle.text for obstacle in self.obstacles)
        return f"{self.name} is published one page at a time: {reasons}."


def batch_publisher() -> BatchPublisher | None:
    """The publisher of many pages at once; None where each is published by Wagtail's own calls."""
    path = posync_settings().BATCH_PUBLISHER
    if path is None or (path == hooks.BATCH_PUBLISHER and not _is_installed()):
        return None
    for member in members((path,)):
        try:
            return _Guarded(path, member.call())
        except Exception as error:  # noqa: BLE001 - noted, with its traceback in the log
            note_failure(path, error)
    return None


@dataclass(frozen=True, slots=True)
class _Guarded:
    """A batch publisher whose failures are noted with its name."""

    path: str
    publisher: BatchPublisher

    def publish(self, ready: Sequence[LoadedCatalog], gate: Gate, user: AbstractBaseUser | None) -> Done:
        """The publisher's own; what it raises goes on to the caller, who takes back the batch."""
        try:
            done = self.publisher.publish(ready, gate, user)
            if not isinstance(done, Done):
                raise TypeError(f"it returned {done!r:.60}, not Done")
        except Exception as error:
            # Pages of posync's own meet what the site does to them at that moment, and go out one at a time.
            if self.path != hooks.BATCH_PUBLISHER:
                note_failure(self.path, error)
            raise
        return done

    def obstacles(self, model: type[models.Model]) -> Sequence[Obstacle]:
        """The publisher's own; none where it fails."""
        try:
            found = tuple(self.publisher.obstacles(model))
            for obstacle in found:
                check_texts(obstacle)
        except Exception as error:  # noqa: BLE001 - noted, with its traceback in the log
            note_failure(self.path, error)
            return ()
        return found


@cache
def _is_installed() -> bool:
    """posync works without the folder of its own batch publisher."""
    return find_spec("posync.publishing.batch") is not None


def single_models(wanted: Iterable[type[models.Model]]) -> Iterator[SingleModel]:
    """Those of the models whose pages are published one at a time, with the reasons."""
    publisher = batch_publisher()
    for model in sorted(wanted, key=lambda model: model._meta.label):
        if found := (_no_publisher(),) if publisher is None else publisher.obstacles(model):
            yield SingleModel(f"{model.__module__}.{model.__qualname__}", tuple(found))


def _no_publisher() -> Obstacle:
    path = posync_settings().BATCH_PUBLISHER
    if path is None:
        return Obstacle("bulk publishing is turned off by BATCH_PUBLISHER", is_setting=True)
    return Obstacle(f"the BATCH_PUBLISHER, {path}, cannot be used", is_setting=True)


def translated_page_models() -> set[type[models.Model]]:
    """The models of translated pages."""
    ids = active_catalogs().order_by().values_list("translation__source__specific_content_type", flat=True)
    found = (ContentType.objects.get_for_id(pk).model_class() for pk in ids.distinct())
    return {model for model in found if model is not None and issubclass(model, Page)}
