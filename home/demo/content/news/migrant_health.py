"""News of migrants' health."""

from datetime import date

from home.demo.blocks import accordion, demo_note, heading, key_figures, paragraph, quote
from home.demo.content.news.item import drawing, item

TEN_MINUTES = item(
    "ten-minutes",
    "bg",
    "Десет минути повече при лекаря, едно посещение по-малко",
    "deset-minuti-poveche",
    day=date(2023, 10, 10),
    place="София",
    picture="horizon-health",
    caption="Понякога облекчението започва с това, че някой те разбира.",
    themes=("migrant-health",),
    project="project-health",
    lead="На Световния ден на психичното здраве лекари и преводачи от проекта „Лекар, който разбира“ "
    "разказаха какво се променя, когато между тях и пациента няма отгатване.",
    body=[
        paragraph(
            "<p>„Боли ме сърцето“ на един език значи кардиолог, а на друг – че някой е заминал. Докато "
            "преводачът не попита какво точно има предвид пациентката, в картона ѝ имаше три "
            "електрокардиограми и нито един разговор.</p>",
            "<p>Прегледът с преводач трае по-дълго, но след него хората по-рядко идват отново със същото "
            "оплакване. Лекарите, които отначало се опасяваха за графика си, сега запазват такива часове "
            "сами.</p>",
        ),
        heading("Какво помага в кабинета"),
        paragraph(
            "<ul><li>Говорете на пациента, не на преводача.</li><li>Кажете по едно нещо "
            "наведнъж.</li><li>Помолете накрая пациента да ви повтори какво ще направи утре.</li></ul>"
        ),
        quote(
            "Не превеждам думи. Превеждам защо човекът срещу мен мълчи.",
            "Здравен медиатор",
            "измислен за тази демонстрация",
        ),
        demo_note(
            "Демонстрационно съдържание: срещата, случаят и цитатът са измислени; текстът не е "
            "медицински съвет."
        ),
    ],
)

CERTIFICATES = item(
    "certificates",
    "en",
    "Fourteen mediators, 1,900 appointments and one farewell",
    "fourteen-mediators",
    day=date(2024, 10, 24),
    place="Plovdiv",
    picture="horizon-mediators",
    caption="The project ends at the last hill that one can see; the road goes on behind it.",
    themes=("migrant-health", "integration"),
    project="project-health",
    lead="The project that trained health mediators has come to its end. Nine of its fourteen graduates "
    "already have a contract with a hospital or a municipality.",
    body=[
        key_figures(
            "Two and a half years (demonstration figures)",
            [
                ("14", "mediators trained"),
                ("1,900", "appointments accompanied"),
                ("11", "languages"),
            ],
            "Invented for this demonstration",
        ),
        paragraph(
            "<p>At the farewell each mediator told of one appointment. There was the man who had taken his "
            "drops by mouth, the woman who thought that “negative” was bad news, and the child who "
            "interpreted for her mother until somebody told her that she need not.</p>"
        ),
        drawing(
            "en", "figures-appointments", "Every dot is an appointment; the large ones took the longest."
        ),
        paragraph(
            "<p>What has been learned does not vanish with the project. The course is free to use, and two "
            "universities have included parts of it in the training of nurses.</p>"
        ),
        demo_note("Demonstration content: the mediators, the appointments and all figures are invented."),
    ],
)

VACCINES = item(
    "vaccines",
    "bg",
    "Преди ваксината – разговор",
    "predi-vaksinata",
    day=date(2026, 4, 28),
    place="Харманли",
    themes=("migrant-health", "protection"),
    lead="През Европейската имунизационна седмица педиатърка, медиатор и две майки отговаряха на въпроси в "
    "регистрационно-приемателния център в Харманли.",
    body=[
        paragraph(
            "<p>Родителите рядко са против. По-често не знаят какво вече е поставено, защото картонът е "
            "останал у дома или се е изгубил по пътя. Затова срещата започна с лист, на който "
            "всеки отбелязва каквото помни: къде, кога, на колко години е било детето.</p>"
        ),
        heading("Най-честите въпроси"),
        accordion(
            (
                "Опасно ли е да се повтори ваксина, която детето вече има?",
                "<p>Това решава лекарят според възрастта и вида на ваксината. Кажете му всичко, което "
                "помните, дори да не сте сигурни.</p>",
            ),
            (
                "Плаща ли се?",
                "<p>Задължителните ваксини за деца са безплатни.</p>",
            ),
            (
                "Какво получавам на ръка?",
                "<p>Картон, в който всичко е записано и на латиница. Снимайте го още същия ден.</p>",
            ),
        ),
        paragraph(
            "<p>До вечерта четиридесет семейства имаха попълнен лист, а педиатърката – нова дума на дари: "
            "„търпение“.</p>"
        ),
        demo_note(
            "Демонстрационно съдържание: срещата и числата са измислени; текстът не е медицински съвет."
        ),
    ],
)

MIGRANT_HEALTH_NEWS = [TEN_MINUTES, CERTIFICATES, VACCINES]
