"""Protects public forms from abuse, without a riddle for people and without another host."""

from django import forms
from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

#: Of one form, from one address, in the time below.
SUBMISSIONS_ALLOWED = 5
RETRY_AFTER = 60 * 60
COUNTS = "counts"

BAIT = "homepage_of_sender"


class GuardedFormMixin:
    """A field for machines alone, and the required consent."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["consent"] = forms.BooleanField(label=_("I agree"))
        self.fields[BAIT] = forms.CharField(
            label=_("Leave this field empty"),
            required=False,
            widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
        )

    def clean(self):
        cleaned = super().clean()
        if self.data.get(BAIT):
            raise ValidationError(
                _("The form was not sent, because a field that must stay empty was filled in.")
            )
        return cleaned

    def drop_bait(self):
        self.cleaned_data.pop(BAIT, None)
        del self.fields[BAIT]

    @property
    def bait(self):
        return self[BAIT]

    @property
    def own_fields(self):
        """The fields of the editor's own."""
        return [field for field in self if field.name not in ("consent", BAIT)]


def guarded(form_class):
    return type("GuardedForm", (GuardedFormMixin, form_class), {})


def client_address(request: HttpRequest) -> str:
    """The client's address: each proxy in front adds its own client to the end of the header.

    Everything before is the client's own claim, and not believed.
    """
    proxies = settings.PROXIES_IN_FRONT
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")
    if proxies and len(forwarded) >= proxies and (address := forwarded[-proxies].strip()):
        return address
    return request.META.get("REMOTE_ADDR", "")


class RateLimit:
    """Counts what one address sends, without keeping the address.

    In the cache "counts": of all processes together, or of each alone while the shared cache cannot be reached.
    """

    def __init__(
        self,
        request: HttpRequest,
        purpose: str,
        *,
        allowed: int = SUBMISSIONS_ALLOWED,
        seconds: int = RETRY_AFTER,
    ):
        self._allowed, self._seconds = allowed, seconds
        address = client_address(request)
        digest = salted_hmac("home.forms.guard", f"{purpose} {address}", algorithm="sha256").hexdigest()
        self._key = f"rate-limit-{digest}"

    @property
    def is_reached(self) -> bool:
        return caches[COUNTS].get(self._key, 0) >= self._allowed

    def count(self) -> None:
        # The time runs from the first; simultaneous ones are counted each.
        if not caches[COUNTS].add(self._key, 1, self._seconds):
            try:
                caches[COUNTS].incr(self._key)
            except ValueError:  # ran out between the two
                caches[COUNTS].set(self._key, 1, self._seconds)
