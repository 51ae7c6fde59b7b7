"""Who We Are: the section and "About" are written in Bulgarian, "IOM Global" in English."""

from home.demo.blocks import (
    accordion,
    call_to_action,
    demo_note,
    heading,
    image,
    key_figures,
    paragraph,
    table,
)
from home.demo.specs import PageSpec

WHO_WE_ARE = PageSpec(
    key="who-we-are",
    language="bg",
    parent="home",
    title="Кои сме ние",
    slug="koi-sme-nie",
    picture="bridge-banks",
    fields={
        "intro": "Световна организация с местен екип. Тук ще научите откъде идваме, как работим в България и как "
        "сме свързани с колегите си по света.",
        "image_alt": "Рисуван мост със сводове, които се отразяват в спокойна вода",
        "show_children": True,
    },
    body=[
        heading("Една организация, много адреси"),
        paragraph(
            "<p>МОМ принадлежи към системата на ООН и е водещата междуправителствена организация в областта на "
            "миграцията. Държавите членки определят посоката, а екипите по места я превръщат в "
            "ежедневна работа: срещи, обучения, консултации, придружаване.</p>",
            "<p>Българското бюро е едно от тези места. Пишем и говорим на езика на хората, с които работим, и "
            "носим опита на цялата организация, когато решението не може да бъде намерено само тук.</p>",
        ),
        heading("На какво държим"),
        paragraph(
            "<ul><li><b>Човекът е на първо място.</b> Зад всяка преписка стои живот, който не се побира в нея.</li>"
            "<li><b>Изборът е информиран.</b> Обясняваме възможностите, без да подсказваме отговора.</li>"
            "<li><b>Поверителното си остава поверително.</b> Лични данни се споделят само със съгласие.</li>"
            "<li><b>Работим с институциите, а не вместо тях.</b> Добрата практика трябва да остане и след края на "
            "проекта.</li></ul>"
        ),
    ],
)

ABOUT = PageSpec(
    key="about",
    language="bg",
    parent="who-we-are",
    title="За нас",
    slug="za-nas",
    picture="shelter-office",
    fields={
        "intro": "От 2000\u00a0г. МОМ България подкрепя мигранти, бежанци и търсещи закрила и помага на държавата "
        "да управлява миграцията така, че никой да не остане невидим.",
        "image_alt": "Рисувана редица от сводести врати в здрач; в някои свети топла светлина",
        "show_children": False,
    },
    body=[
        heading("С какво се занимаваме в България"),
        paragraph(
            "<p>Бюрото работи заедно с държавни институции, общини, граждански организации и други агенции на "
            "ООН. Част от усилията ни са насочени към <b>трафика на хора</b>: участваме в изграждането на "
            "националните механизми за противодействие и подкрепяме пострадалите да си върнат контрола над "
            "собствения живот.</p>",
            "<p>Другата част е всекидневна и по-малко видима: консултация в приемен център, превод при лекар, "
            "разговор с представител на непридружено дете, обучение за служители, които за първи път срещат "
            "човек без нито един документ.</p>",
        ),
        image(
            "routes-bulgaria",
            "Рисувана карта без имена: плавни линии от различни места се срещат в една точка",
            "Маршрутите са различни, но въпросите по пътя често са едни и същи.",
            "Илюстрация за демонстрационния сайт",
        ),
        heading("Важни години"),
        table(
            "МОМ по света и в България",
            ["Година", "Събитие"],
            ["1951\u00a0г.", "Организацията започва работа за хуманна и подредена миграция."],
            ["2000\u00a0г.", "МОМ започва работа в България."],
            ["2016\u00a0г.", "МОМ се присъединява към системата на ООН."],
        ),
        heading("Въпроси, които често ни задават"),
        accordion(
            (
                "МОМ държавна институция ли е?",
                "<p>Не. МОМ е междуправителствена организация. Не издава документи за самоличност, не решава молби за "
                "закрила и не налага мерки по връщане.</p>",
            ),
            (
                "Струва ли нещо помощта ви?",
                "<p>Не. Всички наши услуги за мигранти са безплатни. Ако някой ви поиска пари от наше име, моля, "
                "съобщете ни.</p>",
            ),
            (
                "На какви езици говорите?",
                "<p>На български и английски. За други езици осигуряваме преводач – кажете ни предварително кой "
                "език предпочитате.</p>",
            ),
        ),
        call_to_action(
            "Искате да работим заедно?",
            "Разкажете ни за своята община, училище или организация. Най-добрите ни проекти са започвали с разговор.",
            "Вижте как да се включите",
            page="take-action",
        ),
    ],
)

IOM_GLOBAL = PageSpec(
    key="iom-global",
    language="en",
    parent="who-we-are",
    title="IOM Global",
    slug="iom-global",
    picture="routes-world",
    fields={
        "intro": "The office in Bulgaria is one of many. Behind it stands an organisation that has promoted humane and "
        "orderly migration since 1951.",
        "image_alt": "A drawn map without names: flowing lines from different places meet at one point",
        "show_children": False,
    },
    body=[
        heading("A short portrait"),
        paragraph(
            "<p>The International Organization for Migration is part of the United Nations system. Governments, "
            "partners and migrants themselves turn to it when people have to move, want to move or wish to return, "
            "and when the rules for doing so need to be fair and workable.</p>"
        ),
        key_figures(
            "IOM around the world",
            [
                ("175", "member states set the course of the organisation"),
                ("100+", "countries have IOM teams on the ground"),
                ("1951", "is the year in which the work began"),
            ],
            "IOM, general information",
        ),
        heading("What the world lends to Bulgaria"),
        paragraph(
            "<p>A case that starts in Sofia may end in Kabul, Vienna or Oslo. Because colleagues work at both ends, "
            "a family can be traced, a return prepared and a document checked <b>before</b> anybody boards an "
            "aeroplane.</p>",
            "<p>The exchange goes both ways: practices tested in Bulgaria are shared with offices that meet the same "
            'questions later. The general site of the organisation is <a href="https://www.iom.int/">iom.int</a>.</p>',
        ),
        call_to_action(
            "IOM in other countries",
            "Find the office nearest to you and the programmes it offers.",
            "Go to the global site",
            url="https://www.iom.int/where-we-work",
        ),
        demo_note(
            "Demonstration content: the examples on this page describe typical situations, not real cases."
        ),
    ],
)
