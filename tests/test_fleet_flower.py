"""Laws of the fleet on Flower: masked sums, devices that leave, fail or lie, and a loopback fleet of processes."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from queue import Queue

import numpy as np
import pytest

from models.fleet import quiet

if not quiet.is_installed():
    pytest.skip("Flower is not installed: pip install 'kadenz[fleet]'", allow_module_level=True)
os.environ.update(quiet.SILENT)
pytestmark = pytest.mark.filterwarnings("default")

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of the libraries that Flower brings
    import psutil
    from flwr.app import Context, Message, RecordDict
    from flwr.common import ndarray_to_bytes
    from flwr.common.secure_aggregation.crypto import shamir as flower_shares
    from flwr.common.secure_aggregation.secaggplus_constants import RECORD_KEY_CONFIGS, Key

    from models.fleet import engine, inside, layout, loopback, processes, shamir
    from models.fleet.client import client_app
    from models.fleet.cohorts import Rule
    from models.fleet.door import FleetExchange
    from models.fleet.inside import InsideGrid
    from models.fleet.loopback import Place
    from models.fleet.offers import PEOPLE, People
    from models.fleet.secure import masked_sum, open_sums
    from models.fleet.server import one_round
    from models.fleet.simulate import simulate
    from models.sharing import NAMES, Contribution, Permit, SharingError, Situation
    from models.sharing.blur import blurred

QUIET_RULE = Rule(cohort=8, noise_multiplier=1e-6, trim=0.0, timeout_s=1.0)
HERE = Situation("regular", "35 to 49", "health", "none said", "below 1,000 m")


@pytest.fixture
def people(tmp_path: Path) -> Path:
    rng = np.random.default_rng(3)
    groups = np.column_stack([np.zeros(30, np.int64), rng.integers(1, 4, 30), rng.integers(4, 22, 30)])
    People(rng.normal(0.0, 0.5, (30, len(NAMES))), groups).save(tmp_path / "people.npz")
    return tmp_path / "people.npz"


def grid_of(people: Path, count: int, behaves: inside.Behaves = inside.honest, noise: float = 1e-6) -> InsideGrid:
    run = {"people": str(people), "clip_norm": QUIET_RULE.clip_norm, "noise_multiplier": noise}
    return InsideGrid(count, client_app(run), behaves)


def context() -> Context:
    return Context(1, 0, {}, RecordDict(), {})


def truth(people: Path, nodes: list[int]) -> np.ndarray:
    with np.load(people) as kept:
        rows = [kept["numbers"][node - 1] / QUIET_RULE.clip_norm for node in nodes]
        groups = [tuple(int(one) for one in kept["groups"][node - 1]) for node in nodes]
    return np.sum([layout.placed(row, group) for row, group in zip(rows, groups, strict=True)], axis=0)


def test_the_server_gets_the_sum_of_a_cohort_and_no_reply_shows_a_person(people: Path) -> None:
    seen: list[Message] = []

    def watched(_node: int, _asked: int, reply: Message) -> Message:
        seen.append(reply)
        return reply

    found = masked_sum(grid_of(people, 8, watched), context(), list(range(1, 9)), QUIET_RULE, 1)  # type: ignore[arg-type]
    assert found is not None and found.people == 8
    assert np.allclose(found.total, truth(people, list(range(1, 9))), atol=1e-3)
    shown = [record for reply in seen for record in reply.content.array_records.values() if len(record)]
    assert len(seen) == 32 and not shown


@pytest.mark.parametrize("stage", [0, 1, 2, 3])
def test_one_that_leaves_at_any_moment_does_not_stop_the_round(people: Path, stage: int) -> None:
    def leaves(node: int, asked: int, reply: Message) -> Message | None:
        return None if node == 3 and asked >= stage else reply

    found = masked_sum(grid_of(people, 8, leaves), context(), list(range(1, 9)), QUIET_RULE, 1)  # type: ignore[arg-type]
    stayed = [node for node in range(1, 9) if node != 3 or stage == 3]
    assert found is not None and found.people == len(stayed)
    assert np.allclose(found.total, truth(people, stayed), atol=1e-3)


def test_shares_of_keys_are_flower_s_own_in_both_directions() -> None:
    for length in (1, 16, 32, 306):
        secret = os.urandom(length)
        assert flower_shares.combine_shares(shamir.create_shares(secret, 5, 9)[2:7]) == secret
        assert shamir.combine_shares(flower_shares.create_shares(secret, 5, 9)[4:]) == secret


def test_a_device_keeps_no_key_after_the_round(people: Path) -> None:
    grid = grid_of(people, 8)
    assert masked_sum(grid, context(), list(range(1, 9)), QUIET_RULE, 1) is not None  # type: ignore[arg-type]
    assert [one for each in grid.contexts.values() for one in each.state.config_records] == []


def test_one_whose_numbers_have_another_form_is_left_out_and_the_rest_is_added_up(people: Path) -> None:
    def lies(node: int, asked: int, reply: Message) -> Message:
        if node == 5 and asked == 2:
            record = reply.content.config_records[RECORD_KEY_CONFIGS]
            record[Key.MASKED_PARAMETERS] = [ndarray_to_bytes(np.array([7]))] * 2
        return reply

    found = masked_sum(grid_of(people, 8, lies), context(), list(range(1, 9)), QUIET_RULE, 1)  # type: ignore[arg-type]
    assert found is not None and found.people == 7
    assert np.allclose(found.total, truth(people, [1, 2, 3, 4, 6, 7, 8]), atol=1e-3)


def test_a_lie_in_due_form_costs_its_own_cohort_and_not_the_round(people: Path) -> None:
    def lies(node: int, asked: int, reply: Message) -> Message:
        if node == 5 and asked == 2:
            record = reply.content.config_records[RECORD_KEY_CONFIGS]
            low, _ = record[Key.MASKED_PARAMETERS]
            record[Key.MASKED_PARAMETERS] = [
                low,
                ndarray_to_bytes(np.random.default_rng(1).integers(0, 2**31, layout.SHAPE)),
            ]
        return reply

    rule = Rule(cohort=8, noise_multiplier=0.01, trim=0.0, timeout_s=1.0)
    grid = grid_of(people, 24, lies, 0.01)
    merged, told = one_round(grid, context(), grid.get_node_ids(), rule, 1, np.random.default_rng(2))  # type: ignore[arg-type]
    assert told.cohorts == 3 and told.unbelievable_cohorts == 1 and merged is not None
    assert merged.people == 16


def test_too_few_who_stay_are_never_added_up(people: Path) -> None:
    def leave(node: int, _asked: int, reply: Message) -> Message | None:
        return None if node <= 4 else reply

    assert masked_sum(grid_of(people, 8, leave), context(), list(range(1, 9)), QUIET_RULE, 1) is None  # type: ignore[arg-type]


def test_a_device_refuses_less_noise_than_its_own_rule(people: Path) -> None:
    grid = grid_of(people, 8, noise=4.0)
    assert masked_sum(grid, context(), list(range(1, 9)), QUIET_RULE, 1) is None  # type: ignore[arg-type]
    assert open_sums(grid, [1, 2], QUIET_RULE, 1) == []  # type: ignore[arg-type]


def test_a_device_refuses_a_cohort_that_hides_nobody(people: Path) -> None:
    assert masked_sum(grid_of(people, 2), context(), [1, 2], QUIET_RULE, 1) is None  # type: ignore[arg-type]


def test_without_a_mask_the_device_adds_all_of_the_noise_itself(people: Path) -> None:
    rule = Rule(noise_multiplier=4.0, is_secure=False)
    alone = open_sums(grid_of(people, 8, noise=4.0), [1], rule, 1)[0]  # type: ignore[arg-type]
    sd = float((alone.total - truth(people, [1])).std())
    assert sd == pytest.approx(4.0 * layout.SENSITIVITY, rel=0.2)


# Processes on loopback


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    found = Place(tmp_path / "fleet")
    yield found
    loopback.stop(found)
    assert processes.marked(found.folder) == []


def addresses(of: list[psutil.Process]) -> set[str]:
    """Every address that these processes listen on or speak with."""
    found = []
    for process in of:
        with contextlib.suppress(psutil.Error):
            found += [one for one in process.net_connections() if one.laddr]
    return {one.ip.removeprefix("::ffff:") for each in found for one in (each.laddr, each.raddr) if one}


def offered(seed: int) -> Contribution:
    return blurred(Contribution(HERE, tuple([0.1 * seed] * len(NAMES)), "base"), np.random.default_rng(seed))


def until(what: object, longest_s: float) -> None:
    end = time.monotonic() + longest_s
    while not what():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.1)


@pytest.mark.heavy
def test_four_nodes_end_their_round_though_one_is_killed_in_the_middle_of_it(place: Place) -> None:
    rule = Rule(cohort=4, noise_multiplier=0.01, trim=0.0, timeout_s=45.0)
    loopback.serve(place)
    doors = [FleetExchange(place, f"node-{number}", rule) for number in range(4)]
    for number, door in enumerate(doors):
        door.offer(offered(number), Permit("fleet", 1.0))
    run_id = loopback.begin_rounds(place, rule, 1, 4, 60.0)
    log = place.log("server")
    until(lambda: "Push replies" in log.read_text(), 120.0)
    assert addresses(processes.marked(place.folder)) == {"127.0.0.1"}
    victim = next(one for one in processes.recall(place.known) if one.name == "node-2")
    os.kill(victim.pid, signal.SIGKILL)
    loopback.wait_for(place, run_id, 400.0)
    told = loopback.document_of(place)
    assert told["rounds"][0]["answered"] == 3 and told["rounds"][0]["lost_cohorts"] == 0
    assert told["merged"]["counts"][0] == pytest.approx(3.0, abs=0.5)
    assert [one["runs"] for one in loopback.status(place)] == [True, True, True, False, True]
    loopback.stop(place)
    assert loopback.status(place) == [] and processes.marked(place.folder) == []
    assert not list(place.folder.glob("node-*/offer.json"))


def test_each_question_is_handed_on_once_and_to_nodes_that_are_there(people: Path) -> None:
    grid_of(people, 8)  # who asks
    questions = [Message(RecordDict(), node, "train", group_id="1") for node in (4, 5, 6)]
    state, waiting, stop = _State(dict(enumerate(questions))), Queue[Message](), threading.Event()
    with ThreadPoolExecutor(1) as pool:
        pool.submit(engine.deliver, state, waiting, {4: 0, 6: 1}, stop)
        until(lambda: waiting.qsize() == 2, 10.0)
        time.sleep(0.1)
        stop.set()
    assert [waiting.get().metadata.dst_node_id for _ in range(2)] == [4, 6] and waiting.empty()


@dataclass
class _State:
    """As much of Flower's state as `deliver` looks at."""

    message_ins_store: dict[int, Message]
    lock: threading.Lock = field(default_factory=threading.Lock)


def test_a_process_answers_for_its_nodes_tells_what_failed_and_ends(people: Path, tmp_path: Path) -> None:
    run = {PEOPLE: str(people), "clip_norm": QUIET_RULE.clip_norm, "noise_multiplier": 1e-6, "workers": 1}
    grid_of(people, 8)  # who asks
    hands = engine.Hands(run, tmp_path / "told.txt")
    here = Context(1, 7, {"partition-id": 0}, RecordDict(), {})
    with pytest.raises(RuntimeError, match=r"\w+Error"):
        hands.process_message(Message(RecordDict(), 7, "train", group_id="1"), here)
    assert hands.num_workers > 0 and (tmp_path / "told.txt").read_text() == "1"
    hands.terminate()
    assert not [one for one in psutil.Process().children() if one.status() != psutil.STATUS_ZOMBIE]


@pytest.mark.heavy
def test_a_fleet_in_a_box_listens_nowhere_speaks_with_nobody_and_says_how_far_it_is(people: Path) -> None:
    with np.load(people) as kept:
        some = People(kept["numbers"][:9], kept["groups"][:9])
    seen: set[str] = set()
    heard: list[float] = []
    rule = Rule(cohort=9, noise_multiplier=0.01, trim=0.0, timeout_s=200.0)
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(simulate, some, rule, 3, 2, 400.0, heard.append)
        while not running.done():
            seen |= addresses(psutil.Process().children(recursive=True))
            time.sleep(0.5)
    document = running.result()
    assert [one["answered"] for one in document["rounds"]] == [9, 9, 9] and seen == set()
    assert heard == sorted(heard) and 0.0 < heard[-1] <= 1.0


@pytest.mark.heavy
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_simulation_that_is_stopped_leaves_nothing_running(tmp_path: Path, how: signal.Signals) -> None:
    command = [sys.executable, "-m", "app.cli", "fleet", "simulate", "--runners", "3000", "--db", str(tmp_path)]
    running = subprocess.Popen(command, cwd=Path(__file__).parents[1], env={**os.environ, "TMPDIR": str(tmp_path)})
    until(lambda: list(tmp_path.glob("kadenz-fleet-*/told.txt")), 120.0)
    children = psutil.Process(running.pid).children(recursive=True)
    assert len(children) >= 3
    running.send_signal(how)
    running.wait(20.0)
    assert psutil.wait_procs(children, timeout=20.0)[1] == []


def test_nothing_is_offered_without_a_permit_for_the_fleet(tmp_path: Path) -> None:
    door = FleetExchange(Place(tmp_path / "fleet"), "me", Rule())
    with pytest.raises(SharingError, match="nothing left"):
        door.offer(offered(1), Permit("file", 1.0))
    assert not (tmp_path / "fleet").exists() and door.fetch() is None


def test_without_a_server_nobody_joins(tmp_path: Path) -> None:
    with pytest.raises(SharingError, match="no fleet is served"):
        FleetExchange(Place(tmp_path), "me", Rule()).offer(offered(1), Permit("fleet", 1.0))
