"""Names of FIT enumerations: sports, sub-sports, makers and their products.

The rule of this file: an unknown number is "", never a guess. Source: FIT Profile, as fitdecode carries it.
"""

from __future__ import annotations

from functools import cache

#: What a file holds, by file_id.type (FIT Profile, type "file").
FILE_KINDS = {
    1: "device capabilities",
    2: "settings",
    3: "sport settings",
    4: "activity",
    5: "workout",
    6: "course",
    7: "schedules",
    9: "weight",
    10: "totals",
    11: "goals",
    14: "blood pressure",
    15: "monitoring",
    20: "activity summary",
    28: "monitoring",
    32: "monitoring",
    34: "segment",
    35: "segment list",
    40: "exercise settings",
}
_PRODUCTS = {1: "garmin_product", 13: "garmin_product", 15: "garmin_product"}


@cache
def _names(kind: str) -> dict[int, str]:
    from fitdecode.profile import FIELD_TYPES  # on first use: the table is large

    return {int(k): str(v) for k, v in FIELD_TYPES[kind].enum.items()}


def name_of(kind: str, number: float) -> str:
    """Return the profile's name of a number in an enumeration; "" when unknown or NaN."""
    return _names(kind).get(int(number), "") if number == number else ""


def number_of(kind: str, name: str) -> int | None:
    """Return the number of a name in an enumeration of the profile, None where it has none."""
    return _numbers(kind).get(name)


@cache
def _numbers(kind: str) -> dict[str, int]:
    return {name: number for number, name in reversed(_names(kind).items())}


def device_name(manufacturer: float, product: float, stated: str = "") -> tuple[str, str]:
    """Return maker and model as words; `stated` is the product name that the file itself gives."""
    maker = name_of("manufacturer", manufacturer).replace("_", " ")
    kind = _PRODUCTS.get(int(manufacturer)) if manufacturer == manufacturer else None
    model = stated or (name_of(kind, product) if kind else "").replace("_", " ")
    return maker, model
