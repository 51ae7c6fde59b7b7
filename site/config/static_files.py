"""The static files of production."""

import re
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLES = "css/site.css"

COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
IMPORT = re.compile(r'@import url\("(?P<name>[^"]+)"\)(?: (?P<media>[^;]+))?;\n?')
REFERENCE = re.compile(r"""url\(\s*["']?(?![\w+.-]+:|/|#)""")


class JoinedStylesStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's, with one style sheet in place of those that it imports.

    A browser that had to ask for each by itself would draw nothing until it has the last. Development serves them as
    they are.
    """

    def post_process(self, paths, dry_run=False, **options):
        if not dry_run and STYLES in paths:
            joined = joined_styles(STYLES, lambda name: read(paths, name))
            self.delete(STYLES)
            self.save(STYLES, ContentFile(joined.encode()))
            paths = {**paths, STYLES: (self, STYLES)}
        yield from super().post_process(paths, dry_run=dry_run, **options)


def joined_styles(name, read):
    """The text of a style sheet with all that it imports in place of the imports, and without comments."""
    folder = PurePosixPath(name).parent

    def imported(match):
        path = folder / match["name"]
        text = joined_styles(str(path), read)
        if path.parent != folder and REFERENCE.search(text):
            raise ValueError(
                f"{path} refers to a file by its place, which is another one once it is joined into {name}: "
                f"move the rule to a style sheet in {folder}/."
            )
        return f"@media {match['media']} {{\n{text}}}\n" if match["media"] else text

    return IMPORT.sub(imported, COMMENT.sub("", read(name)))


def read(paths, name):
    if name not in paths:
        raise ValueError(
            f"A style sheet imports {name}, and no such file is there: see the imports of {STYLES}."
        )
    storage, path = paths[name]
    with storage.open(path) as file:
        return file.read().decode()
