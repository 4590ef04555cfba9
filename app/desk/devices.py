"""The desk of devices: looks around, chooses trackers, real or simulated.

The rule of this file: no Bluetooth is an answer in words, never a fault; what was chosen is a setting.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from math import inf
from pathlib import Path

from app.bluetooth import Around, central, look_around
from app.desk.desk import RECORDINGS, Answer, Desk
from app.desk.run import options
from app.desk.watching import Watching
from app.live.looking import Looking, NoRecorderError
from app.live.moment import LiveMoment
from app.views.devices import SIM, Tracker, devices_view, raw_item
from app.views.listing import ListView, spoken
from app.views.phase import Act, Notice, Offer, Phase
from app.views.sheet import SheetView
from app.views.words import Words
from device.link_errors import LinkError
from hardware_sim.scenarios import SCENARIOS, scenario

__all__ = ["ACTS", "spoken", "view"]
LISTEN_S = 8.0
TRY_S = 180.0
MOST_FILES = 8


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
    now = _moment(desk)
    scenarios = [simulated(name, words, f"{SIM}{name}" in chosen) for name in SCENARIOS]
    return devices_view(
        around,
        scenarios,
        words,
        raw=raw_item(now, words) if now is not None else None,
        trying="trying" in desk.memory,
        notice=desk.memory.get("no bluetooth"),
    )


def _moment(desk: Desk) -> LiveMoment | None:
    """Return the newest moment of the run that is recorded, or of the tracker that is tried."""
    trying: Watching | None = desk.memory.get("trying")
    if trying is not None and trying.over:
        desk.memory.pop("trying").end()
        trying = None
    looking: Looking | None = trying.looking if trying is not None else desk.memory.get("looking")
    return looking.newest if looking is not None else None


def left(desk: Desk) -> None:
    """End what was only tried, once another screen is opened."""
    trying: Watching | None = desk.memory.pop("trying", None)
    if trying is not None:
        trying.end()


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


def _try(desk: Desk, act: Act) -> Answer:
    left(desk)
    try:
        desk.memory["trying"] = Watching.begun(options(desk), TRY_S, "")
    except NoRecorderError as problem:
        raise ValueError(desk.words("The recorder did not start")) from problem
    return Answer(redraw=True)


def _end_try(desk: Desk, act: Act) -> Answer:
    left(desk)
    return Answer(redraw=True)


def _replay(desk: Desk, act: Act) -> Answer:
    words, folder = desk.words, desk.folder(RECORDINGS)
    files = sorted(file.name for file in folder.iterdir() if file.is_file() and not file.name.startswith("."))
    lines = [words("Journals (`kadenz record --journal`) and btsnoop captures lie in this folder:"), str(folder)]
    lines += [] if files else [words("There is none yet.")]
    offers = tuple(Offer(name, Act("replay file", name), "play") for name in files[:MOST_FILES])
    return Answer(sheet=SheetView(words("Replay a recording"), tuple(lines), offers=offers))


def _replay_file(desk: Desk, act: Act) -> Answer:
    left(desk)
    file = desk.folder(RECORDINGS) / Path(str(act.value)).name
    try:
        desk.memory["watching"] = Watching.begun(("--replay", str(file), "--speed", "10"), inf, "devices")
    except NoRecorderError as problem:
        raise ValueError(desk.words("{file} cannot be replayed", file=file.name)) from problem
    return Answer(open="run", about="watch", close=True)


ACTS: Mapping[str, Callable[[Desk, Act], Answer]] = {
    "tracker": _tracker,
    "scan": _scan,
    "try": _try,
    "end try": _end_try,
    "replay": _replay,
    "replay file": _replay_file,
}
