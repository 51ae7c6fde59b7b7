"""A news item written in English; its translation is half done and not published."""

from datetime import date

from home.demo.blocks import accordion, demo_note, heading, paragraph
from home.demo.specs import PageSpec

WORK_GUIDE = PageSpec(
    key="work-guide",
    kind="NewsPage",
    language="en",
    parent="news",
    title="A guide to working in Bulgaria, in plain language",
    slug="plain-language-work-guide",
    picture="fields-work",
    themes=("labour-mobility", "integration"),
    fields={
        "date": date(2026, 6, 10),
        "place": "Sofia",
        "lead": "What is a contract, what may an employer ask, and whom do I call when my wages do not come? A new guide "
        "answers in short sentences.",
        "image_alt": "Drawn ploughed fields in several colours that run towards a far point",
        "image_caption": "Twenty pages, no abbreviations, one question on each.",
        "image_credit": "Illustration for the demonstration site",
    },
    body=[
        heading("Written together with its readers"),
        paragraph(
            "<p>People who recently found their first job in Bulgaria read every chapter before it was printed. Whatever "
            "they had to read twice was written again.</p>"
        ),
        heading("What the guide explains"),
        accordion(
            (
                "Before the first day",
                "<p>Which papers an employer may ask for and which must stay with you.</p>",
            ),
            (
                "On payday",
                "<p>How to read a payslip and what the deductions mean.</p>",
            ),
            (
                "When something goes wrong",
                "<p>Where to complain, in which language, and what it costs: nothing.</p>",
            ),
        ),
        paragraph(
            "<p>The guide will be published as a file for each language. The Bulgarian translation is under way.</p>"
        ),
        demo_note("Demonstration content: the guide and its date are invented."),
    ],
)
