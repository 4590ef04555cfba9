"""Laws of the outermost reader: formats by content, archives by member, limits before harm."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
from pathlib import Path

import pytest
from fit_writer import activity
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from device.files.formats import Format, format_of
from device.files.limits import MIB, Limits
from device.files.reading import UNREADABLE, read_path, tasks
from device.files.recording import FileReading

FIT = activity(20).content()
GPX = (
    b'<?xml version="1.0"?><gpx><trk><trkseg>'
    b'<trkpt lat="0.1" lon="10"><time>2024-04-30T06:00:00Z</time></trkpt>'
    b'<trkpt lat="0.1001" lon="10"><time>2024-04-30T06:00:10Z</time></trkpt></trkseg></trk></gpx>'
)
TCX = b"<TrainingCenterDatabase><Courses><Course/></Courses></TrainingCenterDatabase>"


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return held.getvalue()


def one(path: Path, limits: Limits | None = None) -> FileReading:
    readings = list(read_path(path, limits))
    assert len(readings) == 1
    return readings[0]


@pytest.mark.parametrize(("content", "name", "form", "what"), [
    (FIT, "a.gpx", Format.FIT, "FIT"), (GPX, "a.fit", Format.GPX, "GPX"), (TCX, "a", Format.TCX, "TCX"),
    (b"\xef\xbb\xbf \n" + GPX, "a.txt", Format.GPX, "GPX"), (b"<!-- x --><gpx/>", "", Format.GPX, "GPX"),
    (GPX.decode().encode("utf-16"), "a", Format.GPX, "GPX"), (b"<x:gpx xmlns:x='y'/>", "", Format.GPX, "GPX"),
    (b"\x1f\x8b\x08", "a.fit", Format.GZIP, "gzip"), (b"PK\x03\x04", "a", Format.ZIP, "zip"),
    (b"PK\x03\x04", "a.kmz", Format.OTHER, "KMZ"), (b"", "a.fit", Format.EMPTY, "an empty file"),
    (b"<kml/>", "a.kml", Format.OTHER, "KML"), (b"<pwx/>", "a.pwx", Format.OTHER, "PWX"),
    (b"a,b\n1,2\n", "a.csv", Format.OTHER, "CSV"), (b'{"a": 1}', "a.json", Format.OTHER, "JSON"),
    (b'[{"a": 1}]', "a", Format.OTHER, "JSON"), (b"%PDF-1.7", "a.pdf", Format.OTHER, "PDF"),
    (b"junk", "a.fit", Format.FIT, "FIT"), (b"junk", "a.tcx", Format.TCX, "TCX"), (b"\0\1\2", "a", Format.OTHER,
    "an unknown format"), (b"<html><body/></html>", "a.html", Format.OTHER, "HTML"),
])  # fmt: skip
def test_formats_are_known_by_their_content(content: bytes, name: str, form: Format, what: str) -> None:
    assert format_of(content[:4096], name) == (form, what)


def test_a_packed_file_is_the_file_it_packs(tmp_path: Path) -> None:
    plain, packed = one(written(tmp_path, "a.fit", FIT)), one(written(tmp_path, "a.fit.gz", gzip.compress(FIT)))
    assert plain.sha256 == packed.sha256 and packed.whole
    assert [len(r.samples) for r in plain.recordings] == [len(r.samples) for r in packed.recordings]


def test_each_member_of_an_archive_is_a_file_of_its_own(tmp_path: Path) -> None:
    inner = zipped({"deep/c.gpx": GPX})
    path = written(tmp_path, "all.zip", zipped({"x/y/a.fit": FIT, "b.gpx.gz": gzip.compress(GPX), "in.zip": inner}))
    readings = list(read_path(path))
    assert [r.name for r in readings] == [f"{path}/x/y/a.fit", f"{path}/b.gpx.gz", f"{path}/in.zip/deep/c.gpx"]
    assert all(r.whole and len(r.recordings) == 1 for r in readings)
    assert [t.name for t in tasks(path)] == [f"{path}/x/y/a.fit", f"{path}/b.gpx.gz", f"{path}/in.zip"]


def test_an_archive_three_deep_is_refused(tmp_path: Path) -> None:
    reading = one(written(tmp_path, "a.zip", zipped({"b.zip": zipped({"c.zip": zipped({"d.fit": FIT})})})))
    assert reading.kind == UNREADABLE and "refused" in reading.problems[0]


@pytest.mark.parametrize("pack", ["gzip", "zip", "gzip in zip"])
def test_a_bomb_is_refused_at_the_stated_ratio(tmp_path: Path, pack: str) -> None:
    zeros = bytes(32 * MIB)
    squeezed = gzip.compress(zeros, 9)
    content = {"gzip": squeezed, "zip": zipped({"a.fit": zeros}), "gzip in zip": zipped({"a.fit.gz": squeezed})}[pack]
    reading = one(written(tmp_path, "bomb.fit" if pack == "gzip" else "bomb.zip", content))
    assert (reading.kind, reading.recordings) == (UNREADABLE, ())
    assert "more than 200 times" in reading.problems[0]


def test_a_file_above_the_limit_is_refused_in_words(tmp_path: Path) -> None:
    small = Limits(file_bytes=MIB)
    reading = one(written(tmp_path, "a.gpx", GPX + b" " * MIB), small)
    assert reading.kind == UNREADABLE and reading.problems == ("larger than 1 MiB: refused",)


def test_archives_of_too_much_are_refused_before_they_are_unpacked(tmp_path: Path) -> None:
    path = written(tmp_path, "a.zip", zipped({f"{i}.gpx": GPX for i in range(5)}))
    assert "more than 4 files" in one(path, Limits(members=4)).problems[0]
    assert "unpacks to more" in one(path, Limits(archive_bytes=500)).problems[0]


def test_an_entity_bomb_is_refused(tmp_path: Path) -> None:
    layers = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY l0 "lol">{layers}]><gpx><name>&l9;</name></gpx>'
    reading = one(written(tmp_path, "a.gpx", bomb.encode()))
    assert reading.kind == UNREADABLE and "entity" in reading.problems[0] and "refused" in reading.problems[0]


def test_a_cut_gzip_keeps_what_it_held(tmp_path: Path) -> None:
    packed = gzip.compress(FIT, 0)
    reading = one(written(tmp_path, "a.fit.gz", packed[: len(packed) - 60]))
    assert len(reading.recordings) == 1 and not reading.whole and "cannot be read" in reading.problems[0]


def test_a_damaged_member_does_not_harm_the_others(tmp_path: Path) -> None:
    content = bytearray(zipped({"a.fit": FIT, "b.gpx": GPX}, zipfile.ZIP_STORED))
    content[content.index(FIT) + 500] ^= 0xFF
    first, second = read_path(written(tmp_path, "a.zip", bytes(content)))
    assert not first.whole and second.whole and len(second.recordings) == 1


@given(st.binary(max_size=400), st.sampled_from(["a.zip", "a.fit.gz", "a.gpx", "a.tcx", "a.fit", "a"]))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_under_any_name_are_a_reading(tmp_path: Path, content: bytes, name: str) -> None:
    heads = (b"", b"PK\x03\x04", b"\x1f\x8b\x08\x00", b"<gpx>", b"\x0e\x20\x00\x00\x00\x00\x00\x00.FIT")
    for head in heads:
        for reading in read_path(written(tmp_path, name, head + content)):
            assert reading.name.startswith(str(tmp_path))


def test_a_member_whose_name_was_lost_is_still_read(tmp_path: Path) -> None:
    content = zipped({"a.gpx": GPX, "b.gpx": GPX})
    names = [i for i in range(len(content)) if content[i : i + 5] == b"a.gpx"]
    damaged = b"".join([content[: names[0]], b"\0", content[names[0] + 1 : names[-1]], b"\0", content[names[-1] + 1 :]])
    first, second = read_path(written(tmp_path, "a.zip", damaged))
    assert len(first.recordings) == 1 and len(second.recordings) == 1


@given(st.integers(0, 600), st.binary(min_size=1, max_size=4))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_damaged_archives_are_a_reading(tmp_path: Path, at: int, junk: bytes) -> None:
    content = zipped({"a.gpx": GPX, "b/c.gpx": GPX})
    readings = list(read_path(written(tmp_path, "a.zip", content[:at] + junk + content[at + len(junk) :])))
    assert readings


@pytest.mark.skipif(os.name == "nt" or os.getuid() == 0, reason="everything can be read here")
def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, "a.fit", FIT)
    path.chmod(0)
    assert "cannot be read" in one(path).problems[0]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.fit")
    assert one(tmp_path / "a.fit").kind == "not a regular file"
