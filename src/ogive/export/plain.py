"""A model as numbers and names that JSON can hold."""

from __future__ import annotations

from typing import Any

from ogive import __version__
from ogive.export.layers import layered

__all__ = ["to_dict"]


def to_dict(model: Any) -> dict[str, Any]:
    """Return a fitted model as a dict that ``json.dumps`` can write.

    Parameters
    ----------
    model : estimator or Pipeline
        See `layered`.

    Returns
    -------
    dict
        ``layers``, each with ``coef`` (fan_in lists of fan_out numbers), ``intercept`` and the
        ``activation`` after it (None after the last); ``output``, what is applied to the last z;
        ``classes``, and ``center`` and ``scale`` where features are standardised. That of a
        reduction from many classes to two has ``reduction`` as well: its ``kind``, ``decision``,
        ``code_book`` of a row for each class, and the models ``inside``; see
        `ogive.export.Reduction`.

    Raises
    ------
    InputError
        For models that cannot be exported.
    """
    one = layered(model)
    after = [
        {
            "name": function.name,
            "parameters": {name: float(value) for name, value in function.parameters.items()},
            "expression": str(function.expression),
            **({"negative_slopes": own.tolist()} if own.size else {}),
        }
        for function, own in zip(one.activations, one.slopes, strict=True)
    ]
    how = one.reduction
    reduction = how and {
        "kind": how.kind,
        "decision": how.decision,
        "inside": how.inside,
        "code_book": how.code_book.tolist(),
    }
    return {
        "ogive": __version__,
        "layers": [
            {"coef": coef.tolist(), "intercept": intercept.tolist(), "activation": function}
            for coef, intercept, function in zip(
                one.coefs, one.intercepts, [*after, None], strict=True
            )
        ],
        "output": one.last,
        "classes": None if one.classes is None else one.classes.tolist(),
        "center": None if one.center is None else one.center.tolist(),
        "scale": None if one.scale is None else one.scale.tolist(),
        **({"reduction": reduction} if reduction else {}),
    }
