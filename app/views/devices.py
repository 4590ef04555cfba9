"""The trackers: what is around, what each gives, its battery and signal, what it sends now, and the simulator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite, nan

from app.live.moment import LiveMoment
from app.views.items import DeviceItem, RawItem
from app.views.listing import ButtonItem, Group, Item, LineItem, ListView, TextItem
from app.views.phase import Act, Notice, Offer, Phase
from app.views.words import Words

#: Lower limits of the signal in dBm for one to four bars.
BARS_DBM = (-90.0, -80.0, -70.0, -60.0)
SIM = "sim:"


@dataclass(frozen=True, slots=True)
class Tracker:
    """One tracker: address ("sim:NAME": simulated), name, what it gives, signal in dBm, battery in %, heard s ago."""

    address: str
    name: str
    gives: tuple[str, ...]
    signal_dbm: float = nan
    battery_percent: float = nan
    heard_s: float = nan
    chosen: bool = False


def bars(signal_dbm: float) -> int:
    """Return the bars of a signal, 0 to 4; -1 where it is not known."""
    return sum(signal_dbm >= limit for limit in BARS_DBM) if isfinite(signal_dbm) else -1


def tracker_item(one: Tracker, words: Words) -> DeviceItem:
    """Return a tracker as its line."""
    simulated = one.address.startswith(SIM)
    fresh = simulated or one.heard_s < 10.0
    if one.chosen:
        state = words("records your runs") if fresh else words("chosen, not heard now")
    else:
        state = words("touch to record from it") if one.gives or simulated else words("Kadenz cannot read it")
    known = isfinite(one.battery_percent)
    return DeviceItem(
        one.name or words("without a name"),
        ", ".join(one.gives),
        bars(one.signal_dbm),
        f"{words.number(one.battery_percent)} %" if known else "",
        one.battery_percent / 100.0 if known else nan,
        state,
        fresh,
        Act("tracker", one.address),
        one.chosen,
        simulated,
    )


def raw_item(moment: LiveMoment, words: Words) -> RawItem | None:
    """Return what the trackers send now; None before anything came."""
    names = {
        "heart rate": (words("heart rate"), words("bpm"), 0),
        "cadence": (words("cadence"), words("spm"), 0),
        "speed": (words("speed"), "m/s", 1),
        "acceleration": (words("acceleration"), "m/s²", 1),
        "rotation": (words("rotation"), "°/s", 0),
        "pressure": (words("air pressure"), "hPa", 1),
    }
    lines = []
    for name, values in moment.raw:
        title, unit, digits = names[name]
        lines.append((title, f"{words.number(values[-1], digits)} {unit}", values))
    return RawItem(words("What it sends now"), tuple(lines), words("Newest on the right.")) if lines else None


def devices_view(
    around: Sequence[Tracker],
    scenarios: Sequence[Tracker],
    words: Words,
    *,
    raw: RawItem | None = None,
    trying: bool = False,
    notice: Notice | None = None,
    listening: bool = False,
) -> ListView:
    """Return the devices; the simulator's are always there, so that everything can be tried without hardware."""
    groups = []
    search = ButtonItem(Offer(words("Look around"), Act("scan"), "bluetooth-connect"), "primary")
    heard: list[Item] = [tracker_item(one, words) for one in around]
    if not heard:
        text = (
            words("Listening…")
            if listening
            else words("None heard yet: wear the strap or wake the watch, then look around.")
        )
        heard.append(TextItem(text, soft=True))
    groups.append(Group(words("Around you"), (*heard, search)))
    ended = Offer(words("Enough"), Act("end try"), "stop")
    offer = ended if trying else Offer(words("See what it sends"), Act("try"), "sine-wave")
    shown: list[Item] = [] if raw is None else [raw]
    if trying or raw is None:  # a run that is recorded shows its values by itself
        shown.append(ButtonItem(offer))
    groups.append(Group(words("Live"), tuple(shown)))
    groups.append(Group(words("Simulated trackers"), tuple(tracker_item(one, words) for one in scenarios)))
    replay = (
        LineItem(
            words("Replay a recording"),
            words("a journal or a btsnoop capture, as if it came now"),
            icon="history",
            act=Act("replay"),
        ),
    )
    groups.append(Group(words("For developers"), replay))
    phase = notice.phase if notice else Phase.READY
    return ListView("devices", words("Devices"), tuple(groups), back="more", notice=notice, phase=phase)
