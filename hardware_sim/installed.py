"""Which of the two distributions that hold this package is installed: Kadenz itself, or the simulator alone.

The rule of this file: both own the import name `hardware_sim`, so only one may be there; who finds both says so and
stops. The build says the same before it comes to that (see `build_backend`).
"""

from __future__ import annotations

import importlib.metadata
import site
import sysconfig

WHOLE, ALONE = "kadenz", "kadenz-sim"


def _there(name: str) -> bool:
    """Return whether a distribution is installed; a source tree that happens to be the current folder is none."""
    places = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib"), site.getusersitepackages()}
    return any(True for _ in importlib.metadata.distributions(name=name, path=sorted(places)))


def refusal() -> str:
    """Return why the simulator does not start in this environment, an empty text where all is well."""
    if _there(WHOLE) and _there(ALONE):
        return (
            f"{WHOLE} and {ALONE} are both installed, and both bring the package hardware_sim; "
            f"keep one: pip uninstall {ALONE}, or pip uninstall {WHOLE} (then install again what you keep)"
        )
    return ""
