"""`kadenz predict`: the time to expect over a race distance from best times, with its interval and why."""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable
from dataclasses import replace

from app.arguments import day, distance_m, duration_s
from app.coach import facts_of, state_of
from app.commands.today_command import moment
from app.output import CommandError, add_common_options, print_json, say
from app.predicting import Question, ask, reasons
from app.store import Store, StoreError, diary_path
from edge.coach.types import Reason
from edge.coach.words import clock, pace, race_name
from edge.samples import Estimate
from models.model_file import ModelError
from models.race import RANGE_M, bundled, fastest_believable_s, slowest_believable_s

_AGES = (5.0, 110.0)
_WEEKLY_KM = (0.0, 400.0)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `kadenz predict`."""
    parser.add_argument(
        "--best",
        type=best,
        action="append",
        default=[],
        metavar="DISTANCE=TIME",
        help="a best time, such as 5k=19:30, 10000=41:05 or half=1:35:00; more than once for more of them "
        "(default: what the diary holds)",
    )
    parser.add_argument(
        "--target",
        type=distance,
        required=True,
        metavar="DISTANCE",
        help="what to predict: 800 m to the marathon, as 5k, 10k, mile, half, marathon, 15km or a number of m",
    )
    parser.add_argument("--age", type=_number("an age", _AGES), default=math.nan, metavar="YEARS", help="your age")
    parser.add_argument("--sex", choices=("f", "m"), default="", help="your sex; leave it out if you like")
    parser.add_argument(
        "--weekly-km",
        type=_number("a weekly distance in km", _WEEKLY_KM),
        default=math.nan,
        metavar="KM",
        help="how far you usually run in a week",
    )
    parser.add_argument("--date", type=day, metavar="YYYY-MM-DD", help="as the diary was that day (default: today)")
    add_common_options(parser)
    parser.epilog = "General guidance, not medical advice. How good the model is, and for whom: models/CARD.md."


def distance(text: str) -> float:
    """Return a distance in m within the model's range."""
    return distance_m(text, RANGE_M, "the model knows 800 m to the marathon")


def best(text: str) -> tuple[float, float]:
    """Return distance in m and time in s from "5k=19:30"; a time that nobody can have run is refused."""
    left, equals, right = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"{text!r} is not a best time such as 5k=19:30")
    metres, time_s = distance(left), duration_s(right)
    if not fastest_believable_s(metres) <= time_s <= slowest_believable_s(metres):
        hint = " (write hours too, as in 1:35:00)" if right.count(":") == 1 else ""
        raise argparse.ArgumentTypeError(f"{text!r}: {clock(time_s)} over {metres:g} m cannot be right{hint}")
    return metres, time_s


def _number(what: str, limits: tuple[float, float]) -> Callable[[str], float]:
    def read(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not limits[0] <= value <= limits[1]:
            raise argparse.ArgumentTypeError(f"{text!r} is not {what} from {limits[0]:g} to {limits[1]:g}")
        return value

    return read


def run(args: argparse.Namespace) -> int:
    """Predict and show the time with its interval and reasons."""
    bests: dict[float, float] = {}
    for metres, time_s in args.best:
        bests[metres] = min(time_s, bests.get(metres, math.inf))
    question = Question(bests, args.target, args.age, args.sex, args.weekly_km)
    try:
        model = bundled()
        question = question if bests else _from_diary(args, question)
        answer, because = ask(model, question), reasons(model, question)
    except (ModelError, StoreError) as problem:
        raise CommandError(str(problem)) from problem
    except ValueError as problem:
        say(f"kadenz predict: {problem}")
        return 2
    if args.json:
        print_json(
            {
                "time_s": answer.value,
                "low_s": answer.low,
                "high_s": answer.high,
                "model_hash": model.model_hash,
                "because": [_as_json(reason) for reason in because],
            }
        )
    else:
        _tell(question, answer, because, model.model_hash)
    return 0


def _from_diary(args: argparse.Namespace, question: Question) -> Question:
    """Return the question with the bests of the diary, and with what else it knows where nothing was stated."""
    path = diary_path(args.db)
    if not path.exists():
        raise CommandError(f"no --best was given and there is no diary at {path}")
    with Store(path, create=False) as store:
        facts = facts_of(store)
        now_unix_s, offset_s = moment(args.date, facts)
        state = state_of(store, now_unix_s, None, facts, offset_s)
    usable = {d: t for d, t in dict(state.fitness.bests_s).items() if RANGE_M[0] <= d <= RANGE_M[1]}
    if not usable:
        raise CommandError("no --best was given and the diary holds no recent effort over 800 m to the marathon")
    weekly_km = state.history.weekly_m / 1000.0 if state.history.weekly_m > 0 else math.nan
    return replace(
        question,
        bests_s=usable,
        age=state.profile.age if math.isnan(question.age) else question.age,
        sex=question.sex or state.profile.sex,
        weekly_km=weekly_km if math.isnan(question.weekly_km) else question.weekly_km,
    )


def _as_json(reason: Reason) -> dict[str, object]:
    return {"text": reason.text, "numbers": dict(reason.numbers), "evidence": list(reason.evidence)}


def _tell(question: Question, answer: Estimate, because: tuple[Reason, ...], model_hash: str) -> None:
    kilometres = question.target_m / 1000.0
    print(f"{race_name(question.target_m).capitalize()}: {clock(answer.value)} ({pace(answer.value / kilometres)})")
    print(
        f"Nine of ten: {clock(answer.low)} to {clock(answer.high)} "
        f"({pace(answer.low / kilometres).removesuffix(' /km')} to {pace(answer.high / kilometres)})\n"
    )
    for reason in because:
        print(f"  because: {reason.text}")
    print(f"\nRace model {model_hash}. General guidance, not medical advice.")
