"""Every screen, in every state, size, language and font size, keeps the laws of the kit."""

import pytest

from app.ui import headless

headless.window()

from app.ui.look import Look
from app.ui.screens.register import SCREENS, shot_names
from app.ui.shots import framed
from app.ui.theme import COLOUR_BLIND_DARK, COLOUR_BLIND_LIGHT, TEXT_PAIRS, THEMES, contrast, luminance
from app.views.words import words
from tests.ui.laws import broken

NAMES = [name for screen in SCREENS for name in shot_names(screen)]
PHONES, LARGE = ((390, 844), (844, 390)), ((768, 1024), (1280, 800))
#: The smallest phone is tried where it is hardest, and every way in the language with the longer words.
HARDEST = [(PHONES[0], 1.0), (PHONES[1], 1.6), ((360, 640), 1.6)]
WAYS = {
    "de": [(size, scale) for size in PHONES for scale in (1.0, 1.6)] + HARDEST[2:] + [(size, 1.3) for size in LARGE],
    "en": [*HARDEST, (LARGE[1], 1.3)],
}
FACES = ((240, 240), (368, 448))


def _root(name: str, look: Look, width: int, height: int):
    screen, _, state = name.partition("_")
    frame = framed(look, screen, state)
    frame.place(0, 0, width, height)
    headless.settle()
    return frame


@pytest.mark.parametrize("name", NAMES)
def test_every_text_is_whole_and_every_target_large_enough(name, language_tried):
    found = []
    for (width, height), scale in WAYS[language_tried]:
        look = Look(words=words(language_tried), font_scale=scale)
        found += [f"{width}x{height} at {scale}: {law}" for law in broken(_root(name, look, width, height))]
    assert not found, "\n".join(found[:20])


@pytest.mark.parametrize("name", [name for name in NAMES if name.partition("_")[0] == "run"])
def test_a_small_face_shows_the_run_whole(name, language_tried):
    found = []
    for width, height in FACES:
        look = Look(words=words(language_tried))
        found += [f"{width}x{height}: {law}" for law in broken(_root(name, look, width, height))]
    assert not found, "\n".join(found[:20])


@pytest.mark.parametrize("theme", list(THEMES))
def test_every_text_has_a_contrast_of_4_5_to_1(theme):
    colours = THEMES[theme]
    bad = [
        (ink, ground, round(contrast(getattr(colours, ink), getattr(colours, ground)), 2))
        for ink, ground in TEXT_PAIRS
        if contrast(getattr(colours, ink), getattr(colours, ground)) < 4.5
    ]
    blind = COLOUR_BLIND_DARK if luminance(colours.card) < 0.2 else COLOUR_BLIND_LIGHT
    bad += [("zone", i + 1, z) for i, z in enumerate((*colours.zones, *blind)) if contrast(z, colours.card) < 4.5]
    assert not bad
