"""What a visitor downloads, from the files that production serves."""

import gzip
import re
from itertools import chain
from pathlib import Path
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup
from django.core.management import CommandError, call_command
from django.utils import translation

from config.static_files import joined_styles
from home.blocks.body import BodyBlock

LANGUAGES = ["bg", "en"]
MOST_BYTES, MOST_BYTES_OF_SCRIPTS = 120_000, 10_000
FACE = re.compile(r'@font-face \{[^}]*url\("(?P<name>[^"]+)"\)[^}]*unicode-range:(?P<ranges>[^}]*)\}')
RANGE = re.compile(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?")
REFERENCE = re.compile(r'url\("([^"]+)"\)')


@pytest.fixture
def production_files(settings, tmp_path):
    """What `collectstatic` makes of the site's own files, served as production does."""
    settings.STATIC_ROOT = tmp_path / "static"
    # The admin's files are ten times as many, and no page of the site asks for one.
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "config.static_files.JoinedStylesStorage"},
    }
    settings.MIDDLEWARE = ["whitenoise.middleware.WhiteNoiseMiddleware", *settings.MIDDLEWARE]
    call_command("collectstatic", interactive=False, verbosity=0)
    return settings.STATIC_ROOT


@pytest.fixture
def download(client, production_files):
    """What comes over the wire, and what a browser makes of it."""

    def download(address):
        response = client.get(address, headers={"accept-encoding": "gzip"})
        assert response.status_code == 200, address
        body = b"".join(response)
        is_compressed = response.get("Content-Encoding") == "gzip"
        return len(body), gzip.decompress(body) if is_compressed else body

    return download


@pytest.fixture
def article(site):
    """In each language, one with every block that there is."""
    versions = {"bg": site.story, "en": site.en_story}
    for language, page in versions.items():
        with translation.override(language):
            page.body = [
                (name, block.get_preview_value()) for name, block in BodyBlock().child_blocks.items()
            ]
            page.save()
    return versions


def fonts_of(style_sheet, text):
    """The fonts that hold a letter of the text, upright and in italics, whether or not it has anything in italics."""
    for face in FACE.finditer(style_sheet):
        ranges = [
            range(int(first, 16), int(last or first, 16) + 1) for first, last in RANGE.findall(face["ranges"])
        ]
        if any(ord(letter) in letters for letter in set(text) for letters in ranges):
            yield face["name"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_article_is_light(article, download, language):
    size, page = download(article[language].url)
    page = BeautifulSoup(page, "html.parser")
    styles = [link["href"] for link in page.select("link[rel=stylesheet]")]
    assert len(styles) == 1
    style_bytes, style_sheet = download(styles[0])
    fonts = {urljoin(styles[0], name) for name in fonts_of(style_sheet.decode(), page.text)}
    assert len(fonts) >= 4
    scripts = {script["src"] for script in page.select("script[src]")}
    script_bytes = sum(download(script)[0] for script in scripts)
    assert script_bytes <= MOST_BYTES_OF_SCRIPTS
    assert size + style_bytes + script_bytes + sum(download(font)[0] for font in fonts) <= MOST_BYTES


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_font_that_is_loaded_ahead_is_one_that_the_styles_use(article, download, language):
    page = BeautifulSoup(download(article[language].url)[1], "html.parser")
    ahead = {link["href"] for link in page.select("link[rel=preload]")}
    styles = page.select_one("link[rel=stylesheet]")["href"]
    assert ahead
    assert ahead <= {urljoin(styles, name) for name in REFERENCE.findall(download(styles)[1].decode())}


class TestJoinedStyles:
    def test_no_import_is_left_and_no_rule_is_lost(self, production_files, settings):
        joined = (production_files / "css" / "site.css").read_text()
        assert "@import" not in joined
        parts = chain.from_iterable(Path(folder).glob("css/**/*.css") for folder in settings.STATICFILES_DIRS)
        for part in parts:
            rules = re.sub(r"/\*.*?\*/\s*|@import [^;]+;\s*", "", part.read_text(), flags=re.DOTALL)
            assert rules in joined, part

    def test_a_second_collection_changes_nothing(self, production_files):
        before = {
            path.name: path.read_bytes() for path in (production_files / "css").iterdir() if path.is_file()
        }
        call_command("collectstatic", interactive=False, verbosity=0)
        assert before == {
            path.name: path.read_bytes() for path in (production_files / "css").iterdir() if path.is_file()
        }

    def test_styles_for_paper_stay_for_paper(self):
        files = {"css/site.css": '@import url("print.css") print;\n', "css/print.css": "p {\n}\n"}
        assert joined_styles("css/site.css", files.get) == "@media print {\np {\n}\n}\n"

    def test_a_reference_that_would_lead_elsewhere_is_refused(self):
        files = {
            "css/site.css": '@import url("parts/a.css");\n',
            "css/parts/a.css": 'p { background: url("a.svg") }',
        }
        with pytest.raises(ValueError, match=r"css/parts/a\.css refers to a file by its place"):
            joined_styles("css/site.css", files.get)

    def test_a_file_that_is_not_there_is_named(self, production_files, settings, tmp_path):
        (tmp_path / "source" / "css").mkdir(parents=True)
        (tmp_path / "source" / "css" / "site.css").write_text('@import url("gone.css");')
        settings.STATICFILES_DIRS = [tmp_path / "source"]
        with pytest.raises((ValueError, CommandError), match=r"css/gone\.css"):
            call_command("collectstatic", interactive=False, verbosity=0)
