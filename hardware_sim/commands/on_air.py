"""What `run` and `serve` share: which trackers are in reach, what goes wrong with them, and by which radio.

The rule of this file: it reads the command line and builds; it starts nothing.
"""

from __future__ import annotations

import argparse
import dataclasses
import shlex
from typing import TYPE_CHECKING

from hardware_sim.commands import CommandError

if TYPE_CHECKING:
    from hardware_sim.bumble_route.radio import BumbleRadio
    from hardware_sim.faults import Fault
    from hardware_sim.radio import Radio
    from hardware_sim.scenario import Scenario


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options that say what is on the air."""
    parser.add_argument(
        "--scenario", default="default", metavar="S", help="who runs with which trackers (default: default)"
    )
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="the same seed sends the same bytes")
    parser.add_argument(
        "--fault",
        action="append",
        default=[],
        metavar="'NAME KEY=VALUE…'",
        help="one more thing that goes wrong, such as 'link-loss tracker=strap from_s=5 to_s=9'; may be repeated",
    )
    parser.add_argument(
        "--realistic",
        action="store_true",
        help="carry everything over a real host stack: ATT, pairing and HCI (needs the extra `realistic`)",
    )
    parser.add_argument(
        "--no-agent", action="store_true", help="no pairing agent, as on a machine without a desktop session"
    )


def chosen_scenario(args: argparse.Namespace) -> Scenario:
    """Return the scenario that the options ask for, with the faults that they add; CommandError where there is none."""
    from hardware_sim.scenarios import scenario

    try:
        chosen = scenario(args.scenario)
        more = tuple(_fault(text, chosen) for text in args.fault)
    except ValueError as error:
        raise CommandError(str(error)) from error
    return dataclasses.replace(chosen, faults=(*chosen.faults, *more))


def central(args: argparse.Namespace) -> Radio | BumbleRadio:
    """Return the radio that the options ask for; CommandError where they make no sense."""
    from hardware_sim import realistic, served

    chosen = chosen_scenario(args)
    try:
        return realistic.radio(chosen, args.seed) if args.realistic else served.radio(chosen, args.seed)
    except ValueError as error:
        raise CommandError(str(error)) from error


def _fault(text: str, scenario: Scenario) -> Fault:
    """Return the fault that a text such as "link-loss tracker=strap from_s=5 to_s=9" describes."""
    from hardware_sim.faults import fault

    name, *rest = shlex.split(text) or [""]
    given: dict[str, object] = {}
    for word in rest:
        key, equals, value = word.partition("=")
        if not equals:
            raise ValueError(f"--fault {text!r}: {word!r} is not KEY=VALUE")
        given[key] = _value(key, value)
    known = {tracker.name for tracker in scenario.trackers}
    if given.get("tracker", "") not in {"", *known}:
        raise ValueError(f"--fault {text!r}: no such tracker; there are: {', '.join(sorted(known))}")
    return fault(name, **_with_tracker(name, given))


def _with_tracker(name: str, given: dict[str, object]) -> dict[str, object]:
    """Return the arguments with every tracker meant where none is named."""
    from hardware_sim.faults import FAULTS

    kind = FAULTS.get(name)
    takes = kind is not None and "tracker" in {field.name for field in dataclasses.fields(kind)}
    return {"tracker": "", **given} if takes else given


def _value(key: str, value: str) -> object:
    if key in ("tracker", "cause", "word"):
        return value
    if value in ("true", "false"):
        return value == "true"
    if key in ("mtu", "times"):
        return int(value)
    return float(value)
