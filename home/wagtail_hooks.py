from django.contrib.auth.models import Permission
from wagtail import hooks

from home.models.form_page import READ_SUBMISSIONS
from home.navigation.rich_text import LivePageLinkHandler


# After Wagtail's own handler of the same links, to take its place.
@hooks.register("register_rich_text_features", order=10)
def register_links_to_pages(features):
    features.register_link_type(LivePageLinkHandler)


@hooks.register("register_permissions")
def register_right_to_read_submissions():
    return Permission.objects.filter(content_type__app_label="home", codename=READ_SUBMISSIONS)


@hooks.register("filter_form_submissions_for_user")
def keep_submissions_from_others(user, forms):
    """Lists, exports and deletes nothing for whoever may edit the form alone."""
    return forms if user.has_perm(f"home.{READ_SUBMISSIONS}") else forms.none()
