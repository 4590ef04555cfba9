"""`kadenz fleet`: many machines make one shared prior, on Flower; simulated in a box, or on this machine's loopback."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from app import fleet, output
from app.fleet_text import Progress, round_lines, simulated_lines, status_lines
from app.language import add_language_option, language_at
from app.output import CommandError, add_common_options, print_json
from app.store import Store, StoreError, diary_path
from edge.coach.phrases import say
from models.fleet import layout, loopback, quiet
from models.fleet.cohorts import Rule
from models.model_file import ModelError
from models.sharing.exchange import SharingError

_WAYS = {
    "simulate": "rounds of a simulated fleet in a box, one virtual node for each runner",
    "serve": "begin a fleet's server on this machine (TLS, loopback only)",
    "join": "join this machine's fleet with what `kadenz prior show` shows; needs your consent",
    "round": "ask the nodes that are there, and make the shared prior",
    "leave": "end one node and delete what it offered",
    "status": "which processes run, and their memory",
    "stop": "end the whole fleet; nothing is left running",
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `kadenz fleet`."""
    ways = "; ".join(f"{name}: {text}" for name, text in _WAYS.items())
    usual = Rule()
    parser.add_argument("what", nargs="?", default="status", choices=tuple(_WAYS), help=ways)
    parser.add_argument("--dir", type=Path, metavar="FOLDER", help="the fleet's folder (default: beside the diary)")
    parser.add_argument("--name", default="me", help="with join and leave: the node's name (default: me)")
    parser.add_argument("--port", type=int, metavar="N", help="with serve: the port on 127.0.0.1 (default: a free one)")
    parser.add_argument("--runners", type=int, default=1000, metavar="N", help="with simulate (default: 1000)")
    parser.add_argument("--rounds", type=int, default=1, metavar="N", help="with simulate and round (default: 1)")
    parser.add_argument(
        "--cohort", type=int, default=usual.cohort, metavar="N", help="people whose sum is seen at least"
    )
    parser.add_argument(
        "--noise", type=float, default=usual.noise_multiplier, metavar="X", help="noise of a sum, in persons"
    )
    parser.add_argument("--timeout", type=float, default=usual.timeout_s, metavar="S", help="for each step of a round")
    parser.add_argument("--open", action="store_true", help="no masks: each device adds all of the noise itself")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="with simulate: of the simulated people")
    parser.add_argument(
        "-o", "--out", type=Path, metavar="FILE", help="with simulate and round: write the shared prior"
    )
    add_language_option(parser)
    add_common_options(parser)
    parser.epilog = (
        "Needs the extra `fleet` (Flower), which no phone needs. Telemetry, update checks and installing at run time "
        "are off; nothing but this machine is reached. What it takes, and what it does not withstand: "
        "docs/fleet-scale.md."
    )


def run(args: argparse.Namespace) -> int:
    """Do what was asked, then show it."""
    args.lang = language_at(args)
    try:
        return _DOES[args.what](args)
    except ImportError as problem:
        raise CommandError(f"{quiet.INSTALL} ({problem})") from problem
    except (SharingError, StoreError, ModelError, ValueError, OSError) as problem:
        raise CommandError(str(problem)) from problem


def _rule(args: argparse.Namespace) -> Rule:
    return Rule(args.cohort, noise_multiplier=args.noise, is_secure=not args.open, timeout_s=args.timeout)


def _place(args: argparse.Namespace) -> loopback.Place:
    return fleet.place_of(args.dir, args.db)


def _told(args: argparse.Namespace, document: object, lines: list[str]) -> int:
    if args.json:
        print_json(document)
    else:
        print("\n".join(lines))
    return 0


def _simulate(args: argparse.Namespace) -> int:
    if args.runners < layout.LEAST_COHORT or args.rounds < 1:
        raise SharingError(f"{args.runners} runners and {args.rounds} rounds are too few")
    hears = Progress(args.lang, output.say, time.monotonic)
    told = fleet.in_a_box(args.runners, args.rounds, _rule(args), args.seed, hears=hears)
    written = args.out is not None and fleet.keep(told.prior, args.out)
    return _told(args, told, simulated_lines(told, args.runners, str(args.out) if written else "", args.lang))


def _serve(args: argparse.Namespace) -> int:
    begun = loopback.serve(_place(args), args.port)
    text = "The fleet is served on 127.0.0.1:{port:word}; `kadenz fleet stop` ends it."
    return _told(args, begun, [say(args.lang, text, port=str(begun.port))])


def _join(args: argparse.Namespace) -> int:
    with Store(diary_path(args.db), create=False) as store:
        fleet.join(store, _place(args), args.name, _rule(args), time.time())
    text = "{name:word} is in the fleet with exactly what `kadenz prior show` shows; `kadenz fleet leave` ends it."
    return _told(args, {"joined": args.name}, [say(args.lang, text, name=args.name)])


def _leave(args: argparse.Namespace) -> int:
    loopback.leave(_place(args), args.name)
    text = "{name:word} is out of the fleet, and what it offered is deleted."
    return _told(args, {"left": args.name}, [say(args.lang, text, name=args.name)])


def _round(args: argparse.Namespace) -> int:
    rule, place = _rule(args), _place(args)
    told = fleet.ask(place, rule, args.rounds, 60.0 + args.rounds * 12.0 * rule.timeout_s)
    if args.out is not None:
        fleet.keep(told.prior, args.out)
    return _told(args, told, round_lines(told, args.lang))


def _status(args: argparse.Namespace) -> int:
    rows = loopback.status(_place(args))
    return _told(args, {"processes": rows}, status_lines(rows, args.lang))


def _stop(args: argparse.Namespace) -> int:
    ended = loopback.stop(_place(args))
    text = "{count:count} processes ended; nothing of the fleet runs any more, and what was offered is deleted."
    return _told(args, {"ended": ended}, [say(args.lang, text, count=ended)])


_DOES = {
    "simulate": _simulate,
    "serve": _serve,
    "join": _join,
    "leave": _leave,
    "round": _round,
    "status": _status,
    "stop": _stop,
}
