"""How the experiment was done, told in plain words with its numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ogive.comparison.words import formats
from ogive.comparison.words.design_texts import PREPARATIONS, TEXTS
from ogive.comparison.words.ending import ending_sentence
from ogive.comparison.words.labels import listed_labels
from ogive.comparison.words.subjects import FACTOR_NAMES, parameter_title, spaced, subject_of
from ogive.text import Language

if TYPE_CHECKING:
    from ogive.comparison.result import Comparison

__all__ = ["describe_design", "listed"]

MOST_LISTED = 8


def describe_design(comparison: Comparison, language: Language) -> list[str]:
    """Return the paragraphs that say how the experiment was done, with its numbers."""
    return list(_Design(comparison, language).paragraphs())


class _Design:
    """Tells of one comparison in one language."""

    def __init__(self, comparison: Comparison, language: Language) -> None:
        self.comparison = comparison
        self.settings = comparison.settings
        self.language: Language = language
        self.candidates = comparison.settings.candidates
        self.networks = [one for one in self.candidates if one.is_network]

    def say(self, text: str, **values: object) -> str:
        """Return one of the texts in the language, with its numbers."""
        return TEXTS[text].to(self.language, **values)

    def paragraphs(self) -> Iterator[str]:
        """Yield what is to be told, in order."""
        yield self.conditions()
        if self.settings.vary != ("activation",):
            yield self.varied()
        yield self.folds()
        yield self.validation()
        yield self.choices()
        if self.networks:
            yield self.training()
        yield self.preparation()
        yield self.statistics()
        if len(self.candidates) > 1:
            yield self.verdicts()
        yield self.work()
        ending = ending_sentence(self.comparison.stopped)
        if ending is not None:
            yield ending.to(self.language)

    def conditions(self) -> str:
        one = subject_of(self.settings.vary).one.to(self.language)
        return self.say("conditions", each=f"Every {one}", one=one)

    def varied(self) -> str:
        factors = []
        for factor in self.settings.vary:
            values = [one.factors[factor] for one in self.candidates if factor in one.factors]
            name = FACTOR_NAMES[factor].to(self.language)
            shown = self.some(list(dict.fromkeys(values)))
            factors.append(self.say("factor", name=name, values=shown))
        n = len(self.candidates)
        return self.say("varied", factors=listed(factors, self.language), n=n)

    def some(self, values: list[str]) -> str:
        """List values, the rest of many by their number."""
        if len(values) <= MOST_LISTED:
            return listed(values, self.language)
        comma = "、" if self.language == "zh" else ", "
        n = len(values) if self.language == "zh" else len(values) - MOST_LISTED
        return self.say("and_more", shown=comma.join(values[:MOST_LISTED]), n=n)

    def folds(self) -> str:
        settings = self.settings
        classes = self.comparison.task == "classification"
        return self.say(
            "folds",
            n_rows=self.comparison.data.n_rows,
            n_folds=settings.n_splits,
            how=self.say("stratified" if classes else "at_random"),
            repeats=self.say(
                "once" if settings.n_repeats == 1 else "repeated",
                n_repeats=settings.n_repeats,
                n_splits=len(self.comparison.guesses),
            ),
        )

    def validation(self) -> str:
        settings = self.settings
        text = self.say("validation", fraction=formats.share(settings.validation_fraction))
        if self.networks:
            text += self.say(
                "stopping_early", patience=settings.n_iter_no_change, max_iter=settings.max_iter
            )
        return text

    def choices(self) -> str:
        """Say what the validation rows chose, among which values, and for which candidates."""
        groups: dict[tuple[str, tuple[float, ...]], list[str]] = {}
        for one in self.candidates:
            values = tuple(choice.value for choice in one.choices)
            if len(values) > 1:
                groups.setdefault((one.parameter, values), []).append(one.label)
        if not groups:
            return self.say("nothing_chosen")
        chosen = [
            self.say(
                "choice",
                name=self.set_off(parameter_title(parameter).to(self.language)).rstrip(),
                of=self.set_off(self.whose(labels)).lstrip(),
                values=listed([f"{value:g}" for value in values], self.language),
            )
            for (parameter, values), labels in groups.items()
        ]
        score = self.comparison.score
        title = score.title.to(self.language)
        return self.say(
            "chosen" if score.greater_is_better else "chosen_lowest",
            score=self.set_off(title),
            choices=("；" if self.language == "zh" else "; ").join(chosen),
        )

    def set_off(self, name: str) -> str:
        """Give a Latin name within Chinese the spaces it needs."""
        return spaced(name) if self.language == "zh" else name

    def whose(self, labels: list[str]) -> str:
        """Name some candidates, by what they are where that is shorter."""
        if len(labels) == len(self.candidates) and not self.networks:
            return self.say("all_models")
        if labels == [one.label for one in self.networks]:
            return self.say("all_networks")
        return listed_labels(labels, most=MOST_LISTED).to(self.language)

    def training(self) -> str:
        settings = self.settings
        n_training = self.comparison.data.n_rows * (1 - 1 / settings.n_splits)
        fitting = int(n_training * (1 - settings.validation_fraction))
        sizes = {one.hidden_layer_sizes for one in self.networks}
        layers = self.say("layers_varied")
        if len(sizes) == 1:
            units = [str(size) for size in next(iter(sizes))]
            layers = self.say("layers", layers=listed(units, self.language))
        rates = {one.choices for one in self.networks}
        alone = len(rates) == 1 and len(self.networks[0].choices) == 1
        rate = f"{self.networks[0].choices[0].value:g}"
        return layers + self.say(
            "training",
            solver=settings.solver,
            batch=settings.batch_rows(fitting),
            rate=self.say("rate", rate=rate) if alone else "",
        )

    def preparation(self) -> str:
        prepare = self.settings.prepare
        if prepare is None:
            regression = self.comparison.task == "regression"
            return PREPARATIONS["columns_regression" if regression else "columns"].to(self.language)
        if isinstance(prepare, str) and prepare == "passthrough":
            return PREPARATIONS["passthrough"].to(self.language)
        return PREPARATIONS["transformer"].to(self.language, transformer=str(prepare))

    def statistics(self) -> str:
        n_pairs = len(self.comparison.pairs())
        text = self.say("overlap")
        if n_pairs == 0:
            return text
        return text + (self.say("paired") if n_pairs == 1 else self.say("holm", n_pairs=n_pairs))

    def verdicts(self) -> str:
        why = "of_scale" if self.settings.rope is None else "as_given"
        return self.say("verdicts", rope=formats.region(self.comparison.rope), why=self.say(why))

    def work(self) -> str:
        comparison = self.comparison
        own = comparison.engine == "threads"
        return self.say(
            "work_networks" if len(self.networks) == len(self.candidates) else "work",
            n_fits=self.settings.n_fits_a_split * len(comparison.guesses),
            engine="" if own else self.say("engine", engine=comparison.engine),
            seconds=f"{comparison.seconds:.1f}",
            known=self.say("known", n_known=comparison.n_known) if comparison.n_known else "",
        )


def listed(words: list[str], language: Language) -> str:
    """Return `words` as a list within a sentence."""
    if language == "zh":
        return "、".join(words)
    return ", ".join(words[:-1]) + (" and " if len(words) > 1 else "") + words[-1]
