"""One rule for the person's button and for the batch: the same verdict, whatever stands in the way at once."""

from dataclasses import dataclass, replace
from itertools import product

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask
from wagtail_localize.models import StringTranslation

from posync.catalogs.load import active_catalogs, load_catalogs
from posync.catalogs.paths import catalog_file, relative_name
from posync.files.import_files import import_files
from posync.models import Catalog
from posync.publishing.action import (
    PublishTranslation,
    PublishTranslationError,
    PublishTranslationPermissionError,
)
from posync.publishing.gate import Gate
from posync.publishing.publish import publish
from posync.sources.submit import submit_many
from posync.sync import sync
from tests.posync.people import target_of, translate_all
from tests.testapp.models import EveryPage, Notice, Topic

# One process makes the states.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("gate combinations")]


@dataclass(frozen=True)
class Situation:
    """What may stand in a translation's way, each by itself or with others."""

    complete: bool
    original_live: bool
    #: "none", "live", "edited": with an editor's draft, or "offline": taken there by an editor.
    target: str
    #: Whose: "nobody", "another" or "own".
    lock: str = "nobody"
    workflow: bool = False
    #: Whether the page above is live in the language.
    parent: bool = True

    def verdict(self, *, asked: bool) -> str:
        """The first obstacle by the documented order; "" for none. `asked`: by a person, whose own lock it is."""
        obstacles = {
            "incomplete": not self.complete,
            "source-unpublished": not self.original_live,
            "unpublished": self.target == "offline" and not asked,
            "locked": self.lock == "another" or (self.lock == "own" and not asked),
            "in-workflow": self.workflow,
            "edited": self.target == "edited" and not asked,
            "parent": not self.parent and self.target in ("none", "offline"),
        }
        return next((reason for reason, is_there in obstacles.items() if is_there), "")


def situations(*targets: str) -> list[Situation]:
    """All of them; what is not there is neither locked nor in a workflow."""
    found = [
        Situation(*rest)
        for rest in product(
            (True, False), (True, False), targets, ("nobody", "another", "own"), (True, False)
        )
    ]
    return [one for one in found if one.target != "none" or (one.lock, one.workflow) == ("nobody", False)]


OF_NOTICES = situations("none", "live", "edited", "offline")
OF_PAGES = [replace(one, parent=parent) for one in OF_NOTICES for parent in (True, False)]
#: A snippet without drafts is live, and nobody can lock it.
OF_TOPICS = [Situation(complete, True, target) for complete in (True, False) for target in ("none", "live")]


@pytest.fixture
def site(prepare, homes, english, bulgarian, make_page, catalog_root) -> dict[int, Situation]:
    """A page or snippet in each situation, by the primary key of its catalog."""
    prepare("situations", lambda: _make_all(english, bulgarian, make_page, catalog_root))
    catalogs = dict(Catalog.objects.values_list("domain__object", "pk"))
    return {catalogs[source.translation_key]: situation for source, situation in _sources(english)}


def _sources(english):
    """What _make_all has made, each with its situation."""
    pages = EveryPage.objects.filter(locale=english, slug__startswith="page-").order_by("pk")
    notices = Notice.objects.filter(locale=english).order_by("pk")
    topics = Topic.objects.filter(locale=english).order_by("pk")
    yield from zip([*pages, *notices, *topics], [*OF_PAGES, *OF_NOTICES, *OF_TOPICS], strict=True)


def _make_all(english, bulgarian, make_page, catalog_root) -> None:
    above = {True: make_page(title="Above", slug="above"), False: make_page(title="Offline", slug="offline")}
    for number, situation in enumerate(OF_PAGES):
        page = EveryPage(locale=english, title=f"Page {number}", slug=f"page-{number}", intro="Text")
        above[situation.parent].add_child(instance=page)
    for number in range(len(OF_NOTICES)):
        Notice.objects.create(slug=f"notice-{number}", text=f"Notice {number}", locale=english)
    for number in range(len(OF_TOPICS)):
        Topic.objects.create(name=f"Topic {number}", locale=english)
    submit_many([bulgarian])
    sync()
    translate_all(catalog_root)
    import_files()
    # Those with a target are published by a run that finds the others incomplete.
    later = [source for source, situation in _sources(english) if situation.target == "none"]
    texts = StringTranslation.objects.filter(context__object__in=[source.translation_key for source in later])
    texts.update(has_error=True)
    publish()
    texts.update(has_error=False)
    _stand_in_the_way(english, bulgarian)
    EveryPage.objects.filter(pk=target_of(above[False], bulgarian).pk).update(live=False)
    Catalog.objects.update(needs_publish=True)


@pytest.fixture
def person(site):
    return get_user_model().objects.get(username="publisher")


def _stand_in_the_way(english, bulgarian) -> None:
    person = get_user_model().objects.create_superuser("publisher")
    another = get_user_model().objects.create_superuser("another")
    workflow = Workflow.objects.create(name="Moderation")
    task = GroupApprovalTask.objects.create(name="Look")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    for source, situation in _sources(english):
        target = target_of(source, bulgarian)
        assert (target is None) == (situation.target == "none")
        if situation.workflow:
            target.save_revision()
            workflow.start(target, another)
        own = {
            "locked": situation.lock != "nobody",
            "locked_by": {"own": person, "another": another}.get(situation.lock),
            "has_unpublished_changes": situation.target == "edited",
            "live": situation.target != "offline",
        }
        if target is not None and not isinstance(target, Topic):
            type(target).objects.filter(pk=target.pk).update(**own)
        if not situation.original_live:
            type(source).objects.filter(pk=source.pk).update(live=False)
        if not situation.complete:
            StringTranslation.objects.filter(context__object=source.translation_key).update(has_error=True)


def wanted(site, *, asked: bool) -> dict[int, str]:
    return {pk: situation.verdict(asked=asked) for pk, situation in site.items()}


def loaded_catalogs(site):
    return load_catalogs(list(active_catalogs().filter(pk__in=site)))


def reason_of(gate, loaded) -> str:
    blocker = gate.blocker_for(loaded)
    return str(blocker.reason) if blocker else ""


def test_every_combination_of_reasons_has_one_verdict_for_the_button_and_for_the_batch(site, person):
    batch = loaded_catalogs(site)
    gate = Gate(batch, person)
    together = {loaded.catalog.pk: reason_of(gate, loaded) for loaded in batch}
    pressed = {loaded.catalog.pk: _pressed(loaded.catalog, person) for loaded in batch}
    assert together == pressed == wanted(site, asked=True)


def _pressed(catalog, person) -> str:
    try:
        PublishTranslation(catalog, person).check()
    except PublishTranslationError as error:
        return str(error.reason)
    return ""


def test_the_system_is_stopped_by_more_and_alike_in_a_batch_alone_and_foreseen(site):
    batch = loaded_catalogs(site)
    gate = Gate(batch)
    verdicts = wanted(site, asked=False)
    assert {loaded.catalog.pk: reason_of(gate, loaded) for loaded in batch} == verdicts
    assert {one.catalog.pk: reason_of(Gate([one]), one) for one in batch} == verdicts
    files = {relative_name(catalog_file(one.catalog)): one.catalog.pk for one in batch}
    foreseen, done = publish(dry_run=True), publish()
    for result in (foreseen, done):
        told = {files[issue.file]: str(issue.code) for issue in result.issues if issue.file in files}
        told = (
            dict.fromkeys(verdicts, "published") | told
        )  # of one that shows its texts already nothing is told
        assert told == {pk: verdict or "published" for pk, verdict in verdicts.items()}


def test_whoever_may_not_publish_is_told_nothing_else(site, django_user_model):
    stranger = django_user_model.objects.create_user("stranger")
    for loaded in loaded_catalogs(site)[:40]:
        with pytest.raises(PublishTranslationPermissionError):
            PublishTranslation(loaded.catalog, stranger).check()


def test_more_translations_take_no_more_queries(site, person):
    batch = loaded_catalogs(site)
    few = batch[::-9]  # with each model
    assert {loaded.catalog.source_model for loaded in few} == {EveryPage, Notice, Topic}
    counts = []
    for catalogs in (few, batch):
        with CaptureQueriesContext(connection) as captured:
            gate = Gate(catalogs, person)
            for loaded in catalogs:
                gate.blocker_for(loaded)
        counts.append(len(captured))
    assert counts[0] == counts[1]
