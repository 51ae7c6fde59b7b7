"""Events as calendars read them (RFC 5545)."""

import datetime
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from icalendar import Calendar, Event

PRODUCT = "-//IOM Bulgaria//Events//"


def calendar_response(request: HttpRequest, name: str, slug: str, language: str, events: Iterable):
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"{PRODUCT}{language.upper()}")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for event in events:
        calendar.add_component(_entry(request, event, language))
    # The zones' rules: a meeting in Sofia stays at its hour in every reader's calendar.
    calendar.add_missing_timezones()
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{slug}-{language}.ics"'
    return response


def _entry(request: HttpRequest, event, language: str) -> Event:
    zone = ZoneInfo(event.time_zone)
    entry = Event()
    # Each language's version is an entry of its own: a calendar that knows both must not take one for the other.
    entry.add("uid", f"{event.translation_key}.{language}")
    published = event.last_published_at or event.latest_revision_created_at or event.start
    entry.add("dtstamp", published.astimezone(datetime.UTC))
    entry.add("last-modified", published.astimezone(datetime.UTC))
    entry.add("dtstart", event.start.astimezone(zone))
    if event.end:
        entry.add("dtend", event.end.astimezone(zone))
    entry.add("summary", event.title, parameters={"LANGUAGE": language})
    entry.add("description", event.lead, parameters={"LANGUAGE": language})
    if place := ", ".join(filter(None, [event.venue, *event.address.splitlines()])) or event.online_url:
        entry.add("location", place, parameters={"LANGUAGE": language})
    entry.add("url", event.get_full_url(request))
    return entry
