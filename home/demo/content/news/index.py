"""The list of news, written in Bulgarian."""

from home.demo.specs import PageSpec

NEWS = PageSpec(
    key="news",
    kind="NewsIndexPage",
    language="bg",
    parent="home",
    title="Новини",
    slug="novini",
    fields={
        "intro": "Срещи, обучения и резултати от работата ни в България. Новина, която още не е преведена, се вижда "
        "само на езика, на който е написана.",
    },
)
