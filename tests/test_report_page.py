"""Laws of a run's page: it says what is missing, shows no home, loads nothing, and can be read without eyes."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from report_runs import HOME, M_PER_DEG, add, again, loop_deg, streams, told
from store_cases import change

from app.pages import drawing, run_charts
from app.pages.look import SHADES, colours
from app.pages.markup import Markup, tag
from app.pages.run_data import RunData, changes_by
from app.pages.run_missing import sentences
from app.pages.run_page import run_page
from app.pages.run_tables import steps
from app.run_numbers import similar
from app.store import Store
from app.ui.theme import DARK, LIGHT, contrast, mixed
from app.views.words import words
from device.files.recording import Lap
from edge.coach.whatif import local_day

EN, DE = words("en"), words("de")


@pytest.fixture(autouse=True)
def one_width(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw every picture once: its other widths differ in nothing that is judged here."""
    monkeypatch.setattr(drawing, "FULL", {"small": 336})
    monkeypatch.setattr(run_charts, "HALF", {"small": 336})


class Seen(HTMLParser):
    """What a screen reader meets: headings, pictures with their texts, tables; and every address in the file."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.pictures: list[str] = []
        self.tables = self.captions = self.bare_heads = 0
        self.addresses: list[str] = []
        self.tags: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "svg":
            assert given["role"] == "img"
            self.pictures.append(given["aria-label"] or "")
        self.tables += tag == "table"
        self.captions += tag == "caption"
        self.bare_heads += tag == "th" and not given.get("scope")
        self.addresses += [v or "" for k, v in attrs if k in ("src", "href", "xlink:href", "action", "data", "srcset")]


def page_of(run: RunData) -> tuple[str, Seen]:
    page = run_page(run, EN, "auto")
    return page, Seen(page)


MISSING = {
    "no satellites": ("fix", {}, "No satellites: the distance is the device's own", "outline of the way"),
    "indoors": ("fix", {"sub_sport": "treadmill"}, "Indoors there are no satellites", "outline of the way"),
    "no heart rate": ("heart_rate", {}, "No heart rate was recorded", "Heart rate between"),
    "no altitude": ("altitude", {}, "No altitude was recorded", "Altitude between"),
    "no steps": ("stride", {}, "No steps were recorded", "Cadence between"),
    "no distance": ("fix odometer", {}, "No distance was recorded", "Pace between"),
}


@pytest.mark.parametrize("name", list(MISSING))
def test_what_is_missing_is_said_and_has_no_picture(name: str, tmp_path: Path) -> None:
    leave_out, given, sentence, picture = MISSING[name]
    run = told(tmp_path / "d.db", streams(leave_out=leave_out), **given)
    page, seen = page_of(run)
    assert sum(one.startswith(sentence) for one in sentences(run, EN)) == 1
    assert sentence in page and not any(picture in text for text in seen.pictures)
    assert len(seen.pictures) == len(set(seen.pictures)) and all(seen.pictures)


def test_a_whole_run_misses_nothing_and_has_every_picture(tmp_path: Path) -> None:
    run = told(tmp_path / "d.db", streams(), earlier=5)
    _, seen = page_of(run)
    assert sentences(run, EN) == []
    for start in (
        "Pace between",
        "Heart rate between",
        "Altitude between",
        "Cadence between",
        "The outline",
        "This run",
    ):
        assert any(text.startswith(start) for text in seen.pictures), start


def test_a_gap_is_told_and_breaks_every_line(tmp_path: Path) -> None:
    run = told(tmp_path / "d.db", streams(hole_s=(600, 900)))
    assert any(one.startswith("Satellites lost for 5:00 in 1 stretch") for one in sentences(run, EN))
    assert any(one.startswith("Heart rate lost for 5:0") for one in sentences(run, EN))
    for line in (run.heart, run.height, run.cadence, run.pace):
        assert np.isnan(line.value).any() and line.known


def test_a_damaged_segment_is_named_and_the_rest_is_shown(tmp_path: Path) -> None:
    with Store(tmp_path / "d.db") as store:
        run_id = add(store, streams())
    change(tmp_path / "d.db", "UPDATE segments SET payload = x'00' WHERE id = (SELECT min(id) FROM segments)")
    run = again(tmp_path / "d.db", run_id)
    page, seen = page_of(run)
    assert run.report.damaged and seen.pictures
    assert "Some of this run cannot be read" in page


@pytest.mark.parametrize(("seconds", "speed", "every"), [(60, 3.0, 1), (2, 3.0, 1), (36000, 2.78, 5)])
def test_a_minute_and_a_hundred_kilometres_have_their_page(
    seconds: int, speed: float, every: int, tmp_path: Path
) -> None:
    run = told(tmp_path / "d.db", streams(seconds, speed, every))
    page, _ = page_of(run)
    assert len(page.encode()) < 1_000_000
    assert "nan" not in re.sub(r"data:font[^)]*", "", page).lower().replace("financ", "")


def test_the_page_tells_the_local_time_of_where_it_was_run(tmp_path: Path) -> None:
    far = told(tmp_path / "a.db", streams(60), utc_offset_s=9 * 3600.0)
    unknown = told(tmp_path / "b.db", streams(60), utc_offset_s=float("nan"))
    hour = 1_780_000_000 % 86400 // 3600
    assert f"{(hour + 9) % 24:02d}:" in far.numbers.day and "UTC" not in far.numbers.day
    assert unknown.numbers.day.endswith("UTC") and any("times are UTC" in one for one in sentences(unknown, EN))


def track_points(page: str) -> np.ndarray:
    """Return the points of the track's path in the page, in picture units; rows of NaN between pieces."""
    svg = next(one for one in re.findall(r"<svg.*?</svg>", page, re.S) if "The outline of the way" in one)
    paths = re.findall(r'<path d="([^"]*)"', svg)
    longest = max(paths, key=len)
    rows: list[tuple[float, float]] = []
    for letter, x, y in re.findall(r"([ML]) ([-\d.]+) ([-\d.]+)", longest):
        rows += [(np.nan, np.nan)] if letter == "M" and rows else []
        rows.append((float(x), float(y)))
    return np.array(rows)


def test_no_coordinate_of_the_page_lies_within_the_home_zone(tmp_path: Path) -> None:
    zone_m = 200.0
    run = told(tmp_path / "d.db", streams(1800))
    page, _ = page_of(run)
    points = track_points(page)
    latitude_deg, longitude_deg = loop_deg(np.arange(0.0, 1801.0), 3.0)
    east = (longitude_deg - HOME[1]) * M_PER_DEG * np.cos(np.radians(HOME[0]))
    way = np.column_stack([east, (latitude_deg - HOME[0]) * M_PER_DEG])
    shown = way[np.hypot(*way.T) > zone_m]
    # the picture is a shift and a scale of the way: its box is that of what may be shown
    scale = np.ptp(shown, axis=0) / (np.nanmax(points, axis=0) - np.nanmin(points, axis=0))
    assert scale[0] == pytest.approx(scale[1], rel=0.02)
    place = np.column_stack(
        [
            shown[:, 0].min() + (points[:, 0] - np.nanmin(points[:, 0])) * scale[0],
            shown[:, 1].max() - (points[:, 1] - np.nanmin(points[:, 1])) * scale[1],
        ]
    )
    ends = place[:-1] + np.linspace(0.0, 1.0, 9)[:, None, None] * np.diff(place, axis=0)
    off_m = np.hypot(ends[..., 0], ends[..., 1])
    assert np.nanmin(off_m) > zone_m - 6.0, "a line of the picture comes near home"
    assert np.nanmin(np.hypot(*(way[:, None] - place[np.isfinite(place[:, 0])]).transpose(2, 0, 1)).min(axis=0)) < 8.0


def test_no_latitude_and_no_longitude_is_in_the_bytes(tmp_path: Path) -> None:
    page, _ = page_of(told(tmp_path / "d.db", streams(1800), earlier=3))
    for degrees in (*HOME, *(float(v[900]) for v in loop_deg(np.arange(0.0, 1801.0), 3.0))):
        assert f"{degrees:.3f}" not in page and f"{degrees:.4f}"[:7] not in page


def test_a_page_is_one_file_that_loads_and_runs_nothing(tmp_path: Path) -> None:
    page, seen = page_of(told(tmp_path / "d.db", streams(600)))
    assert all(one.startswith("#") for one in seen.addresses), seen.addresses
    assert not {"script", "link", "img", "iframe", "object", "embed", "form"} & set(seen.tags)
    assert not re.search(r"https?://(?!www\.w3\.org/)|@import|url\((?!data:|#)", page)
    assert "default-src 'none'" in unescape(page)


def test_a_screen_reader_meets_headings_in_order_named_pictures_and_tables(tmp_path: Path) -> None:
    page, seen = page_of(told(tmp_path / "d.db", streams(), earlier=5))
    assert seen.headings[0] == 1 and seen.headings.count(1) == 1
    assert all(b - a <= 1 for a, b in zip(seen.headings, seen.headings[1:], strict=False))
    assert seen.tables == seen.captions >= 4 and seen.bare_heads == 0
    assert '<html lang="en">' in page and '<html lang="de">' in run_page(
        told(tmp_path / "e.db", streams(60)), DE, "dark"
    )


def test_a_zone_never_stands_by_its_colour_alone(tmp_path: Path) -> None:
    page, _ = page_of(told(tmp_path / "d.db", streams()))
    for zone in range(1, 6):
        row = next(one for one in re.findall(r"<tr>.*?</tr>", page, re.S) if f"--zone{zone})" in one)
        assert f"Zone {zone}" in row and re.search(r"\d+ %", row) and re.search(r"\d+:\d\d", row)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
def test_every_text_of_a_page_can_be_read(theme: object) -> None:
    assert theme in (DARK, LIGHT)
    named = colours(theme)  # type: ignore[arg-type]
    pairs = [("ink", "ground"), ("soft", "ground"), ("accent", "ground"), ("ink", "card"), ("soft", "card")]
    pairs += [("accent", "card"), ("ink", "coach"), ("soft", "coach"), ("accent", "coach"), ("ink", "notice")]
    pairs += [("warn", "notice"), ("soft", "control"), ("ink", "control")]
    assert all(contrast(named[a], named[b]) >= 4.5 for a, b in pairs)
    heat = [mixed(named["accent"], named["card"], share) for _, _, share in SHADES]
    assert all(contrast(named["ink"], ground) >= 4.5 for ground in heat)
    zones = [named[f"zone{n}"] for n in range(1, 6)]
    assert all(contrast(zone, named["card"]) >= 3.0 for zone in zones), "bars are seen on their card"


def test_every_theme_has_its_colours_and_paper_is_light(tmp_path: Path) -> None:
    run = told(tmp_path / "d.db", streams(60))
    light, dark, auto = (run_page(run, EN, theme) for theme in ("light", "dark", "auto"))
    assert f"--ground:#{LIGHT.ground}" in light and "prefers-color-scheme" not in light
    assert f":root{{--ground:#{DARK.ground}" in dark and "prefers-color-scheme" not in dark
    assert "prefers-color-scheme:dark" in auto and "@media print{:root{--ground:#" in dark


def test_the_same_run_gives_the_same_page(tmp_path: Path) -> None:
    run = told(tmp_path / "d.db", streams(300))
    assert run_page(run, EN, "auto") == run_page(run, EN, "auto")


def test_the_dots_are_the_runs_that_the_usual_pace_is_of(tmp_path: Path) -> None:
    from app.coach import facts_of

    run = told(tmp_path / "d.db", streams(), earlier=14)
    with Store(tmp_path / "d.db", create=False) as store:
        pace, bpm, count = similar(facts_of(store), run.numbers.run_id)
    assert count == len(run.like) == 10
    assert pace == pytest.approx(float(np.median([f.moving_s / f.distance_m * 1000.0 for f in run.like])))
    assert bpm == pytest.approx(float(np.median([f.avg_hr_bpm for f in run.like])))


def test_what_it_changed_lies_after_it_and_is_nothing_for_a_run_that_does_not_count(tmp_path: Path) -> None:
    from dataclasses import replace

    from app.coach import facts_of
    from app.desk.desk import Desk

    run = told(tmp_path / "d.db", streams(7200), earlier=6)
    assert run.fact is not None and run.changes, "two hours after half-hours change the days after"
    assert all(change.day > local_day(run.fact) and change.was != change.now for change in run.changes)
    with Store(tmp_path / "d.db", create=False) as store:
        before = store.memory("accepted week")
        facts = [replace(f, valid=f.run_id != run.numbers.run_id) for f in facts_of(store)]
        assert changes_by(store, facts[-1], facts, Desk(tmp_path / "d.db"), None) == ()
        assert store.memory("accepted week") == before == b"", "looking at a run changes no plan"


def test_laps_that_only_count_kilometres_are_no_steps() -> None:
    counted = tuple(Lap(300.0 * n, 300.0 * (n + 1), 1000.0, "distance") for n in range(6))
    session = (Lap(0.0, 600.0, 1800.0, ""), Lap(600.0, 840.0, 1000.0, ""), Lap(840.0, 960.0, 200.0, ""))
    assert steps(counted) == () and steps(session) == session


def test_a_text_can_never_become_a_tag() -> None:
    evil = '<script>alert("x")</script>&'
    made = tag("p", evil, aria_label=evil)
    assert "<script" not in made.replace("&lt;script", "") and made.count("<") == 2
    assert tag("p", Markup("<b>x</b>")) == "<p><b>x</b></p>"
