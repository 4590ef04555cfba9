"""A client of the virtual radio for tests: it connects, asks and listens, and lets the schedule run meanwhile."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from hardware_sim.central import ConnectError, GattLink, Result
from hardware_sim.faults import Fault
from hardware_sim.link_model import LinkModel, ideal
from hardware_sim.peripheral import Att, AttError, Characteristic, full_uuid
from hardware_sim.radio import Radio
from hardware_sim.runner import RALEIGH_RUNNER
from hardware_sim.scenario import Scenario, Tracker
from hardware_sim.scenarios import scenario
from hardware_sim.served import radio


def wearing(*trackers: Tracker, faults: Sequence[Fault] = (), like: str = "default") -> Scenario:
    """Return a scenario of these trackers and faults."""
    import dataclasses

    assert RALEIGH_RUNNER.name
    return dataclasses.replace(scenario(like), trackers=trackers, faults=tuple(faults))


def model(name: str, tracker: str = "one", **values: object) -> Tracker:
    """Return a tracker of a model."""
    from hardware_sim.firmware.models import MODELS

    return Tracker(tracker, (), placement=MODELS[name].placement, firmware=name, **values)  # type: ignore[arg-type]


class Client:
    """Everything that a host does, one thing at a time; notifications are kept with their arrival in s."""

    def __init__(self, played: Scenario, seed: int = 1, link: LinkModel | None = None) -> None:
        self.radio: Radio = radio(played, seed, link=link or ideal())
        self.links: dict[str, GattLink] = {}
        self.notes: dict[tuple[str, str], list[tuple[float, bytes]]] = defaultdict(list)
        self.lost: list[tuple[float, str, str]] = []

    @property
    def now_s(self) -> float:
        return self.radio.schedule.now_s

    def run(self, until_s: float) -> None:
        self.radio.schedule.run_until(until_s)

    def wait(self, seconds: float) -> None:
        self.radio.schedule.advance(seconds)

    def connect(self, tracker: str = "one") -> GattLink | ConnectError:
        """Return the link, or why there is none."""
        done: list[GattLink | ConnectError] = []
        self.radio.connect(self.radio.find(tracker).address, done.append)
        while not done:
            self.wait(0.05)
        if not isinstance(done[0], ConnectError):
            self._take(tracker, done[0])
        return done[0]

    def _take(self, tracker: str, link: GattLink) -> None:
        def notified(what: Characteristic, payload: bytes) -> None:
            self.notes[tracker, what.uuid].append((self.now_s, payload))

        link.notified = notified
        link.lost = lambda reason: self.lost.append((self.now_s, tracker, reason))
        self.links[tracker] = link

    def _ask(self, wait: list[Result]) -> bytes:
        for _ in range(2000):
            if wait:
                break
            self.wait(0.02)
        (result,) = wait
        if isinstance(result, bytes):
            return result
        raise result

    def read(self, uuid: str, tracker: str = "one") -> bytes:
        done: list[Result] = []
        self.links[tracker].read(self.radio.find(tracker).find(uuid), done.append)
        return self._ask(done)

    def write(self, uuid: str, value: bytes, tracker: str = "one", *, command: bool = False) -> None:
        done: list[Result] = []
        self.links[tracker].write(self.radio.find(tracker).find(uuid), value, not command, done.append)
        self._ask(done)

    def subscribe(self, uuid: str, tracker: str = "one", on: bool = True) -> None:
        done: list[Result] = []
        self.links[tracker].subscribe(self.radio.find(tracker).find(uuid), on, done.append)
        self._ask(done)

    def subscribe_all(self, tracker: str = "one") -> None:
        for each in self.links[tracker].services:
            for what in each.characteristics:
                if what.notifies:
                    self.subscribe(what.uuid, tracker)

    def of(self, uuid: str, tracker: str = "one") -> list[bytes]:
        return [payload for _, payload in self.notes[tracker, full_uuid(uuid)]]

    def asked(self, control: str, request: str, tracker: str = "one") -> str:
        """Return the next indication of a control point after writing a request, both in hexadecimal."""
        before = len(self.of(control, tracker))
        self.write(control, bytes.fromhex(request), tracker)
        self.wait(0.1)
        answers = self.of(control, tracker)[before:]
        assert len(answers) == 1, answers
        return answers[0].hex()

    def refusal(self, uuid: str, request: str, tracker: str = "one") -> int:
        """Return the ATT error that writing a request brings, 0 for none."""
        try:
            self.write(uuid, bytes.fromhex(request), tracker)
        except AttError as refused:
            return refused.code
        return 0


__all__ = ["Att", "Client", "model", "wearing"]
