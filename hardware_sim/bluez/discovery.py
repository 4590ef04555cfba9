"""What a client wants to find: the filter of a discovery session.

The rule of this file: values only; an advertisement is reported when it matches the filter of any session. Source:
BlueZ doc/org.bluez.Adapter.rst, SetDiscoveryFilter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dbus_fast import Variant

from hardware_sim.bluez import errors
from hardware_sim.central import Advertisement
from hardware_sim.peripheral import full_uuid

_SIGNATURES = {
    "UUIDs": "as",
    "RSSI": "n",
    "Pathloss": "q",
    "Transport": "s",
    "DuplicateData": "b",
    "Discoverable": "b",
    "Pattern": "s",
    "AutoConnect": "b",
}
FILTERS = tuple(_SIGNATURES)
RSSI_STEP_DB = 8
"""Without any filter a change of the signal below this is not reported."""


@dataclass(frozen=True, slots=True)
class Filter:
    """The filter of one client; a field that is None or empty lets everything through."""

    uuids: frozenset[str] = frozenset()
    rssi_dbm: int | None = None
    pathloss_db: int | None = None
    transport: str = "auto"
    duplicate_data: bool = False
    pattern: str = ""

    def matches(self, heard: Advertisement) -> bool:
        """Return whether an advertisement passes."""
        if self.transport == "bredr":
            return False
        if not (heard.address.startswith(self.pattern) or heard.name.startswith(self.pattern)):
            return False
        if self.uuids and not self.uuids & {full_uuid(uuid) for uuid in heard.services}:
            return False
        return self._near(heard)

    def _near(self, heard: Advertisement) -> bool:
        if self.rssi_dbm is not None:
            return heard.rssi_dbm >= self.rssi_dbm
        if self.pathloss_db is None:
            return True
        return heard.tx_power_dbm is not None and heard.tx_power_dbm - heard.rssi_dbm <= self.pathloss_db


def parse(given: Mapping[str, Variant]) -> Filter | None:
    """Return the filter of a SetDiscoveryFilter call, None for an empty one; InvalidArguments for what is unknown."""
    if not given:
        return None
    for name, value in given.items():
        if _SIGNATURES.get(name) != value.signature:
            raise errors.invalid_arguments()
    plain = {name: value.value for name, value in given.items()}
    if plain.get("Transport", "auto") not in ("auto", "le", "bredr") or {"RSSI", "Pathloss"} <= set(plain):
        raise errors.invalid_arguments()
    if not -127 <= plain.get("RSSI", 0) <= 20 or plain.get("Pathloss", 0) > 137:
        raise errors.invalid_arguments()
    return Filter(
        uuids=frozenset(full_uuid(uuid) for uuid in plain.get("UUIDs", ())),
        rssi_dbm=plain.get("RSSI"),
        pathloss_db=plain.get("Pathloss"),
        transport=plain.get("Transport", "auto"),
        duplicate_data=plain.get("DuplicateData", False),
        pattern=plain.get("Pattern", ""),
    )
