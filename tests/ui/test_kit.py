"""The kit's laws: layout in one pass, values in place, targets that answer, themes told apart by colour-blind eyes."""

from itertools import pairwise

import numpy as np
import pytest
from kivy.input.motionevent import MotionEvent

from app.ui import headless

headless.window()

from app.ui.forms import COMPACT, DESKTOP, LANDSCAPE, PORTRAIT, TABLET, form_of
from app.ui.kit.piece import Column, Fitting, Space
from app.ui.kit.press import Pill
from app.ui.kit.text import Txt
from app.ui.look import Look
from app.ui.screens.run_screen import RunScreen
from app.ui.theme import COLOUR_BLIND_DARK, COLOUR_BLIND_LIGHT, luminance
from app.views.examples.run import examples
from app.views.phase import Act, Offer
from app.views.words import words


@pytest.mark.parametrize(
    ("size", "form"),
    [
        ((390, 844), PORTRAIT),
        ((844, 390), LANDSCAPE),
        ((768, 1024), TABLET),
        ((1280, 800), DESKTOP),
        ((240, 240), COMPACT),
        ((368, 448), COMPACT),
        ((360, 640), PORTRAIT),
    ],
)
def test_the_form_follows_the_roots_size_at_any_density(size, form):
    assert form_of(*size) == form
    assert form_of(2 * size[0], 2 * size[1], 2.0) == form


class Touch(MotionEvent):
    def __init__(self, x, y):
        super().__init__("test", "1", {})
        self.x, self.y, self.ox, self.oy = x, y, x, y
        self.pos = (x, y)
        self.grabs = []

    def grab(self, widget, exclusive=False):
        self.grabs.append(widget)

    def ungrab(self, widget):
        self.grabs.remove(widget)

    is_mouse_scrolling = False


def test_a_touch_counts_only_where_it_ends_where_it_began():
    asked = []
    pill = Pill(Look(), Offer("Go", Act("go")), asked.append)
    pill.place(10, 10, 200, 48)
    touch = Touch(20, 20)
    assert pill.on_touch_down(touch)
    touch.grab_current = pill
    pill.on_touch_up(touch)
    assert asked == [Act("go")]
    touch = Touch(20, 20)
    pill.on_touch_down(touch)
    touch.grab_current = pill
    touch.x, touch.pos = 500, (500, 20)
    pill.on_touch_move(touch)
    pill.on_touch_up(touch)
    assert len(asked) == 1


def test_what_matters_least_gives_way_first():
    look = Look()
    pieces = [Space(look, 100.0), Space(look, 100.0), Space(look, 100.0)]
    column = Fitting(look, pieces, [0, 2, 1], gap=0.0)
    for height, kept in ((300, 3), (250, 2), (120, 1), (50, 1)):
        column.place(0, 0, 100, height)
        assert len(column.pieces()) == kept
        assert pieces[0] in column.pieces()
    column.place(0, 0, 100, 220)
    assert column.pieces() == [pieces[0], pieces[2]]


def test_new_values_are_shown_in_place_and_build_nothing_anew():
    look = Look(words=words("en"))
    views = examples(look.words)
    screen = RunScreen(look, views["quiet"])
    screen.place(0, 0, 390, 844)
    before = list(screen.walk(restrict=True))
    screen.show(views["fast"])
    assert list(screen.walk(restrict=True)) == before
    assert screen.pace.text == "4:51" and "too fast" in screen.band.words.text


def test_a_column_is_as_high_as_its_pieces():
    look = Look(font_scale=1.6)
    texts = [Txt(look, "one two three four five six seven eight", 16.0) for _ in range(3)]
    column = Column(look, texts, gap=10.0)
    assert column.fit(120) == sum(t.fit(120) for t in texts) + 20
    assert column.fit(120) > column.fit(400)


#: Machado et al. 2009, IEEE TVCG 15:1291: full deuteranopia and protanopia, linear RGB.
BLIND = {
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
}


@pytest.mark.parametrize("kind", list(BLIND))
@pytest.mark.parametrize("ramp", [COLOUR_BLIND_DARK, COLOUR_BLIND_LIGHT], ids=["dark", "light"])
def test_zones_next_to_each_other_differ_for_colour_blind_eyes(ramp, kind):
    def seen(colour):
        rgb = np.array([int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)])
        linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
        return np.clip(np.array(BLIND[kind]) @ linear, 0.0, 1.0) ** (1 / 2.4)

    steps = [float(np.linalg.norm(seen(a) - seen(b))) for a, b in pairwise(ramp)]
    assert min(steps) > 0.18, steps
    assert all(0.0 <= luminance(colour) <= 1.0 for colour in ramp)
