"""The measure of `make prose`."""

import pytest

from tests.prose import Measure, measure, modules, prose, room

SOURCE = '''"""What a module is."""
# that counts  # noqa: that does not
#: A comment of an attribute.
NAME = "that which is a string"


def function():
    """First line.

    Second, which is longer.
    """
    "what stands here is no docstring"
'''


def test_docstrings_and_comments_are_prose_and_strings_are_not():
    assert [line for line, _text in prose(SOURCE)] == [1, 8, 2, 3]


def test_relatives_are_counted_as_words():
    text = " ".join(text for _line, text in prose(SOURCE))
    assert measure(text) == Measure(words=17, relatives=3)
    assert measure("Whatever whichever somewhat") == Measure(words=3)


@pytest.mark.parametrize(("text", "rate"), [("", 0), ("No relative here.", 0), ("The thing that is.", 25)])
def test_rate_is_per_hundred_words(text, rate):
    assert measure(text).rate == rate


def test_demo_content_and_migrations_are_left_out_and_every_room_is_in():
    found = [*modules()]
    assert not any({"demo", "migrations"} & set(path.parts) for path in found)
    assert {"site/posync", "site/posync/files", "home", "home/models"} <= {room(path) for path in found}
