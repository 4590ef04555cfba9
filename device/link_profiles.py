"""Which trackers are recognised by which service, and how a connected one is set up.

The rule of this file: one `Recipe` per service; to support another tracker, add one. A recipe that a tracker
refuses is left out and told; the others stand.
"""

from __future__ import annotations

import logging

from device.link_errors import LinkError, LinkReason
from device.link_makers import MAKERS
from device.link_recipe import OF_THE_LINK, Poll, Recipe, Setup, notify, sense
from device.link_talk import Talk
from device.wire import bangle

_log = logging.getLogger(__name__)
BATTERY_EVERY_S = 300.0
_TRIES = 2


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
        if error.reason in OF_THE_LINK:
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
