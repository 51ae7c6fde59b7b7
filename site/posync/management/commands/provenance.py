import json
from dataclasses import asdict
from datetime import datetime
from typing import Any
from urllib.parse import unquote
from uuid import UUID

from django.core.management.base import CommandError, CommandParser
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from wagtail.models import Page, Site

from posync.core.results import ExitCode
from posync.management.output import add_locale_option, database_in_reach, language_codes
from posync.management.pipes import PipedCommand
from posync.reports.origins import Deed, Record, catalogs_of, provenance


class Command(PipedCommand):
    help = "Tell for each text of live translations who wrote it and who approved it, from the history."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "pages",
            nargs="+",
            metavar="PAGE|URL",
            help="A page's id, or its address on the site; of the original, its translations.",
        )
        add_locale_option(parser)
        parser.add_argument("--json", action="store_true", help="Print one JSON object instead of text.")
        parser.add_argument(
            "--at", metavar="TIME", help="As visitors read it at a moment, such as 2027-01-31T12:00."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        at = _moment(options["at"]) if options["at"] else None
        with database_in_reach():
            keys = {_page(name) for name in options["pages"]}
            records = list(provenance(catalogs_of(keys, language_codes(options)), at))
        if options["json"]:
            printed = {"command": "provenance", "records": [asdict(record) for record in records]}
            self.stdout.write(json.dumps(printed, ensure_ascii=False, indent=2, cls=DjangoJSONEncoder))
        else:
            for record in records:
                self.stdout.write(_told(record))


def _moment(text: str) -> datetime:
    """Raises CommandError for what is no moment."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None:
        raise CommandError(f"{text!r} is no time, such as 2027-01-31T12:00.", returncode=ExitCode.NOT_RUN)
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


def _page(name: str) -> UUID:
    """The translation key of a page by id or address. Raises CommandError where there is none."""
    page = Page.objects.filter(pk=int(name)).first() if name.isdecimal() else _at_address(name)
    if page is None:
        raise CommandError(f"There is no page {name}.", returncode=ExitCode.NOT_RUN)
    key: UUID = page.translation_key
    return key


def _at_address(address: str) -> Page | None:
    """The page whose address, whole or from the site's root on, is this one; the ends of both as Wagtail writes them."""
    wanted = f"{unquote(address.partition('?')[0].partition('#')[0]).rstrip('/')}/"
    slug = wanted.rstrip("/").rpartition("/")[2]
    pages = Page.objects.filter(slug=slug) if slug else Page.objects.none()
    roots = Page.objects.filter(pk__in=Site.objects.values("root_page"))
    homes = Page.objects.filter(translation_key__in=roots.values("translation_key"))
    for page in [*pages, *homes]:
        if wanted in {unquote(url) for url in (page.url, page.full_url) if url}:
            return page
    return None


def _told(record: Record) -> str:
    return (
        f"{record.msgctxt} ({record.language})\n"
        + (f"  source:      {record.source}\n" if record.source else "")
        + f"  text:        {record.text}\n"
        f"  origin:      {_deed(record.origin)}\n"
        f"  approval:    {_deed(record.approval)}"
    )


def _deed(deed: Deed) -> str:
    parts = [str(deed.act)]
    if deed.at:
        parts.append(f"{deed.at:%Y-%m-%d %H:%M}")
    if deed.by or deed.account:
        parts.append(f"by {deed.by or f'account {deed.account}'}")
    parts += [
        part for part in (deed.file, f"sha256 {deed.digest[:12]}" if deed.digest else "", deed.tool) if part
    ]
    return ", ".join(parts) + (f" (run {deed.run})" if deed.run else "")
