"""What an advertisement says, as properties of a device.

The rule of this file: an advertisement becomes D-Bus values, and only what is new in it is passed on. Sources: BlueZ
doc/org.bluez.Device.rst; Bluetooth Assigned Numbers, 2.6.3 (appearance).
"""

from __future__ import annotations

from collections.abc import Mapping

from dbus_fast import Variant

from hardware_sim.central import Advertisement
from hardware_sim.peripheral import full_uuid

#: Icon names of the freedesktop naming specification by category of the appearance, as BlueZ gives them.
_ICONS = {1: "phone", 2: "computer", 3: "watch", 15: "input-gaming"}


def named(heard: Advertisement) -> dict[str, Variant]:
    """Return what an advertisement tells of a device that was not known."""
    return news({}, heard, 1)


def news(known: Mapping[str, Variant], heard: Advertisement, step_db: int) -> dict[str, Variant]:
    """Return the properties that an advertisement changes; the strength only by `step_db` dB or more."""
    told: dict[str, Variant] = {"AdvertisingFlags": Variant("ay", b"\x06")}
    if heard.name:
        told["Name"] = Variant("s", heard.name)
    if heard.rssi_dbm:
        told["RSSI"] = Variant("n", heard.rssi_dbm)
    if heard.tx_power_dbm is not None:
        told["TxPower"] = Variant("n", heard.tx_power_dbm)
    if heard.appearance is not None:
        told |= _appearance(heard.appearance)
    if heard.manufacturer:
        told["ManufacturerData"] = Variant("a{qv}", {k: Variant("ay", v) for k, v in heard.manufacturer.items()})
    if heard.service_data:
        told["ServiceData"] = Variant("a{sv}", {full_uuid(k): Variant("ay", v) for k, v in heard.service_data.items()})
    told["UUIDs"] = _uuids(known, heard)
    before = known.get("RSSI")
    if before is not None and "RSSI" in told and abs(before.value - heard.rssi_dbm) < step_db:
        del told["RSSI"]
    return told


def _appearance(number: int) -> dict[str, Variant]:
    icon = _ICONS.get(number >> 6)
    return {"Appearance": Variant("q", number)} | ({"Icon": Variant("s", icon)} if icon else {})


def _uuids(known: Mapping[str, Variant], heard: Advertisement) -> Variant:
    before = list(known["UUIDs"].value) if "UUIDs" in known else []
    return Variant("as", sorted({*before, *(full_uuid(uuid) for uuid in heard.services)}))
