"""2030 Agenda, written in English."""

from home.demo.blocks import demo_note, heading, paragraph, table
from home.demo.specs import PageSpec

AGENDA_2030 = PageSpec(
    key="agenda-2030",
    language="en",
    parent="home",
    title="2030 Agenda",
    slug="2030-agenda",
    picture="fields-2030",
    fields={
        "intro": "The 2030 Agenda for Sustainable Development promises to leave no one behind. People on the move are part "
        "of that promise.",
        "image_alt": "Drawn ploughed fields in several colours that run towards a far point",
        "show_children": True,
    },
    body=[
        heading("Why migration belongs in it"),
        paragraph(
            "<p>Someone who works, learns and is healthy adds to the place they live in, wherever they were born. IOM’s "
            "work in Bulgaria therefore connects humanitarian assistance and sustainable development and supports the "
            "2030 Agenda.</p>",
            "<p>Not every goal speaks of migration by name. Several cannot be reached without it.</p>",
        ),
        heading("Goals that meet our work"),
        table(
            "Sustainable Development Goals and themes of the office",
            ["Goal", "Where our work meets it"],
            ["3. Good health and well-being", "Access to a doctor and an interpreter"],
            ["4. Quality education", "School for children who seek protection"],
            ["8. Decent work and economic growth", "Fair recruitment; no trafficking in human beings"],
            ["10. Reduced inequalities", "Orderly, safe and regular migration"],
            [
                "16. Peace, justice and strong institutions",
                "Legal help; protection of children from violence",
            ],
        ),
        heading("And beyond", level="h3"),
        paragraph(
            "<p>The goals are reached locally: in municipalities, companies and schools. If yours is looking for a first "
            'step, begin at <a href="page:data-and-resources">Data and Resources</a>.</p>'
        ),
        demo_note("Demonstration content: the choice of goals is an example."),
    ],
)
