"""What pages refer to: themes, regions, donors, partners and people."""

from home.demo.specs import SnippetSpec


def _theme(code: str, language: str, name: str) -> SnippetSpec:
    return SnippetSpec(f"theme/{code}", language, "Theme", {"name": name, "code": code})


def _region(code: str, language: str, name: str) -> SnippetSpec:
    return SnippetSpec(f"region/{code}", language, "Region", {"name": name, "code": code})


def _donor(key: str, language: str, name: str, url: str = "") -> SnippetSpec:
    return SnippetSpec(f"donor/{key}", language, "Donor", {"name": name, "url": url})


def _partner(key: str, language: str, name: str, url: str = "") -> SnippetSpec:
    return SnippetSpec(f"partner/{key}", language, "Partner", {"name": name, "url": url})


def _person(key: str, language: str, name: str, role: str, email: str = "", phone: str = "") -> SnippetSpec:
    fields = {"name": name, "role": role, "email": email, "phone": phone}
    return SnippetSpec(f"person/{key}", language, "Person", fields)


THEMES = [
    _theme("counter-trafficking", "en", "Counter-trafficking"),
    _theme("protection", "bg", "Закрила"),
    _theme("voluntary-return", "en", "Assisted voluntary return and reintegration"),
    _theme("integration", "bg", "Интеграция"),
    _theme("labour-mobility", "en", "Labour mobility"),
    _theme("migrant-health", "bg", "Здраве на мигрантите"),
    _theme("data", "bg", "Данни за миграцията"),
]
REGIONS = [
    _region("nationwide", "bg", "Цялата страна"),
    _region("haskovo", "bg", "Област Хасково"),
    _region("south-east", "en", "South-eastern Bulgaria"),
    _region("sofia-plovdiv", "en", "Sofia and Plovdiv"),
]
DONORS = [
    _donor("nfm", "bg", "Норвежки финансов механизъм", "https://eeagrants.org/"),
    _donor(
        "amif",
        "en",
        "Asylum, Migration and Integration Fund (AMIF)",
        "https://home-affairs.ec.europa.eu/",
    ),
    _donor("idf", "en", "IOM Development Fund", "https://developmentfund.iom.int/"),
    _donor("bridge", "bg", "Фондация „Мост“ (измислен донор)"),
]
PARTNERS = [
    _partner("sar", "bg", "Държавна агенция за бежанците (ДАБ)", "https://aref.government.bg/"),
    _partner("red-cross", "bg", "Български Червен кръст", "https://www.redcross.bg/"),
    _partner("unicef", "en", "UNICEF Bulgaria", "https://www.unicef.org/bulgaria/en"),
    _partner("commission", "en", "National Commission for Combating Trafficking in Human Beings"),
    _partner("municipality", "bg", "Община Долна река (измислена)"),
    _partner("employers", "en", "Fair Work Employers’ Network (invented)"),
]
PEOPLE = [
    _person("ana-raykova", "bg", "Ана Райкова", "МОМ България"),
    _person(
        "mila-kostova",
        "bg",
        "Мила Костова",
        "консултант по доброволно завръщане (измислено лице)",
        "return@example.org",
        "+359 2 000 0001",
    ),
    _person(
        "daniel-petrov",
        "en",
        "Daniel Petrov",
        "press and communication (invented person)",
        "press@example.org",
        "+359 2 000 0002",
    ),
    _person(
        "leyla-hassan",
        "en",
        "Leyla Hassan",
        "intercultural mediator (invented person)",
        "mediator@example.org",
    ),
]
ENTRIES = [*THEMES, *REGIONS, *DONORS, *PARTNERS, *PEOPLE]
