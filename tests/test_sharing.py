"""Laws of what leaves a device: few numbers, blurred once; merged against liars and readers; bad files refused."""

from __future__ import annotations

import dataclasses
import json
import math
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge.coach.groups import VOCABULARY
from models import adapt
from models.person import MODEL_FILE, Context, PersonModel, Prior, spread_of
from models.person_forward import STATE
from models.sharing import (
    EVERYBODY,
    MOST_NUMBERS,
    NAMES,
    Contribution,
    GroupShift,
    Permit,
    SharedPrior,
    SharingError,
    Situation,
    blur,
    crowd,
    merge,
)
from models.sharing.contribution import TAUGHT, shift_of, statistics
from models.sharing.files import FileExchange, alike, contributions, shared_prior
from models.sharing.prior_text import contribution_from, contribution_text, shared_from, shared_text
from models.sharing.shared import moved
from models.sharing.situation import is_group

HERE = Situation("regular", "35 to 49", "health", "none said", "below 1,000 m")
PERMIT = Permit("file", 1.0)
BASE = "c71833c60cfa9f96"
situations = st.builds(Situation, **{name: st.sampled_from(words) for name, words in VOCABULARY.items()})
rows = st.lists(st.floats(-6.0, 6.0), min_size=len(NAMES), max_size=len(NAMES))


def told(seed: int = 1, situation: Situation = HERE) -> Contribution:
    rng = np.random.default_rng(seed)
    raw = Contribution(situation, tuple(rng.standard_normal(len(NAMES)).tolist()), BASE)
    return blur.blurred(raw, rng)


def shared(people: int = 90) -> SharedPrior:
    return merge.merged([told(seed) for seed in range(people)], np.random.default_rng(3))


# What leaves


def test_the_schema_has_only_the_listed_numbers_and_five_words_of_the_vocabulary() -> None:
    page = json.loads(contribution_text(told()))
    assert set(page) == {"kadenz", "format", "situation", "numbers", "base", "clip_norm", "noise_sd", "checksum"}
    assert tuple(page["numbers"]) == NAMES and len(NAMES) <= MOST_NUMBERS
    assert set(page["situation"]) == set(VOCABULARY)
    assert all(page["situation"][name] in VOCABULARY[name] for name in VOCABULARY)
    for word in ("latitude", "longitude", "position", "time", "unix", "date", "name", "device", "run_id", "id"):
        assert not any(word == part for name in NAMES for part in name.replace("_", " ").split())


@pytest.mark.parametrize("extra", ["name", "latitude_deg", "start_unix_s"])
def test_nothing_else_can_travel_along(extra: str) -> None:
    from models.sharing.prior_text import checksum

    page = json.loads(contribution_text(told()))
    page["numbers"][extra] = 1.0
    page["checksum"] = checksum(page)
    with pytest.raises(SharingError, match=extra):
        contribution_from(json.dumps(page))


@given(rows)
def test_clipping_never_lengthens_and_never_turns(row: list[float]) -> None:
    got = blur.clipped(np.array([row]))[0]
    assert np.linalg.norm(got) <= blur.CLIP_NORM + 1e-9
    assert np.allclose(np.linalg.norm(got) * np.array(row), np.linalg.norm(row) * got, atol=1e-9)


def test_noise_has_the_stated_spread_and_is_the_systems_own_without_a_generator() -> None:
    zeros = np.zeros((4000, len(NAMES)))
    got = blur.noised(zeros, 2.0, np.random.default_rng(1))
    assert got.std() == pytest.approx(2.0, rel=0.02) and abs(got.mean()) < 0.05
    assert np.array_equal(got, blur.noised(zeros, 2.0, np.random.default_rng(1)))
    once, again = (blur.noised(zeros[:50], 2.0) for _ in range(2))
    assert not np.array_equal(once, again) and once.std() == pytest.approx(2.0, rel=0.15)


def test_a_contribution_is_blurred_once() -> None:
    with pytest.raises(ValueError, match="once"):
        blur.blurred(told())


def test_without_a_permit_of_its_purpose_nothing_is_written(tmp_path: Path) -> None:
    door = FileExchange(tmp_path / "me.json", tmp_path / "prior.json")
    with pytest.raises(SharingError, match="nothing left"):
        door.offer(told(), Permit("fleet", 1.0))
    raw = Contribution(HERE, told().numbers, BASE)
    with pytest.raises(SharingError, match="not blurred"):
        door.offer(raw, PERMIT)
    assert list(tmp_path.iterdir()) == []
    door.offer(told(), PERMIT)
    assert (tmp_path / "me.json").read_text() == contribution_text(told())
    assert door.fetch() is None
    with pytest.raises(ValueError, match="anything"):
        Permit("anything", 1.0)


# Groups


@given(situations)
def test_groups_are_nested_from_everybody_down(situation: Situation) -> None:
    names = situation.groups
    assert names[0] == EVERYBODY and len(names) == merge.DEPTHS == 6
    assert all(merge.wider(after) == before for before, after in pairwise(names))
    assert all(map(is_group, names)) and merge.wider(EVERYBODY) == ""


def test_a_word_of_another_vocabulary_is_no_situation() -> None:
    with pytest.raises(ValueError, match="Bavaria"):
        Situation("regular", "35 to 49", "health", "none said", "Bavaria")
    assert not is_group("level regular; home below 1,000 m") and not is_group("anna")


def test_a_small_group_is_not_told_of_and_falls_back_to_the_wider_one() -> None:
    rare = Situation("new", "65 and over", "health", "hurts now", "above 2,000 m")
    many = [told(seed) for seed in range(60)] + [told(seed, rare) for seed in range(100, 110)]
    found = merge.merged(many, np.random.default_rng(1))
    assert {one.group for one in found.groups} >= {EVERYBODY, "level regular"}
    assert not any("new" in one.group for one in found.groups)
    of_rare = found.of(rare)
    assert of_rare is not None and of_rare.group == EVERYBODY and of_rare.people == 70
    assert SharedPrior(BASE, 0, ()).of(rare) is None


# Merging


@given(st.integers(20, 60), st.integers(0, 2**31))
@settings(max_examples=60)
def test_one_person_moves_the_trimmed_mean_by_no_more_than_the_noise_is_made_for(people: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    rows = rng.standard_normal((people, len(NAMES))) * rng.uniform(0.1, 3.0)
    noise = 2.0 * rng.standard_normal(rows.shape)
    other = rows.copy()
    other[0] = 5.0 * rng.standard_normal(len(NAMES))
    one, two = (merge.trimmed_mean(blur.clipped(r) + noise) for r in (rows, other))
    assert np.linalg.norm(one - two) <= merge.mean_sensitivity(people) + 1e-9


def test_merging_finds_the_shift_of_many_and_the_order_of_files_does_not_matter() -> None:
    rng = np.random.default_rng(7)
    rows = blur.noised(blur.clipped(0.3 * rng.standard_normal((3000, len(NAMES))) + np.eye(len(NAMES))[2]), 1.5, rng)
    found = merge.merged_rows(rows, [HERE] * 3000, BASE, np.random.default_rng(1)).groups[0]
    assert found.shift[3] == pytest.approx(1.0, abs=0.15)
    assert max(abs(one) for at, one in enumerate(found.shift) if at != 3) < 0.25
    shuffled = merge.merged_rows(rows[::-1], [HERE] * 3000, BASE, np.random.default_rng(1)).groups[0]
    assert shuffled.shift == pytest.approx(found.shift, abs=1e-9)


def test_a_tenth_of_liars_moves_everybody_little_and_the_mean_without_trimming_much() -> None:
    rng = np.random.default_rng(2)
    honest = blur.noised(blur.clipped(0.5 * rng.standard_normal((900, len(NAMES)))), 2.0, rng)
    rows = np.vstack([honest, np.full((100, len(NAMES)), 8.0)])
    liars, truth = merge.trimmed_mean(rows), merge.trimmed_mean(honest)
    assert np.abs(liars - truth).max() < 0.45
    assert np.abs(rows.mean(axis=0) - truth).max() > 0.7


def test_the_same_contribution_twice_counts_once_and_kinds_do_not_mix() -> None:
    once = [told(seed) for seed in range(30)]
    assert merge.merged(once * 2, np.random.default_rng(1)) == merge.merged(once, np.random.default_rng(1))
    other = dataclasses.replace(told(), base="0" * 16)
    with pytest.raises(ValueError, match="2 kinds"):
        merge.merged([*once, other])
    assert alike([*once, other]) == once and alike([]) == []
    with pytest.raises(ValueError, match="no contribution"):
        merge.merged([])


# Files


def test_text_and_value_are_one() -> None:
    assert contribution_from(contribution_text(told())) == told()
    assert shared_from(shared_text(shared())) == shared()


@pytest.mark.parametrize("at", range(0, 900, 37))
def test_a_changed_byte_is_noticed(at: int) -> None:
    text = shared_text(shared())
    changed = text[:at] + ("7" if text[at] != "7" else "8") + text[at + 1 :]
    with pytest.raises(SharingError):
        shared_from(changed)


def test_what_is_cut_foreign_newer_or_absurd_is_refused_with_the_reason() -> None:
    from models.sharing.prior_text import checksum

    text = shared_text(shared())
    page = json.loads(text)
    for cut in (0, 1, 50, len(text) // 2, len(text) - 3):
        with pytest.raises(SharingError, match="foreign or damaged"):
            shared_from(text[:cut])
    for other in ("[]", "3", '{"kadenz": "diary"}', contribution_text(told()), "[" * 100_000, '{"kadenz": NaN}'):
        with pytest.raises(SharingError, match="foreign"):
            shared_from(other)
    absurd = [
        ("newer", {"format": 2}),
        ("absurd", {"format": 0}),
        ("absurd", {"note": "hello"}),
        ("absurd", {"people": -1}),
        ("absurd", {"groups": [{**page["groups"][0], "scatter": 9.0}]}),
        ("absurd", {"groups": [{**page["groups"][1], "people": 3}]}),
        ("absurd", {"groups": [{**page["groups"][0], "group": "anna"}]}),
        ("absurd", {"groups": [{**page["groups"][0], "shift": dict.fromkeys(STATE, 4.0)}]}),
        ("absurd", {"groups": [page["groups"][0]] * 2}),
        ("absurd", {"groups": "many"}),
    ]
    for reason, change in absurd:
        changed = {**page, **change}
        changed["checksum"] = checksum(changed)
        with pytest.raises(SharingError, match=reason):
            shared_from(json.dumps(changed))
    changed = json.loads(contribution_text(told()))
    changed["numbers"][NAMES[0]] = 50.0
    changed["checksum"] = checksum(changed)
    with pytest.raises(SharingError, match="absurd"):
        contribution_from(json.dumps(changed))


def test_a_folder_is_read_in_order_and_what_is_left_out_is_named(tmp_path: Path) -> None:
    for seed in range(3):
        (tmp_path / f"{seed}.json").write_text(contribution_text(told(seed)))
    (tmp_path / "bad.json").write_text("{}")
    (tmp_path / "binary.json").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "note.txt").write_text("hello")
    found, left_out = contributions(tmp_path)
    assert found == [told(seed) for seed in range(3)]
    assert [line.split(":")[0] for line in left_out] == ["bad.json", "binary.json"]
    with pytest.raises(SharingError, match="no folder"):
        contributions(tmp_path / "none")
    with pytest.raises(SharingError, match=r"bad\.json"):
        shared_prior(tmp_path / "bad.json")


# Use


def bundled_prior() -> Prior:
    return PersonModel.load(MODEL_FILE, use_onnxruntime=False).prior(Context(age_years=40.0))


def test_a_shift_moves_the_prior_says_so_and_begins_a_new_memory() -> None:
    prior = bundled_prior()
    by = GroupShift(EVERYBODY, 60, tuple(0.1 * k for k in range(10)), 0.8)
    after = moved(prior, spread_of(), by)
    assert np.allclose(after.mean - prior.mean, spread_of() * np.array(by.shift))
    assert np.array_equal(after.covariance, prior.covariance)
    assert "people like you" in after.source and after.model_hash != prior.model_hash and len(after.model_hash) == 16
    assert math.sqrt(after.begin(0.0).scatter_bpm2) == pytest.approx(0.8 * adapt.HR_SCATTER_BPM)
    assert prior.begin(0.0).scatter_bpm2 == adapt.HR_SCATTER_BPM**2


def test_statistics_and_shift_are_inverse() -> None:
    rng = np.random.default_rng(1)
    expected = rng.standard_normal((1, 10))
    shift = rng.standard_normal(10)
    shift[[name not in TAUGHT for name in STATE]] = 0.0
    scatter = np.array([6.0**2])
    numbers = statistics(expected + shift * spread_of(), expected, scatter, spread_of())
    got, times = shift_of(numbers[0])
    assert np.allclose(got, shift) and times * adapt.HR_SCATTER_BPM == pytest.approx(6.0)


def test_a_crowd_learns_as_each_person_alone() -> None:
    rng, prior = np.random.default_rng(4), bundled_prior()
    people = [prior.begin(86400.0) for _ in range(5)]
    many = crowd.begin(np.tile(prior.mean, (5, 1)), np.tile(prior.covariance, (5, 1, 1)))
    for day in range(12):
        columns = (
            np.full(5, 86400.0 * (2 * day + 1)), rng.uniform(2000.0, 15000.0, 5), rng.uniform(900.0, 5000.0, 5),
            rng.uniform(90.0, 200.0, 5), rng.uniform(0.0, 400.0, 5), rng.uniform(0.0, 2000.0, 5),
            rng.uniform(-5.0, 35.0, 5), rng.uniform(0.5, 9.0, 5),
        )  # fmt: skip
        columns[3][day % 5] = np.nan
        columns[6][(day + 1) % 5] = np.nan
        runs = crowd.Runs(*columns)
        each = [adapt.Run(*(float(c[k]) for c in columns)) for k in range(5)]
        expected = [adapt.expected_hr(p, r).value for p, r in zip(people, each, strict=True)]
        assert np.allclose(crowd.expected_bpm(many, runs), expected, atol=1e-9)
        people = [adapt.update(p, r) for p, r in zip(people, each, strict=True)]
        many = crowd.update(many, runs)
    for k, person in enumerate(people):
        assert np.allclose(many.mean[k], person.mean, atol=1e-9)
        assert np.allclose(many.covariance[k], person.covariance, atol=1e-9)
        assert many.scatter_bpm2[k] == pytest.approx(person.scatter_bpm2) and many.runs[k] == person.runs
