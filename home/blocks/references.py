"""Documents, people, donors and other pages, as each visitor can read them."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.models import Page
from wagtail.snippets.blocks import SnippetChooserBlock

from home.i18n.versions import live_pages, localized


class DocumentBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("File"))
    label = blocks.CharBlock(
        label=_("Label"),
        max_length=255,
        help_text=_("In the language of the page: the library keeps one title for all languages."),
    )

    class Meta:
        icon = "doc-full"
        label = _("File")
        label_format = "{label}"


class DocumentsBlock(blocks.StructBlock):
    """Files to download, with their kind and size."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=255)
    files = blocks.ListBlock(DocumentBlock(), label=_("Files"), min_num=1)

    class Meta:
        icon = "doc-full"
        label = _("Documents")
        label_format = "{title}"
        template = "home/blocks/documents.html"
        description = _("Files to download; their kind and size are shown by themselves.")

    def get_preview_value(self):
        document = get_document_model().objects.order_by("-created_at").first()
        files = [{"document": document, "label": _("Report of the project")}] if document else []
        return self.normalize({"title": _("Documents"), "files": files})


class LocalizedChooserBlock(SnippetChooserBlock):
    """Chooses an entry in any language. Each visitor gets it in the active language, or else as it is."""

    def get_translatable_segments(self, value):
        # A page and its translation share the entry: neither waits until it is translated.
        return []


class PeopleBlock(blocks.StructBlock):
    """People to turn to."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=255)
    people = blocks.ListBlock(
        LocalizedChooserBlock("home.Person", label=_("Person")), label=_("People"), min_num=1
    )

    class Meta:
        icon = "group"
        label = _("People")
        label_format = "{title}"
        template = "home/blocks/people.html"
        description = _("People with their role and how to reach them.")

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        context["people"] = localized(value["people"])
        return context

    def get_preview_value(self):
        people = list(self.child_blocks["people"].child_block.model_class.objects.all()[:2])
        return self.normalize({"title": _("Whom to ask"), "people": people})


class DonorsBlock(blocks.StructBlock):
    """With whose money."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=255)
    donors = blocks.ListBlock(
        LocalizedChooserBlock("home.Donor", label=_("Donor")), label=_("Donors"), min_num=1
    )
    acknowledgement = blocks.TextBlock(label=_("Acknowledgement"), required=False)

    class Meta:
        icon = "pick"
        label = _("Donors")
        label_format = "{title}"
        template = "home/blocks/donors.html"
        description = _("The donors' names and logos in one strip, and the words that they ask for.")

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        context["donors"] = localized(value["donors"])
        return context

    def get_preview_value(self):
        donors = list(self.child_blocks["donors"].child_block.model_class.objects.all()[:3])
        return self.normalize({"title": _("Donors"), "donors": donors, "acknowledgement": ""})


class RelatedPagesBlock(blocks.StructBlock):
    """Where to read on."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=255)
    pages = blocks.ListBlock(blocks.PageChooserBlock(label=_("Page")), label=_("Pages"), min_num=1)

    class Meta:
        icon = "link"
        label = _("Related pages")
        label_format = "{title}"
        template = "home/blocks/related_pages.html"
        description = _(
            "Pages of the site to read on; visitors get each in their own language where there is one."
        )

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        context["related"] = live_pages(value["pages"])
        return context

    def get_preview_value(self):
        pages = list(Page.objects.live().filter(depth__gt=2).order_by("pk")[:2])
        return self.normalize({"title": _("Read on"), "pages": pages})
