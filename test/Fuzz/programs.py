"""Programs with control flow as data: how they are written in MLIR, and what they compute.

Running a program gives its results and its trace: the operations in the order in which they ran, without
branches and loops. At this point the trace has the same value and the same derivatives as the program.
"""

import itertools
import math
from collections import namedtuple

Type = namedtuple("Type", "kind shape", defaults=[()])
INDEX, BOOL, NUMBER = Type("index"), Type("i1"), Type("tensor<i64>")
# How far data is from where a decision would change, at least: differences take steps of 1e-3.
MARGIN = 0.02
# How much is left of the terms of a sum, at least, unless it is nothing: the digits of less are those of rounding, in
# derivatives as well, and two ways to compute them do not agree.
CANCELLED = 2 ** -8


class Unsuitable(Exception):
    """The program runs out of bounds, for too long, or too close to where a decision changes."""


def tensor(*shape):
    return Type("f64", shape)


def text(type):
    if type.kind != "f64":
        return type.kind
    return f"tensor<{''.join(f'{extent}x' for extent in type.shape)}f64>"


class Value:
    def __init__(self, type):
        self.type = type


class Op:
    """`attributes` are what the kind of operation asks for, see `write_simple` and `compute`."""

    def __init__(self, kind, operands, types, blocks=(), **attributes):
        self.kind, self.operands, self.blocks, self.attributes = kind, list(operands), list(blocks), attributes
        self.results = [Value(type) for type in types]


class Block:
    """Ends with `yields`; in front of a while loop's body, the first of them is the condition."""

    def __init__(self, types=()):
        self.arguments, self.ops, self.yields = [Value(type) for type in types], [], []

    @staticmethod
    def of(arguments, ops, yields):
        block = Block()
        block.arguments, block.ops, block.yields = arguments, ops, yields
        return block


class Function:
    """`types` are those of its results; `attributes` are as MLIR writes them."""

    def __init__(self, name, block, types=(), attributes=""):
        self.name, self.block, self.types, self.attributes = name, block, types, attributes


class Program:
    """The last of `functions` is the one in question; it is called with `point`."""

    def __init__(self, seed, functions, point, wrt, order):
        self.seed, self.functions, self.point, self.wrt, self.order = seed, functions, point, wrt, order

    @property
    def main(self):
        return self.functions[-1]


def walk(block):
    """Every operation with its block, from the outside in."""
    for op in list(block.ops):
        yield op, block
        for inner in op.blocks:
            yield from walk(inner)


def blocks_of(program):
    for function in program.functions:
        yield function.block
        for op, _ in walk(function.block):
            yield from op.blocks


def used_values(program):
    used = {value for block in blocks_of(program) for value in block.yields}
    return used | {value for block in blocks_of(program) for op in block.ops for value in op.operands}


def remove_unused(program):
    """Removes functions that are not called, and operations whose results are not used."""
    changed = True
    while changed:
        called = {op.attributes["callee"] for block in blocks_of(program) for op in block.ops if op.kind == "call"}
        program.functions = [function for function in program.functions
                             if function is program.main or function in called]
        changed = False
        used = used_values(program)
        for block in blocks_of(program):
            kept = [op for op in block.ops if any(result in used for result in op.results)]
            changed |= len(kept) != len(block.ops)
            block.ops = kept
    for function in program.functions:
        # What is said of a recursion is for one.
        if all(op.attributes.get("callee") is not function for op, _ in walk(function.block)):
            function.attributes = ""


# ---- In MLIR --------------------------------------------------------------------------------------------------

def literal(type, elements):
    """`elements` in row-major order, as what stands in dense<...>."""
    if not type.shape:
        # 1e-06 is no number of MLIR's.
        number = repr(elements[0])
        return number if "." in number else number.replace("e", ".0e")
    size = len(elements) // type.shape[0]
    rows = (elements[k * size:(k + 1) * size] for k in range(type.shape[0]))
    return "[" + ", ".join(literal(tensor(*type.shape[1:]), row) for row in rows) + "]"


def constant(type, value):
    if type.kind == "f64":
        return f"atled.constant dense<{literal(type, value)}> : {text(type)}"
    if type == NUMBER:
        return f"atled.constant dense<{value}> : {text(type)}"
    if type == BOOL:
        return f"arith.constant {str(bool(value)).lower()}"
    return f"arith.constant {value} : {text(type)}"


def write_simple(op, names, result):
    """The lines of an operation without regions, on operands with these names."""
    a = op.attributes
    types = [text(operand.type) for operand in op.operands]
    of = text(op.results[0].type)
    x = names[0] if names else None

    def starts(first):
        for k, name in enumerate(names[first:]):
            yield f"{result}i{k} = arith.index_cast {name} : index to i64"
            yield f"{result}s{k} = tensor.from_elements {result}i{k} : tensor<i64>"

    def place(first):
        return "[" + ", ".join(f"{result}s{k}" for k in range(len(names) - first)) + "]"

    def row(type):
        rest = type.shape[1:]
        return (f"[{names[-1]}{', 0' * len(rest)}] [1{''.join(f', {n}' for n in rest)}] "
                f"[1{', 1' * len(rest)}]")

    def signature(first):
        return f"({', '.join(types[:first] + ['tensor<i64>'] * (len(names) - first))}) -> {of}"

    match op.kind:
        case "constant":
            yield f"{result} = {constant(op.results[0].type, a['value'])}"
        case "add" | "sub" | "mul":
            yield f"{result} = atled.{op.kind} {x}, {names[1]} : {of}"
        case "matmul" | "dot":
            yield f"{result} = atled.{op.kind} {x}, {names[1]} : {signature(2)}"
        case "select":
            mask = of.replace("f64", "i1")
            yield f"{result}p = atled.compare gt, {x}, {names[1]} : {of}"
            yield f"{result} = atled.select {result}p, {names[2]}, {names[3]} : {mask}, {of}"
        case "reduce_sum" | "broadcast":
            yield f"{result} = atled.{op.kind} {x} dimensions = {a['dimensions']} : {types[0]} -> {of}"
        case "transpose":
            yield f"{result} = atled.transpose {x} permutation = [1, 0] : {types[0]} -> {of}"
        case "reshape":
            yield f"{result} = atled.reshape {x} : {types[0]} -> {of}"
        case "slice":
            ranges = ", ".join(f"{start}:{start + n}" for start, n in zip(a["starts"], op.results[0].type.shape))
            yield f"{result} = atled.slice {x}[{ranges}] : {types[0]} -> {of}"
        case "concatenate":
            yield f"{result} = atled.concatenate {x}, {names[1]} dimension = 0 : {signature(2)}"
        case "dynamic_slice":
            yield from starts(1)
            yield (f"{result} = atled.dynamic_slice {x}{place(1)} sizes = {list(op.results[0].type.shape)} "
                   f"out_of_range = clamp : {signature(1)}")
        case "dynamic_update_slice":
            yield from starts(2)
            yield (f"{result} = atled.dynamic_update_slice {names[1]} into {x}{place(2)} "
                   f"out_of_range = clamp : {signature(2)}")
        case "row":
            yield f"{result} = tensor.extract_slice {x}{row(op.operands[0].type)} : {types[0]} to {of}"
        case "set_row":
            yield f"{result} = tensor.insert_slice {names[1]} into {x}{row(op.results[0].type)} : {types[1]} into {of}"
        case "detach":
            yield f"{result} = ad.detach {x} : {of}"
        case "to_float":
            yield f"{result}i = arith.index_cast {x} : index to i64"
            yield f"{result}t = tensor.from_elements {result}i : tensor<i64>"
            yield f"{result} = atled.convert {result}t : tensor<i64> to tensor<f64>"
        case "from_number":
            yield f"{result}i = tensor.extract {x}[] : tensor<i64>"
            yield f"{result} = arith.index_cast {result}i : i64 to index"
        case "to_number":
            yield f"{result}i = arith.index_cast {x} : index to i64"
            yield f"{result} = tensor.from_elements {result}i : tensor<i64>"
        case "to_index":
            yield f"{result}e = tensor.extract {x}[] : tensor<f64>"
            yield f"{result}k = arith.constant {a['scale']!r} : f64"
            yield f"{result}m = arith.mulf {result}e, {result}k : f64"
            yield f"{result}a = math.absf {result}m : f64"
            yield f"{result}i = arith.fptosi {result}a : f64 to i64"
            yield f"{result} = arith.index_cast {result}i : i64 to index"
        case "addi" | "subi" | "muli" | "remui" | "andi" | "xori":
            yield f"{result} = arith.{op.kind} {x}, {names[1]} : {of}"
        case "select_index":
            yield f"{result} = arith.select {x}, {names[1]}, {names[2]} : index"
        case "cmpi":
            yield f"{result} = arith.cmpi {a['predicate']}, {x}, {names[1]} : index"
        case "cmpf":
            yield f"{result}e = tensor.extract {x}[] : tensor<f64>"
            yield f"{result}k = arith.constant {a['limit']!r} : f64"
            yield f"{result} = arith.cmpf ogt, {result}e, {result}k : f64"
        case _:
            yield f"{result} = atled.{op.kind} {x} : {of}"


class Writer:
    """Writes functions; every value gets a name of its own."""

    def __init__(self):
        self.lines, self.names, self.count = [], {}, itertools.count()

    def name(self, value):
        if value not in self.names:
            self.names[value] = f"%v{next(self.count)}"
        return self.names[value]

    def list(self, values):
        return ", ".join(map(self.name, values))

    def types(self, values):
        return ", ".join(text(value.type) for value in values)

    def function(self, function, rename=lambda name: name):
        block = function.block
        arguments = ", ".join(f"{self.name(v)}: {text(v.type)}" for v in block.arguments)
        self.lines.append(f"func.func private @{rename(function.name)}({arguments}) -> ({self.types(block.yields)})"
                          f"{function.attributes} {{")
        self.block(block, "  ", rename)
        self.lines += [f"  return {self.list(block.yields)} : {self.types(block.yields)}", "}"]

    def block(self, block, indent, rename):
        for op in block.ops:
            start = len(self.lines)
            self.op(op, rename)
            self.lines[start:] = [indent + line for line in self.lines[start:]]

    def region(self, block, rename, end="scf.yield"):
        self.block(block, "  ", rename)
        if block.yields or end != "scf.yield":
            self.lines.append(f"  {end} {self.list(block.yields)} : {self.types(block.yields)}")

    def op(self, op, rename):
        results = f"{self.list(op.results)} = " if op.results else ""
        types = self.types(op.results)
        checkpoint = f" {{ad.checkpoint{op.attributes['checkpoint']}}}" if op.attributes.get("checkpoint") else ""
        if op.kind == "call":
            self.lines.append(f"{results}func.call @{rename(op.attributes['callee'].name)}({self.list(op.operands)})"
                              f"{checkpoint} : ({self.types(op.operands)}) -> ({types})")
        elif op.kind == "if":
            self.lines.append(f"{results}scf.if {self.list(op.operands)} -> ({types}) {{")
            self.region(op.blocks[0], rename)
            self.lines.append("} else {")
            self.region(op.blocks[1], rename)
            self.lines.append("}")
        elif op.kind == "switch":
            self.lines.append(f"{results}scf.index_switch {self.list(op.operands)} -> {types}")
            for case, block in zip([*op.attributes["cases"], None], op.blocks):
                self.lines.append("default {" if case is None else f"case {case} {{")
                self.region(block, rename)
                self.lines.append("}")
        elif op.kind == "for":
            lower, upper, step, *inits = op.operands
            iv, *carried = op.blocks[0].arguments
            pairs = ", ".join(f"{self.name(a)} = {self.name(b)}" for a, b in zip(carried, inits))
            self.lines.append(f"{results}scf.for {self.name(iv)} = {self.name(lower)} to {self.name(upper)} step "
                              f"{self.name(step)} iter_args({pairs}) -> ({types}) {{")
            self.region(op.blocks[0], rename)
            self.lines.append("}" + checkpoint)
        elif op.kind == "while":
            before, after = op.blocks
            pairs = ", ".join(f"{self.name(a)} = {self.name(b)}" for a, b in zip(before.arguments, op.operands))
            self.lines.append(f"{results}scf.while ({pairs}) : ({self.types(op.operands)}) -> ({types}) {{")
            self.block(before, "  ", rename)
            condition, *forwarded = before.yields
            self.lines.append(f"  scf.condition({self.name(condition)}) {self.list(forwarded)} : {types}")
            arguments = ", ".join(f"{self.name(v)}: {text(v.type)}" for v in after.arguments)
            self.lines += ["} do {", f"^bb0({arguments}):"]
            self.region(after, rename)
            self.lines.append(f"}} attributes{checkpoint}" if checkpoint else "}")
        else:
            self.lines += write_simple(op, [self.name(v) for v in op.operands], self.name(op.results[0]))


# ---- Their values ---------------------------------------------------------------------------------------------

def positions(shape):
    return list(itertools.product(*map(range, shape)))


def compute(op, values):
    """What an operation without regions computes of `values`: an integer, or the elements of a tensor."""
    a, type = op.attributes, op.results[0].type
    x = values[0] if values else None
    shapes = [operand.type.shape for operand in op.operands]

    def at(number):
        return dict(zip(positions(shapes[number]), values[number]))

    def clamped(first, size):
        return [max(0, min(s, n - m)) for s, n, m in zip(values[first:], shapes[0], size)]

    def moved(position, by):
        return tuple(p + b for p, b in zip(position, by))

    def away(numbers):
        if any(abs(number) < MARGIN for number in numbers):
            raise Unsuitable("close to a decision")

    def whole(sums, terms):
        if any(0 < abs(number) < CANCELLED * sum(map(abs, parts)) for number, parts in zip(sums, terms)):
            raise Unsuitable("what is left of a difference is rounding")
        return sums

    match op.kind:
        case "constant":
            return a["value"]
        case "sin" | "cos" | "tanh" | "exp":
            return [getattr(math, op.kind)(v) for v in x]
        case "logistic":
            return [1 / (1 + math.exp(-v)) for v in x]
        case "neg":
            return [-v for v in x]
        case "add" | "sub" | "mul":
            function = {"add": lambda u, v: u + v, "sub": lambda u, v: u - v, "mul": lambda u, v: u * v}[op.kind]
            results = [function(u, v) for u, v in zip(*values)]
            return results if op.kind == "mul" else whole(results, zip(*values))
        case "matmul":
            return [math.fsum(at(0)[i, k] * at(1)[k, j] for k in range(shapes[0][1])) for i, j in positions(type.shape)]
        case "dot":
            return [math.fsum(u * v for u, v in zip(*values))]
        case "select":
            away(u - v for u, v in zip(*values[:2]))
            return [c if u > v else d for u, v, c, d in zip(*values)]
        case "reduce_sum":
            sums = dict.fromkeys(positions(type.shape), 0.0)
            for position, v in at(0).items():
                sums[tuple(p for k, p in enumerate(position) if k not in a["dimensions"])] += v
            return list(sums.values())
        case "broadcast":
            return [at(0)[tuple(p[k] for k in a["dimensions"])] for p in positions(type.shape)]
        case "transpose":
            return [at(0)[j, i] for i, j in positions(type.shape)]
        case "reshape" | "detach":
            return x
        case "slice":
            return [at(0)[moved(p, a["starts"])] for p in positions(type.shape)]
        case "concatenate":
            return x + values[1]
        case "dynamic_slice":
            start = clamped(1, type.shape)
            return [at(0)[moved(p, start)] for p in positions(type.shape)]
        case "dynamic_update_slice":
            updated, start = at(0), clamped(2, shapes[1])
            updated.update((moved(p, start), v) for p, v in at(1).items())
            return list(updated.values())
        case "row" | "set_row":
            if not 0 <= values[-1] < shapes[0][0]:
                raise Unsuitable("out of bounds")
            size = len(x) // shapes[0][0]
            first = values[-1] * size
            return x[first:first + size] if op.kind == "row" else x[:first] + values[1] + x[first + size:]
        case "from_number" | "to_number":
            return x
        case "to_float":
            return [float(x)]
        case "to_index":
            scaled = abs(x[0] * a["scale"])
            away([scaled - round(scaled)])
            return int(scaled)
        case "addi":
            return x + values[1]
        case "subi":
            return x - values[1]
        case "muli":
            return x * values[1]
        case "remui":
            return x % values[1]
        case "andi":
            return x & values[1]
        case "xori":
            return x ^ values[1]
        case "select_index":
            return values[1] if x else values[2]
        case "cmpi":
            return int({"slt": x < values[1], "eq": x == values[1], "ne": x != values[1]}[a["predicate"]])
        case "cmpf":
            away([x[0] - a["limit"]])
            return int(x[0] > a["limit"])


class Run:
    """Runs a program; `trace` becomes the function that has no control flow."""

    MOST_STEPS = 400

    def __init__(self, program):
        main = program.main
        self.block = Block([value.type for value in main.block.arguments])
        self.steps = 0
        # What a value is, and the value of the trace that is the same: for integers it is made where it is used.
        arguments = list(zip(program.point, self.block.arguments))
        results = self.run(main.block, arguments)
        self.results = [value for value, _ in results]
        self.block.yields = [self.traced(value, traced, result.type)
                             for (value, traced), result in zip(results, main.block.yields)]
        self.trace = Function(main.name + "_trace", self.block)

    def traced(self, value, traced, type):
        if traced:
            return traced
        op = Op("constant", [], [type], value=value)
        self.block.ops.append(op)
        return op.results[0]

    def run(self, block, arguments, known=()):
        values = dict(known)
        values.update(zip(block.arguments, arguments))
        for op in block.ops:
            self.steps += 1
            if self.steps > self.MOST_STEPS:
                raise Unsuitable("too long")
            operands = [values[operand] for operand in op.operands]
            values.update(zip(op.results, self.step(op, operands, values)))
        return [values[value] for value in block.yields]

    def step(self, op, operands, values):
        first = operands[0][0] if operands else None
        match op.kind:
            case "call":
                return self.run(op.attributes["callee"].block, operands)
            case "if":
                return self.run(op.blocks[0 if first else 1], [], values)
            case "switch":
                cases = op.attributes["cases"]
                return self.run(op.blocks[cases.index(first) if first in cases else -1], [], values)
            case "for":
                (lower, _), (upper, _), (step, _), *carried = operands
                if step < 1:
                    raise Unsuitable("no step")
                for iv in range(lower, upper, step):
                    carried = self.run(op.blocks[0], [(iv, None), *carried], values)
                return carried
            case "while":
                while True:
                    (condition, _), *forwarded = self.run(op.blocks[0], operands, values)
                    if not condition:
                        return forwarded
                    operands = self.run(op.blocks[1], forwarded, values)
        if op.kind == "remui" and operands[1][0] == 0:
            raise Unsuitable("division by zero")
        value = compute(op, [value for value, _ in operands])
        type = op.results[0].type
        if type.kind != "f64":
            if not 0 <= value < 1000:
                raise Unsuitable("large integer")
            return [(value, None)]
        if max(map(abs, value)) > 50:
            raise Unsuitable("large number")
        if op.kind == "constant":
            return [(value, None)]
        again = Op(op.kind, [self.traced(*operand, was.type) for operand, was in zip(operands, op.operands)],
                   [type], **op.attributes)
        self.block.ops.append(again)
        return [(value, again.results[0])]
