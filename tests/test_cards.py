"""Cards as laws: what is shown is whole, readable, in time, and never stale; journeys end by every exit."""

from __future__ import annotations

import dataclasses
import math
import re

import pytest
from coach_people import DAY_S, DENVER, LEADVILLE, NOON, Riegel, regular, state
from hypothesis import given
from hypothesis import strategies as st
from programs.content.placeholders import faults
from programs.content.placeholders import run as look_for_gaps
from programs.content.stale import Judge, live
from programs.content.stale import run as live_days
from reading_level import ease_de, grade_de, grade_en

from app.cards import catalogue
from app.cards.catalogue import catalogue as read_catalogue
from edge.coach import today
from edge.coach.beliefs import Belief, Injury, State
from edge.coach.cards import facts_of
from edge.coach.catalogue import Card, Catalogue, Policy, allowed, choose, content_of, score, speaks_unasked
from edge.coach.conditions import condition, conditions, holds
from edge.coach.facts import NUMBERS, Facts
from edge.coach.journeys import EXITS, PREFIX, standings, steps_open
from edge.coach.languages import FORMATS, LANGUAGES, UNITS, language_of
from edge.coach.rules import limits_of
from edge.coach.shown import Moment, Rests, compact
from edge.coach.template import Sentence, cleaned, filled, template
from edge.coach.types import Ahead, Shown

TOLD = catalogue()
CARDS = {card.card_id: card for card in TOLD.cards}
THEMES = {
    "altitude", "heat", "cold", "hills", "technique", "recovery", "first-weeks", "taper", "injury", "women",
    "night-shift", "weight", "return", "safety", "race", "discovery", "life", "fuel",
}  # fmt: skip
#: A card is short: at most so many words beside what altitude adds, and read after this many years at school.
MOST_WORDS, MOST_GRADE_EN, LEAST_EASE_DE, MOST_GRADE_DE = 65, 9.0, 55.0, 8.0
FORBIDDEN = re.compile(
    r"prevents? injur|avoid injur|injury[- ]free|deficit|lose weight|burn (?:fat|calories)|diet plan|skinny|"
    r"verletzungsfrei|beugt? .*Verletzung|Kaloriendefizit|abnehmen|Fett verbrenn|schlank|heilt|\bcures?\b",
    re.IGNORECASE,
)
WEIGHT_CLOSED = (
    "rule:R-REDS", "said:red_s", "rule:R-UNDERWEIGHT", "rule:R-YOUTH", "rule:R-PREGNANT", "said:pregnancy",
    "rule:R-POSTPARTUM",
)  # fmt: skip


def full() -> Facts:
    """Return facts in which everything is known."""
    usual = {"share": 0.05, "bpm": 9.0, "days": 3.0, "m": 2900.0, "s": 4000.0, "km": 390.0, "spm": 168.0, "c": 28.0}
    numbers = {name: usual.get(name.rsplit("_", 1)[-1], 4.0) for name in NUMBERS}
    words = {"here_name": "Vail", "home_name": "Raleigh", "race_name": "City Half", "injury_area": "knee"}
    return Facts(NOON, 0.0, frozenset({"level:new"}), ahead_name="Vail", **words, **numbers)


def at(days: float, flags: str = "", **numbers: float) -> Facts:
    return Facts(NOON + days * DAY_S, 0.0, frozenset(flags.split()), **numbers)


def test_the_catalogue_is_whole_and_covers_every_theme_and_state() -> None:
    without_discovery = [card for card in TOLD.cards if card.theme != "discovery"]
    assert len(without_discovery) >= 60 and {card.theme for card in TOLD.cards} == THEMES
    named = {t.name for card in TOLD.cards for one in card.when for t in one.terms if t.operator == "flag"}
    for rule in ("REDFLAG", "FEVER", "ILL", "PAIN", "PAIN-STOP", "CLINICIAN", "BONE", "MEDS", "BETA", "YOUTH", "AMS",
                 "PREGNANT", "POSTPARTUM", "UNDERWEIGHT", "REDS", "HEAT", "SLEEP", "STRESS", "SHIFT", "FATIGUE",
                 "OVERRIDE", "FIRST", "RETURN", "RECOVER", "HARDEASY"):  # fmt: skip
        assert f"rule:R-{rule}" in named, rule


@pytest.mark.parametrize("card", TOLD.cards, ids=lambda card: card.card_id)
def test_every_card_is_short_readable_and_says_what_to_do(card: Card) -> None:
    assert card.evidence and card.when and card.importance > 0
    extra = 95 if card.card_id in ("altitude-up", "altitude-unknown-home") else 0
    for language in LANGUAGES:
        shown = content_of(card, full(), language)
        assert len(shown.text.split()) <= MOST_WORDS + extra and len(shown.title) <= 70
        assert 2 <= len(shown.action.split()) <= 12 and shown.because
        assert not FORBIDDEN.search(f"{shown.title} {shown.text} {shown.action}")
        assert grade_en(shown.text) <= MOST_GRADE_EN if language == "en" else ease_de(shown.text) >= LEAST_EASE_DE
        assert language == "en" or grade_de(shown.text) <= MOST_GRADE_DE
        assert "!" not in shown.text
        assert language == "de" or not re.search(r"\b(?:he|she|his|her|him)\b", shown.text)


def test_no_message_holds_a_gap_whatever_is_missing() -> None:
    count, wrong = look_for_gaps(TOLD, 2, 256, seed=7)
    assert count > 7_000 and wrong == []


@pytest.mark.parametrize(
    "text", ["You are at 1,609.", "{here_m:metres} up", "None is near", "at nan m", "about 5.5 to go", "a  b"]
)
def test_the_judge_of_gaps_finds_them(text: str) -> None:
    assert faults(text)


@pytest.mark.parametrize(
    "text", ["7 to 14 days", "from 0/10 to 10/10.", "5,2 % (3,9 % bis 8,1 %)", "um 12 Schläge/min"]
)
def test_the_judge_of_gaps_lets_measured_numbers_pass(text: str) -> None:
    assert faults(text) == []


@given(st.text(max_size=40))
def test_a_name_is_shown_clean_or_not_at_all(word: str) -> None:
    shown = cleaned(word)
    assert not set(shown) & set("{}<>[]_\n\r\t\\") and len(shown) <= 60 and shown == shown.strip()
    assert shown.casefold() not in ("none", "nan", "null")


@given(st.sampled_from(sorted(UNITS)), st.floats(allow_nan=True, allow_infinity=True))
def test_a_number_that_is_none_leaves_its_sentence_unsaid(shown_as: str, value: float) -> None:
    name = next(n for n in sorted(NUMBERS) if n.endswith(UNITS[shown_as]))
    for language in LANGUAGES:
        text = filled(template(f"It is {{{name}:{shown_as}}} now."), at(0, **{name: value}), language)
        assert (text == "") == (not math.isfinite(value) or abs(value) >= 1e7)
        assert shown_as in FORMATS[language]


@pytest.mark.parametrize(
    "text", ["{here_m}", "{here_m:km/h}", "{nowhere:metres}", "{here_m:beats}", "a } b", "{here_name:km}"]
)
def test_a_gap_of_a_wrong_unit_is_refused_by_name(text: str) -> None:
    with pytest.raises(ValueError, match="gap"):
        template(text)


@pytest.mark.parametrize("line", ["rain", "here_m > high", "nowhere > 3", "not here_m > 3", "rule:", "here_m ~ 3", ""])
def test_a_condition_outside_the_vocabulary_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="no "):
        condition(line)


@given(st.floats(allow_nan=True), st.floats(-5000, 5000))
def test_an_unknown_number_fulfils_no_comparison(value: float, limit: float) -> None:
    facts = at(0, here_m=value)
    found = [holds(conditions([f"here_m {op} {limit!r}"]), facts) for op in (">=", "<", "<=", ">", "=")]
    assert any(found) == (not math.isnan(value))
    assert holds(conditions(["here_m known"]), facts) == math.isfinite(value)
    assert holds(conditions(["rule:R-X or not rule:R-X"]), facts)


def test_no_day_of_simulated_lives_shows_anything_stale() -> None:
    judge = live_days(3000, first_seed=500)
    assert not +judge.wrong and judge.days == 3000 and 0.2 < judge.silent / judge.days < 0.8


def test_the_judge_of_days_finds_a_coach_that_forgets(monkeypatch: pytest.MonkeyPatch) -> None:
    from programs.content import stale

    monkeypatch.setattr(stale, "compact", lambda history, moment: ())
    judge = Judge(CARDS)
    live(300, 3, judge)
    assert {"done", "refused", "shown lately", "more than seven in a week"} <= set(+judge.wrong)


@pytest.mark.parametrize(("outcome", "days"), [("done", 180), ("refused", 365), ("shown", 21)])
def test_what_was_done_refused_or_shown_stays_away_its_time_and_comes_back(outcome: str, days: int) -> None:
    card = dataclasses.replace(CARDS["hills-up"], rests=Rests(21.0, 180.0, 365.0))
    history = (Shown("hills-up", NOON, outcome),)
    assert (
        allowed(card, (), at(1)) and not allowed(card, history, at(days - 1)) and allowed(card, history, at(days + 1))
    )
    assert allowed(card, history, at(0.2)) == (outcome == "shown"), "what was shown stays on the screen that day"


def test_a_card_of_safety_comes_back_on_another_occasion_only() -> None:
    flags = "rule:R-PAIN-STOP injured injury:knee"
    first = choose(TOLD, at(0, flags, injury_began_day=20400.0), (), "en").content[0]
    history = (
        Shown(first.content_id, NOON, "shown", first.stamp),
        Shown(first.content_id, NOON + 9, "refused", first.stamp),
    )
    same = choose(TOLD, at(1, flags, injury_began_day=20400.0), history, "en").content
    other = choose(TOLD, at(1, flags, injury_began_day=20411.0), history, "en").content
    assert first.content_id == "pain-stop" and first.safety
    assert "pain-stop" not in [c.content_id for c in same] and other[0].content_id == "pain-stop"


def test_a_red_flag_silences_all_but_safety_also_after_it_was_shown() -> None:
    flags = "rule:R-REDFLAG session:easy level:regular phase:active left:easy"
    facts = at(1, flags, climb_m=30.0, runs_known=40.0, temperature_c=30.0)
    seen = (Shown("red-flag", NOON, "shown"),)
    assert [c.content_id for c in choose(TOLD, facts, (), "de").content] == ["red-flag"]
    assert choose(TOLD, facts, seen, "de").content == ()
    assert any(why == "something more important" for _, why in choose(TOLD, facts, seen, "de").away)


@given(st.sets(st.sampled_from(WEIGHT_CLOSED), min_size=1), st.floats(10, 90), st.floats(12, 40))
def test_no_card_on_weight_beside_too_little_energy_youth_or_pregnancy(
    closed: set[str], age: float, bmi: float
) -> None:
    facts = at(0, " ".join({"said:weight_goal", *closed}), age_years=age, body_mass_index=bmi)
    assert "weight-care" not in [c.content_id for c in choose(TOLD, facts, (), "en").content]
    alone = at(0, "said:weight_goal", age_years=age, body_mass_index=bmi)
    shown = "weight-care" in [c.content_id for c in choose(TOLD, alone, (), "en").content]
    assert shown == (age >= 18 and bmi >= 18.5)


def test_nothing_to_say_is_a_choice_and_quiet_hours_hold_all_but_the_urgent() -> None:
    calm, urgent = content_of(CARDS["hills-up"], full(), "en"), content_of(CARDS["red-flag"], full(), "en")
    night, noon = Moment(NOON + 11 * 3600, 0.0), Moment(NOON, 0.0)
    assert speaks_unasked((), (), Policy(), noon) == (None, "nothing new to say")
    assert speaks_unasked((calm,), (), Policy(), noon)[0] == calm
    assert speaks_unasked((calm,), (), Policy(), night) == (None, "quiet hours")
    assert speaks_unasked((calm, urgent), (), Policy(), night)[0] == urgent
    assert speaks_unasked((calm,), (Shown("hills-up", NOON - 60),), Policy(), noon)[0] is None
    assert choose(TOLD, at(0), (), "en").content == ()


def test_discovery_is_one_a_week_never_twice_a_year_and_only_what_the_rules_leave() -> None:
    history: tuple[Shown, ...] = ()
    told: list[str] = []
    for day in range(360):
        facts = at(day, "phase:active level:regular left:easy session:easy", runs_known=50.0)
        found = choose(TOLD, facts, compact(history, Moment(facts.now_unix_s, 0.0)), "en").content
        new = [c.content_id for c in found if c.content_id.startswith("discovery")]
        history = (*history, *(Shown(c.content_id, facts.now_unix_s, "shown", c.stamp) for c in found))
        told += new
        assert len(new) <= 1 and all("easy" in CARDS[name].needs for name in new)
    assert len(told) == len(set(told)) >= 6
    assert not [i for i in told if i in ("discovery-hill-bounces", "discovery-play-of-speed", "discovery-blocks")]


FIRST = "rule:R-FIRST phase:first level:new"


def walk_first_weeks(until: int, **extra: Shown) -> tuple[Shown, ...]:
    """Return the history of a newcomer who runs every second day, up to a day."""
    history: tuple[Shown, ...] = ()
    for day in range(until):
        flags = FIRST if day == 0 else "phase:new level:new session:easy"
        facts = at(day, flags, runs_known=float((day + 1) // 2), since_run_days=1.0)
        found = standings(TOLD.journeys, facts, history, "en")
        shown = choose(TOLD, facts, history, "en", found).content
        history += tuple(Shown(c.content_id, facts.now_unix_s, "shown", c.stamp) for c in shown)
        history += tuple(
            Shown(PREFIX + s.journey_id, facts.now_unix_s, s.state, s.stamp) for s in found if s.state != "on"
        )
    return history


def test_the_first_four_weeks_go_step_by_step_and_end_done() -> None:
    history = walk_first_weeks(40)
    steps = [o.card_id for o in history if o.card_id.startswith("first-")]
    assert steps == ["first-session", "first-second", "first-talk", "first-rhythm", "first-month"]
    assert [o.outcome for o in history if o.card_id == "journey:first-weeks"] == ["begun", "done"]


@pytest.mark.parametrize(
    ("exit_name", "flags", "numbers"),
    [
        ("injured", "injured phase:new", {"runs_known": 5.0}),
        ("overtaken", "race-today phase:new", {"runs_known": 5.0}),
        ("stale", "phase:new", {"runs_known": 5.0, "since_run_days": 15.0}),
        ("done", "phase:new", {"runs_known": 30.0}),
        ("refused", "phase:new", {"runs_known": 5.0}),
    ],
)
def test_a_journey_ends_once_by_every_exit_and_does_not_go_on(
    exit_name: str, flags: str, numbers: dict[str, float]
) -> None:
    history = walk_first_weeks(5)
    if exit_name == "refused":
        history = (*history, Shown("first-second", NOON + 4.5 * DAY_S, "refused"))
    ending = next(
        s for s in standings(TOLD.journeys, at(10, flags, **numbers), history, "de") if s.journey_id == "first-weeks"
    )
    assert ending.state == exit_name and ending.name == "Die ersten vier Wochen"
    history = (*history, Shown("journey:first-weeks", NOON + 10 * DAY_S, ending.state))
    after = at(12, "phase:new", runs_known=6.0)
    found = standings(TOLD.journeys, after, history, "de")
    assert "first-weeks" not in {s.journey_id for s in found}
    assert "first-talk" not in steps_open(TOLD.journeys, found, history, after)


@pytest.mark.parametrize("journey", TOLD.journeys, ids=lambda j: j.journey_id)
def test_every_journey_goes_stale_by_time_alone_and_a_new_occasion_overtakes_it(journey) -> None:  # type: ignore[no-untyped-def]
    begun = Shown(PREFIX + journey.journey_id, NOON, "begun", f"{journey.stamp}=20412" if journey.stamp else "")
    numbers = {journey.stamp: 20412.0} if journey.stamp else {}
    late = standings([journey], at(journey.lasts_days + 1, "phase:new injury:knee", **numbers), (begun,), "en")
    assert late[0].state == "stale" and late[0].state in EXITS
    if journey.stamp:
        newer = standings([journey], at(3, "injury:knee injured", **{journey.stamp: 20500.0}), (begun,), "en")
        assert newer[0].state == "overtaken"


@given(
    st.lists(
        st.builds(
            Shown,
            st.sampled_from(["hills-up", "red-flag", "journey:knee"]),
            st.floats(NOON - 500 * DAY_S, NOON + DAY_S),
            st.sampled_from(["shown", "done", "refused", "opened"]),
            st.sampled_from(["", "a=1", "a=2"]),
        ),
        max_size=30,
    )
)
def test_a_compacted_history_decides_as_the_whole_one(history: list[Shown]) -> None:
    moment = Moment(NOON, 0.0)
    short = compact(history, moment)
    assert compact(short, moment) == short and len(short) <= len(history)
    for name in ("hills-up", "red-flag"):
        assert allowed(CARDS[name], short, at(0)) == allowed(CARDS[name], history, at(0))


def test_the_ranking_of_altitude_cards_and_the_targets_depend_on_what_models_say_of_this_person() -> None:
    here = state(regular(), here=DENVER)
    sure, unsure = Riegel(), _Wide()
    orders = []
    for predictor in (sure, unsure):
        facts = facts_of(here, limits_of(here), None, predictor)
        orders.append({n: score(CARDS[n], facts) for n in ("altitude-pace", "altitude-effort")})
    assert orders[1]["altitude-effort"] > orders[0]["altitude-effort"]
    assert orders[1]["altitude-pace"] < orders[0]["altitude-pace"]
    facts = facts_of(here, limits_of(here), None, None)
    assert facts.doubt_share == pytest.approx(0.09) or facts.doubt_share == pytest.approx(0.1)


class _Wide(Riegel):
    """A model that is not sure of this person."""

    def predict(self, bests_s, target_m, age, sex, weekly_km):  # type: ignore[no-untyped-def]
        answer = super().predict(bests_s, target_m, age, sex, weekly_km)
        return dataclasses.replace(answer, low=0.8 * answer.value, high=1.3 * answer.value)


@pytest.mark.parametrize("here", [DENVER, LEADVILLE])
def test_both_languages_choose_the_same_cards_and_say_the_same_numbers(here) -> None:  # type: ignore[no-untyped-def]
    known = state(regular(), here=here)
    english, german = (
        today.decide(dataclasses.replace(known, language=language), Riegel(), TOLD).content for language in LANGUAGES
    )
    assert [c.content_id for c in english] == [c.content_id for c in german] and english
    assert [r.numbers for c in english for r in c.because] == [r.numbers for c in german for r in c.because]
    assert all(e.text != g.text for e, g in zip(english, german, strict=True))


@pytest.mark.parametrize(
    ("locale", "language"),
    [("de_DE.UTF-8", "de"), ("de", "de"), ("de-AT", "de"), ("C.UTF-8", "en"), ("", "en"), ("fr_FR", "en")],
)
def test_the_language_is_that_of_the_system_where_it_is_spoken(locale: str, language: str) -> None:
    assert language_of(locale) == language


def test_a_broken_catalogue_is_named_with_file_and_card(tmp_path) -> None:  # type: ignore[no-untyped-def]
    head = '[[card]]\nid = "x"\ntheme = "t"\nimportance = 1\ntone = "calm"\n'
    texts = "".join(
        f'[card.{n}]\ntitle = "T"\ntext = "{{here_m:beats}}"\nbecause = "B"\naction = "A"\n' for n in LANGUAGES
    )
    for body in (
        head + 'when = ["rain"]\n' + texts,
        head + "when = []\n" + texts,
        head + "unheard = 1\n" + texts,
        "[[card",
    ):
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        (folder / "one.toml").write_text(body, "utf-8")
        with pytest.raises(ValueError, match=r"one\.toml"):
            read_catalogue(folder)


def test_an_empty_catalogue_says_nothing() -> None:
    assert today.decide(state(regular(), here=DENVER), Riegel(), Catalogue()).content == ()
    assert Sentence((), ()) == Sentence((), ())


def test_a_trip_ahead_brings_its_card_before_the_hard_session_and_none_after_it() -> None:
    known = state(regular())
    ahead = Ahead("Leadville", 3097.0, NOON + 4 * DAY_S, "calendar")
    shown = today.decide(dataclasses.replace(known, ahead=ahead, language="de"), Riegel(), TOLD).content
    card = next(c for c in shown if c.content_id == "altitude-before")
    assert card.title == "Leadville liegt auf 3.097 m" and "4 Tagen" in card.text
    past = dataclasses.replace(known, ahead=dataclasses.replace(ahead, arrival_unix_s=NOON - 60.0))
    assert "altitude-before" not in [c.content_id for c in today.decide(past, Riegel(), TOLD).content]


def hurt(step: str) -> State:
    severity = Belief(2.0, 1.0, 3.0, "you said", NOON)
    since = NOON - 9 * DAY_S
    return dataclasses.replace(
        state(regular()), injuries=(Injury("knee", "left", step, since, severity, 1, since, (), "", ""),)
    )


@pytest.mark.parametrize(
    ("step", "card_id"),
    [("walk", "ladder-walk"), ("walk-run", "ladder-walk-run"), ("short easy", "ladder-short"), ("full", "ladder-easy")],
)
def test_each_rung_of_the_ladder_has_its_card_and_the_knee_its_journey(step: str, card_id: str) -> None:
    decision = today.decide(hurt(step), Riegel(), TOLD)
    assert card_id in [c.content_id for c in decision.content]
    assert [(s.journey_id, s.state) for s in decision.journeys] == ([("knee", "begun")] if step != "full" else [])
    assert any("your knee" in r.text.lower() for c in decision.content for r in c.because)


def test_how_a_person_runs_is_the_middle_of_the_latest_runs_and_what_they_tried_is_read_from_the_year() -> None:
    runs = [dataclasses.replace(r, avg_cadence_spm=166.0 + i % 3, ascent_m=30.0 * r.distance_m / 1000.0)
            for i, r in enumerate(regular())]  # fmt: skip
    habits = state([*runs, dataclasses.replace(runs[0], sub_sport="trail", start_unix_s=NOON - DAY_S)]).habits
    assert habits is not None and habits.cadence_spm == 167.0 and habits.climb_m == pytest.approx(30.0)
    assert habits.step_m == pytest.approx(1000.0 / 360.0 * 60.0 / 167.0, rel=0.01)
    assert habits.tried == ("hills", "trail")
    unknown = state(regular()[:2]).habits
    assert unknown is not None and math.isnan(unknown.cadence_spm) and unknown.tried == ()
