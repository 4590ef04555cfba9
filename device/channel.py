"""What a session remembers of one stream of packets: when it last came, how often it comes, what was seen.

The rule of this file: numbers only, so that a session saves and restores; decisions are the session's.
"""

from __future__ import annotations

from dataclasses import dataclass, field

DUPLICATE_WITHIN_S = 0.02
_DUPLICATE_MOST_S, _DUPLICATE_SHARE = 0.4, 0.45
_KNOWN_AFTER = 5
_SLOWEST_PERIOD_S = 60.0
_HOLE_S, _HOLE_PERIODS = 2.0, 2.25
_RECENT = 64
_LEARN, _LEARN_LOSS = 0.2, 0.03
_FLOOR_S, _PERIODS = 3.0, 5.0
_LONGEST_PERIOD_S = 30.0
_JUDGED, _BUDGET, _PROBATION = 20, 10, 10


@dataclass(slots=True)
class Channel:
    """One characteristic of one tracker, or one stream of an open tracker."""

    tracker: str
    key: str
    steady: bool
    rank: int = 0
    """What it delivers is taken before that of a channel of lower rank."""
    last_arrival_s: float = float("nan")
    period_s: float = 1.0
    slow_s: float = float("nan")
    """How long the last silence was, in s."""
    silent: str = ""
    """Why the channel is silent; empty while it is heard."""
    last_payload: str = ""
    count: int = 0
    """Packets heard."""
    same: int = 0
    """How often the last payload has come in a row, less one."""
    distrusted: bool = False
    """True while it sends too much rubbish to be believed: another may deliver its streams."""
    seq: int = -1
    device_s: float = float("nan")
    """Time of the newest row in s: the device's where it sends one, else the session's."""
    recent: list[tuple[int, int]] = field(default_factory=list)
    """Sequence numbers and device times in us of the last packets."""

    @property
    def name(self) -> str:
        """Return what tells this channel from every other."""
        return f"{self.tracker}/{self.key}"

    def limit_s(self) -> float:
        """Return how long in s this channel may be silent: max(3 s, 5 periods)."""
        return max(_FLOOR_S, _PERIODS * self.period_s)

    def heard(self, arrival_s: float, payload: bytes) -> None:
        """Note one packet's arrival."""
        passed = arrival_s - self.last_arrival_s
        if not self.silent and 0.0 < passed < _LONGEST_PERIOD_S:
            usual = passed < 1.6 * self.period_s or self.count < _KNOWN_AFTER
            self.period_s += (_LEARN if usual else _LEARN_LOSS) * (passed - self.period_s)
        elif self.silent and 0.0 < passed < _SLOWEST_PERIOD_S:
            # silences of one length are no losses: that is how often it comes
            if abs(passed - self.slow_s) < 0.3 * passed:
                self.period_s = passed
            self.slow_s = passed
        text = payload.hex()
        self.same = self.same + 1 if text == self.last_payload else 0
        self.last_arrival_s, self.last_payload = arrival_s, text
        self.count += 1

    def holds(self, seconds: float) -> None:
        """Note that a packet holds rows of so many s: the next one cannot be expected sooner."""
        self.period_s = max(self.period_s, seconds)

    def hole_s(self, arrival_s: float) -> float:
        """Return how long nothing came before an arrival where that is too long for this channel; 0 where it is not."""
        passed = arrival_s - self.last_arrival_s
        known = self.steady and not self.silent and self.count >= _KNOWN_AFTER
        return passed if known and passed > max(_HOLE_S, _HOLE_PERIODS * self.period_s) else 0.0

    def repeats(self, arrival_s: float, payload: bytes) -> bool:
        """Return whether this is the previous notification delivered twice: equal, and too soon to be the next."""
        known_s = min(_DUPLICATE_MOST_S, _DUPLICATE_SHARE * self.period_s) if self.count >= _KNOWN_AFTER else 0.0
        soon = arrival_s - self.last_arrival_s < max(DUPLICATE_WITHIN_S, known_s)
        return soon and payload.hex() == self.last_payload

    def seen(self, seq: int, device_us: int) -> bool:
        """Return whether this numbered packet came before, and remember it."""
        if (seq, device_us) in self.recent:
            return True
        self.recent.append((seq, device_us))
        del self.recent[:-_RECENT]
        return False


@dataclass(slots=True)
class Budget:
    """How many malformed payloads a characteristic may send before nothing of it is believed for a while."""

    verdicts: int = 0
    """The last payloads, newest in the lowest bit: 1 is malformed."""
    good_run: int = 0
    quarantine: str = ""
    """Why it is not believed; empty while it is."""

    def judge(self, *, good: bool) -> None:
        """Take one payload: half of the last twenty malformed begins a quarantine, ten good ones in a row end it."""
        self.verdicts = (self.verdicts << 1 | (not good)) & (1 << _JUDGED) - 1
        self.good_run = self.good_run + 1 if good else 0
        bad = self.verdicts.bit_count()
        if not self.quarantine and bad >= _BUDGET:
            self.quarantine = f"quarantined: {bad} of the last {_JUDGED} payloads were malformed"
        elif self.quarantine and self.good_run >= _PROBATION:
            self.verdicts, self.quarantine = 0, ""


@dataclass(slots=True)
class Stream:
    """One stream of samples: who delivers it and how far it is told, in s since the session's start."""

    owner: str
    told_s: float
    """End of the last sample or gap."""
    newest_s: float = -1.0
    """Time of the newest row that was told."""
    doubt: str = ""
    """Why the newest rows are not believed; empty while they are."""
    doubt_s: float = 0.0
    """Time of the newest row that is not believed."""


@dataclass(slots=True)
class Counts:
    """What a session met, in packets."""

    packets: int = 0
    malformed: int = 0
    unknown: int = 0
    duplicates: int = 0
    lost: int = 0
    late: int = 0
    implausible: int = 0
    overlapping: int = 0
    second_source: int = 0
    quarantined: int = 0
