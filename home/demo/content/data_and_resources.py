"""Data and Resources, written in English."""

from home.demo.blocks import accordion, demo_note, heading, key_figures, paragraph, table
from home.demo.specs import PageSpec

DATA_AND_RESOURCES = PageSpec(
    key="data-and-resources",
    language="en",
    parent="home",
    title="Data and Resources",
    slug="data-and-resources",
    picture="figures-data",
    fields={
        "intro": "Good decisions need figures that can be trusted and words that can be understood. Here we collect both.",
        "image_alt": "A drawn field of dots that swell and shrink like the values of a chart",
        "show_children": True,
    },
    body=[
        heading("A small data set"),
        paragraph(
            "<p>The table shows how figures appear on this site: with a caption, a source and the same order of columns in "
            "both languages. <b>The numbers are invented</b> and describe no real period.</p>"
        ),
        table(
            "People counselled, by place (demonstration figures)",
            ["Place", "First half-year", "Second half-year"],
            ["Sofia", "418", "463"],
            ["Harmanli", "287", "302"],
            ["Burgas", "96", "111"],
        ),
        key_figures(
            "What the example adds up to",
            [
                ("1,677", "conversations in an invented year"),
                ("3.5", "conversations per person on average"),
                ("12", "languages in which they took place"),
            ],
            "Invented for this demonstration",
        ),
        heading("How to read migration figures"),
        accordion(
            (
                "An application is not a person",
                "<p>One person may apply more than once, and one application may cover a whole family.</p>",
            ),
            (
                "A flow is not a stock",
                "<p>How many people arrived in a month says little about how many live here today.</p>",
            ),
            (
                "A percentage needs its whole",
                "<p>Before you share a share, look for the number it was taken from.</p>",
            ),
        ),
        heading("Publications"),
        paragraph(
            "<p>Reports and leaflets have a file for each language; ours are listed at the end of this page. The whole "
            'organisation’s own shelf is a good place to go on: <a href="https://publications.iom.int/">IOM '
            "Publications</a>.</p>"
        ),
        demo_note("Demonstration content: every figure on this page is invented."),
    ],
)
