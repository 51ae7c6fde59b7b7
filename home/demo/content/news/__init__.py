"""News: the index page and five items, between them in every state a translation can be in."""

from home.demo.content.news.final_event import FINAL_EVENT
from home.demo.content.news.index import NEWS
from home.demo.content.news.migrants_day import MIGRANTS_DAY
from home.demo.content.news.open_day import OPEN_DAY
from home.demo.content.news.training_burgas import TRAINING_BURGAS
from home.demo.content.news.work_guide import WORK_GUIDE

ITEMS = [FINAL_EVENT, MIGRANTS_DAY, OPEN_DAY, TRAINING_BURGAS, WORK_GUIDE]

__all__ = ["ITEMS", "NEWS"]
