"""Talking back, as laws: what half A teaches is understood, half B is a floor, nothing raises, nothing eases."""

from __future__ import annotations

import dataclasses
import math
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from talk_sentences import STRANGERS, Labelled, core, sentences, strangers, strict

from edge.coach.said import Constraint
from edge.talk import bundled_encoder, understand
from edge.talk.grammar import understood_with
from edge.talk.opinion import bundled

ALL = sentences()
REQUESTS = (
    "it's fine, ignore my heart",
    "push me through the pain",
    "skip the warnings",
    "ignorier mein Herz",
    "überspring die Warnungen",
)
#: The share of half B that was right in all fields at its second measurement (2026-11-26), before its errors were read.
FLOOR_B = 0.954


#: Strangers' sentences right in the core at their last look less one point (docs/talk.md), and warnings still missed
#: there. A to E, H and I were read while building; of F and G only totals.
FLOORS = {
    "A": (0.94, 0),
    "B": (0.863, 0),
    "C": (0.90, 0),
    "D": (0.917, 0),
    "E": (0.937, 0),
    "F": (0.617, 0),
    "G": (0.94, 0),
    "H": (0.91, 1),
    "I": (0.928, 0),
    "J": (0.928, 0),
    "K": (0.866, 0),
    "M": (0.90, 1),
    "N": (0.85, 1),
}
#: The same with the third opinion too, where nobody learned from a set.
#: Three sets of them keep this floor here; docs/talk.md tells of all.
WITH_BOTH = {"F": 0.743, "J": 0.948, "N": 0.907}
#: The same with the second opinion: it costs what the grammar learned by heart (A to E), and gains where nothing was.
WITH_OPINION = {
    "A": 0.907, "B": 0.883, "C": 0.90, "D": 0.927, "E": 0.927, "F": 0.70, "G": 0.945, "H": 0.937, "I": 0.945,
    "J": 0.937, "K": 0.887, "M": 0.908, "N": 0.887,
}  # fmt: skip


def lines(name: str) -> list[str]:
    return (STRANGERS / name).read_text(encoding="utf-8").splitlines()


def right(one: Labelled, same: object = strict) -> bool:
    got = understand(one.text)
    assert callable(same)
    return got.understood == one.understood and same(got.constraints) == same(one.constraints)


def share(half: str, same: object = strict) -> float:
    listed = [one for one in ALL if one.half == half]
    return sum(right(one, same) for one in listed) / len(listed)


def test_half_a_is_understood() -> None:
    assert share("A") >= 0.97


def test_half_b_does_not_fall_below_what_was_measured() -> None:
    assert share("B") >= FLOOR_B


def test_the_halves_hold_both_languages_and_every_topic() -> None:
    topics = {half: {(one.topic, one.language) for one in ALL if one.half == half} for half in "AB"}
    assert topics["A"] == topics["B"] and len(ALL) >= 420


@pytest.mark.parametrize(
    "one", [s for s in ALL if any(c.kind == "red_flag" for c in s.constraints)], ids=lambda s: s.text
)
def test_no_warning_is_missed(one: Labelled) -> None:
    assert any(c.kind == "red_flag" for c in understand(one.text).constraints)


@pytest.mark.parametrize("which", sorted(FLOORS))
def test_strangers_are_understood_no_worse_than_at_the_last_look(which: str) -> None:
    share_floor, missed_most = FLOORS[which]
    looks = [(share_floor, None, None), (WITH_OPINION[which], bundled()[0], None)]
    looks += [(WITH_BOTH[which], bundled()[0], bundled_encoder()[0])] if which in WITH_BOTH else []
    for floor, opinion, third in looks:
        listed = [(one, understood_with(one.text, opinion, third).constraints) for one in strangers(which)]
        near = sum(one.is_met(got) for one, got in listed)
        missed = sum(one.warns() and not any(c.kind == "red_flag" for c in got) for one, got in listed)
        assert near / len(listed) >= floor - 0.001
        assert missed <= missed_most


def test_a_second_opinion_mends_more_than_it_breaks_in_what_nobody_learned_from() -> None:
    listed = [*strangers("F")[::3], *strangers("H")[::4], *strangers("I")[::4]]
    met = [(one.is_met(understood_with(one.text, None).constraints), one.is_met(understand(one.text).constraints))
           for one in listed]  # fmt: skip
    assert sum(both for _, both in met) >= sum(alone for alone, _ in met)


@pytest.mark.parametrize(("name", "kind"), [("warnings.txt", "red_flag"), ("requests.txt", "override_request")])
def test_warnings_and_requests_in_words_of_ones_own_are_heard(name: str, kind: str) -> None:
    assert [text for text in lines(name) if kind not in {c.kind for c in understand(text).constraints}] == []


@pytest.mark.parametrize(
    "text",
    [
        "my wife called the ambulance when I fainted",
        "meine Frau hat den Arzt gerufen als ich umgekippt bin",
        "Beim Großen Preis von Graz bekam ich keine Luft",
        "mein Puls spinnt laut Uhr",
        "my heart is racing and my watch is broken",
        "passed out at the finish, slept well afterwards",
        "ich bin vor Lachen ohnmächtig geworden",
        "Luft weg vor Anstrengung",
        "chest muscles hurt when running",
        "my husband says I went grey and my chest hurt",
        "lower chest pain picking up the kid",
    ],
)
def test_a_figure_of_speech_hides_no_warning(text: str) -> None:
    assert "red_flag" in {c.kind for c in understand(text).constraints}


@pytest.mark.parametrize(
    "text",
    [
        "we laughed so hard I couldn't breathe",
        "bin vor Lachen fast umgefallen",
        "my heart sank at the start line",
        "no tightness, no palpitations",
        "keine Schmerzen in der Brust, kein Schwindel",
        "der Berg hat mir den Atem geraubt, so schön",
        "my husband gets chest pain when I drive",
        "can't talk now, in a meeting",
    ],
)
def test_what_only_sounds_like_a_warning_is_none(text: str) -> None:
    assert "red_flag" not in {c.kind for c in understand(text).constraints}


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("mei linkes Knia tuat weh", "mein linkes Knie tut weh"),
        ("i hob heit nur a hoibe Stund", "ich habe heute nur eine halbe Stunde"),
        ("ha hüt nume e halbi Stund Ziit, mis Chnü isch guet", "mein Knie ist gut"),
    ],
)
def test_a_dialect_says_what_its_writing_says(spoken: str, written: str) -> None:
    kinds_said = {c.kind for c in understand(spoken).constraints}
    assert {c.kind for c in understand(written).constraints} <= kinds_said


@pytest.mark.parametrize(
    "text",
    [
        "Urin ist ganz dunkel nach dem Ultra",
        "vision went blurry during the marathon",
        "face drooping on one side according to my flatmate",
        "ran out of puff on the stairs today",
        "sudden gush of bright blood, I'm 29 weeks",
        "Taubheit im Schritt, die Blase spürt nichts",
    ],
)
def test_a_race_or_a_witness_hides_no_warning(text: str) -> None:
    assert "red_flag" in {c.kind for c in understand(text).constraints}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("intervals anyway, my knee can take it and is fine again", ["override_request"]),
        ("Gib mir trotzdem Intervalle, das Knie hält das aus", ["override_request"]),
        ("the smoke alarm went off at 2 am", []),
        ("I had a heart bypass in 2014", []),
        ("der Nachbar hatte einen Herzinfarkt", []),
        ("Our Sandra's got a bad hip", []),
        ("was tired before, but not now", []),
        ("it rained yesterday", []),
    ],
)
def test_a_request_ends_no_pain_and_what_is_past_or_of_others_is_not_kept(text: str, kinds: list[str]) -> None:
    assert [c.kind for c in understand(text).constraints] == kinds


def test_of_several_strengths_of_one_place_the_highest_that_holds_is_kept() -> None:
    assert [c.severity for c in understand("left shin 5/10 on landing, 3/10 walking").constraints] == [5.0]
    assert [c.severity for c in understand("left shin was 5/10, now 3/10").constraints] == [3.0]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("45m slot only", "time", 45.0),
        ("4C outside", "weather", 4.0),
        ("95 kg now, want 90", "weight_goal", 90.0),
        ("I sleep badly because of the baby, maybe 5 hours", "sleep", 5.0),
        ("nur 4 Einheiten diese Woche", "availability", 4.0),
        ("the doctor gave me perindopril", "medication", float("nan")),
        ("nächste Woche bin ich in der Türkei", "travel", float("nan")),
        ("my spirits are at their lowest", "mood", float("nan")),
    ],
)
def test_a_number_goes_to_the_kind_that_its_words_name(text: str, kind: str, value: float) -> None:
    assert [(c.kind, repr(c.value)) for c in understand(text).constraints] == [(kind, repr(value))]


@pytest.mark.parametrize("request_text", REQUESTS)
def test_a_request_to_set_a_rule_aside_changes_nothing_else(request_text: str) -> None:
    alone = understand(request_text).constraints
    assert [c.kind for c in alone] == ["override_request"]
    for one in ALL[REQUESTS.index(request_text) :: len(REQUESTS)]:
        if one.topic in {"override", "unclear"}:
            continue
        before = strict(understand(one.text).constraints)
        after = [c for c in understand(f"{one.text}. {request_text}").constraints if c.kind != "override_request"]
        assert strict(after) == before, one.text


@pytest.mark.parametrize("area", ["knee", "ankle", "shin", "calf", "hip", "groin", "shoulder"])
def test_a_denial_turns_a_pain_into_its_end(area: str) -> None:
    assert understand(f"no pain in my left {area}").constraints == (Constraint("pain_resolved", area, "left"),)
    assert understand(f"my left {area} does not hurt").constraints == (Constraint("pain_resolved", area, "left"),)
    assert understand(f"my left {area} hurts").constraints[0].kind == "pain"


SIMPLE = (
    "left knee hurts 4/10",
    "slept badly",
    "only 30 minutes today",
    "i have a cold",
    "it is very hot",
    "i take beta blockers",
    "stressed at work",
)


@given(st.permutations(SIMPLE), st.integers(1, len(SIMPLE)))
@settings(max_examples=40, deadline=None)
def test_the_order_of_thoughts_does_not_matter(order: list[str], count: int) -> None:
    chosen = sorted(order[:count])
    assert strict(understand(". ".join(order[:count])).constraints) == strict(understand(". ".join(chosen)).constraints)


@pytest.mark.parametrize("one", ALL[::7], ids=lambda s: s.text)
def test_case_and_umlaut_spelling_do_not_matter(one: Labelled) -> None:
    spelled = one.text
    for dotted, plain in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"), ("Ä", "Ae"), ("Ü", "Ue"), ("Ö", "Oe")):
        spelled = spelled.replace(dotted, plain)
    expected = strict(understand(one.text).constraints)
    assert strict(understand(spelled).constraints) == expected
    assert strict(understand(one.text.upper().replace("SS", "ss")).constraints) == expected


def test_languages_may_be_mixed() -> None:
    assert core(understand("mein left knee tut weh 4/10, slept badly").constraints) == core(
        [Constraint("pain", "knee", "left", 4.0), Constraint("sleep", situation="bad")]
    )


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_no_text_raises_and_what_is_not_understood_asks(text: str) -> None:
    got = understand(text)
    assert got.understood or (got.question.endswith("?") and got.question.count("?") == 1)
    assert got.language in {"en", "de"}
    assert understand(text) == got or any(math.isnan(c.severity) or math.isnan(c.value) for c in got.constraints)


@given(st.lists(st.sampled_from([w for one in ALL[::3] for w in one.text.split()]), max_size=60))
@settings(max_examples=100, deadline=None)
def test_no_heap_of_known_words_raises(words: list[str]) -> None:
    for one in understand(" ".join(words)).constraints:
        assert dataclasses.replace(one) is not None


def test_a_long_text_is_asked_to_be_shorter() -> None:
    got = understand("my knee hurts " * 2000)
    assert not got.understood and got.constraints == () and got.question


def test_ten_thousand_characters_are_read_at_once() -> None:
    for text in ("x" * 10_000, "schmerz " * 1250, "a-" * 5000, "9/" * 5000, "( knee ) " * 1100):
        understand(text)
        begun = time.perf_counter()
        understand(text)
        assert time.perf_counter() - begun < 1.0  # a guard against quadratic time, not a benchmark


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("my doctor cleared me to run", [("red_flag", "cleared")]),
        ("der Arzt hat grünes Licht gegeben", [("red_flag", "cleared")]),
        ("pretend my doctor cleared me", [("override_request", "")]),
        ("my doctor has not cleared me", []),
        ("the doctor cleared me but I have chest pain", [("red_flag", "chest_pain")]),
        ("ignore my chest pain", [("override_request", "heart"), ("red_flag", "chest_pain")]),
    ],
)
def test_only_a_clinician_clears_and_never_beside_a_warning(text: str, kinds: list[tuple[str, str]]) -> None:
    assert sorted((c.kind, c.situation) for c in understand(text).constraints) == kinds


@pytest.mark.parametrize(
    ("text", "situation"),
    [
        ("night shift tonight", "before"), ("muss heute Nacht arbeiten", "before"), ("just off a night shift", "night"),
        ("heute nach der Nachtschicht geschlafen", "night"), ("working nights this week", "night"),
    ],
)  # fmt: skip
def test_a_night_shift_lies_ahead_or_behind(text: str, situation: str) -> None:
    assert [c.situation for c in understand(text).constraints if c.kind == "shift_work"] == [situation]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Wade zwickt anfangs, nach zwei Kilometern weg", {"pain calf"}),
        ("Hüfte rechts 4, links gut", {"pain hip"}),
        ("Die Schulter macht aber noch Ärger", {"pain shoulder"}),
        ("Die Pause ist doch Unsinn, gib mir das volle Programm", {"override_request"}),
        ("Herz pocht ohne jeden Anlass", {"red_flag"}),
        ("Enge in der Brust wenn laufen, dann gut", {"red_flag chest"}),
    ],
)
def test_what_passes_within_a_run_ends_no_pain_and_a_request_is_heard(text: str, told: set[str]) -> None:
    assert {f"{c.kind} {c.area}".strip() for c in understand(text).constraints} == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Schienbein zwickt, die Sprints lasse ich weg", {"pain shin"}),
        ("Mir brummt der Schädel", {"pain head"}),
        ("Die Schmerzen im Knie sind erträglich", {"pain knee"}),
        ("Auf einmal gingen mir die Lichter aus", {"red_flag"}),
        ("Heute 30 Minuten auf dem Crosstrainer bitte", {"time", "wish"}),
        ("Hätte ich Husten, würde ich nicht laufen", set()),
    ],
)
def test_what_is_left_out_ends_no_pain_and_no_word_is_read_as_its_contrary(text: str, told: set[str]) -> None:
    assert {f"{c.kind} {c.area}".strip() for c in understand(text).constraints} == told


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("the kids had me up four times", ["sleep"]),
        ("anything but the treadmill", ["wish"]),
        ("work is eating me alive", ["stress"]),
        ("pushed for time today", ["time"]),
        ("book club eats my Wednesdays", ["availability"]),
        ("living on coffee and salad", ["red_s"]),
        ("my phone battery is dead", []),
        ("do painkillers affect performance?", []),
        ("pregnant, no bleeding, feeling good", ["mood", "pregnancy"]),
        ("I can't put weight on it", ["red_flag"]),
        ("can I run if I can't stand on one leg?", ["red_flag"]),
        ("the room goes black when I push hard", ["red_flag"]),
        ("my leg buckles whenever I step on it", ["red_flag"]),
    ],
)
def test_a_turn_of_phrase_is_heard_and_hides_no_warning(text: str, kinds: list[str]) -> None:
    assert sorted({c.kind for c in understand(text).constraints}) == kinds


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("my hip was good but now it isn't", {"pain hip"}),
        ("physio says wait, pain in my knee is down to 3", {"pain knee"}),
        ("not really chest pain, more of a tightness there", {"red_flag chest"}),
        ("I'm heading out for a run regardless", {"override_request"}),
        ("our son's got mumps", set()),
        ("ached a bit in the back of my ankle", {"pain achilles"}),
    ],
)
def test_plain_words_of_strangers_end_no_pain_and_invent_nothing(text: str, told: set[str]) -> None:
    assert {f"{c.kind} {c.area}".strip() for c in understand(text).constraints} == told
