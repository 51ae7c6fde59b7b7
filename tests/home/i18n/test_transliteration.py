import pytest

from home.i18n.slugs import SLUG_LENGTH, make_slug
from home.i18n.transliteration import to_latin


@pytest.mark.parametrize(
    ("bulgarian", "latin"),
    [
        ("Щръклево", "Shtraklevo"),
        ("Търговище", "Targovishte"),
        ("Гьоргьо", "Gyorgyo"),
        ("Йордан", "Yordan"),
        ("Джебел", "Dzhebel"),
        ("Дзвер", "Dzver"),
        ("Цар Калоян", "Tsar Kaloyan"),
        ("Жечка Чушкова", "Zhechka Chushkova"),
        ("Юлия Янева", "Yulia Yaneva"),
        ("я и ѝ", "ya i i"),
        ("хартия", "hartia"),
    ],
)
def test_letters_follow_the_act(bulgarian, latin):
    assert to_latin(bulgarian) == latin


@pytest.mark.parametrize(
    ("bulgarian", "latin"),
    [
        ("София", "Sofia"),
        ("Мария", "Maria"),
        ("Мариян", "Mariyan"),
        ("Марияна", "Mariyana"),
        ("София, Мария и Илия", "Sofia, Maria i Ilia"),
        ("миграция-закрила", "migratsia-zakrila"),
    ],
)
def test_ia_ends_words_only(bulgarian, latin):
    assert to_latin(bulgarian) == latin


@pytest.mark.parametrize(
    ("bulgarian", "latin"),
    [
        ("България", "Bulgaria"),
        ("МОМ България", "MOM Bulgaria"),
        ("БЪЛГАРИЯ", "BULGARIA"),
        ("българия", "bulgaria"),
        ("Българин", "Balgarin"),
        ("Великобългария", "Velikobalgaria"),
    ],
)
def test_the_country_has_its_traditional_name(bulgarian, latin):
    assert to_latin(bulgarian) == latin


@pytest.mark.parametrize(
    ("bulgarian", "latin"),
    [
        ("ЩУКА", "SHTUKA"),
        ("Щука", "Shtuka"),
        ("щука", "shtuka"),
        ("Я", "Ya"),
        ("МИГРАЦИЯ", "MIGRATSIA"),
        ("БЯЛ ЩИТ", "BYAL SHTIT"),
    ],
)
def test_capitals_stay_capitals(bulgarian, latin):
    assert to_latin(bulgarian) == latin


def test_what_is_not_bulgarian_stays_as_it_is():
    assert to_latin("IOM – 2030, „да“") == "IOM – 2030, „da“"


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Събитие в България", "sabitie-v-bulgaria"),
        (
            "Финално информационно събитие по проект „Подкрепа за непридружени деца“",
            "finalno-informatsionno-sabitie-po-proekt-podkrepa-za-nepridruzheni-detsa",
        ),
        ("Програма 2021–2027", "programa-2021-2027"),
        ("и/или", "i-ili"),
        ("Заповед № 5", "zapoved-no-5"),
        ("Final event: what we learned", "final-event-what-we-learned"),
        ("Ελλάδα", "ellada"),
        ("…", ""),
    ],
)
def test_slugs_are_ascii_words(title, slug):
    assert make_slug(title) == slug


def test_a_long_title_leaves_room_for_a_number():
    slug = make_slug("щ " * 200)
    assert len(slug) <= SLUG_LENGTH
    assert not slug.endswith("-")
