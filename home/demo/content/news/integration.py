"""News of people who have come to stay, and of the places where they do."""

from datetime import date

from home.demo.blocks import call_to_action, demo_note, heading, key_figures, paragraph, quote, table
from home.demo.content.news.item import drawing, item

CLASS_NEWSPAPER = item(
    "class-newspaper",
    "en",
    "A class newspaper in three alphabets",
    "class-newspaper",
    day=date(2024, 5, 24),
    place="Stara Zagora",
    picture="river-letters",
    caption="Three alphabets, one page, and nobody who can read all of it alone.",
    themes=("integration",),
    lead="For 24 May, the day on which Bulgaria celebrates its letters, a fifth grade in Stara Zagora "
    "printed a newspaper in Cyrillic, Latin and Arabic script.",
    body=[
        paragraph(
            "<p>The idea came from a spelling mistake. A boy who had been in the country for two months "
            "wrote his name from right to left; his neighbour tried it as well, and by the end of the "
            "lesson the whole class could do it.</p>",
            "<p>The paper has eight pages. There is an interview with the caretaker, a recipe for stuffed "
            "vine leaves on which two grandmothers do not agree, and a crossword that can only be solved by "
            "two.</p>",
        ),
        heading("How to do it elsewhere"),
        paragraph(
            "<ul><li>Give every text two authors who do not share a mother tongue.</li><li>Let parents "
            "translate; they will argue, and that is part of it.</li><li>Print one copy more than there are "
            "families, for the town library.</li></ul>"
        ),
        demo_note(
            "Demonstration content: the class and its newspaper are invented. 24 May is a real holiday."
        ),
    ],
)

FIRST_WORDS = item(
    "first-words",
    "bg",
    "„Първите думи“ вече се чуват в Пловдив",
    "parvite-dumi-v-plovdiv",
    day=date(2025, 2, 11),
    place="Пловдив",
    picture="river-words",
    caption="Думите идват от различни места и продължават заедно.",
    themes=("integration",),
    project="project-language",
    lead="Първите две групи по български за родители започнаха занимания във вторник вечер, в училището на "
    "децата си и по едно и също време с тях.",
    body=[
        paragraph(
            "<p>Часът не беше избран от учителите, а от майките: шест и половина, след смяната и преди "
            "вечерята. В съседната стая студенти пишат домашни с децата, така че никой не бърза.</p>",
            "<p>Учебник още няма. Има касова бележка, съобщение от класната ръководителка и рецепта от "
            "личния лекар. Който може да прочете трите, е взел първото ниво.</p>",
        ),
        quote(
            "Дъщеря ми вече ме поправя. Искам поне да разбирам какво ми поправя.",
            "Майка от групата",
            "измислена за тази демонстрация",
        ),
        key_figures(
            "Началото в числа (примерни данни)",
            [("31", "родители в две групи"), ("9", "езика, говорени у дома"), ("2", "пъти седмично")],
            "Измислени за тази демонстрация",
        ),
        demo_note("Демонстрационно съдържание: курсът, участниците и числата в тази новина са измислени."),
    ],
)

AT_THE_COUNTER = item(
    "at-the-counter",
    "en",
    "A year at the counter: what mediators changed",
    "year-at-the-counter",
    day=date(2026, 3, 24),
    place="Plovdiv",
    themes=("integration", "data"),
    project="project-language",
    lead="Four mediators have worked in a municipal service centre for a year. The queue has become "
    "shorter, for everybody in it.",
    body=[
        paragraph(
            "<p>A mediator is not an interpreter who happens to stand nearby. She knows which paper the "
            "clerk is really asking for, and why the visitor believes that he has already brought it.</p>"
        ),
        table(
            "The service centre before and after (demonstration figures)",
            ["What was measured", "2024", "2025"],
            ["Average visits for one matter", "3.4", "1.9"],
            ["Minutes in the queue", "52", "34"],
            ["Complaints in a year", "87", "41"],
        ),
        heading("Unplanned, and welcome"),
        paragraph(
            "<p>The clerks began to rewrite their own letters. “Failure to comply shall entail” became “If "
            "you do not come by Friday, we must begin again”. It turned out that Bulgarian pensioners had "
            "not understood the old sentence either.</p>"
        ),
        call_to_action(
            "For municipalities",
            "How we work with towns that want to welcome newcomers well.",
            "Read about integration",
            page="integration",
        ),
        demo_note("Demonstration content: the mediators, the service centre and all figures are invented."),
    ],
)

EIGHT_LOAVES = item(
    "eight-loaves",
    "bg",
    "Една трапеза, осем хляба",
    "edna-trapeza-osem-hlyaba",
    day=date(2026, 6, 20),
    place="София",
    picture="horizon-table",
    caption="На 20 юни слънцето залязва късно и никой не бърза да става от масата.",
    themes=("integration", "protection"),
    lead="На Световния ден на бежанците съседи от един софийски квартал изнесоха маси на улицата. Условието "
    "беше едно: всеки да донесе хляб, какъвто се пече у дома.",
    body=[
        paragraph(
            "<p>До обяд на масата имаше пита, лаваш, нан, погача, инджера, баница, която организаторите "
            "приеха след кратко обсъждане, и два хляба, за чиито имена стопаните им не се разбраха.</p>",
            "<p>Речи нямаше. Имаше карта, на която всеки забождаше карфица там, където е ял най-вкусния "
            "хляб в живота си. Повечето карфици се оказаха в кухнята на нечия баба.</p>",
        ),
        drawing("bg", "fields-bread", "Преди да стане хляб, всичко е нива."),
        heading("Ако искате да опитате и вие"),
        paragraph(
            "<ol><li>Питайте съседите, преди да питате общината.</li><li>Намерете сянка и чешма.</li><li>Не "
            "раздавайте листовки. Раздайте ножове за хляб.</li></ol>"
        ),
        demo_note(
            "Демонстрационно съдържание: трапезата и гостите са измислени. Световният ден на "
            "бежанците се отбелязва на 20 юни."
        ),
    ],
)

INTEGRATION_NEWS = [CLASS_NEWSPAPER, FIRST_WORDS, AT_THE_COUNTER, EIGHT_LOAVES]
