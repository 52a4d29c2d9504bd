"""The layers of a module, put together from what was heard in the pass over the data."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from ogive.diagnosis.mean_field.gain import predicted_gain
from ogive.diagnosis.measurements import NAN, Layer, Units
from ogive.diagnosis.modules.hearing.naming import shown_function, site_names
from ogive.diagnosis.modules.hearing.sites import Site
from ogive.diagnosis.modules.hearing.traces import Affine
from ogive.diagnosis.modules.passes import Pass, total_norm
from ogive.diagnosis.modules.weights.affine_facts import bounds_of, weights_of
from ogive.diagnosis.modules.weights.affine_pairs import pair_of
from ogive.diagnosis.streaming import effective_rank
from ogive.linear.one_thread import on_one_thread

__all__ = ["layers_of", "site_names"]

Ratios = dict[str, tuple[float, float]]


@on_one_thread
def layers_of(done: Pass, model: Any, ratios: Ratios) -> tuple[tuple[Layer, ...], dict[Site, str]]:
    """Return the layers from the input to the output, and what each activation is called.

    Parameters
    ----------
    done : Pass
        Finished.
    model : torch.nn.Module
    ratios : dict
        Of each parameter's name, the norm of its next update and that of itself.
    """
    made = _Layers(done, model, ratios)
    return made.build(), made.names


class _Layers:
    def __init__(self, done: Pass, model: Any, ratios: Ratios) -> None:
        self.done, self.model, self.ratios = done, model, ratios
        self.parameters = dict(model.named_parameters())
        self.modules = dict(model.named_modules())
        self.owner = {id(p): name for name, p in self.parameters.items()}
        listener = done.listener
        self.met = sorted(listener.affine_maps.met.values(), key=lambda a: a.order)
        self.end = self._end_site()
        sites = sorted(listener.sites.values(), key=lambda s: s.order)
        self.sites = [s for s in sites if not s.is_absorbed and s is not self.end]
        self.hidden = [s for s in self.sites if s.is_hidden]
        self.names = site_names(self.sites)
        self.claimed: set[str] = set()
        self.found: dict[Site, Units] = {}

    def _end_site(self) -> Site | None:
        end = self.done.end
        if end is None or end.source is None or not end.source_exact:
            return None
        return end.source

    def build(self) -> tuple[Layer, ...]:
        made: list[tuple[int, Layer]] = []
        last = self._last_affine()
        fed: set[int] = set()
        for site in self.sites:
            affine = site.affine
            if affine is not None and (affine is last or id(affine) in fed):
                affine = None
            if affine is not None and site in self.hidden:
                fed.add(id(affine))
            order = site.order if affine is None else affine.order
            made.append((order, self._of_site(site, affine)))
        for affine in self.met:
            if id(affine) in fed:
                continue
            made.append((affine.order, self._of_affine(affine, last)))
        made += self._others()
        if last is None:
            made.append((1 << 60, self._output(None)))
        ordered = [layer for _, layer in sorted(made, key=lambda pair: pair[0])]
        # What comes last is the output, whatever was met after it.
        ordered.sort(key=lambda layer: layer.role == "output")
        return tuple(ordered)

    def _last_affine(self) -> Affine | None:
        end = self.done.end
        if end is not None and end.affine is not None:
            return end.affine
        if self.end is not None and self.end.affine is not None:
            return self.end.affine
        taken = {id(site.affine) for site in self.hidden}
        free = [a for a in self.met if id(a) not in taken]
        return free[-1] if free and (not self.hidden or end is None) else None

    # One layer

    def _of_site(self, site: Site, affine: Affine | None) -> Layer:
        hidden = site in self.hidden
        units = self._units(site) if hidden else None
        sample_z = site.z.result() if hidden and site.z is not None else None
        sample_a = site.sample_a() if hidden else None
        rank = NAN if sample_a is None else effective_rank(sample_a)
        layer = Layer(
            name=self.names[site],
            role="hidden" if hidden else "other",
            function=site.function,
            activation=shown_function(site),
            n_units=0 if site.units is None else site.units.n_units,
            n_values=0 if site.units is None else site.units.n_values,
            units=units,
            weights=None if affine is None else weights_of(affine),
            error_norm=self._error(site),
            effective_rank=rank,
            sample_z=sample_z,
            sample_a=sample_a,
            called=not site.own_module,
            **self._learning(affine),
        )
        measured, predicted = self._gains(site)
        return replace(layer, gain_measured=measured, gain_predicted=predicted)

    def _units(self, site: Site) -> Units:
        assert site.units is not None
        if site not in self.found:
            low, high = bounds_of(site, self.done.inputs)
            units = site.units.result(low, high)
            if low is not None:
                # z was rounded to float32, the bounds were not.
                units = replace(
                    units,
                    z_low=np.minimum(low, units.z_min),
                    z_high=np.maximum(high, units.z_max),
                )
            self.found[site] = units
        return self.found[site]

    def _error(self, site: Site) -> float:
        if not site.n_errors or not self.done.n_rows:
            return NAN
        return float(np.sqrt(site.error_square / self.done.n_rows))

    def _of_affine(self, affine: Affine, last: Affine | None) -> Layer:
        if affine is last:
            return self._output(affine)
        home = self.modules.get(affine.name)
        return Layer(
            name=affine.name,
            role="other",
            function=None,
            activation=affine.kind if home is None else type(home).__name__,
            n_units=affine.n_outputs,
            n_values=self.done.n_rows,
            units=None,
            weights=weights_of(affine),
            **self._learning(affine),
        )

    def _output(self, affine: Affine | None) -> Layer:
        done = self.done
        sample = done.outputs.sample_z()
        if self.end is not None:
            error = self._error(self.end)
        else:
            known = done.output_error > 0 and done.n_rows
            error = float(np.sqrt(done.output_error / done.n_rows)) if known else NAN
        return Layer(
            name="output" if affine is None else affine.name,
            role="output",
            function=None,
            activation="output",
            n_units=done.outputs.n_outputs,
            n_values=done.outputs.n_values,
            units=None,
            weights=None if affine is None else weights_of(affine),
            error_norm=error,
            effective_rank=NAN if sample is None else effective_rank(sample),
            sample_z=sample,
            sample_a=sample,
            **self._learning(affine),
        )

    def _others(self) -> list[tuple[int, Layer]]:
        """Return modules with parameters that are no affine map: recurrent, normalising."""
        groups: dict[str, list[str]] = {}
        order = self.done.listener.order
        for name in self.parameters:
            if name in self.claimed:
                continue
            home = name.rpartition(".")[0]
            while home not in order and home:
                home = home.rpartition(".")[0]
            if home in order and home != "":
                groups.setdefault(home, []).append(name)
        return [
            (order[home], self._other(home, names))
            for home, names in groups.items()
            if not self._is_activation(home)
        ]

    def _is_activation(self, home: str) -> bool:
        return any(site.path == home and site.own_module for site in self.sites)

    def _other(self, home: str, names: list[str]) -> Layer:
        module = self.modules[home]
        sizes = ("hidden_size", "embed_dim", "embedding_dim")
        size = next((one for one in (getattr(module, name, None) for name in sizes) if one), None)
        size = size or max(int(self.parameters[name].shape[0]) for name in names)
        return Layer(
            name=home,
            role="other",
            function=None,
            activation=type(module).__name__,
            n_units=int(size),
            n_values=self.done.n_rows,
            units=None,
            weights=None,
            **self._learning_of(names),
        )

    # Numbers

    def _learning(self, affine: Affine | None) -> dict[str, Any]:
        """Return gradient, update and frozenness of the weights of an affine map."""
        if affine is None:
            return {}
        owner = f"{affine.name}.weight" if affine.name in self.modules else affine.name
        names = [owner] if owner in self.parameters else []
        if not names and affine.name in self.modules:
            names = [n for n in self.parameters if n.startswith(f"{affine.name}.")]
        self.claimed.update(names)
        self.claimed.update(n for n in (f"{affine.name}.bias",) if n in self.parameters)
        if affine.bias is not None:
            at = affine.bias.data_ptr()
            self.claimed.update(
                n for n, p in self.parameters.items() if p.ndim == 1 and p.data_ptr() == at
            )
        return self._learning_of(names) | {"follows": pair_of(affine, self._last_affine())}

    def _learning_of(self, names: list[str]) -> dict[str, Any]:
        parameters = [self.parameters[name] for name in names]
        frozen = bool(parameters) and not any(p.requires_grad for p in parameters)
        found = [self.done.gradients[name] for name in names if name in self.done.gradients]
        norm, rms = NAN, NAN
        if found and self.done.n_rows:
            norm = total_norm(found) / self.done.n_rows
            rms = norm / float(np.sqrt(sum(g.numel() for g in found)))
        pairs = [self.ratios[name] for name in names if name in self.ratios]
        size = float(np.sqrt(sum(weight**2 for _, weight in pairs)))
        step = float(np.sqrt(sum(update**2 for update, _ in pairs)))
        return {
            "gradient_norm": norm,
            "gradient_rms": rms,
            "update_ratio": step / size if pairs and size > 0 else NAN,
            "frozen": frozen,
        }

    def _gains(self, site: Site) -> tuple[float, float]:
        """Return the measured and the predicted factor from the next layer's error to this."""
        if site not in self.hidden:
            return NAN, NAN
        fed = [a for a in self.met if a.source is site]
        if len(fed) != 1 or site.branches:
            return NAN, NAN
        affine = fed[0]
        following = [s for s in self.hidden if s.affine is affine]
        end = self.done.end
        if len(following) == 1:
            error = self._error(following[0])
            direct = following[0].exact
        elif not following and self.end is not None and self.end.affine is affine:
            error, direct = self._error(self.end), self.end.exact
        elif not following and end is not None and end.affine is affine:
            known = self.done.output_error > 0
            error = float(np.sqrt(self.done.output_error / self.done.n_rows)) if known else NAN
            direct = end.exact
        else:
            return NAN, NAN
        own = self._error(site)
        measured = own / error if error > 0 else NAN
        function = site.function
        if (
            not (direct and affine.source_exact)
            or function is None
            or function.kind != "elementwise"
        ):
            return measured, NAN
        units, weights = self._units(site), weights_of(affine)
        if not (np.isfinite(units.z_mean).all() and np.isfinite(units.z_var).all()):
            return measured, NAN
        predicted = predicted_gain(function, units.z_mean, units.z_var, weights.rms, weights.fan_in)
        return measured, float(predicted)
