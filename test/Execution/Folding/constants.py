"""What folding makes of constants is, to the bit, what the compiled code makes of them.

Every operation that folds on constants is applied to every pair of edge cases: folded one by one, and
compiled for all of them at once. The latter have different elements, and are arguments, so that nothing
folds. Without optimisation, since LLVM folds constants, too.

RUN: rm -rf %t && mkdir %t
RUN: %python %s %t
RUN: for type in %t/*.mlir; do atled-run --check -O0 $type || exit 1; done
"""

import itertools
import pathlib
import re
import subprocess
import sys

# Zeros, ones, what is rounded or truncated, the least and greatest denormal and normal numbers (as
# bits), infinities, NaN; around the bounds of integers; between two floats of fewer digits.
COMMON = ["0.0", "-0.0", "1.0", "-1.0", "0.5", "-0.75", "3.0", "-2.75", "0.1", "127.5", "-128.5", "255.9", "2049.0"]
FLOATS = {
    "f16": COMMON + ["0x0001", "0x8001", "0x03FF", "0x0400", "0x7BFF", "0xFBFF", "0x7C00", "0xFC00", "0x7E00"],
    "f32": COMMON + ["32768.0", "65519.9", "-65520.0", "2147483648.0", "-2147483648.0", "9.3e18", "-1.9e19",
                     "0x00000001", "0x80000001", "0x007FFFFF", "0x00800000", "0x7F7FFFFF", "0xFF7FFFFF",
                     "0x7F800000", "0xFF800000", "0x7FC00000"],
    "f64": COMMON + ["2147483647.5", "-2147483648.9", "4294967295.5", "9223372036854775807.0", "-9.3e18", "1.9e19",
                     # Rounded to f16, but not by way of f32: 1 + 2^-11 and a little.
                     "0x3FF0020000000001", "0x3FF0000010000001", "3.5e38", "1.0e-46",
                     "0x0000000000000001", "0x8000000000000001", "0x000FFFFFFFFFFFFF", "0x0010000000000000",
                     "0x7FEFFFFFFFFFFFFF", "0xFFEFFFFFFFFFFFFF", "0x7FF0000000000000", "0xFFF0000000000000",
                     "0x7FF8000000000000"],
}


def width(type):
    return int(type.lstrip("uif"))


def integers(type):
    width = int(type.lstrip("ui"))
    if type.startswith("u"):
        numbers = [0, 1, 2, 3, 100, 2**(width - 1) - 1, 2**(width - 1), 2**width - 2, 2**width - 1]
    else:
        numbers = [0, 1, -1, 2, -2, 3, -7, 100, 2**(width - 1) - 1, 2 - 2**(width - 1), 1 - 2**(width - 1),
                   -2**(width - 1)]
    # Halfway between two floats of fewer digits, and beside it.
    halfway = [2049, 2051, 2**24 + 1, 2**24 + 3, 2**53 + 1, 2**53 + 3, 2**40 + 2**16 + 1]
    return [str(n) for n in numbers + [n for n in halfway if n < 2**(width - 1)]]


ELEMENTS = FLOATS | {type: integers(type) for bits in (8, 32, 64) for type in (f"i{bits}", f"ui{bits}")}
ELEMENTS["i1"] = ["false", "true"]

def operations(type):
    """The name of each operation on elements of the type, its text, the type of its result, and its arity."""
    for target in ELEMENTS:
        if target != type:
            yield f"convert_to_{target}", "atled.convert {x} : {T} to {R}", target, 1
    if type not in FLOATS:
        yield "not", "atled.not {x} : {T}", type, 1
        for name in ["and", "or", "xor"]:
            yield name, f"atled.{name} {{x}}, {{y}} : {{T}}", type, 2
    if type == "i1":
        return
    for target in ELEMENTS:
        if target != type and width(target) == width(type):
            yield f"bitcast_to_{target}", "atled.bitcast {x} : {T} to {R}", target, 1
    yield "rem", "atled.rem {x}, {y} : {T}", type, 2
    yield "clamp", "atled.clamp {x}, {y}, {x} : {T}", type, 2
    yield "clamp_between", "atled.clamp {x}, {x}, {y} : {T}", type, 2
    if type in FLOATS:
        for name in ["reciprocal", "ceil", "floor", "trunc", "round"]:
            yield f"{name}_of", f"atled.{name} {{x}} : {{T}}", type, 1
        yield "round_away", "atled.round {x} halfway = away : {T}", type, 1
        yield "with_sign", "atled.copysign {x}, {y} : {T}", type, 2
        yield "square_and_add", "atled.fma {x}, {x}, {y} : {T}", type, 2
        yield "multiply_and_add", "atled.fma {x}, {y}, {x} : {T}", type, 2
        yield "is_finite", "atled.is_finite {x} : {T}", "i1", 1
        yield "is_nan", "atled.is_nan {x} : {T}", "i1", 1
    else:
        yield "popcount", "atled.popcount {x} : {T}", type, 1
        for name in ["shift_left", "shift_right_arithmetic", "shift_right_logical"]:
            yield name, f"atled.{name} {{x}}, {{y}} : {{T}}", type, 2
    for name in ["abs", "neg", "sign", "relu"]:
        yield name, f"atled.{name} {{x}} : {{T}}", type, 1
    for name in ["add", "sub", "mul", "div", "maximum", "minimum"]:
        yield name, f"atled.{name} {{x}}, {{y}} : {{T}}", type, 2
    for predicate in ["eq", "ne", "lt", "le", "gt", "ge"]:
        yield f"compare_{predicate}", f"atled.compare {predicate}, {{x}}, {{y}} : {{T}}", "i1", 2


def tensor(type, count=None):
    return f"tensor<{type}>" if count is None else f"tensor<{count}x{type}>"


def cases(type, arity):
    return list(itertools.product(ELEMENTS[type], repeat=arity))


def fold(type):
    """The elements that each operation gives, by folding, in the order of the cases."""
    text = ""
    for name, op, result, arity in operations(type):
        body, values = "", []
        for i, operands in enumerate(cases(type, arity)):
            for operand, element in zip("xy", operands):
                body += f"  %{operand}{i} = atled.constant dense<{element}> : {tensor(type)}\n"
            line = op.format(x=f"%x{i}", y=f"%y{i}", T=tensor(type), R=tensor(result))
            body += f"  %r{i} = {line}\n"
            values.append(f"%r{i}")
        results = ", ".join([tensor(result)] * len(values))
        text += f"func.func @{name}() -> ({results}) {{\n{body}  return {', '.join(values)} : {results}\n}}\n"
    folded = subprocess.run(["atled-opt", "--canonicalize"], input=text, check=True, text=True,
                            stdout=subprocess.PIPE).stdout
    elements = {}
    for function in re.finditer(r"func\.func @(\w+)\(\).*?\n  }\n", folded, re.S):
        constants = dict(re.findall(r"(%\w+) = atled\.constant dense<(.*)> :", function[0]))
        returned = re.search(r"return (.*) :", function[0])[1]
        elements[function[1]] = [constants[value] for value in returned.split(", ")]
    return elements


def test(type, expected):
    """A test of each operation on all cases at once."""
    text = ""
    for name, op, result, arity in operations(type):
        all_cases = cases(type, arity)
        operand, outcome = tensor(type, len(all_cases)), tensor(result, len(all_cases))
        parameters = ", ".join(f"%{v}: {operand}" for v in "xy"[:arity])
        arguments = ", ".join(f"%{v}" for v in "xy"[:arity])
        constants = "".join(f"  %{v} = atled.constant dense<[{', '.join(column)}]> : {operand}\n"
                            for v, column in zip("xy", zip(*all_cases)))
        text += f"""
func.func private @{name}({parameters}) -> {outcome} {{
  %r = {op.format(x="%x", y="%y", T=operand, R=outcome)}
  return %r : {outcome}
}}

func.func @test_{name}() {{
{constants}  %r = call @{name}({arguments}) : ({", ".join([operand] * arity)}) -> {outcome}
  %expected = atled.constant dense<[{", ".join(expected[name])}]> : {outcome}
  check.expect_eq %r, %expected : {outcome}
  return
}}
"""
    return text


for element in ELEMENTS:
    pathlib.Path(sys.argv[1], f"{element}.mlir").write_text(test(element, fold(element)))
