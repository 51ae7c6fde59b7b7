"""A news item written in English and fully translated."""

from datetime import date

from home.demo.blocks import demo_note, heading, paragraph, quote
from home.demo.specs import PageSpec

MIGRANTS_DAY = PageSpec(
    key="migrants-day",
    kind="NewsPage",
    language="en",
    parent="news",
    title="An evening of stories for International Migrants Day",
    slug="evening-of-stories",
    picture="shelter-evening",
    themes=("integration",),
    fields={
        "date": date(2025, 12, 18),
        "place": "Plovdiv",
        "lead": "Students, newcomers and neighbours met in a Plovdiv library on 18 December to tell one another how they "
        "came to live where they live.",
        "image_alt": "A drawn row of arched doorways at dusk, a warm light on in some of them",
        "image_caption": "Behind every lit doorway there is a story about how somebody came there.",
        "image_credit": "Illustration for the demonstration site",
    },
    body=[
        heading("One rule: no longer than three minutes"),
        paragraph(
            "<p>Some spoke about borders, others about a move from one village to the next. A grandmother remembered the "
            "year when half of her street left for the city; a student from Aleppo described the day when he first made a joke "
            "in Bulgarian and somebody laughed.</p>"
        ),
        quote(
            "I thought I would hear about far-away places. I heard about my own family.",
            "A visitor",
            "invented for this demonstration",
        ),
        paragraph(
            "<p>The library keeps the recordings for anybody who would like to listen. "
            'Ideas for an evening in your own town can be found under <a href="page:take-action">Take Action</a>.</p>'
        ),
        demo_note("Demonstration content: the evening, its visitors and the quotation are invented."),
    ],
)
