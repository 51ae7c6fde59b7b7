"""Everything the demo shows, each text in the language in which it was written first.

The order is that of the page tree: a page comes after its parent.
"""

from home.demo.content.accessibility import ACCESSIBILITY
from home.demo.content.agenda_2030 import AGENDA_2030
from home.demo.content.data_and_resources import DATA_AND_RESOURCES
from home.demo.content.furniture import FOOTER, MENU
from home.demo.content.home_page import HOME
from home.demo.content.news import ITEMS, NEWS
from home.demo.content.our_work import (
    COUNTER_TRAFFICKING,
    INTEGRATION,
    OUR_WORK,
    PROTECTION,
    VOLUNTARY_RETURN,
)
from home.demo.content.take_action import TAKE_ACTION
from home.demo.content.who_we_are import ABOUT, IOM_GLOBAL, WHO_WE_ARE

PAGES = [
    WHO_WE_ARE,
    ABOUT,
    IOM_GLOBAL,
    NEWS,
    OUR_WORK,
    COUNTER_TRAFFICKING,
    PROTECTION,
    VOLUNTARY_RETURN,
    INTEGRATION,
    DATA_AND_RESOURCES,
    TAKE_ACTION,
    AGENDA_2030,
    ACCESSIBILITY,
    *ITEMS,
]
SNIPPETS = [MENU, FOOTER]

__all__ = ["HOME", "PAGES", "SNIPPETS"]
