"""News: the index page and its items, between them in every state a translation can be in."""

from home.demo.content.news.counter_trafficking import COUNTER_TRAFFICKING_NEWS
from home.demo.content.news.figures import FIGURES_NEWS
from home.demo.content.news.final_event import FINAL_EVENT
from home.demo.content.news.index import NEWS
from home.demo.content.news.integration import INTEGRATION_NEWS
from home.demo.content.news.labour_mobility import LABOUR_MOBILITY_NEWS
from home.demo.content.news.migrant_health import MIGRANT_HEALTH_NEWS
from home.demo.content.news.migrants_day import MIGRANTS_DAY
from home.demo.content.news.open_day import OPEN_DAY
from home.demo.content.news.protection import PROTECTION_NEWS
from home.demo.content.news.training_burgas import TRAINING_BURGAS
from home.demo.content.news.voluntary_return import VOLUNTARY_RETURN_NEWS
from home.demo.content.news.work_guide import WORK_GUIDE

ITEMS = [
    FINAL_EVENT,
    MIGRANTS_DAY,
    OPEN_DAY,
    TRAINING_BURGAS,
    WORK_GUIDE,
    *PROTECTION_NEWS,
    *COUNTER_TRAFFICKING_NEWS,
    *VOLUNTARY_RETURN_NEWS,
    *INTEGRATION_NEWS,
    *LABOUR_MOBILITY_NEWS,
    *MIGRANT_HEALTH_NEWS,
    *FIGURES_NEWS,
]

__all__ = ["ITEMS", "NEWS"]
