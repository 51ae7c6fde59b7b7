"""How to reach the office, and a form: written in Bulgarian."""

from home.demo.blocks import demo_note, heading, paragraph, people
from home.demo.specs import PageSpec

CONTACT = PageSpec(
    key="contact",
    kind="ContactPage",
    language="bg",
    parent="home",
    title="Контакти",
    slug="kontakti",
    fields={
        "intro": "Пишете, обадете се или елате. Говорим български и английски; за друг език ни предупредете и ще "
        "осигурим преводач.",
        "address": "<p>Международна организация по миграция, бюро в България</p><p>София (примерен адрес)</p>",
        "opening_hours": "От понеделник до петък, 9:00–17:00\u00a0ч.",
        "phone": "+359 2 000 0000",
        "email": "office@example.org",
        "map_url": "https://www.openstreetmap.org/#map=13/42.6977/23.3219",
    },
    body=[
        heading("При опасност"),
        paragraph(
            "<p>Ако Вие или друг човек сте в опасност, обадете се на <b>112</b>. Обаждането е безплатно от всеки "
            "телефон.</p>"
        ),
        people(
            "Към кого да се обърнете", "person/mila-kostova", "person/leyla-hassan", "person/daniel-petrov"
        ),
        demo_note(
            "Демонстрационно съдържание: адресите, телефоните и хората са измислени, а писма до тях не стигат до никого. "
            'Действителните са на <a href="https://bulgaria.iom.int/">bulgaria.iom.int</a>.'
        ),
    ],
)

CONTACT_FORM = PageSpec(
    key="contact-form",
    kind="FormPage",
    language="bg",
    parent="contact",
    title="Пишете ни",
    slug="pishete-ni",
    fields={
        "intro": "Отговаряме до пет работни дни. Ако въпросът е личен, пишете само толкова, колкото е нужно.",
        "button": "Изпратете",
        "consent": "<p>Съгласявам се данните ми да бъдат използвани, за да получа отговор. Чете ги само екипът на бюрото; "
        'подробностите са в <a href="page:privacy">политиката за лични данни</a>.</p>',
        "retention_days": 180,
        "thanks_title": "Благодарим Ви!",
        "thanks_text": "<p>Получихме съобщението Ви и бихме отговорили до пет работни дни. Това обаче е "
        "демонстрационен сайт и отговор няма да има.</p>",
    },
    parts={
        "form_fields": [
            {"clean_name": "name", "label": "Име", "field_type": "singleline", "required": False},
            {
                "clean_name": "email",
                "label": "Електронна поща",
                "field_type": "email",
                "required": True,
                "help_text": "За да можем да отговорим.",
            },
            {
                "clean_name": "subject",
                "label": "За какво пишете",
                "field_type": "dropdown",
                "required": True,
                "choices": "Консултация\nПроект или партньорство\nМедии\nДостъпност на сайта\nДруго",
            },
            {"clean_name": "message", "label": "Съобщение", "field_type": "multiline", "required": True},
        ]
    },
)
