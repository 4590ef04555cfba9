"""Every sentence of the coach has its German, with the same gaps, and shows no number without its unit."""

from __future__ import annotations

import ast
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app import coach_text, me_edits, trials
from device.link_errors import LinkReason
from edge.coach import groups, live_gait, live_pain, novelty, persona, phrases, responses, whatif
from edge.coach.injury import injuries_of
from edge.coach.languages import FORMATS
from edge.coach.own import CORRECTABLE
from edge.coach.phrases import GERMAN, formats, gaps, is_bare, say
from edge.coach.rules import ALL_KINDS, RULES, pattern
from edge.coach.said import KINDS
from edge.coach.today import decide
from edge.coach.weather import weather_of

sys.path.insert(0, str(Path(__file__).parent / "programs"))
from safety_draws import Draws, any_profile, any_sensor, any_week, training

COACH = Path(__file__).parents[1] / "edge" / "coach"
APP = Path(__file__).parents[1] / "app"


def literals(node: ast.AST) -> list[str]:
    return [one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)]


def named(scope: ast.AST) -> dict[str, list[str]]:
    """Return the literals that each name of a function may hold."""
    found: dict[str, list[str]] = {}
    for node in ast.walk(scope):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                pairs = [(target, node.value)]
                if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                    pairs = list(zip(target.elts, node.value.elts, strict=True))
                for name, value in pairs:
                    if isinstance(name, ast.Name):
                        kept = isinstance(value, ast.Constant | ast.IfExp | ast.BinOp | ast.JoinedStr)
                        found.setdefault(name.id, []).extend(literals(value) if kept else [])
    return found


def said() -> set[str]:
    """Return every sentence that stands in the second place of a call of `say`, as a literal or by a name for it."""
    found: set[str] = set()
    for path in (*COACH.rglob("*.py"), *APP.rglob("*.py")):
        whole = ast.parse(path.read_text())
        for scope in (whole, *(one for one in ast.walk(whole) if isinstance(one, ast.FunctionDef))):
            by_name = named(scope) if scope is not whole else {}
            for node in ast.walk(scope):
                called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say"
                if called and isinstance(node, ast.Call) and len(node.args) > 1:
                    second = node.args[1]
                    found.update(by_name.get(second.id, []) if isinstance(second, ast.Name) else literals(second))
    return found


def test_every_sentence_that_is_said_has_its_german() -> None:
    found = {one for one in said() if not is_bare(one)}
    missing = sorted(one for one in found - set(GERMAN) if not one.startswith(("R-", "F-")) and one != "en")
    assert len(found) > 150 and not missing, missing


def test_every_sentence_with_a_gap_has_its_german_wherever_it_is_kept() -> None:
    found: set[str] = set()
    for path in (*COACH.rglob("*.py"), *APP.rglob("*.py")):
        for one in literals(ast.parse(path.read_text())):
            is_doc = "\n" in one.strip("\n") and '"{' in one
            if formats(one) & (set(FORMATS["en"]) | {"word"}) and not path.name.startswith("phrases") and not is_doc:
                found.add(one)
    missing = sorted(one for one in found - set(GERMAN) if not is_bare(one))
    assert len(found) > 200 and not missing, missing


TABLES = {
    "what would tell": persona._TELLS.values(),
    "answers of height and warmth": (text for texts in persona._RESPONSE.values() for text in texts),
    "parts of a person's own page": persona.PARTS,
    "groups": (*groups.VOCABULARY, *(name for names in groups.VOCABULARY.values() for name in names)),
    "kinds of session": (*whatif._KINDS.values(), *coach_text._NAMES.values(), *ALL_KINDS),
    "kinds of run": responses.KINDS,
    "days": whatif.WEEKDAYS,
    "what may be told": (kind.replace("_", " ") for kind in KINDS),
    "what may be corrected": (*CORRECTABLE, *(unit for unit, _, _ in CORRECTABLE.values())),
    "causes of pain": pattern._WORDS.values(),
    "answers to pain": (text for _, text in live_pain.ANSWERS),
    "the stride": (*live_gait._WORDS.values(), *live_gait._WHAT.values()),
    "what is the matter with a tracker": (reason.sentence for reason in LinkReason),
    "rules": (text for rule in RULES.values() for text in (rule.text, rule.source)),
    "a trial": (trials.HEART, trials.EFFORT, *trials._TODAY.values()),
    "what may be said of oneself": me_edits.SAID,
    "elements that are new": (novelty.HEART_BAND, novelty.RESPONSE, novelty.DISCOVERY),
}


@pytest.mark.parametrize("table", sorted(TABLES))
def test_every_word_of_a_table_has_its_german(table: str) -> None:
    words = list(TABLES[table])
    assert words and not [one for one in words if one not in GERMAN]


class Noting(dict[str, str]):
    """The German table, noting what was asked for and is not there."""

    def __init__(self, table: dict[str, str]) -> None:
        super().__init__(table)
        self.missed: set[str] = set()

    def get(self, key: str, default: str | None = None) -> str:  # type: ignore[override]
        if key not in self and not is_bare(key):
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
