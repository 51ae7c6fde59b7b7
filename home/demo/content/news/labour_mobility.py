"""News of people who move for work, and of those who employ them."""

from datetime import date

from home.demo.blocks import accordion, call_to_action, demo_note, heading, paragraph, quote, table
from home.demo.content.news.item import item

BEFORE_YOU_SIGN = item(
    "before-you-sign",
    "en",
    "Roses and cherries: what to read before you sign",
    "before-you-sign",
    day=date(2023, 4, 25),
    place="Kazanlak",
    picture="fields-roses",
    caption="The rose is picked in May, the contract is read in April.",
    themes=("labour-mobility",),
    lead="Before the season begins in the Rose Valley, our colleagues answer questions about seasonal "
    "contracts on three market days.",
    body=[
        paragraph(
            "<p>A rose picker is paid by weight, starts before sunrise and often sleeps where the employer "
            "has put the beds. Each of these three things belongs in the contract, and each of them is "
            "often missing from it.</p>"
        ),
        heading("Three lines to look for"),
        accordion(
            (
                "What a kilogram is worth",
                "<p>The price, and who does the weighing. Ask to see the scales.</p>",
            ),
            (
                "What is taken off",
                "<p>Rent, meals and transport may be deducted only if you have agreed to it in writing.</p>",
            ),
            (
                "When the last wages are paid",
                "<p>A date, not “after the harvest”. You will be somewhere else by then.</p>",
            ),
        ),
        paragraph(
            "<p>Bring your contract, even if it is a photograph on a telephone. Reading it together takes a "
            "quarter of an hour and costs nothing.</p>"
        ),
        demo_note(
            "Demonstration content: the market days are invented; this item gives general information "
            "and is not legal advice."
        ),
    ],
)

SAFETY_BRIEFING = item(
    "safety-briefing",
    "bg",
    "Строителна фирма преведе инструктажа си – и го съкрати наполовина",
    "preveden-instruktazh",
    day=date(2024, 9, 5),
    place="Бургас",
    themes=("labour-mobility",),
    lead="„Подписват го всички, чете го само инженерът.“ Така ръководителят на един обект в Бургас описва "
    "инструктажа за безопасност, преди да ни потърси.",
    body=[
        paragraph(
            "<p>Документът беше от четиринадесет страници и на обекта го подписваха хора с пет различни "
            "майчини езика. Поискаха от нас превод. Предложихме друго: първо да проверим кое от написаното "
            "наистина пази някого.</p>",
            "<p>Останаха шест страници. На всяка има едно правило, една рисунка и името на човека, при "
            "когото се отива, ако правилото не може да бъде спазено.</p>",
        ),
        quote(
            "Най-трудно беше да махна изреченията, които пазят мен, а не работниците.",
            "Технически ръководител",
            "измислен за тази демонстрация",
        ),
        paragraph(
            "<p>Образецът е свободен за ползване на български, английски, турски, руски и киргизки. "
            "Единствената ни молба е да ни пишете какво сте променили в него.</p>"
        ),
        demo_note("Демонстрационно съдържание: фирмата, документът и цитатът са измислени."),
    ],
)

EMPLOYERS_BREAKFAST = item(
    "employers-breakfast",
    "en",
    "Employers ask, inspectors answer: a breakfast in Varna",
    "employers-breakfast",
    day=date(2026, 11, 5),
    place="Varna",
    picture="fields-harbour",
    caption="Fair rules are like straight furrows: they are easier to keep than to mend.",
    themes=("labour-mobility", "counter-trafficking"),
    project="project-fair-work",
    lead="Thirty hotel owners and farmers met the labour inspectorate over coffee, months before the "
    "project “Fair from the Start” begins. What they asked will shape it.",
    body=[
        paragraph(
            "<p>Most of the questions were not about punishment. How can I tell whether the agency abroad "
            "has taken money from the people it sends me? May I keep a passport in the safe if its owner "
            "asks me to? What do I do when a whole team wants one bank account?</p>"
        ),
        heading("Short answers from the morning"),
        table(
            "What was asked, and what was answered (shortened)",
            ["Question", "Answer"],
            ["May a worker be charged for being placed?", "No, by nobody, at no stage."],
            [
                "May I keep passports in the hotel safe?",
                "No. Offer a locker to which only the worker has the key.",
            ],
            ["May wages go to one account for a whole team?", "No. Each worker is paid in person."],
            ["Who checks the agency abroad?", "You do, too. A list of signs will be part of the project."],
        ),
        paragraph(
            "<p>The next breakfast takes place in Blagoevgrad in February. Whoever comes may bring a "
            "contract; its weakest sentence will be mended on the spot.</p>"
        ),
        call_to_action(
            "You employ people from abroad?",
            "Tell us what you would like to ask.",
            "Take action",
            page="take-action",
        ),
        demo_note(
            "Demonstration content: the meeting and its participants are invented; the answers are "
            "general and not legal advice."
        ),
    ],
)

LABOUR_MOBILITY_NEWS = [BEFORE_YOU_SIGN, SAFETY_BRIEFING, EMPLOYERS_BREAKFAST]
