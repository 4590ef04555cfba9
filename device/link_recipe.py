"""What is done with one service of a tracker after connecting, as a value: how it is set up and how it is ended.

The rule of this file: the means, not the trackers: those are in `link_profiles` and `link_makers`.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from device.link_central import Characteristic
from device.link_errors import LinkError, LinkReason
from device.link_talk import Talk
from device.wire.profiles import PROFILES

_log = logging.getLogger(__name__)
#: These end the attempt: the others leave out one recipe.
OF_THE_LINK = frozenset({LinkReason.LOST, LinkReason.BUS_DIED, LinkReason.OFF, LinkReason.STALE_SERVICES})


@dataclass(frozen=True, slots=True)
class Poll:
    """A characteristic that is read every so many s, because it does not notify."""

    characteristic: Characteristic
    every_s: float


@dataclass(slots=True)
class Setup:
    """What a connection was set up to do: whose silence is a loss, what is read again, what was refused."""

    steady: set[str] = field(default_factory=set)
    polls: list[Poll] = field(default_factory=list)
    working: list[Recipe] = field(default_factory=list)
    refused: dict[str, LinkReason] = field(default_factory=dict)
    started: dict[str, list[int]] = field(default_factory=dict)
    """Service -> what was started there, by the numbers that its maker gives."""

    async def poll(self, talk: Talk) -> None:
        """Read what does not notify, each at its own pace, until cancelled or the connection ends."""
        loop, due_s = asyncio.get_running_loop(), dict.fromkeys(range(len(self.polls)), 0.0)
        while due_s:
            at = min(due_s, key=due_s.__getitem__)
            await asyncio.sleep(max(0.0, due_s[at] - loop.time()))
            try:
                await talk.read(self.polls[at].characteristic)
            except LinkError as error:
                if error.reason in OF_THE_LINK:
                    return
                _log.debug("reading %s: %s", self.polls[at].characteristic.uuid, error)
            due_s[at] = loop.time() + self.polls[at].every_s


SetUp = Callable[[Talk, Setup], Awaitable[None]]
WindDown = Callable[[Talk, Setup], Awaitable[None]]


async def _nothing(talk: Talk, setup: Setup) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one service is recognised, set up after connecting, and ended before disconnecting."""

    name: str
    """What the person reads in `kadenz scan`."""
    service: str
    set_up: SetUp
    wind_down: WindDown = _nothing


def notify(service: str, *uuids: str, steady: bool = True) -> SetUp:
    """Return the set-up that subscribes to characteristics, all of which the service must have."""

    async def set_up(talk: Talk, setup: Setup) -> None:
        for uuid in uuids:
            one = talk.need(service, uuid)
            await talk.subscribe(one)
            if steady:
                setup.steady.add(one.uuid)

    return set_up


def sense(service: str, paces_s: Mapping[str, float]) -> SetUp:
    """Return the set-up that subscribes to those characteristics that notify and polls the others at their pace."""

    async def set_up(talk: Talk, setup: Setup) -> None:
        for uuid, every_s in paces_s.items():
            one = talk.find(service, uuid)
            if one is None:
                continue
            if one.notifies:
                await talk.subscribe(one)
                if PROFILES[uuid].steady:
                    setup.steady.add(one.uuid)
            elif "read" in one.properties:
                setup.polls.append(Poll(one, every_s))

    return set_up
