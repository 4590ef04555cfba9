"""`kadenz scan`: what is around, strongest first, what is recognised, and one clear line when there is no Bluetooth."""

from __future__ import annotations

import asyncio
import json
import math
from collections.abc import Callable

import pytest
from rich.console import Console
from scripted_central import BATTERY, ScriptedCentral, Tracker

from app.bluetooth import Around, addresses, look_around
from app.cli import main
from app.commands import scan_command
from app.commands.scan_command import plain_lines, table
from app.output import CommandError
from device.link_central import Advertisement
from device.link_errors import LinkReason
from device.link_profiles import RECIPES, recipes_for, recognised
from hardware_sim.virtual_loop import VirtualLoop

A, B = "AA:00:00:00:00:01", "AA:00:00:00:00:02"


def heard(*said: Advertisement) -> Around:
    around = Around(lambda: 0.0)
    for one in said:
        around.hear(one)
    return around


def advertisement(
    address: str, signal_dbm: float, *services: str, name: str = "", battery: float = math.nan
) -> Advertisement:
    return Advertisement(address, name, signal_dbm, services, battery)


def test_recognised_trackers_come_first_and_the_strongest_of_them_at_the_top() -> None:
    around = heard(advertisement("X", -30.0, "FEAA"), advertisement(A, -80.0, "180D"), advertisement(B, -50.0, "1814"))
    assert [one.address for one in around.list(everything=False)] == [B, A]
    assert [one.address for one in around.list(everything=True)] == [B, A, "X"]


def test_what_one_advertisement_leaves_out_stays_from_the_one_before() -> None:
    around = heard(
        advertisement(A, -60.0, "180D", name="HR", battery=80.0), advertisement(A, -70.0), advertisement(A, -65.0)
    )
    (one,) = around.list(everything=False)
    assert (one.name, one.signal_dbm, one.battery_percent, one.profiles) == ("HR", -65.0, 80.0, ("heart rate",))


def test_every_recipe_is_recognised_by_its_service_and_the_battery_alone_is_no_tracker() -> None:
    for recipe in RECIPES:
        assert recipe.name in recognised((recipe.service,))
        assert bool(recipes_for((recipe.service,))) == (recipe.name != "battery")


def test_a_name_cannot_play_with_the_terminal() -> None:
    around = heard(advertisement(A, -60.0, "180D", name="\x1b[2JHR\n"))
    lines = plain_lines(around.list(everything=False))
    assert lines == ["[2JHR  AA:00:00:00:00:01  -60 dBm  –  heart rate"]
    console = Console(width=100, file=None, record=True, quiet=True)
    console.print(table(around.list(everything=False)))
    assert "\x1b" not in console.export_text()


def looked(central: ScriptedCentral, *, battery: bool = False) -> Around:
    around, ticks = Around(lambda: 0.0), list[int]()
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(look_around(central, around, 5.0, lambda: ticks.append(1), battery=battery))
    assert len(ticks) >= 20
    return around


def test_looking_around_takes_its_time_and_ends_the_scan() -> None:
    central = ScriptedCentral(Tracker(A), Tracker(B, away=[(0.0, 100.0)]))
    assert [one.address for one in looked(central).list(everything=False)] == [A]
    assert central.scanning is None


def test_the_battery_is_asked_of_each_and_what_does_not_answer_stays_unknown() -> None:
    silent = Tracker(B, hangs={"read"})
    found = {
        one.address: one for one in looked(ScriptedCentral(Tracker(A), silent), battery=True).list(everything=False)
    }
    assert found[A].battery_percent == 80.0
    assert math.isnan(found[B].battery_percent)
    assert f"read {BATTERY.uuid}" in silent.log and silent.log[-1] == "disconnect"


@pytest.fixture
def scripted(monkeypatch: pytest.MonkeyPatch) -> Callable[[ScriptedCentral], None]:
    """Have the command use a scripted adapter, the second implementation of the seam."""

    def use(central: ScriptedCentral) -> None:
        monkeypatch.setattr(scan_command, "central", lambda adapter: central)

    return use


def test_the_command_prints_a_table_or_one_json_document(
    scripted: Callable[[ScriptedCentral], None], capsys: pytest.CaptureFixture[str]
) -> None:
    scripted(ScriptedCentral(Tracker(A)))
    assert main(["scan", "--seconds", "0.3"]) == 0
    out, err = capsys.readouterr()
    assert out == f"a tracker  {A}  -60 dBm  –  heart rate, battery\n"
    assert f"kadenz record --tracker {A}" in err
    scripted(ScriptedCentral(Tracker(A)))
    assert main(["scan", "--seconds", "0.3", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == [
        {
            "address": A,
            "name": "a tracker",
            "signal_dbm": -60.0,
            "battery_percent": None,
            "profiles": ["heart rate", "battery"],
        }
    ]


def test_nothing_around_is_said_with_what_helps(
    scripted: Callable[[ScriptedCentral], None], capsys: pytest.CaptureFixture[str]
) -> None:
    scripted(ScriptedCentral())
    assert main(["scan", "--seconds", "0.2"]) == 0
    assert "no tracker heard: wake it" in capsys.readouterr().err


def test_bluetooth_that_is_off_is_one_line_and_exit_code_one(
    scripted: Callable[[ScriptedCentral], None], capsys: pytest.CaptureFixture[str]
) -> None:
    scripted(ScriptedCentral(off=((0.0, 1e12),)))
    assert main(["scan"]) == 1
    assert capsys.readouterr().err == f"kadenz scan: {LinkReason.OFF.sentence}\n"


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "1e9"])
def test_an_impossible_time_is_wrong_usage(seconds: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["scan", "--seconds", seconds])
    assert ended.value.code == 2


def test_addresses_are_spelt_alike_and_counted_once() -> None:
    assert addresses(["aa:00:00:00:00:01", A, "01234567-89ab-cdef-0123-456789abcdef"]) == (
        A,
        "01234567-89AB-CDEF-0123-456789ABCDEF",
    )
    with pytest.raises(CommandError, match="'AA:00'"):
        addresses(["AA:00"])


def test_every_reason_has_a_sentence_of_its_own() -> None:
    sentences = [reason.sentence for reason in LinkReason]
    assert len(set(sentences)) == len(sentences)
    assert all(20 <= len(sentence) <= 120 and not sentence.endswith(".") for sentence in sentences)
