"""What goes out to the bus, in order, and never faster than the daemon takes it.

The rule of this file: bytes are written here and nowhere else once the outbox exists. dbus-fast 5 writes each message
by itself and takes a full socket for a broken one (`_MessageWriter.write_callback` does not expect EAGAIN); thousands
of notifications a second do fill it. So its messages are written in one go per turn of the loop, and wait when full.
"""

from __future__ import annotations

import array
import asyncio
import contextlib
import os
import socket
from collections import deque

from dbus_fast import Message
from dbus_fast.aio import MessageBus

_GO_BYTES = 1 << 16


class Outbox:
    """Messages on their way out; `close` writes what can be written and drops the rest."""

    def __init__(self, messages: MessageBus) -> None:
        self._messages = messages
        self._loop = asyncio.get_running_loop()
        assert messages._sock is not None
        # a descriptor of our own for the same connection: the library reads from its own
        self._socket = socket.socket(fileno=os.dup(messages._sock.fileno()))
        self._socket.setblocking(False)
        self._waiting: deque[tuple[bytes, list[int]]] = deque()
        self._going, self._fds = b"", list[int]()
        self._planned = self._full = self._closed = False

    def send(self, message: Message) -> int:
        """Send a message after those before it and return its serial; descriptors in it are closed once written."""
        if not message.serial:
            message.serial = self._messages.next_serial()
        if self._closed:
            _close_all(message.unix_fds)
        else:
            self._waiting.append((bytes(message._marshall(True)), list(message.unix_fds)))
            if not self._planned and not self._full:
                self._planned = True
                self._loop.call_soon(self._flush)
        return int(message.serial)

    def close(self) -> None:
        """Send no more."""
        if not self._closed:
            self._flush()
            self._closed = True
            self._loop.remove_writer(self._socket)
            self._socket.close()
            _close_all([*self._fds, *(fd for _, fds in self._waiting for fd in fds)])

    def _flush(self) -> None:
        self._planned = False
        while not self._closed and (self._going or self._next()):
            try:
                written = self._socket.sendmsg([self._going], _ancillary(self._fds))
            except BlockingIOError:
                self._wait(True)
                return
            except OSError:  # the daemon is gone; who reads from it is told
                self._going, self._fds = b"", []
                self._waiting.clear()
                break
            _close_all(self._fds)
            self._going, self._fds = self._going[written:], []
        self._wait(False)

    def _next(self) -> bool:
        """Take the next messages, as many as go at once; one with descriptors begins a new go."""
        parts, size = list[bytes](), 0
        while self._waiting and size < _GO_BYTES and not (parts and self._waiting[0][1]):
            part, fds = self._waiting.popleft()
            parts.append(part)
            size += len(part)
            self._fds = self._fds or fds
        self._going = b"".join(parts)
        return bool(parts)

    def _wait(self, full: bool) -> None:
        if full and not self._full:
            self._loop.add_writer(self._socket, self._flush)
        elif self._full and not full and not self._closed:
            self._loop.remove_writer(self._socket)
        self._full = full


def _ancillary(fds: list[int]) -> list[tuple[int, int, array.array[int]]]:
    return [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", fds))] if fds else []


def _close_all(fds: list[int]) -> None:
    for fd in fds:
        with contextlib.suppress(OSError):
            os.close(fd)
