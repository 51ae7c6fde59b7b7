"""Everything the demo shows, each text in the language in which it was written first.

The order is that of the page tree: a page comes after its parent.
"""

from home.demo.content.accessibility import ACCESSIBILITY
from home.demo.content.agenda_2030 import AGENDA_2030
from home.demo.content.contact import CONTACT, CONTACT_FORM
from home.demo.content.data_and_resources import DATA_AND_RESOURCES
from home.demo.content.events import EVENT_ITEMS, EVENTS
from home.demo.content.home_page import HOME
from home.demo.content.legal import PRIVACY, TERMS
from home.demo.content.news import ITEMS, NEWS
from home.demo.content.our_work import (
    COUNTER_TRAFFICKING,
    DATA,
    INTEGRATION,
    LABOUR_MOBILITY,
    MIGRANT_HEALTH,
    OUR_WORK,
    PROTECTION,
    VOLUNTARY_RETURN,
)
from home.demo.content.projects import PROJECT_ITEMS, PROJECTS
from home.demo.content.publications import PUBLICATION_ITEMS, PUBLICATIONS
from home.demo.content.site_chrome import FOOTER, MENU, NOTICE
from home.demo.content.take_action import TAKE_ACTION
from home.demo.content.vacancies import VACANCIES, VACANCY_ITEMS
from home.demo.content.vocabulary import ENTRIES
from home.demo.content.who_we_are import ABOUT, IOM_GLOBAL, WHO_WE_ARE

PAGES = [
    WHO_WE_ARE,
    ABOUT,
    IOM_GLOBAL,
    NEWS,
    EVENTS,
    OUR_WORK,
    COUNTER_TRAFFICKING,
    PROTECTION,
    VOLUNTARY_RETURN,
    INTEGRATION,
    LABOUR_MOBILITY,
    MIGRANT_HEALTH,
    DATA,
    PROJECTS,
    *PROJECT_ITEMS,
    DATA_AND_RESOURCES,
    PUBLICATIONS,
    *PUBLICATION_ITEMS,
    TAKE_ACTION,
    VACANCIES,
    *VACANCY_ITEMS,
    AGENDA_2030,
    CONTACT,
    CONTACT_FORM,
    PRIVACY,
    TERMS,
    ACCESSIBILITY,
    *ITEMS,
    *EVENT_ITEMS,
]
SITE_CHROME = [MENU, FOOTER, NOTICE]

__all__ = ["ENTRIES", "SITE_CHROME", "HOME", "PAGES"]
