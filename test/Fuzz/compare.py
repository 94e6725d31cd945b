"""The test that compares a program with its run, as a module for `atled-run --check`."""

import random

from programs import Writer, blocks_of, constant, text

CLOSE = "within rtol = 1.0e-10 atol = 1.0e-11"


def smooth(values):
    """The numbers of the values that have a derivative."""
    return [k for k, value in enumerate(values) if value.type.kind == "f64"]


def detaches(program):
    return any(op.kind == "detach" for block in blocks_of(program) for op in block.ops)


def direction(type, value, rng):
    return constant(type, [round(rng.uniform(-1, 1), 3) for _ in value])


def write(program, run):
    """The program, its trace, and a test: values against the run's, derivatives against the trace's, and against
    differences, which know nothing of what is detached."""
    writer = Writer()
    for function in [*program.functions, run.trace]:
        writer.function(function)
    name, block, rng = program.main.name, program.main.block, random.Random(program.seed)
    lines = [f"func.func @{name}_test() {{"]

    for k, argument in enumerate(block.arguments):
        lines.append(f"%x{k} = {constant(argument.type, program.point[k])}")
    for k, result in enumerate(block.yields):
        lines.append(f"%r{k} = {constant(result.type, run.results[k])}")
    for k in program.wrt:
        lines.append(f"%dx{k} = {direction(block.arguments[k].type, program.point[k], rng)}")
    active = smooth(block.yields)
    for k in active:
        lines.append(f"%dr{k} = {direction(block.yields[k].type, run.results[k], rng)}")

    arguments = ", ".join(f"%x{k}" for k in range(len(block.arguments)))
    types = [text(argument.type) for argument in block.arguments]
    returned = [text(result.type) for result in block.yields]
    back, forth = [types[k] for k in program.wrt], [returned[k] for k in active]
    requests = {"vjp": ("seed", [f"%dr{k}" for k in active], forth, back),
                "jvp": ("tangent", [f"%dx{k}" for k in program.wrt], back, forth)}
    for request, (given, directions, taken, gives) in requests.items():
        for result, function in ((request, name), (f"{request}t", run.trace.name)):
            lines.append(f"%{result}:{len(returned + gives)} = ad.{request} @{function}({arguments}) "
                         f"{given}({', '.join(directions)}) wrt = {program.wrt} : "
                         f"({', '.join(types + taken)}) -> ({', '.join(returned + gives)})")
        for k, type in enumerate(returned):
            check = f"expect_close %{request}#{k}, %r{k} {CLOSE}" if k in active else \
                f"expect_eq %{request}#{k}, %r{k}"
            lines.append(f"check.{check} : {type}")
        for k, type in enumerate(gives, len(returned)):
            lines.append(f"check.expect_close %{request}#{k}, %{request}t#{k} {CLOSE} : {type}")
    if not detaches(program):
        lines.append(f"check.gradients @{name} at ({arguments}) wrt = {program.wrt} rtol = 1.0e-6 step = 1.0e-3 "
                     f"order = {program.order} : {', '.join(types)}")
    return "\n".join(writer.lines + lines[:1] + [f"  {line}" for line in lines[1:]] + ["  return", "}", ""])
