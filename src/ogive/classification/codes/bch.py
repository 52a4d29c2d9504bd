"""Binary BCH codes, from whose words code books are chosen."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["LONGEST", "BchCode", "bch_code", "bch_words"]

# A primitive polynomial of each degree, by its coefficients as bits.
PRIMITIVE = {
    2: 0b111,
    3: 0b1011,
    4: 0b10011,
    5: 0b100101,
    6: 0b1000011,
    7: 0b10001001,
    8: 0b100011101,
    9: 0b1000010001,
    10: 0b10000001001,
    11: 0b100000000101,
    12: 0b1000001010011,
}
LONGEST = 2**12 - 1


class BchCode(NamedTuple):
    """A primitive narrow-sense binary BCH code.

    Attributes
    ----------
    length : int
        ``2**m - 1``.
    dimension : int
        It has ``2**dimension`` words.
    designed_distance : int
        Two words differ in at least so many bits.
    generator : ndarray of uint8 of shape (length - dimension + 1,)
        Coefficients of the generator polynomial, constant first.
    """

    length: int
    dimension: int
    designed_distance: int
    generator: NDArray[np.uint8]


@lru_cache(maxsize=64)
def bch_code(m: int, n_words: int) -> BchCode | None:
    """Return the code of length ``2**m - 1`` of greatest designed distance with enough words.

    None where not even the code that corrects one error has so many.

    Notes
    -----
    Bose and Ray-Chaudhuri (1960), Hocquenghem (1959). The generator is the product of the minimal
    polynomials of the first powers of a primitive element of GF(2^m), of ``(x - root)`` over the
    union of their cyclotomic cosets.
    """
    length = 2**m - 1
    needed = max((n_words - 1).bit_length(), 1)
    roots: set[int] = set()
    best = None
    for power in range(1, length):
        if power in roots:
            continue
        roots |= _coset(power, length)
        if length - len(roots) < needed:
            break
        # All powers up to the next that is no root; one more is the designed distance.
        consecutive = power
        while consecutive + 1 in roots:
            consecutive += 1
        best = (consecutive + 1, frozenset(roots))
    if best is None:
        return None
    designed, chosen = best
    return BchCode(length, length - len(chosen), designed, _generator(m, sorted(chosen)))


def _coset(power: int, length: int) -> set[int]:
    coset, other = {power}, 2 * power % length
    while other != power:
        coset.add(other)
        other = 2 * other % length
    return coset


def _generator(m: int, roots: list[int]) -> NDArray[np.uint8]:
    length = 2**m - 1
    exponential = np.zeros(2 * length, dtype=np.int64)
    logarithm = np.zeros(length + 1, dtype=np.int64)
    element = 1
    for i in range(length):
        exponential[i] = exponential[i + length] = element
        logarithm[element] = i
        element <<= 1
        if element > length:
            element ^= PRIMITIVE[m]
    product = np.array([1], dtype=np.int64)
    for root in roots:
        scaled = np.where(product > 0, exponential[logarithm[product] + root], 0)
        product = np.concatenate([scaled, [0]]) ^ np.concatenate([[0], product])
    if product.max() > 1:
        raise AssertionError("the roots are no union of cyclotomic cosets")
    return product.astype(np.uint8)


def bch_words(code: BchCode, most: int, random_state: np.random.RandomState) -> NDArray[np.uint8]:
    """Return all words of a code, or, of more than `most`, so many different ones drawn of them.

    Returns
    -------
    ndarray of uint8 of shape (n_words, length)
        Of 0 and 1.
    """
    if 2**code.dimension <= most:
        numbers = np.arange(2**code.dimension)
        messages = (numbers[:, None] >> np.arange(code.dimension)) & 1
    else:
        drawn = random_state.randint(0, 2, size=(most, code.dimension))
        messages = np.unique(drawn, axis=0)
    shifts = np.zeros((code.dimension, code.length), dtype=np.float32)
    for i in range(code.dimension):
        shifts[i, i : i + len(code.generator)] = code.generator
    return ((messages.astype(np.float32) @ shifts) % 2).astype(np.uint8)
