"""Bring programs that we did not write to a folder, for tests/test_others_programs.py.

Run: python tests/programs/fetch_others.py FOLDER [--git OWNER/NAME=DIR …], then set KADENZ_OTHERS to FOLDER.

FOLDER/venv gets libraries from the package index (a btleplug client, Polar, cycling and heart-rate libraries). With
--git, FOLDER/bleakheart gets the examples of that project at a pinned commit, which no package carries, from a git
folder that is here. What cannot be had is named and left out; its tests skip with the reason.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import venv
from pathlib import Path

PACKAGES = (
    "bleak==3.1.0",
    "bleakheart==0.2.0",
    "polar-python==1.1.1",
    "pycycling==0.4.1",
    "blehrm==0.1.4",
    "bleak-py==0.1.20",
    "adafruit-blinka-bleio==4.1.2",
    "adafruit-circuitpython-ble-heart-rate==1.1.25",
)
EXAMPLES = {
    ("fsmeraldi/bleakheart", "b4b68964e9a5940377e7d82c589008183bcdb9de"): (
        "accel_callback",
        "batterylevel",
        "ecg_queue",
        "heartrate_callback",
        "heartrate_queue",
        "listmeasurements",
    ),
}


def install(folder: Path) -> list[str]:
    """Install the libraries one by one and return what could not be had."""
    if not (folder / "venv").exists():
        venv.create(folder / "venv", with_pip=True)
    pip = [folder / "venv" / "bin" / "python", "-m", "pip", "install", "-q"]
    return [one for one in PACKAGES if subprocess.run([*pip, one], check=False).returncode != 0]


def example(git: str, commit: str, name: str) -> bytes:
    """Return the text of an example; OSError where it cannot be had."""
    shown = subprocess.run(
        ["git", "--git-dir", git, "show", f"{commit}:examples/{name}.py"], capture_output=True, check=False
    )
    if shown.returncode != 0:
        raise OSError(shown.stderr.decode().strip())
    return shown.stdout


def examples(folder: Path, git: dict[str, str]) -> list[str]:
    """Bring the examples and return what could not be had."""
    missing = []
    for (project, commit), names in EXAMPLES.items():
        if project not in git:
            missing.append(f"the examples of {project}: clone it and name it with --git {project}=DIR")
            continue
        target = folder / project.split("/")[1]
        target.mkdir(exist_ok=True)
        for name in names:
            try:
                (target / f"{name}.py").write_bytes(example(git[project], commit, name))
            except OSError as error:
                missing.append(f"{project} {name}: {error}")
                break
    return missing


def main() -> int:
    """Bring everything; 0 even when something is missing, for its tests skip."""
    parser = argparse.ArgumentParser(description="Bring programs that we did not write to a folder.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--git", action="append", default=[], metavar="OWNER/NAME=DIR")
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    git = dict(word.split("=", 1) for word in args.git)
    for missing in [*install(args.folder), *examples(args.folder, git)]:
        print(f"not here: {missing}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
