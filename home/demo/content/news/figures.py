"""News of data, and of the office's own years."""

from datetime import date

from home.demo.blocks import call_to_action, demo_note, heading, key_figures, paragraph, quote, table
from home.demo.content.news.item import drawing, item

READING_NUMBERS = item(
    "reading-numbers",
    "en",
    "How to read a number about migration",
    "reading-numbers",
    day=date(2024, 12, 10),
    place="Sofia",
    picture="figures-reading",
    caption="The same dots, seen from another side, tell another story.",
    themes=("data",),
    lead="Fifteen journalists spent an afternoon with three figures, all of them correct and all of them "
    "quoted wrongly last year.",
    body=[
        paragraph(
            "<p>A person who was stopped at the border twice appears in the statistics as two. A person who "
            "asked for protection in December and was registered in January belongs to another year. And a "
            "share of fifty per cent may mean two people out of four.</p>"
        ),
        table(
            "Words that look alike and count different things",
            ["Word", "What is counted", "What is not"],
            ["Arrivals", "Events at a border", "People who crossed unseen"],
            ["Applications", "Requests for international protection", "Those who left before registration"],
            ["Residents", "People with a valid permit", "Those whose permit has just run out"],
        ),
        heading("Four questions for every figure"),
        paragraph(
            "<ol><li>Who counted, and why?</li><li>People, cases or events?</li><li>Between which "
            "dates?</li><li>Compared with what?</li></ol>",
            "<p>Sources in which one can look for oneself are listed under <a "
            'href="page:data-and-resources">Data and Resources</a>.</p>',
        ),
        demo_note(
            "Demonstration content: the workshop and its participants are invented; the table "
            "explains terms in general."
        ),
    ],
)

TWENTY_FIVE_YEARS = item(
    "twenty-five-years",
    "en",
    "Twenty-five years in Bulgaria, told by small things",
    "twenty-five-years",
    day=date(2025, 11, 12),
    place="Sofia",
    picture="routes-years",
    caption="Every place on this map has lent something to the exhibition.",
    lead="IOM has worked in Bulgaria since 2000. An exhibition marks the anniversary with thirty objects "
    "that would all fit into a rucksack.",
    body=[
        paragraph(
            "<p>There is a bunch of keys to a house that no longer stands. There is a dictionary with the "
            "word “tomorrow” underlined, a pay slip framed by its owner, and a toy lorry that has crossed "
            "five borders and lost a wheel at each of them but one.</p>",
            "<p>No label names the country that an object comes from. It says instead what its owner did on "
            "the day when the object was lent.</p>",
        ),
        quote(
            "I gave them my first bus ticket. I had kept it because I did not know that one may throw it "
            "away.",
            "One of the lenders",
            "invented for this demonstration",
        ),
        drawing("en", "bridge-years", "A bridge for each five years, drawn for the poster."),
        call_to_action(
            "What the office does today",
            "Since when we are here, with whom we work, and how.",
            "About us",
            page="about",
        ),
        demo_note(
            "Demonstration content: the exhibition, its objects and the quotation are invented. IOM "
            "has indeed been in Bulgaria since 2000."
        ),
    ],
)

STUDENT_MAPS = item(
    "student-maps",
    "bg",
    "Студенти чертаят карта без стрелки",
    "karta-bez-strelki",
    day=date(2026, 5, 29),
    place="Велико Търново",
    picture="figures-maps",
    caption="Данните стават понятни, когато човек може да посочи себе си сред тях.",
    themes=("data",),
    project="project-atlas",
    lead="Дебелата червена стрелка е най-познатият знак за миграцията и най-малко казва за нея. Двадесет "
    "студенти търсиха друг начин тя да бъде нарисувана.",
    body=[
        paragraph(
            "<p>Четирите отбора получиха едни и същи отворени данни и два дни. Единият нарисува времето "
            "вместо пътя: колко дълго се чака на всяко място. Друг показа само завръщанията. Трети отказа "
            "да чертае карта и направи календар.</p>"
        ),
        key_figures(
            "Два дни работа (примерни данни)",
            [("20", "студенти"), ("4", "отбора"), ("7", "карти, от които три нарочно непълни")],
            "Измислени за тази демонстрация",
        ),
        heading("Какво ще остане"),
        paragraph(
            "<p>Журито не излъчи победител. От всяка работа взе по една идея за бъдещия „Атлас на "
            "миграцията в България“: чакането като разстояние, празното място като честен отговор и "
            "календара, в който годината започва през септември, с училището.</p>"
        ),
        demo_note(
            "Демонстрационно съдържание: надпреварата, участниците и числата в тази новина са измислени."
        ),
    ],
)

FIGURES_NEWS = [READING_NUMBERS, TWENTY_FIVE_YEARS, STUDENT_MAPS]
