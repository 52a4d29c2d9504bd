"""Sphinx configuration: `make docs`."""

import re
import sys
from pathlib import Path
from typing import Any

import ogive

sys.path.insert(0, str(Path(__file__).parent / "_extensions"))

project = "Ogive"
author = "The Ogive developers"
copyright = "2026, The Ogive developers"  # noqa: A001 - the name Sphinx reads
version = release = ogive.__version__

extensions = [
    "accuracy",
    "catalogue",
    "mathml",
    "myst_parser",
    "numpydoc",
    "sphinx.ext.autodoc",
    "sphinx.ext.doctest",
]
default_role = "code"
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
# The reports of the examples, which `make docs` makes first.
EXAMPLES = Path(__file__).parents[1] / "build" / "examples" / "site"
html_extra_path = [str(EXAMPLES)] if EXAMPLES.exists() else []
html_css_files = ["ogive.css"]
html_math_renderer = "mathml"
html_copy_source = False
html_show_sourcelink = False

# Fitted attributes end in an underscore, which reStructuredText takes for a link.
FITTED = re.compile(r"(?<![\w`*\\])([a-z]\w*_)(?![\w`*{>])")


def quote_fitted_attributes(*arguments: Any) -> None:
    """Write ``n_iter_`` in shapes and sentences as code."""
    lines = arguments[-1]
    lines[:] = [FITTED.sub(r"``\1``", line) for line in lines]


def set_page_language(*arguments: Any) -> None:
    """Tell the browser which pages are Chinese: punctuation and font depend on it."""
    page, context = arguments[1], arguments[3]
    if page.startswith("zh/"):
        context["language"] = "zh-CN"


def setup(app: Any) -> None:
    # After numpydoc, which has the default priority of 500.
    app.connect("autodoc-process-docstring", quote_fitted_attributes, priority=600)
    app.connect("html-page-context", set_page_language)
