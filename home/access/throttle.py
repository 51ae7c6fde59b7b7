"""How many wrong passwords are taken, and from whom.

Three counts, each over the last `AXES_COOLOFF_TIME`: of an account from one address, of all accounts from it, and of an account
from everywhere. The two wide ones pass by whoever has logged in from that address lately: no stranger can keep
a colleague out for good.
"""

import datetime
import ipaddress

from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.db.models import Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from home.access.questions import for_this_visitor
from home.forms.guard import RateLimit, client_address

#: Wrong passwords from one address for all accounts, and for one account from all addresses.
FROM_ONE_ADDRESS = 30
FOR_ONE_ACCOUNT = 30
#: How long an account is known at an address where it has logged in.
KNOWN_FOR = datetime.timedelta(days=30)
#: Wrong shared passwords of one page or collection, from one address.
SHARED_PASSWORDS = 10
#: Who has one address of IPv6 has all of these.
_ONE_CUSTOMER = 64


def counted_address(request: HttpRequest) -> str | None:
    """The client's address, or that of its network in IPv6; None for what a proxy calls otherwise."""
    try:
        address = ipaddress.ip_address(client_address(request))
    except ValueError:
        return None
    if address.version == 4:
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    network = ipaddress.ip_network((address.packed, _ONE_CUSTOMER), strict=False)
    return str(network.network_address)


class LoginThrottle(AxesDatabaseHandler):
    """In the database: a login needs it anyway, and a cache that was emptied would forget."""

    def get_failures(self, request, credentials=None):
        """The fullest of the counts, in failures of an account from one address."""
        account, address = get_client_username(request, credentials), request.axes_ip_address
        lately = AccessAttempt.objects.filter(
            attempt_time__gte=request.axes_attempt_time - settings.AXES_COOLOFF_TIME
        )
        counts = lately.aggregate(
            both=Sum("failures_since_start", filter=Q(username=account) & _at(address), default=0),
            address=Sum("failures_since_start", filter=_at(address), default=0),
            account=Sum("failures_since_start", filter=Q(username=account), default=0),
        )
        allowed = settings.AXES_FAILURE_LIMIT
        wide = max(
            counts["address"] * allowed // FROM_ONE_ADDRESS, counts["account"] * allowed // FOR_ONE_ACCOUNT
        )
        if wide < allowed or counts["both"] >= allowed or self._is_known(request, account, address):
            return counts["both"]
        return wide

    @staticmethod
    def _is_known(request, account, address) -> bool:
        since = request.axes_attempt_time - KNOWN_FOR
        return AccessLog.objects.filter(_at(address), username=account, attempt_time__gte=since).exists()


def _at(address: str | None) -> Q:
    return Q(ip_address=address) if address else Q(ip_address__isnull=True)


def answer_locked_out(request, response, credentials) -> HttpResponse:
    """In place of what the login has answered."""
    return too_many_attempts(request)


def too_many_attempts(request: HttpRequest) -> HttpResponse:
    seconds = _seconds()
    response = render(request, "home/access/too_often.html", {"minutes": seconds // 60}, status=429)
    response["Retry-After"] = str(seconds)
    return for_this_visitor(response)


def shared_password_limit(request: HttpRequest, purpose: str) -> RateLimit:
    return RateLimit(request, f"password-{purpose}", allowed=SHARED_PASSWORDS, seconds=_seconds())


def _seconds() -> int:
    return int(settings.AXES_COOLOFF_TIME.total_seconds())
