"""Wagtail's words around logins without Bulgarian, or with a wrong one. The site's catalog stands before Wagtail's."""

from django.utils.translation import gettext_noop

WORDS = (
    # Visitors' pages
    gettext_noop("The password you have entered is not correct. Please try again."),
    # The admin's
    gettext_noop("Password"),
    gettext_noop("Signing in…"),
    gettext_noop("Sign in"),
    gettext_noop("Sign in to Wagtail"),
    gettext_noop("Your %(username_field)s and password didn't match. Please try again."),
    gettext_noop("Password reset"),
    gettext_noop(
        "A link to reset your password has been emailed to you if an account exists for this address."
    ),
    gettext_noop("Please follow the link below to reset your password:"),
    gettext_noop("Your username (in case you've forgotten):"),
    gettext_noop("Invalid password reset link"),
    gettext_noop("The password reset link was invalid, possibly because it has already been used."),
    gettext_noop("Request a new password reset"),
    gettext_noop("Password change successful"),
)
