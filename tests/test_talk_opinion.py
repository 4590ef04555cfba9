"""The second opinion on talk, as laws: it takes no pain, warning or request, ends no pain, and may be absent."""

from __future__ import annotations

import dataclasses
import hashlib
import importlib.resources
import io
import logging
from pathlib import Path

import numpy as np
import pytest
from talk_sentences import sentences, strict

from edge.coach.said import KINDS
from edge.talk import grammar, opinion, understand
from edge.talk.grammar import understood_with
from edge.talk.opinion import LABELS, TERMS, Opinion, bundled, features, key, read, terms
from edge.talk.weighing import NEVER_BROUGHT, NEVER_TAKEN

TEXTS = [one.text for one in sentences()][::29]
LINES = Path(__file__).parents[1] / "models" / "train" / "talk_lines.tsv"


def shipped() -> Opinion:
    found, problem = bundled()
    assert found is not None, problem
    return found


def one_minded(says: float) -> Opinion:
    """Return an opinion that says the same of every kind in every clause, whatever was heard."""
    meeting = np.zeros((len(KINDS), TERMS))
    meeting[:, -1] = says
    return dataclasses.replace(shipped(), meeting=meeting)


@pytest.mark.parametrize("text", TEXTS)
def test_no_opinion_takes_a_pain_a_warning_or_a_request_nor_ends_a_pain(text: str) -> None:
    alone = understood_with(text, None).constraints
    protected = [c for c in alone if c.kind in NEVER_TAKEN and c.situation != "cleared"]
    ends = {repr(c) for c in alone if c.kind in NEVER_BROUGHT}
    for view in (shipped(), one_minded(-9.0), one_minded(9.0)):
        got = understood_with(text, view).constraints
        asks = any(c.kind == "override_request" for c in got)  # beside a request no pain ends
        kept = {repr(c) for c in protected if not (asks and c.kind == "pain_resolved")}
        assert kept <= {repr(c) for c in got}
        assert {repr(c) for c in got if c.kind in NEVER_BROUGHT} <= ends


def test_of_health_nothing_is_taken_by_a_mere_doubt() -> None:
    text = "I have a cold, I take antibiotics and I am pregnant"
    kinds = {"illness", "medication", "pregnancy"}
    assert {c.kind for c in understood_with(text, one_minded(-1.0)).constraints} == kinds


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
    for view in (shipped(), one_minded(9.0)):
        assert "red_flag" not in {c.kind for c in understood_with(text, view).constraints}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("halbe Stunde muss reichen", "time"),
        ("Wednesday and friday are out, kids have swimming", "availability"),
        ("zero motivation and work is eating me alive", "stress"),
    ],
)
def test_what_the_grammar_may_miss_is_heard(text: str, kind: str) -> None:
    assert kind in {c.kind for c in understand(text).constraints}


def test_what_the_opinion_brought_is_named_and_the_grammar_guesses_nothing() -> None:
    text = "halbe Stunde muss reichen, linkes Knie tut weh 3/10"
    got = understood_with(text, one_minded(9.0))
    alone = {repr(c) for c in understood_with(text, None).constraints}
    assert {repr(got.constraints[k]) for k in got.guessed} == {repr(c) for c in got.constraints} - alone
    assert understood_with(text, None).guessed == ()


def test_a_brought_pain_has_the_place_side_and_number_of_its_clause() -> None:
    (pain,) = [
        c
        for c in understood_with("quad pull on the left, 4 when i kick", one_minded(9.0)).constraints
        if c.kind == "pain"
    ]
    assert (pain.area, pain.side) == ("quad", "left")


def test_a_request_that_the_opinion_hears_ends_no_pain_in_its_sentence() -> None:
    only = np.full((len(KINDS), TERMS), 0.0)
    only[:, -1] = np.where(np.array(KINDS) == "override_request", 9.0, -0.1)
    view = dataclasses.replace(shipped(), meeting=only)
    kinds = {c.kind for c in understood_with("my left knee is fine again, plan the hard one", view).constraints}
    assert "override_request" in kinds and "pain_resolved" not in kinds


def test_without_its_file_talk_is_the_grammar_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opinion, "FILE", "absent.npz")
    bundled.cache_clear()
    try:
        found, problem = bundled()
        assert found is None and problem.startswith("absent.npz: ")
        for text in TEXTS[::8]:
            assert strict(understand(text).constraints) == strict(understood_with(text, None).constraints)
    finally:
        bundled.cache_clear()


def test_a_missing_opinion_is_told_once_in_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from app import talk_text

    monkeypatch.setattr(talk_text, "bundled_opinion", lambda: (None, "absent.npz: No such file"))
    talk_text.tell_of_missing_opinion.cache_clear()
    with caplog.at_level(logging.WARNING):
        talk_text.tell_of_missing_opinion()
        talk_text.tell_of_missing_opinion()
    talk_text.tell_of_missing_opinion.cache_clear()
    assert [r.getMessage() for r in caplog.records] == ["talk is heard by the grammar alone: absent.npz: No such file"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 torn", b"no archive at all"])
def test_a_damaged_file_is_no_opinion(content: bytes) -> None:
    with pytest.raises(opinion.UNREADABLE):
        read(io.BytesIO(content))


def test_a_file_of_other_kinds_or_tables_is_refused() -> None:
    def written(**changed: object) -> io.BytesIO:
        view = shipped()
        whole = {"version": opinion.VERSION, "labels": " ".join(LABELS), "keys": view.keys, "weights": view.weights}
        whole |= {"step": view.step, "bias": view.bias, "meeting": view.meeting}
        stored = io.BytesIO()
        np.savez(stored, **{name: np.asarray(v) for name, v in (whole | changed).items()})  # type: ignore[arg-type]
        return io.BytesIO(stored.getvalue())

    assert read(written()).keys.size == shipped().keys.size
    for changed in ({"version": 0}, {"labels": "pain none"}, {"keys": shipped().keys[1:]}, {"step": np.ones(3)}):
        with pytest.raises(ValueError, match=r"another version|fit together"):
            read(written(**changed))


def test_the_file_is_small_and_of_the_lines_that_are_kept() -> None:
    stored = (importlib.resources.files("edge.talk") / opinion.FILE).read_bytes()
    with np.load(io.BytesIO(stored)) as held:
        data = str(held["data_sha256"].item())
    assert len(stored) <= 500_000
    assert data == hashlib.sha256(LINES.read_bytes()).hexdigest()


def test_the_lines_are_sorted_single_and_of_known_kinds() -> None:
    lines = LINES.read_text(encoding="utf-8").splitlines()
    assert lines == sorted(set(lines))
    told = {kind for line in lines for kind in line.split("\t")[1].split("+")}
    assert told == {*KINDS, "none"}


def test_the_same_words_give_the_same_numbers_everywhere() -> None:
    assert features(["my", "knee", "4"]) >= {"w:my", "w:#", "b:^ my", "b:# $", "c:_kn", "c:knee_"}
    assert key("w:knee") == 3343425760
    scores = shipped().scores([["my", "knee", "hurts"], ["hurts", "my", "knee"]])
    assert np.array_equal(scores, shipped().scores([["my", "knee", "hurts"], ["hurts", "my", "knee"]]))


def test_the_terms_are_what_they_are_called() -> None:
    scores = np.zeros((1, len(LABELS)))
    scores[0, :3] = (2.0, 1.0, -50.0)
    heard = np.zeros((1, len(KINDS)), dtype=bool)
    heard[0, 0] = True
    assert terms(scores, heard)[0, 0].tolist() == [1.0, 2.0, 2.0, 0.0, 0.0, 1.0, 1.0, 1.0]
    assert terms(scores, heard)[0, 2].tolist() == [0.0, -10.0, 0.0, 0.0, 1.0, 0.0, 2.0, 1.0]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "?",
        "\x00\ud7ff",
        "🏃‍♀️ 💥",
        "ǅ ß ﬁ",
        "knee " * 600,
        "x" * 9_000,
        "7/10",
        "- - -",
        "ÄÖÜ" * 50,
        "a.b.c,d;e",
    ],
)
def test_any_text_has_an_opinion_and_nothing_raises(text: str) -> None:
    scores = shipped().scores([text.split(), []])
    assert np.isfinite(scores).all()
    assert isinstance(understood_with(text, one_minded(9.0)), grammar.Understood)
