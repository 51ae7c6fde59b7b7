"""What most news items have in common."""

from datetime import date

from home.demo.blocks import Block, image
from home.demo.content.motifs import alt
from home.demo.specs import PageSpec

CREDIT = {"bg": "Илюстрация за демонстрационния сайт", "en": "Illustration for the demonstration site"}


def item(
    key: str,
    language: str,
    title: str,
    slug: str,
    *,
    day: date,
    place: str,
    lead: str,
    body: list[Block],
    picture: str = "",
    caption: str = "",
    themes: tuple[str, ...] = (),
    project: str = "",
) -> PageSpec:
    fields = {"date": day, "place": place, "lead": lead}
    if picture:
        fields |= {
            "image_alt": alt(language, picture),
            "image_caption": caption,
            "image_credit": CREDIT[language],
        }
    return PageSpec(
        key=key,
        kind="NewsPage",
        language=language,
        parent="news",
        title=title,
        slug=slug,
        picture=picture,
        themes=themes,
        project=project,
        fields=fields,
        body=body,
    )


def drawing(language: str, picture: str, caption: str) -> Block:
    """A drawn picture within the text."""
    return image(picture, alt(language, picture), caption, CREDIT[language])
