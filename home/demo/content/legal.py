"""Personal data, written in English, and terms of use, written in Bulgarian."""

from datetime import date

from home.demo.blocks import demo_note, heading, paragraph, table
from home.demo.specs import PageSpec

PRIVACY = PageSpec(
    key="privacy",
    kind="StandardPage",
    language="en",
    parent="home",
    title="Privacy",
    slug="privacy",
    fields={
        "intro": "We collect as little as we can, say why, and delete it in time.",
        "reviewed": date(2026, 11, 2),
    },
    body=[
        heading("What is kept, and for how long"),
        table(
            "Personal data on this site",
            ["What", "Why", "How long"],
            ["What you send by a form", "To answer you", "As many days as the form says"],
            ["The chosen language", "To greet you in it next time", "In your browser, until you delete it"],
            ["Addresses of visitors", "To stop abuse of forms", "Some minutes, in memory only"],
        ),
        heading("What is not done"),
        paragraph(
            "<ul><li>No visitor is followed, here or on other sites.</li>"
            "<li>Nothing is loaded from elsewhere until you ask for it, such as a film.</li>"
            "<li>No data are sold or given to anybody for advertising.</li></ul>"
        ),
        heading("Your rights"),
        paragraph(
            "<p>You may ask what we keep about you, have it corrected or deleted. Write to us by the "
            '<a href="page:contact">contact page</a>; you need give no reason.</p>'
        ),
        demo_note("Demonstration content: this text is an example and no legal advice."),
    ],
)

TERMS = PageSpec(
    key="terms",
    kind="StandardPage",
    language="bg",
    parent="home",
    title="Условия за ползване",
    slug="usloviya-za-polzvane",
    fields={
        "intro": "Какво е този сайт, какво може да вземете от него и за какво не отговаряме.",
        "reviewed": date(2026, 11, 2),
    },
    body=[
        heading("Демонстрационен сайт"),
        paragraph(
            "<p>Сайтът показва как една организация може да публикува на два езика. Организацията и мисията ѝ са "
            "истински; новините, проектите, сумите, обявите и хората, отбелязани като примерни, са измислени.</p>"
        ),
        heading("Ползване на текстовете"),
        paragraph(
            "<p>Текстовете и рисунките може да се ползват свободно, ако посочите откъде са. Имената и знаците на "
            "организациите принадлежат на тях.</p>"
        ),
        heading("Езици"),
        paragraph(
            "<p>Всяка страница се пише първо на единия език и се превежда на другия. Ако двата текста се различават, "
            "верен е този, от който е превеждано.</p>"
        ),
        demo_note("Демонстрационно съдържание: условията са примерни."),
    ],
)
