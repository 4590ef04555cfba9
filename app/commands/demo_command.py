"""`kadenz demo`: watch a simulated runner being coached, with no hardware and no network."""

from __future__ import annotations

import argparse
import io
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from math import isfinite
from pathlib import Path

from rich.console import Console
from rich.live import Live
from rich.text import Text

from app.coach import bundled_predictor
from app.coach_text import show_decision
from app.demo import Moment, Watchers, story_document, tell
from app.live_view import LiveView, live_panel
from app.output import CommandError, add_common_options, print_json
from app.report import report_of, report_renderable
from app.store import Store, StoreError, diary_path
from app.view import DASH, distance_text, duration_text, pace_text
from edge.coach.types import Decision
from hardware_sim.scenario import Scenario
from hardware_sim.scenarios import scenario

DEFAULT_SPEED = 90.0
FRAMES_PER_S = 8


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `kadenz demo`."""
    parser.add_argument(
        "--speed", type=float, default=None, metavar="X", help="simulated seconds per second; 0: at once"
    )
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="which run (default: 1); same seed, same run")
    parser.add_argument(
        "--scenario",
        default="denver",
        metavar="NAME",
        help="place, course and trackers (see `kadenz sim list`); the session is the coach's",
    )
    parser.add_argument("--save-picture", type=Path, metavar="FILE.svg", help=argparse.SUPPRESS)
    add_common_options(parser)
    parser.epilog = (
        f"The run is shown {DEFAULT_SPEED:.0f} times faster than real; --json prints it at once as one document with "
        "`run`, `decisions`, `today` and `tomorrow`. Without --db it leaves nothing behind."
    )


def run(args: argparse.Namespace) -> int:
    """Tell the story on the terminal or as JSON."""
    speed = args.speed if args.speed is not None else (0.0 if args.json else DEFAULT_SPEED)
    if not (isfinite(speed) and speed >= 0.0):
        raise CommandError(f"the speed is 0 or more, not {speed}")
    try:
        found = scenario(args.scenario)
    except ValueError as error:
        raise CommandError(str(error)) from error
    try:
        with _diary(args.db) as store:
            if args.json:
                print_json(story_document(store, tell(store, found, args.seed, speed, bundled_predictor(), Watchers())))
            else:
                _show(store, found, args.seed, speed, args.save_picture)
    except StoreError as error:
        raise CommandError(str(error)) from error
    return 0


@contextmanager
def _diary(argument: Path | None) -> Iterator[Store]:
    """Yield the diary named by --db, else one that is gone afterwards."""
    if argument is not None:
        with Store(diary_path(argument)) as store:
            yield store
        return
    with tempfile.TemporaryDirectory(prefix="kadenz-demo-") as folder, Store(Path(folder) / "diary.db") as store:
        yield store


class _Screen:
    """The story on a terminal: a live panel where the terminal can, else a line a kilometre and a line a cue."""

    def __init__(self, console: Console, found: Scenario) -> None:
        self.console, self.scenario = console, found
        self.live: Live | None = None
        self.decision: Decision | None = None
        self.heights: list[float] = []
        self.told_cue_s, self.told_km = -1.0, 0
        self.picture: LiveView | None = None

    def history(self, done: int, total: int) -> None:
        if done == total:
            runner, place = self.scenario.runner, self.scenario.place
            self.console.print(
                f"[bold]{runner.name}[/], {runner.age:.0f}, lives in Raleigh, North Carolina (96 m). "
                f"{total} runs of the last weeks are in the diary.\n"
                f"This morning the phone wakes up in [bold]{place.name}[/], {place.altitude_m:,.0f} m. No network."
            )

    def morning(self, decision_id: str, decision: Decision) -> None:
        self.decision = decision
        show_decision(decision, decision_id, self.scenario.place.utc_offset_s)
        if self.console.is_terminal:
            self.live = Live(Text(""), console=self.console, refresh_per_second=FRAMES_PER_S)
            self.live.start()

    def moment(self, moment: Moment) -> None:
        self.heights.append(moment.row.altitude_m)
        view = self._view(moment)
        if moment.cue is not None and len(moment.cue.decision.because) > 1:
            self.picture = view
        if self.live is not None:
            self.live.update(live_panel(view))
        else:
            self._lines(view, moment)

    def _view(self, moment: Moment) -> LiveView:
        session = self.decision.session if self.decision else None
        cue = moment.cue
        return LiveView(
            title=f"Kadenz · {self.scenario.place.name} · {session.kind if session else 'run'}",
            row=moment.row,
            band_s_per_km=moment.band_s_per_km,
            hr_band_bpm=(session.hr_low_bpm, session.hr_high_bpm) if session else (float("nan"), float("nan")),
            zone=moment.zone,
            session_distance_m=session.distance_m if session else float("nan"),
            heights_m=tuple(self.heights),
            cue=cue.decision.show if cue else "…",
            because=" and ".join(reason.text for reason in cue.decision.because) if cue else "",
        )

    def _lines(self, view: LiveView, moment: Moment) -> None:
        row = moment.row
        if moment.cue is not None and moment.cue.t_s != self.told_cue_s:
            self.told_cue_s = moment.cue.t_s
            self.console.print(f"{duration_text(row.t_s):>7}  coach: {view.cue}, because {view.because}")
        if isfinite(row.distance_m) and row.distance_m >= 500.0 * (self.told_km + 1):
            self.told_km = int(row.distance_m // 500)
            pace = pace_text(1000.0 / row.speed_m_s) if row.speed_m_s > 0.5 else DASH
            self.console.print(
                f"{duration_text(row.t_s):>7}  {distance_text(row.distance_m)} km  {pace} /km  "
                f"{row.heart_rate_bpm:.0f} bpm zone {view.zone}  {row.cadence_spm:.0f} spm  {row.altitude_m:.0f} m"
            )

    def close(self) -> None:
        if self.live is not None:
            self.live.stop()


def _show(store: Store, found: Scenario, seed: int, speed: float, picture: Path | None) -> None:
    console = Console(record=picture is not None, width=100 if picture else None)
    screen = _Screen(console, found)
    try:
        story = tell(
            store, found, seed, speed, bundled_predictor(), Watchers(screen.history, screen.morning, screen.moment)
        )
    finally:
        screen.close()
    console.print(report_renderable(report_of(store, story.run_id)))
    console.print("\n[bold]Tomorrow[/bold]")
    show_decision(story.tomorrow[1], story.tomorrow[0], story.utc_offset_s)
    console.print(_ending())
    if picture is not None:
        _save_picture(screen, picture)


def _ending() -> Text:
    text = Text("\nYour turn: kadenz import PATH reads your old runs, kadenz today says what they ask for.")
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or sys.platform in ("darwin", "win32"):
        text.append("\nA screen is here: kadenz app shows your own day on it.", style="green")
    return text


def _save_picture(screen: _Screen, file: Path) -> None:
    """Save what the README opens with: one moment of the run as the terminal shows it."""
    console = Console(record=True, width=92, file=io.StringIO(), force_terminal=True)
    if screen.picture is not None:
        console.print(live_panel(screen.picture))
    drawn = console.export_svg(title="kadenz demo")
    file.write_text(re.sub(r"@font-face {.*?}", "", drawn, flags=re.DOTALL))  # no font is fetched from anywhere
