"""Every "it would be another session, had ..." is read as a sentence, done by hand, and decided again from scratch.

python tests/programs/coach/counterfactual.py [DECISIONS] [--seed N]      (default 2000)

Lives of both physiologies with what they said, races, and some mornings away from home. The judge reads nothing but the
sentence and the runs it names; it changes the diary by its own code, and decides with everything else that was learned
left as it was. As a fact it also tells how often the sentence holds when all is learned anew from the changed diary.
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[3]), str(Path(__file__).parents[2])]

from programs.coach.books import Progress, Report, Result, diary, life_of, options

from app import places
from app.coach import MEMORY, bundled_predictor, decide_today, facts_of
from app.coach_inputs import inputs_from
from app.store import Store
from edge.coach.beliefs import State
from edge.coach.corrections import with_own
from edge.coach.lessons import Circumstances, Learner, Lessons, Taught
from edge.coach.said import Said
from edge.coach.state import state_from
from edge.coach.today import decide
from edge.coach.types import Place, RacePredictor, RunFact, Session
from models.learner import PersonLearner

DAY_S, MORNING_S, DAYS = 86400.0, 7 * 3600.0, 730
AWAY = Place("Gunnison", 38.546, -106.927, 2348.0, "US")
_SENTENCE = re.compile(r"^It would be (?P<what>.+?)(?: of (?P<km>\d+(?:\.\d)?) km)?, (?P<change>[^,].*)\.$")
_KINDS = {
    "a rest day": "rest", "an easy run": "easy", "a long run": "long", "a steady run": "steady",
    "repetitions": "intervals", "a first session": "first", "a run to come back": "return",
    "walking and jogging by turns": "walk-run", "a walk": "walk", "the race": "race",
}  # fmt: skip
_WEEKDAYS = ("Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday")


@dataclass(frozen=True, slots=True)
class _Same:
    """A learner that has learned what a state holds, whatever it is shown."""

    known: State

    def taught(self, lessons: Lessons, person: Circumstances, today: int, now_unix_s: float) -> Taught:
        return Taught(self.known.heart, self.known.forecast, self.known.learned_by, self.known.own_targets)


@dataclass(frozen=True, slots=True)
class Case:
    """A morning: its state as stored, the runs until then, where the person said to be, and the sentence."""

    state: State
    facts: tuple[RunFact, ...]
    here: Place | None
    was: Session
    text: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hand:
    """The diary as the judge changed it."""

    kind: str
    facts: tuple[RunFact, ...]
    state: State
    here: Place | None
    said: tuple[Said, ...]


def by_hand(case: Case, change: str) -> Hand:
    """Return the diary with the change that a sentence names; ValueError where it names none that is known."""
    facts, state, same = case.facts, case.state, (case.state, case.here, case.state.said)
    if found := re.fullmatch(r"had (.+) been (\d+(?:\.\d)?) km instead of (\d+(?:\.\d)?) km", change):
        run = _named(case, found[1], float(found[3]))
        others = tuple(_at(f, 1000.0 * float(found[2])) if f.run_id == run else f for f in facts)
        return Hand("another distance", others, *same)
    if found := re.fullmatch(r"had you not run (today|yesterday)", change):
        day = state.today - (found[1] == "yesterday")
        kept = tuple(f for f in facts if not (f.sport == "running" and _day(f) == day))
        return Hand("no run", kept, *same)
    if found := re.fullmatch(r"had you run (\d+(?:\.\d)?) km three days ago", change):
        last = max((f for f in facts if f.sport == "running" and f.valid), key=lambda f: f.start_unix_s)
        start_s = last.start_unix_s + DAY_S * (state.today - 3 - _day(last))
        new = replace(_at(last, 1000.0 * float(found[1])), start_unix_s=start_s, run_id="by hand")
        return Hand("one more run", (*facts, new), *same)
    if change.startswith("without what you told me about: "):
        whole = replace(state, profile=replace(state.profile, injuries=()))
        return Hand("injuries of the profile", facts, whole, *same[1:])
    if found := re.fullmatch(r"without the (.+) you told me of", change):
        kept_said = tuple(one for one in state.said if _words(one) != found[1])
        if kept_said == state.said:
            raise ValueError(f"nobody said {found[1]!r}")
        return Hand("something said", facts, state, case.here, kept_said)
    if change.startswith("at home near ") and state.where.home is not None:
        return Hand("at home", facts, state, state.where.home, state.said)
    if found := re.fullmatch(r"without .+ in (\d+) days?", change):
        left = tuple(race for race in state.races if race.day != state.today + int(found[1]))
        if len(left) != len(state.races) - 1:
            raise ValueError(f"not one race in {found[1]} days")
        return Hand("a race", facts, replace(state, races=left), *same[1:])
    raise ValueError(f"no change that is known: {change!r}")


def _named(case: Case, words: str, was_km: float) -> str:
    """Return the id of the run that a sentence names, checked by its day and distance."""
    run = next(f for f in case.facts if f.run_id == case.evidence[0])
    day, ago = _day(run), case.state.today - _day(run)
    names = {"today's run": ago == 0, "yesterday's run": ago == 1, f"{_WEEKDAYS[day % 7]}'s run": ago < 7}
    names[f"your run {ago} days ago"] = True
    if not names.get(words, False) or f"{run.distance_m / 1000.0:.1f}" != f"{was_km:.1f}":
        raise ValueError(f"{words!r} of {was_km} km is no name of run {run.run_id}")
    return run.run_id


def _day(fact: RunFact) -> int:
    offset_s = fact.utc_offset_s if fact.utc_offset_s == fact.utc_offset_s else 0.0
    return int((fact.start_unix_s + offset_s) // DAY_S)


def _at(fact: RunFact, far_m: float) -> RunFact:
    by = far_m / fact.distance_m
    efforts = {m: s for m, s in fact.best_efforts_s.items() if m <= far_m}
    return replace(
        fact, distance_m=far_m, moving_s=by * fact.moving_s, timer_s=by * fact.timer_s, ascent_m=by * fact.ascent_m,
        load=by * fact.load, best_efforts_s=efforts,
    )  # fmt: skip


def _words(one: Said) -> str:
    c = one.constraint
    return " ".join(w for w in (c.side, c.area, c.kind.replace("_", " ")) if w)


def decided(case: Case, hand: Hand, learner: Learner, predictor: RacePredictor | None) -> Session | None:
    """Return the session of a diary changed by hand."""
    told, old = hand.state, case.state
    state = state_from(
        hand.facts, told.profile, told.races, places.load(), hand.here, old.now_unix_s, old.utc_offset_s, learner,
        hand.said, old.wished, here_since_unix_s=old.where.arrived_unix_s,
    )  # fmt: skip
    state = with_own(replace(state, patterns=old.patterns, ahead=old.ahead), old.own)
    return decide(state, predictor).session


def holds(case: Case, then: Session | None) -> str:
    """Return "" where a session is what the sentence says and not what it was, else what differs."""
    found = _SENTENCE.match(case.text)
    if found is None or then is None:
        return "the sentence cannot be read" if found is None else "no session"
    kind = _KINDS.get(found["what"], found["what"])
    if then.kind != kind:
        return f"the kind is {then.kind}"
    if float(found["km"] or 0.0) != round(then.distance_m / 1000.0, 1):
        return f"the distance is {then.distance_m:.0f} m"
    same = then.kind == case.was.kind and abs(then.distance_m - case.was.distance_m) < 400.0
    return "it is the same session" if same else ""


@dataclass(slots=True)
class Books:
    """What was found in so many decisions."""

    decisions: int = 0
    told: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    anew: int = 0
    wrong: list[str] = field(default_factory=list)
    whole_s: float = 0.0
    alone_s: float = 0.0


def judge(case: Case, name: str, books: Books, store: Store, predictor: RacePredictor | None) -> None:
    """Read one sentence, do as it says and write what came into the books."""
    books.told += 1
    found = _SENTENCE.match(case.text)
    try:
        hand = by_hand(case, found["change"] if found else "")
    except (ValueError, StopIteration) as problem:
        books.wrong.append(f"{name}: {case.text} -- {problem}")
        return
    books.kinds[hand.kind] += 1
    wrong = holds(case, decided(case, hand, _Same(case.state), predictor))
    if wrong:
        books.wrong.append(f"{name}: {case.text} -- {wrong}")
    books.anew += not holds(case, decided(case, hand, PersonLearner(store.memory(MEMORY)), predictor))


def run(decisions: int, seed: int, a_life: int = 100, days: int = DAYS) -> Books:
    """Return the books of so many decisions, `a_life` of each person."""
    books, progress, predictor = Books(), Progress(decisions), bundled_predictor()
    for number in range(-(-decisions // a_life)):
        world = ("first", "second")[number % 2]
        life = life_of(world, seed, 1000 + number, days)
        with diary(life) as store:
            facts = facts_of(store)
            for at in range(min(a_life, decisions - books.decisions)):
                column = (at + 1) * days // (a_life + 1)
                now_s = (life.days.start_day + column) * DAY_S + (MORNING_S if at % 4 else 20 * 3600.0)
                here = AWAY if at % 5 == 0 else None
                begun_s = time.perf_counter()
                decision_id, decision = decide_today(store, now_s, here, predictor, 0.0)
                books.whole_s += time.perf_counter() - begun_s
                books.decisions += 1
                state = inputs_from(store.decision(decision_id).inputs).state
                begun_s = time.perf_counter()
                decide(state, predictor)
                books.alone_s += time.perf_counter() - begun_s
                told = decision.otherwise
                if told is not None and decision.session is not None:
                    past = tuple(f for f in facts if f.start_unix_s <= now_s)
                    case = Case(state, past, here, decision.session, told.text, told.evidence)
                    judge(
                        case, f"world {world} seed {seed} person {1000 + number} day {column}", books, store, predictor
                    )
                progress.at(books.decisions)
    return books


def report_of(books: Books, seed: int) -> Report:
    """Return the report of the books."""
    told, count = max(books.told, 1), max(books.decisions, 1)
    figures = (
        Result("sentences that hold when done by hand", 100.0 * (1.0 - len(books.wrong) / told), "%", at_least=100.0,
               note=f"{books.told} sentences"),
        Result("decisions with such a sentence", 100.0 * books.told / count, "%", note=f"of {books.decisions}"),
        Result("sentences that also hold when all is learned anew", 100.0 * books.anew / told, "%"),
        Result("time of a decision with all around it", 1000.0 * books.whole_s / count, "ms"),
        Result("time of the rules alone", 1000.0 * books.alone_s / count, "ms"),
        *(Result(f"share of sentences about: {k}", 100.0 * n / told, "%") for k, n in books.kinds.most_common()),
    )  # fmt: skip
    about = f"simulated: {books.decisions} decisions in lives of {DAYS} days, both physiologies, seed {seed}"
    return Report(about, figures, tuple(books.wrong))


def main() -> int:
    """Run the program of the command line."""
    args = options(__doc__ or "", "decisions (default 2000)", 2000).parse_args()
    return report_of(run(args.size, args.seed), args.seed).end(args.json)


if __name__ == "__main__":
    sys.exit(main())
