"""Which old entry a new one replaces."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posync.core.rules import matching
from posync.core.rules.matching import Pair, Place, match
from tests.posync.core.strategies import quick


def paired(added, removed):
    return {
        (pair.added.path, pair.added.msgid): (pair.removed.path, pair.removed.msgid)
        for pair in match(added, removed)
    }


def test_text_that_moved_keeps_its_translation():
    (pair,) = match([Place("body.2", "News")], [Place("body.1", "News")])
    assert pair == Pair(Place("body.2", "News"), Place("body.1", "News"))
    assert pair.moved


def test_text_that_changed_has_not_moved():
    (pair,) = match([Place("title", "Our news")], [Place("title", "News")])
    assert not pair.moved


def test_moved_text_comes_before_the_same_place():
    added = [Place("body.1", "Contact us"), Place("body.2", "News")]
    assert paired(added, [Place("body.1", "News")]) == {("body.2", "News"): ("body.1", "News")}


def test_same_place_is_paired_however_little_is_left_of_the_text():
    assert paired([Place("title", "Contact")], [Place("title", "Новини")]) == {
        ("title", "Contact"): ("title", "Новини")
    }


def test_same_place_comes_before_a_likelier_text_elsewhere():
    removed = [Place("title", "Our offices in Bulgaria"), Place("intro", "All our news of today")]
    added = [Place("title", "All our news of todays")]
    assert paired(added, removed) == {
        ("title", "All our news of todays"): ("title", "Our offices in Bulgaria")
    }


def test_sentences_of_one_rich_text_are_paired_by_likeness():
    removed = [
        Place("body.1", "The centre opened on Monday.", 1),
        Place("body.1", "It helped 1,200 people.", 2),
        Place("body.1", "Read more on our site.", 3),
    ]
    added = [
        Place("body.1", "It helped 1,350 people.", 1),
        Place("body.1", "The centre has opened on Monday.", 2),
        Place("body.1", "Something else altogether, of another matter!", 3),
    ]
    assert paired(added, removed) == {
        ("body.1", "It helped 1,350 people."): ("body.1", "It helped 1,200 people."),
        ("body.1", "The centre has opened on Monday."): ("body.1", "The centre opened on Monday."),
    }


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        pytest.param("abcdefghij", "abcdefxxxx", True, id="six letters of ten"),
        pytest.param("abcdefghij", "abcdexxxxx", False, id="five letters of ten"),
    ],
)
def test_likeness_has_a_threshold_elsewhere(old, new, found):
    assert bool(match([Place("body.2", new)], [Place("body.1", old)])) is found


def test_likest_of_several_is_taken():
    removed = [Place("a", "We helped 10 people in Varna"), Place("b", "We helped 10 people in Sofia")]
    assert paired([Place("c", "We helped 20 people in Sofia")], removed) == {
        ("c", "We helped 20 people in Sofia"): ("b", "We helped 10 people in Sofia")
    }


def test_each_old_entry_is_given_once():
    added = [Place("b", "We helped 20 people", 1), Place("c", "We helped 30 people", 2)]
    assert len(match(added, [Place("a", "We helped 10 people")])) == 1


def test_text_that_stood_at_several_places_is_given_out_in_their_order():
    removed = [Place(f"old.{n}", "Read more", n) for n in range(3)]
    added = [Place(f"new.{n}", "Read more", n) for n in range(4)]
    assert paired(added, removed) == {(f"new.{n}", "Read more"): (f"old.{n}", "Read more") for n in range(3)}


@pytest.mark.parametrize(
    ("added", "removed"),
    [([], []), ([Place("a", "News")], []), ([], [Place("a", "News")])],
    ids=["nothing", "only new", "only old"],
)
def test_nothing_to_pair(added, removed):
    assert match(added, removed) == []


words = st.sampled_from(
    ["", "News", "Our news", "Our news today", "Read more", "Read more here", "Contact", "Новини"]
)
places = st.lists(
    st.builds(Place, st.sampled_from(["title", "body.1", "body.2", "intro"]), words, st.integers(1, 5)),
    max_size=8,
    unique_by=lambda place: (place.path, place.msgid),
)


@given(places, places)
@quick
def test_pairs_are_one_to_one_and_made_of_what_was_given(added, removed):
    pairs = match(added, removed)
    assert len({pair.added for pair in pairs}) == len({pair.removed for pair in pairs}) == len(pairs)
    assert {pair.added for pair in pairs} <= set(added)
    assert {pair.removed for pair in pairs} <= set(removed)


@given(places, places, st.randoms(use_true_random=False))
@quick
def test_order_of_the_arguments_does_not_matter(added, removed, chance: random.Random):
    expected = match(added, removed)
    chance.shuffle(added)
    chance.shuffle(removed)
    assert match(added, removed) == expected


@given(places, places)
@quick
def test_no_text_is_left_over_on_both_sides(added, removed):
    pairs = match(added, removed)
    left_added = {place.msgid for place in added} - {pair.added.msgid for pair in pairs}
    left_removed = {place.msgid for place in removed} - {pair.removed.msgid for pair in pairs}
    assert not left_added & left_removed


@pytest.fixture
def comparisons(monkeypatch):
    """The numbers of texts that were compared with one another, a number for each comparison of one with many."""
    counted = []
    extract = matching.process.extract

    def counting(query, choices, **options):
        counted.append(len(choices))
        return extract(query, choices, **options)

    monkeypatch.setattr(matching.process, "extract", counting)
    return counted


def test_moved_texts_are_found_without_comparing(comparisons):
    removed = [Place(f"old.{n}", f"Text {n}", n) for n in range(3000)]
    added = [Place(f"new.{n}", f"Text {n}", n) for n in range(3000)]
    assert len(match(added, removed)) == 3000
    assert sum(comparisons) == 0


def test_changes_in_place_are_found_without_comparing(comparisons):
    removed = [Place(f"body.{n}", f"Text {n}", n) for n in range(3000)]
    added = [Place(f"body.{n}", f"New text {n}", n) for n in range(3000)]
    assert len(match(added, removed)) == 3000
    assert sum(comparisons) == 0


def test_only_what_is_left_is_compared_and_each_new_text_at_most_twice(comparisons):
    removed = [Place(f"old.{n}", f"Text {n}", n) for n in range(500)] + [Place("gone", "Quite another", 501)]
    added = [Place(f"new.{n}", f"Text {n}", n) for n in range(500)] + [Place("come", "Quite a change", 501)]
    match(added, removed)
    assert sum(comparisons) <= 2
