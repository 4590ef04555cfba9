"""`kadenz record`: the recorder process. Acknowledges what is safe on stderr, finishes the run when it ends."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import math
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.feeds import Feed, feed_for
from app.language import add_language_option, language_for
from app.live_line import LiveLine
from app.output import CommandError, add_common_options, print_json, say
from app.recorder import Ack, Clocks, Hooks, Recorder, Start, begin, finish, finish_cut_off, record, this_computer
from app.store import Store, StoreError, diary_path
from app.store.guard import RecorderGuard
from device.link import Link
from edge.coach.phrases import say as in_language

if TYPE_CHECKING:
    from app.live.course import Course
    from app.live.recording import Watched
    from device.journal import JournalWriter
    from edge.coach.said import Constraint
    from edge.samples import Samples

_REFRESH_S = 0.5


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `kadenz record`."""
    source = parser.add_mutually_exclusive_group()
    source.add_argument(
        "--tracker",
        nargs="+",
        action="extend",
        metavar="ADDR",
        help="record Bluetooth trackers, one or several (`kadenz scan` shows their addresses)",
    )
    source.add_argument(
        "--sim", metavar="SCENARIO", help="record the simulator (`kadenz sim list` shows its scenarios)"
    )
    source.add_argument("--replay", type=Path, metavar="FILE", help="record a journal or a btsnoop capture once more")
    parser.add_argument(
        "--journal",
        type=Path,
        metavar="FILE",
        help="also keep every raw frame in a new file, for diagnosis and --replay",
    )
    parser.add_argument(
        "--anonymous",
        type=Path,
        metavar="FILE",
        help="with --replay: write a copy without addresses, places and dates moved, and record nothing",
    )
    parser.add_argument("--seconds", type=_seconds, metavar="N", help="end the recording after so long")
    parser.add_argument("--adapter", default="", metavar="NAME", help="which Bluetooth adapter, such as hci1 (Linux)")
    parser.add_argument(
        "--speed",
        type=_speed,
        default=1.0,
        metavar="X",
        help="simulated or replayed seconds per second; 0: as fast as possible",
    )
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="which simulated run (default: 1)")
    parser.add_argument("--door", action="store_true", help="let the app's screen on this computer look at the run")
    parser.add_argument(
        "--course", type=Path, metavar="FILE.gpx", help="with --door: the course, so that the climbs ahead are shown"
    )
    parser.add_argument("--sport", default="running", help="what is recorded (default: running)")
    add_language_option(parser)
    add_common_options(parser)
    parser.epilog = (
        "Each line `ack N run=ID t=S` on stderr says that the run's first N samples are safe on disk. "
        "A run that was cut off is resumed (within 10 minutes) or finished by the next `kadenz record`. "
        "Trackers that are lost are looked for until you stop; Ctrl-C ends the run and keeps it, twice at once."
    )


def _speed(text: str) -> float:
    value = float(text)
    if not 0.0 <= value < float("inf"):
        raise argparse.ArgumentTypeError("the speed is 0 or more")
    return value


def _seconds(text: str) -> float:
    value = float(text)
    if not 0.0 < value < float("inf"):
        raise argparse.ArgumentTypeError("seconds are above 0")
    return value


def run(args: argparse.Namespace) -> int:
    """Record until the run ends or the person stops it; 1 when the diary did not take everything."""
    if args.anonymous is not None:
        return _given_away(args)
    path = diary_path(args.db)
    try:
        with RecorderGuard(path), Store(path) as store:
            run_id, live = _recorded(store, args)
            if args.json:
                _print_run(store, run_id, live)
    except StoreError as error:
        raise CommandError(str(error)) from error
    return 0


def _given_away(args: argparse.Namespace) -> int:
    """Write an anonymous copy of a journal or capture and say what was left out of it."""
    from device.journal import JournalError
    from device.journal_export import export_anonymous

    if args.replay is None:
        raise CommandError("--anonymous copies a recording: name it with --replay FILE")
    try:
        copy = export_anonymous(args.replay, args.anonymous)
    except (JournalError, OSError) as error:
        raise CommandError(str(error)) from error
    say(
        f"{copy.path}: {copy.kept} frames kept, {copy.left_out} left out; heights and the track's shape are still there"
    )
    if copy.damage:
        say(f"not everything could be read: {copy.damage}")
    if args.json:
        print_json({"path": str(copy.path), "kept": copy.kept, "left_out": copy.left_out, "damage": copy.damage})
    return 0


def _recorded(store: Store, args: argparse.Namespace) -> tuple[str, LiveLine]:
    lines: list[LiveLine] = []
    language = language_for(args.lang, store)

    def live() -> LiveLine:
        if not lines:
            lines.append(LiveLine(sys.stderr.isatty(), language=language))
        return lines[0]

    feed = feed_for(args, live)
    journal = _journal(args)
    start = begin(store, feed.plan, _clocks(feed), say)
    from device.session import TrackerSession

    live().keep_for(feed.fresh_s)
    session = TrackerSession(start_s=feed.start_s(start))
    seen = _watched(args, start) if args.door else None
    recorder = Recorder(store, start, session, _hooks(live(), seen))
    _taps(args, live(), language)
    try:
        link = _kept(feed.link(start), journal)
        beside = partial(_beside, args, start, seen)
        asyncio.run(_until_stopped(feed, link, recorder, args.seconds, live(), beside, seen))
    finally:
        live().close()
    if seen is not None:
        seen.keep(store, start)
    if recorder.unsaved:
        raise CommandError(
            f"{recorder.unsaved} samples could not be saved; run {start.run_id} stays open, with the rest"
        )
    finish(store, start.run_id)
    say(in_language(language, "finished run {id:word}", id=start.run_id))
    _noticed(store, start.run_id, language)
    return start.run_id, live()


def _watched(args: argparse.Namespace, start: Start) -> Watched:
    from app.live.recording import watched

    return watched(diary_path(args.db), start, time.time(), _course(args.course))


def _course(file: Path | None) -> Course | None:
    """Return the course of a file; one that cannot be read is said, and the run is recorded all the same."""
    if file is None:
        return None
    from app.live.course import Course
    from device.files.course import CourseError

    try:
        return Course.of(file)
    except CourseError as problem:
        say(f"no course: {problem}")
        return None


def _hooks(live: LiveLine, seen: Watched | None) -> Hooks:
    """Return who is told what the recorder does: the line, and the screen where one may look."""
    if seen is None:
        return Hooks(ack=live.ack, stored=live.stored, say=live.say)

    def ack(one: Ack) -> None:
        live.ack(one)
        seen.run.ack(one)

    def stored(samples: Sequence[Samples]) -> None:
        live.stored(samples)
        seen.run.stored(samples)

    def tell(text: str) -> None:
        live.say(text)
        seen.run.trouble = text if text.startswith("not saved") else ""

    return Hooks(ack=ack, stored=stored, say=tell)


def _beside(args: argparse.Namespace, start: Start, seen: Watched | None) -> None:
    """Do what need not be done before the recording: finish what was cut off, think of today's session."""
    _cut_off(args, start)
    if seen is not None:
        offset = datetime.now().astimezone().utcoffset()
        seen.think(time.time(), offset.total_seconds() if offset else 0.0)


def _noticed(store: Store, run_id: str, language: str) -> None:
    """Say and keep what a run tells of a journey; the run is safe whatever comes of it."""
    from app.trip_run import notice
    from app.trip_watch import event_text

    try:
        told = [event_text(event, language) for event in notice(store, run_id)]
    except (StoreError, ValueError) as problem:
        say(f"whether this run tells of a journey is not known: {problem}")
        return
    for line in filter(None, told):
        say(line)


def _taps(args: argparse.Namespace, live: LiveLine, language: str = "en") -> None:
    """Let whoever sits at a terminal say what hurts, over a connection to the diary of its own."""
    if not sys.stdin.isatty():
        return
    from app.pain_tap import HELP, HELP_DE, PainTap

    def keep(text: str, pain: Constraint) -> None:
        try:
            with Store(diary_path(args.db)) as store:
                store.add_sentence(text, (pain,), time.time())
        except StoreError as error:
            say(f"what hurts is not in the diary: {error}")

    say(HELP_DE if language == "de" else HELP)
    PainTap(time.time(), lambda: live.t_s, live.say, keep, language=language).listen(sys.stdin)


def _clocks(feed: Feed) -> Clocks:
    """Return this computer's clocks; what is replayed is dated when it was recorded."""
    clocks = this_computer()
    return clocks if math.isnan(feed.began_unix_s) else replace(clocks, wall_unix_s=lambda: feed.began_unix_s)


def _journal(args: argparse.Namespace) -> JournalWriter | None:
    """Return the journal that is asked for, begun before the run, or None."""
    if args.journal is None:
        return None
    from device.journal import JournalError, JournalWriter

    try:
        journal = JournalWriter(args.journal, started_unix_s=time.time())
    except JournalError as error:
        raise CommandError(str(error)) from error
    say(f"journal: {journal.path}")
    return journal


def _kept(link: Link, journal: JournalWriter | None) -> Link:
    if journal is None:
        return link
    from device.journal_link import JournalingLink

    return JournalingLink(link, journal)


def _cut_off(args: argparse.Namespace, start: Start) -> None:
    """Finish the runs that were cut off over a connection of their own, beside the recording, which goes first."""
    if not start.cut_off:
        return
    try:
        with Store(diary_path(args.db)) as store:
            finish_cut_off(store, start, say)
    except StoreError as error:
        say(f"a run that was cut off stays open until the next start: {error}")


class _End:
    """How a recording ends: trackers are told goodbye first; asked a second time, it ends at once."""

    def __init__(self, feed: Feed, link: Link) -> None:
        self.at_once = asyncio.Event()
        self._closes, self._link = feed.closes, link
        self._closing: asyncio.Task[None] | None = None

    def ask(self) -> None:
        """End the recording; the second call does not wait for the trackers."""
        if self._closes and self._closing is None:
            self._closing = asyncio.get_running_loop().create_task(self._link.close())
        else:
            self.at_once.set()


async def _until_stopped(
    feed: Feed,
    link: Link,
    recorder: Recorder,
    seconds: float | None,
    live: LiveLine,
    beside: Callable[[], None],
    seen: Watched | None,
) -> None:
    """Record until the link ends, the time is over, or the person, terminal or system asks the process to stop."""
    end, loop = _End(feed, link), asyncio.get_running_loop()
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        with contextlib.suppress(NotImplementedError, AttributeError):
            loop.add_signal_handler(getattr(signal, name), end.ask)
    if seconds is not None:
        loop.call_later(seconds, end.ask)
    if seen is not None:
        seen.stop = end.ask
        await seen.door.open(seen.run.run_id)
    finishing = asyncio.create_task(asyncio.to_thread(beside))
    ageing = asyncio.create_task(_refreshed(live))
    try:
        await record(link, recorder, stop=end.at_once)
    finally:
        ageing.cancel()
        await finishing
        if seen is not None:
            seen.run.ended = True
            await seen.door.close()


async def _refreshed(live: LiveLine) -> None:
    """Let values age on the screen also while nothing arrives."""
    while True:
        await asyncio.sleep(_REFRESH_S)
        live.refresh()


def _print_run(store: Store, run_id: str, live: LiveLine) -> None:
    from app.documents import run_document

    row = store.run(run_id)
    print_json({"run": run_document(row), "samples": row.samples, "gaps": live.gaps, "reconnects": live.reconnects})
