"""What to call an activation met in a module."""

from __future__ import annotations

from collections import Counter

from ogive.diagnosis.modules.hearing.sites import Site

__all__ = ["shown_function", "site_names"]


def shown_function(site: Site) -> str:
    """Return the name of a function: the catalogue's, or the class of the user's own module."""
    return site.label if site.function is None else site.function.name


def site_names(sites: list[Site]) -> dict[Site, str]:
    """Return a name of its own for each activation: its module's, or "fc1 → relu"."""
    uses = Counter(site.path for site in sites if site.own_module)
    names: dict[Site, str] = {}
    taken: Counter[str] = Counter()
    for site in sites:
        if site.own_module and uses[site.path] == 1:
            name = site.path
        else:
            told = site.path.rpartition(".")[2] if site.own_module else site.label.strip("_")
            home = site.affine.name if site.affine is not None else site.path
            name = f"{home} → {told}" if home else told
        taken[name] += 1
        names[site] = name if taken[name] == 1 else f"{name} ({taken[name]})"
    return names
