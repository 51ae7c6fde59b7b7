"""News of children who travel alone, and of those who look after them."""

from datetime import date

from home.demo.blocks import (
    accordion,
    call_to_action,
    demo_note,
    heading,
    key_figures,
    paragraph,
    quote,
    table,
)
from home.demo.content.news.item import item

HUNDRED_QUESTIONS = item(
    "hundred-questions",
    "bg",
    "Сто въпроса, които задават децата",
    "sto-vaprosa",
    day=date(2023, 11, 20),
    place="София",
    picture="shelter-questions",
    caption="Зад всяка врата някой пита кога ще види близките си.",
    themes=("protection",),
    project="project-minors",
    lead="За Световния ден на детето събрахме въпросите, които непридружените деца задават най-често на "
    "нашите консултанти и преводачи. Първият рядко е за документи.",
    body=[
        paragraph(
            "<p>„Мога ли да се обадя на мама?“ – така започват повечето разговори. После идват храната, "
            "училището, футболът. Едва накрая, понякога чак на третата среща, детето пита какво ще реши "
            "държавата за него.</p>",
            "<p>Консултантите записваха въпросите в продължение на половин година, без имена и без "
            "подробности, по които някой може да бъде разпознат. Сега те са подредени в табло, което "
            "служителите виждат, преди да влязат при новодошло дете.</p>",
        ),
        heading("Три въпроса от таблото"),
        paragraph(
            "<ul><li>Защо ме питате на колко години съм за четвърти път?</li><li>Ако заспя, ще ме преместят "
            "ли някъде?</li><li>Кой може да дойде с мен при доктора?</li></ul>"
        ),
        quote(
            "Докато не отговориш на истинския въпрос, на твоите въпроси отговарят с „да“.",
            "Преводачка от екипа",
            "измислена за тази демонстрация",
        ),
        call_to_action(
            "Какво стои зад въпросите",
            "Кой пази непридружените деца и какво се случва след пристигането им.",
            "Към темата „Закрила“",
            page="protection",
        ),
        demo_note("Демонстрационно съдържание: таблото, въпросите и цитатът в тази новина са измислени."),
    ],
)

REPRESENTATIVES = item(
    "representatives",
    "bg",
    "Първата среща на представителите: да говориш от името на дете",
    "sreshta-na-predstavitelite",
    day=date(2024, 3, 21),
    place="Хасково",
    themes=("protection",),
    project="project-minors",
    lead="Двадесет и двама адвокати, които представляват непридружени деца, прекараха два дни заедно в "
    "Хасково, за да сравнят как работят и какво ги затруднява.",
    body=[
        paragraph(
            "<p>Представителят влиза в живота на детето бързо: понякога двамата се запознават на вратата на "
            "стаята за интервю. Обучението започна оттук – с първите десет минути и с това какво в тях може "
            "да се обещае.</p>"
        ),
        heading("Програмата"),
        table(
            "Какво упражняваха участниците (примерна програма)",
            ["Ден", "Тема", "Как"],
            ["Първи", "Запознаване с детето през преводач", "Разиграване на срещи"],
            ["Първи", "Оценка на най-добрия интерес", "Три случая, решени на глас"],
            ["Втори", "Събиране на семейството", "Попълване на истински образци"],
            ["Втори", "Когато детето изчезне от центъра", "Обща карта на обажданията"],
        ),
        paragraph(
            "<p>Най-дълго участниците спориха за последното. Всички са съгласни, че първият час е решаващ; "
            "в различните градове обаче първото обаждане отива на различно място. Сега имат един списък, "
            "подреден по часове, а не по институции.</p>"
        ),
        demo_note("Демонстрационно съдържание: срещата, програмата и броят на участниците са измислени."),
    ],
)

SAFETY_ZONE_OPENS = item(
    "safety-zone-opens",
    "en",
    "One front door, forty beds: the safety zone in Harmanli opens",
    "safety-zone-opens",
    day=date(2025, 9, 18),
    place="Harmanli",
    picture="shelter-safety-zone",
    caption="The entrance is separate, so that nobody has to cross the yard of the large centre.",
    themes=("protection",),
    project="project-safety-zone",
    lead="Children who arrive without a relative now have a part of their own in the registration and "
    "reception centre in Harmanli, with people who stay awake when they sleep.",
    body=[
        paragraph(
            "<p>The new safety zone was built under the National AMIF Programme. It looks less like an "
            "institution than those who drew it had feared: the corridor is short, the lamps can be dimmed, "
            "and each bed has a shelf with a door that locks.</p>"
        ),
        key_figures(
            "The zone at its opening (demonstration figures)",
            [
                ("40", "beds"),
                ("12", "trained social workers"),
                ("24 h", "a day with somebody on duty"),
            ],
            "Invented for this demonstration",
        ),
        heading("The first afternoon"),
        paragraph(
            "<p>Two brothers were the first to choose a room. They took the one from which the "
            "gate can be seen. In the evening the cook asked what they missed most, and wrote down a recipe "
            "for lentil soup that she had not known.</p>",
            "<p>A safety zone does not shorten the procedure for international protection. It makes it "
            "possible to wait for its end without being afraid.</p>",
        ),
        call_to_action(
            "Why children need a place of their own",
            "What happens between registration and a decision, step by step.",
            "Read about protection",
            page="protection",
        ),
        demo_note(
            "Demonstration content: the safety zone exists; the date, the figures and the scenes in "
            "this item are invented."
        ),
    ],
)

FAMILY_STEPS = item(
    "family-steps",
    "en",
    "Back to one’s family, in seven plain steps",
    "family-reunification-steps",
    day=date(2026, 9, 10),
    place="Sofia",
    picture="bridge-family",
    caption="The bridge to one’s family has many arches, and most of them are letters.",
    themes=("protection",),
    lead="A child who has an aunt in Vienna or a father in Malmö may be able to join them under the Dublin "
    "III Regulation. A new leaflet tells children how that works, and how long it takes.",
    body=[
        paragraph(
            "<p>The leaflet folds out into a path with seven stations. At each of them it says who acts "
            "now, what the child can do in the meantime, and whom to ask when nothing seems to happen.</p>"
        ),
        heading("What children ask first"),
        accordion(
            (
                "Do I have to prove that she is my aunt?",
                "<p>Yes, but not alone. Papers help, and so do photographs, telephone numbers and what both "
                "of you tell independently of each other. Your legal representative collects them with "
                "you.</p>",
            ),
            (
                "Why does it take months?",
                "<p>Two states write to each other, and each of them has to look into the matter. There are "
                "time limits; the leaflet shows them as a calendar.</p>",
            ),
            (
                "May I change my mind?",
                "<p>Yes. Your wish is asked for more than once, and nobody is sent to a relative against "
                "it.</p>",
            ),
        ),
        quote(
            "I put a coin on the station where I am. Every week I look whether I may move it.",
            "Y., 15",
            "invented for this demonstration",
        ),
        paragraph(
            "<p>The leaflet gives general information. It cannot replace the advice of a legal "
            "representative, and its first page says so.</p>"
        ),
        demo_note(
            "Demonstration content: the leaflet and the quotation are invented, and this item is not "
            "legal advice."
        ),
    ],
)

PROTECTION_NEWS = [HUNDRED_QUESTIONS, REPRESENTATIVES, SAFETY_ZONE_OPENS, FAMILY_STEPS]
