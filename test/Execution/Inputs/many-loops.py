"""A program of many loops, with the gradient that mathematics says.

many-loops.py STEPS          prints the program, with a test
many-loops.py --chain STEPS  prints a program of sines of few numbers, one after the other
many-loops.py --most         tells from MLIR in the LLVM dialect whether some function of it is too large for LLVM

Each step rotates the columns, by a matrix, and takes the sine of everything: what becomes of one number depends on no other.
"""

import math
import re
import sys

ROWS, COLUMNS = 3, 24
X, P = f"tensor<{ROWS}x{COLUMNS}xf64>", f"tensor<{COLUMNS}x{COLUMNS}xf64>"
# 256 loops of some four blocks each, and what is around them.
MOST_BLOCKS = 1500


def dense(rows):
    return "dense<[" + ", ".join("[" + ", ".join(repr(float(x)) for x in row) + "]" for row in rows) + "]>"


def make_program(steps):
    start = [[math.sin(1 + row * COLUMNS + column) for column in range(COLUMNS)] for row in range(ROWS)]
    rotation = [[to == (column + 1) % COLUMNS for to in range(COLUMNS)] for column in range(COLUMNS)]
    total, gradient = 0.0, []
    for row in start:
        gradient.append([])
        for x in row:
            slope = 1.0
            for _ in range(steps):
                slope *= math.cos(x)
                x = math.sin(x)
            total += x
            gradient[-1].append(slope)
    body, last = "", "%x"
    for step in range(steps):
        body += f"  %r{step} = atled.matmul {last}, %p : ({X}, {P}) -> {X}\n  %s{step} = atled.sin %r{step} : {X}\n"
        last = f"%s{step}"
    return f"""func.func private @loss(%x: {X}, %p: {P}) -> tensor<f64> {{
{body}  %sum = atled.reduce_sum {last} dimensions = [0, 1] : {X} -> tensor<f64>
  return %sum : tensor<f64>
}}
func.func @many_loops() {{
  %x = atled.constant {dense(start)} : {X}
  %p = atled.constant {dense(rotation)} : {P}
  %value, %gradient = ad.value_and_grad @loss(%x, %p) wrt = [0] : ({X}, {P}) -> (tensor<f64>, {X})
  %expected_value = atled.constant dense<{total!r}> : tensor<f64>
  %expected_gradient = atled.constant {dense(gradient)} : {X}
  check.expect_close %value, %expected_value within rtol = 1.0e-12 : tensor<f64>
  check.expect_close %gradient, %expected_gradient within rtol = 1.0e-12 : {X}
  return
}}
"""


def make_chain(steps):
    lines = [f"  %y{i + 1} = atled.sin %y{i} : tensor<4xf64>" for i in range(steps)]
    return "\n".join(["func.func @chain(%y0: tensor<4xf64>) -> tensor<4xf64> {", *lines,
                      f"  return %y{steps} : tensor<4xf64>", "}", ""])


def check_sizes(text):
    functions = re.split(r"^  llvm\.func ", text, flags=re.MULTILINE)[1:]
    blocks = {function.split("(")[0]: function.count("\n  ^bb") for function in functions}
    name, most = max(blocks.items(), key=lambda item: item[1])
    if most > MOST_BLOCKS:
        sys.exit(f"{name} has {most} blocks of {sum(blocks.values())}")
    print("all functions are small" if sum(blocks.values()) > MOST_BLOCKS else "this is no large program")


if sys.argv[1] == "--most":
    check_sizes(sys.stdin.read())
elif sys.argv[1] == "--chain":
    print(make_chain(int(sys.argv[2])), end="")
else:
    print(make_program(int(sys.argv[1])), end="")
