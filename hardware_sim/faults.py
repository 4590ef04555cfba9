"""What goes wrong with trackers, as data: which, when, how.

The rule of this file: a fault is a frozen value with times in s of the scenario; `radio`, the trackers' firmware and
`world` carry it out.
An empty tracker name means every tracker.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias, get_args


@dataclass(frozen=True, slots=True)
class LinkLoss:
    """The connection to a tracker is gone from one instant to another; what it sends meanwhile is lost."""

    tracker: str
    from_s: float
    to_s: float
    cause: str = "supervision timeout"


@dataclass(frozen=True, slots=True)
class SatelliteLoss:
    """No satellites in view; `frozen` receivers go on sending their last known position, others leave it out."""

    from_s: float
    to_s: float
    frozen: bool = True


@dataclass(frozen=True, slots=True)
class ClockJump:
    """The tracker's clocks jump by `by_s` s: its calendar, and its count since boot where it has one."""

    tracker: str
    at_s: float
    by_s: float


@dataclass(frozen=True, slots=True)
class Restart:
    """The tracker restarts: its device time and sequence numbers begin again; it is away for `away_s` s."""

    tracker: str
    at_s: float
    away_s: float = 4.0


@dataclass(frozen=True, slots=True)
class Doubled:
    """Every notification arrives twice (bleak #2002) between two instants."""

    tracker: str
    from_s: float
    to_s: float


@dataclass(frozen=True, slots=True)
class PacketLoss:
    """Notifications vanish at random with this probability between two instants."""

    tracker: str
    from_s: float
    to_s: float
    share: float


@dataclass(frozen=True, slots=True)
class Garbled:
    """Notifications arrive cut short or with flipped bits with this probability between two instants."""

    tracker: str
    from_s: float
    to_s: float
    share: float


@dataclass(frozen=True, slots=True)
class ConnectFailure:
    """Connecting fails with BlueZ's word for it, at most `times` times between two instants."""

    tracker: str
    from_s: float
    to_s: float
    word: str = "le-connection-abort-by-local"
    times: int = 3


@dataclass(frozen=True, slots=True)
class SilentPeer:
    """The link stays up, but the tracker answers no request and sends nothing between two instants."""

    tracker: str
    from_s: float
    to_s: float


@dataclass(frozen=True, slots=True)
class Blackout:
    """No radio wave gets through between two instants; a link that lives longer than that brings a burst after it."""

    tracker: str
    from_s: float
    to_s: float


@dataclass(frozen=True, slots=True)
class Stall:
    """Notifications are held back between two instants and then arrive in one burst; the link stays up."""

    tracker: str
    from_s: float
    to_s: float


@dataclass(frozen=True, slots=True)
class Reordered:
    """Notifications arrive late by up to `by_s` s with this probability, so that later ones overtake them."""

    tracker: str
    from_s: float
    to_s: float
    share: float = 0.2
    by_s: float = 2.0


@dataclass(frozen=True, slots=True)
class Oversized:
    """Notifications carry bytes after their end with this probability between two instants."""

    tracker: str
    from_s: float
    to_s: float
    share: float = 0.5


@dataclass(frozen=True, slots=True)
class Frozen:
    """The tracker repeats its last notification instead of measuring between two instants."""

    tracker: str
    from_s: float
    to_s: float


@dataclass(frozen=True, slots=True)
class ConnectionInterval:
    """The connection interval is `interval_s` s between two instants."""

    tracker: str
    from_s: float
    to_s: float
    interval_s: float = 0.4


@dataclass(frozen=True, slots=True)
class ShortMtu:
    """The link carries this MTU only, in bytes."""

    tracker: str
    from_s: float = 0.0
    to_s: float = float("inf")
    mtu: int = 23


@dataclass(frozen=True, slots=True)
class StaleServices:
    """Who connects between two instants is shown an old table, as after a firmware update.

    It lacks the service with this UUID, or with a characteristic of it; the last service where none is named.
    """

    tracker: str
    from_s: float
    to_s: float
    without: str = ""


@dataclass(frozen=True, slots=True)
class ClockReset:
    """The tracker's calendar falls back to a date, as a Polar H10 does to 2019-01-01; its count since boot to 0."""

    tracker: str
    at_s: float
    to_unix_s: float = 1_546_300_800.0


@dataclass(frozen=True, slots=True)
class ClockDrift:
    """The tracker's clocks run fast by so many parts per million more from an instant on."""

    tracker: str
    at_s: float
    ppm: float = 35.0


@dataclass(frozen=True, slots=True)
class LowBattery:
    """The battery falls to `percent` at an instant and the tracker says so."""

    tracker: str
    at_s: float
    percent: float = 3.0


@dataclass(frozen=True, slots=True)
class NeedsBonding:
    """Every value needs a bonded link between two instants."""

    tracker: str
    from_s: float = 0.0
    to_s: float = float("inf")


@dataclass(frozen=True, slots=True)
class BondLost:
    """The tracker forgets its bond at an instant, while the host still remembers it."""

    tracker: str
    at_s: float


@dataclass(frozen=True, slots=True)
class AdapterOff:
    """The host's Bluetooth adapter is switched off between two instants."""

    from_s: float
    to_s: float


@dataclass(frozen=True, slots=True)
class BusDeath:
    """The system bus dies at an instant and stays dead."""

    at_s: float


Fault: TypeAlias = (
    LinkLoss
    | SatelliteLoss
    | ClockJump
    | Restart
    | Doubled
    | PacketLoss
    | Garbled
    | ConnectFailure
    | SilentPeer
    | Blackout
    | Stall
    | Reordered
    | Oversized
    | Frozen
    | ConnectionInterval
    | ShortMtu
    | StaleServices
    | ClockReset
    | ClockDrift
    | LowBattery
    | NeedsBonding
    | BondLost
    | AdapterOff
    | BusDeath
)


def _words(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


#: Every fault by the name that scenarios and commands use, such as "link-loss".
FAULTS: Mapping[str, type[Fault]] = MappingProxyType({_words(kind.__name__): kind for kind in get_args(Fault)})


_EXAMPLES = {"tracker": "strap", "from_s": "5", "to_s": "9", "at_s": "5", "by_s": "3600", "share": "0.3"}


def fault(name: str, **arguments: object) -> Fault:
    """Return a fault by its name; ValueError naming what is wrong for an unknown one or wrong arguments."""
    kind = FAULTS.get(name)
    if kind is None:
        raise ValueError(f"no fault named {name!r}; there are: {', '.join(FAULTS)}")
    known = {field.name for field in dataclasses.fields(kind)}
    if unknown := sorted(set(arguments) - known):
        raise ValueError(f"fault {name!r} has no {unknown[0]!r}; it has: {', '.join(sorted(known))}")
    needed = [f.name for f in dataclasses.fields(kind) if f.default is dataclasses.MISSING and f.name not in arguments]
    if needed:
        raise ValueError(f"fault {name!r} needs {', '.join(needed)} too, such as {needed[0]}={_EXAMPLES[needed[0]]}")
    return kind(**arguments)  # type: ignore[arg-type]


def name_of(one: Fault) -> str:
    """Return the name of a fault, as in `FAULTS`."""
    return _words(type(one).__name__)


def begins_s(one: Fault) -> float:
    """Return the instant in s at which a fault begins."""
    return float(getattr(one, "from_s", getattr(one, "at_s", 0.0)))


def ends_s(one: Fault) -> float:
    """Return the instant in s at which a fault ends; the instant it happens at for one that does not last."""
    if isinstance(one, Restart):
        return one.at_s + one.away_s
    return float(getattr(one, "to_s", begins_s(one)))


def concerns(one: Fault, tracker: str) -> bool:
    """Return whether a fault concerns a tracker by its name."""
    return getattr(one, "tracker", "") in ("", tracker)


def active(one: Fault, at_s: float) -> bool:
    """Return whether a fault with a duration is under way at an instant in s."""
    return begins_s(one) <= at_s < ends_s(one)
