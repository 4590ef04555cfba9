"""The third opinion on talk, as laws: it takes no warning, ends no pain, scores alike everywhere, and may be absent."""

from __future__ import annotations

import dataclasses
import importlib.resources
import io
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from talk_sentences import sentences, strict

from edge.coach.said import KINDS
from edge.talk import encoder, understand
from edge.talk.encoder import LABELS, LONGEST, QUANTUM, TERMS, Encoder, bundled, packed, read
from edge.talk.grammar import understood_with
from edge.talk.listening import NEVER_TAKEN, terms
from edge.talk.opinion import UNREADABLE
from edge.talk.opinion import bundled as bundled_opinion
from edge.talk.pieces import WORD, Pieces
from edge.talk.weighing import NEVER_BROUGHT

TEXTS = [one.text for one in sentences()][::43]


def shipped() -> Encoder:
    found, problem = bundled()
    assert found is not None, problem
    return found


def one_minded(says: float) -> Encoder:
    """Return an encoder that says the same of every kind, whatever was heard."""
    meeting = np.zeros((len(KINDS), TERMS))
    meeting[:, -1] = says
    return dataclasses.replace(shipped(), meeting=meeting)


@pytest.mark.parametrize("text", TEXTS)
def test_it_takes_no_warning_and_no_pain_with_a_number_and_ends_no_pain(text: str) -> None:
    opinion = bundled_opinion()[0]
    alone = understood_with(text, None).constraints
    numbered = [c for c in alone if c.kind == "pain" and not math.isnan(c.severity)]
    protected = [c for c in alone if c.kind in NEVER_TAKEN and c.situation != "cleared"] + numbered
    ends = {repr(c) for c in alone if c.kind in NEVER_BROUGHT}
    for third in (shipped(), one_minded(-9.0), one_minded(9.0)):
        got = understood_with(text, opinion, third).constraints
        assert {repr(c) for c in protected} <= {repr(c) for c in got}
        assert {repr(c) for c in got if c.kind in NEVER_BROUGHT} <= ends


@pytest.mark.parametrize("text", ["my knee hurts", "I have a cold", "ich bin schwanger", "ich nehme Betablocker"])
def test_what_binds_a_rule_is_not_taken_by_a_mere_doubt(text: str) -> None:
    kinds = {c.kind for c in understood_with(text, None).constraints}
    assert kinds <= {c.kind for c in understood_with(text, bundled_opinion()[0], one_minded(-2.9)).constraints}


@pytest.mark.parametrize("text", ["MÜDE, linke Wade zwickt", "Muede, linke wade zwickt", "müde, linke Wade zwickt"])
def test_capitals_and_umlauts_change_no_score(text: str) -> None:
    assert np.array_equal(shipped().scores(text), shipped().scores("müde, linke wade zwickt"))


@pytest.mark.parametrize(
    "text",
    [
        "no chest pain at all",
        "my sister fainted at the race",
        "what if I get palpitations?",
        "two years ago I coughed blood",
        "keine Schmerzen in der Brust, kein Schwindel",
        "der Nachbar hatte einen Herzinfarkt",
    ],
)
def test_what_is_denied_of_others_or_past_stays_no_warning(text: str) -> None:
    for third in (shipped(), one_minded(9.0)):
        assert "red_flag" not in {c.kind for c in understood_with(text, bundled_opinion()[0], third).constraints}


def test_what_it_brought_is_named_and_told_with_the_words_of_its_clause() -> None:
    text = "halbe Stunde muss reichen, linkes Knie tut weh 3/10"
    got = understood_with(text, bundled_opinion()[0], one_minded(9.0))
    alone = {repr(c) for c in understood_with(text, None).constraints}
    assert {repr(got.constraints[k]) for k in got.guessed} == {repr(c) for c in got.constraints} - alone
    assert [c.value for c in got.constraints if c.kind == "time"] == [30.0]


def test_without_its_file_talk_is_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "FILE", "absent.npz")
    bundled.cache_clear()
    try:
        found, problem = bundled()
        assert found is None and problem.startswith("absent.npz: ")
        for text in TEXTS[::4]:
            before = understood_with(text, bundled_opinion()[0]).constraints
            assert strict(understand(text).constraints) == strict(before)
    finally:
        bundled.cache_clear()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 torn", b"no archive at all"])
def test_a_damaged_file_is_no_encoder(content: bytes) -> None:
    with pytest.raises(UNREADABLE):
        read(io.BytesIO(content))


@pytest.mark.parametrize("changed", [{"version": 0}, {"labels": "pain none"}, {"likely": np.ones(3)}, {"layers": 7}])
def test_a_file_of_other_kinds_or_tables_is_refused(changed: dict[str, object]) -> None:
    with (importlib.resources.files("edge.talk") / encoder.FILE).open("rb") as file, np.load(file) as stored:
        whole = {name: stored[name] for name in stored.files} | changed
    again = io.BytesIO()
    np.savez(again, **{name: np.asarray(value) for name, value in whole.items()})  # type: ignore[arg-type]
    again.seek(0)
    with pytest.raises(UNREADABLE):
        read(again)


def test_the_file_is_small() -> None:
    assert len((importlib.resources.files("edge.talk") / encoder.FILE).read_bytes()) <= 16_000_000


def test_scores_lie_on_the_quantum_and_nothing_said_has_none() -> None:
    scores = shipped().scores("slept badly, left calf sore 3/10")
    assert np.array_equal(scores, np.rint(scores / QUANTUM) * QUANTUM)
    assert scores[LABELS.index("sleep")] > 0.0 < scores[LABELS.index("pain")]
    assert scores[LABELS.index("travel")] < 0.0
    assert np.isnan(shipped().scores(" ")).all()


def test_a_long_text_is_heard_in_sentences_and_in_stretches() -> None:
    long = "The weather was fine and the trail was soft. " * 12 + "I slept badly."
    assert shipped().scores(long)[LABELS.index("sleep")] > 0.0
    assert np.isfinite(shipped().scores("knee " * 3 * LONGEST)).all()


@pytest.mark.parametrize("text", ["?", "\x00\ud7ff", "🏃‍♀️ 💥", "ǅ ß ﬁ", "x" * 9_000, "7/10", "ÄÖÜ" * 50])
def test_any_text_has_scores_or_none(text: str) -> None:
    scores = shipped().scores(text)
    assert np.isfinite(scores).all() or (np.isnan(scores).all() and not shipped().pieces.numbers(text))


@given(st.text(st.sampled_from("abc xyz"), max_size=30))
def test_the_pieces_of_a_text_are_the_text(text: str) -> None:
    names = ["<?>", WORD, *"abc", "ab", f"{WORD}ab", "bca"]
    cut = Pieces(names, [-9.0, -3.0, -4.0, -4.0, -4.0, -5.0, -6.0, -5.5], 0)
    got = "".join(names[k] for k in cut.numbers(text))
    whole = "".join(WORD + word for word in text.split())
    assert len(cut.numbers(whole.replace(WORD, " "))) == len(cut.numbers(text))
    assert got.replace("<?>", "?") == "".join(one if one in f"{WORD}abc" else "?" for one in whole)


def test_the_likeliest_pieces_are_taken() -> None:
    names = ["<?>", f"{WORD}a", "b", f"{WORD}ab", "c"]
    assert Pieces(names, [-9.0, -2.0, -2.0, -3.0, -2.0], 0).numbers("abc ab") == [3, 4, 3]
    assert Pieces(names, [-9.0, -2.0, -2.0, -5.0, -2.0], 0).numbers("abc ab") == [1, 2, 4, 1, 2]


@given(st.integers(0, 2**32 - 1), st.sampled_from([8, 63, 127]))
def test_a_packed_matrix_is_off_by_half_a_step_at_most(seed: int, levels: int) -> None:
    matrix = np.random.default_rng(seed).standard_normal((3, 64)).astype(np.float32)
    table = packed(matrix, levels)
    step = np.repeat(table.scale.astype(np.float32), 32, axis=1)
    assert np.all(np.abs(table.rows() - matrix) <= 0.5 * step + levels * 1e-3 * step)
    assert np.array_equal(table.rows([2, 0]), table.rows()[[2, 0]])
    assert np.array_equal(packed(table.rows(), levels).rows(), table.rows())


def test_the_terms_are_what_they_are_called() -> None:
    seen = np.zeros(len(LABELS))
    seen[:2], seen[-1] = (2.0, 1.0), -50.0
    scores = np.zeros((2, len(LABELS) + 2))
    scores[1, 0] = 3.0
    heard = [True, True] + [False] * (len(KINDS) - 2)
    assert terms(seen, scores, heard)[0].tolist() == [1.0, 2.0, 2.0, -10.0, 3.0, 1.0, 1.0, 1.0]
    assert terms(seen, scores, heard)[1].tolist() == [1.0, 1.0, 1.0, -10.0, 0.0, 1.0, 2.0, 1.0]


def test_the_card_is_of_the_file() -> None:
    from hashlib import sha256

    stored = (importlib.resources.files("edge.talk") / encoder.FILE).read_bytes()
    assert sha256(stored).hexdigest() in (Path(__file__).parents[1] / "models" / "ENCODER_CARD.md").read_text()
