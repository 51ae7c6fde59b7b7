from .base import BasePage
from .events import EventPage, EventPageTheme, EventsIndexPage
from .form_page import FormField, FormPage
from .home_page import HomePage
from .news import NewsIndexPage, NewsPage, NewsPageTheme
from .plain_pages import ContactPage, StandardPage
from .projects import ProjectDonor, ProjectPage, ProjectPageTheme, ProjectPartner, ProjectsIndexPage
from .publications import PublicationFile, PublicationPage, PublicationPageTheme, PublicationsIndexPage
from .section import SectionPage
from .snippets import Footer, Menu, SiteNotice
from .theme_page import ThemePage
from .vacancies import VacanciesIndexPage, VacancyPage
from .vocabulary import Donor, Partner, Person, Region, Theme

__all__ = [
    "BasePage",
    "ContactPage",
    "Donor",
    "EventPage",
    "EventPageTheme",
    "EventsIndexPage",
    "Footer",
    "FormField",
    "FormPage",
    "HomePage",
    "Menu",
    "NewsIndexPage",
    "NewsPage",
    "NewsPageTheme",
    "Partner",
    "Person",
    "ProjectDonor",
    "ProjectPage",
    "ProjectPageTheme",
    "ProjectPartner",
    "ProjectsIndexPage",
    "PublicationFile",
    "PublicationPage",
    "PublicationPageTheme",
    "PublicationsIndexPage",
    "Region",
    "SectionPage",
    "SiteNotice",
    "StandardPage",
    "Theme",
    "ThemePage",
    "VacanciesIndexPage",
    "VacancyPage",
]
