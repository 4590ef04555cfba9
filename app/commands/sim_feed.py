"""`kadenz sim feed`: a scenario's samples with their truth, as JSON lines or as FIT files.

The rule of this file: it reads the command line, paces and writes; what a sample is, is `app.sample_feed`'s business.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from hardware_sim.commands import CommandError, on_air

if TYPE_CHECKING:
    from hardware_sim.world import World

DESCRIPTION = (
    "Play a scenario and give out the samples that a host decodes from its trackers, each with what was really so. "
    "--jsonl streams one JSON object a line to stdout: first a line of kind start (schema, version, scenario, seed), "
    "then samples (t in s of the scenario, at = when it arrived, stream, values, truth), gaps with their cause, and "
    "a line of kind end. --fit DIR writes NAME-SEED.fit and, beside it, NAME-SEED.truth.json."
)
EPILOG = "The same scenario and seed give the same lines and bytes. docs/export.md holds the schema."
_AHEAD_S = 0.005


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `feed`."""
    parser.description, parser.epilog = DESCRIPTION, EPILOG
    how = parser.add_mutually_exclusive_group(required=True)
    how.add_argument("--jsonl", action="store_true", help="stream samples to stdout, one JSON object a line")
    how.add_argument(
        "--fit", type=Path, metavar="DIR", help="write each scenario as a FIT file with its truth beside it"
    )
    parser.add_argument(
        "--scenario", action="append", default=[], metavar="S", help="who runs; with --fit it may be given again "
        "(default: default; see `kadenz sim list`)",
    )  # fmt: skip
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="the same seed sends the same samples")
    parser.add_argument(
        "--fault", action="append", default=[], metavar="'NAME KEY=VALUE…'", help="one more thing that goes wrong"
    )
    parser.add_argument(
        "--speed", type=_speed, default=0.0, metavar="X", help="times real time; 0, the default: as fast as it goes"
    )


def _speed(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not value >= 0.0:
        raise argparse.ArgumentTypeError("the speed is 0 or more")
    return value


def run(args: argparse.Namespace) -> int:
    """Stream or write; CommandError where there is no such scenario or the folder refuses."""
    names = args.scenario or ["default"]
    if args.jsonl and len(names) > 1:
        raise CommandError("one stream is of one scenario: give --scenario once")
    worlds = [_world(args, name) for name in names]
    if args.jsonl:
        return _stream(worlds[0], args.speed)
    for world in worlds:
        _write(world, args.fit)
    return 0


def _world(args: argparse.Namespace, name: str) -> World:
    from hardware_sim.world import World

    chosen = on_air.chosen_scenario(argparse.Namespace(scenario=name, fault=args.fault))
    try:
        return World(chosen, args.seed)
    except ValueError as problem:
        raise CommandError(str(problem)) from problem


def _stream(world: World, speed: float) -> int:
    """Print the lines; a reader that has enough ends it quietly."""
    from app.sample_feed import arrivals, begins, ends, lines_of

    begun_s, count = time.monotonic(), 0
    try:
        _print(begins(world))
        for arrived in arrivals(world):
            _wait(begun_s, arrived.at_s, speed)
            for line in lines_of(arrived, world.truth):
                count += line["kind"] == "sample"
                _print(line)
            if speed and arrived.samples:
                sys.stdout.flush()
        _print(ends(world, count))
        sys.stdout.flush()
    except BrokenPipeError:
        # what is still buffered has no reader: nothing more is to be said at exit either
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _print(line: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n")


def _wait(begun_s: float, due_s: float, speed: float) -> None:
    if speed and math.isfinite(speed):
        ahead_s = begun_s + due_s / speed - time.monotonic()
        if ahead_s > _AHEAD_S:
            time.sleep(ahead_s)


def _write(world: World, folder: Path) -> None:
    from app.sample_feed import recording_of, truth_document
    from device.files.fit_write import fit_activity

    content, unheld = fit_activity(recording_of(world))
    name = f"{world.scenario.name}-{world.seed}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.fit").write_bytes(content)
        text = json.dumps({**truth_document(world), "fit": f"{name}.fit"}, allow_nan=False)
        (folder / f"{name}.truth.json").write_text(text + "\n")
    except OSError as problem:
        raise CommandError(f"{folder} cannot be written: {problem.strerror or problem}") from problem
    lost = ", ".join(f"{one.count} of {one.what} ({one.why})" for one in unheld)
    print(f"{folder / name}.fit" + (f"; not in the file: {lost}" if lost else ""), file=sys.stderr, flush=True)
