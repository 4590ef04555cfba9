"""The simulator alone, in real environments: what a stranger's project gets, and that it never stands beside Kadenz.

    python tests/standalone/check.py

It makes environments in a temporary folder, installs with pip as a stranger would, and says what it checked; any
failure ends it with a line and code 1. Needs an index that pip can reach; takes a few minutes.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "docs" / "example-project"
BEGUN_S = time.monotonic()
NEVER = {"kadenz", "kivy", "onnxruntime", "scipy", "sqlite-utils"}
REFUSAL = "both bring the package hardware_sim"


class Environment:
    """A virtual environment of its own."""

    def __init__(self, folder: Path) -> None:
        venv.create(folder, with_pip=True)
        self.bin = folder / ("Scripts" if os.name == "nt" else "bin")

    def run(
        self, *command: str | Path, cwd: Path | None = None, fails: bool = False
    ) -> subprocess.CompletedProcess[str]:
        """Run one of its programs; ends the check where it does not do as expected."""
        program = self.bin / str(command[0])
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "VIRTUAL_ENV"))}
        path = os.pathsep.join([str(self.bin), kept.get("PATH", "")])
        done = subprocess.run(
            [str(program), *map(str, command[1:])], cwd=cwd, env={**kept, "PATH": path}, text=True, capture_output=True
        )
        if (done.returncode != 0) != fails:
            shown = f"{done.stdout[-4000:]}\n{done.stderr[-4000:]}"
            sys.exit(f"{' '.join(map(str, command))}: exit code {done.returncode}\n{shown}")
        return done

    def install(self, *what: str | Path, fails: bool = False) -> str:
        """Install with pip and return what it said."""
        done = self.run("python", "-m", "pip", "install", "-q", *what, fails=fails)
        return done.stdout + done.stderr


def expect(true: bool, what: str) -> None:
    """End the check where something is not so."""
    if not true:
        sys.exit(f"not so: {what}")
    print(f"{time.monotonic() - BEGUN_S:7.1f} s  {what}", flush=True)


def names(environment: Environment) -> set[str]:
    """Return the top-level names that the installed distribution kadenz-sim owns."""
    code = "import importlib.metadata as m; print(*{str(f).split('/')[0] for f in m.files('kadenz-sim')}, sep='\\n')"
    found = environment.run("python", "-c", code).stdout.split("\n")
    return {name for name in found if name and not name.endswith(".dist-info") and name != ".."}


def alone(folder: Path) -> Environment:
    """A stranger's environment: the simulator, bleak and pytest, and nothing of Kadenz."""
    environment = Environment(folder / "stranger")
    environment.install(ROOT / "hardware_sim", "pytest", "bleak>=3.1,<4")
    there = {d["name"].lower() for d in json.loads(environment.run("pip", "list", "--format", "json").stdout)}
    expect("kadenz-sim" in there and not there & NEVER, "kadenz-sim is installed without kivy, onnxruntime and scipy")
    expect(names(environment) == {"hardware_sim"}, "it owns one import name, hardware_sim")
    rows = json.loads(environment.run("kadenz-sim", "list", "--json", cwd=folder).stdout)
    expect(len(json.dumps(rows)) > 500, "kadenz-sim list shows the scenarios that it brings")
    return environment


def strangers_project(environment: Environment, folder: Path) -> None:
    """The example project, with folders of all four names, under both ways to call pytest and on both routes."""
    project = folder / "project"
    shutil.copytree(EXAMPLE, project, ignore=shutil.ignore_patterns("__pycache__", ".pytest_cache"))
    taken = {"app", "device", "edge", "models"}
    expect(taken <= {p.name for p in project.iterdir()}, "a small project has folders app, device, edge and models")
    bus = sys.platform == "linux" and shutil.which("dbus-daemon") is not None
    for way in (("pytest",), ("python", "-m", "pytest")):
        for route in ("dbus", "process") if bus else ("process",):
            said = environment.run(*way, "-q", "-o", f"virtual_trackers_route={route}", cwd=project).stdout
            expect(
                " passed" in said and "failed" not in said,
                f"{' '.join(way)}, {route} route: {said.strip().splitlines()[-1]}",
            )
    if bus:
        program = ROOT / "hardware_sim" / "examples" / "heart_rate.py"
        said = environment.run("kadenz-sim", "run", "--", "python", program, "5", cwd=folder).stdout
        expect(said.count(" bpm") >= 2, "kadenz-sim run -- python heart_rate.py prints heart rates")


def never_together(environment: Environment, folder: Path) -> None:
    """Each refuses to be installed beside the other, in both orders, and to start where both are all the same."""
    said = environment.install("--no-deps", ROOT, fails=True)
    expect(REFUSAL in said, "kadenz refuses to be installed beside kadenz-sim")
    said = environment.install("--no-deps", "-e", ROOT, fails=True)
    expect(REFUSAL in said, "kadenz -e refuses too")
    wheels = folder / "wheels"
    whole = Environment(folder / "whole")
    for source in (ROOT / "hardware_sim", ROOT):
        whole.run("python", "-m", "pip", "wheel", "-q", "--no-deps", "-w", wheels, source)
    built = sorted(wheels.glob("*.whl"))
    expect(len(built) == 2, f"both can be built where neither is installed: {[w.name for w in built]}")
    whole.install("--no-deps", ROOT)
    said = whole.install("--no-deps", ROOT / "hardware_sim", fails=True)
    expect(REFUSAL in said, "kadenz-sim refuses to be installed beside kadenz")
    both = Environment(folder / "both")
    both.install("--no-deps", *built)
    done = both.run("kadenz-sim", "list", fails=True)
    expect(REFUSAL.split(" ", 1)[1] in done.stderr, f"where both are, kadenz-sim says so: {done.stderr.strip()}")
    test = folder / "test_it.py"
    test.write_text("def test_it(virtual_trackers):\n    pass\n")
    both.install("pytest")
    said = both.run("pytest", test, cwd=folder, fails=True).stdout
    expect("both bring the package" in said, "and so does the fixture")


def left_behind() -> Sequence[str]:
    """Return what builds left in the simulator's folder."""
    return sorted(
        p.name for p in (ROOT / "hardware_sim").iterdir() if p.name in ("build", "dist", "kadenz_sim.egg-info")
    )


def main() -> None:
    """Run every check."""
    with tempfile.TemporaryDirectory(prefix="kadenz-standalone-") as name:
        folder = Path(name)
        environment = alone(folder)
        strangers_project(environment, folder)
        never_together(environment, folder)
    expect(not left_behind(), "no build left anything in the simulator's folder")


if __name__ == "__main__":
    main()
