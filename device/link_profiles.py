"""Which trackers are recognised by which service, and what is done with each after connecting.

The rule of this file: one `Recipe` per service; to support another tracker, add one. A recipe that a tracker
refuses is left out and told; the others stand.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from device.link_central import Characteristic
from device.link_errors import LinkError, LinkReason
from device.link_talk import Talk
from device.wire import p8
from device.wire.profiles import PROFILES, short_uuid

_log = logging.getLogger(__name__)
BATTERY_EVERY_S = 300.0
_TRIES = 2
#: These end the attempt: the others leave out one recipe.
_OF_THE_LINK = frozenset({LinkReason.LOST, LinkReason.BUS_DIED, LinkReason.OFF, LinkReason.STALE_SERVICES})


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

    async def poll(self, talk: Talk) -> None:
        """Read what does not notify, each at its own pace, until cancelled or the connection ends."""
        loop, due_s = asyncio.get_running_loop(), dict.fromkeys(range(len(self.polls)), 0.0)
        while due_s:
            at = min(due_s, key=due_s.__getitem__)
            await asyncio.sleep(max(0.0, due_s[at] - loop.time()))
            try:
                await talk.read(self.polls[at].characteristic)
            except LinkError as error:
                if error.reason in _OF_THE_LINK:
                    return
                _log.debug("reading %s: %s", self.polls[at].characteristic.uuid, error)
            due_s[at] = loop.time() + self.polls[at].every_s


SetUp = Callable[[Talk, Setup], Awaitable[None]]
WindDown = Callable[[Talk], Awaitable[None]]


async def _nothing(talk: Talk) -> None:
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


async def _battery(talk: Talk, setup: Setup) -> None:
    one = talk.need("180F", "2A19")
    if one.notifies:
        await talk.subscribe(one)
    setup.polls.append(Poll(one, BATTERY_EVERY_S))


# ── the open tracker ───────────────────────────────────────────────────────────────────────────────────────────

#: Stream -> wanted spacing in us: 52 Hz motion is enough for cadence, 10 Hz for field and air.
_P8_SPACING_US = {
    p8.MOTION: 19_230,
    p8.ACCELERATION: 19_230,
    p8.MAGNETIC: 100_000,
    p8.PRESSURE: 100_000,
    p8.POSITION: 0,
}


async def _open_tracker(talk: Talk, setup: Setup) -> None:
    control, data = talk.need(p8.SERVICE, p8.CONTROL), talk.need(p8.SERVICE, p8.DATA)
    features = p8.parse_features(await talk.read(talk.need(p8.SERVICE, p8.FEATURES)))
    await talk.subscribe(control)
    await talk.subscribe(data)
    clock = talk.find(p8.SERVICE, p8.TIME)
    if clock is not None:
        await talk.write(clock, p8.encode_time(talk.wall_unix_s()))
    offers = {offer.stream: offer for offer in features.streams}
    if p8.MOTION in offers:
        offers.pop(p8.ACCELERATION, None)
    for offer in offers.values():
        wanted_us = _P8_SPACING_US.get(offer.stream)
        if wanted_us is not None:
            spacing_us = max(wanted_us, offer.fastest_us) if wanted_us else 0
            request = p8.encode_start(offer.stream, min(spacing_us, offer.slowest_us or spacing_us))
            answer = await talk.ask(control, request, _answers_start(offer.stream))
            if p8.parse_response(answer).status is p8.ControlStatus.OK:
                setup.steady.add(data.uuid)
    if data.uuid not in setup.steady:
        raise LinkError(LinkReason.REFUSED, "no stream of the open tracker started")


def _answers_start(stream: int) -> Callable[[bytes], bool]:
    return lambda value: len(value) >= 3 and value[0] == 0x80 | p8.START and value[1] == stream


async def _open_tracker_ends(talk: Talk) -> None:
    await talk.write(talk.need(p8.SERVICE, p8.CONTROL), p8.encode_stop())


RECIPES: tuple[Recipe, ...] = (
    Recipe("heart rate", "180D", notify("180D", "2A37")),
    Recipe("running", "1814", notify("1814", "2A53")),
    Recipe("location", "1819", notify("1819", "2A67")),
    Recipe("treadmill", "1826", notify("1826", "2ACD")),
    Recipe("cycling", "1816", notify("1816", "2A5B")),
    Recipe("environment", "181A", sense("181A", {"2A6D": 2.0, "2A6C": 2.0, "2A6E": 60.0, "2A6F": 60.0})),
    Recipe("open tracker", short_uuid(p8.SERVICE), _open_tracker, _open_tracker_ends),
    Recipe("battery", "180F", _battery),
)
#: Recipes that say something of a tracker but make none worth connecting to by themselves.
_ALONE_NOTHING = frozenset({"battery"})
_WHO = ("2A29", "2A24", "2A25", "2A26")


def recipes_for(services: frozenset[str] | tuple[str, ...]) -> tuple[Recipe, ...]:
    """Return the recipes for service UUIDs, in the order in which they are set up; none where none brings samples."""
    found = tuple(recipe for recipe in RECIPES if recipe.service in services)
    return found if any(recipe.name not in _ALONE_NOTHING for recipe in found) else ()


def recognised(services: frozenset[str] | tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of what is recognised in advertised services, the battery included."""
    return tuple(recipe.name for recipe in RECIPES if recipe.service in services)


async def set_up(talk: Talk, setup: Setup, tries: dict[str, int], *, introduce: bool) -> None:
    """Start every stream that the tracker offers; LinkError where the connection or all of it fails.

    `tries` counts, over connections, how often a recipe failed: after two it is left out as long as others work.
    """
    if introduce:
        await _introduce(talk)
    for recipe in recipes_for(talk.services):
        if tries.get(recipe.name, 0) < _TRIES and recipe not in setup.working:
            await _try(recipe, talk, setup, tries)
    if not recipes_for(frozenset(recipe.service for recipe in setup.working)):
        tries.clear()
        reason = next(iter(setup.refused.values()), LinkReason.UNKNOWN_KIND)
        raise LinkError(reason, ", ".join(setup.refused))


async def _try(recipe: Recipe, talk: Talk, setup: Setup, tries: dict[str, int]) -> None:
    try:
        await recipe.set_up(talk, setup)
    except LinkError as error:
        if error.reason in _OF_THE_LINK:
            raise
        tries[recipe.name] = tries.get(recipe.name, 0) + 1
        setup.refused[recipe.name] = error.reason
        # asked for a bond or silent: worth another attempt; refused: it will be refused again
        if error.reason in (LinkReason.NEEDS_BONDING, LinkReason.TIMED_OUT) and tries[recipe.name] < _TRIES:
            raise
        tries[recipe.name] = _TRIES
    else:
        tries.pop(recipe.name, None)
        setup.refused.pop(recipe.name, None)
        setup.working.append(recipe)


async def _introduce(talk: Talk) -> None:
    """Read who the tracker says it is; what it does not tell stays unknown."""
    for uuid in _WHO:
        one = talk.find("180A", uuid)
        if one is None or "read" not in one.properties:
            continue
        try:
            await talk.read(one)
        except LinkError as error:
            if error.reason in _OF_THE_LINK:
                raise
            _log.debug("device information %s: %s", uuid, error)


async def wind_down(talk: Talk, setup: Setup) -> None:
    """Stop what was started, newest first, before the connection is ended; what fails is left."""
    for recipe in reversed(setup.working):
        try:
            await recipe.wind_down(talk)
        except LinkError as error:
            _log.debug("stopping %s: %s", recipe.name, error)
