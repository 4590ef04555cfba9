"""The fault program: kills recorders and flips bits, and says what was lost (goal: nothing, and every flip found).

python tests/faults/run.py --kills 1000 --flips 600      in full, some 20 minutes
python tests/faults/run.py --kills 50 --flips 60         as continuous integration runs it
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

for folder in (Path(__file__).parents[2], Path(__file__).parents[1]):
    sys.path.insert(0, str(folder))

from faults.flips import FlipReport, run_flips  # noqa: E402
from faults.kills import KillReport, run_kills  # noqa: E402


def main() -> int:
    """Run both parts and print what they found; exit code 1 when a promise was broken."""
    parser = argparse.ArgumentParser(description="Kills recorders and flips bits, and says what was lost.")
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--command-kills", type=int, help="how many of them hit `kadenz record` (default: a tenth)")
    parser.add_argument("--flips", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    command_kills = -(-args.kills // 10) if args.command_kills is None else args.command_kills
    begun_s = time.monotonic()
    kills = run_kills(args.kills, command_kills, args.seed, _told(args.json))
    flips = run_flips(args.flips, args.seed, _told(args.json))
    took_s = time.monotonic() - begun_s
    if args.json:
        print(json.dumps({"kills": asdict(kills), "flips": asdict(flips), "took_s": took_s}, indent=1))
    else:
        print(f"\r{table(kills, flips)}\nseed {args.seed}, {took_s:.0f} s")
    return 0 if kills.passed and flips.passed else 1


def _told(quiet: bool) -> Callable[[str], None]:
    def told(text: str) -> None:
        if sys.stderr.isatty() and not quiet:
            print(f"\r{text} ", end="", file=sys.stderr, flush=True)

    return told


def table(kills: KillReport, flips: FlipReport) -> str:
    """Return both reports as lines of text."""
    rows = [
        ("kills (of them `kadenz record`)", f"{kills.kills} ({kills.kills_of_the_command})"),
        ("acknowledgements read", f"{kills.acknowledgements}"),
        ("acknowledged samples lost", f"{kills.acknowledged_lost} (goal 0)"),
        ("stored rows wrong, doubled or out of order", f"{kills.rows_wrong} (goal 0)"),
        ("diaries not sound after a kill", f"{kills.not_sound} (goal 0)"),
        ("most recording time lost by a kill", f"{kills.worst_unacknowledged_s:.2f} s (goal 1 s)"),
        ("open runs taken up by the next start", f"{kills.taken_up} of {kills.open_when_killed}"),
        ("longest until that was said", f"{kills.worst_take_up_s:.2f} s (goal 3 s)"),
        ("the same for `kadenz record` as a whole", f"{kills.worst_take_up_of_the_command_s:.2f} s (goal 3 s)"),
        ("flips detected", f"{flips.detected} of {flips.flips} (goal all)"),
        *((f"  hit {place}", f"{count}") for place, count in flips.hit.most_common()),
        ("  a segment was named", f"{flips.named_segment}"),
        ("  a page was named", f"{flips.named_page}"),
        ("  least share of samples still readable", f"{flips.least_readable:.4f}"),
        ("  diary could not be opened at all", f"{flips.not_openable}"),
        ("  `kadenz doctor` agreed", f"{flips.command_agreed} of {flips.command_asked} asked"),
    ]
    problems = [f"problem: {text}" for text in kills.problems] + [f"missed: bit {bit}" for bit in flips.missed]
    return "\n".join([*(f"{name:<46}{value}" for name, value in rows), *problems])


if __name__ == "__main__":
    raise SystemExit(main())
