"""`kadenz app`: today on a screen. The only command that needs one."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.arguments import day
from app.coach import decide_today, facts_of
from app.commands.today_command import moment
from app.output import CommandError
from app.report import headline
from app.store import RunRow, Store, StoreError, diary_path
from app.view import Figure, TodayView, distance_text, duration_text, number_text, today_view


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `kadenz app`."""
    parser.add_argument("--db", type=Path, metavar="PATH", help="the diary file, or a folder that holds it")
    parser.add_argument("--picture", type=Path, metavar="FILE.png", help="draw the screen into a file instead")
    parser.add_argument("--date", type=day, metavar="YYYY-MM-DD", help="the day to show (default: today)")
    parser.epilog = "Needs a display; --picture draws without one."


def run(args: argparse.Namespace) -> int:
    """Open the window and stay until it is closed, or draw one picture."""
    try:
        with Store(diary_path(args.db)) as store:
            now_unix_s, offset_s = moment(args.date, facts_of(store))
            _, decision = decide_today(store, now_unix_s, utc_offset_s=offset_s)
            finished = [row for row in store.runs(until_unix_s=now_unix_s) if row.summary is not None]
    except StoreError as error:
        raise CommandError(str(error)) from error
    try:
        from app.ui.main import draw_today, show_today
    except (ImportError, SystemExit) as error:
        raise CommandError("no screen can be opened here (kivy found no display)") from error
    last = run_view(finished[-1]) if finished else None
    if args.picture is not None:
        draw_today(today_view(decision), last, args.picture)
    else:
        show_today(today_view(decision), last)
    return 0


def run_view(row: RunRow) -> TodayView:
    """Return the last run as the screen shows it."""
    summary = row.summary
    if summary is None:
        return TodayView(headline(row), (), (), (), ())
    figures = (
        Figure(distance_text(summary.distance_m), "km", "distance"),
        Figure(duration_text(summary.moving_s), "", "moving"),
        Figure(number_text(summary.avg_hr_bpm), "bpm", "heart rate"),
        Figure(number_text(summary.ascent_m), "m", "climb"),
    )
    return TodayView(f"Last run · {headline(row)}", figures, (), (), ())
