"""Projects: the list is written in Bulgarian, half of them in each language."""

from datetime import date
from decimal import Decimal
from typing import Any

from home.demo.blocks import (
    Block,
    EntryKey,
    accordion,
    demo_note,
    documents,
    donors,
    embed,
    gallery,
    heading,
    image,
    key_figures,
    paragraph,
    people,
    quote,
    related_pages,
    timeline,
)
from home.demo.content.motifs import alt
from home.demo.specs import PageSpec

CREDIT = {"bg": "Илюстрация за демонстрационния сайт", "en": "Illustration for the demonstration site"}
NOTE = {
    "bg": "Демонстрационно съдържание: проектът, сроковете, сумите и резултатите на тази страница са измислени.",
    "en": "Demonstration content: the project, its dates, amounts and results on this page are invented.",
}


def _donor(key: str, grant: str, acknowledgement: str) -> dict[str, Any]:
    return {"donor": EntryKey(f"donor/{key}"), "grant_number": grant, "acknowledgement": acknowledgement}


def _picture(language: str, name: str, caption: str) -> Block:
    return image(name, alt(language, name), caption, CREDIT[language])


def _project(
    key: str,
    language: str,
    title: str,
    slug: str,
    picture: str,
    *,
    themes: tuple[str, ...],
    donor_parts: list[dict[str, Any]],
    partners: tuple[str, ...],
    region: str,
    body: list[Block],
    **fields: Any,
) -> PageSpec:
    return PageSpec(
        key=key,
        kind="ProjectPage",
        language=language,
        parent="projects",
        title=title,
        slug=slug,
        picture=picture,
        themes=themes,
        fields={"image_alt": alt(language, picture), "region": EntryKey(f"region/{region}"), **fields},
        parts={
            "donor_relations": donor_parts,
            "partner_relations": [{"partner": EntryKey(f"partner/{partner}")} for partner in partners],
        },
        body=body,
    )


PROJECTS = PageSpec(
    key="projects",
    kind="ProjectsIndexPage",
    language="bg",
    parent="our-work",
    title="Проекти",
    slug="proekti",
    fields={
        "intro": "Какво правим, с чии средства, заедно с кого и какво е излязло от това.",
    },
)

MINORS = _project(
    "project-minors",
    "bg",
    "Подкрепа за непридружени малолетни и непълнолетни лица, търсещи международна закрила",
    "podkrepa-za-nepridruzheni-detsa",
    "shelter-children",
    themes=("protection",),
    donor_parts=[
        _donor(
            "nfm",
            "NFM-EXAMPLE-01",
            "Проектът се финансира от Норвежкия финансов механизъм.",
        )
    ],
    partners=("sar", "red-cross", "unicef"),
    region="haskovo",
    lead="Сигурно място, възрастен, на когото може да се вярва, и решение, което държи сметка за интереса на детето: "
    "върху това работиха МОМ България и партньорите ѝ.",
    start=date(2023, 1, 1),
    end=date(2025, 12, 31),
    status="completed",
    budget=Decimal("1250000.00"),
    body=[
        heading("Защо беше нужен"),
        paragraph(
            "<p>Дете, което пристига само, среща за няколко дни повече институции, отколкото връстниците му за цялото "
            "си детство. Проектът помогна тези срещи да бъдат по-малко, по-кратки и на език, който детето разбира.</p>"
        ),
        timeline(
            "Как премина проектът",
            ("Януари 2023\u00a0г.", "Начало", "Екипът посети центровете и изслуша децата и служителите."),
            ("Март 2024\u00a0г.", "Първото обучение на представители", "Общо бяха проведени шест обучения."),
            (
                "Септември 2025\u00a0г.",
                "Наръчник за практиката",
                "Добрите примери бяха събрани за колегите, които ще продължат.",
            ),
            ("5 декември 2025\u00a0г.", "Заключително събитие", "Институциите обсъдиха следващите стъпки."),
        ),
        gallery(
            "Така си представяме сигурното място",
            _picture("bg", "shelter-safety-zone", "Ясен вход и светлина, която не гасне."),
            _picture("bg", "river-meeting", "Много хора, една грижа."),
            _picture("bg", "bridge-banks", "Пътят към близките понякога минава през няколко държави."),
        ),
        people("Представи резултатите", "person/ana-raykova"),
        related_pages("Прочетете още", "news", "events"),
        donors(
            "Със средства на",
            "donor/nfm",
            acknowledgement="Чрез Норвежкия финансов механизъм Норвегия допринася за по-сплотена Европа.",
        ),
        demo_note(
            "Демонстрационно съдържание: проектът и участниците са действителни; номерът на договора, сроковете, сумите "
            "и резултатите на тази страница са измислени."
        ),
    ],
    results="<ul><li>240 деца са получили консултация на език, който разбират.</li>"
    "<li>36 служители и представители са преминали обучение.</li>"
    "<li>Наръчникът с добри практики е предаден на институциите.</li></ul>",
    disclaimer="Страницата изразява възгледите на авторите си; донорът не носи отговорност за съдържанието ѝ.",
)

SAFETY_ZONE = _project(
    "project-safety-zone",
    "en",
    "A Safety Zone in Harmanli",
    "safety-zone-harmanli",
    "shelter-safety-zone",
    themes=("protection",),
    donor_parts=[
        _donor(
            "amif", "AMIF-EXAMPLE-12", "Co-funded by the European Union under the National AMIF Programme."
        )
    ],
    partners=("sar",),
    region="haskovo",
    lead="Rooms, light and people who stay: a new part of the registration and reception centre keeps children who "
    "are alone apart from adults whom they do not know.",
    start=date(2024, 2, 1),
    end=date(2025, 10, 31),
    status="completed",
    budget=Decimal("860000.00"),
    body=[
        heading("What was built"),
        paragraph(
            "<p>The safety zone has its own entrance, bedrooms, a classroom and a yard. Social workers are there at "
            "every hour, and an interpreter can be called at any of them.</p>"
        ),
        embed(
            "A walk through the safety zone",
            "https://vimeo.com/76979871",
            "shelter-safety-zone",
            "Example of a film: the address stands for one that the office would publish.",
        ),
        accordion(
            (
                "Who lives there?",
                "<p>Children without their parents or another adult who is responsible for them, for as long as their "
                "procedure needs.</p>",
            ),
            (
                "Can one visit?",
                "<p>Only by appointment with SAR: it is somebody’s home.</p>",
            ),
        ),
        related_pages("Read on", "project-minors", "protection"),
        demo_note(NOTE["en"]),
    ],
    results="<ul><li>40 places for children in a separate part of the centre.</li>"
    "<li>12 social workers trained before the first child moved in.</li></ul>",
    disclaimer="The views expressed here are those of the authors and not necessarily those of the European Union.",
)

REFERRAL = _project(
    "project-referral",
    "en",
    "First Signs: recognising victims of trafficking and referring them",
    "first-signs",
    "routes-training",
    themes=("counter-trafficking", "protection"),
    donor_parts=[
        _donor("idf", "IDF-EXAMPLE-07", "Funded by the IOM Development Fund."),
        _donor("bridge", "", ""),
    ],
    partners=("commission", "red-cross"),
    region="south-east",
    lead="Labour inspectors, nurses and bus drivers often meet a victim before the police do. They learn what to "
    "notice and whom to call.",
    start=date(2024, 9, 1),
    end=date(2027, 8, 31),
    status="ongoing",
    budget=Decimal("540000.00"),
    body=[
        heading("Three steps"),
        paragraph(
            "<ol><li><b>Notice.</b> Short trainings with situations from real work.</li>"
            "<li><b>Call.</b> One contact in each district who knows what comes next.</li>"
            "<li><b>Stay.</b> Nobody is handed over and forgotten: the caller hears how it went.</li></ol>"
        ),
        key_figures(
            "Half-way (demonstration figures)",
            [("11", "trainings held"), ("260", "people trained"), ("19", "persons referred to support")],
            "Invented for this demonstration",
        ),
        documents(
            "To print and to hang up",
            ("signs-leaflet-en", "Leaflet in English"),
            ("signs-leaflet-bg", "Leaflet in Bulgarian"),
        ),
        demo_note(NOTE["en"]),
    ],
)

RETURN = _project(
    "project-return",
    "en",
    "The Way Back: assisted voluntary return and reintegration",
    "the-way-back",
    "bridge-return",
    themes=("voluntary-return",),
    donor_parts=[
        _donor(
            "amif", "AMIF-EXAMPLE-31", "Co-funded by the European Union under the National AMIF Programme."
        )
    ],
    partners=("sar",),
    region="nationwide",
    lead="For people who have decided to go home and cannot do it alone: counselling, papers, the journey, and a plan "
    "for the first year.",
    start=date(2025, 3, 1),
    end=date(2028, 2, 29),
    status="ongoing",
    budget=Decimal("2100000.00"),
    body=[
        heading("What is offered"),
        paragraph(
            "<p>A conversation comes first and binds to nothing. Whoever decides to return gets help with documents, "
            "a ticket, somebody at the transit airport and, at home, a colleague who supports the plan.</p>"
        ),
        timeline(
            "From the first conversation to the first year",
            ("Week 1", "Counselling", "In a language that you understand."),
            ("Weeks 2 to 6", "Papers and tickets", "You may change your mind until the last day."),
            ("Day of travel", "Company on the way", ""),
            ("First year", "Reintegration", "A course, tools, or a small business."),
        ),
        people("Whom to ask", "person/mila-kostova", "person/leyla-hassan"),
        demo_note(NOTE["en"]),
    ],
)

LANGUAGE = _project(
    "project-language",
    "bg",
    "Първите думи: български език и медиатори в общините",
    "parvite-dumi",
    "river-club",
    themes=("integration",),
    donor_parts=[
        _donor("bridge", "BRIDGE-EXAMPLE-04", "С подкрепата на фондация „Мост“ (измислен донор)."),
    ],
    partners=("municipality", "red-cross"),
    region="sofia-plovdiv",
    lead="Уроци в часове, в които родителите могат да дойдат, и медиатори, които познават и двете страни на "
    "гишето.",
    start=date(2025, 1, 15),
    end=date(2027, 6, 30),
    status="ongoing",
    budget=Decimal("310000.00"),
    body=[
        heading("Как изглежда един урок"),
        paragraph(
            "<p>Започваме от това, което човек ще каже утре: при лекаря, в училището, в магазина. Граматиката идва "
            "след чая. Докато родителите учат, за децата има занимание в съседната стая.</p>"
        ),
        quote(
            "Първата ми дума беше „квитанция“. Втората – „благодаря“.",
            "Участничка в курса",
            "измислена за тази демонстрация",
        ),
        demo_note(NOTE["bg"]),
    ],
)

FAIR_WORK = _project(
    "project-fair-work",
    "en",
    "Fair from the Start: recruitment that nobody pays for twice",
    "fair-from-the-start",
    "fields-work",
    themes=("labour-mobility", "counter-trafficking"),
    donor_parts=[_donor("idf", "IDF-EXAMPLE-15", "Funded by the IOM Development Fund.")],
    partners=("employers", "commission"),
    region="nationwide",
    lead="Employers, agencies and workers agree on rules for recruitment across borders: no fees for workers, "
    "contracts that can be read, a number to call.",
    start=date(2027, 4, 1),
    end=date(2029, 3, 31),
    status="planned",
    budget=Decimal("475000.00"),
    body=[
        heading("What is planned"),
        paragraph(
            "<ul><li>A contract in plain language, in eight languages.</li>"
            "<li>A course for recruiters on what they may ask and what not.</li>"
            "<li>Visits to farms and building sites together with the labour inspectorate.</li></ul>"
        ),
        demo_note(NOTE["en"]),
    ],
)

HEALTH = _project(
    "project-health",
    "bg",
    "Лекар, който разбира: здравни медиатори и преводачи",
    "lekar-koyto-razbira",
    "horizon-health",
    themes=("migrant-health", "integration"),
    donor_parts=[_donor("nfm", "NFM-EXAMPLE-02", "Проектът се финансира от Норвежкия финансов механизъм.")],
    partners=("red-cross", "municipality"),
    region="sofia-plovdiv",
    lead="Болката трудно се обяснява и на собствения език. Медиатори придружаваха хора при лекар и обучаваха здравни "
    "екипи да работят с преводач.",
    start=date(2022, 5, 1),
    end=date(2024, 10, 31),
    status="completed",
    budget=Decimal("420000.00"),
    body=[
        heading("Какво научихме"),
        paragraph(
            "<p>Прегледът с преводач трае с десет минути повече, а следващият често отпада. Най-търсената помощ не "
            "беше лечение, а обяснение: къде, кога, с какъв документ.</p>"
        ),
        related_pages("Прочетете още", "migrant-health", "publications"),
        demo_note(NOTE["bg"]),
    ],
    results="<ul><li>1\u00a0900 придружени прегледа.</li><li>14 обучени медиатори, девет от които още работят.</li></ul>",
)

ATLAS = _project(
    "project-atlas",
    "bg",
    "Атлас на миграцията в България",
    "atlas-na-migratsiyata",
    "figures-data",
    themes=("data",),
    donor_parts=[_donor("idf", "IDF-EXAMPLE-19", "С финансиране от Фонда на МОМ за развитие.")],
    partners=("sar",),
    region="nationwide",
    lead="Открити данни, обяснени с думи: откъде идва всяко число, какво брои и какво не брои.",
    start=date(2027, 1, 15),
    end=date(2028, 6, 30),
    status="planned",
    budget=Decimal("185000.00"),
    body=[
        heading("Какво предстои"),
        paragraph(
            "<p>Ще съберем на едно място публичните данни за миграцията в България, ще ги опишем на двата езика и ще "
            'ги дадем за свободно ползване. Примерен набор има още сега в „<a href="page:data-and-resources">Данни и '
            "ресурси</a>“.</p>"
        ),
        demo_note(NOTE["bg"]),
    ],
)

PROJECT_ITEMS = [MINORS, SAFETY_ZONE, REFERRAL, RETURN, LANGUAGE, FAIR_WORK, HEALTH, ATLAS]
