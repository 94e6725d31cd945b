"""Compares lines `TYPE TYPE RESULT` with NumPy, in which a number of Python has a kind and no size."""

import sys

import numpy

NAMES = {"i1": "bool", "f16": "float16", "f32": "float32", "f64": "float64"}
NAMES.update({f"i{bits}": f"int{bits}" for bits in (8, 16, 32, 64)})
NAMES.update({f"ui{bits}": f"uint{bits}" for bits in (8, 16, 32, 64)})
# NumPy's default types, which a number has where the array beside it is of a lesser kind.
DEFAULT = {"integer": numpy.int64, "real": numpy.float64}
KINDS = {"b": 0, "i": 1, "u": 1, "f": 2}

count = 0
for line in sys.stdin:
    lhs, rhs, result = line.split()
    if "bf16" in (lhs, rhs):
        continue
    left = numpy.dtype(NAMES[lhs])
    if rhs in DEFAULT:
        number = numpy.dtype(DEFAULT[rhs])
        expected = left if KINDS[left.kind] >= KINDS[number.kind] else number
    else:
        expected = numpy.result_type(left, numpy.dtype(NAMES[rhs]))
    assert NAMES[result] == expected.name, (line, expected)
    count += 1
assert count == 12 * 14, count
