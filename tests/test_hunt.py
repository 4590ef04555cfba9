"""The laws of the hunt's judgement: what breaks a rule, what does not, and what is written of it."""

from __future__ import annotations

import dataclasses
import random

import pytest

from hardware_sim.faults import AdapterOff, Blackout, BusDeath, Doubled, LinkLoss, NeedsBonding
from hardware_sim.hunt import Anchor, Event, Found, Verdict, as_pytest
from hardware_sim.hunt.families import by_chance, singles
from hardware_sim.hunt.profile import Profile, deliveries, form, learn, numbers
from hardware_sim.hunt.search import described
from hardware_sim.hunt.trial import Observation, Plan, Printed, shifted
from hardware_sim.hunt.verdicts import judge
from hardware_sim.scenarios import scenario
from hardware_sim.transcript import Line

HEART = "00002a37-0000-1000-8000-00805f9b34fb"
WANTED = frozenset({("strap", HEART)})
PLAN = Plan(("program",), scenario("default"), 1, wanted=WANTED)


def notification(t_s: float, bpm: int) -> Line:
    return Line(t_s, "strap", "notify", HEART, bytes([0, bpm]))


def trial(
    beats: dict[float, int],
    printed: dict[float, str] | None = None,
    *,
    events: tuple[Event, ...] = (),
    end_s: float = 20.0,
    **changes: object,
) -> Observation:
    """An observation of a program that prints `bpm N` for each notification, unless told otherwise."""
    lines = {t + 0.01: f"bpm {bpm}" for t, bpm in beats.items()} if printed is None else printed
    made = Observation(
        plan=dataclasses.replace(PLAN, events=events),
        printed=tuple(Printed(t, text) for t, text in sorted(lines.items())),
        complaints=(),
        air=tuple(notification(t, bpm) for t, bpm in beats.items()),
        anchor_s=1.0,
        end_s=end_s,
        exit_code=0,
        ended_alone=False,
        killed=False,
        left_subscribed=WANTED,
    )
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]


def beating(from_s: int = 1, to_s: int = 20) -> dict[float, int]:
    return {float(t): 120 + t % 7 for t in range(from_s, to_s)}


def profile() -> Profile:
    return learn([trial(beating()), trial(beating(1, 19))])


def rule(observed: Observation, known: Profile | None = None) -> str | None:
    verdict = judge(observed, known or profile())
    return verdict.rule if verdict else None


def test_an_undisturbed_trial_breaks_no_rule() -> None:
    assert rule(trial(beating())) is None


def test_a_gap_that_is_not_papered_over_breaks_no_rule() -> None:
    beats = beating(1, 5) | beating(11, 30)
    assert rule(trial(beats, events=(Event(LinkLoss("", 4.0, 9.0)),), end_s=30.0)) is None


def test_an_exception_that_nobody_caught_is_a_crash() -> None:
    complaints = ("Traceback (most recent call last):", '  File "x.py", line 1', "IndexError: index out of range")
    verdict = judge(trial(beating(), complaints=complaints), profile())
    assert verdict is not None and verdict.rule == "crash" and "IndexError" in verdict.seen


def test_a_traceback_that_comes_without_faults_too_is_no_crash() -> None:
    complaints = ("Traceback (most recent call last):", "Warning: harmless")
    known = learn([trial(beating(), complaints=complaints)] * 2)
    assert rule(trial(beating(), complaints=complaints), known) is None


def test_ending_by_itself_breaks_a_rule_only_where_the_program_runs_on_undisturbed() -> None:
    ended = trial(beating(), ended_alone=True)
    assert rule(ended) == "ended"
    assert rule(ended, learn([ended, ended])) is None


def test_not_ending_when_interrupted_is_stuck() -> None:
    assert rule(trial(beating(), killed=True)) == "stuck"


def test_not_subscribing_again_is_not_back_once_there_was_time() -> None:
    beats, fault = beating(1, 4), (Event(LinkLoss("", 3.0, 4.0)),)
    assert rule(trial(beats, events=fault, left_subscribed=frozenset())) == "not-back"
    assert rule(trial(beats, events=fault, left_subscribed=frozenset(), end_s=10.0)) is None


def test_showing_nothing_while_data_flow_is_deaf() -> None:
    beats = beating()
    assert rule(trial(beats, {t + 0.01: f"bpm {bpm}" for t, bpm in beats.items() if t < 8.0})) == "deaf"


def display(beats: dict[float, int], until_s: float, old: str = "") -> dict[float, str]:
    """What a display prints every half second: the last value, or `old` once that is 3 s old."""
    lines = {}
    for k in range(2, int(2 * until_s)):
        last = max(t for t in beats if t <= k / 2.0)
        lines[k / 2.0 + 0.02] = old if old and k / 2.0 - last > 3.0 else f"pulse {beats[last]}"
    return lines


@pytest.mark.parametrize(("old", "expected"), [("", "stale"), ("pulse --", None)])
def test_going_on_with_the_last_value_is_stale_and_saying_so_is_not(old: str, expected: str | None) -> None:
    known = learn([trial(beats := beating(), display(beats, 20.0))] * 2)
    cut = beating(1, 6) | beating(14, 30)
    lost = trial(cut, display(cut, 29.0, old), events=(Event(Blackout("", 4.0, 12.0)),), end_s=30.0)
    assert rule(lost, known) == expected


def test_showing_a_notification_twice_is_doubled_whoever_delivered_it_twice() -> None:
    beats = beating()
    twice = {t + extra: f"bpm {bpm}" for t, bpm in beats.items() for extra in (0.01, 0.02)}
    assert rule(trial(beats, twice)) == "doubled"
    air = tuple(notification(t + extra, bpm) for t, bpm in beats.items() for extra in (0.0, 0.001))
    assert rule(trial(beats, twice, air=air)) == "doubled"
    assert rule(trial(beats, air=air)) is None, "dropped by the program: right"


def test_counting_what_came_twice_is_doubled() -> None:
    beats = beating()
    counted = {t + 0.01: f"n {k} bpm {bpm}" for k, (t, bpm) in enumerate(beats.items(), 1)}
    known = learn([trial(beats, counted), trial(beats, counted)])
    air = tuple(notification(t + extra, bpm) for t, bpm in beats.items() for extra in (0.0, 0.001))
    doubly = {t + 0.01: f"n {2 * k} bpm {bpm}" for k, (t, bpm) in enumerate(beats.items(), 1)}
    assert rule(trial(beats, counted, air=air), known) is None
    assert rule(trial(beats, doubly, air=air), known) == "doubled"


def test_seconds_that_pass_without_notifications_are_not_counted_twice() -> None:
    known = learn([trial(beats := beating(), {t + 0.01: f"elapsed {t:.0f} s" for t in beats})] * 2)
    cut = beating(1, 6) | beating(14, 30)
    assert rule(trial(cut, {t + 0.01: f"elapsed {t:.0f} s" for t in cut}, end_s=30.0), known) is None


def test_a_number_far_from_every_undisturbed_one_is_impossible() -> None:
    beats = beating()
    lines = {t + 0.01: f"bpm {bpm}" for t, bpm in beats.items()}
    assert rule(trial(beats, lines | {9.01: "bpm 30213"})) == "impossible"
    assert rule(trial(beats, lines | {9.01: "no signal"})) is None


def test_a_rising_number_that_falls_runs_backwards() -> None:
    beats = beating()
    rising = {t + 0.01: f"elapsed {t:.0f} s" for t in beats}
    known = learn([trial(beats, rising)] * 2)
    assert rule(trial(beats, rising | {9.01: "elapsed 5 s"}), known) == "backwards"
    assert rule(trial(beats, rising), known) is None


def test_a_pulse_that_happened_to_rise_may_fall() -> None:
    rising = {float(t): 70 + t + 3 * (t % 4 == 0) * (t // 4) for t in range(1, 20)}
    pulse = dict(zip(rising, sorted(rising.values()), strict=True))
    uneven = {t: bpm + 9 * (k > 3) + 12 * (k > 9) for k, (t, bpm) in enumerate(pulse.items())}
    known = learn([trial(uneven)] * 2)
    values = list(uneven.values())
    late = dict(zip(uneven, [*values[:8], values[9], values[8], *values[10:]], strict=True))
    assert rule(trial(late), known) is None


def test_many_attempts_to_connect_in_a_short_time_are_a_storm() -> None:
    tries = tuple(Line(5.0 + k * 0.05, "strap", "connecting", "", b"") for k in range(30))
    normal = trial(beating())
    assert rule(dataclasses.replace(normal, air=(*normal.air, *tries))) == "storm"
    assert rule(dataclasses.replace(normal, air=(*normal.air, *tries[::10]))) is None


def test_a_form_is_the_text_without_its_numbers() -> None:
    assert form("bpm 120 at -3.5 s, h10") == "bpm # at # s, h10"
    assert numbers("bpm 120 at -3.5 s, h10") == (120.0, -3.5)


def test_a_delivery_counts_once_however_often_it_comes() -> None:
    air = (notification(1.0, 99), notification(1.001, 99), notification(2.0, 99), notification(3.0, 98))
    assert [line.t_s for line in deliveries(air)] == [1.0, 2.0, 3.0]


def test_every_schedule_passes_so_that_a_good_program_can_recover() -> None:
    rng = random.Random(4)
    schedules = [*singles([("strap", HEART), ("watch", HEART)]), *(by_chance(("strap",), rng) for _ in range(200))]
    assert len(schedules) > 220
    for events in schedules:
        assert not any(isinstance(event.fault, (BusDeath, NeedsBonding)) for event in events)
        observed = trial(beating(), events=events)
        assert observed.quiet_from_s <= 1.0 + 30.0


def test_a_fault_moves_with_its_anchor() -> None:
    assert shifted(LinkLoss("strap", 1.0, 2.0), 5.0) == LinkLoss("strap", 6.0, 7.0)
    assert shifted(AdapterOff(1.0, 2.0), 5.0) == AdapterOff(6.0, 7.0)


def test_a_failure_is_written_as_a_pytest_that_can_be_compiled() -> None:
    events = (Event(Doubled("", 1.0, 6.0)), Event(NeedsBonding("strap"), Anchor.START))
    plan = dataclasses.replace(PLAN, events=events, command=("python", 'my "app".py'))
    text = as_pytest(Found(plan, Verdict("doubled", 'a """b""" \\ c'), 3, 1.0, 2.0, 3, 3))
    compile(text, "test_hunted.py", "exec")
    assert 'Doubled(tracker="", from_s=1.0, to_s=6.0)' in text
    assert 'float("inf")' in text
    assert "Anchor.START" in text
    assert "doubled (all, 1–6 s)" in described(events)
