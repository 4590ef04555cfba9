"""What would have made today another session: one thing changed in the diary, found and proved by deciding again.

The rule of this file: nothing is guessed. A sentence leaves here only if the engine, run again on the changed diary,
gave exactly what the sentence says. What nobody can or should change (age, pregnancy, medicines, red flags) is not
offered.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from edge.coach.phrases import say
from edge.coach.said import Said
from edge.coach.types import Counterfactual, Decision, Place, Profile, Race, RunFact, Session, Wished
from edge.coach.what_said import said_words

#: A session is another one when its kind differs, or its distance by this share and at least so many m.
OTHER_SHARE, OTHER_M = 0.10, 400.0
#: A run is tried at these shares of its distance, the nearest first, then the change is made as small as it can be.
SHARES = (0.9, 1.1, 0.75, 1.25, 0.6, 1.5, 0.4, 2.0)
STEP_M = 100.0
#: The search ends after so many decisions.
MOST_TRIES = 60
_NOT_OFFERED = frozenset({"pregnancy", "red_s", "red_flag", "medication", "cycle", "override_request"})
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_KINDS = {
    "rest": "a rest day",
    "easy": "an easy run",
    "long": "a long run",
    "steady": "a steady run",
    "intervals": "repetitions",
    "first": "a first session",
    "return": "a run to come back",
    "race": "the race",
    "walk-run": "walking and jogging by turns",
    "walk": "a walk",
}


@dataclass(frozen=True, slots=True)
class Diary:
    """All that a decision is made from and a person could have done or said otherwise."""

    facts: tuple[RunFact, ...]
    profile: Profile
    races: tuple[Race, ...]
    said: tuple[Said, ...]
    here: Place | None
    wished: tuple[Wished, ...] = ()
    language: str = "en"


Engine = Callable[[Diary], Decision]


@dataclass(frozen=True, slots=True)
class _Edit:
    """A diary in which one thing is different, in words, with its numbers and the run it concerns."""

    words: str
    diary: Diary
    numbers: tuple[tuple[str, float], ...] = ()
    evidence: tuple[str, ...] = ()


def counterfactual(
    diary: Diary, decision: Decision, engine: Engine, today: int, home: Place | None = None
) -> Counterfactual | None:
    """Return the one change nearest to the decision's reasons that would have made it another, None without any.

    `engine` decides for a changed diary, everything else being equal; `today` is the local day.
    """
    counted = _Counted(engine)
    for found in _found(diary, decision, counted, today, home):
        return found
    return None


@dataclass(slots=True)
class _Counted:
    """The engine, which stops answering after `MOST_TRIES`."""

    engine: Engine
    tries: int = 0

    def session(self, diary: Diary) -> Session | None:
        self.tries += 1
        return self.engine(diary).session if self.tries <= MOST_TRIES else None


def _found(
    diary: Diary, decision: Decision, engine: _Counted, today: int, home: Place | None
) -> Iterator[Counterfactual]:
    was = decision.session
    if was is None or was.kind == "race":
        return
    for run in _runs_named(diary, decision, today):
        changed = _other_distance(diary, run, was, engine, today)
        if changed is not None:
            yield changed
    for edit in _single(diary, today, home):
        then = engine.session(edit.diary)
        if then is not None and is_other(was, then):
            yield _told(edit, then, diary.language)


def is_other(was: Session, then: Session) -> bool:
    """Return whether two sessions differ enough to be told apart by a runner."""
    if was.kind != then.kind:
        return True
    change = abs(then.distance_m - was.distance_m)
    return change >= max(OTHER_SHARE * was.distance_m, OTHER_M)


def _runs_named(diary: Diary, decision: Decision, today: int) -> list[RunFact]:
    """Return the runs that the reasons rest on, then those of the last two days, each once, the latest first."""
    named = {one for reason in decision.because for one in reason.evidence}
    recent = [f for f in diary.facts if today - local_day(f) in (0, 1, 2) and f.sport == "running" and f.valid]
    chosen = [f for f in diary.facts if f.run_id in named] + recent
    once = {f.run_id: f for f in sorted(chosen, key=lambda f: -f.start_unix_s)}
    return list(islice(once.values(), 4))


def local_day(fact: RunFact) -> int:
    """Return the local day of a run, as days since 1970-01-01."""
    offset_s = fact.utc_offset_s if math.isfinite(fact.utc_offset_s) else 0.0
    return int((fact.start_unix_s + offset_s) // 86400)


def scaled(fact: RunFact, distance_m: float) -> RunFact:
    """Return a run over another distance in m at the same pace and effort."""
    share = distance_m / fact.distance_m
    return dataclasses.replace(
        fact,
        distance_m=distance_m,
        moving_s=fact.moving_s * share,
        timer_s=fact.timer_s * share,
        ascent_m=fact.ascent_m * share,
        load=fact.load * share,
        best_efforts_s={d: t for d, t in fact.best_efforts_s.items() if d <= distance_m},
    )


def _with_run(diary: Diary, run: RunFact, distance_m: float) -> Diary:
    facts = tuple(scaled(f, distance_m) if f.run_id == run.run_id else f for f in diary.facts)
    return dataclasses.replace(diary, facts=facts)


def _other_distance(diary: Diary, run: RunFact, was: Session, engine: _Counted, today: int) -> Counterfactual | None:
    """Return the smallest change of a run's distance, in steps of 100 m, that makes another session."""
    if run.distance_m <= 0.0:
        return None
    for share in SHARES:
        far = round(share * run.distance_m / STEP_M)
        then = engine.session(_with_run(diary, run, far * STEP_M)) if far > 0 else None
        if then is not None and is_other(was, then):
            return _nearest(diary, run, was, engine, today, far, then)
    return None


def _nearest(
    diary: Diary, run: RunFact, was: Session, engine: _Counted, today: int, far: int, then: Session
) -> Counterfactual:
    """Return the change halved until it is one step wide: `near` keeps the session, `far` changes it."""
    near = round(run.distance_m / STEP_M)
    while abs(far - near) > 1:
        middle = (far + near) // 2
        tried = engine.session(_with_run(diary, run, middle * STEP_M))
        if tried is None:
            break
        if is_other(was, tried):
            far, then = middle, tried
        else:
            near = middle
    had_m = far * STEP_M
    language, text = diary.language, "had {run:word} been {had_m:km_short} instead of {was_m:km_short}"
    words = say(language, text, run=_run_words(run, today, language), had_m=had_m, was_m=run.distance_m)
    numbers = (("had_been_m", had_m), ("was_m", run.distance_m))
    return _told(_Edit(words, diary, numbers, (run.run_id,)), then, language)


def _run_words(run: RunFact, today: int, language: str) -> str:
    day = local_day(run)
    when = today - day
    if when in (0, 1):
        return say(language, "yesterday's run" if when else "today's run")
    if when >= 7:
        return say(language, "your run {when:ago}", when=when)
    return say(language, "{weekday:word}'s run", weekday=say(language, WEEKDAYS[(day + 3) % 7]))


def _single(diary: Diary, today: int, home: Place | None) -> Iterator[_Edit]:
    """Yield the changes that are all or nothing, the likeliest to matter first."""
    yield from _without_days(diary, today)
    if diary.profile.injuries:
        named = ", ".join(diary.profile.injuries)
        free = dataclasses.replace(diary, profile=dataclasses.replace(diary.profile, injuries=()))
        yield _Edit(say(diary.language, "without what you told me about: {named:word}", named=named), free)
    named_by = {one: said_words(diary.language, one.constraint) for one in diary.said}
    offered = [named_by[one] for one in diary.said if one.constraint.kind not in _NOT_OFFERED]
    for named in dict.fromkeys(offered):  # "the left hip pain" is all that was told of it
        said = tuple(one for one in diary.said if named_by[one] != named)
        words = say(diary.language, "without the {said:word} you told me of", said=named)
        yield _Edit(words, dataclasses.replace(diary, said=said))
    if home is not None and diary.here != home:
        words = say(diary.language, "at home near {home:word}", home=home.name)
        yield _Edit(words, dataclasses.replace(diary, here=home))
    for race in diary.races:
        if race.day > today:
            races = tuple(one for one in diary.races if one != race)
            words = "without {race:word} in {ahead:days}" if race.name else "without your {race:word} in {ahead:days}"
            name = race.name or say(diary.language, "{race_m:race}", race_m=race.distance_m)
            words = say(diary.language, words, race=name, ahead=race.day - today)
            yield _Edit(words, dataclasses.replace(diary, races=races))
    yield from _one_more(diary, today)


def _without_days(diary: Diary, today: int) -> Iterator[_Edit]:
    for back, words in ((0, "had you not run today"), (1, "had you not run yesterday")):
        that_day = [f for f in diary.facts if local_day(f) == today - back and f.sport == "running"]
        left_out = tuple(f.run_id for f in that_day)
        kept = tuple(f for f in diary.facts if f not in that_day)
        if left_out:
            yield _Edit(say(diary.language, words), dataclasses.replace(diary, facts=kept), (), left_out)


def _one_more(diary: Diary, today: int) -> Iterator[_Edit]:
    """Yield a diary with one more easy run three days ago, for those whom a break or an empty diary holds back."""
    last = max((f for f in diary.facts if f.sport == "running" and f.valid), key=lambda f: f.start_unix_s, default=None)
    if last is None or today - local_day(last) < 14 or last.distance_m <= 0.0:
        return
    start_unix_s = last.start_unix_s + (today - 3 - local_day(last)) * 86400.0
    for distance_m in (3000.0, 5000.0):
        run = dataclasses.replace(scaled(last, distance_m), run_id="what-if", start_unix_s=start_unix_s)
        words = say(diary.language, "had you run {far_m:km_short} three days ago", far_m=distance_m)
        yield _Edit(words, dataclasses.replace(diary, facts=(*diary.facts, run)), (("had_been_m", distance_m),))


def _told(edit: _Edit, then: Session, language: str) -> Counterfactual:
    kind = what = say(language, _KINDS.get(then.kind, then.kind))
    if then.distance_m > 0.0:
        what = say(language, "{kind:word} of {far_m:km_short}", kind=kind, far_m=then.distance_m)
    numbers = (*edit.numbers, ("then_distance_m", then.distance_m))
    text = say(language, "It would be {what:word}, {words:word}.", what=what, words=edit.words)
    return Counterfactual(text, then.kind, numbers, edit.evidence)
