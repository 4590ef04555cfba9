"""The search itself: learn the program undisturbed, try schedules side by side, make a failure small, try it again.

The rule of this file: a failure is reported only when it came again; a schedule is made smaller only while the same
rule is broken.
"""

from __future__ import annotations

import asyncio
import dataclasses
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from hardware_sim.faults import begins_s, ends_s, name_of
from hardware_sim.hunt.families import Schedule, by_chance, singles
from hardware_sim.hunt.profile import Profile, learn
from hardware_sim.hunt.trial import Event, Observation, Plan, lasting
from hardware_sim.hunt.verdicts import Verdict, judge
from hardware_sim.scenario import Scenario


async def observe(plan: Plan, profile: Profile | None = None) -> Observation:
    """Return what a program does under a plan (see `running`, which only Linux can load).

    With a profile the trial ends as soon as a rule is broken.
    """
    from hardware_sim.hunt.running import run

    return await run(plan, lambda seen: profile is not None and judge(seen, profile) is not None)


_REPLAYS = 3
"""How often a failure has to come again before it is reported."""


class NothingToHuntError(Exception):
    """The program does nothing on the virtual radio that could be disturbed, or fails without any fault."""


@dataclass(frozen=True, slots=True)
class Budget:
    """How long to search in s, how many trials side by side, how long a trial is in s after the first data."""

    search_s: float = 300.0
    side_by_side: int = 8
    trial_s: float = 15.0
    baselines: int = 3


@dataclass(frozen=True, slots=True)
class Found:
    """A failure: the smallest schedule that brings it, what is wrong, how often it came again."""

    plan: Plan
    verdict: Verdict
    trials: int
    found_after_s: float
    took_s: float
    replayed: int
    replays: int


@dataclass(frozen=True, slots=True)
class Hunted:
    """What a hunt brought: the failure, or None, and how many schedules were tried."""

    found: Found | None
    trials: int
    took_s: float


class Hunt:
    """One hunt for one command."""

    def __init__(
        self,
        command: Sequence[str],
        scenario: Scenario,
        seed: int,
        budget: Budget,
        say: Callable[[str], None] = lambda text: None,
    ) -> None:
        self._base = Plan(tuple(command), scenario, seed, seconds=budget.trial_s)
        self._budget, self._say = budget, say
        self._begun_s, self._trials = time.monotonic(), 0
        self._room = asyncio.Semaphore(budget.side_by_side)
        self._profile: Profile | None = None

    @property
    def took_s(self) -> float:
        """Return how long the hunt has lasted in s."""
        return time.monotonic() - self._begun_s

    async def run(self) -> Hunted:
        """Return the first failure, made small and replayed, or what was tried without one."""
        await self._learn()
        schedules = self._schedules()
        found = None
        while found is None and (broken := await self._first_broken(schedules)) is not None:
            found = await self._made_small(*broken)
        return Hunted(found, self._trials, self.took_s)

    async def _learn(self) -> None:
        plans = [dataclasses.replace(self._base, seed=self._base.seed + k) for k in range(self._budget.baselines)]
        trials = await asyncio.gather(*(self._trial(plan) for plan in plans))
        profile = learn(trials)
        if not profile.wanted:
            raise NothingToHuntError(_nothing(trials))
        self._say(f"undisturbed: {_described(profile)}")
        self._profile = profile
        self._base = dataclasses.replace(self._base, wanted=profile.wanted)
        # the program itself is judged once more undisturbed, so that nothing is reported that faults have no part in
        for trial in trials:
            if (verdict := judge(trial, profile)) is not None:
                raise NothingToHuntError(f"without any fault: {verdict}")

    async def _trial(self, plan: Plan) -> Observation:
        async with self._room:
            self._trials += 1
            return await observe(plan, self._profile)

    async def _verdict(self, events: Schedule, seed: int) -> Verdict | None:
        assert self._profile is not None
        plan = dataclasses.replace(self._base, events=events, seed=seed)
        return judge(await self._trial(plan), self._profile)

    async def _first_broken(self, schedules: Iterator[Schedule]) -> tuple[Schedule, Verdict, int] | None:
        """Return the first schedule in the order tried that breaks a rule twice, None when the time is over."""
        pending: dict[asyncio.Task[Verdict | None], tuple[Schedule, int]] = {}
        first_seed, tried = self._base.seed + self._trials, 0  # other chance for each: another bit flips
        try:
            while self.took_s < self._budget.search_s:
                while len(pending) < self._budget.side_by_side:
                    events, seed = next(schedules), first_seed + tried
                    tried += 1
                    pending[asyncio.create_task(self._verdict(events, seed))] = (events, seed)
                done, _ = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    events, seed = pending.pop(task)
                    verdict = task.result()
                    self._say(f"[{self.took_s:4.0f} s] {described(events)}: {verdict or 'well'}")
                    if verdict is not None and await self._again(events, verdict, seed):
                        return events, verdict, seed
            return None
        finally:
            for task in pending:
                task.cancel()
            await asyncio.gather(*pending, return_exceptions=True)

    async def _again(self, events: Schedule, verdict: Verdict, seed: int) -> bool:
        again = await self._verdict(events, seed)
        return again is not None and again.rule == verdict.rule

    def _schedules(self) -> Iterator[Schedule]:
        trackers = tuple(sorted({tracker for tracker, _ in self._base.wanted}))
        yield from singles(self._base.wanted)
        rng = random.Random(self._base.seed)
        while True:
            yield by_chance(trackers, rng)

    # ── making it small ────────────────────────────────────────────────────────────────────────────────────────

    async def _made_small(self, events: Schedule, verdict: Verdict, seed: int) -> Found | None:
        """Return the smallest schedule that breaks the rule each time, None where not even the first one does."""
        found_after_s, whole = self.took_s, events
        self._say(f"[{self.took_s:4.0f} s] found: {verdict}; making it small")
        events = await self._fewer(events, verdict, seed)
        events = await self._shorter(events, verdict, seed)
        for schedule in dict.fromkeys((events, whole)):
            replays = await asyncio.gather(*(self._verdict(schedule, seed) for _ in range(_REPLAYS)))
            same = [v for v in replays if v is not None and v.rule == verdict.rule]
            if len(same) == _REPLAYS:
                plan = dataclasses.replace(self._base, events=schedule, seed=seed)
                return Found(plan, same[-1], self._trials, found_after_s, self.took_s, len(same), _REPLAYS)
        self._say("it did not come again each time; searching on")
        return None

    async def _fewer(self, events: Schedule, verdict: Verdict, seed: int) -> Schedule:
        """Return the schedule without every event that the failure does not need."""
        while len(events) > 1:
            smaller = [events[:k] + events[k + 1 :] for k in range(len(events))]
            kept = await asyncio.gather(*(self._again(one, verdict, seed) for one in smaller))
            if True not in kept:
                return events
            events = smaller[kept.index(True)]
        return events

    async def _shorter(self, events: Schedule, verdict: Verdict, seed: int) -> Schedule:
        """Return the schedule with shorter faults, where the failure comes all the same."""
        for place, event in enumerate(events):
            candidates = [(*events[:place], one, *events[place + 1 :]) for one in _shorter(event)]
            kept = await asyncio.gather(*(self._again(one, verdict, seed) for one in candidates))
            events = next((one for one, good in zip(candidates, kept, strict=True) if good), events)
        return events


def _shorter(event: Event) -> list[Event]:
    """Return an event with a fault of a quarter and of half the length, shortest first."""
    begin, end = begins_s(event.fault), ends_s(event.fault)
    if not hasattr(event.fault, "to_s") or not 0.2 < end - begin < 100.0:
        return []
    return [dataclasses.replace(event, fault=lasting(event.fault, share * (end - begin))) for share in (0.25, 0.5)]


def described(events: Schedule) -> str:
    """Return a schedule in words: what happens to whom and when."""
    return ", ".join(_event(event) for event in events) or "no faults"


def _event(event: Event) -> str:
    fault = event.fault
    who = getattr(fault, "tracker", "adapter") or "all"
    span = f"{begins_s(fault):g}–{ends_s(fault):g} s" if hasattr(fault, "to_s") else f"{begins_s(fault):g} s"
    return f"{name_of(fault)} ({who}, {span}{'' if event.anchor.value == 'data' else ' from the start'})"


def _described(profile: Profile) -> str:
    trackers = sorted({tracker for tracker, _ in profile.wanted})
    live = [f.text for f in profile.forms.values() if f.live]
    shown = f"prints lines like {live[0]!r}" if live else "prints nothing while data come"
    what = "1 characteristic" if len(profile.wanted) == 1 else f"{len(profile.wanted)} characteristics"
    return f"subscribes to {what} of {', '.join(trackers)}; {shown}"


def _nothing(trials: Sequence[Observation]) -> str:
    trial = trials[0]
    last = trial.complaints[-1] if trial.complaints else f"exit code {trial.exit_code}"
    return f"the program subscribes to nothing on the virtual radio ({last}); a hunt needs one that receives data"
