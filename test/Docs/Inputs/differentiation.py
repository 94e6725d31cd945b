"""Compares the function that docs/Differentiation.md derives by hand with the one that the pass writes:
`differentiation.py PAGE`."""

import re
import subprocess
import sys

import markdown


def function(text, name):
    """A function as atled-opt prints it."""
    return re.search(rf"^  func\.func private @{re.escape(name)}\(.*?^  }}\n", text, re.M | re.S)[0]


def optimize(program, *flags):
    return subprocess.run(["atled-opt", *flags], input=program, check=True, stdout=subprocess.PIPE, text=True).stdout


program, request, derived = [markdown.block(sys.argv[1], "mlir", number) for number in range(3)]
declaration, request = request.split("\n\n", 1)
ours = function(optimize(program + request, "--ad-differentiate"), "f.vjp.0_1")
by_hand = function(optimize(derived), "f.vjp.0_1")
print(ours)
print("as by hand" if ours == by_hand else f"but by hand:\n{by_hand}")
