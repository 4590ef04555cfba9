"""The fault catalogue: each fault happens when and as it says, on the radio and in a world without one.

Runs are compared with the same run without the fault; links are ideal unless the fault is one of the link.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Sequence

import numpy as np
import pytest
from radio_client import Att, Client, model, wearing

from hardware_sim import faults as catalogue
from hardware_sim import gatt
from hardware_sim import open_tracker as p8
from hardware_sim.central import ConnectError, LinkGoneError, Result
from hardware_sim.faults import FAULTS, Fault, fault, name_of
from hardware_sim.firmware.pmd import CONTROL
from hardware_sim.link_model import LinkModel
from hardware_sim.peripheral import AttError, full_uuid
from hardware_sim.scenario import Scenario, Tracker
from hardware_sim.scenarios import scenario
from hardware_sim.world import Connection, Frame, World

PULSE = full_uuid("2A37")
FROM_S, TO_S, END_S = 30.0, 50.0, 75.0
ONE_OF_EACH: dict[str, dict[str, object]] = {
    "link-loss": {"tracker": "one", "from_s": FROM_S, "to_s": TO_S},
    "satellite-loss": {"from_s": FROM_S, "to_s": TO_S},
    "clock-jump": {"tracker": "one", "at_s": FROM_S, "by_s": 3600.0},
    "restart": {"tracker": "one", "at_s": FROM_S},
    "doubled": {"tracker": "one", "from_s": FROM_S, "to_s": TO_S},
    "packet-loss": {"tracker": "one", "from_s": FROM_S, "to_s": TO_S, "share": 0.3},
    "garbled": {"tracker": "one", "from_s": FROM_S, "to_s": TO_S, "share": 0.5},
    "connect-failure": {"tracker": "one", "from_s": 0.0, "to_s": TO_S},
    "silent-peer": {"tracker": "one", "from_s": FROM_S, "to_s": TO_S},
    "blackout": {"tracker": "one", "from_s": FROM_S, "to_s": FROM_S + 3.0},
    "stall": {"tracker": "one", "from_s": FROM_S, "to_s": TO_S},
    "reordered": {"tracker": "one", "from_s": FROM_S, "to_s": TO_S, "share": 0.4},
    "oversized": {"tracker": "one", "from_s": FROM_S, "to_s": TO_S},
    "frozen": {"tracker": "one", "from_s": FROM_S, "to_s": TO_S},
    "connection-interval": {"tracker": "one", "from_s": FROM_S, "to_s": TO_S},
    "short-mtu": {"tracker": "one"},
    "stale-services": {"tracker": "one", "from_s": 0.0, "to_s": TO_S},
    "clock-reset": {"tracker": "one", "at_s": FROM_S},
    "clock-drift": {"tracker": "one", "at_s": FROM_S, "ppm": 1000.0},
    "low-battery": {"tracker": "one", "at_s": FROM_S},
    "needs-bonding": {"tracker": "one"},
    "bond-lost": {"tracker": "one", "at_s": FROM_S},
    "adapter-off": {"from_s": FROM_S, "to_s": TO_S},
    "bus-death": {"at_s": FROM_S},
}


def made(name: str, **changed: object) -> Fault:
    return fault(name, **(ONE_OF_EACH[name] | changed))


def listening(
    *faults: Fault,
    to: str = "heart-rate-strap",
    what: Sequence[str] = ("2A37",),
    link: LinkModel | None = None,
    **values: object,
) -> Client:
    client = Client(wearing(model(to, **values), faults=faults), link=link)
    client.connect()
    for uuid in what:
        client.subscribe(uuid)
    return client


def heard(*faults: Fault, **values: object) -> list[tuple[float, bytes]]:
    """Return the heart rates that a client hears until the end."""
    client = listening(*faults, **values)  # type: ignore[arg-type]
    client.run(END_S)
    return client.notes["one", PULSE]


USUAL = heard()


def within(notes: list[tuple[float, bytes]], from_s: float = FROM_S, to_s: float = TO_S) -> list[tuple[float, bytes]]:
    return [note for note in notes if from_s <= note[0] < to_s]


def outside(notes: list[tuple[float, bytes]], from_s: float = FROM_S, to_s: float = TO_S) -> list[tuple[float, bytes]]:
    return [note for note in notes if not from_s <= note[0] < to_s]


# ── all of them ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_catalogue_names_every_fault_and_says_what_is_wrong_with_another() -> None:
    assert set(ONE_OF_EACH) == set(FAULTS)
    assert all(name_of(made(name)) == name for name in FAULTS)
    with pytest.raises(ValueError, match="no fault named 'bad-luck'; there are: link-loss"):
        fault("bad-luck")
    with pytest.raises(ValueError, match="fault 'stall' has no 'share'; it has: from_s, to_s, tracker"):
        fault("stall", tracker="", from_s=0.0, to_s=1.0, share=1.0)
    with pytest.raises(ValueError, match="fault 'stall' needs tracker too, such as tracker=strap"):
        fault("stall", from_s=0.0, to_s=1.0)


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_the_same_seed_meets_a_fault_in_the_same_way_byte_for_byte(name: str) -> None:
    def transcript(seed: int) -> str:
        client = Client(wearing(model("polar-h10"), faults=[made(name)]), seed, LinkModel())
        for _ in range(6):
            if "one" not in client.links:
                client.connect()
        if "one" in client.links:
            for uuid in ("2A37", "2A19"):
                client.links["one"].subscribe(client.radio.find("one").find(uuid), True, lambda result: None)
        client.run(END_S)
        return client.radio.transcript.text(5000)

    first = transcript(3)
    assert first == transcript(3)
    assert first != transcript(4)


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_a_fault_that_concerns_another_tracker_changes_nothing(name: str) -> None:
    if "tracker" in ONE_OF_EACH[name]:
        assert heard(made(name, tracker="other")) == USUAL


@pytest.mark.parametrize(
    "name", sorted(set(FAULTS) - {"connect-failure", "short-mtu", "needs-bonding", "stale-services"})
)
def test_a_fault_injected_live_is_one_that_was_planned(name: str) -> None:
    planned, live = listening(made(name)), listening()
    live.radio.inject(made(name))
    for client in (planned, live):
        client.run(END_S)
    assert live.notes == planned.notes
    assert live.lost == planned.lost


# ── the connection ────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_lost_link_ends_with_its_cause_and_the_tracker_is_away() -> None:
    client = listening(made("link-loss", cause="out of range"))
    client.run(TO_S - 1.0)
    assert client.lost == [(FROM_S, "one", "out of range")]
    assert within(client.notes["one", PULSE]) == []
    seen: list[float] = []
    client.radio.scan(lambda advertisement: seen.append(client.now_s))
    client.run(END_S)
    assert TO_S <= min(seen) < TO_S + 0.3


def test_a_restarted_tracker_is_away_and_counts_from_its_boot() -> None:
    client = listening(made("restart", away_s=6.0), to="open-tracker", what=())
    before = int.from_bytes(client.read(p8.TIME)[:6], "little")
    client.write(p8.TIME, (1_780_000_000_000).to_bytes(6, "little"))
    client.run(FROM_S + 1.0)
    assert client.lost == [(FROM_S, "one", "the tracker switched off")]
    client.connect()
    assert FROM_S + 6.0 <= client.now_s < FROM_S + 6.6
    after = client.read(p8.TIME)
    assert before > 10_000_000
    assert 800_000 <= int.from_bytes(after[:6], "little") < 2_000_000
    assert after[6:] == bytes(6), "and nobody has told it the time"


@pytest.mark.parametrize(
    "word", ["le-connection-abort-by-local", "Software caused connection abort", "br-connection-canceled"]
)
def test_connecting_fails_with_its_word_so_many_times(word: str) -> None:
    client = Client(wearing(model("heart-rate-strap"), faults=[made("connect-failure", word=word, times=3)]))
    tries = [client.connect() for _ in range(4)]
    assert [str(each) for each in tries[:3]] == [word] * 3
    assert [getattr(each, "flips_connected", None) for each in tries[:3]] == ["abort" in word] * 3
    assert not isinstance(tries[3], ConnectError)


def test_a_silent_peer_keeps_the_link_and_answers_nothing() -> None:
    client = listening(made("silent-peer"))
    client.run(FROM_S + 5.0)
    answers: list[Result] = []
    client.links["one"].read(client.radio.find("one").find("2A19"), answers.append)
    client.run(TO_S)
    assert within(client.notes["one", PULSE]) == []
    assert answers == []
    assert client.lost == []
    client.run(FROM_S + 5.0 + 30.1)
    assert isinstance(answers[0], LinkGoneError), "a request unanswered for 30 s ends the link"
    assert client.lost[0][0] == pytest.approx(FROM_S + 35.0)


def test_a_short_blackout_brings_a_burst_and_a_long_one_ends_the_link() -> None:
    usual = LinkModel(packet_error_rate=0.0)
    client = listening(made("blackout"), link=usual)
    client.run(END_S)
    assert client.lost == []
    notes = client.notes["one", PULSE]
    assert within(notes, FROM_S, FROM_S + 3.0) == []
    burst = within(notes, FROM_S + 3.0, FROM_S + 3.1)
    assert len(burst) >= 3
    client = listening(made("blackout", to_s=FROM_S + 20.0), link=usual)
    client.run(END_S)
    assert client.lost == [(FROM_S + 4.0, "one", "supervision timeout")]
    assert isinstance(client.connect(), object)
    seen = Client(wearing(model("heart-rate-strap"), faults=[made("blackout", from_s=0.0, to_s=10.0)]))
    seen.connect()
    assert 10.0 <= seen.now_s < 10.6, "nothing of it is heard meanwhile"


def test_the_connection_interval_decides_how_late_a_notification_is() -> None:
    usual = LinkModel(packet_error_rate=0.0, interval_s=0.03)
    client = listening(made("connection-interval", interval_s=0.4), link=usual)
    client.run(END_S)
    late = {at_s: at_s - sent for (at_s, _), sent in zip(client.notes["one", PULSE], sent_at(client), strict=True)}
    inside = [delay for at_s, delay in late.items() if FROM_S + 1.0 <= at_s < TO_S]
    normal = [delay for at_s, delay in late.items() if at_s < FROM_S]
    assert max(normal) <= 0.031
    assert 0.1 < max(inside) <= 0.401


def sent_at(client: Client) -> list[float]:
    """Return when the heart rates that arrived were sent: once a second, at the tracker's own phase."""
    worn = client.radio.find("one").worn(END_S)  # type: ignore[attr-defined]
    return [float(np.floor(at_s - worn.phase_s) + worn.phase_s) for at_s, _ in client.notes["one", PULSE]]


def test_a_short_mtu_is_the_link_s_and_nothing_longer_gets_through() -> None:
    client = listening(made("short-mtu", mtu=23, to_s=10.0), to="watch", what=("2A67",))
    assert client.links["one"].mtu == 23
    client.run(9.0)
    client.links["one"].disconnect()
    client.run(11.0)
    client.connect()
    client.subscribe("2A67")
    assert client.links["one"].mtu == 247
    client.run(20.0)
    sizes = [len(payload) for payload in client.of("2A67")]
    assert set(sizes[:6]) == {20}
    assert set(sizes[-6:]) == {27}


def test_stale_services_lack_the_last_one_until_who_connects_later() -> None:
    client = listening(made("stale-services", to_s=10.0), what=())
    full = [each.uuid for each in client.radio.find("one").services]
    assert [each.uuid for each in client.links["one"].services] == full[:-1]
    client.run(11.0)
    client.links["one"].disconnect()
    client.connect()
    assert [each.uuid for each in client.links["one"].services] == full


def test_needed_bonds_are_asked_for_and_given() -> None:
    client = listening(made("needs-bonding"), what=())
    for ask in (lambda: client.read("2A19"), lambda: client.subscribe("2A37"), lambda: client.write("2A39", b"\x01")):
        with pytest.raises(AttError) as refused:
            ask()
        assert refused.value.code == Att.INSUFFICIENT_AUTHENTICATION
    paired: list[Result] = []
    client.links["one"].pair(paired.append)
    client.wait(1.0)
    assert paired == [b""]
    assert client.links["one"].bonded
    assert client.read("2A19")


def test_a_lost_bond_breaks_the_next_link_until_the_host_forgets_it_too() -> None:
    client = listening(made("bond-lost"), made("needs-bonding"), what=())
    client.links["one"].pair(lambda result: None)
    client.run(20.0)
    client.links["one"].disconnect()
    client.connect()
    client.wait(1.0)
    assert client.read("2A19"), "the bond holds over a reconnection"
    client.run(FROM_S + 1.0)
    client.links["one"].disconnect()
    client.connect()
    client.wait(1.0)
    assert "lost its bond" in client.lost[-1][2]
    client.radio.unpair(client.radio.find("one").address)
    client.connect()
    client.links["one"].pair(lambda result: None)
    client.wait(1.0)
    assert client.read("2A19")


def test_an_adapter_that_is_off_has_no_links_and_makes_none() -> None:
    client = listening(made("adapter-off"))
    told: list[tuple[float, bool]] = []
    client.radio.happened = lambda fault: told.append((client.now_s, client.radio.adapter_on))
    client.run(FROM_S + 1.0)
    assert client.lost == [(FROM_S, "one", "the adapter was switched off")]
    refused = client.connect()
    assert isinstance(refused, ConnectError)
    assert refused.error == "org.bluez.Error.NotReady"
    client.run(TO_S + 0.1)
    assert told == [(FROM_S, False), (TO_S, True)]
    assert not isinstance(client.connect(), ConnectError)


def test_the_death_of_the_bus_is_told_to_the_route() -> None:
    client = listening(made("bus-death"))
    told: list[tuple[float, str]] = []
    client.radio.happened = lambda fault: told.append((client.now_s, name_of(fault)))
    client.run(END_S)
    assert told == [(FROM_S, "bus-death")]


# ── notifications ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_doubled_notifications_come_twice_and_only_then() -> None:
    notes = heard(made("doubled"))
    assert outside(notes) == outside(USUAL)
    payloads = [payload for _, payload in within(notes)]
    assert payloads[::2] == payloads[1::2] == [payload for _, payload in within(USUAL)]


def test_packet_loss_takes_its_share_and_only_then() -> None:
    notes = heard(made("packet-loss", share=0.5))
    assert outside(notes) == outside(USUAL)
    assert set(notes) < set(USUAL)
    assert 3 <= len(within(notes)) <= 17
    assert within(heard(made("packet-loss", share=1.0))) == []
    assert heard(made("packet-loss", share=0.0)) == USUAL


def test_garbled_notifications_are_cut_short_or_have_one_wrong_bit() -> None:
    notes = heard(made("garbled", share=1.0))
    assert outside(notes) == outside(USUAL)
    cut = wrong = 0
    for (_, sent), (_, came) in zip(within(USUAL), within(notes), strict=True):
        if len(came) < len(sent):
            assert sent.startswith(came)
            cut += 1
        else:
            assert sum((a ^ b).bit_count() for a, b in zip(sent, came, strict=True)) == 1
            wrong += 1
    assert cut >= 3
    assert wrong >= 3


def test_oversized_notifications_have_bytes_after_their_end() -> None:
    notes = heard(made("oversized", share=1.0))
    assert outside(notes) == outside(USUAL)
    for (_, sent), (_, came) in zip(within(USUAL), within(notes), strict=True):
        assert came.startswith(sent)
        assert 1 <= len(came) - len(sent) <= 20


def test_reordered_notifications_are_late_and_overtaken_but_not_lost() -> None:
    notes = heard(made("reordered", share=0.4, by_s=3.0))
    assert sorted(payload for _, payload in notes) == sorted(payload for _, payload in USUAL)
    order = [[payload for _, payload in USUAL].index(payload) for _, payload in within(notes, FROM_S, TO_S + 3.0)]
    assert any(a > b for a, b in itertools.pairwise(order))
    due = {payload: at_s for at_s, payload in USUAL}
    assert all(0.0 <= at_s - due[payload] <= 3.0 for at_s, payload in notes)
    assert all(at_s == due[payload] for at_s, payload in outside(notes, FROM_S, TO_S + 3.0))


def test_a_stall_holds_everything_back_and_brings_it_in_one_burst() -> None:
    client = listening(made("stall"))
    client.run(END_S)
    notes = client.notes["one", PULSE]
    assert client.lost == []
    assert within(notes) == []
    assert [payload for _, payload in notes] == [payload for _, payload in USUAL]
    assert {at_s for at_s, _ in within(notes, TO_S, TO_S + 0.001)} == {TO_S}


def test_a_frozen_tracker_repeats_its_last_notification_but_still_answers() -> None:
    notes = heard(made("frozen"))
    assert outside(notes) == outside(USUAL)
    last = within(USUAL, 0.0, FROM_S)[-1][1]
    assert [at_s for at_s, _ in within(notes)] == [at_s for at_s, _ in within(USUAL)]
    assert {payload for _, payload in within(notes)} == {last}
    client = listening(made("frozen"), to="polar-h10", what=(CONTROL,))
    assert client.asked(CONTROL, "0100").startswith("f00100")
    client.run(FROM_S + 5.0)
    assert client.asked(CONTROL, "05") == "f0050000000002", "an answer is no measurement"


# ── what the tracker does itself ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("frozen", [True, False])
def test_without_satellites_the_last_known_place_is_marked_or_left_out(frozen: bool) -> None:
    client = listening(made("satellite-loss", frozen=frozen), to="watch", what=("2A67",))
    client.run(END_S)
    notes = client.notes["one", full_uuid("2A67")]
    flags = [int.from_bytes(payload[:2], "little") for _, payload in within(notes)]
    places = {payload[7:15] for _, payload in within(notes)}
    assert {flag >> 7 & 3 for flag in flags} == ({3} if frozen else {0})
    assert {bool(flag & 4) for flag in flags} == {frozen}
    assert len(places) == 1 or not frozen
    assert {int.from_bytes(payload[:2], "little") >> 7 & 3 for _, payload in outside(notes)} == {1}


def clock_s(client: Client) -> float:
    """Return the Unix time that a tracker's Current Time says, to the second."""
    from hardware_sim.firmware.tracker import unix_of

    told = unix_of(client.read("2A2B")[:7])
    assert told is not None
    return told


def test_a_clock_jumps_resets_and_drifts_at_its_instant() -> None:
    start_s = scenario("default").place.start_unix_s
    jumped, reset, drifting = (
        listening(made(name, **more), to="watch", what=())  # type: ignore[arg-type]
        for name, more in (("clock-jump", {}), ("clock-reset", {}), ("clock-drift", {"ppm": 1e5}))
    )
    for client in (jumped, reset, drifting):
        client.run(FROM_S - 1.0)
        assert clock_s(client) == pytest.approx(start_s + FROM_S - 1.0, abs=1.5)
        client.run(FROM_S + 30.0)
    assert clock_s(jumped) == pytest.approx(start_s + FROM_S + 30.0 + 3600.0, abs=1.5)
    assert clock_s(reset) == pytest.approx(1_546_300_800.0 + 30.0, abs=1.5)
    assert clock_s(drifting) == pytest.approx(start_s + FROM_S + 33.0, abs=1.5)


@pytest.mark.parametrize(
    ("name", "more", "count_s"),
    [("clock-jump", {"by_s": 5.0}, 26.0), ("clock-reset", {}, None), ("clock-drift", {"ppm": 1e5}, 23.0)],
)
def test_a_count_since_boot_follows_its_faults_in_data_and_when_asked(
    name: str, more: dict[str, object], count_s: float | None
) -> None:
    client = listening(made(name, **more), to="open-tracker", what=(p8.CONTROL, p8.DATA), clock_ppm=0.0)
    client.asked(p8.CONTROL, "0101000000")
    client.run(FROM_S - 1.0)
    before_us = int.from_bytes(client.read(p8.TIME)[:6], "little")
    asked_s = client.now_s
    client.run(asked_s + 21.0)
    after_us = int.from_bytes(client.read(p8.TIME)[:6], "little")
    expected_s = after_us / 1e6 if count_s is None else (after_us - before_us) / 1e6
    assert expected_s == pytest.approx(20.0 if count_s is None else count_s, abs=0.1)
    at_s, payload = client.notes["one", p8.DATA][-1]
    first_row_us = int.from_bytes(payload[4:10], "little")
    dt_s, rows = int.from_bytes(payload[10:12], "little") * 1e-5, payload[12]
    late_s = (after_us - first_row_us) / 1e6 - (rows - 1) * dt_s
    assert late_s == pytest.approx(client.now_s - at_s, abs=0.1)


def test_a_low_battery_is_told_and_read() -> None:
    client = listening(made("low-battery", percent=2.0), what=("2A19",))
    client.run(END_S)
    assert [(round(at_s), payload) for at_s, payload in client.notes["one", full_uuid("2A19")]][-1][1] == b"\x02"
    assert FROM_S <= client.notes["one", full_uuid("2A19")][-1][0] < FROM_S + 2.0
    assert client.read("2A19") == b"\x02"


# ── a world without a radio ───────────────────────────────────────────────────────────────────────────────────────

STRAP = Tracker("one", ("heart_rate", "battery"), model="strap")
BASE = dataclasses.replace(scenario("default"), trackers=(STRAP,), duration_s=END_S)


def world(*faults: Fault, start_at_s: float = 0.0, trackers: tuple[Tracker, ...] = (STRAP,)) -> World:
    return World(dataclasses.replace(BASE, faults=faults, trackers=trackers), 3, start_at_s)


def pulses(played: World) -> list[tuple[float, bytes]]:
    return [(frame.t_s, frame.payload) for frame in played.frames() if frame.characteristic == gatt.HEART_RATE]


PLAYED = pulses(world())


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_a_world_begun_in_the_middle_meets_the_rest_of_the_same_fault(name: str) -> None:
    for start_s in (FROM_S - 0.5, FROM_S + 7.3, TO_S, TO_S + 1.7):
        whole = [event for event in world(made(name)).frames() if event.t_s >= start_s]
        assert list(world(made(name), start_at_s=start_s).frames()) == whole
    assert pulses(world(made(name))) == pulses(world(made(name)))


@pytest.mark.parametrize(
    ("name", "more", "changes"),
    [
        ("link-loss", {"cause": "away"}, [(FROM_S, False, "away"), (TO_S, True, "")]),
        ("restart", {}, [(FROM_S, False, "the tracker switched off"), (FROM_S + 4.0, True, "")]),
        ("adapter-off", {}, [(FROM_S, False, "the adapter was switched off"), (TO_S, True, "")]),
        ("bus-death", {}, [(FROM_S, False, "the system bus died")]),
        ("blackout", {"to_s": TO_S}, [(FROM_S + 4.0, False, "supervision timeout"), (TO_S, True, "")]),
        ("blackout", {}, []),
        ("silent-peer", {}, []),
        ("silent-peer", {"to_s": FROM_S + 35.0},
         [(FROM_S + 30.0, False, "the tracker did not answer within 30 s"), (FROM_S + 35.0, True, "")]),
        ("needs-bonding", {"from_s": FROM_S, "to_s": TO_S},
         [(FROM_S, False, "the tracker asks for a bond"), (TO_S, True, "")]),
        ("bond-lost", {}, []),
        ("stall", {}, []),
    ],
)  # fmt: skip
def test_a_world_tells_the_outages_that_a_fault_brings(
    name: str, more: dict[str, object], changes: list[tuple[float, bool, str]]
) -> None:
    events = [event for event in world(made(name, **more)).events() if isinstance(event, Connection)]
    assert [(event.t_s, event.up, event.cause) for event in events] == [(0.0, True, ""), *changes]
    for (lost_s, _, _), (back_s, _, _) in itertools.pairwise([*changes, (END_S, True, "")][: len(changes) + 1]):
        if changes and lost_s < back_s and (lost_s, False) in [(t, up) for t, up, _ in changes]:
            assert within(pulses(world(made(name, **more))), lost_s, back_s) == []


def test_in_a_world_a_failing_connection_comes_later_and_a_lost_bond_is_made_anew() -> None:
    events = list(world(made("link-loss"), made("connect-failure", from_s=TO_S, to_s=END_S, times=3)).events())
    assert [(e.t_s, e.up) for e in events if isinstance(e, Connection)] == [
        (0.0, True), (FROM_S, False), (TO_S + 3.0, True),
    ]  # fmt: skip
    late = [e for e in world(made("connect-failure", times=2)).events() if isinstance(e, Connection)]
    assert [(e.t_s, e.up) for e in late] == [(2.0, True)]
    private = dataclasses.replace(STRAP, needs_bond=True)
    events = list(world(made("bond-lost"), trackers=(private,)).events())
    assert [(e.t_s, e.up) for e in events if isinstance(e, Connection)][1:] == [(FROM_S, False), (FROM_S + 5.0, True)]


def test_in_a_world_notifications_are_doubled_lost_broken_and_lengthened() -> None:
    inside = [payload for _, payload in within(PLAYED)]
    doubled = [payload for _, payload in within(pulses(world(made("doubled"))), FROM_S, TO_S + 0.001)]
    assert len(doubled) == pytest.approx(2 * len(inside), abs=1)
    assert within(pulses(world(made("packet-loss", share=1.0)))) == []
    broken = [payload for _, payload in within(pulses(world(made("garbled", share=1.0))))]
    assert all(a != b for a, b in zip(inside, broken, strict=True))
    longer = [payload for _, payload in within(pulses(world(made("oversized", share=1.0))))]
    assert all(b.startswith(a) and len(b) > len(a) for a, b in zip(inside, longer, strict=True))
    short = [payload for _, payload in pulses(world(made("short-mtu", mtu=6)))]
    assert {len(payload) for payload in short} == {3}


def test_in_a_world_a_stall_and_a_short_blackout_bring_a_burst() -> None:
    for name, end_s in (("stall", TO_S), ("blackout", FROM_S + 3.0)):
        played = pulses(world(made(name, to_s=end_s)))
        assert within(played, FROM_S + 0.2, end_s) == []
        assert [payload for _, payload in played] == [payload for _, payload in PLAYED]
        assert len(within(played, end_s, end_s + 0.004)) >= 3


def test_in_a_world_frozen_trackers_repeat_and_silent_ones_send_nothing() -> None:
    frozen = pulses(world(made("frozen")))
    assert len(frozen) == len(PLAYED)
    assert len({payload for _, payload in within(frozen, FROM_S + 0.2)}) == 1
    assert within(frozen, FROM_S + 0.2)[0][1] == within(PLAYED, 0.0, FROM_S + 0.2)[-1][1]
    assert len({payload for _, payload in within(PLAYED)}) > 5
    assert within(pulses(world(made("silent-peer"))), FROM_S + 0.2) == []
    assert len(within(pulses(world(made("silent-peer"))), TO_S, END_S)) > 20


def test_in_a_world_packets_overtake_each_other_and_a_slow_link_is_late() -> None:
    late = pulses(world(made("reordered", share=0.5, by_s=3.0)))
    assert sorted(payload for _, payload in late) == sorted(payload for _, payload in PLAYED)
    assert [payload for _, payload in late] != [payload for _, payload in PLAYED]
    usual, slow = (
        np.array([at_s for at_s, _ in notes]) for notes in (PLAYED, pulses(world(made("connection-interval"))))
    )
    inside = (usual > FROM_S + 1.0) & (usual < TO_S - 1.0)
    assert (slow - usual)[inside].max() > 0.05
    np.testing.assert_array_equal(slow[usual < FROM_S], usual[usual < FROM_S])


def test_in_a_world_an_old_table_lacks_the_last_stream_until_the_next_connection() -> None:
    def batteries(played: World) -> list[Frame]:
        return [frame for frame in played.frames() if frame.characteristic == gatt.BATTERY]

    assert batteries(world())
    assert not batteries(world(made("stale-services")))
    assert len(pulses(world(made("stale-services")))) == len(PLAYED)


def test_in_a_world_clocks_and_batteries_are_the_tracker_s_own_business() -> None:
    watch = Tracker("one", ("location", "battery"), placement="wrist")
    low = [f for f in world(made("low-battery", percent=2.0)).frames() if f.characteristic == gatt.BATTERY]
    assert [frame.payload for frame in low][1:] == [b"\x02"]
    assert FROM_S <= low[1].t_s < FROM_S + 2.0
    played = [
        f.payload[-7:]
        for f in world(made("clock-reset"), trackers=(watch,)).frames()
        if f.characteristic == gatt.LOCATION
    ]
    assert {payload[:2] for payload in played} == {b"\xea\x07", b"\xe3\x07"}, "2026, then 2019"


def test_the_clip_s_count_follows_the_faults_of_its_clock_in_a_world() -> None:
    clip = Tracker("one", ("motion",), clock_ppm=0.0)

    def counts(*faults: Fault) -> list[int]:
        frames = world(*faults, trackers=(clip,)).frames()
        return [int.from_bytes(frame.payload[4:10], "little") for frame in frames]

    usual, jumped = np.array(counts()), np.array(counts(made("clock-jump", by_s=7.0)))
    moved = (jumped - usual) / 1e6
    assert set(np.round(moved, 6)) == {0.0, 7.0}
    drifted = (np.array(counts(made("clock-drift", ppm=1000.0))) - usual) / 1e6
    assert drifted[0] == 0.0
    assert drifted[-1] == pytest.approx(0.001 * (END_S - FROM_S), abs=0.002)
    assert min(counts(made("clock-reset"))) < 400_000


def test_the_scenario_of_all_faults_plays_to_its_end_on_both_ways() -> None:
    events = list(World(scenario("faults"), 1).events())
    lost = {event.cause for event in events if isinstance(event, Connection) and not event.up}
    assert {"supervision timeout", "the adapter was switched off", "the system bus died"} <= lost
    played: Scenario = dataclasses.replace(scenario("faults"), faults=scenario("faults").faults[:-1])
    client = Client(played)
    for tracker in ("strap", "pod"):
        client.connect(tracker)
        client.subscribe_all(tracker)
    client.run(200.0)
    assert client.lost[0] == (60.0, "strap", "supervision timeout")
    assert catalogue.begins_s(played.faults[0]) == 60.0
