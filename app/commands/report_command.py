"""`kadenz report [RUN]`: one run in numbers, the latest by default; a run, a month or a year as a page to look at.

The rule of this file: it reads the command line; numbers are `app.report`'s, pages are `app.pages`'.
"""

from __future__ import annotations

import argparse
import re
import time
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from app.desk.desk import Desk
from app.documents import run_document
from app.i18n import LANGUAGES
from app.output import CommandError, add_common_options, print_json, say
from app.pages.look import THEMES
from app.pages.period_data import Period, period_data
from app.pages.period_text import period_document, period_renderable
from app.report import RunReport, report_of, report_renderable
from app.store import Store, StoreError, diary_path

SUFFIXES = (".html", ".pdf")
LATEST = ""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `kadenz report`."""
    parser.add_argument("run", nargs="?", metavar="RUN", help="the run's id (default: the latest run)")
    when = parser.add_mutually_exclusive_group()
    when.add_argument(
        "--month",
        nargs="?",
        const=LATEST,
        type=_month,
        metavar="YYYY-MM",
        help="a month (default: that of the latest run)",
    )
    when.add_argument(
        "--year", nargs="?", const=LATEST, type=_year, metavar="YYYY", help="a year (default: that of the latest run)"
    )
    parser.add_argument(
        "--out", type=_file, metavar="FILE", help="write a page: .html, or .pdf where a Chromium is installed"
    )
    parser.add_argument("--theme", choices=THEMES, default="auto", help="colours of the page (default: the reader's)")
    parser.add_argument("--lang", choices=LANGUAGES, help="language of the page (default: that of the app)")
    add_common_options(parser)
    parser.set_defaults(refuse=parser.error)
    parser.epilog = (
        "A page is one file that loads nothing; it shows no map, and nothing near where you start or end. "
        "Run ids are in `kadenz import --json` and in every reason that rests on a run."
    )


def _month(text: str) -> Period | str:
    found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", text)
    if found is None and text:
        raise argparse.ArgumentTypeError(f"{text!r} is no month: write it as 2026-11")
    return Period(int(found[1]), int(found[2])) if found else LATEST


def _year(text: str) -> Period | str:
    if text and not re.fullmatch(r"[1-9]\d{3}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no year: write it as 2026")
    return Period(int(text)) if text else LATEST


def _file(text: str) -> Path:
    if Path(text).suffix.lower() not in SUFFIXES:
        raise argparse.ArgumentTypeError(f"{text!r} is neither .html nor .pdf")
    return Path(text)


def run(args: argparse.Namespace) -> int:
    """Print or write the report of a run, a month or a year."""
    try:
        with Store(diary_path(args.db), create=False) as store:
            if args.month is None and args.year is None:
                return _run(args, store, args.run or _latest(store))
            if args.run:
                args.refuse("a RUN and a month or year are two reports: ask for one")
            return _period(args, store, _asked(args, store))
    except StoreError as error:
        raise CommandError(str(error)) from error


def _run(args: argparse.Namespace, store: Store, run_id: str) -> int:
    if not args.out:
        report = report_of(store, run_id)
    else:
        from app.pages.run_data import run_data
        from app.pages.run_page import run_page

        desk = _desk(args)
        found = run_data(store, run_id, desk)
        report = found.report
        _write(args.out, run_page(found, desk.words, args.theme))
    if args.json:
        print_json(_document(report) if not args.out else {**_document(report), "file": str(args.out)})
    elif not args.out:
        Console().print(report_renderable(report))
    return 0


def _period(args: argparse.Namespace, store: Store, period: Period) -> int:
    desk = _desk(args)
    found = period_data(store, period, time.time())
    if args.out:
        from app.pages.period_page import period_page

        _write(args.out, period_page(found, desk.words, args.theme))
    if args.json:
        print_json(period_document(found) if not args.out else {**period_document(found), "file": str(args.out)})
    elif not args.out:
        Console().print(period_renderable(found, desk.words))
    return 0


def _asked(args: argparse.Namespace, store: Store) -> Period:
    """Return the month or year that was asked for, that of the latest run where none was named."""
    named = args.month if args.month is not None else args.year
    if isinstance(named, Period):
        return named
    from app.pages.period_data import latest_day

    day = latest_day(store)
    if day is None:
        raise CommandError(_EMPTY)
    return Period(day.year, day.month if args.month is not None else 0)


def _desk(args: argparse.Namespace) -> Desk:
    """Return the person's settings and words, in the language that was asked for."""
    desk = Desk(diary_path(args.db))
    desk.settings = replace(desk.settings, language=args.lang or desk.settings.language)
    return desk


def _write(file: Path, page: str) -> None:
    """Write a page as HTML or PDF and say where; CommandError where the disk or the browser will not."""
    from app.pages.browser import BrowserError, printed

    try:
        content = printed(page) if file.suffix.lower() == ".pdf" else page.encode()
        file.write_bytes(content)
    except BrowserError as problem:
        raise CommandError(str(problem)) from problem
    except OSError as problem:
        raise CommandError(f"{file} cannot be written: {problem.strerror or problem}") from problem
    say(f"written: {file} ({max(1, round(len(content) / 1000))} kB)")


_EMPTY = "the diary holds no finished run yet: kadenz import PATH, or kadenz record --sim default"


def _latest(store: Store) -> str:
    runs = [row for row in store.runs() if row.summary is not None]
    if not runs:
        raise CommandError(_EMPTY)
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
