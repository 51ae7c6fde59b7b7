"""News of assisted voluntary return, and of what comes after it."""

from datetime import date

from home.demo.blocks import accordion, call_to_action, demo_note, heading, key_figures, paragraph, quote
from home.demo.content.news.item import item

BAKERY = item(
    "bakery",
    "bg",
    "Пекарната, която започна в София и отвори в Кутаиси",
    "pekarnata-v-kutaisi",
    day=date(2023, 6, 14),
    place="София",
    picture="horizon-bakery",
    caption="Зад хълмовете има улица, която сутрин ухае на хляб.",
    themes=("voluntary-return",),
    lead="Гиорги прекара в България четири години. Днес има две пещи, един ученик и навика да поздравява "
    "клиентите си на български.",
    body=[
        paragraph(
            "<p>Планът за завръщането му се побираше на една страница. Най-горе стоеше името на улицата, "
            "най-долу – цената на пещ втора употреба. Между тях консултантът беше записал всичко, което "
            "може да се обърка.</p>",
            "<p>Объркаха се три неща: пещта закъсня, наемът поскъпна, а първият чувал брашно се намокри. За "
            "първите две имаше резервен план. Брашното изсушиха съседите.</p>",
        ),
        quote(
            "Завърнах се с куфар и с разписание. Разписанието се оказа по-ценно.",
            "Гиорги, хлебар",
            "измислен за тази демонстрация",
        ),
        paragraph(
            "<p>Как протича подпомогнатото доброволно завръщане, кой има право на него и докога човек може "
            'да размисли, е описано в темата „<a href="page:voluntary-return">Подпомогнато доброволно '
            "завръщане</a>“.</p>"
        ),
        demo_note("Демонстрационно съдържание: Гиорги, пекарната и цитатът са измислени."),
    ],
)

WAY_BACK_BEGINS = item(
    "way-back-begins",
    "en",
    "“The Way Back” begins: first a conversation, then a ticket",
    "the-way-back-begins",
    day=date(2025, 3, 12),
    place="Sofia",
    picture="bridge-return",
    caption="A bridge can be crossed in both directions.",
    themes=("voluntary-return",),
    project="project-return",
    lead="A new programme of assisted voluntary return and reintegration starts this month. Its counsellors "
    "travel: to reception centres, to hostels, and to the villages where seasonal workers live.",
    body=[
        heading("Four questions that we were asked on the first day"),
        accordion(
            (
                "Do you decide whether I go?",
                "<p>No. You decide. A counsellor tells you what is possible and what is not, and writes "
                "down what you have chosen.</p>",
            ),
            (
                "What if I change my mind at the airport?",
                "<p>Then you stay. The ticket is lost, the right to talk to us is not.</p>",
            ),
            (
                "Do I get money?",
                "<p>You get help with the journey and, in many cases, support for a plan: a course, tools, "
                "the rent for a workshop. It is given in kind wherever that is possible.</p>",
            ),
            (
                "Will my government know that I asked for protection?",
                "<p>We do not tell anybody. For travel papers we need your name and your photograph, "
                "nothing more.</p>",
            ),
        ),
        paragraph(
            "<p>The first month belongs to listening. Only then will the counsellors fix at which places "
            "and hours they can be found, because those who work from dawn to dusk cannot come at ten in "
            "the morning.</p>"
        ),
        call_to_action(
            "Think it over with somebody",
            "How a return is prepared, and what follows after it.",
            "Assisted voluntary return",
            page="voluntary-return",
        ),
        demo_note(
            "Demonstration content: the programme and its dates are invented; the answers are not "
            "legal advice."
        ),
    ],
)

BEFORE_DECIDING = item(
    "before-deciding",
    "bg",
    "Какво питат хората, преди да решат дали да се върнат",
    "predi-da-reshat",
    day=date(2026, 8, 27),
    place="Свиленград",
    themes=("voluntary-return", "data"),
    project="project-return",
    lead="Консултантите по програмата „Пътят назад“ преброиха въпросите от 600 разговора. Парите са чак "
    "на четвърто място.",
    body=[
        key_figures(
            "Най-честите въпроси (примерни данни)",
            [
                ("38\u00a0%", "питат за документите на децата си"),
                ("27\u00a0%", "искат да знаят дали могат да се откажат"),
                ("19\u00a0%", "питат кой ще ги посрещне"),
                ("16\u00a0%", "питат за средства и работа"),
            ],
            "Измислени за тази демонстрация",
        ),
        heading("Защо документите са първи"),
        paragraph(
            "<p>Дете, родено по пътя, често има само болничен лист. Без акт за раждане то не може нито да "
            "пътува, нито да бъде записано в училище след завръщането. Снабдяването с документ понякога "
            "трае по-дълго от всичко останало, затова сега консултантите започват с него.</p>",
            "<p>Преброяването има и друга полза: на гърба на брошурата вече стоят отговорите на четирите "
            "въпроса, в този ред.</p>",
        ),
        demo_note("Демонстрационно съдържание: разговорите, дяловете и брошурата са измислени."),
    ],
)

VOLUNTARY_RETURN_NEWS = [BAKERY, WAY_BACK_BEGINS, BEFORE_DECIDING]
