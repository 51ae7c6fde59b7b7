"""Pages and snippets for the pipeline's tests alone."""

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Orderable,
    Page,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail.snippets.models import register_snippet

from tests.testapp.blocks import EveryBlock


@register_snippet
class Topic(TranslatableMixin, models.Model):
    """A snippet without drafts."""

    name = models.CharField(max_length=40)

    class Meta(TranslatableMixin.Meta):
        pass

    def __str__(self):
        return self.name


@register_snippet
class Notice(
    WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, TranslatableMixin, ClusterableModel
):
    """A snippet with everything that a page has, and a slug to be named by."""

    slug = models.SlugField()
    text = models.TextField()

    class Meta(TranslatableMixin.Meta):
        pass

    def __str__(self):
        return self.slug


class EveryPage(Page):
    """A page with every kind of field."""

    intro = models.CharField(max_length=80, blank=True)
    lead = models.TextField(blank=True)
    rich = RichTextField(blank=True)
    body = StreamField(EveryBlock(), blank=True)
    topic = models.ForeignKey(Topic, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    linked_page = models.ForeignKey(
        "wagtailcore.Page", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    date = models.DateField(null=True, blank=True)
    kind = models.CharField(max_length=10, choices=[("a", "A"), ("b", "B")], default="a")

    template = "testapp/every_page.html"
    content_panels = [*Page.content_panels, "intro"]

    def clean(self):
        """A rule of the site's own, that no check of a PO file can know."""
        super().clean()
        if self.intro.endswith("!"):
            raise ValidationError({"intro": "No exclamation marks."})


class Office(TranslatableMixin, Orderable):
    page = ParentalKey(EveryPage, on_delete=models.CASCADE, related_name="offices")
    name = models.CharField(max_length=100)

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        pass
