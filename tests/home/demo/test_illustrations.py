from io import BytesIO

import pytest
from PIL import Image

from home.demo.illustrations import MOTIFS, draw


@pytest.mark.parametrize("name", sorted(MOTIFS))
@pytest.mark.parametrize("size", [(320, 200), (240, 240), (300, 100)])
def test_every_motif_fills_every_ratio(name, size):
    picture = Image.open(BytesIO(draw(name, size)))
    assert picture.size == size
    # A picture in one colour would mean that the motif was drawn outside it.
    assert len(picture.getcolors(maxcolors=size[0] * size[1])) > 16


def test_a_name_gives_the_same_picture_every_time():
    assert draw("fields-spring", (160, 100)) == draw("fields-spring", (160, 100))


def test_two_names_of_one_motif_give_two_pictures():
    assert draw("fields-spring", (160, 100)) != draw("fields-autumn", (160, 100))


def test_a_name_without_a_motif_gets_one_all_the_same():
    assert Image.open(BytesIO(draw("opening", (160, 100)))).size == (160, 100)
