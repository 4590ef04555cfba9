"""The door between the recorder's process and a screen: loopback, one line of JSON each way, a key to get in.

The rule of this file: a screen that does not read loses moments, never the recorder time; a door that cannot be opened
is no reason not to record. The file that names port and key is readable by this user alone.
"""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import json
import logging
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

_LOG = logging.getLogger(__name__)
EVERY_S = 0.5
WAIT_S = 2.0
LONGEST_LINE = 4096
#: A screen that has this much unread is told nothing until it has read.
MOST_UNREAD = 1 << 20


def door_file(diary: Path) -> Path:
    """Return the file beside the diary that says where the recorder can be reached."""
    return diary.with_name(diary.name + ".live")


class Door:
    """Serves moments to any screen that knows the key, and hands over what it asks for."""

    def __init__(self, diary: Path, line: Callable[[], str], do: Callable[[dict[str, Any]], None]) -> None:
        self._file, self._line, self._do = door_file(diary), line, do
        self._key = secrets.token_hex(16)
        self._server: asyncio.Server | None = None

    async def open(self, run_id: str) -> None:
        """Open the door and write its file; a fault is logged, and the recording goes on without a door."""
        try:
            self._server = await asyncio.start_server(self._met, "127.0.0.1", 0, limit=LONGEST_LINE)
            port = self._server.sockets[0].getsockname()[1]
            told = {"pid": os.getpid(), "port": port, "key": self._key, "run_id": run_id}
            handle = os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w") as file:
                json.dump(told, file)
        except OSError as problem:
            _LOG.warning("no screen can look at this recording: %s", problem)

    async def close(self) -> None:
        """Close the door and take its file away."""
        if self._server is not None:
            self._server.close()
        with contextlib.suppress(OSError):
            self._file.unlink()

    async def _met(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            first = await asyncio.wait_for(reader.readline(), WAIT_S)
            if not hmac.compare_digest(first.strip(), self._key.encode()):
                return
            telling = asyncio.create_task(self._tell(writer))
            try:
                while line := await reader.readline():
                    self._asked(line)
            finally:
                telling.cancel()
        except (OSError, ValueError, TimeoutError, asyncio.LimitOverrunError) as problem:
            _LOG.debug("a screen left: %s", problem)
        finally:
            writer.close()

    async def _tell(self, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while True:
                transport = writer.transport
                if transport.is_closing():
                    return
                if transport.get_write_buffer_size() < MOST_UNREAD:
                    writer.write(self._line().encode() + b"\n")
                await asyncio.sleep(EVERY_S)

    def _asked(self, line: bytes) -> None:
        try:
            wanted = json.loads(line)
            if not isinstance(wanted, dict) or not isinstance(wanted.get("do"), str):
                raise ValueError("no request")
            self._do(wanted)
        except (ValueError, TypeError, KeyError) as problem:
            _LOG.info("a screen asked for what cannot be done: %s", problem)
