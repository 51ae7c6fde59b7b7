"""Login and passwords of visitors. They stand at Wagtail's own addresses, before these."""

from django.conf import settings
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import View
from wagtail.forms import PasswordViewRestrictionForm
from wagtail.models import CollectionViewRestriction
from wagtail.views import authenticate_with_password

from home.access.addresses import addresses_of, question_address, question_addresses, safe_path
from home.access.questions import for_this_visitor, password_question
from home.access.throttle import shared_password_limit, too_many_attempts
from home.i18n.languages import reverse_in
from home.i18n.reader_language import language_of_reader


class VisitorsLoginView(LoginView):
    """The login for pages and documents of some people alone."""

    template_name = "home/access/login.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        asked_for = context[self.redirect_field_name]
        context["language_addresses"] = addresses_of(self.request, asked_for) or question_addresses(
            "wagtailcore_login", asked_for=asked_for
        )
        return context

    def render_to_response(self, context, **kwargs):
        status = 422 if context["form"].is_bound else 200
        return for_this_visitor(super().render_to_response(context, status=status, **kwargs))


@sensitive_post_parameters("password")
def page_password(request: HttpRequest, page_view_restriction_id: int, page_id: int) -> HttpResponse:
    """Takes the shared password of a page."""
    limit = shared_password_limit(request, f"pages-{page_view_restriction_id}")
    if request.method == "POST" and limit.is_reached:
        return too_many_attempts(request)
    response = authenticate_with_password(request, page_view_restriction_id, page_id)
    if response.status_code == 422:
        limit.count()
    return response


@method_decorator(sensitive_post_parameters("password"), name="dispatch")
class DocumentPasswordView(View):
    """Asks for the shared password of a collection of documents.

    Wagtail asks at the document's own address, without a language.
    """

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request, restriction_id):
        restriction = self._restriction(restriction_id)
        asked_for = safe_path(request, request.GET.get("next", ""))
        form = PasswordViewRestrictionForm(instance=restriction, initial={"return_url": asked_for})
        return self._ask(form, restriction)

    def post(self, request, restriction_id):
        restriction = self._restriction(restriction_id)
        limit = shared_password_limit(request, f"documents-{restriction.pk}")
        if limit.is_reached:
            return too_many_attempts(request)
        form = PasswordViewRestrictionForm(request.POST, instance=restriction)
        if not form.is_valid():
            limit.count()
            return self._ask(form, restriction)
        restriction.mark_as_passed(request)
        return redirect(safe_path(request, form.cleaned_data["return_url"]) or settings.LOGIN_REDIRECT_URL)

    @staticmethod
    def _restriction(pk):
        passwords = CollectionViewRestriction.objects.filter(
            restriction_type=CollectionViewRestriction.PASSWORD
        )
        return get_object_or_404(passwords, pk=pk)

    def _ask(self, form, restriction):
        asked_for = safe_path(self.request, form["return_url"].value() or "")
        view = ("document_password", restriction.pk)
        return password_question(
            self.request,
            form,
            reverse_in(self.request.LANGUAGE_CODE, *view),
            question_addresses(*view, asked_for=asked_for),
            is_document=True,
        )


def ask_for_document(document, request: HttpRequest) -> HttpResponse | None:
    """Leads to the question before a private document, in the language of the page with the link."""
    for restriction in document.collection.get_view_restrictions():
        if restriction.accept_request(request):
            continue
        is_password = restriction.restriction_type == CollectionViewRestriction.PASSWORD
        view = ("document_password", restriction.pk) if is_password else ("wagtailcore_login",)
        address = question_address(language_of_reader(request), *view, asked_for=request.get_full_path())
        return for_this_visitor(redirect(address))
    return None
