"""Which format some bytes are: by what stands in them first, by the name only where they do not tell.

The rule of this file: a name proves nothing; the first bytes decide, a wrong extension is no obstacle.
"""

from __future__ import annotations

import re
from enum import Enum
from pathlib import PurePosixPath

#: Enough of a file to know it by.
HEAD_BYTES = 4096


class Format(Enum):
    """What a file can be; `OTHER` has its name beside it."""

    FIT = "FIT"
    GPX = "GPX"
    TCX = "TCX"
    GZIP = "gzip"
    SML = "SML"
    POLAR = "Polar JSON"
    SUUNTO = "Suunto JSON"
    HEALTH = "an Apple Health export"
    ZIP = "zip"
    EMPTY = "an empty file"
    OTHER = "other"


_ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)")
_ROOTS = {
    "gpx": Format.GPX,
    "trainingcenterdatabase": Format.TCX,
    "activities": Format.TCX,
    "activity": Format.TCX,
    "courses": Format.TCX,
    "sml": Format.SML,
    "healthdata": Format.HEALTH,
}
_MAGIC = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"SQLite format 3", "SQLite"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"Rar!", "RAR"),
    (b"(\xb5/\xfd", "Zstandard"),
    (b"\x00\x05\x16\x07", "AppleDouble"),
)
#: What stands in the head of a JSON document -> its format.
_JSON = (
    (re.compile(r'"DeviceLog"|"suunto/sml"'), Format.SUUNTO),
    (re.compile(r'"startTime"(?=[\s\S]*"(?:exercises|sport|exportVersion|durationMillis)")|"exercises"'), Format.POLAR),
)
_SESSION = "training-session"
_CLAIMS = {"fit": Format.FIT, "gpx": Format.GPX, "tcx": Format.TCX, "sml": Format.SML}


def extension(name: str) -> str:
    """Return the extension in lower case without dot; that before .gz for a packed file."""
    suffixes = [s[1:].lower() for s in PurePosixPath(name.replace("\\", "/")).suffixes]
    if suffixes[-1:] == ["gz"]:
        suffixes.pop()
    return suffixes[-1] if suffixes else ""


def format_of(head: bytes, name: str) -> tuple[Format, str]:
    """Return the format of a file and its name in words, from its first bytes and its file name."""
    if not head:
        return Format.EMPTY, Format.EMPTY.value
    claim = extension(name)
    if head[:2] == b"\x1f\x8b":
        return Format.GZIP, "gzip"
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return (Format.OTHER, "KMZ") if claim == "kmz" else (Format.ZIP, "zip")
    if head[8:12] == b".FIT":
        return Format.FIT, "FIT"
    for magic, what in _MAGIC:
        if head.startswith(magic):
            return _claimed(claim, what)
    return _json_format(head, name) or _text_format(head, claim)


def _json_format(head: bytes, name: str) -> tuple[Format, str] | None:
    """Return the format of a JSON document that holds a recording, None for anything else."""
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not text.startswith(b"{"):
        return None
    body = text.decode("utf-8", "replace")
    found = next((form for pattern, form in _JSON if pattern.search(body)), None)
    file_name = name.replace("\\", "/").rpartition("/")[2]
    if found is Format.POLAR and not file_name.startswith(_SESSION) and '"exercises"' not in body:
        found = None
    return None if found is None else (found, found.value)


def _claimed(claim: str, what: str) -> tuple[Format, str]:
    """Return the claimed format where the name claims one that is read (it will be found damaged), else what it is."""
    return (_CLAIMS[claim], _CLAIMS[claim].value) if claim in _CLAIMS else (Format.OTHER, what)


def _text_format(head: bytes, claim: str) -> tuple[Format, str]:
    text = _as_text(head)
    if "<!DOCTYPE HealthData" in text or "<HealthData" in text:
        return Format.HEALTH, Format.HEALTH.value  # its own DTD fills the head
    body = re.sub(r"<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(\[.*?\])?\s*>", "", text, flags=re.DOTALL).lstrip(
        "\ufeff \t\r\n"
    )
    if body.startswith("<") or text.lstrip("\ufeff \t\r\n").startswith("<"):
        root = _ROOT.search(body)
        name = root.group(1).lower() if root else ""
        if name in _ROOTS:
            return _ROOTS[name], _ROOTS[name].value
        if claim in ("gpx", "tcx"):
            return _CLAIMS[claim], _CLAIMS[claim].value
        return Format.OTHER, name.upper()[:20] or "XML"
    if claim in _CLAIMS:
        return _CLAIMS[claim], _CLAIMS[claim].value
    if claim:
        return Format.OTHER, claim.upper()[:20]
    if b".FIT" in head[:HEAD_BYTES]:
        return Format.FIT, "FIT"
    return Format.OTHER, "JSON" if body[:1] in ("{", "[") else "an unknown format"


def _as_text(head: bytes) -> str:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return head.decode("utf-16", "replace")
    if head[:4] == b"<\0?\0":
        return head.decode("utf-16-le", "replace")
    if head[:4] == b"\0<\0?":
        return head.decode("utf-16-be", "replace")
    return head.decode("utf-8", "replace")
