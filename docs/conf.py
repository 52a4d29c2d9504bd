"""Sphinx configuration: `make docs`."""

import sys
from pathlib import Path

import ogive

sys.path.insert(0, str(Path(__file__).parent / "_extensions"))

project = "Ogive"
author = "The Ogive developers"
copyright = "2026, The Ogive developers"  # noqa: A001 - the name Sphinx reads
version = release = ogive.__version__

extensions = [
    "catalogue",
    "mathml",
    "myst_parser",
    "numpydoc",
    "sphinx.ext.autodoc",
]
exclude_patterns = ["_build", "_extensions", "images/make.py"]
nitpicky = True
nitpick_ignore_regex = [
    ("py:class", r"(numpy|np|pl|polars|alt|altair|sklearn|narwhals|typing|collections)\..*"),
]

myst_enable_extensions = ["dollarmath", "fieldlist"]
myst_heading_anchors = 3

autodoc_typehints = "none"
autodoc_member_order = "bysource"
numpydoc_show_class_members = False
numpydoc_xref_param_type = False

html_theme = "furo"
html_title = "Ogive"
html_static_path = ["_static"]
html_css_files = ["ogive.css"]
html_math_renderer = "mathml"
html_copy_source = False
html_show_sourcelink = False
