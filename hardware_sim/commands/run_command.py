"""`sim run -- COMMAND…`: run any program, unmodified, against simulated trackers.

The rule of this file: the program gets our input, output and signals, and its environment differs by the address of
the system bus only; its exit code is ours (128 + n when signal n ended it, 127 when there is no such program).
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hardware_sim.commands import CommandError, on_air

if TYPE_CHECKING:
    from hardware_sim.bumble_route.radio import BumbleRadio
    from hardware_sim.radio import Radio

DESCRIPTION = (
    "Run a program against the trackers of a scenario. The program is not changed: it finds a Bluetooth adapter and "
    "the trackers on a D-Bus of its own, as BlueZ would show them. The radio's time begins when the program starts; "
    "its exit code is passed on."
)
EPILOG = "example: %(prog)s --fault 'link-loss tracker=strap from_s=5 to_s=9' -- python my_app.py"
_NOT_FOUND, _NOT_EXECUTABLE = 127, 126  # as shells do (POSIX, 2.8.2)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `run`."""
    parser.description, parser.epilog = DESCRIPTION, EPILOG
    on_air.configure(parser)
    parser.add_argument("--transcript", type=Path, metavar="FILE", help="write what went over the air here at the end")
    parser.add_argument("--capture", type=Path, metavar="FILE", help="write it as a btsnoop capture, for Wireshark too")
    parser.add_argument("program", nargs=argparse.REMAINDER, metavar="-- COMMAND", help="the program and its arguments")


def run(args: argparse.Namespace) -> int:
    """Run the program and return its exit code."""
    from hardware_sim.bluez import BusError

    words = args.program[1:] if args.program[:1] == ["--"] else args.program
    if not words:
        raise CommandError("nothing to run: name the program after --, such as: sim run -- python my_app.py")
    try:
        return asyncio.run(_run(args, words))
    except BusError as error:
        raise CommandError(str(error)) from error


async def _run(args: argparse.Namespace, words: Sequence[str]) -> int:
    from hardware_sim.bluez import VirtualBlueZ

    radio, begun_unix_s = on_air.central(args), time.time()
    signals = _Signals()
    async with VirtualBlueZ(radio, agent=not args.no_agent, started=False) as bluez:
        environment = {**os.environ, **bluez.environment}
        try:
            child = await asyncio.create_subprocess_exec(*words, env=environment)
        except OSError as error:
            print(f"{words[0]}: {error.strerror}", file=sys.stderr, flush=True)
            return _NOT_EXECUTABLE if isinstance(error, PermissionError) else _NOT_FOUND
        bluez.begin()
        signals.forward_to(child)
        code = await child.wait()
    if args.transcript is not None:
        _write(args.transcript, "\n".join(line.text() for line in radio.transcript.lines()) + "\n")
    if args.capture is not None:
        _capture(args.capture, radio, begun_unix_s)
    return code if code >= 0 else 128 - code


class _Signals:
    """Passes on what arrives; an interrupt from our terminal reaches the program by itself."""

    def __init__(self) -> None:
        self._child: asyncio.subprocess.Process | None = None
        self._early: list[int] = []
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, self._take, number)

    def forward_to(self, child: asyncio.subprocess.Process) -> None:
        """Send everything to a program from now on, and what arrived before it was there."""
        self._child = child
        for number in self._early:
            self._take(number)

    def _take(self, number: int) -> None:
        if self._child is None:
            self._early.append(number)
        elif self._child.returncode is None and not (number == signal.SIGINT and _in_foreground()):
            self._child.send_signal(number)


def _in_foreground() -> bool:
    """Return whether our process group owns the terminal, so that Ctrl-C there reaches the program too."""
    try:
        with Path(os.ctermid()).open() as terminal:
            return os.tcgetpgrp(terminal.fileno()) == os.getpgrp()
    except OSError:
        return False


def _capture(path: Path, radio: Radio | BumbleRadio, begun_unix_s: float) -> None:
    from hardware_sim.btsnoop import write_capture

    try:
        write_capture(path, radio, begun_unix_s=begun_unix_s)
    except OSError as error:
        raise CommandError(f"cannot write {path}: {error.strerror}") from error


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text)
    except OSError as error:
        raise CommandError(f"cannot write {path}: {error.strerror}") from error
