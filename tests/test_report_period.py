"""Laws of a month's and a year's page: sums are the diary's, days are local, what does not count sets no record."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from report_runs import add, streams
from test_report_page import Seen

from app.coach import facts_of
from app.pages import drawing, period_charts
from app.pages.period_data import Period, PeriodData, day_of, period_data
from app.pages.period_page import period_page
from app.pages.period_text import period_document
from app.store import Store
from app.views.words import words
from edge.coach.said import Constraint

EN = words("en")
NOW = 1_780_000_000.0 + 200 * 86400.0


@pytest.fixture(autouse=True)
def one_width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "FULL", {"small": 336})
    monkeypatch.setattr(period_charts, "HALF", {"small": 336})


@pytest.fixture
def diary(tmp_path: Path) -> Path:
    with Store(tmp_path / "d.db") as store:
        for day in range(0, 60, 3):
            add(store, streams(1200 + 20 * day, 2.8 + 0.01 * (day % 5), every_s=5), day=day)
        add(store, streams(600, 30.0, every_s=5), day=10)
        store.add_sentence("my knee hurts", [Constraint("pain", "knee", "left", 3.0)], 1_780_000_000.0 + 5 * 86400)
        store.add_sentence("it hurts", [Constraint("pain", "knee", "left", 2.0)], 1_780_000_000.0 + 5 * 86400 + 60)
    return tmp_path / "d.db"


def of(diary: Path, period: Period) -> PeriodData:
    with Store(diary, create=False) as store:
        return period_data(store, period, NOW)


def test_the_months_of_a_year_add_up_to_it_and_to_the_diary(diary: Path) -> None:
    year = of(diary, Period(2026))
    with Store(diary, create=False) as store:
        facts = [f for f in facts_of(store) if f.valid and f.sport == "running"]
    assert year.totals.distance_m == pytest.approx(sum(f.distance_m for f in facts))
    assert sum(t.distance_m for _, t in year.pieces) == pytest.approx(year.totals.distance_m)
    assert sum(year.by_day.values()) == pytest.approx(year.totals.distance_m)
    assert sum(of(diary, Period(2026, m)).totals.runs for m in range(1, 13)) == year.totals.runs == len(facts)
    assert year.left_out == 1, "a ride recorded as a run"


def test_what_cannot_be_true_sets_no_record(diary: Path) -> None:
    year = of(diary, Period(2026))
    with Store(diary, create=False) as store:
        fastest = min(f.best_efforts_s[1000.0] for f in facts_of(store) if f.valid)
    assert year.bests[0].distance_m == 1000.0 and year.bests[0].time_s == fastest > 300.0
    assert year.longest is not None and year.longest.distance_m < 8000.0


@pytest.mark.parametrize("month", range(1, 13))
def test_periods_follow_each_other_without_a_gap(month: int) -> None:
    period = Period(2024, month)
    assert period.before.after == period.first and len(period.days) == (period.after - period.first).days
    assert Period(2024).before.after == Period(2024).first and len(Period(2024).days) == 366


def test_a_run_belongs_to_its_local_day(tmp_path: Path) -> None:
    midnight = (date(2026, 8, 1) - date(1970, 1, 1)).days - 1_780_000_000 // 86400
    with Store(tmp_path / "d.db") as store:
        run_id = add(store, streams(600), day=midnight, utc_offset_s=-22 * 3600.0)
        fact = next(f for f in facts_of(store) if f.run_id == run_id)
    assert day_of(fact) == date(2026, 7, 31)
    assert of(tmp_path / "d.db", Period(2026, 7)).totals.runs == 1
    assert of(tmp_path / "d.db", Period(2026, 8)).totals.runs == 0


@pytest.mark.parametrize("period", [Period(2026), Period(2026, 6), Period(2019), Period(2019, 2)])
@pytest.mark.parametrize("language", ["en", "de"])
def test_every_period_has_a_page_that_can_be_read(period: Period, language: str, diary: Path) -> None:
    page = period_page(of(diary, period), words(language), "auto")
    seen = Seen(page)
    assert len(page.encode()) < 1_000_000 and "nan" not in page.split("</style>")[1].lower().replace("financ", "")
    assert seen.headings.count(1) == 1 and seen.tables == seen.captions and seen.bare_heads == 0
    assert all(seen.pictures) and all(one.startswith("#") for one in seen.addresses)


def test_pain_is_counted_by_days_and_named_without_a_verdict(diary: Path) -> None:
    data = of(diary, Period(2026, 6))
    assert (data.told.pain_days, data.told.places) == (1, ("knee",))
    assert "You told of pain on 1 day: knee." in period_page(data, EN, "auto")


def test_the_running_mean_is_the_mean_and_its_doubt_shrinks_with_runs() -> None:
    rows = np.array([(float(d), 290.0, 300.0 + (d % 2), 310.0) for d in range(20)])
    few, many = period_charts.running_mean(rows, 1.0), period_charts.running_mean(rows, 30.0)
    assert many[1] == pytest.approx(np.full(20, 300.5))
    assert (many[2] < few[2]).all() and many[2] == pytest.approx(np.full(20, 10.0 / np.sqrt(20.0)))


def test_the_document_tells_the_same_as_the_page(diary: Path) -> None:
    data = of(diary, Period(2026, 6))
    told = period_document(data)
    assert told["totals"] == data.totals and told["from"] == "2026-06-01"
    days = told["days"]
    assert isinstance(days, dict) and sum(days.values()) == pytest.approx(data.totals.distance_m)
