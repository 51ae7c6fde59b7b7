"""Vacancies and calls: the list is written in Bulgarian; open ones have a deadline years ahead."""

from datetime import date
from typing import Any

from home.demo.blocks import Block, accordion, demo_note, heading, paragraph
from home.demo.specs import PageSpec

NOTE = {
    "bg": "Демонстрационно съдържание: обявата, сроковете и адресите са измислени.",
    "en": "Demonstration content: the call, its dates and its addresses are invented.",
}


def _vacancy(key: str, language: str, title: str, slug: str, *body: Block, **fields: Any) -> PageSpec:
    return PageSpec(
        key=f"vacancy-{key}",
        kind="VacancyPage",
        language=language,
        parent="vacancies",
        title=title,
        slug=slug,
        fields=fields,
        body=[*body, demo_note(NOTE[language])],
    )


VACANCIES = PageSpec(
    key="vacancies",
    kind="VacanciesIndexPage",
    language="bg",
    parent="take-action",
    title="Работа и поръчки",
    slug="rabota-i-porachki",
    fields={
        "intro": "Свободни места, стажове и обяви за доставки и услуги. Всяка се затваря сама след срока си."
    },
)

VACANCY_ITEMS = [
    _vacancy(
        "social-worker",
        "bg",
        "Социален работник в зона за сигурност",
        "sotsialen-rabotnik",
        heading("Какво ще правите"),
        paragraph(
            "<ul><li>Ще сте до детето през деня и ще познавате историята му.</li>"
            "<li>Ще работите заедно с представителя, лекаря и учителя.</li>"
            "<li>Ще давате дежурства, включително нощни, по график.</li></ul>"
        ),
        heading("Какво търсим"),
        paragraph(
            "<p>Образование по социални дейности или психология, търпение и поне един чужд език. Опитът е предимство, "
            "но не е условие.</p>"
        ),
        lead="За регистрационно-приемателния център в Харманли търсим човек, който умее да слуша.",
        deadline=date(2029, 3, 31),
        kind="job",
        place="Харманли",
        contract="Срочен договор за една година",
        reference="VN-EXAMPLE-01",
        application_email="jobs@example.org",
    ),
    _vacancy(
        "intern",
        "en",
        "Intern, communication",
        "intern-communication",
        heading("What you will learn"),
        paragraph(
            "<p>How a text comes into being in two languages at once, how to ask for consent before a photograph, and how "
            "to write a caption that people finish.</p>"
        ),
        accordion(
            (
                "Who may apply?",
                "<p>Students and graduates of any subject who write well in English or Bulgarian.</p>",
            ),
            ("Is it paid?", "<p>Yes, with a monthly allowance.</p>"),
        ),
        lead="Six months with the people who write this site.",
        deadline=date(2028, 9, 30),
        kind="internship",
        place="Sofia",
        contract="Six months, full time",
        reference="IN-EXAMPLE-02",
        application_url="https://example.org/en/apply",
    ),
    _vacancy(
        "consultant",
        "en",
        "Consultant, migration data",
        "consultant-migration-data",
        paragraph("<p>Review of the methods behind the planned atlas, and a short report in English.</p>"),
        lead="Twenty days of work on the sources of the migration atlas.",
        deadline=date(2026, 3, 15),
        kind="consultancy",
        place="From home",
        contract="Twenty working days",
        reference="CO-EXAMPLE-03",
        application_email="jobs@example.org",
    ),
    _vacancy(
        "interpreting",
        "bg",
        "Обява за доставка на устни преводи",
        "ustni-prevodi",
        heading("Предмет"),
        paragraph(
            "<p>Устен превод от и на арабски, дари, пущу и тигриня при консултации в София и Харманли, на място и по "
            "телефона.</p>"
        ),
        heading("Как се оценява"),
        paragraph("<p>Качество – 60\u00a0%, цена – 40\u00a0%. Офертите се отварят в деня след срока.</p>"),
        lead="Търсим изпълнител за устни преводи на четири езика за срок от две години.",
        deadline=date(2028, 5, 31),
        kind="procurement",
        place="София и Харманли",
        contract="Рамков договор за две години",
        reference="RFP-EXAMPLE-04",
        application_email="procurement@example.org",
    ),
    _vacancy(
        "furniture",
        "bg",
        "Обява за доставка на мебели за учебна стая",
        "mebeli-za-uchebna-staya",
        paragraph("<p>Двайсет чина, двайсет стола, бяла дъска и шкаф за книги.</p>"),
        lead="Обзавеждане за учебната стая в зоната за сигурност.",
        deadline=date(2025, 6, 30),
        kind="procurement",
        place="Харманли",
        reference="RFQ-EXAMPLE-05",
        application_email="procurement@example.org",
    ),
]
