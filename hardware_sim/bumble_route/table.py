"""The table of services as a client finds it by ATT requests, in our own types.

The rule of this file: nothing comes from the peripheral's own objects; what the requests do not tell is not known.
Source: Bluetooth Core 5.4, vol 3 part G, 4.4 to 4.7.
"""

from __future__ import annotations

from bumble import gatt_client

from hardware_sim.bumble_route.tracker import PROPERTIES
from hardware_sim.peripheral import CCCD, Characteristic, Descriptor, Service, full_uuid

_HIDDEN = (full_uuid("1800"), full_uuid("1801"))
"""Services of the stack itself: a host keeps them to itself, and the plain radio has none."""


async def discover(client: gatt_client.Client) -> tuple[Service, ...]:
    """Return the primary services with characteristics and descriptors, each with the handle that the server told."""
    found = []
    for one in await client.discover_services():
        if _uuid(one.uuid) not in _HIDDEN:
            await client.discover_characteristics((), one)
            characteristics = [await _characteristic(client, each) for each in one.characteristics]
            found.append(Service(_uuid(one.uuid), tuple(characteristics), one.handle))
    return tuple(found)


async def _characteristic(client: gatt_client.Client, one: gatt_client.CharacteristicProxy[bytes]) -> Characteristic:
    if one.handle < one.end_group_handle:
        await client.discover_descriptors(one)
    descriptors = [Descriptor(_uuid(each.type), b"", each.handle) for each in one.descriptors]
    return Characteristic(
        uuid=_uuid(one.uuid),
        properties=tuple(name for name, bit in PROPERTIES.items() if one.properties & bit),
        descriptors=tuple(each for each in descriptors if each.uuid != full_uuid(CCCD)),
        handle=one.handle - 1,
    )


def _uuid(one: object) -> str:
    """Return bumble's UUID in our form."""
    return full_uuid(one.to_hex_str("-"))  # type: ignore[attr-defined]
