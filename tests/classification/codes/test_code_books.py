import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_array_equal
from sklearn.datasets import make_blobs
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OutputCodeClassifier as Theirs

from ogive.classification.codes.bch import bch_code, bch_words
from ogive.classification.codes.code_book_checks import check_code_book
from ogive.classification.codes.code_books import (
    code_book_and_repair,
    exhaustive_code_book,
    make_code_book,
    one_vs_one_code_book,
)
from ogive.classification.codes.code_quality import quality_of, row_distances
from ogive.classification.codes.code_search import (
    _Annealing,
    _distances_from,
    bch_code_book,
    merit_of,
    optimised_code_book,
)
from ogive.classification.codes.random_code import (
    column_kinds,
    least_columns,
    random_code_book,
    useful_columns,
)
from ogive.text import InputError

LECTURE = np.array([[1, 1], [1, -1], [-1, 1], [-1, -1]])


def seeded(seed=0):
    return np.random.RandomState(seed)


def rows_differ(code):
    return len(np.unique(code, axis=0)) == len(code)


def no_column_is_constant(code):
    return bool((code.min(axis=0) < code.max(axis=0)).all())


def times_each_column_is_there(code):
    kinds = column_kinds(code)
    return sorted(kinds.count(kind) for kind in set(kinds))


def refusal(call, *arguments, **more):
    with pytest.raises(InputError) as caught:
        call(*arguments, **more)
    return caught.value.text


# By hand


def test_the_code_of_the_lecture_is_read_from_strings():
    assert_array_equal(check_code_book(["AB|CD", "AC|BD"], list("ABCD")), LECTURE)


@pytest.mark.parametrize(
    "written",
    [
        ["cat dog|bird fish", "cat bird | dog fish"],
        ["cat, dog|bird, fish", "cat,bird|dog,fish"],
        ["cat、dog|bird、fish", "cat，bird|dog，fish"],
    ],
)
def test_names_of_several_characters_are_separated(written):
    code = check_code_book(written, ["cat", "dog", "bird", "fish"])
    assert_array_equal(code, LECTURE)


def test_numbers_are_names_too():
    assert_array_equal(
        check_code_book(["0 10|2", "0|10 2"], [0, 2, 10]), [[1, 1], [-1, -1], [1, -1]]
    )


def test_a_single_name_of_several_characters_is_no_run_of_names():
    assert_array_equal(
        check_code_book(["AB|A", "A|B AB"], ["A", "B", "AB"]), [[-1, 1], [0, -1], [1, -1]]
    )


def test_classes_that_are_not_named_take_no_part():
    code = check_code_book(["A|B", "A|C", "B|C"], list("ABC"))
    assert_array_equal(code, [[1, 1, 0], [-1, 0, 1], [0, -1, -1]])


@pytest.mark.parametrize("dtype", [bool, int, float, np.uint8])
def test_zeros_and_ones_are_the_two_sides(dtype):
    assert_array_equal(check_code_book((LECTURE > 0).astype(dtype), list("ABCD")), LECTURE)


def test_zeros_beside_minus_ones_take_no_part():
    table = [[1, 0], [-1, 1], [0, -1]]
    assert_array_equal(check_code_book(table, list("ABC")), table)


BAD = {
    "one row too few": ([[1, 0], [0, 1]], "shape 2 × 2, but y has 3 classes"),
    "transposed": ([[0, 0, 1], [0, 1, 1]], "so transpose it"),
    "one dimension": ([1, 0, 1], "shape 3, but y has 3 classes"),
    "no columns": ([[], [], []], "shape 3 × 0"),
    "another value": ([[1, 0], [2, 1], [0, 1]], r"code_book[1, 0] (class 'B') is 2"),
    "NaN": ([[1, 0], [0, np.nan], [0, 1]], r"code_book[1, 1] (class 'B') is nan"),
    "no numbers": ([[object()]], "has to be a table of numbers"),
    "ragged": ([[1, 0], [1], [0, 1]], "has to be a table of numbers"),
    "equal rows": ([[1, 0], [0, 1], [1, 0]], "Rows 0 and 2 of code_book (classes 'A' and 'C')"),
    "a constant column": ([[1, 1], [1, 0], [1, 1]], "Column 0 of code_book (counted from 0) is"),
    "no negative side": ([[1, 1], [0, -1], [1, 0]], "no class on its negative side"),
    "no positive side": ([[1, -1], [-1, 0], [-1, -1]], "no class on its positive side"),
    "a column of zeros": ([[1, 0], [-1, 0], [-1, 0]], "Column 1 of code_book (counted from 0) is"),
    "a row of zeros": ([[1, 1], [-1, -1], [0, 0]], "Class 'C' takes part in no problem"),
    "no bar": (["AB", "A|BC"], "code_book[0] = 'AB' has to name two sides"),
    "two bars": (["A|B|C"], "has to name two sides"),
    "an unknown name": (["AX|BC"], "names 'AX', which is none of the classes"),
    "a name twice": (["A|BC", "AB|B"], "code_book[1] = 'AB|B' names class 'B' twice"),
    "an empty side": (["ABC|"], "Column 0 of code_book"),
}


@pytest.mark.parametrize(("given", "said"), BAD.values(), ids=BAD)
def test_a_code_book_that_cannot_decide_is_refused_by_its_place(given, said):
    text = refusal(check_code_book, given, list("ABC"))
    assert said in text.en
    assert "code_book" in text.zh and "。" in text.zh


def test_equal_rows_say_how_many_columns_are_needed():
    text = refusal(check_code_book, [[1], [0], [1], [0], [1]], list("ABCDE"))
    assert "5 classes need at least 3" in text.en


def test_an_unknown_name_is_refused_with_the_names_there_are():
    text = refusal(make_code_book, "ecoc", "ABC", random_state=seeded())
    assert "'ecoc' is unknown: use random, exhaustive, bch" in text.en


def test_a_single_problem_that_is_no_list_is_told_so():
    assert "['A|BC']" in refusal(make_code_book, "A|BC", "ABC", random_state=seeded()).en


# Exhaustive, pairs, rest


def test_the_exhaustive_code_of_5_is_that_of_dietterich_and_bakiri():
    bits = (exhaustive_code_book(5) + 1) // 2
    written = ["".join(map(str, row)) for row in bits]
    assert written == [
        "111111111111111",
        "000000001111111",
        "000011110000111",
        "001100110011001",
        "010101010101010",
    ]


@pytest.mark.parametrize("n", range(2, 12))
def test_the_exhaustive_code_has_each_column_once(n):
    code = exhaustive_code_book(n)
    assert code.shape == (n, 2 ** (n - 1) - 1)
    assert no_column_is_constant(code)
    assert set(times_each_column_is_there(code)) == {1}


@pytest.mark.parametrize("n", [12, 1000])
def test_beyond_11_classes_the_exhaustive_code_is_refused_with_advice(n):
    text = refusal(exhaustive_code_book, n)
    assert "at most 11 classes" in text.en and "'bch'" in text.en
    assert "11" in text.zh


def test_pairs_and_rest_are_code_books():
    assert_array_equal(one_vs_one_code_book(3), [[-1, -1, 0], [1, 0, -1], [0, 1, 1]])
    rest = make_code_book("one_vs_rest", "ABC", random_state=seeded())
    assert_array_equal(rest, [[1, -1, -1], [-1, 1, -1], [-1, -1, 1]])


def test_a_code_book_of_too_many_pairs_is_refused_before_it_is_made():
    assert "OneVsOneClassifier" in refusal(one_vs_one_code_book, 10_000).en


# Random


@settings(max_examples=150, deadline=None)
@given(st.integers(2, 40), st.floats(0.05, 4), st.integers(0, 2**32 - 1))
def test_a_random_code_has_different_rows_and_columns_as_far_as_there_are(n, size, seed):
    p = max(int(n * size), least_columns(n))
    code = random_code_book(n, p, seeded(seed))
    assert code.shape == (n, p)
    assert rows_differ(code)
    assert no_column_is_constant(code)
    times = times_each_column_is_there(code)
    assert max(times) - (min(times) if len(times) == useful_columns(n) else 0) <= 1


@pytest.mark.parametrize("n", [4, 8, 16, 64, 1024])
def test_even_the_fewest_columns_give_different_rows(n):
    code = random_code_book(n, least_columns(n), seeded())
    assert code.shape[1] == np.log2(n)
    assert rows_differ(code)


@settings(max_examples=60, deadline=None)
@given(st.integers(4, 12), st.integers(0, 10_000))
def test_a_random_code_is_scikit_learns_where_that_is_sound(n, seed):
    X, y = make_blobs(4 * n, centers=n, random_state=0)
    theirs = Theirs(_Nothing(), code_size=1, random_state=seed).fit(X, y).code_book_
    theirs = np.where(theirs > 0, 1, -1).astype(np.int8)
    sound = (
        rows_differ(theirs)
        and no_column_is_constant(theirs)
        and max(times_each_column_is_there(theirs)) == 1
    )
    ours = random_code_book(n, n, seeded(seed))
    assert bool((ours == theirs).all()) == sound


class _Nothing(LogisticRegression):
    """Fits nothing: only the code book is of interest."""

    def fit(self, X, y):
        return self


@pytest.mark.parametrize(
    ("n", "least", "most"), [(4, 0.95, 1), (6, 0.75, 0.9), (10, 0.15, 0.3), (20, 0, 0.01)]
)
def test_of_few_classes_random_codes_are_repaired_nearly_always(n, least, most):
    repaired = [
        code_book_and_repair("random", range(n), code_size=1.5, random_state=seeded(seed))[1]
        for seed in range(400)
    ]
    assert least <= np.mean(repaired) <= most


def test_only_the_columns_that_are_useless_are_drawn_again():
    # With this seed scikit-learn's second column is constant, and all others are sound.
    drawn = np.where(seeded(21).uniform(size=(4, 4)) > 0.5, 1, -1)
    bad = [j for j in range(4) if abs(drawn[:, j].sum()) == 4]
    ours = random_code_book(4, 4, seeded(21))
    kept = [j for j in range(4) if (ours[:, j] == drawn[:, j]).all()]
    repeated = 4 - len(set(column_kinds(drawn.astype(np.int8))))
    assert len(kept) >= 4 - len(bad) - repeated
    assert rows_differ(ours) and no_column_is_constant(ours)


def test_three_classes_never_have_equal_codes():
    # Scikit-learn's coincide in 18 % of draws.
    draws = [np.where(seeded(s).uniform(size=(3, 4)) > 0.5, 1, -1) for s in range(300)]
    assert 0.1 < np.mean([not rows_differ(draw) for draw in draws]) < 0.3
    assert all(rows_differ(random_code_book(3, 4, seeded(s))) for s in range(300))


@pytest.mark.parametrize("name", ["random", "bch", "optimised"])
def test_the_same_seed_gives_the_same_code(name):
    one = make_code_book(name, range(9), random_state=seeded(5))
    assert_array_equal(make_code_book(name, range(9), random_state=seeded(5)), one)


@pytest.mark.parametrize(("n", "size", "least"), [(3, 0.5, 2), (10, 0.1, 4), (100, 0.06, 7)])
def test_too_few_columns_are_refused_with_the_least_number(n, size, least):
    text = refusal(make_code_book, "random", range(n), code_size=size, random_state=seeded())
    assert f"need at least {least} to have different code words" in text.en
    enough = float(text.en.split("code_size=")[2].split(" ")[0])
    code = make_code_book("random", range(n), code_size=enough, random_state=seeded())
    assert code.shape[1] >= least and rows_differ(code)
    assert f"{least} 个" in text.zh


# BCH and optimised


@pytest.mark.parametrize("n", [2, 3, 4, 5, 6, 7, 8, 10, 16, 26, 64, 100])
def test_a_bch_code_has_different_rows_and_useful_columns(n):
    code = bch_code_book(n, int(1.5 * n), seeded())
    assert rows_differ(code)
    assert no_column_is_constant(code)
    assert max(times_each_column_is_there(code)) == 1


@pytest.mark.parametrize(("n", "columns", "distance"), [(10, 15, 7), (20, 31, 15), (60, 127, 63)])
def test_a_bch_code_keeps_its_designed_distance(n, columns, distance):
    code = bch_code_book(n, int(1.5 * n), seeded())
    assert code.shape == (n, columns)
    assert quality_of(code, [""] * n).row_distance >= distance


@pytest.mark.parametrize(("m", "n"), [(3, 16), (4, 20), (6, 60), (8, 300)])
def test_distances_of_the_words_of_a_linear_code_need_no_table_of_pairs(m, n):
    bch = bch_code(m, n)
    words = (2 * bch_words(bch, 4096, seeded()).astype(np.int8) - 1).astype(np.int8)
    assert len(words) == 2**bch.dimension
    quick = _distances_from(words, linear=True)
    table = row_distances(words)
    assert all((quick(i) == table[i]).all() for i in range(len(words)))


def test_a_bch_code_that_would_be_too_long_is_refused():
    assert "at most 4095 columns" in refusal(bch_code_book, 3000, 4500, seeded()).en


@pytest.mark.parametrize(("n", "p"), [(4, 6), (5, 7), (6, 9), (10, 15), (12, 10), (4, 9), (30, 45)])
def test_an_optimised_code_is_at_least_as_good_as_the_random_one(n, p):
    best = optimised_code_book(n, p, seeded())
    assert best.shape == (n, p)
    assert rows_differ(best) and no_column_is_constant(best)
    assert merit_of(best) >= merit_of(random_code_book(n, p, seeded()))


@pytest.mark.parametrize(("n", "p"), [(4, 6), (9, 14), (25, 12)])
def test_distances_are_up_to_date_after_a_search(n, p):
    search = _Annealing(random_code_book(n, p, seeded()), seeded(1))
    best = search.run()
    assert_array_equal(search.rows, 2 * row_distances(search.code))
    assert_array_equal(search.columns, 2 * row_distances(np.ascontiguousarray(search.code.T)))
    assert_array_equal(search.turned, search.code.T)
    assert merit_of(best) >= merit_of(search.code)


# Least distances that the search reached when all distances were computed anew for each change.
@pytest.mark.parametrize(
    ("n", "p", "name", "least"),
    [(30, 45, "optimised", 18), (100, 150, "optimised", 68), (100, 150, "bch", 127)],
)
def test_rows_of_many_classes_are_far_apart(n, p, name, least):
    code = make_code_book(name, range(n), code_size=p / n, random_state=seeded())
    assert merit_of(code).row_distance >= least


def test_an_optimised_code_of_10_classes_corrects_what_random_ones_do_not():
    corrected = [
        quality_of(optimised_code_book(10, 15, seeded(s)), [""] * 10).errors_corrected
        for s in range(3)
    ]
    random = [
        quality_of(random_code_book(10, 15, seeded(s)), [""] * 10).errors_corrected
        for s in range(3)
    ]
    assert min(corrected) == 3 > max(random)


def test_british_and_american_spelling_mean_the_same():
    british = make_code_book("optimised", range(5), random_state=seeded())
    assert_array_equal(make_code_book("optimized", range(5), random_state=seeded()), british)
