"""Compares the constants that functions return with the mathematics written beside them.

Usage: plane-opt tests.mlir ... | expect.py tests.mlir

The line `// EXPECT @f: [exp(1)], [0, cos(2)]` says what the function @f returns: a list of coordinates
for each result. Every public function without arguments has such a line.
"""

import math
import re
import sys

EXPECT = re.compile(r"// EXPECT @(\w+): (.*)")
FUNCTION = re.compile(r"func\.func @(\w+)\(\).*?\{(.*?)\n  \}", re.S)
CONSTANT = re.compile(r"(%\w+) = plane\.constant \[(.*?)\]")


def returned(body):
    """The coordinates of each returned value, or its name where it is not a constant."""
    constants = {name: [float(x) for x in text.split(",")] for name, text in CONSTANT.findall(body)}
    names = re.search(r"return (.*) :", body)[1].split(", ")
    return [constants.get(name, name) for name in names]


def agree(actual, expected):
    return (isinstance(actual, list) and len(actual) == len(expected) and
            all(math.isclose(a, e, rel_tol=1e-12, abs_tol=1e-15) for a, e in zip(actual, expected)))


tests = {name: eval(f"[{text}]", vars(math)) for name, text in EXPECT.findall(open(sys.argv[1]).read())}
results = {name: returned(body) for name, body in FUNCTION.findall(sys.stdin.read())}
failed = set(tests) ^ set(results)
for name in sorted(failed):
    print(f"@{name}: either no line EXPECT, or no such function")
for name in sorted(set(tests) & set(results)):
    actual, expected = results[name], tests[name]
    if len(actual) != len(expected) or not all(map(agree, actual, expected)):
        print(f"@{name}: expected {expected}, got {actual}")
        failed.add(name)
print(f"{len(tests) - len(failed)} of {len(tests)} agree")
sys.exit(1 if failed or not tests else 0)
