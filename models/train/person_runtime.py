"""What the prior and its update cost: load, one answer, one update, memory, state, and the fall-backs.

The rule of this file: on a shared machine a long wait is somebody else's. The load is the quickest of many; median
(by the wall clock) and 99th percentile (of the processor's own time) are of the quietest of many blocks of 500 calls.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.adapt import Person, Run, update
from models.conformal import Correction
from models.person import MODEL_FILE, Context, PersonModel, prior_of
from models.person_forward import CONTEXT_LIMITS
from models.race import RaceModel

_CALLS = 500
_MEMORY = """
import json, sys

def resident_mib():
    with open("/proc/self/status") as status:
        return next(float(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024.0

import numpy as np
import edge.samples, edge.coach.types
bare = resident_mib()
if sys.argv[1] == "onnxruntime":
    import onnxruntime
with_runtime = resident_mib()
from models.person import Context, PersonModel
from models.adapt import Run, update
model = PersonModel.load(use_onnxruntime=sys.argv[1] == "onnxruntime")
person = model.prior(Context()).begin(0.0)
for day in range(2000):
    model.prior(Context(age_years=30.0 + day % 40))
    person = update(person, Run(86400.0 * day, 8000.0, 2700.0, 148.0 + day % 5))
print(json.dumps({"runtime": with_runtime - bare, "model": resident_mib() - with_runtime}))
"""


@dataclass(frozen=True, slots=True)
class Runtime:
    """Costs on this machine, in the quietest of many blocks of 500 calls."""

    load_ms: float
    answer_us: float
    answer_p99_us: float
    race_p99_us: float
    """The same of the race model with one best: a yardstick of this machine at this moment."""
    numpy_us: float
    update_us: float
    update_p99_us: float
    state_bytes: int
    correction_bytes: int
    model_bytes: int
    model_mib: float
    runtime_mib: float
    numpy_mib: float
    fallback_ms: float
    fallbacks: tuple[str, ...]
    largest_difference: float


def _taken_us(call: Callable[[], object], blocks: int) -> tuple[float, float]:
    """Return median by the wall and 99th percentile of processor time, each of the quietest block, in microseconds."""
    wall, own = np.zeros((blocks, _CALLS)), np.zeros((blocks, _CALLS))
    for block in range(blocks):
        for k in range(_CALLS):
            spent, begun = time.thread_time_ns(), time.perf_counter_ns()
            call()
            wall[block, k] = time.perf_counter_ns() - begun
            own[block, k] = time.thread_time_ns() - spent
    return float(np.median(wall, axis=1).min()) / 1e3, float(np.percentile(own, 99, axis=1).min()) / 1e3


def _load_ms(repeats: int) -> float:
    taken = []
    for _ in range(repeats):
        begun = time.perf_counter()
        PersonModel.load()
        taken.append(time.perf_counter() - begun)
    return min(taken) * 1e3


def fallbacks() -> tuple[float, tuple[str, ...]]:
    """Return the longest of three tries each, in ms, until the rules answer for a file that is missing, cut, altered or
    of something else, and what each says.
    """
    longest, said = 0.0, []
    whole = MODEL_FILE.read_bytes()
    bad = {
        "missing": None,
        "empty": b"",
        "cut": whole[: len(whole) // 2],
        "altered": whole[:600] + bytes(200) + whole[800:],
    }
    bad["another model"] = MODEL_FILE.with_name("race.onnx").read_bytes()
    bad["text"] = b"not a model at all\n" * 50
    with tempfile.TemporaryDirectory() as folder:
        for name, content in bad.items():
            path = Path(folder) / f"{name.replace(' ', '_')}.onnx"
            if content is not None:
                path.write_bytes(content)
            taken = []
            for _ in range(3):
                begun = time.perf_counter()
                prior = prior_of(Context(), path)
                taken.append(time.perf_counter() - begun)
            longest = max(longest, min(taken) * 1e3)
            said.append(f"{name}: {prior.source.replace(folder + '/', '')}")
    return longest, tuple(said)


def _memory(kind: str) -> dict[str, float]:
    command = [sys.executable, "-c", _MEMORY, kind]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    if ended.returncode != 0:
        raise ValueError(f"the memory program failed: {ended.stderr.strip().splitlines()[-1]}")
    return {name: float(value) for name, value in json.loads(ended.stdout).items()}


def largest_difference(model: PersonModel, count: int = 300) -> float:
    """Return the largest difference of any output between onnxruntime and NumPy over contexts at random."""
    rng, plain, largest = np.random.default_rng(5), PersonModel.load(use_onnxruntime=False), 0.0
    names = ("mean", "covariance", "embedding")
    for _ in range(count):
        row = random_context(rng).row()
        one, other = model.forward(row), plain.forward(row)
        largest = max(largest, *(float(np.abs(getattr(one, n) - getattr(other, n)).max()) for n in names))
    return largest


def random_context(rng: np.random.Generator) -> Context:
    """Return a context with any values within their limits, any of them unknown."""
    share = rng.random()
    shown = {k: float(rng.uniform(*limits)) for k, limits in CONTEXT_LIMITS.items() if rng.random() < share}
    return Context(**shown)


def measure_runtime(quick: bool) -> Runtime:
    """Return what everything costs here."""
    model, blocks = PersonModel.load(), 6 if quick else 40
    row = Context(age_years=40.0, female=1.0, km_28d=120.0, ten_km_s=3000.0).row()
    person: Person = model.prior(Context()).begin(0.0)
    run = Run(86400.0, 8000.0, 2700.0, 150.0, 40.0, 0.0, 20.0, 1.0)
    answer, updated = _taken_us(lambda: model.forward(row), blocks), _taken_us(lambda: update(person, run), blocks)
    plain, race = PersonModel.load(use_onnxruntime=False), RaceModel.load()
    memory, slim = _memory("onnxruntime"), _memory("numpy")
    fallback_ms, said = fallbacks()
    return Runtime(
        load_ms=_load_ms(10 if quick else 30),
        answer_us=answer[0],
        answer_p99_us=answer[1],
        race_p99_us=_taken_us(lambda: race.predict({5000.0: 1300.0}, 10000.0, 40.0, "f", 40.0), blocks)[1],
        numpy_us=_taken_us(lambda: plain.forward(row), blocks)[0],
        update_us=updated[0],
        update_p99_us=updated[1],
        state_bytes=len(person.to_bytes()),
        correction_bytes=len(Correction().to_bytes()),
        model_bytes=MODEL_FILE.stat().st_size,
        model_mib=memory["model"],
        runtime_mib=memory["runtime"],
        numpy_mib=slim["model"],
        fallback_ms=fallback_ms,
        fallbacks=said,
        largest_difference=largest_difference(model),
    )
