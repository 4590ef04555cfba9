"""The trackers of the air as the commands use them: a link to some, a look around for all.

The rule of this file: bleak is loaded when it is needed, and what is wrong with Bluetooth becomes one clear line.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from app.output import CommandError
from device.link_central import Advertisement, Central
from device.link_errors import LinkError
from device.link_profiles import recognised
from device.link_talk import Talk, in_time

#: Bluetooth addresses, or the UUIDs that macOS gives instead.
ADDRESS = re.compile(r"([0-9A-F]{2}(:[0-9A-F]{2}){5})|([0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12})")
_CONNECT_S, _READ_S = 20.0, 5.0


@dataclass(frozen=True, slots=True)
class Found:
    """One tracker as the scan shows it: signal in dBm, battery in % or NaN, when it was heard last."""

    address: str
    name: str
    signal_dbm: float
    battery_percent: float
    profiles: tuple[str, ...]
    heard_s: float


def central(adapter: str = "") -> Central:
    """Return the operating system's Bluetooth; `adapter` names one of several on Linux, such as hci1."""
    from device.link_bleak import BleakCentral

    return BleakCentral(adapter=adapter)


def no_bluetooth(error: LinkError) -> CommandError:
    """Return the command's error for a link that could not be opened."""
    detail = f" ({error.detail})" if error.detail else ""
    return CommandError(error.reason.sentence + detail)


class Around:
    """What is heard around here, newest values, in the order of first hearing."""

    def __init__(self, now_s: Callable[[], float] = time.monotonic) -> None:
        self._now_s = now_s
        self._found: dict[str, Found] = {}

    def hear(self, said: Advertisement) -> None:
        """Take an advertisement; what this one leaves out stays from the one before."""
        before = self._found.get(said.address)
        profiles = recognised(said.services) or (before.profiles if before else ())
        charge = said.battery_percent
        if math.isnan(charge) and before is not None:
            charge = before.battery_percent
        name = said.name or (before.name if before else "")
        self._found[said.address] = Found(said.address, name, said.signal_dbm, charge, profiles, self._now_s())

    def charged(self, address: str, percent: float) -> None:
        """Take a battery level that was read."""
        self._found[address] = replace(self._found[address], battery_percent=percent)

    def list(self, everything: bool) -> list[Found]:
        """Return what was heard, recognised trackers first, strongest first; `everything` includes the others."""
        shown = [one for one in self._found.values() if everything or one.profiles]
        return sorted(shown, key=lambda one: (not one.profiles, -one.signal_dbm, one.address))


async def look_around(
    adapter: Central, around: Around, seconds: float, tick: Callable[[], None], *, battery: bool = False
) -> None:
    """Listen for some seconds, calling `tick` now and then; with `battery`, ask each recognised tracker afterwards."""
    await in_time(adapter.open(), _READ_S * 2.0, "opening Bluetooth")
    try:
        await in_time(adapter.start_scan(around.hear), _READ_S, "starting the scan")
        end_s = asyncio.get_running_loop().time() + seconds
        while (ahead_s := end_s - asyncio.get_running_loop().time()) > 0.0:
            await asyncio.sleep(min(0.25, ahead_s))
            tick()
        await in_time(adapter.stop_scan(), _READ_S, "ending the scan")
        for one in around.list(False) if battery else ():
            with contextlib.suppress(LinkError):
                around.charged(one.address, await _charge(adapter, one.address))
                tick()
    finally:
        with contextlib.suppress(LinkError):
            await in_time(adapter.close(), _READ_S * 2.0, "closing Bluetooth")


async def _charge(adapter: Central, address: str) -> float:
    """Return the battery level in % that a tracker tells when connected, NaN where it has none."""
    gone = asyncio.Event()
    peripheral = await in_time(adapter.connect(address, gone.set), _CONNECT_S, "connecting", 2.0)
    try:
        talk = Talk(peripheral, lambda characteristic, payload: None, gone, _READ_S)
        one = talk.find("180F", "2A19")
        level = await talk.read(one) if one is not None else b""
    finally:
        with contextlib.suppress(LinkError):
            await in_time(peripheral.disconnect(), _READ_S, "disconnecting")
    return float(level[0]) if len(level) == 1 and level[0] <= 100 else math.nan


def addresses(words: Sequence[str]) -> tuple[str, ...]:
    """Return addresses in their usual spelling, each once; CommandError naming what is none."""
    for word in words:
        if not ADDRESS.fullmatch(word.upper()):
            raise CommandError(f"{word!r} is not a Bluetooth address; `kadenz scan` shows those of your trackers")
    return tuple(dict.fromkeys(word.upper() for word in words))
