"""A program computes, to the bit, what its operations compute one by one.

In one function the operations of a random program stand together, and are simplified; in another one each
is the call of a function that holds it alone, where nothing but it is known.

RUN: rm -rf %t && mkdir %t
RUN: %python %s %t 10 60
RUN: for program in %t/*.mlir; do atled-run --check -O0 $program || exit 1; done

Simplification comes to an end, and soon, however large a program is.

RUN: mkdir %t/large && %python %s %t/large 1 4000
RUN: timeout 60 atled-opt --canonicalize=test-convergence %t/large/0.mlir > %t/large/simplified.mlir
"""

import pathlib
import re
import sys

from program import Program


def together(program):
    """The operations of the program, one after the other."""
    return [f"  %{op.result.name} = {op.spell([f'%{operand.name}' for operand in op.operands])}"
            for op in program.operations]


def apart(program):
    """The program as calls, and the functions of one operation each. No type leaves an extent open."""
    lines, functions = [], []
    for op in program.operations:
        name, type = op.result.name, op.result.closed_type
        types = [operand.closed_type for operand in op.operands]
        parameters = [f"%x{i}" for i in range(len(types))]
        functions.append(f"func.func private @{name}({', '.join(f'{x}: {t}' for x, t in zip(parameters, types))})"
                         f" -> {type} {{\n  %r = {op.spell(parameters, is_closed=True)}\n  return %r : {type}\n}}")
        arguments = ", ".join(f"%a.{operand.name}" for operand in op.operands)
        lines.append(f"  %a.{name} = call @{name}({arguments}) : ({', '.join(types)}) -> {type}")
    return lines, functions


def checks(program):
    """That all values agree."""
    lines = []
    for op in program.operations:
        name, value = f"%{op.result.name}", op.result
        if any(value.is_open):
            lines.append(f"  {name}.closed = atled.reshape {name} : {value.type} -> {value.closed_type}")
            name += ".closed"
        lines.append(f"  check.expect_eq {name}, %a.{value.name} : {value.closed_type}")
    return lines


def main():
    folder, count, size = sys.argv[1:]
    for seed in range(int(count)):
        program = Program(seed, int(size))
        calls, functions = apart(program)
        used = set(re.findall(r"%e\d+", "\n".join(op.text for op in program.operations)))
        extents = [f"  {name} = arith.constant {name[2:]} : index" for name in sorted(used)]
        test = ["func.func @program() {", *extents, *together(program), *calls, *checks(program), "  return", "}"]
        pathlib.Path(folder, f"{seed}.mlir").write_text("\n".join(functions + test) + "\n")


main()
