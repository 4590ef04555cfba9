"""The realistic route: real ATT, SMP and HCI over our own air, with the plain radio's manners. On virtual time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

import pytest

pytest.importorskip("bumble", reason="the realistic route needs the extra `realistic` (bumble)")

from bumble_people import CONTROL, STREAM, Client, called, play, strap

from hardware_sim import virtual_loop
from hardware_sim.bumble_route.radio import BumbleRadio
from hardware_sim.central import ConnectError, LinkGoneError
from hardware_sim.faults import (
    AdapterOff,
    Blackout,
    BondLost,
    ConnectFailure,
    ConnectionInterval,
    Doubled,
    Fault,
    LinkLoss,
    NeedsBonding,
    Restart,
    ShortMtu,
    SilentPeer,
    StaleServices,
)
from hardware_sim.link_model import LinkModel, ideal
from hardware_sim.peripheral import Att, AttError, Service
from hardware_sim.radio import Radio
from hardware_sim.schedule import LiveDriver

CLEAN = LinkModel(packet_error_rate=0.0)


def realistic(*faults: Fault, link: LinkModel = CLEAN, seed: int = 0) -> BumbleRadio:
    return BumbleRadio([strap()], link=link, faults=faults, seed=seed)


def code(result: object) -> int:
    assert isinstance(result, AttError), result
    return result.code


def table(services: Sequence[Service]) -> list[object]:
    return [(s.uuid, s.handle, [(c.uuid, c.handle, set(c.properties)) for c in s.characteristics]) for s in services]


# ── what is found, read and written ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", [Radio, BumbleRadio])
def test_both_radios_show_the_same_table_and_values(kind: type[Radio] | type[BumbleRadio]) -> None:
    one = strap()

    async def session(client: Client) -> None:
        heard = (await client.hear())[0]
        assert (heard.address, heard.name) == (one.address, "Strap")
        assert heard.services == one.advertised.services
        link = await client.connect(one)
        assert link.mtu == one.mtu == one.link_mtu == 247
        found = [
            (s.uuid, s.handle, [(c.uuid, c.handle, set(c.properties)) for c in s.characteristics])
            for s in link.services
        ]
        assert found == [
            (s.uuid, s.handle, [(c.uuid, c.handle, set(c.properties)) for c in s.characteristics]) for s in one.services
        ]
        assert await client.read("2A38") == b"\x01"
        assert code(await client.read("2A37")) == Att.READ_NOT_PERMITTED
        assert code(await client.write("2A38", b"\x02")) == Att.WRITE_NOT_PERMITTED
        assert code(await client.subscribe("2A38")) == Att.REQUEST_NOT_SUPPORTED
        assert code(await client.write(CONTROL, b"\xff")) == Att.CONTROL_POINT_NOT_SUPPORTED
        assert code(await client.read("2A19")) == Att.INSUFFICIENT_AUTHENTICATION
        assert code(await client.subscribe("2A19")) == Att.INSUFFICIENT_AUTHENTICATION
        assert await client.write(STREAM, b"abc", with_response=False) == b""
        await asyncio.sleep(0.2)
        assert one.find(STREAM).value == b"abc"

    play(kind([one], link=CLEAN), session)


def test_values_longer_than_a_packet_go_both_ways() -> None:
    radio = realistic()

    async def session(client: Client) -> None:
        await client.connect(radio.peripherals[0])
        assert await client.read(CONTROL) == bytes(range(256)) + b"\x0f" * 44
        assert await client.write(CONTROL, bytes(400)) == b""
        assert radio.peripherals[0].find(CONTROL).value == bytes(400)
        assert code(await client.write(STREAM, bytes(300), with_response=False)) == Att.INVALID_LENGTH

    play(radio, session)


def test_a_control_point_answers_by_indication_after_its_write() -> None:
    radio = realistic()

    async def session(client: Client) -> None:
        await client.connect(radio.peripherals[0])
        await client.subscribe(CONTROL)
        answered_before = []
        for number in range(5):

            def write(done: Callable[[object], object], number: int = number) -> None:
                def written(result: object) -> None:
                    answered_before.append(len(client.payloads(CONTROL)))
                    done(result)

                client.link.write(client.which(CONTROL), bytes([number]), True, written)

            assert await called(write) == b""
            await asyncio.sleep(0.2)
        assert answered_before == list(range(5))
        assert client.payloads(CONTROL) == [bytes((0xF0, number)) for number in range(5)]

    play(radio, session)


def test_a_short_mtu_cuts_what_is_notified() -> None:
    one = strap()
    one.every(0.5, STREAM, lambda t_s: bytes(100))
    radio = BumbleRadio([one], link=CLEAN, faults=[ShortMtu("", mtu=23)])

    async def session(client: Client) -> None:
        link = await client.connect(one)
        assert link.mtu == one.link_mtu == 23
        await client.subscribe(STREAM)
        await asyncio.sleep(1.2)
        assert {len(value) for value in client.payloads(STREAM)} == {20}

    play(radio, session)


# ── the air ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_no_notification_is_lost_and_none_overtakes_at_any_error_rate() -> None:
    radio = realistic(link=LinkModel(packet_error_rate=0.3))

    async def session(client: Client) -> None:
        await client.connect(radio.peripherals[0])
        await client.subscribe("2A37")
        await asyncio.sleep(20)
        numbers = [int.from_bytes(value, "little") for value in client.payloads("2A37")]
        assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        assert len(numbers) >= 190

    play(radio, session)


def test_notifications_come_out_at_connection_events() -> None:
    radio = realistic(link=LinkModel(interval_s=0.05, packet_error_rate=0.0))

    async def session(client: Client) -> None:
        await client.connect(radio.peripherals[0])
        await client.subscribe("2A37")
        await asyncio.sleep(3)
        first_s = client.got[0][0]
        phases = [(at_s - first_s) / 0.05 for at_s, _, _ in client.got]
        assert all(abs(phase - round(phase)) < 1e-6 for phase in phases)

    play(radio, session)


def test_an_event_carries_so_many_packets_and_the_rest_queues() -> None:
    one = strap()
    radio = BumbleRadio([one], link=LinkModel(interval_s=0.03, packets_per_event=6, packet_error_rate=0.0))

    async def session(client: Client) -> None:
        await client.connect(one)
        await client.subscribe(STREAM)
        await asyncio.sleep(0.5)
        client.got.clear()
        for number in range(60):
            one.send(STREAM, bytes([number]) + bytes(243))
        await asyncio.sleep(1)
        arrived = [(at_s, value[0]) for at_s, uuid, value in client.got if uuid == STREAM]
        assert [number for _, number in arrived] == list(range(60))
        assert arrived[-1][0] - arrived[0][0] == pytest.approx(9 * 0.03, abs=1e-6)

    play(radio, session)


def test_a_fault_changes_the_connection_interval_for_both_hosts() -> None:
    radio = realistic(ConnectionInterval("", 5.0, 10.0, interval_s=0.4))

    async def session(client: Client) -> None:
        await client.connect(radio.peripherals[0])
        took_s = []
        for at_s in (3.0, 7.0, 12.0):
            await asyncio.sleep(at_s - radio.schedule.clock_s())
            begun_s = radio.schedule.clock_s()
            await client.read("2A38")
            took_s.append(radio.schedule.clock_s() - begun_s)
        assert took_s[0] <= 0.1 and took_s[2] <= 0.1
        assert 0.4 <= took_s[1] <= 0.81

    play(radio, session)


def test_distance_makes_the_signal_weak() -> None:
    strengths = []
    for distance_m in (0.5, 5.0, 20.0):
        radio = realistic(link=LinkModel(distance_m=distance_m, packet_error_rate=0.0))
        heard = play(radio, lambda client: client.hear(5.0))
        strengths.append(sum(one.rssi_dbm for one in heard) / len(heard))
    assert strengths[0] > strengths[1] + 15 > strengths[2] + 25


def test_advertisements_come_at_their_interval() -> None:
    heard = play(realistic(), lambda client: client.hear(10.0))
    assert 37 <= len(heard) <= 40  # 0.25 s and up to 10 ms more


def test_without_delay_there_is_none() -> None:
    radio = realistic(link=ideal())

    async def session(client: Client) -> None:
        await client.connect(radio.peripherals[0])
        begun_s = radio.schedule.clock_s()
        await client.read("2A38")
        assert radio.schedule.clock_s() - begun_s < 1e-9

    play(radio, session)


# ── losing and regaining ────────────────────────────────────────────────────────────────────────────────────────


def test_a_short_blackout_brings_a_burst_and_loses_nothing() -> None:
    radio = realistic(Blackout("", 5.0, 8.0))

    async def session(client: Client) -> None:
        await client.connect(radio.peripherals[0])
        await client.subscribe("2A37")
        await asyncio.sleep(10)
        times = [at_s for at_s, _, _ in client.got]
        assert not [at_s for at_s in times if 5.04 < at_s < 8.0]
        numbers = [int.from_bytes(value, "little") for value in client.payloads("2A37")]
        assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        assert client.lost == []

    play(radio, session)


def test_a_long_blackout_ends_the_link_by_supervision_and_a_new_one_comes_after_it() -> None:
    radio = realistic(Blackout("", 5.0, 11.0))
    one = radio.peripherals[0]

    async def session(client: Client) -> None:
        await client.connect(one)
        await client.subscribe("2A37")
        await asyncio.sleep(8.9 - radio.schedule.clock_s())
        assert client.lost == []
        await asyncio.sleep(0.2)
        assert client.lost == ["supervision timeout"]
        assert isinstance(await client.read("2A38"), LinkGoneError)
        await client.connect(one)
        assert 11.0 < radio.schedule.clock_s() < 13.5
        client.got.clear()
        await client.subscribe("2A37")
        await asyncio.sleep(1)
        assert len(client.payloads("2A37")) >= 9

    play(radio, session)


@pytest.mark.parametrize("turns", range(8))
def test_a_program_that_ends_while_a_command_is_under_way_ends_without_a_word(
    turns: int, caplog: pytest.LogCaptureFixture
) -> None:
    async def main() -> None:
        radio = realistic()
        client = Client(radio)
        driver = LiveDriver(radio.schedule, asyncio.get_running_loop())
        link = await client.connect(radio.peripherals[0])
        link.disconnect()
        for _ in range(turns):
            await asyncio.sleep(0)
        driver.stop()

    virtual_loop.run(main(), limit_s=60)
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == []


def test_a_request_under_way_is_told_when_the_link_goes() -> None:
    radio = realistic(LinkLoss("", 5.0, 6.0, "out of reach"))

    async def session(client: Client) -> None:
        await client.connect(radio.peripherals[0])
        await asyncio.sleep(4.99 - radio.schedule.clock_s())
        results = await asyncio.gather(client.read("2A38"), client.read(CONTROL), client.write(CONTROL, b"\x01"))
        assert [str(one) for one in results] == ["out of reach"] * 3
        assert client.lost == ["out of reach"]

    play(radio, session)


def test_a_tracker_that_restarts_is_away_and_comes_back() -> None:
    radio = realistic(Restart("", 4.0, away_s=3.0))

    async def session(client: Client) -> None:
        await client.connect(radio.peripherals[0])
        await asyncio.sleep(4.5 - radio.schedule.clock_s())
        assert client.lost == ["the tracker switched off"]
        assert await client.hear(2.0) == []
        await client.connect(radio.peripherals[0])
        assert radio.schedule.clock_s() > 7.0

    play(radio, session)


def test_a_silent_tracker_is_given_up_after_the_time_of_the_specification() -> None:
    radio = realistic(SilentPeer("", 4.0, 100.0))

    async def session(client: Client) -> None:
        await client.connect(radio.peripherals[0])
        await client.subscribe("2A37")
        await asyncio.sleep(5.0 - radio.schedule.clock_s())
        client.got.clear()
        assert isinstance(await client.read("2A38"), LinkGoneError)
        assert 35.0 <= radio.schedule.clock_s() < 36.0
        assert client.got == []
        assert client.lost == ["the tracker did not answer within 30 s"]

    play(radio, session)


def test_disconnecting_ends_both_sides_and_the_tracker_advertises_again() -> None:
    radio = realistic()
    one = radio.peripherals[0]

    async def session(client: Client) -> None:
        for _ in range(3):
            await client.connect(one)
            assert one.outlet is not None
            client.link.disconnect()
            await asyncio.sleep(0.3)
            assert one.outlet is None
            assert await client.hear(1.0)
        assert client.lost == ["disconnected by the host"] * 3

    play(radio, session)


def test_what_a_fault_says_of_connecting_is_the_error() -> None:
    radio = realistic(ConnectFailure("", 0.0, 100.0, word="le-connection-abort-by-peer", times=2))
    one = radio.peripherals[0]

    async def session(client: Client) -> None:
        for _ in range(2):
            error = await client.try_connect(one)
            assert isinstance(error, ConnectError) and str(error) == "le-connection-abort-by-peer"
        await client.connect(one)
        assert isinstance(again := await client.try_connect(one), ConnectError)
        assert again.error == "org.bluez.Error.InProgress"

    play(radio, session)


def test_an_attempt_given_up_leaves_no_link_behind() -> None:
    radio = realistic()
    one = radio.peripherals[0]

    async def session(client: Client) -> None:
        for wait_s in (0.0, 0.1, 0.3, 0.45, 0.6, 0.75):
            outcome: list[object] = []
            give_up = radio.connect(one.address, outcome.append)
            await asyncio.sleep(wait_s)
            give_up()
            await asyncio.sleep(1.0)
            assert len(outcome) == 1 and isinstance(outcome[0], ConnectError)
            assert one.outlet is None and radio.links == {}
        await client.connect(one)

    play(radio, session)


def test_an_attempt_given_up_at_any_instant_does_not_block_the_next() -> None:
    radio = realistic()
    one = radio.peripherals[0]

    async def session(client: Client) -> None:
        await client.hear(0.5)
        for step in range(60):
            outcome: list[object] = []
            give_up = radio.connect(one.address, outcome.append)
            for _ in range(3 * step):
                await asyncio.sleep(0)
            await asyncio.sleep(0.3 * (step % 3))
            give_up()
            await asyncio.sleep(0.0)
            assert len(outcome) == 1
            if not isinstance(outcome[0], ConnectError):
                outcome[0].disconnect()  # type: ignore[attr-defined]
            await asyncio.sleep(0.3)
        await client.connect(one)
        assert await client.read("2A38") == b"\x01"

    play(radio, session)


def test_who_is_not_there_is_waited_for_twenty_seconds() -> None:
    radio = realistic()

    async def session(client: Client) -> None:
        error = await client.try_connect(strap("Nobody"))
        assert isinstance(error, ConnectError) and str(error) == "le-connection-abort-by-local"
        assert radio.schedule.clock_s() == pytest.approx(20.0, abs=0.1)

    play(radio, session)


def test_an_adapter_that_is_off_hears_and_connects_nothing() -> None:
    radio = realistic(AdapterOff(4.0, 8.0))
    seen: list[Fault] = []
    radio.happened = seen.append

    async def session(client: Client) -> None:
        await client.connect(radio.peripherals[0])
        await asyncio.sleep(4.5 - radio.schedule.clock_s())
        assert client.lost == ["the adapter was switched off"]
        error = await client.try_connect(radio.peripherals[0])
        assert isinstance(error, ConnectError) and error.error == "org.bluez.Error.NotReady"
        assert await client.hear(2.0) == []
        await asyncio.sleep(8.1 - radio.schedule.clock_s())
        await client.connect(radio.peripherals[0])
        assert len(seen) == 2

    play(radio, session)


def test_several_trackers_stream_at_once() -> None:
    trackers = [strap(f"Strap {number}") for number in range(3)]
    radio = BumbleRadio(trackers, link=LinkModel(packet_error_rate=0.1))

    async def session(client: Client) -> None:
        clients = [Client(radio) for _ in trackers]
        await asyncio.gather(*(one.connect(tracker) for one, tracker in zip(clients, trackers, strict=True)))
        await asyncio.gather(*(one.subscribe("2A37") for one in clients))
        await asyncio.sleep(5)
        assert all(len(one.got) >= 45 for one in clients)

    play(radio, session)


def test_a_tracker_may_come_into_reach_later() -> None:
    radio = realistic()

    async def session(client: Client) -> None:
        await client.hear(1.0)
        radio.add(late := strap("Late"))
        assert {one.name for one in await client.hear(1.0)} == {"Strap", "Late"}
        await client.connect(late)

    play(radio, session)


# ── pairing ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_needs_a_bond_is_readable_after_pairing_and_after_reconnecting() -> None:
    radio = realistic()
    one = radio.peripherals[0]

    async def session(client: Client) -> None:
        link = await client.connect(one)
        assert not link.bonded and code(await client.read("2A19")) == 0x05
        assert await client.pair() == b""
        assert link.bonded and one.bonds and radio.bonds == {one.address}
        assert await client.read("2A19") == b"\x50"
        assert await client.subscribe("2A19") == b""
        link.disconnect()
        await asyncio.sleep(0.5)
        assert (await client.connect(one)).bonded
        assert await client.read("2A19") == b"\x50"

    play(radio, session)


def test_a_bond_that_the_tracker_lost_ends_the_link_and_pairing_anew_helps() -> None:
    radio = realistic(BondLost("", 6.0))
    one = radio.peripherals[0]

    async def session(client: Client) -> None:
        link = await client.connect(one)
        await client.pair()
        link.disconnect()
        await asyncio.sleep(7.0 - radio.schedule.clock_s())
        assert not (await client.connect(one)).bonded
        await asyncio.sleep(0.5)
        assert client.lost[-1] == "authentication failure: the tracker lost its bond"
        radio.unpair(one.address)
        assert not (await client.connect(one)).bonded
        assert await client.pair() == b""
        assert await client.read("2A19") == b"\x50"

    play(radio, session)


def test_a_fault_can_make_everything_need_a_bond() -> None:
    radio = realistic(NeedsBonding("", 4.0))

    async def session(client: Client) -> None:
        await client.connect(radio.peripherals[0])
        assert await client.read("2A38") == b"\x01"
        await asyncio.sleep(4.1 - radio.schedule.clock_s())
        assert code(await client.read("2A38")) == 0x05
        await client.pair()
        assert await client.read("2A38") == b"\x01"

    play(radio, session)


def test_a_link_lost_while_pairing_tells_who_pairs() -> None:
    radio = realistic()

    async def session(client: Client) -> None:
        await client.connect(radio.peripherals[0])
        now_s = radio.schedule.clock_s()
        radio.inject(LinkLoss("", now_s + 0.1, now_s + 0.2))
        assert isinstance(await client.pair(), LinkGoneError)
        assert radio.bonds == set()

    play(radio, session)


# ── the rest of the catalogue ───────────────────────────────────────────────────────────────────────────────────


def test_an_old_table_lacks_the_last_service() -> None:
    radio = realistic(StaleServices("", 0.0, 5.0))

    async def session(client: Client) -> None:
        link = await client.connect(radio.peripherals[0])
        assert len(link.services) == 2
        link.disconnect()
        await asyncio.sleep(5.1 - radio.schedule.clock_s())
        assert len((await client.connect(radio.peripherals[0])).services) == 3

    play(radio, session)


def test_doubled_notifications_arrive_twice_over_the_air() -> None:
    radio = realistic(Doubled("", 0.0, 100.0))

    async def session(client: Client) -> None:
        await client.connect(radio.peripherals[0])
        await client.subscribe("2A37")
        await asyncio.sleep(2)
        payloads = client.payloads("2A37")
        assert len(payloads) >= 30 and payloads[::2] == payloads[1::2]

    play(radio, session)


def test_the_same_seed_brings_the_same_times_and_bytes() -> None:
    async def session(client: Client) -> str:
        one = client.radio.peripherals[0]
        await client.connect(one)
        await client.subscribe("2A37")
        await asyncio.sleep(5)
        await client.connect(one)
        await client.subscribe("2A37")
        await asyncio.sleep(2)
        return str(client.radio.transcript.text())

    faults = (LinkLoss("", 4.0, 5.0),)
    model = LinkModel(packet_error_rate=0.2)
    first, again, other = (play(realistic(*faults, link=model, seed=seed), session) for seed in (1, 1, 2))
    assert first == again != other
