"""`kadenz app`: the screen. With --shots it draws every screen into files instead, with no display at all."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from app.arguments import day
from app.output import CommandError, print_json, say

_SHOTS = "with --shots: "


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `kadenz app`."""
    parser.add_argument("--db", type=Path, metavar="PATH", help="the diary file, or a folder that holds it")
    parser.add_argument("--sim", metavar="SCENARIO", help="run with the simulated tracker (`kadenz sim list`)")
    parser.add_argument("--speed", type=_speed, default=1.0, metavar="X", help="with --sim: seconds per second")
    parser.add_argument("--date", type=day, metavar="YYYY-MM-DD", help="the day to show (default: today)")
    parser.add_argument("--picture", type=Path, metavar="FILE.png", help="draw today of your diary into a file instead")
    shots = parser.add_argument_group("pictures of every screen, of an invented runner")
    shots.add_argument("--shots", type=Path, metavar="DIR", help="draw into this folder instead of opening a window")
    shots.add_argument("--screens", type=_names, default=("*",), metavar="A,B", help=f"{_SHOTS}names, * and ? allowed")
    shots.add_argument("--sizes", type=_sizes, metavar="390x844,…", help=f"{_SHOTS}sizes in dp")
    shots.add_argument("--themes", type=_names, default=("dark", "light"), metavar="A,B", help=f"{_SHOTS}themes")
    shots.add_argument("--languages", type=_names, default=("en", "de"), metavar="A,B", help=f"{_SHOTS}languages")
    shots.add_argument("--density", type=int, default=1, choices=(1, 2, 3), help=f"{_SHOTS}pixels per dp")
    shots.add_argument("--font-scale", type=_font_scale, default=1.0, metavar="X", help=f"{_SHOTS}0.85 to 1.6")
    shots.add_argument("--units", choices=("metric", "imperial"), default="metric", help=f"{_SHOTS}units")
    shots.add_argument("--colour-blind", action="store_true", help=f"{_SHOTS}the palette that needs no red and green")
    shots.add_argument("--left-handed", action="store_true", help=f"{_SHOTS}buttons for the left hand")
    shots.add_argument("--json", action="store_true", help=f"{_SHOTS}print the files as one JSON document")
    parser.epilog = "Needs a display; --shots and --picture draw without one. Files: screen-size-theme-language.png."


def _names(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _sizes(text: str) -> tuple[tuple[int, int], ...]:
    try:
        sizes = tuple((int(w), int(h)) for w, h in (part.lower().split("x") for part in _names(text)))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} are not sizes such as 390x844,844x390") from None
    if not sizes or not all(160 <= side <= 4096 for size in sizes for side in size):
        raise argparse.ArgumentTypeError(f"{text!r}: sides are 160 to 4096 dp")
    return sizes


def _speed(text: str) -> float:
    value = float(text)
    if not 0.0 <= value < float("inf"):
        raise argparse.ArgumentTypeError("the speed is 0 or more")
    return value


def _font_scale(text: str) -> float:
    value = float(text)
    if not 0.85 <= value <= 1.6:
        raise argparse.ArgumentTypeError("the font scale is 0.85 to 1.6")
    return value


def run(args: argparse.Namespace) -> int:
    """Open the window and stay until it is closed, or draw pictures."""
    try:
        return _shots(args) if args.shots is not None else _screen(args)
    except ImportError as error:
        raise CommandError(f"no screen can be opened here ({error})") from error
    except RuntimeError as error:
        raise CommandError(str(error)) from error


def _shots(args: argparse.Namespace) -> int:
    """Draw what is asked for and say where it is."""
    from app.ui.shots import SIZES, Shots, draw

    shots = Shots(
        args.screens,
        args.sizes or SIZES,
        args.themes,
        args.languages,
        args.density,
        args.font_scale,
        args.units,
        args.colour_blind,
        args.left_handed,
    )
    try:
        files = draw(shots, args.shots, _told if sys.stderr.isatty() else lambda done, of: None)
    except (ValueError, KeyError, OSError) as error:
        raise CommandError(f"these pictures cannot be drawn: {error}") from error
    if args.json:
        print_json({"files": [str(file) for file in files]})
    else:
        say(f"{len(files)} pictures in {args.shots}")
    return 0


def _told(done: int, of: int) -> None:
    print(f"\r{done} of {of} pictures", end="\n" if done == of else "", file=sys.stderr, flush=True)


def _screen(args: argparse.Namespace) -> int:
    """Open the window, or draw today of the diary into one picture."""
    from app.desk.desk import Desk, local_clock
    from app.store import diary_path

    if args.date is None:
        desk = Desk(diary_path(args.db), local_clock)
    else:
        from app.coach import facts_of
        from app.commands.today_command import moment
        from app.store import Store, StoreError

        try:
            with Store(diary_path(args.db)) as store:
                at = moment(args.date, facts_of(store))
        except StoreError as error:
            raise CommandError(str(error)) from error
        desk = Desk(diary_path(args.db), lambda: at)
    if args.picture is not None:
        from app.ui.shots import draw_today

        draw_today(desk, args.picture)
        return 0
    from app.ui.main import open_window

    open_window(desk, args.sim, args.speed)
    return 0
