"""What comparisons, their reports and tables need, for the process that forks the workers."""

import altair
import jinja2
import polars
import sklearn.datasets

import ogive.comparison.reporting.figures
import ogive.comparison.reporting.report
import ogive.comparison.store
import ogive.data.bundled
import ogive.data.reading
import ogive_lab.comparing.options
import ogive_lab.comparing.planning
import ogive_lab.comparing.results
import ogive_lab.comparing.sitting
import ogive_lab.comparing.uploads

__all__: list[str] = []

_ = altair, jinja2, polars, sklearn.datasets, ogive, ogive_lab
