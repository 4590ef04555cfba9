"""The desk of devices: looks around, chooses trackers, real or simulated.

The rule of this file: no Bluetooth is an answer in words, never a fault; what was chosen is a setting.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping

from app.bluetooth import Around, central, look_around
from app.desk.desk import Answer, Desk
from app.views.devices import SIM, Tracker, devices_view
from app.views.listing import ListView, spoken
from app.views.phase import Act, Notice, Offer, Phase
from app.views.words import Words
from device.link_errors import LinkError
from hardware_sim.scenarios import SCENARIOS, scenario

__all__ = ["ACTS", "spoken", "view"]
LISTEN_S = 8.0


def view(desk: Desk) -> ListView:
    """Return the trackers that were heard, and the simulated ones."""
    words, chosen = desk.words, desk.settings.trackers
    heard: Around | None = desk.memory.get("around")
    now_s = time.monotonic()
    around = [
        Tracker(
            one.address,
            one.name,
            tuple(one.profiles),
            one.signal_dbm,
            one.battery_percent,
            now_s - one.heard_s,
            one.address in chosen,
        )
        for one in (heard.list(True) if heard is not None else ())
    ]
    known = {one.address for one in around}
    around += [Tracker(a, a, (), chosen=True) for a in chosen if a not in known and not a.startswith(SIM)]
    scenarios = [simulated(name, words, f"{SIM}{name}" in chosen) for name in SCENARIOS]
    return devices_view(around, scenarios, words, notice=desk.memory.get("no bluetooth"))


def simulated(name: str, words: Words, chosen: bool) -> Tracker:
    """Return a scenario of the simulator as a tracker."""
    found = scenario(name)
    place = found.place.name
    gives = words("a simulated run in {place}", place=place) if place else words("a simulated run")
    return Tracker(f"{SIM}{name}", name, (gives,), chosen=chosen)


def _tracker(desk: Desk, act: Act) -> Answer:
    address, chosen = str(act.value), desk.settings.trackers
    if address in chosen:
        kept = tuple(one for one in chosen if one != address)
    elif address.startswith(SIM):
        kept = (address,)
    else:
        kept = (*(one for one in chosen if not one.startswith(SIM)), address)
    return desk.set("trackers", kept)


def _scan(desk: Desk, act: Act) -> Answer:
    around = Around()
    words = desk.words
    try:
        asyncio.run(look_around(central(), around, LISTEN_S, lambda: None))
    except LinkError as problem:
        offer = Offer(words("Try again"), Act("scan"), "refresh")
        desk.memory["no bluetooth"] = Notice(
            Phase.OFFLINE, words("Bluetooth is not to be had"), problem.reason.sentence, offer
        )
        return Answer(redraw=True)
    desk.memory["around"] = around
    desk.memory.pop("no bluetooth", None)
    count = len(around.list(False))
    return Answer(redraw=True, word=words.n("{count} tracker heard", "{count} trackers heard", count))


def _replay(desk: Desk, act: Act) -> Answer:
    return Answer(word=desk.words("On a computer: kadenz record --replay FILE"))


ACTS: Mapping[str, Callable[[Desk, Act], Answer]] = {"tracker": _tracker, "scan": _scan, "replay": _replay}
