"""What `python -m models.train activity` does: read, fit on every set, write the net twice.

The rule of this file: the net is stored for NumPy (edge/activity/activity.npz) and as ONNX, both from the same
single-precision numbers and both computing in double precision.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from edge.activity.features import NAMES
from edge.activity.net import CLASSES, Net
from models.train.activity_columns import CHOSEN
from models.train.activity_fit import BATCH, EPOCHS, MEMBERS, SEED, UNITS, as_columns, fit
from models.train.activity_recordings import SETS, TRIALS, data_sha256
from models.train.activity_windows import Windows

OPSET = 17
IR_VERSION = 8
_STORED_AT = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True, eq=False)
class Trained:
    """The net and its two files."""

    net: Net
    onnx_model: bytes
    npz: bytes


def npz_bytes(net: Net) -> bytes:
    """Return the net as an .npz file, the same bytes on every run."""
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, column in as_columns(net).items():
            content = io.BytesIO()
            np.lib.format.write_array(content, np.ascontiguousarray(column), version=(1, 0))
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", _STORED_AT), content.getvalue(), zipfile.ZIP_DEFLATED)
    return stored.getvalue()


def _nodes() -> list[onnx.NodeProto]:
    steps = [
        ("Gather", ["features", "columns"], "chosen"),
        ("Sub", ["chosen", "centre_d"], "centred"),
        ("Div", ["centred", "scale_d"], "scaled"),
        ("Clip", ["scaled", "lowest", "highest"], "clipped"),
        ("Gemm", ["clipped", "hidden_d", "hidden_bias_d"], "before"),
        ("Max", ["before", "zero"], "hidden_out"),
        ("Gemm", ["hidden_out", "out_d", "out_bias_d"], "word"),
        ("Softmax", ["word"], "probabilities"),
    ]
    weights = ("centre", "scale", "hidden", "hidden_bias", "out", "out_bias")
    widened = [helper.make_node("Cast", [name], [f"{name}_d"], to=TensorProto.DOUBLE) for name in weights]
    made = [helper.make_node(kind, given, [told]) for kind, given, told in steps]
    for node in (made[0], made[-1]):
        node.attribute.append(helper.make_attribute("axis", 1))
    return [*widened, *made]


def _constants(net: Net) -> list[onnx.TensorProto]:
    columns = as_columns(net)
    limit = float(net.limit)
    del columns["limit"]
    columns["columns"] = net.columns
    columns |= {"lowest": np.array(-limit), "highest": np.array(limit), "zero": np.array(0.0)}
    return [numpy_helper.from_array(np.asarray(column), name) for name, column in columns.items()]


def onnx_bytes(net: Net, notes: dict[str, str]) -> bytes:
    """Return the net as an ONNX file: input `features` (n, 159), output `probabilities` (n, 6), both doubles."""
    given = helper.make_tensor_value_info("features", TensorProto.DOUBLE, ["n", len(NAMES)])
    told = helper.make_tensor_value_info("probabilities", TensorProto.DOUBLE, ["n", len(CLASSES)])
    graph = helper.make_graph(_nodes(), "activity", [given], [told], initializer=_constants(net))
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION)
    model.producer_name = "kadenz"
    helper.set_model_props(model, dict(sorted(notes.items())))
    onnx.checker.check_model(model, full_check=True)
    return bytes(model.SerializeToString(deterministic=True))


def _notes(windows: Windows, data: Path) -> dict[str, str]:
    people = {kind: len(np.unique(windows.person[windows.kind == kind])) for kind in (*SETS, *TRIALS)}
    return {
        "classes": " ".join(CLASSES),
        "data_sha256": data_sha256(data),
        "fit": f"{MEMBERS} x {UNITS} units, {EPOCHS} epochs of {BATCH}",
        "onnx": onnx.__version__,
        "opset": str(OPSET),
        "people": ", ".join(f"{kind} {count}" for kind, count in people.items()),
        "seed": str(SEED),
        "windows": str(len(windows)),
    }


def train(windows: Windows, data: Path) -> Trained:
    """Return the net that learned from every person of every set."""
    net = fit(windows, CHOSEN)
    return Trained(net, onnx_bytes(net, _notes(windows, data)), npz_bytes(net))
