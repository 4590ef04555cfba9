"""Altered gait in the run: a limp is answered within a minute, a sound run never, "fine" silences, moved only asks."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from app.bench import limp_bench as bench
from edge.coach.live import Cue, LiveMemory
from edge.coach.live_gait import (
    ASK,
    MOST_ASKED,
    MOST_TOLD,
    NEW_HERE,
    TELL_AGAIN_S,
    TELL_EASE,
    TELL_WALK,
    LiveGait,
    after_run,
    fine_again,
    heeded,
)
from edge.limp import LimpFilter
from edge.limp_baseline import NOTHING, Baseline, model_of, saved
from edge.samples import Inertial

BEGINS_S, GROWN_S = 60.0, 80.0


@cache
def baseline(person: int = 1, place: str = "trunk") -> Baseline:
    return bench.own_baseline(bench.simulated(person, 0, place, 720))


@cache
def limping() -> bench.Recorded:
    return bench.simulated(1, 1, "trunk", 420, 0.2)


def rules(cues: tuple[Cue, ...]) -> list[str]:
    return [cue.decision.rule_ids[0] for cue in cues]


@pytest.mark.parametrize("place", ["trunk", "wrist"])
def test_a_limp_put_into_a_sound_run_is_answered_within_a_minute(place: str) -> None:
    one = bench.simulated(2, 1, place, 160, 0.2)
    cues = LiveGait(baseline(2, place)).feed(one.samples, one.step_s)
    told_s = [cue.t_s for cue in cues if cue.decision.rule_ids[0] == TELL_EASE]
    assert told_s and BEGINS_S <= told_s[0] <= GROWN_S + 60.0
    assert all(cue.decision.because for cue in cues)


def test_at_the_wrist_twelve_minutes_of_baseline_are_asked_about_and_never_eased() -> None:
    one = bench.simulated(2, 1, "wrist", 160, 0.2)
    known, wrist = baseline(2, "wrist"), model_of("wrist")
    (cue,) = LiveGait(known, model=wrist).feed(one.samples, one.step_s)
    assert rules((cue,)) == [ASK]
    told = {o.t_s: o for o in LimpFilter(known, model=wrist).feed(one.samples, one.step_s)}
    assert any(reason.text == NEW_HERE for reason in cue.decision.because) is not told[cue.t_s].known


def test_a_cue_comes_within_two_seconds_of_the_last_step_of_its_block() -> None:
    gait = LiveGait(baseline())
    arrived: list[float] = []
    for begin_s, end_s in pairwise(np.arange(0.0, 421.0)):
        samples, _ = limping().part(begin_s, end_s)
        arrived += [end_s - cue.t_s for cue in gait.feed(samples, limping().step_s[limping().step_s < end_s])]
    assert arrived and max(arrived) <= 2.0


@pytest.mark.parametrize("person", [1, 3, 4])
def test_a_sound_run_hears_nothing(person: int) -> None:
    one = bench.simulated(person, 2, "trunk", 300)
    assert LiveGait(baseline(person)).feed(one.samples, one.step_s) == ()


def test_any_chunking_and_any_restart_gives_the_same_cues() -> None:
    whole = LiveGait(baseline()).feed(limping().samples, limping().step_s)
    parts: list[Cue] = []
    gait = LiveGait(baseline())
    for begin_s, end_s in pairwise([-1.0, 3.0, 41.0, 100.5, 101.0, 222.0, 300.0, 1e6]):
        samples, _ = limping().part(begin_s, end_s)
        parts += gait.feed(samples, limping().step_s[limping().step_s < end_s - 2.0])
        gait = LiveGait(baseline(), memory=gait.memory)
    assert whole and tuple(parts) == whole


def test_a_limp_that_lasts_is_told_to_walk_and_not_more_often_than_allowed() -> None:
    cues = LiveGait(baseline()).feed(limping().samples, limping().step_s)
    told = [cue for cue in cues if cue.decision.rule_ids[0] != ASK]
    assert rules(tuple(told))[:2] == [TELL_EASE, TELL_WALK]
    assert len(told) <= MOST_TOLD and len(cues) - len(told) <= MOST_ASKED
    assert all(b.t_s - a.t_s >= TELL_AGAIN_S for a, b in pairwise(told))


def test_who_says_fine_hears_no_more_of_the_same() -> None:
    gait = LiveGait(baseline())
    samples, steps = limping().part(-1.0, 200.0)
    assert TELL_EASE in rules(gait.feed(samples, steps))
    gait.fine()
    samples, _ = limping().part(200.0, 1e6)
    assert gait.feed(samples, limping().step_s) == ()


def test_without_a_baseline_a_limp_that_begins_after_the_first_minutes_is_asked_about_and_no_more() -> None:
    one = bench.simulated(1, 3, "trunk", 480, 0.2, begins_s=330.0)
    cues = LiveGait().feed(one.samples, one.step_s)
    assert rules(cues) == [ASK] and 330.0 <= cues[0].t_s <= 410.0


def test_a_limp_that_grows_over_five_minutes_is_not_learned_as_usual() -> None:
    one = bench.simulated(1, 4, "trunk", 480, 0.15, begins_s=300.0)
    slow = LiveGait()
    slow.feed(one.samples, one.step_s)
    assert slow.memory.limp.first.run.blocks == 40.0


def test_a_tracker_moved_from_hand_to_pocket_is_never_told_to_ease() -> None:
    hand, pocket = bench.simulated(1, 2, "wrist", 200), bench.simulated(1, 2, "trunk", 200)
    known = bench.own_baseline(bench.simulated(1, 0, "wrist", 720))
    s, p = hand.samples, pocket.samples
    turned = p.accel_m_s2 @ np.array([[0.0, 0.0, 1.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
    both = Inertial(
        np.concatenate([s.t_s, p.t_s + 203.0]),
        np.concatenate([s.accel_m_s2, turned]),
        np.concatenate([s.gyro_rad_s, p.gyro_rad_s]),
    )
    gait = LiveGait(known)
    cues = gait.feed(both, np.concatenate([hand.step_s, pocket.step_s + 203.0]))
    assert gait.memory.moved and TELL_EASE not in rules(cues)


def test_the_baseline_is_learned_from_runs_without_pain_and_without_a_limp_alone() -> None:
    sound = LiveGait(baseline())
    one = bench.simulated(1, 2, "trunk", 300)
    sound.feed(one.samples, one.step_s)
    assert after_run(baseline(), sound.memory, pain_said=False).run.blocks > baseline().run.blocks
    assert saved(after_run(baseline(), sound.memory, pain_said=True)) == saved(baseline())
    limp = LiveGait(baseline())
    limp.feed(limping().samples, limping().step_s)
    assert after_run(baseline(), limp.memory, pain_said=False) is baseline()
    assert after_run(NOTHING, LiveGait().memory, pain_said=False).run.blocks == 0.0


def test_what_it_only_asked_about_is_learned_where_the_runner_says_fine() -> None:
    for may_ease in (False, True):
        gait = LiveGait(baseline(), may_ease=may_ease)
        gait.feed(*limping().part(-1.0, 160.0))
        doubted = gait.memory.limp.doubted.run.blocks
        own = baseline().run.blocks + gait.memory.limp.own.run.blocks
        assert doubted > 0.0
        gait.fine()
        learned = after_run(baseline(), gait.memory, pain_said=False)
        assert learned.run.blocks == own + (0.0 if may_ease else doubted)
        assert after_run(baseline(), gait.memory, pain_said=True) is baseline()


def test_after_easing_nothing_asks_for_more_until_all_is_fine() -> None:
    cue = LiveGait(baseline()).feed(limping().samples, limping().step_s)[-1]
    memory = heeded(LiveMemory(), cue)
    assert memory.hurt_level == 1 and memory.last_cue_s == cue.t_s
    assert fine_again(memory).hurt_level == 0


def test_a_question_after_easing_lifts_nothing() -> None:
    cue = LiveGait(baseline()).feed(limping().samples, limping().step_s)[-1]
    question = replace(cue, t_s=cue.t_s + 60.0, decision=replace(cue.decision, rule_ids=(ASK,)))
    assert heeded(heeded(LiveMemory(), cue), question).hurt_level == 1
    assert heeded(LiveMemory(), question).hurt_level == 0


def test_where_false_alarms_are_not_shown_to_be_few_it_asks_and_never_eases() -> None:
    cues = LiveGait(baseline(), may_ease=False).feed(limping().samples, limping().step_s)
    assert cues and {cue.decision.rule_ids[0] for cue in cues} == {"L-GAIT-ASK"}
