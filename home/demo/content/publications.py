"""Publications: the list is written in English; each has a file in Bulgarian and one in English."""

from datetime import date
from typing import Any

from home.demo.blocks import Block, DocumentName, demo_note, heading, paragraph, related_pages
from home.demo.content.motifs import alt
from home.demo.specs import PageSpec

LABELS = {
    "bg": {"bg": "На български", "en": "На английски"},
    "en": {"bg": "In Bulgarian", "en": "In English"},
}
NOTE = {
    "bg": "Демонстрационно съдържание: изданието е измислено; файловете показват как се предлага текст на два езика.",
    "en": "Demonstration content: the publication is invented; the files show how a text is offered in two languages.",
}


def _publication(
    key: str,
    language: str,
    title: str,
    slug: str,
    picture: str,
    *body: Block,
    themes: tuple[str, ...],
    project: str = "",
    **fields: Any,
) -> PageSpec:
    other = "en" if language == "bg" else "bg"
    return PageSpec(
        key=key,
        kind="PublicationPage",
        language=language,
        parent="publications",
        title=title,
        slug=slug,
        picture=picture,
        themes=themes,
        project=project,
        fields={"image_alt": alt(language, picture), **fields},
        parts={
            "files": [
                {"language": of, "document": DocumentName(f"{key}-{of}"), "label": LABELS[language][of]}
                for of in (language, other)
            ]
        },
        body=[*body, demo_note(NOTE[language])],
    )


PUBLICATIONS = PageSpec(
    key="publications",
    kind="PublicationsIndexPage",
    language="en",
    parent="data-and-resources",
    title="Publications",
    slug="publications",
    fields={"intro": "Reports, guides and leaflets, each with a file in Bulgarian and one in English."},
)

PUBLICATION_ITEMS = [
    _publication(
        "work-guide-book",
        "en",
        "Working in Bulgaria: a guide in plain language",
        "working-in-bulgaria",
        "fields-work-cover",
        heading("What is inside"),
        paragraph(
            "<p>Three questions that everybody asks: which papers an employer may see, how to read a payslip, and whom to "
            "call when the wages do not come.</p>"
        ),
        related_pages("The story behind it", "work-guide"),
        themes=("labour-mobility", "integration"),
        project="project-language",
        lead="Short sentences, no abbreviations, one question at a time.",
        date=date(2026, 10, 12),
        kind="guide",
        authors="IOM Bulgaria",
        isbn="978-0-00-000000-2",
    ),
    _publication(
        "report-minors",
        "bg",
        "Какво научихме: доклад за проекта за непридружени деца",
        "kakvo-nauchihme",
        "shelter-children-cover",
        heading("Накратко"),
        paragraph(
            "<ul><li>Детето трябва да познава по име възрастния, който отговаря за него.</li>"
            "<li>Преводачът е част от грижата, а не допълнение към нея.</li>"
            "<li>Събирането на семейството започва през първата седмица или закъснява.</li></ul>"
        ),
        themes=("protection",),
        project="project-minors",
        lead="Добри практики и трудности, описани така, че следващият да не започва отначало.",
        date=date(2026, 1, 30),
        kind="report",
        authors="МОМ България",
    ),
    _publication(
        "newsletter-autumn",
        "bg",
        "Бюлетин на бюрото: есен 2026\u00a0г.",
        "byuletin-esen-2026",
        "river-neighbours-cover",
        paragraph("<p>Кратко за проектите, хората и срещите през последните три месеца.</p>"),
        themes=("integration", "protection"),
        lead="Два нови курса, едно отворено читалище и среща, на която чаят не стигна.",
        date=date(2026, 11, 2),
        kind="newsletter",
        authors="МОМ България",
    ),
    _publication(
        "signs-leaflet",
        "en",
        "First signs: a leaflet for people who meet people",
        "first-signs-leaflet",
        "routes-training-cover",
        paragraph("<p>Six signs, three steps and one number, on a page that fits on any wall.</p>"),
        themes=("counter-trafficking",),
        project="project-referral",
        lead="What to notice, whom to call and what not to ask.",
        date=date(2025, 9, 15),
        kind="leaflet",
        authors="IOM Bulgaria",
    ),
    _publication(
        "return-leaflet",
        "en",
        "Going home by your own decision: a leaflet",
        "going-home-leaflet",
        "bridge-return-cover",
        paragraph("<p>What help there is, who may ask for it, and that a conversation binds to nothing.</p>"),
        themes=("voluntary-return",),
        project="project-return",
        lead="Assisted voluntary return in four steps.",
        date=date(2025, 3, 3),
        kind="leaflet",
        authors="IOM Bulgaria",
    ),
    _publication(
        "study-mediators",
        "bg",
        "Десет минути повече: проучване за здравната медиация",
        "deset-minuti-poveche",
        "horizon-health-cover",
        heading("Какво показва проучването"),
        paragraph(
            "<p>Прегледът с медиатор е по-дълъг, но повторните посещения намаляват. Най-голяма е разликата при децата и "
            "при хората с хронични заболявания.</p>"
        ),
        themes=("migrant-health", "data"),
        project="project-health",
        lead="Колко струва едно обяснение и колко струва липсата му.",
        date=date(2024, 11, 20),
        kind="study",
        authors="МОМ България",
        isbn="978-0-00-000001-9",
    ),
]
