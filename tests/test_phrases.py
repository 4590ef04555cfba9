"""Every sentence of the coach has its German, with the same gaps, and shows no number without its unit."""

from __future__ import annotations

import ast
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from edge.coach import phrases
from edge.coach.injury import injuries_of
from edge.coach.languages import FORMATS
from edge.coach.phrases import GERMAN, formats, gaps, say
from edge.coach.today import decide
from edge.coach.weather import weather_of

sys.path.insert(0, str(Path(__file__).parent / "programs"))
from safety_draws import Draws, any_profile, any_sensor, any_week, training

COACH = Path(__file__).parents[1] / "edge" / "coach"


def literals(node: ast.AST) -> list[str]:
    return [one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)]


def said() -> set[str]:
    """Return every sentence that stands as a literal in the second place of a call of `say`."""
    found: set[str] = set()
    for path in COACH.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say"
            if called and isinstance(node, ast.Call) and len(node.args) > 1:
                found.update(literals(node.args[1]))
    return found


def test_every_sentence_that_is_said_has_its_german() -> None:
    missing = sorted(one for one in said() - set(GERMAN) if not one.startswith(("R-", "F-")))
    assert len(said()) > 30 and not missing, missing


class Noting(dict[str, str]):
    """The German table, noting what was asked for and is not there."""

    def __init__(self, table: dict[str, str]) -> None:
        super().__init__(table)
        self.missed: set[str] = set()

    def get(self, key: str, default: str | None = None) -> str:  # type: ignore[override]
        if key not in self:
            self.missed.add(key)
        return super().get(key, default or key)


def test_no_rule_and_no_plan_falls_back_to_english(monkeypatch: pytest.MonkeyPatch) -> None:
    noting = Noting(GERMAN)
    monkeypatch.setattr(phrases, "GERMAN", noting)
    d = Draws(np.random.default_rng(5))
    pool = [training(d) for _ in range(12)]
    for _ in range(400):
        life, profile, said = pool[d.whole(len(pool))], any_profile(d), any_week(d)
        for base in life.states[:3]:
            told = tuple(one for one in said if one.said_unix_s <= base.now_unix_s)
            starts = np.array([f.start_unix_s for f in life.facts])
            injuries = injuries_of(told, starts, base.now_unix_s, 0.0, profile.injuries)
            weather = weather_of(told, base.where, base.now_unix_s, 0.0, any_sensor(d))
            state = replace(base, profile=profile, said=told, injuries=injuries, weather=weather, language="de")
            decide(state, None)
    assert not noting.missed


@pytest.mark.parametrize("english", sorted(GERMAN))
def test_the_german_has_the_same_gaps_and_known_formats(english: str) -> None:
    assert gaps(english) == gaps(GERMAN[english])
    known = set(FORMATS["en"]) & set(FORMATS["de"]) | {"word"}
    assert formats(english) | formats(GERMAN[english]) <= known


def test_numbers_are_written_as_the_language_writes_them() -> None:
    text = "You have already run {run_m:km} today."
    assert say("en", text, run_m=8100.0) == "You have already run 8.1 km today."
    assert say("de", text, run_m=8100.0) == "Du bist heute schon 8,1 km gelaufen."


def test_what_has_no_translation_is_said_in_english_with_english_numbers() -> None:
    assert say("de", "Only {far_m:km} here.", far_m=1500.0) == "Only 1.5 km here."


def test_a_number_without_a_value_is_refused() -> None:
    with pytest.raises(ValueError, match="without a value"):
        say("en", "{far_m:km}", far_m=float("nan"))
