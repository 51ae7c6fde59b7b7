"""Keeps translations of private pages private: no sync loosens a restriction."""

from typing import Any

from wagtail.models import Page, PageViewRestriction


def keep_private(original: Page, target: Page) -> None:
    """Give a target the restriction of its original, or of the page nearest above it, unless the same one is in effect.

    One of the target's own stays as it is: an editor has set it.
    """
    above = original.get_view_restrictions().select_related("page").order_by("-page__depth")
    restriction = above.first()
    if restriction is None:
        return
    in_effect = list(target.get_view_restrictions())
    is_own = any(one.page_id == target.pk for one in in_effect)
    if not is_own and _terms(restriction) not in map(_terms, in_effect):
        _align(PageViewRestriction(page=target), restriction)


def _terms(restriction: PageViewRestriction) -> tuple[str, str, frozenset[int]]:
    """Who is let in."""
    groups = frozenset(restriction.groups.values_list("pk", flat=True))
    return restriction.restriction_type, restriction.password, groups


def follow(restriction: PageViewRestriction, target: Page) -> None:
    """Let a target follow its original's own restriction, as an editor has just set it."""
    own = target.view_restrictions.first()
    _align(own or PageViewRestriction(page=target), restriction)


class Privacy:
    """Tells which pages are private, by themselves or by a page above. One query for the whole site."""

    def __init__(self) -> None:
        restricted = PageViewRestriction.objects.values_list("page__path", flat=True)
        self._paths: tuple[str, ...] = tuple(restricted)

    def is_private(self, page: object) -> bool:
        """No snippet is."""
        return isinstance(page, Page) and page.path.startswith(self._paths)


def _align(own: PageViewRestriction, with_: PageViewRestriction) -> None:
    own.restriction_type, own.password = with_.restriction_type, with_.password
    own.save()
    own.groups.set(with_.groups.all())


def sync_view_restrictions(_source: Any, original: object, target: object) -> None:
    """In wagtail-localize's place, which takes a restriction away where the original has none."""
    if isinstance(original, Page) and isinstance(target, Page):
        keep_private(original, target)
