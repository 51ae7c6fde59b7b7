from django.db import migrations

HOSTNAME, PORT = "localhost", 8000

# Language, title, and the address below the root, which visitors never see: their front page is /<language>/.
HOME_PAGES = [
    ("bg", "МОМ България"),
    ("en", "IOM Bulgaria"),
]


def create_home_pages(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Locale = apps.get_model("wagtailcore", "Locale")
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    HomePage = apps.get_model("home", "HomePage")

    # The welcome page that Wagtail's own migrations make, and with it the site that it is the root of.
    page_type = ContentType.objects.get(app_label="wagtailcore", model="page")
    Page.objects.filter(content_type=page_type, slug="home", depth=2).delete()

    home_type, _created = ContentType.objects.get_or_create(app_label="home", model="homepage")
    root = Page.objects.get(depth=1)
    translation_key = None
    for number, (language, title) in enumerate(HOME_PAGES, start=1):
        locale, _created = Locale.objects.get_or_create(language_code=language)
        home = HomePage(
            title=title,
            draft_title=title,
            hero_title=title,
            slug=language,
            content_type=home_type,
            locale=locale,
            path=f"{root.path}{number:04d}",
            depth=2,
            numchild=0,
            url_path=f"/{language}/",
        )
        # One page in two languages: each is the translation of the other.
        translation_key = home.translation_key = translation_key or home.translation_key
        home.save()

    root.numchild = Page.objects.filter(depth=2).count()
    root.save()
    Site.objects.create(
        hostname=HOSTNAME,
        port=PORT,
        site_name="IOM Bulgaria",
        root_page=Page.objects.get(depth=2, slug=HOME_PAGES[0][0]),
        is_default_site=True,
    )


def remove_home_pages(apps, schema_editor):
    """Put back what Wagtail's own migrations made, so that they can be reversed or run forwards again."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Locale = apps.get_model("wagtailcore", "Locale")
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")

    Page.objects.filter(depth__gt=1).delete()
    default_locale = Locale.objects.get(language_code=HOME_PAGES[0][0])

    root = Page.objects.get(depth=1)
    root.numchild = 1
    root.save()
    welcome = Page.objects.create(
        title="Welcome to your new Wagtail site!",
        draft_title="Welcome to your new Wagtail site!",
        slug="home",
        content_type=ContentType.objects.get(app_label="wagtailcore", model="page"),
        locale=default_locale,
        path=f"{root.path}0001",
        depth=2,
        numchild=0,
        url_path="/home/",
    )
    Site.objects.create(hostname="localhost", root_page=welcome, is_default_site=True)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(create_home_pages, remove_home_pages)]
