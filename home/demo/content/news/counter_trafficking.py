"""News of the work against trafficking in human beings."""

from datetime import date

from home.demo.blocks import call_to_action, demo_note, heading, key_figures, paragraph, quote, table
from home.demo.content.news.item import drawing, item

NIGHT_SHIFT = item(
    "night-shift",
    "en",
    "Night shift: what an emergency ward can notice",
    "night-shift",
    day=date(2024, 10, 18),
    place="Ruse",
    picture="routes-night",
    caption="Many lines cross in a waiting room at two in the morning.",
    themes=("counter-trafficking", "migrant-health"),
    project="project-referral",
    lead="On European Anti-Trafficking Day, nurses and doctors in Ruse talked about patients whose answers "
    "were always given by somebody else.",
    body=[
        paragraph(
            "<p>A broken wrist is a broken wrist. Whether its owner may leave work to have it looked at, "
            "who keeps her identity card, and why the man beside her knows her date of birth better than "
            "she does: those are questions that no X-ray answers.</p>",
            "<p>The evening was part of the project “First Signs”. Nobody was asked to become a detective. "
            "The participants practised one small thing: to be alone with the patient for three minutes.</p>",
        ),
        heading("Three minutes"),
        paragraph(
            "<ol><li>Ask the companion to fill in a form, in another room.</li><li>Call an interpreter by "
            "telephone, even when somebody offers to translate.</li><li>Ask: is there anything that you "
            "would like to tell me while we are alone?</li></ol>"
        ),
        quote(
            "I used to think that I lacked the time. What I lacked was the sentence.",
            "A nurse from the emergency ward",
            "invented for this demonstration",
        ),
        paragraph(
            "<p>What happens after such a conversation is described under <a "
            'href="page:counter-trafficking">Counter-trafficking</a>.</p>'
        ),
        demo_note("Demonstration content: the evening, its participants and the quotation are invented."),
    ],
)

BUS_STOP = item(
    "bus-stop",
    "bg",
    "Плакат на спирката: един номер, шест езика",
    "plakat-na-spirkata",
    day=date(2025, 7, 30),
    place="Варна",
    picture="horizon-coast",
    caption="Линиите по крайбрежието превозват и хора, които не знаят къде отиват.",
    themes=("counter-trafficking",),
    lead="От Световния ден за борба с трафика на хора в автобусите между Варна и курортите пътува кратко "
    "съобщение. То не плаши и не обещава, а казва на кого да се обадиш.",
    body=[
        paragraph(
            "<p>Текстът на плаката беше писан единадесет пъти. Първите варианти започваха с думата „жертва“ "
            "и хората, които ги прочетоха за проба, решаваха, че не се отнася за тях. Последният започва с "
            "въпрос: „Пазят ли ти паспорта?“.</p>"
        ),
        drawing(
            "bg", "routes-poster", "Скица на плаката: пътища без имена, една точка, в която има кой да чуе."
        ),
        key_figures(
            "Кампанията накратко (примерни данни)",
            [("64", "автобуса"), ("6", "езика"), ("3", "месеца")],
            "Измислени за тази демонстрация",
        ),
        paragraph(
            "<p>Шофьорите също преминаха кратък инструктаж. От тях не се очаква да разпитват. Достатъчно е "
            "да знаят на коя спирка има хора и светлина и че при опасност се звъни на 112.</p>"
        ),
        call_to_action(
            "Забелязали сте нещо?",
            "Не е нужно да сте сигурни. Вижте какво можете да направите.",
            "Включете се",
            page="take-action",
        ),
        demo_note(
            "Демонстрационно съдържание: кампанията, плакатът и числата са измислени. Телефон 112 е "
            "действителен."
        ),
    ],
)

REHEARSAL = item(
    "rehearsal",
    "en",
    "One case, nine desks: institutions rehearse a referral",
    "one-case-nine-desks",
    day=date(2026, 10, 16),
    place="Sofia",
    picture="river-referral",
    caption="Each stream has a source of its own; the person who needs help should not have to find them "
    "all.",
    themes=("counter-trafficking", "protection"),
    project="project-referral",
    lead="For a day, prosecutors, shelter staff, interpreters and inspectors moved one invented file from "
    "desk to desk, and measured how often its heroine had to begin again.",
    body=[
        paragraph(
            "<p>The file was called “Elena”. She was nineteen, had worked on a farm for four months without "
            "pay, and had told her story to a bus driver. By lunch she had told it to seven people. In the "
            "afternoon the participants tried to do it with two.</p>"
        ),
        table(
            "The same case before and after lunch (demonstration figures)",
            ["What was counted", "Morning", "Afternoon"],
            ["Times that Elena told her story", "7", "2"],
            ["Hours until a safe bed", "19", "5"],
            ["Forms filled in", "11", "6"],
            ["People who knew her real name", "14", "4"],
        ),
        heading("What made the difference"),
        paragraph(
            "<p>Not a new law, and not a new form. The afternoon went better because one person stayed with "
            "Elena from the first desk to the last and carried what had already been said, with her "
            "consent.</p>",
            "<p>The institutions agreed to try such a companion in two districts in spring.</p>",
        ),
        demo_note("Demonstration content: the rehearsal, the case and all figures are invented."),
    ],
)

COUNTER_TRAFFICKING_NEWS = [NIGHT_SHIFT, BUS_STOP, REHEARSAL]
