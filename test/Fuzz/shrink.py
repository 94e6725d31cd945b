"""Makes a program that fails smaller, by one edit after the other, as long as it fails in the same way."""

import copy
import time

from programs import NUMBER, Block, Op, blocks_of, remove_unused, used_values, walk


def replace(program, old, new):
    for block in blocks_of(program):
        block.yields = [new if value is old else value for value in block.yields]
        for op in block.ops:
            op.operands = [new if value is old else value for value in op.operands]


def splice(program, op, block, inner, arguments):
    """Puts the operations of `inner` in place of `op`, and what it yields in place of the results."""
    inner = copy.deepcopy(inner, {id(value): value for value in outside_values(program, inner)})
    for argument, value in zip(inner.arguments, arguments):
        for nested in [inner, *(b for o, _ in walk(inner) for b in o.blocks)]:
            nested.yields = [value if v is argument else v for v in nested.yields]
            for o in nested.ops:
                o.operands = [value if v is argument else v for v in o.operands]
    where = block.ops.index(op)
    block.ops[where:where + 1] = inner.ops
    for result, value in zip(op.results, inner.yields):
        replace(program, result, value)


def outside_values(program, inner):
    mine = set(inner.arguments)
    for op, _ in walk(inner):
        mine.update(op.results)
        for block in op.blocks:
            mine.update(block.arguments)
    for block in blocks_of(program):
        yield from (value for value in block.arguments if value not in mine)
        for op in block.ops:
            yield from (value for value in op.results if value not in mine)
    yield from (function for function in program.functions)


def simplify(type):
    """A constant of this type."""
    size = 1
    for extent in type.shape:
        size *= extent
    return Op("constant", [], [type], value=[0.5] * size if type.kind == "f64" else 1)


def drop(op, number):
    """Removes what a loop carries, or a branch returns, at this position."""
    del op.results[number]
    if op.kind == "for":
        del op.operands[3 + number], op.blocks[0].arguments[1 + number]
    for block in op.blocks:
        del block.yields[number]


def edits(program):
    """Functions that change the program, the boldest first."""
    main = program.main.block
    if program.order > 1:
        yield lambda: setattr(program, "order", 1)
    if len(program.wrt) > 1:
        for k in program.wrt:
            yield lambda k=k: program.wrt.remove(k)
    smooth = [value for value in main.yields if value.type.kind == "f64"]
    for k, value in enumerate(main.yields):
        if value.type == NUMBER or len(smooth) > 1:
            yield lambda k=k: main.yields.pop(k)
    every = [(op, block) for function in reversed(program.functions) for op, block in walk(function.block)]
    for op, block in every:
        yield from edits_of(program, op, block)
    for op, block in every:
        for k, result in enumerate(op.results):
            for value in [*op.operands, *block.arguments]:
                if value.type == result.type and op.kind != "constant":
                    yield lambda result=result, value=value: replace(program, result, value)
                    break
            if op.kind != "constant":
                yield lambda op=op, block=block, result=result: constant_instead(program, op, block, result)
    for k, value in enumerate(main.arguments):
        if value not in used_values(program) and (program.wrt != [k]):
            yield lambda k=k: drop_argument(program, k)


def drop_argument(program, k):
    del program.main.block.arguments[k], program.point[k]
    program.wrt = [n - (n > k) for n in program.wrt if n != k]


def constant_instead(program, op, block, result):
    new = simplify(result.type)
    block.ops.insert(block.ops.index(op), new)
    replace(program, result, new.results[0])


def edits_of(program, op, block):
    if op.attributes.get("checkpoint"):
        yield lambda: op.attributes.pop("checkpoint")
    if op.kind in ("if", "switch"):
        for inner in op.blocks:
            yield lambda inner=inner: splice(program, op, block, inner, [])
    if op.kind == "switch" and len(op.blocks) > 2:
        for k in range(len(op.attributes["cases"])):
            yield lambda k=k: (op.blocks.pop(k), op.attributes["cases"].pop(k))
    if op.kind == "call":
        callee = op.attributes["callee"].block
        yield lambda: splice(program, op, block, callee, op.operands)
    if op.kind == "for":
        yield lambda: splice(program, op, block, op.blocks[0], [op.operands[0], *op.operands[3:]])
        yield lambda: splice(program, op, block, Block.of([], [], op.operands[3:]), [])
    if op.kind == "while":
        before = op.blocks[0]
        yield lambda: splice(program, op, block, Block.of(before.arguments, before.ops, before.yields[1:]),
                             op.operands)
    if op.kind in ("for", "if", "switch") and len(op.results) > 1:
        used = used_values(program)
        for k, result in enumerate(op.results):
            if result not in used:
                if op.kind == "for":
                    argument = op.blocks[0].arguments[1 + k]
                    yield lambda k=k, argument=argument: (
                        replace(program, argument, op.operands[3 + k]), drop(op, k))
                else:
                    yield lambda k=k: drop(op, k)
    if op.kind == "constant" and op.results[0].type.kind == "index" and op.attributes["value"] > 1:
        yield lambda: op.attributes.update(value=op.attributes["value"] - 1)


def shrink(program, fails, most=250, seconds=300):
    """The program after all edits after which it still `fails`, as far as one comes in that time: one that does not end
    takes long each time."""
    number, since_change, end = 0, 0, time.monotonic() + seconds
    for _ in range(most):
        candidate = copy.deepcopy(program)
        todo = list(edits(candidate))
        if since_change >= len(todo) or time.monotonic() > end:
            break
        todo[number % len(todo)]()
        remove_unused(candidate)
        if fails(candidate):
            program, since_change = candidate, 0
        else:
            number, since_change = number + 1, since_change + 1
    return program
