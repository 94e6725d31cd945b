"""Makes random well-typed graphs: tensors of f64, with booleans and indices where they are needed.

A graph grows by one operation after the other, on the values that PyTorch computes along with it: what would leave the
reach of a double's digits, comes too close to a kink, or has no derivative is not taken.
"""

from functools import partial

import torch

import graph_cases
import references
import tensors
from graphs import Graph, Node, literal

LARGEST, MOST_ELEMENTS, MOST_DIMENSIONS = 1e3, 120, 6
# How often an operation that is wanted is tried on other values.
ATTEMPTS = 30
# How far from a kink values stay, so that central differences do not cross it.
MARGIN = 1e-3
EXTENTS = [1, 2, 3, 4, 5, 8, 17]


class Maker:
    """Chooses operations at random."""

    def __init__(self, seed):
        self.random = tensors.Random(seed)
        self.deck = graph_cases.Deck(self.random)

    def below(self, limit):
        return self.random.index(limit)

    def choose(self, things):
        return things[self.below(len(things))]

    def graph(self, operations, wanted=()):
        """A graph of so many operations and those wanted, all of which have influence on the loss."""
        inputs = [self.random.normal("f64", *self.shape()) for _ in range(2 + self.below(3))]
        inputs += [torch.tensor(self.below(9) - 2, dtype=torch.int32) for _ in range(2)]
        graph, self.values = Graph(inputs, [], []), list(inputs)
        for name in wanted:
            any(self.add(graph, graph_cases.nodes_of(self, name)) for _ in range(ATTEMPTS))
        while len(graph.nodes) < operations:
            self.add(graph, self.choose(KINDS)(self))
        used = {i for node in graph.nodes for i in node.operands}
        graph.outputs = [i for i, value in enumerate(self.values)
                         if i not in used and i >= len(inputs) and tensors.is_float(value)]
        return graph.live() if graph.outputs else self.graph(operations, wanted)

    def add(self, graph, nodes):
        """Adds a node, or several that belong together, if there are and the values are tame."""
        nodes, count = nodes if isinstance(nodes, list) else [nodes], len(self.values)
        if not all(node and self.is_tame(node) for node in nodes):
            del self.values[count:]
            return False
        graph.nodes += nodes
        return True

    def shape(self):
        while True:
            shape = torch.Size([self.choose(EXTENTS) for _ in range(self.below(4))])
            if shape.numel() <= MOST_ELEMENTS:
                return shape if self.below(25) else torch.Size([0, *shape[1:]])

    def is_tame(self, node):
        """Whether the node's value is one to go on with; if so it is kept."""
        operands = [self.values[i] for i in node.operands]
        value = node.compute(*operands)
        if value.numel() > MOST_ELEMENTS or value.dim() > MOST_DIMENSIONS:
            return False
        if tensors.is_float(value) and not (value.abs() < LARGEST).all():
            return False
        if not has_derivative(node, operands):
            return False
        self.values.append(value)
        return True

    def pick(self, condition=lambda value: True):
        """The place of a real value; late ones are more likely."""
        places = [i for i, value in enumerate(self.values) if tensors.is_float(value) and condition(value)]
        return places[max(self.below(len(places)), self.below(len(places)))] if places else None

    def pick_like(self, value):
        return self.pick(lambda other: other.shape == value.shape)

    def subset(self, count):
        return [i for i in range(count) if self.below(2)]


def has_derivative(node, operands):
    """Not so at a pole, even of an operand that depends on no input: forward mode multiplies by its tangent, 0."""
    operands = [x.clone().requires_grad_(x.dtype == torch.float64) for x in operands]
    value = node.compute(*operands)
    if not value.requires_grad:
        return True
    active = [x for x in operands if x.requires_grad]
    slopes = torch.autograd.grad(value.sum(), active, allow_unused=True)
    return all(slope.isfinite().all() for slope in slopes if slope is not None)


KINDS = []


def kind(weight=1):
    def register(function):
        KINDS.extend([function] * weight)
        return function
    return register


@kind(15)
def defined(maker):
    """Any operation of the dialect."""
    return graph_cases.nodes_of(maker, maker.deck.next())


def always(x):
    return True


def away_from_zero(x):
    return (x.abs() > MARGIN).all()


UNARY = {
    "exp": (torch.exp, lambda x: (x < 5).all()), "expm1": (torch.expm1, lambda x: (x < 5).all()),
    "log": (torch.log, lambda x: (x > 0.05).all()), "log1p": (torch.log1p, lambda x: (x > -0.9).all()),
    "sqrt": (torch.sqrt, lambda x: (x > 0.05).all()), "rsqrt": (torch.rsqrt, lambda x: (x > 0.05).all()),
    "sin": (torch.sin, always), "cos": (torch.cos, always), "tanh": (torch.tanh, always),
    "logistic": (torch.sigmoid, always), "relu": (torch.relu, away_from_zero), "abs": (torch.abs, away_from_zero),
    "sign": (torch.sign, away_from_zero), "neg": (torch.neg, always), "atan": (torch.atan, always),
    "asinh": (torch.asinh, always), "sinh": (torch.sinh, lambda x: (x.abs() < 4).all()),
    "cosh": (torch.cosh, lambda x: (x.abs() < 4).all()), "erf": (torch.erf, always),
    "silu": (torch.nn.functional.silu, always), "exp2": (torch.exp2, lambda x: (x < 5).all()),
    "reciprocal": (torch.reciprocal, lambda x: (x.abs() > 0.1).all())}


@kind(4)
def unary(maker):
    name = maker.choose(list(UNARY))
    function, condition = UNARY[name]
    x = maker.pick(condition)
    return x is not None and Node(f"atled.{name} %0 : {{0}}", [x], function)


def apart(x, y):
    return away_from_zero(x - y)


BINARY = {
    "add": (torch.add, lambda x, y: True), "sub": (torch.sub, lambda x, y: True),
    "mul": (torch.mul, lambda x, y: True), "div": (torch.div, lambda x, y: (y.abs() > 0.1).all()),
    "pow": (torch.pow, lambda x, y: (x > 0.1).all() and (y.abs() < 4).all()),
    "maximum": (torch.maximum, apart), "minimum": (torch.minimum, apart),
    "hypot": (torch.hypot, lambda x, y: (torch.hypot(x, y) > 0.1).all()),
    "atan2": (torch.atan2, lambda x, y: (torch.hypot(x, y) > 0.1).all()),
    "logaddexp": (torch.logaddexp, lambda x, y: ((x - y).abs() < 20).all())}


@kind(5)
def binary(maker):
    name = maker.choose(list(BINARY))
    function, condition = BINARY[name]
    x = maker.pick()
    y = maker.pick_like(maker.values[x])
    return condition(maker.values[x], maker.values[y]) and Node(f"atled.{name} %0, %1 : {{0}}", [x, y], function)


@kind()
def compare(maker):
    predicate = maker.choose(["lt", "le", "gt", "ge", "eq", "ne"])
    x = maker.pick()
    y = maker.pick_like(maker.values[x])
    return apart(maker.values[x], maker.values[y]) and Node(
        f"atled.compare {predicate}, %0, %1 : {{0}}", [x, y], getattr(torch, predicate))


@kind(2)
def select(maker):
    masks = [i for i, value in enumerate(maker.values) if value.dtype == torch.bool]
    if not masks:
        return None
    mask = maker.choose(masks)
    x, y = (maker.pick_like(maker.values[mask]) for _ in range(2))
    return x is not None and Node("atled.select %0, %1, %2 : {0}, {1}", [mask, x, y], torch.where)


@kind()
def mask_as_numbers(maker):
    masks = [i for i, value in enumerate(maker.values) if value.dtype == torch.bool]
    return masks and Node("atled.convert %0 : {0} to {result}", [maker.choose(masks)], lambda x: x.double())


@kind()
def detach(maker):
    return Node("ad.detach %0 : {0}", [maker.pick()], torch.detach)


@kind(2)
def constant(maker):
    value = maker.random.normal("f64", *maker.values[maker.pick()].shape)
    return Node(f"atled.constant {literal(value)} : {{result}}", [], lambda: value)


@kind()
def iota(maker):
    shape = maker.values[maker.pick()].shape
    if not shape:
        return None
    dimension = maker.below(len(shape))
    return Node(f"atled.iota dimension = {dimension} : {{result}}", [],
                partial(references.iota, shape, dimension, "f64"))


@kind()
def call(maker):
    """A function that several calls share."""
    x = maker.pick()
    name = "{name}_h_" + tensors.spell(maker.values[x].shape)
    helper = ("func.func private @" + name + "(%x: {0}) -> {0} {{\n  %y = atled.tanh %x : {0}\n"
              "  %z = atled.mul %x, %y : {0}\n  return %z : {0}\n}}\n")
    return Node(f"call @{name}(%0) : ({{0}}) -> {{result}}", [x], lambda x: x * torch.tanh(x), helper)


REDUCTIONS = {"sum": torch.sum, "prod": references.product, "max": torch.amax, "min": torch.amin}


@kind(2)
def reduce(maker):
    name = maker.choose(["sum", *REDUCTIONS])
    x = maker.pick()
    value = maker.values[x]
    dimensions = maker.subset(value.dim())
    if name in ("max", "min") and not far_apart(value, dimensions):
        return None
    return Node(f"atled.reduce_{name} %0 dimensions = {dimensions} : {{0}} -> {{result}}", [x],
                partial(references.reduction, REDUCTIONS[name], dimensions))


def far_apart(value, dimensions):
    """Whether no two elements compete, and there is one."""
    if not value.numel():
        return False
    gaps = value.flatten().sort().values.diff()
    return not dimensions or (gaps > MARGIN).all()


@kind()
def argmax(maker):
    x = maker.pick(lambda value: value.dim() == 1 and value.numel() and far_apart(value, [0]))
    return x is not None and Node("atled.argmax %0 dimension = 0 : {0} -> {result}", [x], lambda x: x.argmax().int())


@kind(2)
def broadcast(maker):
    x = maker.pick()
    shape = list(maker.values[x].shape)
    extents = [maker.choose([2, 3, 4]) if extent == 1 and maker.below(2) else extent for extent in shape]
    dimensions = list(range(len(shape)))
    for _ in range(maker.below(3)):
        place = maker.below(len(extents) + 1)
        extents.insert(place, maker.choose([1, 2, 3, 5]))
        dimensions = [dimension + (dimension >= place) for dimension in dimensions]
    return Node(f"atled.broadcast %0 dimensions = {dimensions} : {{0}} -> {{result}}", [x],
                partial(references.broadcast, extents, dimensions))


@kind()
def reshape(maker):
    x = maker.pick()
    value = maker.values[x]
    rest, shape = value.numel(), []
    for extent in EXTENTS:
        if rest and rest % extent == 0 and maker.below(2):
            shape.append(extent)
            rest //= extent
    shape.append(rest)
    return Node("atled.reshape %0 : {0} -> {result}", [x], lambda x: x.reshape(shape))


@kind(2)
def transpose(maker):
    x = maker.pick()
    permutation = torch.randperm(maker.values[x].dim(), generator=maker.random.generator).tolist()
    return Node(f"atled.transpose %0 permutation = {permutation} : {{0}} -> {{result}}", [x],
                lambda x: x.permute(permutation).contiguous())


@kind()
def slice_(maker):
    x = maker.pick()
    ranges = []
    for extent in maker.values[x].shape:
        start = maker.below(extent + 1)
        ranges.append((start, start + maker.below(extent - start + 1), 1 + maker.below(3)))
    if maker.below(4):
        ranges = [(start, max(limit, min(start + 1, extent)), stride)
                  for (start, limit, stride), extent in zip(ranges, maker.values[x].shape)]
    text = ", ".join(f"{start}:{limit}:{stride}" for start, limit, stride in ranges)
    where = tuple(slice(*part) for part in ranges)
    return Node(f"atled.slice %0[{text}] : {{0}} -> {{result}}", [x], lambda x: x[where].clone())


def starts_in(maker, rank):
    indices = [i for i, value in enumerate(maker.values) if value.dtype == torch.int32 and value.dim() == 0]
    return [maker.choose(indices) for _ in range(rank)]


def names(first, count):
    return ", ".join(f"%{first + i}" for i in range(count))


def types(count):
    return ", ".join(f"{{{i}}}" for i in range(count))


@kind()
def dynamic_slice(maker):
    x = maker.pick()
    extents = maker.values[x].shape
    rank, sizes = len(extents), [1 + maker.below(extent) if extent else 0 for extent in extents]
    return Node(f"atled.dynamic_slice %0[{names(1, rank)}] sizes = {sizes} out_of_range = clamp : "
                f"({types(1 + rank)}) -> {{result}}", [x, *starts_in(maker, rank)],
                partial(references.dynamic_slice, sizes))


@kind()
def dynamic_update_slice(maker):
    x = maker.pick()
    extents = maker.values[x].shape
    update = maker.pick(lambda value: value.dim() == len(extents)
                        and all(size <= extent for size, extent in zip(value.shape, extents)))
    rank = len(extents)
    return Node(f"atled.dynamic_update_slice %1 into %0[{names(2, rank)}] out_of_range = clamp : "
                f"({types(2 + rank)}) -> {{result}}", [x, update, *starts_in(maker, rank)],
                references.dynamic_update_slice)


@kind()
def concatenate(maker):
    x = maker.pick(lambda value: value.dim() > 0)
    if x is None:
        return None
    shape = maker.values[x].shape
    dimension = maker.below(len(shape))

    def fits(value):
        return value.dim() == len(shape) and all(
            i == dimension or extent == shape[i] for i, extent in enumerate(value.shape))
    inputs = [x] + [maker.pick(fits) for _ in range(maker.below(3))]
    return Node(f"atled.concatenate {names(0, len(inputs))} dimension = {dimension} : "
                f"({types(len(inputs))}) -> {{result}}", inputs, lambda *xs: torch.cat(xs, dimension))


@kind()
def pad(maker):
    x, value = maker.pick(), maker.pick(lambda value: value.dim() == 0)
    extents = maker.values[x].shape
    if value is None or not extents:
        return None
    low, high = ([maker.below(4) - 1 for _ in extents] for _ in range(2))
    interior = [maker.choose([0, 0, 1, 2]) for _ in extents]
    if min(references.padded(extents, low, high, interior)) < 0:
        return None
    return Node(f"atled.pad %0, %1 low = {low} high = {high} interior = {interior} : ({{0}}, {{1}}) -> {{result}}",
                [x, value], partial(references.pad, low, high, interior))


@kind(3)
def contract(maker):
    x, y = maker.pick(), maker.pick()
    left, right = maker.values[x].shape, maker.values[y].shape
    batch, contracting, free = ([], []), ([], []), list(range(len(right)))
    for i, extent in enumerate(left):
        fitting = [j for j in free if right[j] == extent]
        if fitting and maker.below(3):
            j = maker.choose(fitting)
            free.remove(j)
            pairs = contracting if maker.below(3) else batch
            pairs[0].append(i)
            pairs[1].append(j)
    return Node(f"atled.contract %0, %1 batch = {batch[0]} x {batch[1]} contracting = {contracting[0]} x "
                f"{contracting[1]} : ({{0}}, {{1}}) -> {{result}}", [x, y],
                references.contraction(len(left), len(right), batch, contracting))


@kind()
def matmul(maker):
    x = maker.pick(lambda value: value.dim() == 2)
    y = x is not None and maker.pick(lambda value: value.dim() == 2 and len(value) == maker.values[x].shape[1])
    return (x is not None and y is not None
            and Node("atled.matmul %0, %1 : ({0}, {1}) -> {result}", [x, y], torch.matmul))


@kind()
def dot(maker):
    x = maker.pick(lambda value: value.dim() == 1)
    y = x is not None and maker.pick_like(maker.values[x])
    return x is not None and Node("atled.dot %0, %1 : ({0}, {1}) -> {result}", [x, y], lambda x, y: (x * y).sum())
