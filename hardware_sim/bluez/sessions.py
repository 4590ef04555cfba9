"""Who listens to a characteristic: sessions of clients, and sockets handed out.

The rule of this file: the tracker is subscribed while anybody listens; sessions outlive the link and are taken up again
when the next one stands (as BlueZ does, which doubles notifications of programs that do not expect it), sockets do not.
A socket that is full loses what comes. Source: BlueZ doc/org.bluez.GattCharacteristic.rst.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
from typing import TYPE_CHECKING

from dbus_fast import Variant

from hardware_sim.bluez import errors
from hardware_sim.bluez.host import Host
from hardware_sim.bluez.tree import Call
from hardware_sim.central import Result

if TYPE_CHECKING:
    from hardware_sim.bluez.gatt import GattCharacteristic

_PACKET = 517
"""Longest value of an attribute is 512 bytes (Core 5.4, vol 3 part F, 3.2.9)."""


class Sessions:
    """The sessions of one characteristic."""

    def __init__(self, host: Host, owner: GattCharacteristic) -> None:
        self._owner, self._host = owner, host
        self._clients: set[str] = set()
        self._asking: set[str] = set()
        self._notify: socket.socket | None = None
        self._acquiring = False
        self._write: socket.socket | None = None
        self.dropped = 0
        """Notifications that a full socket lost."""
        host.leaves.append(self._leave)

    @property
    def notifying(self) -> bool:
        """Return whether anybody listens over a link that stands."""
        return self._owner.device.link is not None and bool(self._clients or self._notify)

    @property
    def write_acquired(self) -> bool:
        """Return whether a socket for writing is out."""
        return self._write is not None

    def notified(self, payload: bytes) -> None:
        """Pass on a notification."""
        if self._notify is not None:
            try:
                self._notify.send(payload, socket.MSG_DONTWAIT | socket.MSG_NOSIGNAL)
            except OSError:
                self.dropped += 1
        elif self._clients:
            self._owner.tell(payload)

    # ── StartNotify, StopNotify ────────────────────────────────────────────────────────────────────────────────

    def start(self, call: Call) -> None:
        """Begin a client's session; without a link it waits for one."""
        owner = self._owner
        self._may_begin()
        if call.sender in self._clients:
            if call.sender in self._asking:
                raise errors.in_progress()
            call.reply()
            return
        self._clients.add(call.sender)
        if owner.device.link is None:
            call.reply()
            return
        self._asking.add(call.sender)

        def done(result: Result) -> None:
            self._asking.discard(call.sender)
            error = errors.of_result(result)
            if error is not None:
                self._clients.discard(call.sender)
            self._tell()
            call.end(error)

        link = owner.device.link
        owner.secured(lambda ended: link.subscribe(owner.characteristic, True, ended), done)

    def stop(self, call: Call) -> None:
        """End a client's session, or take the socket back."""
        if self._notify is not None:
            self._release_notify()
        elif call.sender in self._clients:
            self._leave(call.sender)
        else:
            raise errors.failed("No notify session started")
        call.reply()

    def _may_begin(self) -> None:
        if self._notify is not None or self._acquiring:
            raise errors.not_permitted("Notify acquired")
        if not self._owner.characteristic.notifies:
            raise errors.not_supported()

    def _leave(self, client: str) -> None:
        if client not in self._clients:
            return
        self._clients.discard(client)
        self._unsubscribe()
        self._tell()

    def _unsubscribe(self) -> None:
        link = self._owner.device.link
        if link is not None and not self._clients and self._notify is None:
            link.subscribe(self._owner.characteristic, False, lambda result: None)

    def _tell(self) -> None:
        if "Notifying" in self._owner.properties:
            on = self.notifying and bool(self._clients - self._asking or self._notify)
            self._owner.change(Notifying=Variant("b", on))

    # ── the link comes and goes ────────────────────────────────────────────────────────────────────────────────

    def linked(self) -> None:
        """Take the sessions up again over a new link."""
        link = self._owner.device.link
        if link is not None and self._clients:
            link.subscribe(self._owner.characteristic, True, lambda result: self._tell())

    def unlinked(self) -> None:
        """Close the sockets: they end with the link."""
        self._close()
        self._tell()

    def forget(self) -> None:
        """End everything: the characteristic is gone."""
        self._clients.clear()
        self._close()
        if self._leave in self._host.leaves:
            self._host.leaves.remove(self._leave)

    # ── AcquireNotify, AcquireWrite ────────────────────────────────────────────────────────────────────────────

    def acquire_notify(self, call: Call) -> None:
        """Subscribe and hand out a socket; only one, and none beside sessions."""
        owner = self._owner
        if self._notify is not None or self._acquiring:
            raise errors.not_permitted("Notify acquired")
        if self._clients:
            raise errors.in_progress()
        if not owner.characteristic.notifies:
            raise errors.not_supported()
        self._acquiring = True
        link = owner.link()

        def done(result: Result) -> None:
            self._acquiring = False
            error = errors.of_result(result)
            if error is not None or owner.device.link is None:
                call.fail(error or errors.failed("Not connected"))
                return
            self._notify, theirs = _pair()
            asyncio.get_running_loop().add_reader(self._notify, self._notify_ended)
            owner.change(NotifyAcquired=Variant("b", True), Notifying=Variant("b", True))
            _hand_over(call, theirs, link.mtu)

        owner.secured(lambda ended: link.subscribe(owner.characteristic, True, ended), done)

    def acquire_write(self, call: Call) -> None:
        """Hand out a socket whose packets are written without response; only one."""
        owner = self._owner
        if self._write is not None:
            raise errors.not_permitted("Write acquired")
        if "write-without-response" not in owner.flags:
            raise errors.not_supported()
        self._write, theirs = _pair()
        asyncio.get_running_loop().add_reader(self._write, self._written)
        owner.change(WriteAcquired=Variant("b", True))
        _hand_over(call, theirs, owner.link().mtu)

    def _notify_ended(self) -> None:
        if self._notify is not None and not _packet(self._notify):
            self._release_notify()

    def _release_notify(self) -> None:
        if self._notify is not None:
            _close(self._notify)
            self._notify = None
            self._unsubscribe()
            self._owner.change(NotifyAcquired=Variant("b", False))
            self._tell()

    def _written(self) -> None:
        value = _packet(self._write) if self._write is not None else b""
        link = self._owner.device.link
        if value and link is not None:
            self._host.begun()
            link.write(self._owner.characteristic, value, False, lambda result: None)
        elif self._write is not None:
            _close(self._write)
            self._write = None
            self._owner.change(WriteAcquired=Variant("b", False))

    def _close(self) -> None:
        for one in (self._notify, self._write):
            if one is not None:
                _close(one)
        self._notify = self._write = None
        no = Variant("b", False)
        self._owner.change(**{n: no for n in ("NotifyAcquired", "WriteAcquired") if n in self._owner.properties})


def _pair() -> tuple[socket.socket, socket.socket]:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    ours.setblocking(False)
    theirs.setblocking(False)
    return ours, theirs


def _hand_over(call: Call, theirs: socket.socket, mtu: int) -> None:
    """Send a socket to the client; our copy is closed when it is on its way."""
    fd = theirs.detach()
    call.reply(0, mtu, fds=(fd,))


def _packet(one: socket.socket) -> bytes:
    with contextlib.suppress(OSError):
        return one.recv(_PACKET)
    return b""


def _close(one: socket.socket) -> None:
    with contextlib.suppress(RuntimeError):
        asyncio.get_running_loop().remove_reader(one)
    one.close()
