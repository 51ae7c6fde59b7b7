"""The main menu, the footer and the notice on every page, written in Bulgarian."""

from home.demo.blocks import Block, PageKey
from home.demo.specs import SnippetSpec


def _link(label: str, *, page: str = "", url: str = "") -> dict:
    return {"label": label, "page": PageKey(page) if page else None, "url": url}


def _entry(label: str, page: str, *children: dict) -> Block:
    return "link", {**_link(label, page=page), "children": list(children)}


def _column(title: str, *links: dict) -> Block:
    return "column", {"title": title, "links": list(links)}


MENU = SnippetSpec(
    key="menu",
    language="bg",
    kind="Menu",
    fields={"slug": "main", "title": "Главно меню"},
    streams={
        "items": [
            _entry(
                "Кои сме ние",
                "who-we-are",
                _link("За нас", page="about"),
                _link("МОМ по света", page="iom-global"),
                _link("Контакти", page="contact"),
            ),
            _entry(
                "Нашата работа",
                "our-work",
                _link("Противодействие на трафика", page="counter-trafficking"),
                _link("Закрила на децата", page="protection"),
                _link("Доброволно завръщане", page="voluntary-return"),
                _link("Интеграция", page="integration"),
                _link("Трудова мобилност", page="labour-mobility"),
                _link("Здраве на мигрантите", page="migrant-health"),
                _link("Данни за миграцията", page="data"),
                _link("Проекти", page="projects"),
                _link("Новини", page="news"),
                _link("Събития", page="events"),
            ),
            _entry(
                "Данни и ресурси",
                "data-and-resources",
                _link("Публикации", page="publications"),
            ),
            _entry(
                "Включете се",
                "take-action",
                _link("Работа и поръчки", page="vacancies"),
            ),
            _entry("Програма до 2030\u00a0г.", "agenda-2030"),
        ]
    },
)

FOOTER = SnippetSpec(
    key="footer",
    language="bg",
    kind="Footer",
    fields={
        "slug": "main",
        "title": "МОМ България",
        "address": "<p>Международна организация по миграция, бюро в България</p><p>София (примерен адрес)</p>",
        "legal": "<p>Демонстрационен сайт: измислените числа, дати и събития са отбелязани на страниците. "
        'Действителният сайт на бюрото е <a href="https://bulgaria.iom.int/">bulgaria.iom.int</a>.</p>',
    },
    streams={
        "columns": [
            _column(
                "За организацията",
                _link("За нас", page="about"),
                _link("Нашата работа", page="our-work"),
                _link("Програма до 2030\u00a0г.", page="agenda-2030"),
            ),
            _column(
                "Научете повече",
                _link("Новини", page="news"),
                _link("Събития", page="events"),
                _link("Публикации", page="publications"),
                _link("Данни и ресурси", page="data-and-resources"),
                _link("МОМ по света", url="https://www.iom.int/"),
            ),
            _column(
                "Помогнете",
                _link("Включете се", page="take-action"),
                _link("Работа и поръчки", page="vacancies"),
                _link("Контакти", page="contact"),
            ),
            _column(
                "За сайта",
                _link("Достъпност", page="accessibility"),
                _link("Лични данни", page="privacy"),
                _link("Условия за ползване", page="terms"),
            ),
        ]
    },
)

NOTICE = SnippetSpec(
    key="notice",
    language="bg",
    kind="SiteNotice",
    fields={
        "slug": "main",
        "title": "Демонстрационен сайт",
        "text": "<p>Числата, датите и обявите, отбелязани като примерни, са измислени. "
        '<a href="page:terms">За този сайт</a></p>',
        "level": "info",
    },
)
