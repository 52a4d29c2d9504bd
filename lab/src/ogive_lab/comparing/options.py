"""What the page offers to compare: all of it from the library, with its names and defaults."""

from __future__ import annotations

from typing import Any

from ogive_lab.comparing.wanted import BOUNDS

__all__ = ["comparison_options"]


def comparison_options(report: Any = None, stopped: Any = None) -> dict[str, Any]:
    """Return what can be varied, the scores, the models and the defaults, ready for JSON."""
    from ogive import activations
    from ogive.comparison import COMPARED, compare
    from ogive.comparison.design.candidates import FACTORS
    from ogive.comparison.design.factor_values import USUAL
    from ogive.comparison.design.families import FAMILIES, usual_models
    from ogive.comparison.scoring.names import SCORINGS, score_of
    from ogive.comparison.words.subjects import SUBJECTS
    from ogive.data.bundled import BUNDLED
    from ogive.data.reading import EXTENSIONS

    defaults = compare.__kwdefaults__ or {}
    shown = ("hidden_layer_sizes", "learning_rates", "n_splits", "n_repeats", "max_iter")
    return {
        "bundled": list(BUNDLED),
        "extensions": list(EXTENSIONS),
        "activations": list(activations()),
        "usual_activations": list(COMPARED),
        "factors": [
            {
                "name": factor,
                "title": SUBJECTS[factor].one._asdict(),
                "meaning": SUBJECTS[factor].meaning._asdict(),
                "usual": [
                    f"{value:g}" if isinstance(value, float) else str(value)
                    for value in USUAL.get(factor, ())
                ],
            }
            for factor in FACTORS
        ],
        "models": {
            task: [
                {"name": name, "title": family.title._asdict(), "usual": name in usual_models(task)}
                for name, family in FAMILIES.items()
                if task in family.tasks
            ]
            for task in SCORINGS
        },
        "scorings": {
            task: [
                {
                    "name": name,
                    "title": score_of(name, task).title._asdict(),
                    "greater_is_better": score_of(name, task).greater_is_better,
                }
                for name in names
            ]
            for task, names in SCORINGS.items()
        },
        "defaults": {name: defaults[name] for name in shown},
        "bounds": BOUNDS,
    }
