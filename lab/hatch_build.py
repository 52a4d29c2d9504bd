"""Builds the page of the lab when the distribution is built from a checkout.

A source distribution carries the built page, so that installing from it needs neither Node nor a
compiler. An editable installation builds nothing: `make lab-page` does.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PageHook(BuildHookInterface):
    """Builds the core for the browser and the page around it."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the page into the package, unless it came with the sources."""
        root = Path(self.root)
        if version == "editable" or not (root / "web").exists():
            if version != "editable" and not (root / "src/ogive_lab/page/index.html").exists():
                raise RuntimeError("neither the page of the lab nor its sources are here")
            return
        sys.path.insert(0, str(root))
        from build_page import build_page

        build_page()
