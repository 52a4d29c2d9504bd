"""The module itself."""

import json
import subprocess

from page_engine import find_node

MOST_BYTES = 150_000


def test_the_module_is_small(module_path):
    assert module_path.stat().st_size <= MOST_BYTES


def test_the_module_needs_nothing_from_outside(module_path):
    script = (
        "const bytes = require('fs').readFileSync(process.argv[1]);"
        "const module = new WebAssembly.Module(bytes);"
        "console.log(JSON.stringify(WebAssembly.Module.imports(module)));"
    )
    command = [find_node(), "-e", script, str(module_path)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(ran.stdout) == []
