"""What the tests of the realistic route share: a strap with everything, and a client of the seam on virtual time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from hardware_sim import virtual_loop
from hardware_sim.central import Advertisement, Central, ConnectError, GattLink
from hardware_sim.peripheral import Att, AttError, Characteristic, Peripheral, characteristic, service
from hardware_sim.schedule import LiveDriver

CONTROL, STREAM = "fb005c81-02e7-f387-1cad-8acd2d8df0c8", "fb005c82-02e7-f387-1cad-8acd2d8df0c8"
Result = TypeVar("Result")


def strap(name: str = "Strap", period_s: float = 0.1) -> Peripheral:
    """A strap that counts: heart rate each `period_s`, a bonded battery, a control point that answers, a long value."""
    one = Peripheral(
        name,
        [
            service("180D", characteristic("2A37", "notify"), characteristic("2A38", "read", b"\x01")),
            service("180F", characteristic("2A19", "read,notify", b"\x50", bonded=True)),
            service(
                "fb005c80-02e7-f387-1cad-8acd2d8df0c8",
                characteristic(CONTROL, "read,write,indicate", bytes(range(256)) + b"\x0f" * 44),
                characteristic(STREAM, "notify,write-without-response"),
            ),
        ],
    )
    one.every(period_s, "2A37", lambda t_s: round(t_s / period_s).to_bytes(4, "little"))

    def control(value: bytes) -> None:
        if value == b"\xff":
            raise AttError(Att.CONTROL_POINT_NOT_SUPPORTED)
        one.send(CONTROL, b"\xf0" + value[:20])

    one.on_write(CONTROL, control)
    return one


class Client:
    """The other side of the seam: every call awaited, every notification and loss kept with its time."""

    def __init__(self, radio: Any) -> None:
        self.radio: Any = radio
        self.got: list[tuple[float, str, bytes]] = []
        self.lost: list[str] = []
        self.link: GattLink

    async def hear(self, seconds: float = 1.0) -> list[Advertisement]:
        seen: list[Advertisement] = []
        stop = self.radio.scan(seen.append)
        await asyncio.sleep(seconds)
        stop()
        return seen

    async def try_connect(self, one: Peripheral) -> GattLink | ConnectError:
        return await called(lambda done: self.radio.connect(one.address, done))

    async def connect(self, one: Peripheral) -> GattLink:
        link = await self.try_connect(one)
        assert not isinstance(link, ConnectError), link
        link.notified = lambda which, value: self.got.append((self.radio.schedule.clock_s(), which.uuid, value))
        link.lost = self.lost.append
        self.link = link
        return link

    def which(self, uuid: str) -> Characteristic:
        wanted = self.radio.peripherals[0].find(uuid).uuid
        return next(c for s in self.link.services for c in s.characteristics if c.uuid == wanted)

    async def read(self, uuid: str) -> object:
        return await called(lambda done: self.link.read(self.which(uuid), done))

    async def write(self, uuid: str, value: bytes, with_response: bool = True) -> object:
        return await called(lambda done: self.link.write(self.which(uuid), value, with_response, done))

    async def subscribe(self, uuid: str, on: bool = True) -> object:
        return await called(lambda done: self.link.subscribe(self.which(uuid), on, done))

    async def pair(self) -> object:
        return await called(lambda done: self.link.pair(done))

    def payloads(self, uuid: str) -> list[bytes]:
        wanted = self.radio.peripherals[0].find(uuid).uuid
        return [value for _, of, value in self.got if of == wanted]


async def called(ask: Callable[[Callable[[Any], None]], object]) -> Any:
    """What a call-back gets."""
    answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
    ask(lambda result: answer.done() or answer.set_result(result))
    async with asyncio.timeout(60):
        return await answer


def play(radio: Central, session: Callable[[Client], Awaitable[Result]]) -> Result:
    """Run a session against a radio on virtual time."""

    async def main() -> Result:
        client = Client(radio)
        driver = LiveDriver(client.radio.schedule, asyncio.get_running_loop())
        try:
            return await session(client)
        finally:
            if hasattr(radio, "stop"):
                radio.stop()
            driver.stop()
            await asyncio.sleep(0.1)

    return virtual_loop.run(main(), limit_s=600)
