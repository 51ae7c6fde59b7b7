"""Says why a page does not go into another language's tree, where Wagtail would only say that it is not allowed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from wagtail.models import Page

from posync.admin.row_keys import as_key
from posync.publishing.language_trees import alias_refused, is_foreign_to, move_refused


def before_move(request: HttpRequest, page: Page, destination: Page) -> HttpResponseBase | None:
    """Refuse a move into another language's tree; None leaves the request to Wagtail, which asks for rights after this."""
    if not is_foreign_to(page, destination) or not page.permissions_for_user(request.user).can_move():
        return None
    messages.error(request, move_refused(page))
    return redirect("wagtailadmin_explore", page.get_parent().pk)


def before_copy(request: HttpRequest, page: Page) -> HttpResponseBase | None:
    """Refuse an alias in another language's tree; None leaves the request to Wagtail."""
    parent = as_key(request.POST.get("new_parent_page", ""))
    if request.method != "POST" or not request.POST.get("alias") or parent is None:
        return None
    if not is_foreign_to(page, Page.objects.filter(pk=parent).first()):
        return None
    messages.error(request, alias_refused(page))
    return redirect("wagtailadmin_explore", page.get_parent().pk)
