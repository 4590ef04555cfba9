"""Model files: the session that runs one, and the error that says why one cannot be used.

The rule of this file: one thread and no memory arena, so that a model gives the same numbers everywhere and takes
little room; onnxruntime is imported when a session is made, so that the rules work where it is absent.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import onnxruntime


class ModelError(RuntimeError):
    """A model file is missing, damaged or of something else; the text names the file and the reason.

    Rules stand alone then.
    """


def unusable(what: str, path: Path, problem: Exception) -> ModelError:
    """Return the error that names a model, its file and the problem."""
    reason = problem.strerror if isinstance(problem, OSError) and problem.strerror else str(problem)
    return ModelError(f"{what} {path}: {reason.splitlines()[0] if reason else 'unreadable'}")


def session(model: bytes, quick_to_load: bool = False) -> onnxruntime.InferenceSession:
    """Return a session of one thread; `quick_to_load` leaves out the costly optimisations. ImportError, or its own."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    if quick_to_load:
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.enable_cpu_mem_arena = False
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
