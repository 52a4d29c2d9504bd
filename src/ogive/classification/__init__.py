"""Two classes and many: logistic and softmax regression, and reductions of many classes to two.

The estimators are imported from `ogive`; here are the records that they return, and functions that
need no estimator.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ogive.classification.codes.code_book_checks import check_code_book
    from ogive.classification.codes.code_books import make_code_book
    from ogive.classification.codes.code_quality import CodeQuality, code_quality
    from ogive.classification.codes.decoded_row import DecodedRow
    from ogive.classification.inference.class_findings import ClassFinding, check_classes
    from ogive.classification.inference.inference import LogisticInference
    from ogive.classification.lessons.explanation import Explanation
    from ogive.classification.lessons.line import DecisionLine, DecisionLines
    from ogive.classification.pairs.coupling import couple
    from ogive.classification.pairs.cycles import Cycles
    from ogive.classification.pairs.elimination import Duel
    from ogive.classification.pairs.vote_table import VoteTable
    from ogive.classification.rest.regions import Regions
    from ogive.classification.scores.scoring import Scores, score_classifier, share_interval
    from ogive.classification.separation import Separation, SeparationWarning
    from ogive.classification.solvers.descent import LogisticDescent
    from ogive.classification.summary import LogisticSummary

# Imported when first used, so that no part has to wait for the others.
_HOMES = {
    "ClassFinding": "inference.class_findings",
    "CodeQuality": "codes.code_quality",
    "Cycles": "pairs.cycles",
    "DecisionLine": "lessons.line",
    "DecisionLines": "lessons.line",
    "DecodedRow": "codes.decoded_row",
    "Duel": "pairs.elimination",
    "Explanation": "lessons.explanation",
    "LogisticDescent": "solvers.descent",
    "LogisticInference": "inference.inference",
    "LogisticSummary": "summary",
    "Regions": "rest.regions",
    "Scores": "scores.scoring",
    "Separation": "separation",
    "SeparationWarning": "separation",
    "VoteTable": "pairs.vote_table",
    "check_classes": "inference.class_findings",
    "check_code_book": "codes.code_book_checks",
    "code_quality": "codes.code_quality",
    "couple": "pairs.coupling",
    "make_code_book": "codes.code_books",
    "score_classifier": "scores.scoring",
    "share_interval": "scores.scoring",
}

__all__ = [
    "ClassFinding",
    "CodeQuality",
    "Cycles",
    "DecisionLine",
    "DecisionLines",
    "DecodedRow",
    "Duel",
    "Explanation",
    "LogisticDescent",
    "LogisticInference",
    "LogisticSummary",
    "Regions",
    "Scores",
    "Separation",
    "SeparationWarning",
    "VoteTable",
    "check_classes",
    "check_code_book",
    "code_quality",
    "couple",
    "make_code_book",
    "score_classifier",
    "share_interval",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'ogive.classification' has no attribute {name!r}")
    value = getattr(import_module(f"ogive.classification.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
