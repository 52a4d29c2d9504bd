"""What a patient or a healthy network of the ward is, and the two halves of the ward's seeds."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

TUNING = range(0, 100)
"""Seeds on whose networks the limits of `ogive.Thresholds` may be chosen."""

SET_ASIDE = range(1000, 1100)
"""Seeds on whose networks no limit was chosen. A seed draws widths, depth, activation and data
too, so these are other networks, not the same ones started again."""


@dataclass(eq=False)
class Network:
    """A network as somebody would bring it to `ogive.diagnose`.

    Attributes
    ----------
    model, X, y
        As `ogive.diagnose` takes them.
    options : dict
        Its other arguments.
    functions : tuple of str
        Activation of each hidden layer, for the ward's own arithmetic; empty where that is not
        asked for.
    other_rows, other_targets : ndarray or tensor
        Rows of the same kind that the diagnosis is not shown.
    loss : callable or None
        Of a PyTorch model, for the ward's own gradients.
    trained : bool
    start : Network or None
        The same at its initial weights, where the evidence asks for it.
    """

    model: Any
    X: Any
    y: Any
    options: dict[str, Any] = field(default_factory=dict)
    functions: tuple[str, ...] = ()
    other_rows: Any = None
    other_targets: Any = None
    loss: Any = None
    trained: bool = True
    start: Network | None = None


@dataclass(frozen=True, eq=False)
class Case:
    """One design of the ward: a seed makes a network of it.

    `evidence` tells, by the ward's own arithmetic, whether a network really has the fault, or
    really is sound; `treatable` says that the cause lies in parameters that a remedy can set.
    """

    name: str
    code: str
    kind: str
    framework: str
    build: Callable[[Draw], Network]
    evidence: Callable[[Network], bool]
    treatable: bool = False

    def network(self, seed: int) -> Network:
        return self.build(Draw(self.name, seed))


class Draw:
    """What a seed decides about one design."""

    def __init__(self, name: str, seed: int) -> None:
        self.rng = np.random.default_rng([seed, zlib.crc32(name.encode())])
        self.seed = int(self.rng.integers(1 << 30))

    def one_of(self, *choices: Any) -> Any:
        return choices[self.rng.integers(len(choices))]

    def depth(self, least: int, most: int) -> int:
        return int(self.rng.integers(least, most + 1))

    def between(self, low: float, high: float) -> float:
        """Return a number whose logarithm is uniform."""
        return float(np.exp(self.rng.uniform(np.log(low), np.log(high))))

    def some_of(self, n: int, share: float = 0.3) -> np.ndarray[Any, Any]:
        """Return the numbers of about `share` of `n` units, at least two."""
        return self.rng.choice(n, max(2, int(share * n)), replace=False)


class Register:
    """A list of designs, filled by decorating what builds them."""

    def __init__(self, framework: str) -> None:
        self.framework = framework
        self.cases: list[Case] = []

    def patient(
        self,
        code: str,
        kind: str = "",
        *,
        evidence: Callable[[Network], bool],
        treatable: bool = False,
    ) -> Callable[[Callable[[Draw], Network]], Callable[[Draw], Network]]:
        def keep(build: Callable[[Draw], Network]) -> Callable[[Draw], Network]:
            self.cases.append(
                Case(build.__name__, code, kind, self.framework, build, evidence, treatable)
            )
            return build

        return keep

    def healthy(
        self, evidence: Callable[[Network], bool]
    ) -> Callable[[Callable[[Draw], Network]], Callable[[Draw], Network]]:
        return self.patient("", evidence=evidence)
