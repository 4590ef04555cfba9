"""What a person says about themselves: as options, or as one set of questions on a terminal.

The rule of this file: nothing is asked with `--json` or where nobody can answer; what is not said stays unknown.
"""

from __future__ import annotations

import argparse
import dataclasses
import math
import sys
from collections.abc import Callable

from app.output import CommandError
from edge.coach.plausible import RANGES, implausible
from edge.coach.types import Profile

EXPERIENCES = ("none", "beginner", "regular", "experienced")
_NO = ("", "no", "none", "-", "n")


def add_profile_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that state a profile; each is kept in the diary."""
    group = parser.add_argument_group("about you (kept in the diary)")
    group.add_argument("--experience", choices=EXPERIENCES, help="how much you have run so far")
    group.add_argument("--goal", metavar="TEXT", help='what you run for, for example "10 km" or "stay healthy"')
    group.add_argument(
        "--longest-km", type=_typed("longest_recent_m"), metavar="KM", help="your longest run of the last weeks"
    )
    group.add_argument("--injury", action="append", metavar="TEXT", help='an injury or pain; repeatable; "none" clears')
    group.add_argument("--age", type=_typed("age"), metavar="YEARS", help="your age")
    group.add_argument("--sex", choices=("f", "m"), help="optional; used by the race model only")
    group.add_argument("--weight", type=_typed("weight_kg"), metavar="KG", help="your weight in kg")
    group.add_argument(
        "--height", type=_typed("height_m"), metavar="CM", help="your height in cm; tells whether a weight is too low"
    )
    group.add_argument(
        "--max-hr", type=_typed("max_hr_bpm"), metavar="BPM", help="your maximal heart rate, if you know it"
    )
    group.add_argument("--rest-hr", type=_typed("rest_hr_bpm"), metavar="BPM", help="your heart rate at rest")
    group.add_argument(
        "--beta-blockers",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="you take medicine that holds heart rate down",
    )


def _typed(field: str) -> Callable[[str], float]:
    """Return the reader of a number that a person says of themselves, in the profile's unit."""
    allowed = RANGES[field]

    def read(text: str) -> float:
        try:
            value = float(text.replace(",", "."))
        except ValueError:
            value = math.nan
        if not allowed.low <= value <= allowed.high:
            raise argparse.ArgumentTypeError(f"{text!r} is not {allowed.low:g} to {allowed.high:g} {allowed.unit}")
        return value * allowed.scale

    return read


def stated(args: argparse.Namespace, before: Profile) -> Profile:
    """Return the profile with what the options state; the same profile where they state nothing."""
    given: dict[str, object] = {
        "experience": args.experience,
        "goal": args.goal,
        "longest_recent_m": args.longest_km,
        "injuries": None if args.injury is None else injuries_of(args.injury),
        "age": args.age,
        "sex": args.sex,
        "weight_kg": args.weight,
        "height_m": args.height,
        "max_hr_bpm": args.max_hr,
        "rest_hr_bpm": args.rest_hr,
        "beta_blockers": args.beta_blockers,
    }
    changes = {name: value for name, value in given.items() if value is not None}
    profile = dataclasses.replace(before, **changes)  # type: ignore[arg-type]
    if changes and (wrong := implausible(profile)):
        raise CommandError(wrong)
    return profile


def injuries_of(texts: list[str]) -> tuple[str, ...]:
    """Return the stated injuries; "none" or "no" clears them."""
    return tuple(text.strip() for text in texts if text.strip().casefold() not in _NO)


def can_ask(json_wanted: bool) -> bool:
    """Return whether somebody sits at the terminal who may be asked."""
    return not json_wanted and sys.stdin.isatty() and sys.stdout.isatty()


def asked(before: Profile, ask: Callable[[str], str] = input) -> Profile:
    """Return the profile with the answers to four questions; an empty answer leaves a thing unknown."""
    print("I know nothing of you yet. Four short questions; Enter skips one.")
    experience = ask(f"How much have you run so far? ({', '.join(EXPERIENCES)}) ").strip().casefold()
    goal = ask("What do you run for? ").strip()
    longest_km = _number(ask("Longest run of the last weeks, in km? "))
    if longest_km > RANGES["longest_recent_m"].high:
        raise CommandError(f"{longest_km:g} km is more than anybody runs in one go: say it in km")
    injury = ask("Any injury or pain now? ")
    return dataclasses.replace(
        before,
        experience=experience if experience in EXPERIENCES else before.experience,
        goal=goal or before.goal,
        longest_recent_m=1000.0 * longest_km if longest_km > 0 else before.longest_recent_m,
        injuries=injuries_of([injury]) or before.injuries,
    )


def _number(text: str) -> float:
    cleaned = text.casefold().replace("km", "").replace(",", ".").strip()
    if not cleaned:
        return math.nan
    try:
        return float(cleaned)
    except ValueError:
        raise CommandError(f"{text.strip()!r} is not a number of km") from None
