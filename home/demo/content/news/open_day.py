"""An announcement that changed after its English version went live: the translation is out of date."""

from dataclasses import replace
from datetime import date

from home.demo.blocks import Block, call_to_action, demo_note, heading, paragraph, table
from home.demo.specs import PageSpec

FIRST_LEAD = (
    "На 3 март 2026\u00a0г. отваряме вратите си за всеки, който има въпрос за документи, работа или училище. "
    "Консултациите са безплатни и не изискват записване."
)
CHANGED_LEAD = (
    "На 3 март 2026\u00a0г. отваряме вратите си за всеки, който има въпрос за документи, работа, училище или "
    "здравно осигуряване. Консултациите са безплатни; за превод се запишете до 27 февруари."
)
FIRST_HOURS = "<p>Вратите са отворени от 10:00 до 16:00\u00a0ч. Елате, когато ви е удобно.</p>"
CHANGED_HOURS = "<p>Вратите са отворени от 9:30 до 18:00\u00a0ч. Елате, когато ви е удобно.</p>"


def _body(hours: str) -> list[Block]:
    return [
        heading("Кога и къде"),
        paragraph(
            hours,
            "<p>Очакваме ви в читалището на квартала. Входът е достъпен за колички, а за децата има кът за игра.</p>",
        ),
        table(
            "Кой на какво отговаря",
            ["Маса", "Тема"],
            ["1", "Документи и срокове"],
            ["2", "Работа и професионални курсове"],
            ["3", "Училище и детска градина"],
        ),
        heading("Какво да носите"),
        paragraph(
            "<ul><li>документите, които имате, дори да са изтекли;</li><li>писмата, които не разбирате;</li>"
            "<li>въпросите си, записани на вашия език.</li></ul>"
        ),
        call_to_action(
            "Не можете да дойдете?",
            "Има и други начини да получите помощ или да помогнете.",
            "Вижте ги тук",
            page="take-action",
        ),
        demo_note(
            "Демонстрационно съдържание: събитието, датите и мястото в тази новина са измислени. Английският текст "
            "нарочно е останал с една промяна назад."
        ),
    ]


_FIRST = PageSpec(
    key="open-day",
    kind="NewsPage",
    language="bg",
    parent="news",
    title="Ден на отворените врати за хора с въпроси",
    slug="den-na-otvorenite-vrati",
    picture="bridge-open-day",
    themes=("integration", "migrant-health"),
    fields={
        "date": date(2026, 2, 16),
        "place": "София",
        "lead": FIRST_LEAD,
        "image_alt": "Рисуван мост със сводове, които се отразяват в спокойна вода",
        "image_caption": "Понякога отговорът идва на втората чаша чай.",
        "image_credit": "Илюстрация за демонстрационния сайт",
    },
    body=_body(FIRST_HOURS),
)

OPEN_DAY = replace(
    _FIRST,
    revised=replace(_FIRST, fields={**_FIRST.fields, "lead": CHANGED_LEAD}, body=_body(CHANGED_HOURS)),
)
