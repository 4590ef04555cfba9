"""The in-process route: a virtual radio behind bleak's own `backend=`."""

from hardware_sim.bleak_backend.backend import Backend, as_default, backend_for

__all__ = ["Backend", "as_default", "backend_for"]
