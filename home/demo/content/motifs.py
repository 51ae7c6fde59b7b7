"""What each motif of the drawn pictures shows, for those who do not see it."""

_SHOWN = {
    "bridge": (
        "Рисуван мост със сводове, които се отразяват в спокойна вода",
        "A drawn bridge whose arches are mirrored in calm water",
    ),
    "fields": (
        "Рисувани разорани ниви в различни цветове, които се събират към далечна точка",
        "Drawn ploughed fields in several colours that run towards a far point",
    ),
    "figures": (
        "Рисувано поле от точки, които растат и намаляват като стойности в графика",
        "A drawn field of dots that swell and shrink like the values of a chart",
    ),
    "horizon": (
        "Рисувани хълмове един зад друг на първа светлина и пунктирен път в небето",
        "Drawn hills, one behind another, at first light, with a dotted way across the sky",
    ),
    "river": (
        "Рисувани струи в различни цветове, които се събират и продължават заедно",
        "Drawn streams in several colours that come together and run on as one",
    ),
    "routes": (
        "Рисувана карта без имена: плавни линии от различни места се срещат в една точка",
        "A drawn map without names: flowing lines from different places meet at one point",
    ),
    "shelter": (
        "Рисувана редица от сводести врати в здрач; в някои свети топла светлина",
        "A drawn row of arched doorways at dusk, a warm light on in some of them",
    ),
}


def alt(language: str, picture: str) -> str:
    """The alternative text of a picture, by its first word, which names the motif."""
    bulgarian, english = _SHOWN[picture.partition("-")[0]]
    return bulgarian if language == "bg" else english
