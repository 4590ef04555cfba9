"""What surrounds a device after a flight or on a road is weighed sample by sample, and no hostile sample breaks it."""

from __future__ import annotations

import json
from dataclasses import replace
from math import inf, nan

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from app import places
from edge.trip import Arrived, Background, TripWatch
from edge.trip_fix import Judged, Kind, judged, may_have_flown
from edge.trip_memory import memory_from, memory_text
from edge.trip_scene import (
    SURE_LANDED,
    SURE_STOPPED,
    SURE_STOPPED_SLOW,
    Scene,
    has_stopped,
    off_the_road,
    out_of_airport,
    passage,
    scened,
    since_landed_s,
)
from edge.trip_trial import NEARBY_S
from edge.trip_types import Air, Seen, TripMemory

LANDED_S = 1.76e9
EVERY_S = 15.0


def after(
    rows: list[tuple[float, float, float]], landed_s: float = 900.0, every_s: float = EVERY_S, flew: bool = True
) -> TripMemory:
    """Return the memory after samples of (accuracy in m or NaN, steps, speed in m/s), so long after a landing."""
    way = "" if flew else "on the way"
    begun = LANDED_S if flew else nan
    memory = TripMemory(flew=flew, passing=way, now_unix_s=LANDED_S + landed_s - every_s, landed_unix_s=begun)
    first = Judged(Kind.NONE) if flew else Judged(Kind.ROAD, 25.0)
    memory = scened(memory, TripMemory(), Background(memory.now_unix_s), first, False)
    for accuracy_m, steps, speed_m_s in rows:
        before = memory
        sample = Background(
            before.now_unix_s + every_s, latitude_deg=39.0, longitude_deg=-104.0, accuracy_m=accuracy_m,
            speed_m_s=speed_m_s, steps=steps,
        )  # fmt: skip
        if not accuracy_m >= 0.0:
            sample = Background(sample.unix_s, steps=steps)
        kind = Kind.NONE if not accuracy_m >= 0.0 else Kind.ROAD if speed_m_s > 3.0 else Kind.FOOT
        memory = TripMemory(flew=flew, passing=way, now_unix_s=sample.unix_s, landed_unix_s=begun, scene=before.scene)
        memory = scened(memory, before, sample, Judged(kind, speed_m_s), False)
    return memory


NOTHING, HALL = (nan, 0.0, nan), (nan, 14.0, nan)
WALK, STAND, DRIVE, SEAT = (8.0, 22.0, 1.2), (9.0, 2.0, 0.1), (8.0, 0.0, 7.5), (12.0, 0.0, 0.0)


def test_any_way_is_taken_with_certainty_and_two_halves_make_a_whole() -> None:
    for flew in (True, False):
        whole = passage(60, flew, True, True)
        assert np.allclose(whole.sum(axis=1), 1.0) and whole.min() >= 0.0
        assert np.allclose(whole, passage(30, flew, True, True) @ passage(30, flew, True, True), atol=1e-6)


def test_a_kerb_and_a_drive_from_it_are_out_of_the_airport_within_a_minute() -> None:
    hall = [HALL] * 40
    assert out_of_airport(after(hall)) < 0.05
    assert out_of_airport(after([*hall, WALK, WALK, STAND, STAND])) >= SURE_LANDED
    assert out_of_airport(after([*hall, WALK, DRIVE, DRIVE, DRIVE, DRIVE])) >= SURE_LANDED


def test_a_hall_a_window_seat_and_an_apron_are_not() -> None:
    hall = [HALL] * 40
    assert out_of_airport(after([*hall, (45.0, 9.0, 0.2), (60.0, 8.0, 0.1), *hall])) < SURE_LANDED
    seat = [SEAT, NOTHING, NOTHING, SEAT, NOTHING, SEAT, NOTHING, NOTHING, NOTHING] * 12
    assert max(out_of_airport(after([*hall, *seat[:n]], 5400.0)) for n in range(1, 100, 9)) < SURE_LANDED
    aboard = [NOTHING] * 20
    assert max(out_of_airport(after([*aboard, *[WALK] * n], 600.0)) for n in (1, 2, 3, 4)) < SURE_LANDED


def test_nobody_walks_over_an_apron_three_quarters_of_an_hour_after_a_landing() -> None:
    """Without steps a silent hall looks like a cabin: the time since the landing tells a kerb from an apron."""
    walk = [(8.0, nan, 1.2)] * 4
    assert out_of_airport(after([*[(nan, nan, nan)] * 20, *walk], 600.0)) < SURE_LANDED
    assert out_of_airport(after([*[(nan, nan, nan)] * 20, *walk], 3600.0)) >= SURE_LANDED


def test_nobody_is_at_the_kerb_within_minutes_of_the_cabin() -> None:
    aboard = [NOTHING] * 6
    for rows in ([(6.0, 128.0, nan)], [(6.0, 128.0, nan), (8.0, 120.0, nan)]):
        assert out_of_airport(after([*aboard, *rows], 900.0, 94.0)) < SURE_LANDED


def test_between_houses_the_fixes_are_poor_but_they_come() -> None:
    poor = [(25.0, nan, 0.0), (18.0, nan, 0.1), (12.0, nan, 0.0), (30.0, nan, 0.0), (17.0, nan, 0.1), (14.0, nan, 0.0)]
    hall = [(nan, nan, nan), (nan, nan, nan), (80.0, nan, 0.1)] * 14
    assert out_of_airport(after([*hall, *poor, *poor[:2]], 2400.0)) >= SURE_LANDED
    seat = [row for one in poor for row in (one, (nan, nan, nan), (nan, nan, nan))]
    assert out_of_airport(after([*hall, *seat], 2400.0)) < 0.9


def test_a_hall_walked_through_before_the_flight_is_believed_counts() -> None:
    """Nothing told of the landing: the first fixes far away are not believed yet, and a hall's all the same."""
    seen, far = Seen(35.8, -78.6, LANDED_S - 9000.0, 9.0), (39.0, -104.0)
    before = TripMemory(seen=seen, now_unix_s=LANDED_S)
    for k in range(1, 20):
        fixed = k % 4 == 1
        sample = Background(LANDED_S + 15.0 * k, steps=13.0)
        if fixed:
            sample = replace(sample, latitude_deg=far[0], longitude_deg=far[1], accuracy_m=80.0)
        leap = Seen(*far, sample.unix_s, 80.0) if fixed else before.leap
        memory = replace(before, leap=leap, leaps=(k + 3) // 4, now_unix_s=sample.unix_s)
        before = scened(memory, before, sample, Judged(Kind.FOOT if fixed else Kind.NONE), fixed)
    assert before.supposed[Scene.TERMINAL] + before.supposed[Scene.PIER] > 0.9 and not before.scene
    kerb = Background(before.now_unix_s + 15.0, latitude_deg=39.0, longitude_deg=-104.0, accuracy_m=8.0, steps=22.0)
    memory = replace(before, flew=True, leap=None, now_unix_s=kerb.unix_s, landed_unix_s=kerb.unix_s)
    assert scened(memory, before, kerb, Judged(Kind.FOOT), False).scene[Scene.APRON] < 0.05
    late = Background(before.now_unix_s + 3600.0)
    assert scened(replace(before, now_unix_s=late.unix_s), before, late, Judged(Kind.NONE), False).supposed == ()


def test_a_device_without_bursts_tells_of_a_stop_on_the_road_at_less() -> None:
    stopped = after([(8.0, 0.0, 20.0), (25.0, 910.0, 0.7)], every_s=545.0, flew=False)
    assert SURE_STOPPED_SLOW <= off_the_road(stopped) < SURE_STOPPED
    assert has_stopped(replace(stopped, slow=True)) and not has_stopped(stopped)


def test_hours_behind_walls_never_add_up_to_an_arrival() -> None:
    rng = np.random.default_rng(3)
    rows = [(75.0 * float(np.exp(rng.normal(0.0, 0.5))) if rng.random() < 0.2 else nan, 4.0, 0.1) for _ in range(1000)]
    assert out_of_airport(after(rows)) < 0.2


def test_a_red_light_is_no_end_of_a_ride_but_walls_after_a_stop_are() -> None:
    ride, still = [(8.0, 0.0, 20.0)] * 6, (8.0, 0.0, 0.0)
    assert off_the_road(after([*ride, *[still] * 4, *ride], flew=False)) < 0.05
    assert off_the_road(after([*ride, *[still] * 4], flew=False)) < SURE_STOPPED
    assert off_the_road(after([*ride, *[STAND] * 3, *[NOTHING] * 6], flew=False)) >= SURE_STOPPED
    assert off_the_road(after([*ride, *[WALK] * 3], flew=False)) >= SURE_STOPPED


def test_an_old_fix_and_a_wrong_one_say_nothing_of_the_sky() -> None:
    before = after([HALL] * 20)
    gone = TripMemory(flew=True, now_unix_s=before.now_unix_s + EVERY_S, landed_unix_s=LANDED_S, scene=before.scene)
    silent = np.asarray(before.scene) @ passage(round(EVERY_S), True, False, True)
    for kind, leaps in ((Kind.NONE, False), (Kind.WRONG, False), (Kind.FOOT, True)):
        sample = Background(gone.now_unix_s, latitude_deg=39.0, longitude_deg=-104.0, accuracy_m=5.0, speed_m_s=0.0)
        assert np.allclose(scened(gone, before, sample, Judged(kind, 0.0), leaps).scene, silent, atol=1e-6)


ANY = st.sampled_from([nan, inf, -inf, -1.0, 0.0, 1e-9, 1.0, 30.0, 1e6, 1e300])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(ANY, ANY, ANY), max_size=8), ANY, st.booleans())
def test_whatever_comes_the_chances_stay_chances(
    rows: list[tuple[float, float, float]], gap_s: float, flew: bool
) -> None:
    every_s = gap_s if 0.0 < gap_s < 1e7 else EVERY_S
    scene = after(rows, every_s=every_s, flew=flew).scene
    assert len(scene) in (0, len(Scene)) and all(0.0 <= chance <= 1.0 for chance in scene)
    assert not scene or abs(sum(scene) - 1.0) < 1e-9


def test_a_driver_who_boards_at_once_is_told_on_the_road() -> None:
    """One fix at the kerb, then a drive: the aircraft was off, nothing but fixes and steps is there."""
    watch = TripWatch(places.load(), places.load().known_as(35.772, -78.639))
    spot = places.load().known_as(39.739, -104.985)
    start = [Background(LANDED_S + 60.0 * k, latitude_deg=35.772 + 1e-5 * k, longitude_deg=-78.639, accuracy_m=9.1,
                        speed_m_s=0.0, steps=0.0) for k in range(5)]  # fmt: skip
    hall = [Background(LANDED_S + 20_000.0 + 15.0 * k, steps=14.0) for k in range(60)]
    kerb_s, told = hall[-1].unix_s + 15.0, []
    way = [Background(kerb_s + 15.0 * k, latitude_deg=spot.latitude_deg + 1e-3 * k, longitude_deg=spot.longitude_deg,
                      accuracy_m=8.0 + 0.13 * k, speed_m_s=7.4 if k else 1.0, steps=0.0 if k else 20.0)
           for k in range(9)]  # fmt: skip
    for sample in (*start, *hall, *way):
        told += [event for event in watch.feed([sample]) if isinstance(event, Arrived)]
    assert [event.place.name for event in told] == [spot.name] and told[0].told_unix_s - kerb_s <= 120.0


def test_the_chances_are_saved_and_an_older_memory_is_read() -> None:
    memory = after([HALL] * 3)
    assert memory_text(memory_from(memory_text(memory))) == memory_text(memory)
    assert memory_from(memory_text(memory)).scene == memory.scene
    older = json.loads(memory_text(memory))
    del older["scene"]
    older["road_tries"] = 3
    assert memory_from(json.dumps(older)).scene == ()


def test_a_way_that_nobody_saw_for_an_hour_may_have_been_a_flight() -> None:
    seen = Seen(40.0, -100.0, LANDED_S, 10.0)
    for after_s, north_deg, flown in ((3700.0, 1.0, True), (1800.0, 1.0, False), (9000.0, 0.3, False)):
        sample = Background(LANDED_S + after_s, latitude_deg=40.0 + north_deg, longitude_deg=-100.0)
        assert may_have_flown(sample, seen) is flown


HOME = places.load().known_as(35.772, -78.639)


def at(unix_s: float, latitude_deg: float, accuracy_m: float, **more: float) -> Background:
    return Background(unix_s, latitude_deg=latitude_deg, longitude_deg=-78.639, accuracy_m=accuracy_m, **more)


def test_wild_fixes_after_an_hour_in_a_house_are_no_flight() -> None:
    for wild, flown in ((3, False), (4, True)):
        watch = TripWatch(places.load(), HOME)
        home = [at(LANDED_S + 60.0 * k, 35.772 + 1e-5 * k, 9.0 + 0.13 * k, speed_m_s=0.0, steps=2.0) for k in range(5)]
        house = [Background(LANDED_S + 400.0 + 357.0 * k, steps=1.0) for k in range(12)]
        start_s = house[-1].unix_s
        far = [at(start_s + 15.0 * (k + 1), 34.2 + 1e-4 * k, 8.0 + 0.13 * k, speed_m_s=0.1) for k in range(wild)]
        told = watch.feed([*home, *house, *far])
        assert watch.memory.flew is flown and not [event for event in told if isinstance(event, Arrived)]


def test_time_passes_at_a_place_only_where_fixes_go_on() -> None:
    """Up at an airport near home, then hours in a cabin whose air is like there: no arrival until it is seen again."""
    watch = TripWatch(places.load(), HOME)
    up = [
        at(LANDED_S + 60.0 * k, 35.9 + 1e-5 * k, 9.0 + 0.1 * k, altitude_m=600.0, pressure_pa=94_300.0)
        for k in range(4)
    ]
    watch.feed(up)
    assert watch.memory.hold is not None and watch.memory.hold.need_s == NEARBY_S
    cabin = [Background(LANDED_S + 300.0 * k, pressure_pa=94_300.0) for k in range(2, 90)]
    assert not [event for event in watch.feed(cabin) if isinstance(event, Arrived)]
    again = at(cabin[-1].unix_s + 60.0, 35.9003, 11.7, altitude_m=601.0, pressure_pa=94_300.0)
    assert [event for event in watch.feed([again]) if isinstance(event, Arrived)]


def test_a_landing_that_nobody_noticed_is_dated_by_the_air() -> None:
    """The phone was silent from home to the kerb; its air has stood at a new level for an hour."""
    watch = TripWatch(places.load(), HOME)
    home = [at(LANDED_S + 60.0 * k, 35.772 + 1e-5 * k, 9.0 + 0.13 * k, pressure_pa=100_000.0) for k in range(5)]
    away = [Background(LANDED_S + 600.0 + 300.0 * k, pressure_pa=97_000.0) for k in range(40)]
    first = at(away[-1].unix_s + 60.0, 30.27, 9.0, pressure_pa=97_000.0)
    watch.feed([*home, *away, first])
    assert watch.memory.flew and watch.memory.landed_unix_s == away[0].unix_s
    assert watch.memory.scene[Scene.APRON] < 1e-6


def test_a_height_at_rest_or_in_thin_air_is_a_wild_fix_and_no_flight() -> None:
    ground = places.load()
    for speed_m_s, air_m, kind in (
        (0.1, nan, Kind.WRONG), (nan, 4400.0, Kind.WRONG), (nan, 2000.0, Kind.FLYING), (240.0, 2000.0, Kind.FLYING),
    ):  # fmt: skip
        air = Air() if air_m != air_m else Air(LANDED_S, air_m, air_m, LANDED_S)
        sample = at(LANDED_S, 35.772, 9.0, altitude_m=4500.0, speed_m_s=speed_m_s)
        assert judged(sample, TripMemory(air=air), ground).kind is kind


def test_fixes_are_asked_for_an_hour_after_a_landing() -> None:
    for after_s, wanted in ((1800.0, True), (5400.0, False)):
        scene = tuple(float(s == Scene.TERMINAL) for s in Scene)
        memory = TripMemory(flew=True, now_unix_s=LANDED_S + after_s, landed_unix_s=LANDED_S, scene=scene)
        assert (TripWatch(places.load(), HOME, memory).fix_every_s == 15.0) is wanted


def test_a_cabin_s_air_that_still_moves_is_no_landing_yet() -> None:
    """The air came to its level a quarter of an hour ago, whatever was noticed before: an apron is possible."""
    memory = TripMemory(landed_unix_s=LANDED_S, air=Air(level_unix_s=LANDED_S + 3000.0), now_unix_s=LANDED_S + 3900.0)
    assert since_landed_s(memory) == 900.0
    assert since_landed_s(replace(memory, air=Air())) == 3900.0


def test_a_landing_that_shows_itself_late_weighs_all_the_silence_since_then() -> None:
    """Switched on at the gate, an hour in a hall, the first fix far away: one fix near a window is no street."""
    before = TripMemory(now_unix_s=LANDED_S + 3600.0, landed_unix_s=LANDED_S, silent=60, walked=900.0)
    fix = Background(LANDED_S + 3660.0, latitude_deg=39.0, longitude_deg=-104.0, accuracy_m=16.0, steps=12.0)
    memory = replace(before, flew=True, now_unix_s=fix.unix_s)
    assert out_of_airport(scened(memory, before, fix, Judged(Kind.FOOT, 0.0), False)) < SURE_LANDED
