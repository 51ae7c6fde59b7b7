"""Our Work is written in Bulgarian; its cross-cutting themes come from texts in both languages."""

from home.demo.blocks import (
    EntryKey,
    accordion,
    call_to_action,
    demo_note,
    heading,
    image,
    key_figures,
    paragraph,
    quote,
    related_pages,
    table,
)
from home.demo.content.motifs import alt
from home.demo.specs import PageSpec

OUR_WORK = PageSpec(
    key="our-work",
    language="bg",
    parent="home",
    title="Нашата работа",
    slug="nashata-rabota",
    picture="fields-themes",
    fields={
        "intro": "Трафик на хора, закрила, доброволно завръщане, интеграция: темите са различни, но се пресичат в "
        "живота на едни и същи хора. Затова ги наричаме хоризонтални.",
        "image_alt": "Рисувани разорани ниви в различни цветове, които се събират към далечна точка",
        "show_children": True,
    },
    body=[
        heading("Как работим по един проект"),
        paragraph(
            "<ol><li>Слушаме: мигрантите, общността и институциите невинаги виждат една и съща трудност.</li>"
            "<li>Договаряме: кой какво ще направи, с какви средства и до кога.</li>"
            "<li>Действаме заедно с партньорите, а не успоредно с тях.</li>"
            "<li>Отчитаме и наученото, и несполучливото, за да не плати следващият същата цена.</li></ol>"
        ),
        heading("Откъде идват средствата"),
        paragraph(
            "<p>Проектите в България се финансират от донори – сред тях е Норвежкият финансов механизъм – и от "
            "европейски програми. Името на донора стои на всяка страница за проект, а отчетите са публични.</p>"
        ),
        call_to_action(
            "Какво ново",
            "Срещи, обучения и резултати от проектите ни.",
            "Към новините",
            page="news",
        ),
        related_pages("Какво предстои и какво вече има", "events", "publications"),
    ],
)

COUNTER_TRAFFICKING = PageSpec(
    key="counter-trafficking",
    kind="ThemePage",
    language="en",
    parent="our-work",
    title="Counter-trafficking",
    slug="counter-trafficking",
    picture="horizon-light",
    fields={
        "intro": "Trafficking in human beings hides in ordinary places: a building site, a farm, a rented flat. We help "
        "institutions to see it and victims to leave it behind.",
        "image_alt": "Drawn hills, one behind another, at first light, with a dotted way across the sky",
        "theme": EntryKey("theme/counter-trafficking"),
    },
    body=[
        heading("Our part"),
        paragraph(
            "<p>IOM helps to develop the national mechanisms against trafficking in human beings. In practice that means "
            "clear steps for everybody who may meet a victim, from a labour inspector to a nurse, and a safe place "
            "to which the person can be referred.</p>",
            "<p>Support for victims follows their own pace. It may include <b>shelter</b>, <b>legal advice</b>, "
            "<b>medical and psychological care</b> and, when someone wishes it, help to return home.</p>",
        ),
        heading("Signs worth noticing"),
        accordion(
            (
                "At work",
                "<p>Documents held by the employer, wages that are never paid out, a debt that only grows.</p>",
            ),
            (
                "In daily life",
                "<p>A person who never answers for themselves, is never alone and does not know their own address.</p>",
            ),
            (
                "On the road",
                "<p>A child who travels with adults and cannot say who they are, or repeats the same few sentences.</p>",
            ),
        ),
        call_to_action(
            "If you have seen something",
            "In an emergency call 112. You do not have to be certain; noticing is enough.",
            "What you can do",
            page="take-action",
        ),
        demo_note("Demonstration content: this page gives general information and is not legal advice."),
    ],
)

PROTECTION = PageSpec(
    key="protection",
    kind="ThemePage",
    language="en",
    parent="our-work",
    title="Protection of children on the move",
    slug="protection",
    picture="shelter-children",
    fields={
        "intro": "A child who arrives alone is first of all a child. Safety, a trusted adult and a decision that takes the "
        "child’s interest seriously cannot wait.",
        "image_alt": "A drawn row of arched doorways at dusk, a warm light on in some of them",
        "theme": EntryKey("theme/protection"),
    },
    body=[
        heading("What unaccompanied children need"),
        paragraph(
            "<p>An unaccompanied minor who seeks international protection in Bulgaria is registered by the State Agency "
            "for Refugees (SAR) and is given a legal representative. Between these two steps lie many small ones: finding "
            "a language in common, a bed away from adults, a doctor, a school.</p>",
            "<ul><li>A <b>safety zone</b> in a registration and reception centre keeps children apart from unknown "
            "adults and offers care around the clock.</li>"
            "<li>A <b>legal representative</b> accompanies the child through the procedure.</li>"
            "<li><b>Family reunification</b> brings the child back to parents or relatives when that is safe.</li></ul>",
        ),
        image(
            "shelter-safety-zone",
            "A drawn row of arched doorways at dusk, a warm light on in some of them",
            "A safe place is also one that a child can understand at first sight.",
            "Illustration for the demonstration site",
        ),
        heading("Who does what"),
        table(
            "Roles in the care of an unaccompanied child",
            ["Who", "Task"],
            ["State Agency for Refugees", "Registration, accommodation, procedure"],
            ["Legal representative", "The child’s rights and interests in the procedure"],
            ["IOM", "Counselling, training, support for the safety zones"],
        ),
        call_to_action(
            "From practice",
            "Institutions and organisations reviewed the results of a project for unaccompanied children.",
            "Read the article",
            page="final-event",
        ),
    ],
)

VOLUNTARY_RETURN = PageSpec(
    key="voluntary-return",
    kind="ThemePage",
    language="en",
    parent="our-work",
    title="Assisted voluntary return and reintegration",
    slug="assisted-voluntary-return",
    picture="bridge-return",
    fields={
        "intro": "Going back can be a decision made with dignity. We help people to take it freely, travel safely and start "
        "again.",
        "image_alt": "A drawn bridge whose arches are mirrored in calm water",
        "theme": EntryKey("theme/voluntary-return"),
    },
    body=[
        heading("How it works"),
        paragraph(
            "<ol><li>You talk to a counsellor, in a language you understand.</li>"
            "<li>You decide. You may change your mind until the day of departure.</li>"
            "<li>We help with documents, tickets and transit.</li>"
            "<li>After the return, a colleague in your country supports your plan: a course, a workshop, a flock of "
            "sheep.</li></ol>"
        ),
        key_figures(
            "An example year (demonstration figures)",
            [
                ("1,240", "conversations with counsellors"),
                ("310", "people who decided to return"),
                ("42%", "of them with a reintegration plan"),
            ],
            "Invented for this demonstration",
        ),
        quote(
            "Nobody told me to go or to stay. They asked me what I would do on the first morning.",
            "Participant in the programme",
            "invented for this demonstration",
        ),
        demo_note("Demonstration content: the figures and the quotation on this page are invented."),
    ],
)

INTEGRATION = PageSpec(
    key="integration",
    kind="ThemePage",
    language="en",
    parent="our-work",
    title="Integration",
    slug="integration",
    picture="river-neighbours",
    fields={
        "intro": "Integration is not a course that one completes. It happens in a stairwell, in a classroom, at work, and "
        "it asks something of everybody.",
        "image_alt": "Drawn streams in several colours that come together and run on as one",
        "theme": EntryKey("theme/integration"),
    },
    body=[
        heading("Where we lend a hand"),
        paragraph(
            "<p>We work with municipalities that want to welcome newcomers well: Bulgarian lessons at hours that suit "
            "working parents, guidance about school and health care, and mediators who know both sides of the "
            "counter.</p>"
        ),
        heading("For municipalities", level="h3"),
        paragraph(
            "<p>A first conversation costs nothing. Bring one question that your colleagues could not answer last "
            'month, and we will look for somebody who has already solved it. The themes are linked with the <a href="page:agenda-2030">'
            "2030 Agenda for Sustainable Development</a>.</p>"
        ),
        call_to_action(
            "The theme around the world",
            "How IOM understands integration and social cohesion.",
            "Go to the global site",
            url="https://www.iom.int/migrant-integration",
        ),
    ],
)

LABOUR_MOBILITY = PageSpec(
    key="labour-mobility",
    kind="ThemePage",
    language="bg",
    parent="our-work",
    title="Трудова мобилност",
    slug="trudova-mobilnost",
    picture="fields-work",
    fields={
        "intro": "Работата през граница може да е честна за всички: за човека, който идва, за работодателя и за мястото, "
        "от което човекът тръгва.",
        "image_alt": alt("bg", "fields-work"),
        "theme": EntryKey("theme/labour-mobility"),
    },
    body=[
        heading("За какво се грижим"),
        paragraph(
            "<ul><li>Никой да не плаща, за да бъде нает.</li>"
            "<li>Договорът да се чете, преди да се подпише, и на език, който се разбира.</li>"
            "<li>Дипломата и опитът да се признават, вместо да се губят на границата.</li></ul>"
        ),
        accordion(
            (
                "Аз съм работодател",
                "<p>Помагаме с образци на договори и с въпроси за документите. Разговорът е безплатен.</p>",
            ),
            (
                "Търся работа в България",
                "<p>Питайте, преди да платите на посредник: по закон таксата не е за Ваша сметка.</p>",
            ),
        ),
        demo_note("Демонстрационно съдържание: страницата дава обща информация и не е правен съвет."),
    ],
)

MIGRANT_HEALTH = PageSpec(
    key="migrant-health",
    kind="ThemePage",
    language="bg",
    parent="our-work",
    title="Здраве на мигрантите",
    slug="zdrave-na-migrantite",
    picture="horizon-health",
    fields={
        "intro": "Здравето не спира на границата. Когато човек стигне до лекар навреме и го разбере, печели целият квартал.",
        "image_alt": alt("bg", "horizon-health"),
        "theme": EntryKey("theme/migrant-health"),
    },
    body=[
        heading("Какво правим"),
        paragraph(
            "<p>Обучаваме медиатори, осигуряваме преводачи и обясняваме как работи здравната система: кой е личен лекар, "
            "какво покрива осигуровката, къде се слага ваксина.</p>"
        ),
        quote(
            "Докато чакахме, тя ми обясни думата „рецепта“. Оттогава я пиша сам.",
            "Човек, придружен от медиатор",
            "измислен за тази демонстрация",
        ),
        demo_note("Демонстрационно съдържание: цитатът на тази страница е измислен."),
    ],
)

DATA = PageSpec(
    key="data",
    kind="ThemePage",
    language="en",
    parent="our-work",
    title="Migration data",
    slug="migration-data",
    picture="figures-data",
    fields={
        "intro": "A number persuades only those who know what it counts. We help to collect, to explain and to share.",
        "image_alt": alt("en", "figures-data"),
        "theme": EntryKey("theme/data"),
    },
    body=[
        heading("What we do with figures"),
        paragraph(
            "<p>We bring together those who count with those who need the counts: border police and teachers, statisticians "
            "and mayors. Personal data stay where they are; what travels is totals.</p>"
        ),
        call_to_action(
            "See for yourself",
            "Tables, key figures and how to read them.",
            "Data and Resources",
            page="data-and-resources",
        ),
        demo_note("Demonstration content: this page describes work of a kind that the office may do."),
    ],
)
