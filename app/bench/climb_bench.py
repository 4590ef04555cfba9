"""Climbing measured: simulated courses and sensors, barometer recordings, and FIT files beside their devices.

The rule of this file: the 3 m and 10 m rules get the same rows in the same run, and what is simulated is called so.
"""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from app.bench.climb_courses import COURSES, RIDES, SENSORS, draw, gain_m, ground, heard, ride, wander
from app.bench.figures import Bars, Control, Figure, Line, Plot, Say, Section
from device.files.reading import read_path
from device.files.recording import Recording
from edge.altitude import altitude_rows, climb, standard_altitude_m
from edge.altitude.fusion import Fused, fuse
from edge.altitude.gusts import calmed
from edge.altitude.live import LiveClimb
from edge.altitude.noise import Noise, noise_of
from edge.altitude.swings import swings_of, turning_rows
from edge.altitude.transport import LABELS, STILL, Codes, Motion, by_legs_m, labelled
from edge.samples import Column, Fix, Pressure
from hardware_sim.course import loop, street
from hardware_sim.scenarios import SCENARIOS
from hardware_sim.sensors import watch
from hardware_sim.truth import happen

_NAN = float("nan")
_UNUSABLE_GOAL = {"good": 0.05, "pocket": 0.20, "bad": float("inf")}
_HELD_NOTE = "simulated, to half a metre, draws called unusable among them"
Rule = Callable[[Column, Column], float]


def threshold_rule(limit_m: float) -> Rule:
    """Return the rule that counts swings of at least so many m, as it stands in open peers (OpenTracks: 3 m)."""

    def rule(t_s: Column, altitude_m: Column) -> float:
        return float(np.diff(altitude_m[turning_rows(altitude_m, limit_m)]).clip(0.0).sum())

    return rule


def ours(t_s: Column, altitude_m: Column) -> float:
    """Return the ascent in m, NaN where the sensor is declared unusable."""
    return climb(t_s, altitude_m).ascent.value


def live(t_s: Column, altitude_m: Column) -> float:
    """Return the gain in m that a runner was shown at the end of the run."""
    told = LiveClimb()
    told.feed((pressure(t_s, altitude_m),))
    told.finish()
    return told.state.gain_m


def constant_noise(t_s: Column, altitude_m: Column) -> float:
    """Return the ascent with a good sensor's noise taken for granted: the control."""
    return float(swings_of(t_s, altitude_m, Noise(0.2, 0.3, 0.0, 1.0)).sum_m[0])


def gusts_kept(t_s: Column, altitude_m: Column) -> float:
    """Return the ascent with gusts and slams left in: the control."""
    return float(swings_of(t_s, altitude_m, noise_of(t_s, altitude_m)).sum_m[0])


def bias_kept(t_s: Column, altitude_m: Column) -> float:
    """Return the ascent without taking off what noise adds: the control."""
    told = swings_of(t_s, altitude_m, noise_of(t_s, altitude_m))
    return float(told.sum_m[0] + told.added_m[0])


def pressure(t_s: Column, altitude_m: Column) -> Pressure:
    """Return the pressure in Pa of the standard atmosphere at altitudes in m (ICAO Doc 7488)."""
    return Pressure(t_s, 101_325.0 * (1.0 - altitude_m * 0.0065 / 288.15) ** (1.0 / 0.190263), np.full(len(t_s), _NAN))


@dataclass(frozen=True, slots=True, eq=False)
class Errors:
    """Errors of a rule over seeds: relative, or m per km on the flat; NaN where the sensor was called unusable."""

    error: Column
    flat: bool

    @property
    def told(self) -> Column:
        return np.abs(self.error[np.isfinite(self.error)])

    @property
    def most(self) -> float:
        """Return the 95th percentile of what was told: per cent, or m per km."""
        return float(np.quantile(self.told, 0.95)) * (1.0 if self.flat else 100.0) if len(self.told) else float("nan")

    def within(self, limit: float) -> float:
        """Return the share of what was told within a limit."""
        return float(np.mean(self.told < limit)) if len(self.told) else float("nan")

    @property
    def unusable(self) -> float:
        return float(np.mean(np.isnan(self.error)))


def errors(rule: Rule, course: str, sensor: str, seeds: range, gusts: bool = False) -> Errors:
    """Return the errors of a rule on draws of a course heard by a sensor; the same draws for every rule."""
    found = []
    for seed in seeds:
        t_s, told_m, true_m = draw(course, sensor, seed, gusts)
        found.append((rule(t_s, told_m) - true_m) / (10.0 if course == "flat" else true_m))
    return Errors(np.array(found), course == "flat")


def held(course: str, sensor: str, seeds: range, gusts: bool) -> float:
    """Return the share of the 90 % intervals that hold the truth to half a metre, those called unusable among them."""
    inside = []
    for seed in seeds:
        t_s, told_m, true_m = draw(course, sensor, seed, gusts)
        ascent = climb(t_s, told_m).ascent
        inside.append(ascent.low - 0.5 <= true_m <= ascent.high + 0.5)
    return float(np.mean(inside))


def simulated(seeds: range, gusts: bool) -> Iterator[Figure]:
    """Yield the figures of all courses and sensors."""
    with_gusts = " with gusts" if gusts else ""
    note = f"simulated, {len(seeds)} draws each, of those not called unusable"
    for sensor in SENSORS:
        unusable = []
        for course in COURSES:
            mine = errors(ours, course, sensor, seeds, gusts)
            three, ten = (errors(threshold_rule(m), course, sensor, seeds, gusts) for m in (3.0, 10.0))
            unusable.append(mine.unusable)
            name = f"{course}{with_gusts}, {sensor} sensor"
            unit, limit = ("m/km", 1.0) if mine.flat else ("%", 10.0)
            told = f"{note}; called unusable {100.0 * mine.unusable:.0f} %"
            limit = float("inf") if mine.unusable == 1.0 else limit  # nothing told is neither reached nor missed
            yield Figure(
                f"{name}: 95 % within", mine.most, unit, limit, peer="3 m rule", peer_value=three.most, note=told
            )
            yield Figure(f"{name}: the 10 m rule", ten.most, unit, note=note)
            yield Figure(f"{name}: truth in the 90 % interval", held(course, sensor, seeds, gusts), note=_HELD_NOTE)
            for share in () if mine.flat else (0.10, 0.03):
                yield Figure(
                    f"{name}: share within {100 * share:.0f} %",
                    mine.within(share),
                    peer="3 m rule",
                    peer_value=three.within(share),
                    note=told,
                )
        name = f"called unusable{with_gusts}, {sensor} sensor"
        yield Figure(
            name, float(np.mean(unusable)), at_most=_UNUSABLE_GOAL[sensor], note=f"simulated, {len(seeds)} draws"
        )


def controls(seeds: range) -> tuple[Control, ...]:
    """Return what gets worse: noise taken for granted, gusts left in, what noise adds left in, the weather left in."""

    def off(rule: Rule, course: str, sensor: str, gusts: bool = False) -> float:
        return float(np.median(errors(rule, course, sensor, seeds, gusts).told))

    level = "rolling with level stretches"
    return (
        Control(
            "noise a constant, flat, bad sensor (m/km)", off(constant_noise, "flat", "bad"), off(ours, "flat", "bad")
        ),
        Control("noise a constant, rolling, pocket", off(constant_noise, level, "pocket"), off(ours, level, "pocket")),
        Control(
            "gusts left in, flat, good (m/km)", off(gusts_kept, "flat", "good", True), off(ours, "flat", "good", True)
        ),
        Control(
            "bias of the noise left in, level stretches, pocket",
            off(bias_kept, level, "pocket"),
            off(ours, level, "pocket"),
        ),
        Control("weather left in, m in two hours", *front_m(seeds)),
    )


def front_m(seeds: range) -> tuple[float, float]:
    """Return how many m a front of 200 Pa in two hours moves the altitude without and with fixes (simulated)."""
    t_s = np.arange(7200.0)
    alone: list[float] = []
    fused: list[float] = []
    for seed in seeds[:8]:
        rng = np.random.default_rng(seed)
        true_m = 200.0 + 30.0 * np.sin(2.0 * np.pi * t_s / 1900.0)
        air = pressure(t_s, true_m + rng.normal(0.0, 0.2, len(t_s)))
        air = replace(air, pressure_pa=air.pressure_pa + 200.0 * t_s / 7200.0)
        nothing = np.full(len(t_s), _NAN)
        sky = Fix(t_s, nothing, nothing, true_m + 15.0 + wander(rng, len(t_s), 4.0, 90.0), nothing, nothing)
        for told, found in ((fuse((air,)), alone), (fuse((air, sky)), fused)):
            off = told.altitude_m - np.interp(told.t_s, t_s, true_m)
            found.append(abs(float(np.polyfit(told.t_s, off, 1)[0])) * 7200.0)
    return float(np.median(alone)), float(np.median(fused))


def on_the_run(seeds: range) -> Iterator[Figure]:
    """Yield the errors of the fused height on the simulator's runs: air with weather, a watch, its fixes and steps."""
    places = {
        "rolling lap": loop("rolling", 2500.0, (6.0, 8.0, 12.0, 9.0, 7.0)),
        "street": street("street", 800.0, 40.0),
    }
    for name, lap in places.items():
        base, off, height, inside = SCENARIOS["hills"], [], [], []
        for seed in seeds:
            truth = happen(replace(base, course=lap), np.random.default_rng(seed))
            worn, rng = watch(truth, np.random.default_rng((seed, 1)), 16.0), np.random.default_rng((seed, 2))
            unknown, t_s = np.full(len(truth.t_s), _NAN), truth.t_s
            sky_m = truth.altitude_m + 4.0 + wander(rng, len(t_s), 5.0, 90.0)
            sky = Fix(t_s, worn.latitude_deg, worn.longitude_deg, sky_m, worn.speed_m_s, worn.accuracy_m)
            told = fuse((Pressure(t_s, worn.pressure_pa, unknown), sky))
            true_m, seen = gain_m(truth.altitude_m), np.interp(told.t_s, t_s, truth.altitude_m)
            off.append(100.0 * abs(told.climb.ascent.value / true_m - 1.0))
            height.append(float(np.std(told.altitude_m - seen)))
            inside.append(told.climb.ascent.low <= true_m <= told.climb.ascent.high)
        note = f"simulated runs of hardware_sim, {len(seeds)} seeds"
        yield Figure(f"{name}, run simulated whole: median error", float(np.nanmedian(off)), "%", 10.0, note=note)
        yield Figure(f"{name}, run simulated whole: height, sd", float(np.median(height)), "m", note=note)
        yield Figure(f"{name}, run simulated whole: truth in the interval", float(np.mean(inside)), note=note)


def riding(seeds: range) -> Iterator[Figure]:
    """Yield how well rides are told from running, and what of their height is counted as climbed."""
    for kind, (label, *_) in RIDES.items():
        right, wrong, leaked = [], [], []
        for seed in seeds:
            t_s, height_m, speed, steps, is_ride = ride(kind, np.random.default_rng(seed))
            codes = labelled(t_s, height_m, Motion(speed, steps))
            right.append(np.mean(codes[is_ride > 0.0] == LABELS.index(label)))
            wrong.append(np.mean(codes[(is_ride == 0.0) & (steps > 0.0)] > STILL))
            foot = climb(*_by_legs(t_s, height_m, codes))
            leaked.append(abs(foot.ascent.value - 120.0))
        note = f"simulated, {len(seeds)} draws, speed and steps known"
        yield Figure(f"{kind}: seconds told as a ride", 100.0 * float(np.mean(right)), "%", note=note)
        yield Figure(f"{kind}: running called a ride", 100.0 * float(np.mean(wrong)), "%", note=note)
        yield Figure(f"{kind}: error of the runner's 120 m", float(np.median(leaked)), "m", note=note)


def _by_legs(t_s: Column, height_m: Column, codes: Codes) -> tuple[Column, Column]:
    foot = codes <= STILL
    return t_s[foot], by_legs_m(height_m, codes)[foot]


def barometers(folder: Path) -> Iterator[Figure]:
    """Yield the figures of the barometer recordings: stairs up and down, floors of a telephone, gliders."""
    up, down = (_stairs(folder / f"barometer_stm32/{n}_kapitol.log", 1) for n in ("up", "down"))
    rough = [_stairs(folder / f"barometer_stm32/{n}_kapitol.log", 0) for n in ("up", "down")]
    note = "one building, the same stairs up and down"
    rise, fall = up.climb.ascent.value, down.climb.descent.value
    yield Figure("stairs, BMP180: down over up", fall / rise, "", 1.10, 0.90, note=note)
    told = [rough[0].climb.ascent.value / rise, rough[1].climb.descent.value / fall]
    yield Figure("stairs, MPL115A1 over BMP180: furthest from 1", float(np.max(np.abs(np.array(told) - 1))), note=note)
    raw = [np.abs(np.diff(f.altitude_m)).sum() / rise for f in rough]
    yield Figure("the same, plain sum over BMP180", float(np.max(raw)), note=note)
    for level in range(4):
        rows = _stm(folder / f"barometer_stm32/oss_{level}.log", 1)
        t_s = np.arange(len(rows), dtype=np.float64) / 10.0
        calm_s, calm_m = calmed(t_s, standard_altitude_m(rows))
        still = noise_of(calm_s, calm_m)
        yield Figure(f"BMP180 at rest, oversampling {level}: noise", still.total_m, "m", note="rate assumed 10 Hz")
        yield Figure(f"BMP180 at rest, oversampling {level}: ascent", climb(calm_s, calm_m).ascent.value, "m")
    table = list(csv.DictReader((folder / "phone_floors_hku/train_set.csv").read_text().splitlines()))
    walk_s, hpa = (np.array([float(r[name]) for r in table]) for name in ("seconds_elapsed", "pressure"))
    phone = fuse((Pressure(walk_s, 100.0 * hpa, np.full(len(walk_s), _NAN)),))
    yield Figure("telephone: floors counted of 5", phone.floors_up.value, note="one walk up, labels by hand")
    for path in sorted((folder / "xcsoar_igc").glob("*.igc.gz")):
        yield from _glider(path)


def _stm(path: Path, column: int) -> Column:
    """Return the pressure (n,) in Pa of the log's rows that have one."""
    rows = [re.findall(r"-?\d+", line) for line in path.read_text(errors="replace").splitlines()]
    told = np.array([float(r[column]) for r in rows if len(r) == 3])
    return np.asarray(told[told > 800_000.0] / 10.0)


def _stairs(path: Path, column: int) -> Fused:
    told = _stm(path, column)
    # 579 rows within the 335 s between the log's two time stamps.
    return fuse((Pressure(np.arange(len(told), dtype=np.float64) * (335.0 / 579.0), told, np.full(len(told), _NAN)),))


_B_RECORD = re.compile(r"B(\d\d)(\d\d)(\d\d)(\d\d)(\d{5})([NS])(\d{3})(\d{5})([EW])A([-\d]\d{4})([-\d]\d{4})")


def _glider(path: Path) -> Iterator[Figure]:
    """Yield how far the fused altitude, and the standard atmosphere's, lie from the satellites' over hours."""
    with gzip.open(path, "rt", errors="replace") as lines:
        rows = [m.groups() for line in lines if (m := _B_RECORD.match(line))]
    t_s = np.array([int(r[0]) * 3600.0 + int(r[1]) * 60.0 + int(r[2]) for r in rows])
    t_s = t_s - t_s[0]
    standard, sky = np.array([float(r[9]) for r in rows]), np.array([float(r[10]) for r in rows])
    latitude = np.array([(int(r[3]) + int(r[4]) / 6e4) * (-1 if r[5] == "S" else 1) for r in rows])
    longitude = np.array([(int(r[6]) + int(r[7]) / 6e4) * (-1 if r[8] == "W" else 1) for r in rows])
    nothing = np.full(len(t_s), _NAN)
    # Every other minute of the satellites is held back, and the altitude judged there.
    known = (t_s // 60.0) % 2.0 == 0.0
    told = fuse(
        (pressure(t_s, standard), Fix(t_s[known], latitude[known], longitude[known], sky[known], *[nothing[known]] * 2))
    )
    off = np.interp(t_s[~known], told.t_s, told.altitude_m) - sky[~known]
    plain = (standard - sky)[~known] - np.median((standard - sky)[known])
    rms, plain_rms = (float(np.sqrt(np.mean(x**2))) for x in (off, plain))
    scale = told.weather.scale.value if told.weather else _NAN
    note = f"one flight of {t_s[-1] / 3600.0:.1f} h, at minutes whose fixes were held back; scale {scale:.3f}"
    yield Figure("glider: altitude against satellites, rms", rms, "m", peer="standard", peer_value=plain_rms, note=note)


def read_runs(folder: Path, most: int) -> list[Recording]:
    """Return the recordings with an altitude and a device's own ascent of 20 m at least."""
    found: list[Recording] = []
    for path in sorted((folder / "activity_files").rglob("*.fit*")):
        for reading in read_path(path):
            found += [
                r for r in reading.recordings if r.stated.ascent_m >= 20.0 and len(altitude_rows(r.samples)[0]) > 60
            ]
        if len(found) >= most:
            break
    return found


def beside_devices(runs: list[Recording]) -> Iterator[Figure]:
    """Yield our ascent and the 3 m rule's over the device's own."""
    stated = np.array([r.stated.ascent_m for r in runs])
    for name, rule in (("ours", ours), ("the 3 m rule", threshold_rule(3.0)), ("the 10 m rule", threshold_rule(10.0))):
        ratio = np.array([rule(*altitude_rows(r.samples)) for r in runs]) / stated
        told = ratio[np.isfinite(ratio)]
        note = f"{len(runs)} FIT files whose device states 20 m of ascent or more; unusable {len(ratio) - len(told)}"
        yield Figure(f"FIT: {name} over the device's, median", float(np.median(told)), note=note)
        yield Figure(
            f"FIT: {name}, within 10 % of the device", 100.0 * float(np.mean(np.abs(told - 1) < 0.1)), "%", note=note
        )
        yield Figure(f"FIT: {name}, median distance", 100.0 * float(np.median(np.abs(told - 1.0))), "%", note=note)
    foot = [r for r in runs if r.sport in {"running", "walking", "hiking"}]
    share = [np.mean(fuse(r.samples).transport > STILL) for r in foot]
    note = f"{len(foot)} recordings on foot"
    yield Figure("FIT: time on foot called a ride", 100.0 * float(np.mean(share)) if share else _NAN, "%", note=note)


def pictures(seeds: range) -> tuple[Bars | Plot, ...]:
    """Return the share within 10 % by sensor and rule, and one course as heard and as found."""
    rules: dict[str, Rule] = {"Kadenz": ours, "live": live, "3 m": threshold_rule(3.0), "10 m": threshold_rule(10.0)}
    shares = [[errors(rule, "rolling", sensor, seeds).within(0.1) for rule in rules.values()] for sensor in SENSORS]
    bars = Bars(
        "climb_rolling",
        "Rolling ground (simulated)",
        "share within 10 %",
        tuple(SENSORS),
        tuple(rules),
        np.array(shares),
    )
    rng = np.random.default_rng(1)
    t_s, true_m = ground("rolling", rng)
    told_m = heard(rng, t_s, true_m, SENSORS["pocket"])
    found = climb(t_s, told_m)
    lines = (Line("heard", t_s, told_m, True), Line("found", found.t_s, found.smooth_m), Line("ground", t_s, true_m))
    return bars, Plot("climb_pocket", "A pocketed sensor (simulated)", "s", "m", lines)


def live_figures(seeds: range) -> Iterator[Figure]:
    """Yield the errors of the gain shown while running."""
    for course in ("flat", "rolling", "hilly", "ten hills of 40 m"):
        for sensor in SENSORS:
            told = errors(live, course, sensor, seeds)
            unit = "m/km" if told.flat else "%"
            note = f"simulated, {len(seeds)} draws; causal, no goal of its own"
            yield Figure(f"live, {course}, {sensor} sensor: 95 % within", told.most, unit, note=note)


def measure(recordings: Path, quick: bool, say: Say) -> Section:
    """Return what climbing reaches; `quick` takes few draws and files."""
    seeds, few = (range(4), range(2)) if quick else (range(40), range(10))
    say("climb: simulated courses and sensors")
    figures = [*simulated(seeds, gusts=False)]
    if not quick:
        figures += simulated(few, gusts=True)
    say("climb: live, simulated runs and rides")
    figures += [*live_figures(few), *on_the_run(range(2) if quick else range(8)), *riding(few)]
    say("climb: barometers and FIT files")
    figures += barometers(recordings / "barometer")
    figures += beside_devices(read_runs(recordings, 8 if quick else 10_000))
    return Section(
        "climb",
        f"simulated: {len(seeds)} draws of 6 courses by 3 sensors; open barometer recordings; open FIT files",
        tuple(figures),
        controls(range(3) if quick else few),
        pictures(few),
        ("The truth of the FIT files is not known: agreement with the device is no accuracy.",),
    )
