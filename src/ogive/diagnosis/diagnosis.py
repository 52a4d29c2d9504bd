"""The result of a diagnosis."""

from __future__ import annotations

from collections.abc import Callable
from os import PathLike
from typing import TYPE_CHECKING, Any

from ogive.diagnosis.finding import DiagnosisFinding
from ogive.diagnosis.measurements import Layer, Measurements
from ogive.diagnosis.thresholds import Thresholds
from ogive.text import Language, default_language

if TYPE_CHECKING:
    from ogive.diagnosis.remedies.record import Trial

__all__ = ["Diagnosis"]


class Diagnosis:
    """What is wrong with a network, why, and what to do; made by `ogive.diagnose`.

    Attributes
    ----------
    findings : list of DiagnosisFinding
        Issues first, then tips, what passed, and what is not applicable.
    measurements : Measurements
        All numbers that the findings were formed from.
    thresholds : Thresholds
        The limits that they were formed by.
    """

    def __init__(
        self,
        findings: list[DiagnosisFinding],
        measurements: Measurements,
        thresholds: Thresholds,
        patient: Any = None,
        rows: tuple[Any, Any] | None = None,
    ) -> None:
        self.findings = findings
        self.measurements = measurements
        self.thresholds = thresholds
        self._patient = patient
        self._rows = rows
        self.trial: Trial | None = None

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The layers from the input to the output, measured."""
        return self.measurements.layers

    @property
    def issues(self) -> list[DiagnosisFinding]:
        """The findings that will spoil the work."""
        return [one for one in self.findings if one.severity == "issue"]

    @property
    def tips(self) -> list[DiagnosisFinding]:
        """The findings that are worth knowing."""
        return [one for one in self.findings if one.severity == "tip"]

    @property
    def codes(self) -> list[str]:
        """The codes of issues and tips, each once, worst first."""
        return list(dict.fromkeys(one.code for one in self.issues + self.tips))

    def try_remedies(
        self,
        *,
        n_seeds: int = 10,
        max_remedies: int = 6,
        confidence: float = 0.95,
        random_state: int = 0,
        n_jobs: int | None = None,
        progress: Callable[[int, int], Any] | None = None,
        max_rows: int | None = 20_000,
    ) -> Trial:
        """Train the patient and each remedied version with paired seeds, and compare them.

        See `ogive.diagnosis.remedies.trying.try_remedies` for the parameters and the record.
        """
        from ogive.diagnosis.remedies.trying import try_remedies

        self.trial = try_remedies(
            self,
            n_seeds=n_seeds,
            max_remedies=max_remedies,
            confidence=confidence,
            random_state=random_state,
            n_jobs=n_jobs,
            progress=progress,
            max_rows=max_rows,
        )
        return self.trial

    def text(self, language: Language | None = None) -> str:
        """Return the diagnosis as plain text for a screen."""
        from ogive.diagnosis.showing import diagnosis_text

        return diagnosis_text(self, language or default_language())

    def to_dict(self, language: Language = "en") -> dict[str, Any]:
        """Return everything as plain data that JSON takes; what is not known is None."""
        from ogive.diagnosis.showing import diagnosis_dict

        return diagnosis_dict(self, language)

    def to_polars(self) -> Any:
        """Return one row a layer as a polars DataFrame."""
        from ogive.diagnosis.showing import layers_frame

        return layers_frame(self)

    def report(self, path: str | PathLike[str], language: Language | None = None) -> None:
        """Write the diagnosis as one HTML file that needs no connection.

        Parameters
        ----------
        path : str or path-like
            The file; an older one is replaced once the new one is complete.
        language : {"en", "zh"}, optional
            The locale's unless given.

        Raises
        ------
        InputError
            Where the file cannot be written.
        """
        from ogive.diagnosis.reporting.report import write_diagnosis_report

        write_diagnosis_report(self, path, language or default_language())

    def __repr__(self) -> str:
        codes = ", ".join(self.codes) or "nothing found"
        return f"<Diagnosis of {self.measurements.model}: {codes}>"

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        from ogive.diagnosis.showing import diagnosis_html

        return diagnosis_html(self, default_language())
