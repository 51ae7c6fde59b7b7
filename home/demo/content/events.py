"""Events: the list is written in English; those to come lie years ahead, so that the demo does not age."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from home.demo.blocks import Block, call_to_action, demo_note, heading, paragraph, related_pages, table
from home.demo.content.motifs import alt
from home.demo.specs import PageSpec

NOTE = {
    "bg": "Демонстрационно съдържание: събитието, датата и мястото са измислени.",
    "en": "Demonstration content: the event, its date and its place are invented.",
}


def _time(
    year: int, month: int, day: int, hour: int, minute: int = 0, zone: str = "Europe/Sofia"
) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=ZoneInfo(zone))


def _event(
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
    return PageSpec(
        key=f"event-{key}",
        kind="EventPage",
        language=language,
        parent="events",
        title=title,
        slug=slug,
        picture=picture,
        themes=themes,
        project=project,
        fields={"image_alt": alt(language, picture), **fields},
        body=[*body],
    )


EVENTS = PageSpec(
    key="events",
    kind="EventsIndexPage",
    language="en",
    parent="home",
    title="Events",
    slug="events",
    fields={
        "intro": "Meetings, trainings and open days. Times are those of the place where an event is held.",
    },
)

EVENT_ITEMS = [
    _event(
        "data-workshop",
        "en",
        "Reading migration figures: a workshop for journalists",
        "reading-migration-figures",
        "figures-workshop",
        paragraph(
            "<p>Bring a headline with a number in it. Together we looked for the table that it came from, and for "
            "what the headline left out.</p>"
        ),
        demo_note(NOTE["en"]),
        themes=("data",),
        start=_time(2025, 10, 14, 10),
        end=_time(2025, 10, 14, 13, 30),
        venue="City library",
        address="Plovdiv (example address)",
        event_language="en",
        lead="Half a day with real tables, sharp questions and no formulas.",
    ),
    _event(
        "final",
        "bg",
        "Заключително събитие на проекта за непридружените деца",
        "zaklyuchitelno-sabitie",
        "river-meeting",
        heading("Програма"),
        paragraph(
            "<p>Резултати, добри практики и трудности; положението на непридружените деца днес; разговор с техните "
            "представители. Какво беше казано, четете в новината за събитието.</p>"
        ),
        related_pages("", "final-event"),
        demo_note(
            "Демонстрационно съдържание: събитието и участниците са действителни; годината, часовете и мястото са "
            "измислени."
        ),
        themes=("protection",),
        project="project-minors",
        start=_time(2025, 12, 5, 10),
        end=_time(2025, 12, 5, 15),
        venue="Зала за срещи",
        address="София (примерен адрес)",
        event_language="bg",
        lead="Институции и организации правят равносметка на проекта за непридружени деца, търсещи закрила.",
    ),
    _event(
        "training-burgas",
        "bg",
        "Обучение: първите признаци на трафик на хора",
        "obuchenie-parvi-priznatsi",
        "routes-training",
        table(
            "Програма",
            ["Ден", "Тема"],
            ["18 май", "Какво забелязваме и какво пропускаме"],
            ["19 май", "Първият час, първият ден, първата седмица"],
        ),
        demo_note(NOTE["bg"]),
        themes=("counter-trafficking",),
        project="project-referral",
        start=_time(2026, 5, 18, 9, 30),
        end=_time(2026, 5, 19, 16),
        venue="Учебен център",
        address="Бургас (примерен адрес)",
        event_language="bg",
        lead="Два дни за хора, които в работата си може да срещнат пострадал: инспектори, медици, шофьори.",
    ),
    _event(
        "picnic",
        "en",
        "A picnic for World Refugee Day",
        "world-refugee-day-picnic",
        "river-together",
        paragraph(
            "<p>Every blanket had a recipe and a story. The longest queue was for the flatbread, the second longest "
            "for the chess table.</p>"
        ),
        demo_note(NOTE["en"]),
        themes=("integration",),
        project="project-language",
        start=_time(2026, 6, 20, 12),
        end=_time(2026, 6, 20, 18),
        venue="South Park",
        address="Sofia",
        lead="An afternoon of food, games and neighbours, open to everybody.",
    ),
    _event(
        "return-online",
        "en",
        "Questions about voluntary return: an online hour",
        "voluntary-return-online-hour",
        "bridge-return",
        heading("How to take part"),
        paragraph(
            "<p>Open the link at the hour given; no name and no camera are needed. Questions can be written in any "
            "language. Interpreters for Arabic, Dari and Pashto are present.</p>"
        ),
        call_to_action(
            "Rather in private?",
            "Write to a counsellor, and nobody else will read it.",
            "Contact us",
            page="contact",
        ),
        demo_note(NOTE["en"]),
        themes=("voluntary-return",),
        project="project-return",
        start=_time(2027, 3, 16, 18),
        end=_time(2027, 3, 16, 19),
        online_url="https://meet.example.org/return",
        event_language="en",
        lead="A counsellor answers what people ask most before they decide.",
    ),
    _event(
        "trafficking-day",
        "bg",
        "Европейски ден за борба с трафика на хора: конференция",
        "den-za-borba-s-trafika",
        "horizon-light",
        heading("За кого е"),
        paragraph(
            "<p>За институции, общини, болници, профсъюзи и медии. Първият ден е посветен на труда, вторият – на "
            "децата.</p>"
        ),
        demo_note(NOTE["bg"]),
        themes=("counter-trafficking", "labour-mobility"),
        project="project-referral",
        start=_time(2027, 10, 18, 9),
        end=_time(2027, 10, 19, 17),
        venue="Конферентна зала",
        address="Пловдив (примерен адрес)",
        event_language="bg",
        registration_url="https://example.org/bg/registration",
        lead="Два дни за това какво работи, какво не и кой какво ще направи до следващия октомври.",
    ),
    _event(
        "migrants-day",
        "bg",
        "Вечер на разказите за Международния ден на мигранта",
        "vecher-na-razkazite",
        "shelter-evening",
        paragraph(
            "<p>Три минути на човек, без бележки, на език по избор. Който не иска да разказва, може да слуша: вратата "
            "е отворена за всички.</p>"
        ),
        related_pages("От предишната вечер", "migrants-day"),
        demo_note(NOTE["bg"]),
        themes=("integration",),
        start=_time(2027, 12, 18, 18, 30),
        end=_time(2027, 12, 18, 21),
        venue="Столична библиотека",
        address="София (примерен адрес)",
        lead="Как се озовахте там, където живеете? Вечер с кратки истории и дълъг чай.",
    ),
    _event(
        "oslo",
        "en",
        "Guardians for children: a study visit to Oslo",
        "study-visit-oslo",
        "routes-world",
        paragraph(
            "<p>Legal representatives from Bulgaria spend two days with their Norwegian colleagues: how a guardian is "
            "chosen, how many children one looks after, and who listens to the guardian.</p>"
        ),
        demo_note(NOTE["en"]),
        themes=("protection",),
        project="project-minors",
        start=_time(2028, 5, 24, 9, zone="Europe/Oslo"),
        end=_time(2028, 5, 25, 15, zone="Europe/Oslo"),
        time_zone="Europe/Oslo",
        venue="Meeting centre",
        address="Oslo (example address)",
        event_language="en",
        registration_url="https://example.org/en/registration",
        lead="What Bulgaria can learn from ten years of guardianship in Norway, and the other way round.",
    ),
    _event(
        "health-day",
        "bg",
        "Попитайте медиатор: ден на здравето",
        "popitayte-mediator",
        "horizon-health",
        paragraph(
            "<p>Медиатори и лекари отговарят на въпроси за личен лекар, ваксини и здравно осигуряване на пет езика. "
            "Измерваме и кръвно налягане.</p>"
        ),
        demo_note(NOTE["bg"]),
        themes=("migrant-health",),
        project="project-health",
        start=_time(2029, 4, 7, 10),
        end=_time(2029, 4, 7, 16),
        venue="Читалище „Надежда“",
        address="Русе (примерен адрес)",
        lead="Един ден, в който за здравето се пита без записване и без неудобство.",
    ),
    _event(
        "agenda",
        "en",
        "2030: what was promised, what was done",
        "2030-what-was-done",
        "fields-2030",
        paragraph(
            "<p>The year of the Agenda has come. Municipalities, ministries and organisations compare what they set out "
            "to do with what people on the move have noticed of it.</p>"
        ),
        demo_note(NOTE["en"]),
        themes=("data", "labour-mobility"),
        project="project-atlas",
        start=_time(2030, 9, 25, 10),
        end=_time(2030, 9, 25, 17),
        venue="National Palace of Culture",
        address="Sofia",
        event_language="en",
        registration_url="https://example.org/en/registration",
        lead="A day to take stock of the 2030 Agenda for Sustainable Development.",
    ),
]
