"""Sharing, wired: nothing leaves without consent, what is shown is what leaves, a bad file changes nothing."""

from __future__ import annotations

import ast
import json
import math
from pathlib import Path

import numpy as np
import pytest
from coach_people import DAY_S, NOON
from test_coach_service import filled

from app import coach, sharing
from app.cli import main
from app.store import Store
from models.person import bundled
from models.person_forward import STATE
from models.sharing import EVERYBODY, NAMES, Contribution, GroupShift, SharedPrior, SharingError, Situation
from models.sharing.blur import blurred
from models.sharing.files import FileExchange
from models.sharing.prior_text import contribution_from, contribution_text, shared_text

HIGHER = tuple(0.5 if name == "hr_level_bpm" else 0.0 for name in STATE)
ROOT = Path(__file__).parents[1]


def prior_file(path: Path, base: str = "", shift: tuple[float, ...] = HIGHER) -> Path:
    path.write_text(shared_text(SharedPrior(base or bundled().model_hash, 120, (GroupShift(EVERYBODY, 120, shift),))))
    return path


def diary(folder: Path) -> Path:
    path = folder / "diary.db"
    with Store(path) as store:
        filled(store)
    return path


def test_consent_is_off_until_given_for_each_purpose_and_can_be_withdrawn() -> None:
    with Store.in_memory() as store:
        for purpose in ("file", "fleet"):
            with pytest.raises(SharingError, match="not consented"):
                sharing.permit(store, purpose)
        sharing.consent(store, "file", True, 10.0)
        assert sharing.permit(store, "file").given_unix_s == 10.0
        with pytest.raises(SharingError, match="not consented"):
            sharing.permit(store, "fleet")
        sharing.consent(store, "file", False, 20.0)
        with pytest.raises(SharingError, match="not consented"):
            sharing.permit(store, "file")
        assert [(one.what, one.at_unix_s) for one in sharing.log_of(store)] == [("on", 10.0), ("off", 20.0)]
        store.save_memory(sharing.CONSENTS, b'{"file": true}', 30.0)
        with pytest.raises(SharingError, match="not consented"):
            sharing.permit(store, "file")
        with pytest.raises(ValueError, match="everything"):
            sharing.consent(store, "everything", True, 1.0)


def test_only_the_consents_make_a_permit_and_only_offer_opens_a_door() -> None:
    def calls(path: Path, name: str) -> bool:
        return any(
            isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == name
            for node in ast.walk(ast.parse(path.read_text()))
        )

    files = [p for house in ("app", "models", "edge", "device") for p in (ROOT / house).rglob("*.py")]
    assert [p.name for p in files if calls(p, "Permit")] == ["sharing.py"]
    assert not [p.name for p in files if calls(p, "contribution_text") and p.name not in
                ("sharing.py", "files.py", "prior_command.py")]  # fmt: skip


def test_nothing_leaves_without_consent_and_what_is_shown_is_what_leaves(tmp_path: Path) -> None:
    out = tmp_path / "me.json"
    with Store.in_memory() as store:
        filled(store)
        shown = sharing.outgoing(store, NOON)
        with pytest.raises(SharingError, match="not consented"):
            sharing.offer(store, FileExchange(out, out), NOON)
        assert not list(tmp_path.iterdir())
        sharing.consent(store, "file", True, NOON)
        assert sharing.offer(store, FileExchange(out, out), NOON + 1.0) == shown
        assert out.read_text() == contribution_text(shown) and contribution_from(out.read_text()) == shown
        assert sharing.log_of(store)[-1].what == "left"


def test_noise_is_drawn_once_a_year_whatever_consent_does() -> None:
    with Store.in_memory() as store:
        filled(store)
        sharing.consent(store, "file", True, NOON)
        first = sharing.outgoing(store, NOON)
        kept = sharing.outgoing_of(store)
        assert kept is not None and not kept.left
        door = FileExchange(Path("/dev/null"), Path("/dev/null"))
        assert door.purpose == "file"
        sharing.consent(store, "file", False, NOON + 1.0)
        assert sharing.outgoing_of(store) is None, "what never left is dropped"
        again = sharing.outgoing(store, NOON + 2.0)
        assert again != first and sharing.outgoing(store, NOON + 360.0 * DAY_S) == again
        assert sharing.outgoing(store, NOON + 366.0 * DAY_S) != again


def test_what_left_is_kept_for_its_year_after_consent_is_withdrawn(tmp_path: Path) -> None:
    with Store.in_memory() as store:
        filled(store)
        sharing.consent(store, "file", True, NOON)
        told = sharing.offer(store, FileExchange(tmp_path / "a.json", tmp_path), NOON)
        sharing.consent(store, "file", False, NOON + 1.0)
        sharing.consent(store, "file", True, NOON + 2.0)
        assert sharing.offer(store, FileExchange(tmp_path / "b.json", tmp_path), NOON + 3.0) == told
        assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
        store.save_memory(sharing.OUTGOING, b"", NOON)
        with pytest.raises(SharingError, match="one in a year"):
            sharing.outgoing(store, NOON + 30.0 * DAY_S)
        assert sharing.outgoing(store, NOON + 370.0 * DAY_S) != told


def test_too_few_runs_say_so() -> None:
    with Store.in_memory() as store, pytest.raises(SharingError, match="too few to share; it takes 10"):
        sharing.outgoing(store, NOON)


def test_a_shared_prior_moves_what_is_believed_and_undo_returns_bit_for_bit(tmp_path: Path) -> None:
    with Store.in_memory() as store:
        before = coach.state_of(store, NOON)
        by = sharing.use(store, prior_file(tmp_path / "p.json"), NOON)
        after = coach.state_of(store, NOON)
        assert by is not None and by.group == EVERYBODY
        assert after.heart.at_2_8_bpm > before.heart.at_2_8_bpm + 5.0
        assert "people like you" in after.learned_by
        assert sharing.leave(store, NOON) and not sharing.leave(store, NOON)
        assert repr(coach.state_of(store, NOON)) == repr(before)


def test_what_cannot_be_believed_is_refused_and_the_bundled_prior_stands(tmp_path: Path) -> None:
    with Store.in_memory() as store:
        before = repr(coach.state_of(store, NOON))
        for text, reason in (("", "foreign"), ("{}", "foreign"), ("x" * 9, "foreign"), (None, "another bundled prior")):
            path = tmp_path / "p.json"
            prior_file(path, base="0" * 16) if text is None else path.write_text(text)
            with pytest.raises(SharingError, match=reason):
                sharing.use(store, path, NOON)
        assert repr(coach.state_of(store, NOON)) == before
        store.save_memory(sharing.IN_USE, b"damaged", NOON)
        assert sharing.shift_in_use(store) is None and repr(coach.state_of(store, NOON)) == before
        good = prior_file(tmp_path / "p.json")
        sharing.use(store, good, NOON)
        kept = store.memory(sharing.IN_USE).decode().replace("0.5", "0.6")
        store.save_memory(sharing.IN_USE, kept.encode(), NOON)
        assert sharing.shift_in_use(store) is None, "a changed number is noticed"


def test_a_decision_with_a_shared_prior_is_computed_again_to_the_same(tmp_path: Path) -> None:
    with Store.in_memory() as store:
        filled(store)
        sharing.use(store, prior_file(tmp_path / "p.json"), NOON)
        identity, _ = coach.decide_today(store, NOON, predictor=None)
        sharing.leave(store, NOON)
        assert coach.replay(store, identity)


def blurred_by(seed: int) -> Contribution:
    rng = np.random.default_rng(seed)
    situation = Situation("regular", "35 to 49", "health", "none said", "below 1,000 m")
    raw = Contribution(situation, tuple(rng.standard_normal(len(NAMES)).tolist()), bundled().model_hash)
    return blurred(raw, rng)


def test_the_command_between_diaries(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db, folder, out = str(diary(tmp_path)), tmp_path / "club", tmp_path / "prior.json"
    folder.mkdir()
    assert main(["prior", "export", str(folder / "me.json"), "--db", db]) == 1
    assert "not consented" in capsys.readouterr().err and not list(folder.iterdir())
    assert main(["prior", "consent", "file", "on", "--db", db, "--lang", "en"]) == 0
    assert main(["prior", "export", str(folder / "me.json"), "--db", db]) == 0
    capsys.readouterr()
    for language, word in (("en", "no position"), ("de", "kein Ort")):
        assert main(["prior", "show", "--db", db, "--lang", language]) == 0
        shown = capsys.readouterr().out
        assert shown.endswith((folder / "me.json").read_text()) and word in shown
        assert {"en": "shortened to 1.5 ", "de": "auf 1,5 "}[language] in shown
    assert main(["prior", "merge", str(folder), "-o", str(out)]) == 1
    assert "too few" in capsys.readouterr().err and not out.exists()
    for seed in range(30):
        (folder / f"{seed}.json").write_text(contribution_text(blurred_by(seed)))
    (folder / "broken.json").write_text("{")
    assert main(["prior", "merge", str(folder), "-o", str(out), "--json"]) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out)["merged"] == 31 and "broken.json" in captured.err
    assert main(["prior", "use", str(out), "--db", db, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["in_use"]["people"] >= 20
    assert main(["me", "--db", db, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["shared_prior"]["group"].startswith(("everybody", "level"))
    assert main(["prior", "use", "--undo", "--db", db]) == 0
    assert main(["prior", "use", "--undo", "--db", db]) == 1
    assert main(["prior", "use", str(folder / "broken.json"), "--db", db]) == 1
    assert "broken.json: foreign or damaged" in capsys.readouterr().err
    assert main(["prior", "use", str(folder / "me.json"), "--db", db]) == 1
    assert "one person's contribution" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words", [["merge", "x"], ["use"], ["consent", "file"], ["consent", "all", "on"], ["show", "x"]]
)
def test_wrong_usage_says_what_belongs_there(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prior", *words]) == 2
    assert "kadenz prior" in capsys.readouterr().err


def test_the_shift_is_told_in_both_languages() -> None:
    from app.sharing import InUse
    from app.sharing_text import use_lines
    from models.person import spread_of

    kept = InUse("", Situation("new", "unknown", "unknown", "none said", "unknown"), NOON)
    for language, word in (("en", "+7.3 beats/min"), ("de", "+7,3 Schläge/min")):
        lines = use_lines(GroupShift(EVERYBODY, 120, HIGHER), kept, spread_of().tolist(), language)
        assert any(word in line for line in lines), lines
    assert math.isfinite(spread_of().sum())
