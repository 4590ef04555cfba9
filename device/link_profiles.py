"""Which trackers are recognised by which service, and how a connected one is set up.

The rule of this file: one `Recipe` per service; to support another tracker, add one. A recipe that a tracker
refuses is left out and told; the others stand.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from device.link_errors import LinkError, LinkReason
from device.link_makers import MAKERS
from device.link_recipe import OF_THE_LINK, Poll, Recipe, Setup, notify, sense
from device.link_talk import Talk
from device.wire import bangle

_log = logging.getLogger(__name__)
BATTERY_EVERY_S = 300.0
_TRIES = 2
_LEFT_OUT_S = 600.0


async def _battery(talk: Talk, setup: Setup) -> None:
    one = talk.need("180F", "2A19")
    if one.notifies:
        await talk.subscribe(one)
    setup.polls.append(Poll(one, BATTERY_EVERY_S))


#: Environmental sensing: characteristic -> how often it is read in s where it does not notify.
_AIR = {"2A6D": 2.0, "2A6C": 2.0, "2A6E": 60.0, "2A6F": 60.0, "2AA1": 1.0, bangle.TEMPERATURE: 60.0}

RECIPES: tuple[Recipe, ...] = (
    Recipe("heart rate", "180D", notify("180D", "2A37")),
    Recipe("running", "1814", notify("1814", "2A53")),
    Recipe("location", "1819", notify("1819", "2A67")),
    Recipe("treadmill", "1826", notify("1826", "2ACD")),
    Recipe("cycling", "1816", notify("1816", "2A5B")),
    Recipe("environment", "181A", sense("181A", _AIR)),
    *MAKERS,
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


class Tries:
    """How often recipes failed with one tracker, over connections: after two times one is left out for a while."""

    def __init__(self, now_s: Callable[[], float]) -> None:
        self._now_s = now_s
        self._failed: dict[str, tuple[int, float]] = {}

    def left_out(self, recipe: Recipe) -> bool:
        """Return whether a recipe has failed too often to be tried now."""
        count, at_s = self._failed.get(recipe.name, (0, 0.0))
        return count >= _TRIES and self._now_s() - at_s < _LEFT_OUT_S

    def failed(self, recipe: Recipe, *, for_good: bool = False) -> None:
        """Note a failure; `for_good` leaves the recipe out at once."""
        count, at_s = self._failed.get(recipe.name, (0, 0.0))
        fresh = 0 if self._now_s() - at_s >= _LEFT_OUT_S else count
        self._failed[recipe.name] = (_TRIES if for_good else fresh + 1, self._now_s())

    def unpaired(self, setup: Setup) -> None:
        """Note that the tracker cannot be paired: what needs it is left out after another time."""
        for recipe in RECIPES:
            if setup.refused.get(recipe.name) is LinkReason.NEEDS_BONDING:
                self.failed(recipe)

    def worked(self, recipe: Recipe) -> None:
        """Note that a recipe works."""
        self._failed.pop(recipe.name, None)

    def forget(self) -> None:
        """Try everything again."""
        self._failed.clear()


async def set_up(talk: Talk, setup: Setup, tries: Tries, *, introduce: bool) -> None:
    """Start every stream that the tracker offers; LinkError where the connection or all of it fails."""
    if introduce:
        await _introduce(talk)
    for recipe in recipes_for(talk.services):
        if recipe not in setup.working and not tries.left_out(recipe):
            await _try(recipe, talk, setup, tries)
    if not recipes_for(frozenset(recipe.service for recipe in setup.working)):
        tries.forget()
        reason = next(iter(setup.refused.values()), LinkReason.UNKNOWN_KIND)
        raise LinkError(reason, ", ".join(setup.refused))


async def _try(recipe: Recipe, talk: Talk, setup: Setup, tries: Tries) -> None:
    try:
        await recipe.set_up(talk, setup)
    except LinkError as error:
        if error.reason in OF_THE_LINK:
            raise
        setup.refused[recipe.name] = error.reason
        # neither a tracker that answers nothing at all nor one that is not paired yet tells anything of the recipe
        silent = error.reason is LinkReason.TIMED_OUT and not setup.working
        if silent or (error.reason is LinkReason.NEEDS_BONDING and not talk.paired):
            raise
        may_work = error.reason in (LinkReason.NEEDS_BONDING, LinkReason.TIMED_OUT)
        tries.failed(recipe, for_good=not may_work)
        if not tries.left_out(recipe):
            raise
    else:
        tries.worked(recipe)
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
            if error.reason in OF_THE_LINK:
                raise
            _log.debug("device information %s: %s", uuid, error)
            if error.reason is LinkReason.NEEDS_BONDING:
                return


async def wind_down(talk: Talk, setup: Setup) -> None:
    """Stop what was started, newest first, before the connection is ended; what fails is left."""
    for recipe in reversed(setup.working):
        try:
            await recipe.wind_down(talk, setup)
        except LinkError as error:
            _log.debug("stopping %s: %s", recipe.name, error)
