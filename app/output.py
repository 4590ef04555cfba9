"""How commands speak: one JSON document on stdout or text for people, messages on stderr.

The rule of this file: NaN leaves the house as null; every command shares the same options.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import math
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import numpy as np


class CommandError(Exception):
    """The command could not be done; its text is the one line that the person reads (exit code 1)."""


def add_common_options(parser: argparse.ArgumentParser) -> None:
    """Add `--json` and `--db`, which every command that prints results has."""
    parser.add_argument("--json", action="store_true", help="print one JSON document on stdout and nothing else")
    parser.add_argument(
        "--db",
        type=Path,
        metavar="PATH",
        help="the diary file, or a folder that holds it (default: KADENZ_HOME, else the user-data folder)",
    )


def say(text: str) -> None:
    """Write one line for the person to stderr."""
    print(text, file=sys.stderr, flush=True)


def plain(value: object) -> object:
    """Return the value as JSON can hold it: dataclasses as objects, NaN and infinities as null."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {_key(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(v) for v in value]
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def _key(key: object) -> str:
    return f"{key:g}" if isinstance(key, float) else str(key)


def print_json(document: object) -> None:
    """Print one JSON document on stdout."""
    json.dump(plain(document), sys.stdout, ensure_ascii=False, allow_nan=False, indent=1)
    sys.stdout.write("\n")


def iso_time(unix_s: float, utc_offset_s: float = math.nan) -> str:
    """Return a Unix time as ISO 8601 in its local offset, with Z where the offset is unknown."""
    if math.isnan(utc_offset_s):
        return datetime.fromtimestamp(round(unix_s, 3), tz=UTC).isoformat().replace("+00:00", "Z")
    zone = timezone(timedelta(seconds=round(utc_offset_s)))
    return datetime.fromtimestamp(round(unix_s, 3), tz=zone).isoformat()
