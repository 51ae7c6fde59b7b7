from .base import BasePage
from .home_page import HomePage
from .news import NewsIndexPage, NewsPage
from .section import SectionPage
from .snippets import Footer, Menu

__all__ = ["BasePage", "Footer", "HomePage", "Menu", "NewsIndexPage", "NewsPage", "SectionPage"]
