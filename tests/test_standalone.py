"""The simulator stands alone: what it imports, what it ships, and that both projects say the same of it."""

from __future__ import annotations

import ast
import importlib.util
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from hardware_sim import cli, installed

ROOT = Path(__file__).parents[1]
SIM = ROOT / "hardware_sim"
WHOLE = tomllib.loads((ROOT / "pyproject.toml").read_text())
ALONE = tomllib.loads((SIM / "pyproject.toml").read_text())
#: library -> the only modules (prefixes) that may import it; beside the standard library and NumPy
ONLY_IN = {
    "dbus_fast": ("bluez/", "commands/"),
    "bleak": ("bleak_backend/", "examples/"),
    "bumble": ("bumble_route/",),
    "pytest": ("pytest_",),
    "setuptools": ("build_backend/",),
}


def modules() -> list[Path]:
    return sorted(SIM.rglob("*.py"))


@pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(SIM)))
def test_a_module_imports_only_what_the_lone_package_has(path: Path) -> None:
    relative = path.relative_to(SIM).as_posix()
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    foreign = names - set(sys.stdlib_module_names) - {"hardware_sim", "numpy"}
    assert foreign <= set(ONLY_IN), f"{relative} imports {foreign - set(ONLY_IN)}"
    for name in foreign:
        assert relative.startswith(ONLY_IN[name]), f"{relative} imports {name}"


def test_everything_but_the_optional_routes_imports_without_the_rest_of_kadenz() -> None:
    optional = ("bleak_backend", "bumble_", "build_backend", "examples", "pytest_")
    names = [
        ".".join(("hardware_sim", *p.relative_to(SIM).with_suffix("").parts))
        for p in modules()
        if not p.relative_to(SIM).as_posix().startswith(optional) and p.name != "__init__.py"
    ]
    blocked = ("app", "device", "edge", "models", "bleak", "bumble", "kivy", "scipy", "onnxruntime", "sqlite_utils")
    code = (
        f"import sys, importlib\nfor name in {blocked!r}: sys.modules[name] = None\n"
        f"for name in {names!r}: importlib.import_module(name)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


def test_both_projects_list_the_same_packages_files_and_version() -> None:
    ours = {p for p in WHOLE["tool"]["setuptools"]["packages"] if p.startswith("hardware_sim")}
    assert ours == set(ALONE["tool"]["setuptools"]["packages"])
    shipped = [set(one["tool"]["setuptools"]["package-data"]["hardware_sim"]) for one in (WHOLE, ALONE)]
    assert shipped[0] == shipped[1]
    assert WHOLE["project"]["version"] == ALONE["project"]["version"]
    assert WHOLE["project"]["requires-python"] == ALONE["project"]["requires-python"]
    plugins = [one["project"]["entry-points"]["pytest11"] for one in (WHOLE, ALONE)]
    assert plugins[0] == plugins[1]
    for pattern in shipped[1]:
        assert list(SIM.glob(pattern)), f"nothing matches {pattern}"


def test_the_lone_package_needs_numpy_and_the_d_bus_library_only() -> None:
    needs = {n.split(">")[0] for n in ALONE["project"]["dependencies"]}
    assert needs == {"numpy", "dbus-fast"}
    assert [o for o in ALONE["tool"]["setuptools"]["packages"] if not o.startswith("hardware_sim")] == []
    assert (SIM / "LICENSE").read_text() == (ROOT / "LICENSE").read_text()


def backend() -> ModuleType:
    where = SIM / "build_backend" / "one_of_two.py"
    spec = importlib.util.spec_from_file_location("one_of_two", where)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pretend(folder: Path, name: str) -> None:
    there = folder / f"{name.replace('-', '_')}-0.1.0.dist-info"
    there.mkdir(parents=True)
    (there / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 0.1.0\n")


@pytest.mark.parametrize(("project", "other"), [(ROOT, "kadenz-sim"), (SIM, "kadenz")])
def test_a_build_is_refused_where_the_other_is_installed(
    project: Path, other: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    builder = backend()
    monkeypatch.chdir(project)
    monkeypatch.setattr(builder.sysconfig, "get_path", lambda name: str(tmp_path))
    builder._refuse()
    pretend(tmp_path, other)
    with pytest.raises(SystemExit, match=f"{other} is there already, and both bring the package hardware_sim"):
        builder._refuse()


def test_who_finds_both_installed_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(installed.sysconfig, "get_path", lambda name: str(tmp_path))
    monkeypatch.setattr(installed.site, "getusersitepackages", lambda: str(tmp_path))
    assert installed.refusal() == ""
    pretend(tmp_path, "kadenz")
    assert installed.refusal() == ""
    pretend(tmp_path, "kadenz-sim")
    assert "both bring the package hardware_sim" in installed.refusal()
    assert cli.main(["list"]) == 1
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1 and "pip uninstall kadenz-sim" in err
