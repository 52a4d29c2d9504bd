"""The lines of NumPy by which two-class models decide among many classes."""

from __future__ import annotations

from ogive.export.reduction import Reduction

__all__ = ["HELPERS", "reduction_functions", "reduction_numbers"]

HELPERS = {
    # Bit for bit what SciPy has: where several code words are as likely, rounding decides.
    "_expit": """def _expit(z):
    with np.errstate(over="ignore"):
        return 1.0 / (1.0 + np.exp(-z))""",
    "_logsumexp": """def _logsumexp(z):
    most = z.max(axis=-1, keepdims=True)
    return most[..., 0] + np.log(np.exp(z - most).sum(axis=-1))""",
}

_PAIRS = [
    "# 1 for the later class of each pair, -1 for the earlier one, 0 for all others.",
    "earlier, later = np.triu_indices(len(classes), 1)",
    "code_book = np.zeros((len(classes), len(earlier)), dtype=int)",
    "code_book[earlier, np.arange(len(earlier))] = -1",
    "code_book[later, np.arange(len(later))] = 1",
]
_VOTES = '''def votes(X):
    """Return how many models are for each class."""
    answers = np.where(outputs(X) > {threshold}, 1, -1)
    return (answers @ code_book.T + len(classes) - 1) // 2'''
_BY_VOTE = '''def scores(X):
    """Return votes and less than 1/3, by the sum of confidences, which decides ties."""
    s = {confidence} @ code_book.T
    return votes(X) + s / (3 * (np.abs(s) + 1))'''
_BY_ELIMINATION = '''def scores(X):
    """Return how many duels had been fought when a class was put out; most for the winner."""
    answers = outputs(X) > {threshold}
    n, rows = len(classes), np.arange(len(answers))
    fought = np.zeros((len(answers), n), dtype=int)
    champion = np.zeros(len(answers), dtype=int)
    for challenger in range(1, n):
        pair = champion * (2 * n - champion - 1) // 2 + challenger - champion - 1
        wins = answers[rows, pair]
        fought[rows, np.where(wins, champion, challenger)] = challenger - 1
        champion = np.where(wins, challenger, champion)
    fought[rows, champion] = n - 1
    return fought'''
_LOSSES = {
    "hinge": "np.maximum(1 - {m}, 0.0)",
    "logistic": "np.logaddexp(0.0, -{m})",
    "squared": "(1 - {m}) ** 2",
    "squared_hinge": "np.maximum(1 - {m}, 0.0) ** 2",
}
_EXPONENTIAL = '''def scores(X):
    """Return minus the logarithm of the sum of exponential losses against each code word."""
    m = {margin}
    most = np.abs(m).max(axis=1, keepdims=True)
    lost = np.exp(-m - most) @ positive.T + np.exp(m - most) @ negative.T
    lost += (code_book == 0).sum(axis=1) * np.exp(-most)
    found = -np.log(np.maximum(lost, 1e-300)) - most
    for i in np.flatnonzero(most[:, 0] > 300):
        found[i] = -_logsumexp(-code_book * m[i])
    return found'''
_LIKELIHOODS = '''def log_likelihoods(X):
    """Return the log-likelihood of each code word, its bits being taken as independent."""
    p = np.clip(_expit(outputs(X)), 1e-6, 1 - 1e-6)
    found = np.log(p) @ positive.T + np.log1p(-p) @ negative.T
    return (found - np.log(2.0) * (code_book == 0).sum(axis=1)) * share'''
_HAMMING_LIKELIHOODS = '''def log_likelihoods(X):
    """Return the log-likelihood of each code word, all answers being taken as equally sure."""
    z = outputs(X)
    p = _expit(z)
    sure = np.where(z > 0, p, 1 - p).mean(axis=1, keepdims=True)
    sure = np.clip(sure, 0.5, 1 - 1e-6)
    return scores(X) * np.log(sure / (1 - sure)) * share'''


def reduction_numbers(reduction: Reduction) -> list[str]:
    """Return the lines that make the code book, where the decision needs one."""
    if reduction.kind == "one_vs_one":
        return _PAIRS
    if reduction.kind == "one_vs_rest":
        return []
    lines = [
        "# A row for each class, of 1 and -1 for the sides of each model; 0: it takes no part.",
        f"code_book = np.array({reduction.code_book.tolist()!r})",
    ]
    if _counts_sides(reduction):
        lines.append(
            "positive, negative = (code_book > 0).astype(float), (code_book < 0).astype(float)"
        )
    if reduction.has_probabilities:
        lines.append(f"share = {reduction.share!r}  # of the models that are not alike")
    return lines


def _counts_sides(reduction: Reduction) -> bool:
    """Return whether what is said for and against is added up apart."""
    if reduction.decision in ("euclidean", "hamming"):
        return reduction.has_probabilities and reduction.decision == "euclidean"
    return True


def reduction_functions(reduction: Reduction) -> list[str]:
    """Return functions from ``outputs(X)`` to scores, classes and probabilities."""
    if reduction.decision == "each":
        return _of_labels(reduction)
    made = {"one_vs_one": _of_pairs, "one_vs_rest": _against_rest, "output_code": _of_code}
    classes = "def predict(X):\n    return classes[scores(X).argmax(axis=1)]"
    return [*made[reduction.kind](reduction), classes]


def _of_pairs(reduction: Reduction) -> list[str]:
    threshold = reduction.threshold
    confidence = f"(outputs(X) - {threshold})" if threshold else "outputs(X)"
    form = _BY_VOTE if reduction.decision == "vote" else _BY_ELIMINATION
    return [
        _VOTES.format(threshold=threshold),
        form.format(threshold=threshold, confidence=confidence),
    ]


def _of_labels(reduction: Reduction) -> list[str]:
    parts = [
        "def scores(X):\n    return outputs(X)",
        f"def predict(X):\n    return (outputs(X) > {reduction.threshold}).astype(int)",
    ]
    if reduction.has_probabilities:
        parts.append("def predict_proba(X):\n    return _logistic(outputs(X))")
    return parts


def _against_rest(reduction: Reduction) -> list[str]:
    if reduction.n_problems == 1:
        t = reduction.threshold
        parts = [f"def scores(X):\n    z = outputs(X)\n    return np.hstack([{t} - z, z - {t}])"]
        written = "    a = _logistic(outputs(X))\n    return np.hstack([1 - a, a])"
    else:
        parts = ["def scores(X):\n    return outputs(X)"]
        # Their quotients, by logarithms: all of them may be 0.
        written = "    return _softmax(-np.logaddexp(0.0, -outputs(X)))"
    if reduction.has_probabilities:
        parts.append(
            "def predict_proba(X):\n"
            '    """Return the probabilities against the rest, divided by their sum."""\n' + written
        )
    return parts


def _of_code(reduction: Reduction) -> list[str]:
    parts = [_scores_of_code(reduction)]
    if reduction.has_probabilities:
        hamming = reduction.decision == "hamming"
        parts.insert(hamming, _HAMMING_LIKELIHOODS if hamming else _LIKELIHOODS)
        parts.append("def predict_proba(X):\n    return _softmax(log_likelihoods(X))")
    return parts


def _scores_of_code(reduction: Reduction) -> str:
    regression = reduction.inside == "least_squares"
    if reduction.decision == "hamming":
        return f'''def scores(X):
    """Return minus the number of answers that differ from each code word."""
    answers = np.where(outputs(X) > {reduction.threshold}, 1, -1)
    return (answers @ code_book.T - code_book.shape[1]) / 2'''
    if reduction.decision == "probabilistic":
        return "def scores(X):\n    return log_likelihoods(X)"
    if reduction.decision == "euclidean":
        f = "outputs(X)"
        if reduction.n_absent.any():
            f = "np.clip(outputs(X), 0.0, 1.0)" if regression else "np.tanh(outputs(X) / 2)"
        targets = "(code_book + 1) / 2" if regression else "code_book"
        return f'''def scores(X):
    """Return f @ t - |t|**2 / 2, larger the nearer the confidences f are to code word t."""
    t = {targets}
    return {f} @ t.T - (t**2).sum(axis=1) / 2'''
    margin = "2 * outputs(X) - 1" if regression else "outputs(X)"
    loss = reduction.decision.removesuffix("_loss")
    if loss == "exponential":
        return _EXPONENTIAL.format(margin=margin)
    return f'''def _loss(m):
    return {_LOSSES[loss].format(m="m")}


def scores(X):
    """Return minus the sum of losses against each code word."""
    m = {margin}
    lost = _loss(m) @ positive.T + _loss(-m) @ negative.T
    return -(lost + (code_book == 0).sum(axis=1) * _loss(0.0))'''
