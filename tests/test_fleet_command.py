"""`kadenz fleet`, wired: consent first, what is offered is what is shown, one clear line where it cannot be done."""

from __future__ import annotations

import ast
import json
import stat
from pathlib import Path

import pytest
from coach_people import NOON
from test_coach_service import filled

from app import fleet, sharing
from app.cli import main
from app.fleet_text import Progress, round_lines, simulated_lines, status_lines
from app.store import Store
from edge.coach.phrases_de_fleet import FLEET
from models.fleet import loopback, quiet
from models.fleet.cohorts import Rule
from models.fleet.loopback import Place
from models.fleet.offers import offer_of, read_offer, write_offer
from models.sharing import NAMES, Contribution, SharedPrior, SharingError, Situation
from models.sharing.blur import CLIP_NORM, DEVICE_NOISE_SD

ROOT = Path(__file__).parents[1]
HERE = Situation("regular", "35 to 49", "health", "none said", "below 1,000 m")
ROUND = {
    "round": 1,
    "nodes": 4,
    "answered": 3,
    "cohorts": 1,
    "lost_cohorts": 0,
    "unbelievable_cohorts": 0,
    "duration_s": 9.6,
}


def test_nobody_joins_without_consent_to_the_fleet(tmp_path: Path) -> None:
    with Store.in_memory() as store:
        filled(store)
        sharing.consent(store, "file", True, NOON)
        with pytest.raises(SharingError, match="not consented"):
            fleet.join(store, Place(tmp_path / "fleet"), "me", Rule(), NOON)
        assert sharing.log_of(store)[-1].what == "on" and not (tmp_path / "fleet").exists()


def test_a_node_begins_with_consent_only_through_the_door() -> None:
    def begins_a_node(path: Path) -> bool:
        called = [node.func for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
        named = [one for one in called if isinstance(one, ast.Attribute) and one.attr == "join"]
        return any(isinstance(one.value, ast.Name) and one.value.id == "loopback" for one in named)

    files = [path for house in ("app", "models") for path in (ROOT / house).rglob("*.py")]
    assert {path.name for path in files if begins_a_node(path)} == {"door.py", "fleet_scale_bench.py"}


def test_what_is_offered_is_what_is_shown_for_its_owner_alone(tmp_path: Path) -> None:
    with Store.in_memory() as store:
        filled(store)
        shown = sharing.outgoing(store, NOON)
    write_offer(shown, Rule(), tmp_path / "offer.json")
    offer = read_offer(tmp_path / "offer.json")
    assert tuple(offer.numbers.tolist()) == shown.numbers
    assert stat.S_IMODE((tmp_path / "offer.json").stat().st_mode) == 0o600
    assert set(json.loads((tmp_path / "offer.json").read_text())) == {
        "numbers",
        "groups",
        "clip_norm",
        "noise_multiplier",
    }


def test_an_offer_withdrawn_or_not_blurred_is_none(tmp_path: Path) -> None:
    with pytest.raises(SharingError, match="withdrawn"):
        offer_of({"offer": str(tmp_path / "offer.json")}, {})
    with pytest.raises(SharingError, match="not blurred"):
        write_offer(Contribution(HERE, tuple([0.0] * len(NAMES)), "base"), Rule(), tmp_path / "offer.json")
    (tmp_path / "offer.json").write_text('{"numbers": {}}')
    with pytest.raises(SharingError, match="cannot be read"):
        read_offer(tmp_path / "offer.json")


def test_a_folder_without_a_fleet_runs_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fleet", "status", "--dir", str(tmp_path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"processes": []}
    assert main(["fleet", "status", "--dir", str(tmp_path), "--lang", "de"]) == 0
    assert capsys.readouterr().out == "Hier läuft keine Flotte.\n"


@pytest.mark.skipif(quiet.is_installed(), reason="Flower is installed")
@pytest.mark.parametrize("what", [["simulate", "--runners", "9"], ["serve"], ["simulate", "--runners", "9", "--json"]])
def test_without_flower_one_line_says_what_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], what: list[str]
) -> None:
    assert main(["fleet", *what, "--dir", str(tmp_path / "none")]) == 1
    said = capsys.readouterr()
    assert said.out == "" and said.err == f"kadenz fleet: {quiet.INSTALL}\n"


@pytest.mark.parametrize("what", [["simulate", "--runners", "2"], ["simulate", "--noise", "-1"], ["round"]])
def test_what_cannot_be_done_is_said_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], what: list[str]
) -> None:
    assert main(["fleet", *what, "--dir", str(tmp_path)]) == 1
    said = capsys.readouterr()
    assert said.out == "" and len(said.err.splitlines()) == 1


@pytest.mark.parametrize("name", ["server", "", "Me", "a b", "../x", "x" * 40])
def test_a_node_has_a_plain_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(SharingError, match="no name for a node"):
        loopback.join(
            Place(tmp_path),
            name,
            Contribution(HERE, tuple([0.0] * len(NAMES)), "base", CLIP_NORM, DEVICE_NOISE_SD),
            Rule(),
        )


@pytest.mark.parametrize(("language", "words"), [("en", "50 % of the answers"), ("de", "50 % der Antworten")])
def test_progress_is_told_every_ten_seconds_with_the_time_left_and_not_before_the_first_answers(
    language: str, words: str
) -> None:
    told: list[str] = []
    at_s = [0.0]
    hears = Progress(language, told.append, lambda: at_s[0])
    for now_s, share in ((30.0, 0.0), (35.0, 0.1), (39.0, 0.1), (80.0, 0.5), (85.0, 0.6)):
        at_s[0] = now_s
        hears(share)
    assert len(told) == 2 and told[1].startswith(words) and "50 s" in told[1]


def test_every_sentence_of_the_fleet_has_its_german() -> None:
    told = fleet.Rounds([ROUND], 1.5, 1e-5, SharedPrior("base", 100, ()), {"everybody_miss": 0.1, "levels_miss": 0.2})
    rows = [{"name": "server", "runs": True, "memory_mb": 4.0, "port": 8000}, {"name": "me", "runs": False}]
    for one in (told, fleet.Rounds([ROUND], 1.5, 1e-5, None, {})):
        english, german = (simulated_lines(one, 9, "f.json", language) for language in ("en", "de"))
        assert len(english) == len(german) and not set(english) & set(german)
    assert not set(status_lines(rows, "en")) & set(status_lines(rows, "de"))
    assert round_lines(told, "en")[0].startswith("Round 1: 3 of 4 answered")
    said: set[str] = set()
    for path in (ROOT / "app" / "fleet_text.py", ROOT / "app" / "commands" / "fleet_command.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and node.value in FLEET:
                said.add(node.value)
    assert said == set(FLEET)
