import logging

from django.core.validators import MinValueValidator
from django.db import models
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.forms.models import (
    FORM_FIELD_CHOICES,
    AbstractFormField,
    EmailFormMixin,
    FormMixin,
    validate_to_address,
)
from wagtail.contrib.forms.panels import FormSubmissionsPanel
from wagtail.fields import RichTextField
from wagtail.models import TranslatableMixin

from home.fields import CodeField, PlainCharField
from home.forms.choices import ChoicesBuilder
from home.forms.guard import RETRY_AFTER, RateLimit, guarded
from home.models.base import BasePage

#: Whoever may edit a form need not read what people have sent by it.
READ_SUBMISSIONS = "read_submissions"

logger = logging.getLogger(__name__)


class FormPage(EmailFormMixin, FormMixin, BasePage):
    """A form of an editor's making, in each language with the same names of fields."""

    form_builder = ChoicesBuilder
    landing_page_template = "home/form_page_sent.html"

    intro = models.TextField(
        _("introduction"), blank=True, help_text=_("One or two sentences under the title.")
    )
    button = models.CharField(
        _("label of the button"), max_length=80, blank=True, help_text=_("If empty: Send.")
    )
    consent = RichTextField(
        _("consent"),
        features=["link"],
        help_text=_("What one agrees to by sending the form: what the data are for, and who reads them."),
    )
    retention_days = models.PositiveSmallIntegerField(
        _("days that what was sent is kept"),
        default=180,
        validators=[MinValueValidator(1)],
        help_text=_("The form says so, and what is older is deleted."),
    )
    thanks_title = models.CharField(_("title after sending"), max_length=120, blank=True)
    thanks_text = RichTextField(
        _("text after sending"),
        features=["bold", "link"],
        blank=True,
        help_text=_("What happens next, and when."),
    )
    to_address = PlainCharField(
        _("recipients"),
        max_length=255,
        blank=True,
        validators=[validate_to_address],
        help_text=_("E-mail addresses with commas between them. If empty, what is sent is only kept here."),
    )

    content_panels = [
        *BasePage.content_panels,
        FormSubmissionsPanel(),
        FieldPanel("intro"),
        InlinePanel("form_fields", heading=_("Fields"), label=_("Field")),
        FieldPanel("button"),
        MultiFieldPanel([FieldPanel("consent"), FieldPanel("retention_days")], heading=_("Personal data")),
        MultiFieldPanel([FieldPanel("thanks_title"), FieldPanel("thanks_text")], heading=_("After sending")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("to_address"), FieldPanel("from_address")]),
                FieldPanel("subject"),
            ],
            heading=_("E-mail"),
        ),
    ]

    parent_page_types = ["home.HomePage", "home.SectionPage", "home.ContactPage"]
    subpage_types = []
    page_description = _("A form whose fields you put together.")

    class Meta:
        verbose_name = _("form page")
        verbose_name_plural = _("form pages")
        permissions = [(READ_SUBMISSIONS, "Can read, export and delete what was sent by forms")]

    def get_submissions_list_view_class(self):
        # Views of the admin need all models.
        return import_string("home.forms.exports.ReadersSubmissionsListView")

    def get_form_class(self):
        return guarded(super().get_form_class())

    def get_data_fields(self):
        return [*super().get_data_fields(), ("consent", _("Consent"))]

    def serve(self, request, *args, **kwargs):
        if request.method == "POST":
            response = self._receive(request)
        elif "sent" in request.GET:
            response = super().render_landing_page(request)
        else:
            response = super().serve(request, *args, **kwargs)
        # The form holds a token of the visitor's own.
        add_never_cache_headers(response)
        return response

    def _receive(self, request):
        limit = RateLimit(request, f"form-{self.translation_key}")
        if limit.is_reached:
            form = self.get_form(request.POST, page=self, user=request.user)
            response = self._refuse(request, form, status=429, is_too_often=True)
            response["Retry-After"] = str(RETRY_AFTER)
            return response
        form = self.get_form(request.POST, request.FILES, page=self, user=request.user)
        if not form.is_valid():
            return self._refuse(request, form, status=422)
        limit.count()
        self.process_form_submission(form)
        # A reload of the answer sends nothing again.
        return redirect(f"{self.get_url(request)}?sent")

    def _refuse(self, request, form, *, status, is_too_often=False):
        context = {
            **self.get_context(request),
            "form": form,
            "is_refused": True,
            "is_too_often": is_too_often,
        }
        return TemplateResponse(request, self.get_template(request), context, status=status)

    def process_form_submission(self, form):
        form.drop_bait()
        return super().process_form_submission(form)

    def send_mail(self, form):
        try:
            super().send_mail(form)
        except OSError:  # all that a mail server may do to us; what was sent is in the database by now
            logger.exception("What was sent by the form “%s” was kept, but could not be mailed", self)


class FormField(TranslatableMixin, AbstractFormField):
    """One field: its words are translated, its name is not."""

    page = ParentalKey(FormPage, on_delete=models.CASCADE, related_name="form_fields")
    # Wagtail makes one of the label: `u0438u043cu0435` from Cyrillic, and another in each language.
    clean_name = CodeField(
        _("name of the field"),
        max_length=60,
        help_text=_(
            "In Latin letters, the same in every language: the column of what was sent. Do not change it later."
        ),
    )
    field_type = models.CharField(
        _("kind of field"),
        max_length=16,
        choices=[choice for choice in FORM_FIELD_CHOICES if choice[0] != "hidden"],
        default="singleline",
    )

    panels = [
        FieldPanel("clean_name"),
        FieldPanel("label"),
        FieldPanel("help_text"),
        FieldPanel("required"),
        FieldPanel("field_type", classname="formbuilder-type", required_on_save=True),
        FieldPanel(
            "choices",
            classname="formbuilder-choices",
            help_text=_(
                "One on each line, for lists and boxes to choose from. Whatever language somebody chooses in, the words "
                "of the form's first language are kept: a translation needs as many choices, in the same order."
            ),
        ),
        FieldPanel("default_value", classname="formbuilder-default"),
    ]

    class Meta(TranslatableMixin.Meta, AbstractFormField.Meta):
        abstract = False
        verbose_name = _("field of a form")
        verbose_name_plural = _("fields of forms")
