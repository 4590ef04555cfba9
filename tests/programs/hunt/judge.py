"""Hunt every program of this folder: the planted bugs should be found, the correct programs left in peace.

python tests/programs/hunt/judge.py [--seconds 300] [--only NAME] [--json]; one row a program, figures at the end.
Exit code 1 when more than a tenth of the planted bugs stay unfound or a correct program is reported.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from hardware_sim.hunt import Budget, Hunt, Hunted, write_pytest
from hardware_sim.scenarios import scenario

HERE = Path(__file__).parent
#: programs that need other trackers than those of the default scenario
SCENARIOS = {"split_packets": "movesense"}


@dataclass(frozen=True, slots=True)
class Row:
    """What a hunt brought for one program."""

    program: str
    planted: bool
    found: bool
    rule: str = ""
    events: int = 0
    found_after_s: float = 0.0
    took_s: float = 0.0
    trials: int = 0
    replayed: str = ""
    schedule: str = ""


def row(program: Path, hunted: Hunted) -> Row:
    from hardware_sim.hunt.search import described

    shared = {"program": program.stem, "planted": program.parent.name == "planted"}
    if (found := hunted.found) is None:
        return Row(**shared, found=False, took_s=round(hunted.took_s, 1), trials=hunted.trials)
    return Row(
        **shared,
        found=True,
        rule=found.verdict.rule,
        events=len(found.plan.events),
        found_after_s=round(found.found_after_s, 1),
        took_s=round(hunted.took_s, 1),
        trials=hunted.trials,
        replayed=f"{found.replayed}/{found.replays}",
        schedule=described(found.plan.events),
    )


def hunt(program: Path, args: argparse.Namespace) -> Row:
    command = [sys.executable, str(program)]
    budget = Budget(args.seconds, args.side_by_side)
    hunted = asyncio.run(Hunt(command, scenario(SCENARIOS.get(program.stem, "default")), args.seed, budget).run())
    if hunted.found is not None and args.out is not None:
        write_pytest(hunted.found, args.out / f"test_hunted_{program.stem}.py")
    return row(program, hunted)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=300.0, help="how long each hunt may search")
    parser.add_argument("--side-by-side", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="programs whose path contains this")
    parser.add_argument("--out", type=Path, help="folder for the pytests that are written")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    programs = [p for kind in ("planted", "correct") for p in sorted((HERE / kind).glob("*.py")) if args.only in str(p)]
    begun, rows = time.monotonic(), []
    for program in programs:
        rows.append(hunt(program, args))
        print(_line(rows[-1]), file=sys.stderr, flush=True)
    good = sum(r.found for r in rows if r.planted)
    false = sum(r.found for r in rows if not r.planted)
    most = max((r.events for r in rows if r.planted and r.found), default=0)
    slowest = max((r.took_s for r in rows if r.planted and r.found), default=0.0)
    planted, correct = sum(r.planted for r in rows), sum(not r.planted for r in rows)
    print(
        f"planted: {good} of {planted} found, slowest {slowest:.0f} s with making small, at most {most} events; "
        f"correct: {false} of {correct} reported; {time.monotonic() - begun:.0f} s",
        file=sys.stderr,
    )
    if args.json:
        print(json.dumps([asdict(r) for r in rows], indent=1))
    return 0 if good >= 0.9 * planted and not false else 1


def _line(r: Row) -> str:
    kind = "planted" if r.planted else "correct"
    if not r.found:
        return f"{kind} {r.program:<18} nothing in {r.trials} trials, {r.took_s:.0f} s"
    return (
        f"{kind} {r.program:<18} {r.rule:<10} after {r.found_after_s:4.0f} s, small after {r.took_s:4.0f} s, "
        f"{r.trials:3d} trials, {r.events} events, replayed {r.replayed}: {r.schedule}"
    )


if __name__ == "__main__":
    sys.exit(main())
