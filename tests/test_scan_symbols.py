"""Status dots on scanned pages."""

import numpy as np
from PIL import Image as Picture
from PIL import ImageDraw

from extract.scan.symbols import find_spots, without_spots

SCALE = 200 / 72
GREEN, RED, GREY = (58, 166, 85), (207, 58, 58), (181, 181, 181)


def page(*dots, text="O 0 och 80 %", colour=(0, 0, 0)):
    """A noisy page with dots of eight points at places and in colours, and a line of text."""
    picture = Picture.new("RGB", (900, 400), "white")
    drawing = ImageDraw.Draw(picture)
    drawing.text((60, 300), text, fill=colour, font_size=30)
    for x, y, fill in dots:
        drawing.ellipse((x, y, x + 22, y + 22), fill=fill)
    noisy = np.asarray(picture, dtype=float) + np.random.default_rng(7).normal(0, 9, (400, 900, 1))
    return noisy.clip(0, 255).astype(np.uint8)


def test_dots_are_found_with_their_colours():
    spots = find_spots(page((100, 50, GREEN), (300, 50, RED), (500, 50, GREY)), SCALE)
    found = sorted((round(spot.region[0], -2), spot.colour) for spot in spots)
    assert found == [(100, "green"), (300, "red"), (500, "grey")]


def test_letters_are_no_dots_whatever_their_colour():
    assert find_spots(page(colour=GREEN), SCALE) == []
    assert find_spots(page(), SCALE) == []


def test_dots_of_a_page_without_colours_tell_no_status_and_are_no_noughts_either():
    image = page((100, 50, (95, 95, 95)), (500, 50, GREY))
    spots = find_spots(image, SCALE)
    assert sorted(round(spot.region[0], -2) for spot in spots) == [100, 500] and {spot.colour for spot in spots} == {""}
    cleared = without_spots(image, spots)
    assert cleared[:250].min() > 200 and (cleared[250:] == image[250:]).all()


def test_dots_are_taken_off_before_letters_are_read():
    image = page((100, 50, GREEN))
    cleared = without_spots(image, find_spots(image, SCALE))
    assert cleared[40:90, 90:140].min() > 200
    assert (cleared[250:] == image[250:]).all()
