"""Functions that gate their own input, as people write them: z * sigmoid(z)."""

from __future__ import annotations

from typing import Any

from ogive.activations import activation
from ogive.diagnosis.modules.hearing.functions import ActivationCall
from ogive.diagnosis.modules.hearing.sites import Site

__all__ = ["composed"]


def composed(site: Site | None, other: Any) -> tuple[ActivationCall, list[Site]] | None:
    """Return which function `other` times the site's output is, and the sites that it is made of.

    Parameters
    ----------
    site : Site
        An activation just applied.
    other : tensor
        What its output is multiplied by.

    Returns
    -------
    tuple or None
        silu for ``z * sigmoid(beta * z)``, mish for ``z * tanh(softplus(z))``; None for anything
        else.
    """
    if site is None or site.live is None or site.function is None:
        return None
    z, trace = site.live
    if site.function.name == "sigmoid":
        if z is other:
            return ActivationCall("silu", activation("silu")), [site]
        if trace is not None and trace.scaled is not None and trace.scaled[0] is other:
            beta = trace.scaled[1]
            if abs(beta - 1.702) < 1e-9:
                return ActivationCall("quick_gelu", activation("quick_gelu")), [site]
            if 1e-30 < abs(beta) < 1e30:
                return ActivationCall("silu", activation("silu", beta=beta)), [site]
    inner = None if trace is None or not trace.source_exact else trace.source
    if site.function.name != "tanh" or inner is None or inner.live is None:
        return None
    if inner.function == activation("softplus") and inner.live[0] is other:
        return ActivationCall("mish", activation("mish")), [site, inner]
    return None
