from django.contrib.auth.models import Permission
from wagtail import hooks

from home.access.views import ask_for_document
from home.models.form_page import READ_SUBMISSIONS
from home.navigation.rich_text import LivePageLinkHandler


# After Wagtail's own handler of the same links, to take its place.
@hooks.register("register_rich_text_features", order=10)
def register_links_to_pages(features):
    features.register_link_type(LivePageLinkHandler)


# Before Wagtail's own, which asks in one language alone.
hooks.register("before_serve_document", ask_for_document, order=-1)


@hooks.register("register_permissions")
def register_right_to_read_submissions():
    return Permission.objects.filter(content_type__app_label="home", codename=READ_SUBMISSIONS)


@hooks.register("filter_form_submissions_for_user")
def keep_submissions_from_others(user, forms):
    """Lists, exports and deletes nothing for whoever may edit the form alone."""
    return forms if user.has_perm(f"home.{READ_SUBMISSIONS}") else forms.none()
