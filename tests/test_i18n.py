"""Every text of the app exists in German, and no translation is left over; read from the code itself."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

from app.i18n import FOLDER
from app.views.words import MONTHS, WEEKDAYS, WEEKDAYS_SHORT, Words

ROOT = Path(__file__).parents[1]
CALLERS = {"words", "self"}
"""Names that a text is given to: `words("...")`, `look.words("...")`, within `Words` itself `self("...")`."""


def _texts(file: Path) -> Iterator[str]:
    own = file.name == "words.py"
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        called = node.func
        name = called.id if isinstance(called, ast.Name) else called.attr if isinstance(called, ast.Attribute) else ""
        texts = node.args[:2] if name == "n" else node.args[:1] if name == "words" or (own and name == "self") else ()
        for text in texts:
            if isinstance(text, ast.Constant) and isinstance(text.value, str):
                yield text.value


def texts_of_the_app() -> set[str]:
    folders = [ROOT / "app" / name for name in ("views", "ui", "desk", "live", "pages")]
    files = [file for folder in folders for file in folder.rglob("*.py")]
    return {text for file in files for text in _texts(file)} | {*WEEKDAYS, *WEEKDAYS_SHORT, *MONTHS} - {""}


def entries() -> list[polib.POEntry]:
    return [entry for file in sorted((FOLDER / "de").glob("*.po")) for entry in polib.pofile(str(file))]


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_text_has_a_german_twin_and_none_is_left_over() -> None:
    known = {text for entry in entries() for text in (entry.msgid, entry.msgid_plural) if text}
    assert not (missing := sorted(texts_of_the_app() - known)), missing
    assert not (unused := sorted(known - texts_of_the_app())), unused


def test_no_text_is_translated_twice_in_two_ways() -> None:
    said: dict[str, str] = {}
    for entry in entries():
        assert said.setdefault(entry.msgid, entry.msgstr) == entry.msgstr, entry.msgid


def test_translations_are_whole_and_keep_their_fields() -> None:
    for entry in entries():
        twins = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
        for twin in twins:
            assert twin.strip(), entry.msgid
            assert _fields(twin) <= _fields(entry.msgid) | _fields(entry.msgid_plural or ""), entry.msgid
            if not entry.msgid_plural:
                assert _fields(twin) == _fields(entry.msgid), entry.msgid


@pytest.mark.parametrize(
    ("language", "value", "digits", "text"),
    [("en", 1234.5, 1, "1,234.5"), ("de", 1234.5, 1, "1.234,5"), ("en", -0.04, 1, "0.0"), ("de", float("nan"), 0, "–")],
)
def test_numbers_are_written_as_the_language_writes_them(language: str, value: float, digits: int, text: str) -> None:
    assert Words(language).number(value, digits) == text


def test_what_is_not_known_is_a_dash_without_a_unit() -> None:
    words = Words()
    for amount in (words.pace(float("inf")), words.distance(float("nan")), words.bpm(float("nan"))):
        assert amount.text == "–"
