"""The demo: a simulated runner from Raleigh lands in Denver, runs, and is coached on the way.

The rule of this file: everything real except the person. The payloads go through the same link, recorder,
diary, session and coach as those of a tracker on a wrist; the same seed tells the same story.
"""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from math import isfinite, nan

from app.coach import decide_today, document, state_of
from app.documents import run_document
from app.gait_watch import MAY_EASE, GaitWatch, baseline_of
from app.live.context import context_of
from app.past import recording_of
from app.recorder import Clocks, Hooks, Recorder, RunPlan, begin, finish, record
from app.sim_link import SimLink
from app.store import Store
from device.session import TrackerSession
from edge.coach import live_air
from edge.coach.live import Cue, LiveCoach, LiveContext, target_band_s_per_km
from edge.coach.live_gait import LiveGait
from edge.coach.types import Decision, Place, Profile, RacePredictor, Session
from edge.heart import zone_of, zones_of_maximum_bpm
from edge.samples import Column, Samples
from edge.session import FeatureRow, Features, LiveSession
from edge.summary import summarise
from hardware_sim.effort import Step
from hardware_sim.history import weeks
from hardware_sim.runner import Runner
from hardware_sim.scenario import Scenario
from hardware_sim.world import World

HISTORY_WEEKS = 6
WAKE_UP_BEFORE_RUN_S = 1800.0
AT_HOME_PACE_S = 360.0
"""For how long the simulated runner runs by habit before listening to the coach."""
NEXT_MORNING_S = 22 * 3600.0
TRACKER_AT = "trunk"
AT_ONCE = 8
"""At full speed nobody watches the seconds pass: so many stored batches (about one a second) are felt together.

The session forgets steps after 15 s, and the gait's watch needs them."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One second of the run as it is shown: the features, the band there and the last cue."""

    row: FeatureRow
    band_s_per_km: tuple[float, float]
    cue: Cue | None
    zone: int
    """Heart-rate zone from 1 to 5, 0 where the heart rate is not known."""


@dataclass(frozen=True, slots=True)
class Watchers:
    """Who is told while the story unfolds; the default is nobody."""

    history: Callable[[int, int], None] = lambda done, total: None
    morning: Callable[[str, Decision], None] = lambda decision_id, decision: None
    moment: Callable[[Moment], None] = lambda moment: None


@dataclass(frozen=True, slots=True)
class Story:
    """What happened: the run in the diary, every decision with its id (live cues have none), and the next day's."""

    run_id: str
    morning: tuple[str, Decision]
    cues: tuple[Cue, ...]
    tomorrow: tuple[str, Decision]
    utc_offset_s: float


def tell(
    store: Store, scenario: Scenario, seed: int, speed: float, predictor: RacePredictor | None, watchers: Watchers
) -> Story:
    """Play the whole story into a diary and return it."""
    start_unix_s = scenario.place.start_unix_s
    _fill(store, scenario, seed, watchers)
    here, offset_s = _place(scenario), scenario.place.utc_offset_s
    morning = decide_today(store, start_unix_s - WAKE_UP_BEFORE_RUN_S, here, predictor, offset_s)
    watchers.morning(*morning)
    session = morning[1].session or _by_feel(scenario)
    world = World(_planned(scenario, session), seed)
    max_hr = state_of(store, start_unix_s, here).max_hr_bpm.value
    live = _Live(
        _context(session, morning[1], scenario),
        watchers.moment,
        zones_of_maximum_bpm(max_hr),
        at_once=1 if speed else AT_ONCE,
        watch=GaitWatch(
            LiveGait(
                baseline_of(store, TRACKER_AT), start_unix_s, morning[1].inputs_hash, may_ease=TRACKER_AT in MAY_EASE
            )
        ),
    )
    run_id = _record(store, world, speed, live)
    hurt = any(hurts.area for hurts in live.coach.memory.hurts)
    live.watch.keep(store, TRACKER_AT, hurt, start_unix_s + live.session.state.newest_s)
    tomorrow = decide_today(store, start_unix_s + NEXT_MORNING_S, here, predictor, offset_s)
    return Story(run_id, morning, tuple(live.cues), tomorrow, offset_s)


def story_document(store: Store, story: Story) -> dict[str, object]:
    """Return the story as `kadenz demo --json` prints it: run, decisions, today and tomorrow."""
    offset_s = story.utc_offset_s
    told = [document(story.morning[1], story.morning[0], offset_s)]
    told += [{"t_s": cue.t_s, **document(cue.decision, "", offset_s)} for cue in story.cues]
    tomorrow = document(story.tomorrow[1], story.tomorrow[0], offset_s)
    return {
        "run": run_document(store.run(story.run_id)),
        "decisions": [*told, tomorrow],
        "today": told[0],
        "tomorrow": tomorrow,
    }


def _fill(store: Store, scenario: Scenario, seed: int, watchers: Watchers) -> None:
    """Write the profile and some weeks of past runs into the diary."""
    runner = scenario.runner
    store.save_profile(_profile(runner))
    past = weeks(seed, HISTORY_WEEKS, runner=runner, until_unix_s=scenario.place.start_unix_s)
    for number, run in enumerate(past, start=1):
        recording = recording_of(run)
        summary = summarise(recording.samples, recording.sport, recording.pauses, runner.weight_kg)
        store.add_recording(recording, summary, source="demo")
        watchers.history(number, len(past))


def _profile(runner: Runner) -> Profile:
    return dataclasses.replace(
        Profile(), age=runner.age, sex=runner.sex, weight_kg=runner.weight_kg, experience="regular"
    )


def _place(scenario: Scenario) -> Place:
    place = scenario.place
    return Place(place.name, place.latitude_deg, place.longitude_deg, place.altitude_m)


def _by_feel(scenario: Scenario) -> Session:
    """Return what the simulated runner does on a day without a session: its own plan, by feel."""
    return Session("easy", nan, scenario.duration_s, nan, nan, nan, nan)


def _planned(scenario: Scenario, session: Session) -> Scenario:
    """Return the scenario with the session as its plan: habit first, then the coach's band."""
    low, high = session.pace_low_s_per_km, session.pace_high_s_per_km
    if not (isfinite(low) and isfinite(high) and isfinite(session.distance_m)):
        return scenario
    habit = Step(scenario.runner.easy_speed_m_s, duration_s=AT_HOME_PACE_S)
    rest_m = session.distance_m - habit.speed_m_s * AT_HOME_PACE_S
    if rest_m < 500.0:
        return dataclasses.replace(scenario, plan=(dataclasses.replace(habit, duration_s=nan, distance_m=1000.0),))
    listening = Step(2000.0 / (low + high), distance_m=rest_m)
    longest_s = AT_HOME_PACE_S + 1.5 * rest_m / listening.speed_m_s
    return dataclasses.replace(scenario, plan=(habit, listening), duration_s=longest_s)


def _context(session: Session, decision: Decision, scenario: Scenario) -> LiveContext:
    context = context_of(decision, scenario.place.start_unix_s)
    return dataclasses.replace(context, session=session, altitude_m=scenario.place.altitude_m)


@dataclass(slots=True)
class _Live:
    """Samples as they are stored, through the session and the coach, to whoever watches."""

    context: LiveContext
    moment: Callable[[Moment], None]
    zones_bpm: Column
    at_once: int
    waiting: list[Sequence[Samples]] = field(default_factory=list)
    session: LiveSession = field(default_factory=LiveSession)
    cues: list[Cue] = field(default_factory=list)
    watch: GaitWatch = field(default_factory=GaitWatch)
    air: live_air.Air = field(default_factory=live_air.Air)
    coach: LiveCoach = field(init=False)

    def __post_init__(self) -> None:
        self.coach = LiveCoach(self.context)

    def stored(self, samples: Sequence[Samples]) -> None:
        self.waiting.append(samples)
        if len(self.waiting) >= self.at_once:
            self._feel()

    def _feel(self) -> None:
        """Take what waits; by the streaming law it does not matter how much that is."""
        batch = tuple(chain.from_iterable(self.waiting))
        self.air = live_air.feed(self.air, batch, self.coach)
        self._show(self.session.feed(batch))
        self.cues += self.watch.feed(batch, self.session, self.coach)
        self.waiting = []

    def finish(self) -> None:
        self._feel()
        self._show(self.session.finish())

    def _show(self, rows: Features) -> None:
        said = {cue.t_s: cue for cue in self.coach.feed(rows)}
        for index in range(len(rows)):
            row = rows.row(index)
            self.cues += [said[row.t_s]] if row.t_s in said else []
            band = target_band_s_per_km(self.context.session, row.grade)
            zone = zone_of(row.heart_rate_bpm, self.zones_bpm)
            self.moment(Moment(row, band, self.cues[-1] if self.cues else None, zone))


def _record(store: Store, world: World, speed: float, live: _Live) -> str:
    """Record the world into the diary as `kadenz record` would, and return the run's id."""
    clocks = Clocks(wall_unix_s=lambda: world.start_unix_s, boot_s=lambda: 0.0)
    plan = RunPlan(
        source=f"demo:{world.scenario.name}:seed={world.seed}",
        device="Kadenz simulator",
        utc_offset_s=world.scenario.place.utc_offset_s,
        pace=speed,
    )
    start = begin(store, plan, clocks, lambda text: None)
    recorder = Recorder(store, start, TrackerSession(start_s=0.0), Hooks(stored=live.stored))
    asyncio.run(record(SimLink(world, speed), recorder))
    live.finish()
    finish(store, start.run_id)
    return start.run_id
