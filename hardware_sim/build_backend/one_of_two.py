"""The build of both distributions that hold `hardware_sim`: setuptools', after a look at what is installed already.

The rule of this file: Kadenz and the simulator alone bring the same package, so each refuses to be built where the
other is installed. It looks into the environment that the interpreter belongs to: under build isolation, too, pip
runs the interpreter of the environment that it installs into. Where it cannot know (a wheel that was built elsewhere,
an installer that builds in an environment of its own), the commands and the plugin refuse at their start instead.
The simulator is built from a copy, so that no build leaves anything in the tree.
"""

from __future__ import annotations

import contextlib
import importlib.metadata
import os
import shutil
import sys
import sysconfig
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from setuptools import build_meta as _setuptools

_OTHER = {"kadenz": "kadenz-sim", "kadenz-sim": "kadenz"}
_Settings = Mapping[str, object] | None
_JUNK = shutil.ignore_patterns("__pycache__", "*.egg-info", "build", "dist", "*.pyc")


def installed(site_packages: list[str]) -> set[str]:
    """Return the names of what is installed in these folders, lower case."""
    found = importlib.metadata.distributions(path=site_packages)
    return {(one.metadata["Name"] or "").lower().replace("_", "-") for one in found}


def _project() -> str:
    return str(tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]["name"])


def _refuse() -> None:
    """Stop the build with one line where the other distribution is installed."""
    this = _project()
    other = _OTHER[this]
    if other in installed(sorted({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")})):
        sys.exit(
            f"{this} is not installed: {other} is there already, and both bring the package hardware_sim. "
            f"Keep one: pip uninstall {other}, or install {this} into an environment of its own."
        )


@contextlib.contextmanager
def _source() -> Iterator[None]:
    """Work in a copy of the simulator's source; Kadenz itself is built in place, as setuptools does it."""
    if _project() == "kadenz":
        yield
        return
    here = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "source"
        shutil.copytree(here, copy, ignore=_JUNK)
        os.chdir(copy)
        try:
            yield
        finally:
            os.chdir(here)


def get_requires_for_build_wheel(config_settings: _Settings = None) -> list[str]:
    """Return what setuptools needs beside itself for a wheel."""
    _refuse()
    with _source():
        return list(_setuptools.get_requires_for_build_wheel(config_settings))


def get_requires_for_build_editable(config_settings: _Settings = None) -> list[str]:
    """Return what setuptools needs beside itself for an editable install."""
    _refuse()
    return list(_setuptools.get_requires_for_build_editable(config_settings))


def get_requires_for_build_sdist(config_settings: _Settings = None) -> list[str]:
    """Return what setuptools needs beside itself for a source archive."""
    with _source():
        return list(_setuptools.get_requires_for_build_sdist(config_settings))


def prepare_metadata_for_build_wheel(metadata_directory: str, config_settings: _Settings = None) -> str:
    """Write the metadata of a wheel into a folder and return its name there."""
    _refuse()
    folder = str(Path(metadata_directory).resolve())
    with _source():
        return str(_setuptools.prepare_metadata_for_build_wheel(folder, config_settings))


def prepare_metadata_for_build_editable(metadata_directory: str, config_settings: _Settings = None) -> str:
    """Write the metadata of an editable install into a folder and return its name there."""
    _refuse()
    return str(_setuptools.prepare_metadata_for_build_editable(metadata_directory, config_settings))


def build_wheel(wheel_directory: str, config_settings: _Settings = None, metadata_directory: str | None = None) -> str:
    """Build a wheel into a folder and return its name."""
    _refuse()
    folder = str(Path(wheel_directory).resolve())
    with _source():
        return str(_setuptools.build_wheel(folder, config_settings, metadata_directory))


def build_editable(
    wheel_directory: str, config_settings: _Settings = None, metadata_directory: str | None = None
) -> str:
    """Build an editable install into a folder and return its name."""
    _refuse()
    return str(_setuptools.build_editable(wheel_directory, config_settings, metadata_directory))


def build_sdist(sdist_directory: str, config_settings: _Settings = None) -> str:
    """Build a source archive into a folder and return its name."""
    folder = str(Path(sdist_directory).resolve())
    with _source():
        return str(_setuptools.build_sdist(folder, config_settings))
