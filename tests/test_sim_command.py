"""`kadenz sim` and `kadenz-sim` are one: the same commands, codes and words."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli import main as kadenz
from app.commands.sim_command import MORE
from hardware_sim.btsnoop import peripheral_from_capture
from hardware_sim.cli import COMMANDS, add_commands, build_parser, module_of
from hardware_sim.cli import main as kadenz_sim
from hardware_sim.pytest_plugin.routes import bus_is_possible

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_module_and_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert callable(module_of(name).run)
    with pytest.raises(SystemExit) as ended:
        kadenz_sim([name, "--help"])
    alone = capsys.readouterr().out
    with pytest.raises(SystemExit):
        kadenz(["sim", name, "--help"])
    assert ended.value.code == 0 and len(alone) > 200
    if name not in MORE:
        assert capsys.readouterr().out.split() == alone.replace("kadenz-sim", "kadenz sim").split()


@pytest.mark.parametrize("name", MORE.keys() & COMMANDS.keys())
def test_a_command_that_does_more_keeps_every_option(name: str) -> None:
    alone, more = argparse.ArgumentParser(), argparse.ArgumentParser()
    module_of(name).configure(alone)
    module_of(name, MORE).configure(more)
    told = {text for action in more._actions for text in action.option_strings}
    assert {text for action in alone._actions for text in action.option_strings} < told


@pytest.mark.parametrize("name", COMMANDS)
def test_no_option_takes_the_name_of_the_command(name: str) -> None:
    parser = argparse.ArgumentParser()
    module_of(name).configure(parser)
    assert not {"command", "sim_command"} & {action.dest for action in parser._actions}


def test_both_print_the_same_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert kadenz_sim(["list", "--json"]) == 0
    alone = json.loads(capsys.readouterr().out)
    assert kadenz(["sim", "list", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == alone


@pytest.mark.parametrize("words", [[], ["nonsense"], ["list", "--nonsense"]])
def test_wrong_usage_is_two(words: list[str]) -> None:
    for call, arguments in ((kadenz_sim, words), (kadenz, ["sim", *words])):
        with pytest.raises(SystemExit) as ended:
            call(arguments)
        assert ended.value.code == 2


def test_what_cannot_be_done_is_one_line_and_one(capsys: pytest.CaptureFixture[str]) -> None:
    for call, arguments, who in ((kadenz_sim, [], "kadenz-sim run: "), (kadenz, ["sim"], "kadenz sim: run: ")):
        assert call([*arguments, "run", "--scenario", "nowhere", "--", "true"]) == 1
        out, err = capsys.readouterr()
        assert out == "" and err.count("\n") == 1 and err.startswith(who) and "nowhere" in err


def test_help_imports_neither_numpy_nor_d_bus() -> None:
    code = (
        "import sys\nfrom hardware_sim.cli import build_parser\nbuild_parser().format_help()\n"
        "assert not {'numpy', 'dbus_fast', 'bleak'} & set(sys.modules), sorted(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, timeout=60)


def test_the_parser_is_made_again_and_again() -> None:
    for _ in range(2):
        parser = argparse.ArgumentParser()
        add_commands(parser)
        assert parser.parse_args(["list"]).sim_command == "list"
        assert build_parser().parse_args(["list", "--json"]).json is True


@pytest.mark.skipif(not bus_is_possible(), reason="needs Linux and dbus-daemon")
def test_a_run_becomes_a_capture_that_becomes_a_tracker(tmp_path: Path) -> None:
    capture, example = tmp_path / "run.log", ROOT / "hardware_sim" / "examples" / "heart_rate.py"
    command = [
        sys.executable,
        "-m",
        "hardware_sim.cli",
        "run",
        "--capture",
        capture,
        "--",
        sys.executable,
        example,
        "2",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    again = peripheral_from_capture(capture)
    assert done.stdout.startswith(f"{again.name}: battery ")
    assert "notify" in again.find("2A37").properties
