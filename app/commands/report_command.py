"""`kadenz report [RUN]`: one run in numbers, the latest by default."""

from __future__ import annotations

import argparse

from rich.console import Console

from app.documents import run_document
from app.output import CommandError, add_common_options, print_json
from app.report import RunReport, report_of, report_renderable
from app.store import Store, StoreError, diary_path


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `kadenz report`."""
    parser.add_argument("run", nargs="?", metavar="RUN", help="the run's id (default: the latest run)")
    add_common_options(parser)
    parser.epilog = "Run ids are in `kadenz import --json` and in every reason that rests on a run."


def run(args: argparse.Namespace) -> int:
    """Print the report of one run."""
    try:
        with Store(diary_path(args.db), create=False) as store:
            report = report_of(store, args.run or _latest(store))
    except StoreError as error:
        raise CommandError(str(error)) from error
    if args.json:
        print_json(_document(report))
    else:
        Console().print(report_renderable(report))
    return 0


def _latest(store: Store) -> str:
    runs = [row for row in store.runs() if row.summary is not None]
    if not runs:
        raise CommandError("the diary holds no finished run yet: kadenz import PATH, or kadenz record --sim default")
    return max(runs, key=lambda row: row.start_unix_s).run_id


def _document(report: RunReport) -> dict[str, object]:
    splits = [
        {"distance_m": metres, "moving_s": seconds, "avg_hr_bpm": bpm}
        for metres, seconds, bpm in zip(
            report.split_m.tolist(), report.split_s.tolist(), report.split_hr_bpm.tolist(), strict=True
        )
    ]
    return {
        "run": run_document(report.row),
        "splits_km": splits,
        "effort": report.effort,
        "expected_hr_bpm": report.expected_hr_bpm,
        "zones_s": report.zones_s[1:].tolist(),
        "below_zones_s": float(report.zones_s[0]),
        "problems": list(report.damaged),
    }
