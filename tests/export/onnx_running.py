"""ONNX models run by the reference evaluator of the package onnx, and by onnxruntime."""

import pytest
from onnx.reference import ReferenceEvaluator

__all__ = ["RUNNERS", "run_by_reference", "run_by_runtime"]


def run_by_reference(model, rows):
    """Return the outputs for rows of the model's own dtype."""
    return ReferenceEvaluator(model).run(None, {"X": rows})


def run_by_runtime(model, rows):
    """Return the outputs for rows of the model's own dtype."""
    runtime = pytest.importorskip("onnxruntime")
    options = runtime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 4
    session = runtime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    return session.run(None, {"X": rows})


RUNNERS = [
    pytest.param(run_by_reference, id="reference"),
    pytest.param(run_by_runtime, id="onnxruntime"),
]
