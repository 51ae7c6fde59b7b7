"""A page of every kind in both languages, with all that each can refer to, below the two front pages.

Of the themes, „Здраве“ is not translated, and shows on English pages in Bulgarian.
"""

import datetime
from types import SimpleNamespace

from django.core.files.base import ContentFile
from django.utils import timezone, translation
from wagtail.documents import get_document_model
from wagtail.models import Locale

from home.models import (
    ContactPage,
    Donor,
    EventPage,
    EventPageTheme,
    EventsIndexPage,
    FormField,
    FormPage,
    Partner,
    Person,
    ProjectDonor,
    ProjectPage,
    ProjectPageTheme,
    ProjectPartner,
    ProjectsIndexPage,
    PublicationFile,
    PublicationPage,
    PublicationPageTheme,
    PublicationsIndexPage,
    Region,
    StandardPage,
    Theme,
    ThemePage,
    VacanciesIndexPage,
    VacancyPage,
)


def english(original, **fields):
    """The live English translation of a page or an entry, with what is in it as the pipeline would leave it."""
    copy = original.copy_for_translation(Locale.objects.get(language_code="en"))
    for name, value in fields.items():
        setattr(copy, name, value)
    if hasattr(copy, "live"):
        copy.live = True
        copy.slug = ""
    # The texts of sample blocks become what they are when they are saved.
    with translation.override("en"):
        copy.save()
    return copy


def make_entries(image):
    bg = Locale.objects.get(language_code="bg")
    protection = Theme.objects.create(name="Закрила", code="protection", locale=bg)
    health = Theme.objects.create(name="Здраве", code="health", locale=bg)
    region = Region.objects.create(name="Хасково", code="haskovo", locale=bg)
    donor = Donor.objects.create(
        name="Норвежки финансов механизъм",
        logo=image,
        logo_alt="Рисувано лого",
        url="https://example.org/bg/",
        locale=bg,
    )
    partner = Partner.objects.create(name="Държавна агенция за бежанците", locale=bg)
    person = Person.objects.create(
        name="Ана Райкова",
        role="координатор",
        photo=image,
        email="ana@example.org",
        phone="+359 2 000 000",
        locale=bg,
    )
    english(protection, name="Protection")
    english(region, name="Haskovo")
    english(
        donor, name="Norwegian Financial Mechanism", logo_alt="A drawn logo", url="https://example.org/en/"
    )
    english(partner, name="State Agency for Refugees")
    english(person, name="Ana Raykova", role="coordinator")
    return SimpleNamespace(
        protection=protection, health=health, region=region, donor=donor, partner=partner, person=person
    )


def document(name, content):
    return get_document_model().objects.create(title=name, file=ContentFile(content, name=name))


def add_every_kind(bg_home, image, *, bodies):
    """Returns each kind as a pair, {"bg": page, "en": page}, and the entries."""
    entries = make_entries(image)
    kinds = SimpleNamespace(entries=entries)
    bg, en = (
        {"image": image, "image_alt": "Рисувани поля", "body": bodies["bg"]},
        {
            "image_alt": "Drawn fields",
            "body": bodies["en"],
        },
    )
    text = {"body": bodies["bg"]}, {"body": bodies["en"]}

    def pair(parent, page, **fields):
        page = parent.add_child(instance=page)
        return {"bg": page, "en": english(page, **fields)}

    kinds.theme = pair(
        bg_home,
        ThemePage(title="Закрила", theme=entries.protection, intro="На хората по пътя.", **bg),
        title="Protection",
        intro="Of people on the way.",
        **en,
    )
    kinds.projects_index = pair(
        bg_home,
        ProjectsIndexPage(title="Проекти", intro="Какво изпълняваме."),
        title="Projects",
        intro="What we do.",
    )
    project = ProjectPage(
        title="Подкрепа за непридружени деца",
        lead="Деца, които търсят закрила, получават представител и място за живеене.",
        start=datetime.date(2024, 3, 1),
        end=datetime.date(2026, 2, 28),
        status="completed",
        region=entries.region,
        budget="1234567.50",
        results="<p>Открита е зона за сигурност.</p>",
        disclaimer="Страницата изразява само възгледите на авторите си.",
        **bg,
    )
    project.theme_relations = [
        ProjectPageTheme(theme=entries.protection),
        ProjectPageTheme(theme=entries.health),
    ]
    project.donor_relations = [
        ProjectDonor(
            donor=entries.donor,
            grant_number="НФМ-17",
            acknowledgement="Финансира се от Кралство Норвегия.",
            locale=Locale.objects.get(language_code="bg"),
        )
    ]
    project.partner_relations = [ProjectPartner(partner=entries.partner)]
    kinds.project = pair(
        kinds.projects_index["bg"],
        project,
        title="Support for unaccompanied children",
        lead="Children who seek protection get a representative and a place to live.",
        results="<p>A safety zone has been opened.</p>",
        disclaimer="The page expresses the views of its authors alone.",
        **en,
    )
    kinds.project["en"].donor_relations.update(acknowledgement="Funded by the Kingdom of Norway.")

    kinds.events_index = pair(
        bg_home,
        EventsIndexPage(title="Събития", intro="Къде да се срещнем."),
        title="Events",
        intro="Where to meet.",
    )
    start = (timezone.now() + datetime.timedelta(days=30)).replace(hour=8, minute=0, second=0, microsecond=0)

    def event(title, start, **fields):
        page = EventPage(
            title=title,
            lead="Институциите обсъждат как ще работят занапред.",
            start=start,
            end=start + datetime.timedelta(hours=3),
            venue="Дом на Европа",
            address="ул. „Георги С. Раковски“ 124\nСофия",
            online_url="https://example.org/live",
            event_language="bg",
            registration_url="https://example.org/bg/register",
            project=kinds.project["bg"],
            **{**bg, **fields},
        )
        page.theme_relations = [
            EventPageTheme(theme=entries.protection),
            EventPageTheme(theme=entries.health),
        ]
        return page

    event_in_english = {
        "lead": "The institutions discuss how they will work from now on.",
        "venue": "House of Europe",
        "address": "124 Rakovski Street\nSofia",
        "registration_url": "https://example.org/en/register",
        **en,
    }
    kinds.event = pair(
        kinds.events_index["bg"], event("Кръгла маса", start), title="Round table", **event_in_english
    )
    past = datetime.datetime(2026, 3, 3, 8, tzinfo=datetime.UTC)
    kinds.past_event = pair(
        kinds.events_index["bg"], event("Заключителна среща", past), title="Final meeting", **event_in_english
    )

    kinds.publications_index = pair(
        bg_home,
        PublicationsIndexPage(title="Публикации", intro="Какво издаваме."),
        title="Publications",
        intro="What we publish.",
    )
    publication = PublicationPage(
        title="Наръчник за работа",
        lead="Как се започва работа в България.",
        date=datetime.date(2026, 3, 3),
        kind="guide",
        authors="Екип на МОМ",
        isbn="978-3-16-148410-0",
        project=kinds.project["bg"],
        **bg,
    )
    locale = Locale.objects.get(language_code="bg")
    publication.files = [
        PublicationFile(
            language="en",
            document=document("guide.pdf", b"%PDF-" + b"x" * 2000),
            label="На английски",
            locale=locale,
        ),
        PublicationFile(
            language="bg", document=document("narachnik.pdf", b"%PDF-"), label="Пълен текст", locale=locale
        ),
    ]
    publication.theme_relations = [PublicationPageTheme(theme=entries.protection)]
    kinds.publication = pair(
        kinds.publications_index["bg"],
        publication,
        title="A guide to work",
        lead="How to start working in Bulgaria.",
        authors="IOM team",
        **en,
    )
    for language, label in (("bg", "In Bulgarian"), ("en", "Full text")):
        kinds.publication["en"].files.filter(language=language).update(label=label)

    kinds.vacancies_index = pair(
        bg_home,
        VacanciesIndexPage(title="Кариери", intro="Работете с нас."),
        title="Vacancies",
        intro="Work with us.",
    )
    vacancy = {
        "lead": "Търсим човек за офиса в Харманли.",
        "place": "Харманли",
        "contract": "пълно работно време",
        "reference": "VN-7",
        "application_url": "https://example.org/bg/apply",
        "application_email": "jobs@example.org",
    }
    vacancy_in_english = {
        "lead": "We are looking for somebody in the Harmanli office.",
        "place": "Harmanli",
        "contract": "full time",
        "application_url": "https://example.org/en/apply",
    }
    today = timezone.localdate()
    kinds.vacancy = pair(
        kinds.vacancies_index["bg"],
        VacancyPage(title="Социален работник", deadline=today, **vacancy, **text[0]),
        title="Social worker",
        **vacancy_in_english,
        **text[1],
    )
    kinds.closed_vacancy = pair(
        kinds.vacancies_index["bg"],
        VacancyPage(title="Шофьор", deadline=today - datetime.timedelta(days=1), **vacancy, **text[0]),
        title="Driver",
        **vacancy_in_english,
        **text[1],
    )
    kinds.contact = pair(
        bg_home,
        ContactPage(
            title="Контакти",
            intro="Пишете ни или елате.",
            address="<p>ул. „Цар Асен“ 77<br/>София</p>",
            opening_hours="понеделник – петък, 9:00 – 17:00",
            phone="+359 2 939 47 74",
            email="office@example.org",
            map_url="https://www.openstreetmap.org/",
            **text[0],
        ),
        title="Contacts",
        intro="Write to us or come by.",
        address="<p>77 Tsar Asen Street<br/>Sofia</p>",
        opening_hours="Monday – Friday, 9:00 – 17:00",
        **text[1],
    )
    form = FormPage(
        title="Пишете ни",
        intro="Отговаряме до три дни.",
        consent="<p>Данните служат само за отговора.</p>",
        retention_days=30,
        thanks_title="Благодарим Ви",
        thanks_text="<p>Ще Ви отговорим до три дни.</p>",
        to_address="office@example.org",
        subject="Запитване",
    )
    form.form_fields = [
        FormField(clean_name="name", label="Име", field_type="singleline", locale=locale),
        FormField(
            clean_name="email",
            label="Имейл",
            help_text="За да Ви отговорим.",
            field_type="email",
            locale=locale,
        ),
        FormField(
            clean_name="about",
            label="Относно",
            field_type="radio",
            choices="Закрила\nРабота",
            required=False,
            locale=locale,
        ),
        FormField(
            clean_name="message", label="Съобщение", field_type="multiline", required=False, locale=locale
        ),
    ]
    kinds.form = pair(
        kinds.contact["bg"],
        form,
        title="Write to us",
        intro="We answer within three days.",
        consent="<p>The data serve the answer alone.</p>",
        thanks_title="Thank you very much",
        thanks_text="<p>We will answer within three days.</p>",
        subject="Enquiry",
    )
    for name, fields in {
        "name": {"label": "Name"},
        "email": {"label": "E-mail", "help_text": "So that we can answer."},
        "about": {"label": "About", "choices": "Protection\nWork"},
        "message": {"label": "Message"},
    }.items():
        kinds.form["en"].form_fields.filter(clean_name=name).update(**fields)
    kinds.standard = pair(
        bg_home,
        StandardPage(
            title="Условия за ползване", intro="Кратко.", reviewed=datetime.date(2026, 3, 3), **text[0]
        ),
        title="Terms of use",
        intro="In short.",
        **text[1],
    )
    for name, versions in vars(kinds).items():
        if name != "entries":
            for page in versions.values():
                page.refresh_from_db()
    return kinds
