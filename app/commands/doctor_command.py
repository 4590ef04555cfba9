"""`kadenz doctor`: checks every byte of the diary and says in words what can be done."""

from __future__ import annotations

import argparse
import contextlib
from pathlib import Path

from app.output import CommandError, add_common_options, print_json, say
from app.store import Health, Store, StoreError, diary_path, examine
from app.store.repair import repair


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `kadenz doctor`."""
    parser.add_argument(
        "--repair", action="store_true", help="copy everything readable into a new diary beside a damaged one"
    )
    add_common_options(parser)
    parser.epilog = "Exit code 0 for a sound diary (an open run is sound), 1 for a damaged or missing one."


def run(args: argparse.Namespace) -> int:
    """Check the diary and report; 1 when anything is wrong with it."""
    path = diary_path(args.db)
    health = examine(path)
    if args.json:
        print_json(health)
        if not health.ok:
            say(advice(health))
    else:
        _tell(health, str(path))
    if health.ok:
        _seal(path)
    elif args.repair:
        try:
            made = repair(path)
        except StoreError as error:
            raise CommandError(f"nothing could be repaired: {error}") from error
        what = (
            f"{made.mended_bits} flipped bits put right" if made.mended_bits else f"{made.lost_rows} rows left behind"
        )
        say(f"wrote {made.path}: {made.runs} runs, {made.samples} samples; {what}")
        say(f"{path} is as it was; to use the new diary, move it to that name")
    return 0 if health.ok else 1


def _seal(path: Path) -> None:
    """Seal a sound diary that a kill left without one: closing does that, where the folder allows it."""
    with contextlib.suppress(StoreError):
        Store(path, create=False).close()


def _tell(health: Health, where: str) -> None:
    open_runs = f", {health.open_runs} of them open" if health.open_runs else ""
    if health.ok:
        print(f"{where} is sound: {health.runs} runs{open_runs}, {health.samples} samples")
        return
    print(f"{where} is not sound ({health.runs} runs{open_runs} and {health.samples} samples are readable):")
    for problem in health.problems:
        print(f"  {problem}")
    print(advice(health))


def advice(health: Health) -> str:
    """Return what the person can do about the problems, in words."""
    text = " ".join(health.problems)
    if "no diary at" in text:
        return "Record or import a run to begin one, or name another place with --db."
    if "newer Kadenz" in text:
        return "Update Kadenz; nothing is wrong with the diary."
    return (
        "What to do: `kadenz doctor --repair` puts single flipped bits right, or else copies every readable sample, "
        "into a new diary beside this one, which stays as it is. A backup from before the damage serves as well."
    )
