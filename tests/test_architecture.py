"""The house stands: who imports whom, no name taken, every command documented, no function too long."""

from __future__ import annotations

import ast
import importlib.metadata
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HOUSE = ("device", "edge", "models", "app", "hardware_sim")
MAY_IMPORT = {
    "edge": set(),
    "device": {"edge"},
    "models": {"edge"},
    "hardware_sim": set(),
    "app": {"device", "edge", "models", "hardware_sim"},
}
NEVER_IN_EDGE = {"asyncio", "sqlite3", "sqlite_utils", "bleak", "kivy", "onnxruntime", "time", "datetime"}
#: library -> the only places (path prefixes) that may import it
ONLY_IN = {
    "kivy": ("app/ui/",),
    "onnxruntime": ("models/",),
    "bleak": ("device/link", "hardware_sim/bleak_backend", "hardware_sim/examples/"),
    "bumble": ("hardware_sim/bumble_route/",),
    "flwr": ("models/fleet/",),
    "ray": ("models/fleet/",),
    "cryptography": ("models/fleet/",),
    "sqlite3": ("app/store",),
    "sqlite_utils": ("app/store",),
}


def modules() -> list[Path]:
    return sorted(p for house in HOUSE for p in (ROOT / house).rglob("*.py"))


def imported(tree: ast.AST) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_flow_one_way_through_the_house(path: Path) -> None:
    relative = path.relative_to(ROOT).as_posix()
    house = relative.split("/")[0]
    names = imported(ast.parse(path.read_text()))
    allowed = MAY_IMPORT[house] | {house}
    if relative.startswith("models/train/"):
        allowed |= {"hardware_sim"}
    assert names & set(HOUSE) <= allowed, f"{relative} imports {names & set(HOUSE) - allowed}"
    if house == "edge":
        assert not names & NEVER_IN_EDGE, f"{relative} imports {names & NEVER_IN_EDGE}"
    for library, places in ONLY_IN.items():
        assert library not in names or relative.startswith(places), f"{relative} imports {library}"


def test_no_installed_distribution_owns_our_package_names() -> None:
    owners = importlib.metadata.packages_distributions()
    for house in HOUSE:
        others = {o.lower() for o in owners.get(house, [])} - {"kadenz"}
        assert not others, f"{house} also belongs to {others}"


def test_packages_are_listed_explicitly_and_completely() -> None:
    listed = set(
        re.findall(r'"([a-z0-9_.]+)"', (ROOT / "pyproject.toml").read_text().split("packages = [")[1].split("]")[0])
    )
    present = {p.parent.relative_to(ROOT).as_posix().replace("/", ".") for p in modules() if p.name == "__init__.py"}
    assert listed == present


def test_every_command_is_documented() -> None:
    from app.cli import COMMANDS, build_parser

    readme = (ROOT / "README.md").read_text()
    parser = build_parser()
    choices = next(a.choices for a in parser._actions if isinstance(a.choices, dict))
    for name in COMMANDS:
        assert f"kadenz {name}" in readme, f"README does not mention kadenz {name}"
        assert len(choices[name].format_help()) > 200
        assert choices[name].description


@cache
def function_lengths() -> list[tuple[int, str]]:
    found = []
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                place = f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
                found.append(((node.end_lineno or 0) - node.lineno + 1, place))
    return sorted(found)


def test_no_function_is_longer_than_50_lines() -> None:
    assert [f for f in function_lengths() if f[0] > 50] == []


def test_most_functions_are_short() -> None:
    lengths = [length for length, _ in function_lengths()]
    assert lengths[len(lengths) // 2] <= 8
    assert lengths[int(len(lengths) * 0.95)] <= 25


def test_no_file_is_longer_than_400_lines() -> None:
    assert [p.name for p in modules() if len(p.read_text().splitlines()) > 400] == []
