"""PyTorch's functions as graphs of its primitive operations, and these graphs as programs of Atled.

PyTorch runs a function on a sample and writes down what it computes: its own operations (aten), those that the table in
counterparts/ does not know taken apart into simpler ones (prims), as far as PyTorch can. Shapes, formats and numbers
are those of the sample.
"""

import dataclasses
import re

import torch
from torch._decomp import decomposition_table
from torch._ops import OpOverload
from torch.fx.experimental.proxy_tensor import make_fx
from torch.utils._pytree import tree_flatten, tree_unflatten

import tensors
from graphs import literal


class Unmapped(Exception):
    """Why something has no counterpart."""


@dataclasses.dataclass(frozen=True)
class Missing:
    """Stands for a value that there is not, as long as nothing needs it."""

    why: str


UNWRITTEN = Missing("memory that nobody wrote")


@dataclasses.dataclass(frozen=True)
class Value:
    """A tensor of the program that is written."""

    name: str
    format: str
    shape: tuple

    @property
    def type(self):
        return tensors.type_of(self.format, tensors.spell(self.shape))

    @property
    def rank(self):
        return len(self.shape)

    @property
    def size(self):
        return torch.Size(self.shape).numel()


class Program:
    """Lines of a function's body."""

    def __init__(self):
        self.lines, self.operations, self.count = [], set(), 0

    def emit(self, text, operands, shape, format):
        """An operation: in the text the operands are %0, %1, and {0}, {1}, {result} the types."""
        result = Value(f"%v{self.count}", format, tuple(shape))
        self.count += 1
        self.operations.add(text.split()[0])
        text = text.format(*(x.type for x in operands), result=result.type)
        for i, x in reversed(list(enumerate(operands))):
            text = text.replace(f"%{i}", x.name)
        self.lines.append(f"  {result.name} = {text}\n")
        return result

    def emit_pair(self, text, operands, shape, formats):
        """An operation with two results."""
        pair = [Value(f"%v{self.count}#{i}", format, tuple(shape)) for i, format in enumerate(formats)]
        self.operations.add(text.split()[0])
        text = text.format(*(x.type for x in operands), result=", ".join(part.type for part in pair))
        for i, x in reversed(list(enumerate(operands))):
            text = text.replace(f"%{i}", x.name)
        self.lines.append(f"  %v{self.count}:2 = {text}\n")
        self.count += 1
        return pair

    def constant(self, value):
        """A tensor that is known."""
        if value.dtype not in tensors.NAMES:
            raise Unmapped(f"no tensors of {value.dtype}")
        return self.emit(f"atled.constant {literal(value.detach().contiguous())} : {{result}}", [], value.shape,
                         tensors.format_of(value))

    def splat(self, number, shape, format):
        """A tensor that holds one number."""
        if isinstance(number, complex):
            raise Unmapped("complex numbers")
        if not torch.Size(shape).numel():
            return self.constant(torch.zeros(tuple(shape), dtype=tensors.FORMATS[format]))
        scalar = tensors.rounded(torch.tensor(number, dtype=torch.float64), format) if format in tensors.FLOATS else \
            torch.tensor(number).to(tensors.FORMATS[format])
        return self.broadcast(self.constant(scalar), shape, [])

    def unary(self, name, x):
        return self.emit(f"atled.{name} %0 : {{0}}", [x], x.shape, x.format)

    def binary(self, name, x, y):
        return self.emit(f"atled.{name} %0, %1 : {{0}}", [x, y], x.shape, x.format)

    def compare(self, predicate, x, y):
        return self.emit(f"atled.compare {predicate}, %0, %1 : {{0}}", [x, y], x.shape, "i1")

    def select(self, mask, x, y):
        return self.emit("atled.select %0, %1, %2 : {0}, {1}", [mask, x, y], x.shape, x.format)

    def convert(self, x, format):
        if x.format == format:
            return x
        return self.emit("atled.convert %0 : {0} to {result}", [x], x.shape, format)

    def reshape(self, x, shape):
        if x.shape == tuple(shape):
            return x
        return self.emit("atled.reshape %0 : {0} -> {result}", [x], shape, x.format)

    def broadcast(self, x, shape, dimensions):
        if x.shape == tuple(shape):
            return x
        return self.emit(f"atled.broadcast %0 dimensions = {list(dimensions)} : {{0}} -> {{result}}", [x], shape,
                         x.format)

    def expand(self, x, shape):
        """By NumPy's rule: dimensions are added in front."""
        return self.broadcast(x, shape, range(len(shape) - x.rank, len(shape)))

    def transpose(self, x, permutation):
        if list(permutation) == list(range(x.rank)):
            return x
        return self.emit(f"atled.transpose %0 permutation = {list(permutation)} : {{0}} -> {{result}}", [x],
                         [x.shape[i] for i in permutation], x.format)

    def iota(self, shape, dimension, format):
        return self.emit(f"atled.iota dimension = {dimension} : {{result}}", [], shape, format)

    def slice(self, x, ranges):
        if all(part == (0, extent, 1) for part, extent in zip(ranges, x.shape)):
            return x
        text = ", ".join(f"{start}:{limit}:{stride}" for start, limit, stride in ranges)
        shape = [len(range(*part)) for part in ranges]
        return self.emit(f"atled.slice %0[{text}] : {{0}} -> {{result}}", [x], shape, x.format)

    def concatenate(self, parts, dimension):
        shape = list(parts[0].shape)
        shape[dimension] = sum(part.shape[dimension] for part in parts)
        names, types = (", ".join(f.format(i) for i in range(len(parts))) for f in ("%{}", "{{{}}}"))
        return self.emit(f"atled.concatenate {names} dimension = {dimension} : ({types}) -> {{result}}", parts, shape,
                         parts[0].format)

    def pad(self, x, value, low, high, interior):
        shape = [extent + max(extent - 1, 0) * gap + before + after
                 for extent, before, after, gap in zip(x.shape, low, high, interior)]
        return self.emit(f"atled.pad %0, %1 low = {low} high = {high} interior = {interior} : ({{0}}, {{1}}) -> "
                         "{result}", [x, value], shape, x.format)

    def reduce(self, name, x, dimensions, clause="", format=None):
        """A reduction, or a statistic; `dimensions` as PyTorch counts them, None or [] for all."""
        dimensions = self.dimensions(x, dimensions)
        shape = [extent for i, extent in enumerate(x.shape) if i not in dimensions]
        return self.emit(f"atled.{name} %0 dimensions = {dimensions}{clause} : {{0}} -> {{result}}", [x], shape,
                         format or x.format)

    @staticmethod
    def dimensions(x, dimensions):
        if isinstance(dimensions, int):
            dimensions = [dimensions]
        return sorted(i % x.rank for i in dimensions) if dimensions and x.rank else list(range(x.rank))

    def along(self, name, x, dimension):
        """What is computed along one dimension, of the same shape."""
        if not x.rank:
            x = self.along(name, self.reshape(x, [1]), 0)
            return self.reshape(x, [])
        return self.emit(f"atled.{name} %0 dimension = {dimension % x.rank} : {{0}}", [x], x.shape, x.format)

    def take(self, x, places):
        """The elements whose numbers, counted through the tensor, are `places`, a tensor of i64."""
        return self.emit(f"atled.gather %0[%1] sizes = [1] offset = [] collapsed = [0] indexed = [0] "
                         f"vector = {places.rank} : ({{0}}, {{1}}) -> {{result}}",
                         [self.reshape(x, [x.size]), places], places.shape, x.format)

    def put(self, mode, x, places, updates):
        """The tensor with updates at the places so numbered."""
        if x.format == "i1" and mode != "set":
            raise Unmapped(f"atled.scatter {mode} is not for i1")
        flat = self.emit(f"atled.scatter {mode}, %2 into %0[%1] offset = [] collapsed = [0] indexed = [0] "
                         f"vector = {places.rank} : ({{0}}, {{1}}, {{2}}) -> {{result}}",
                         [self.reshape(x, [x.size]), places, updates], [x.size], x.format)
        return self.reshape(flat, x.shape)


# Parts of what PyTorch says when it cannot write down what it computes.
TRACING_ERRORS = {
    "tracing": "the shape or the way depends on the data",
    "Jiterator": "compiled for a GPU",
    "pin_memory": "random numbers of PyTorch's own generator",
    "sparse": "sparse tensors",
    "index_put_": "PyTorch's tracing fails",
    "too many indices": "PyTorch's tracing fails",
    "self.stride": "PyTorch's tracing fails",
}


# What PyTorch's operations on views of a tensor are called.
VIEWS = re.compile("view|reshape|squeeze|split_dim|collapse|slice|select|transpose|permute|expand|strided|broadcast|"
                   "diagonal|alias")


def is_needed_whole(part, node):
    """Whether the tensor that `part` may be a view of has a use behind `node`."""
    order = list(node.graph.nodes)
    while part.op == "call_function" and VIEWS.search(str(part.target)):
        part = part.args[0]
        if any(order.index(user) > order.index(node) for user in part.users):
            return True
    return False


class Traced:
    """What PyTorch computes on a sample, as the body of a function of Atled."""

    def __init__(self, function, sample, table):
        leaves, self.spec = tree_flatten((sample.input, sample.args, sample.kwargs))
        if any(isinstance(leaf, torch.Tensor) and leaf.layout != torch.strided for leaf in leaves):
            raise Unmapped("sparse tensors")
        self.leaves = [leaf.detach().clone(memory_format=torch.contiguous_format)
                       if isinstance(leaf, torch.Tensor) else leaf for leaf in leaves]
        self.places = [i for i, leaf in enumerate(self.leaves) if isinstance(leaf, torch.Tensor)]
        self.function = function
        self.inputs = [self.leaves[i] for i in self.places]
        if any(x.dtype not in tensors.NAMES for x in self.inputs):
            raise Unmapped("complex numbers")
        self.program = Program()
        self.arguments = [Value(f"%x{i}", tensors.format_of(x), tuple(x.shape)) for i, x in enumerate(self.inputs)]
        self.results = self.translate(table)

    def call(self, *inputs):
        """The function's tensors on other tensors."""
        leaves = list(self.leaves)
        for i, x in zip(self.places, inputs):
            leaves[i] = x
        first, others, named = tree_unflatten(leaves, self.spec)
        results, _ = tree_flatten(self.function(first, *others, **named))
        return [x for x in results if isinstance(x, torch.Tensor)]

    def translate(self, table):
        decompositions = {op: how for op, how in decomposition_table.items() if str(op) not in table}
        try:
            with torch.no_grad():
                module = make_fx(lambda *xs: self.call(*xs), decomposition_table=decompositions)(*self.inputs)
        except Exception as error:
            reason = next((why for words, why in TRACING_ERRORS.items() if words in str(error)), None)
            if reason is None:
                raise
            raise Unmapped(reason) from None
        values, arguments = {}, iter(self.arguments)
        for node in module.graph.nodes:
            if node.op == "placeholder":
                values[node] = next(arguments)
            elif node.op == "get_attr":
                values[node] = self.program.constant(getattr(module, node.target))
            elif node.op == "output":
                return [self.result(values[x]) for x in tree_flatten(node.args[0])[0] if isinstance(x, torch.fx.Node)]
            else:
                values[node] = self.step(node, values, table)
        raise AssertionError("a graph without an end")

    @staticmethod
    def result(value):
        if isinstance(value, Missing):
            raise Unmapped(value.why)
        return value

    def step(self, node, values, table):
        def known(x):
            return values[x] if isinstance(x, torch.fx.Node) else x
        name = str(node.target) if isinstance(node.target, OpOverload) else f"{node.target.__name__}.default"
        if name not in table and name.split(".")[1].endswith("_") and name.replace("_.", ".") in table:
            # What is changed in place is another value from here on; what it is a part of would be, too.
            if is_needed_whole(node.args[0], node):
                raise Unmapped("changes a part of a tensor in place")
            values[node.args[0]] = value = self.run(table[name.replace("_.", ".")], node, known)
            return value
        if name not in table:
            raise Unmapped(f"no counterpart of {name.removesuffix('.default')}")
        missing = next((values[x] for x in node.all_input_nodes if isinstance(values[x], Missing)), None)
        if missing and "copy" not in name:
            raise Unmapped(missing.why)
        return self.run(table[name], node, known)

    def run(self, make, node, known):
        args = torch.fx.node.map_arg(node.args, known)
        kwargs = torch.fx.node.map_arg(node.kwargs, known)
        meta = node.meta.get("tensor_meta")
        result = make(self.program, meta, *args, **kwargs)
        if meta is not None and isinstance(result, Value):
            wanted = (tensors.NAMES.get(meta.dtype), tuple(meta.shape))
            if wanted != (result.format, result.shape):
                raise AssertionError(f"{node.target} is {result.type} instead of {wanted}")
        return result
