"""Advertising data: what fits comes back as it was, what does not is left out, and no bytes break the reader."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hardware_sim.advertising import LIMIT, decode, encode
from hardware_sim.peripheral import Advertised, Peripheral, characteristic, full_uuid, service

STRAP = Advertised(("180D", "fb005c80-02e7-f387-1cad-8acd2d8df0c8"), {0x6B: b"\x01\x02"}, {"180F": b"\x50"}, 0x0341, -4)


def tracker(advertised: Advertised, name: str = "Strap") -> Peripheral:
    return Peripheral(name, [service("180D", characteristic("2A37", "notify"))], advertised=advertised)


def test_the_bytes_are_those_of_the_specification() -> None:
    first, second = encode(tracker(STRAP))
    assert first == bytes.fromhex("020106 03030d18 1107c8f08d2dcd8aad1c87f3e702805c00fb 05ff6b000102")
    assert second == bytes.fromhex("06095374726170 04160f1850 03194103 020afc")


def test_what_fits_comes_back() -> None:
    heard = decode(*encode(tracker(STRAP)))
    assert heard.name == "Strap"
    assert heard.services == tuple(full_uuid(one) for one in STRAP.services)
    assert heard.manufacturer == STRAP.manufacturer
    assert heard.service_data == {full_uuid("180F"): b"\x50"}
    assert (heard.appearance, heard.tx_power_dbm) == (0x0341, -4)


@given(
    st.text(min_size=1, max_size=60),
    st.lists(st.uuids().map(str), max_size=4),
    st.lists(st.integers(0, 0xFFFF).map(lambda n: f"{n:04x}"), max_size=20),
    st.dictionaries(st.integers(0, 0xFFFF), st.binary(max_size=40), max_size=3),
)
def test_both_packets_keep_to_31_bytes_and_say_nothing_that_is_not_so(
    name: str, long: list[str], short: list[str], makers: dict[int, bytes]
) -> None:
    said = Advertised((*short, *long), makers)
    first, second = encode(tracker(said, name))
    assert max(len(first), len(second)) <= LIMIT
    heard = decode(first, second)
    assert set(heard.services) <= {full_uuid(one) for one in said.services}
    assert heard.manufacturer.items() <= makers.items()
    assert name.encode().startswith(heard.name.rstrip("\ufffd").encode())


@given(st.binary(max_size=31), st.binary(max_size=31))
def test_no_bytes_break_the_reader(first: bytes, second: bytes) -> None:
    heard = decode(first, second)
    assert all(len(uuid) == 36 for uuid in heard.services)
