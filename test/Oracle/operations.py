"""Each operation of the dialect atled, and the same computed by PyTorch.

OPERATIONS maps the name of an operation to a function that makes its cases: a text, operands, and a reference, which
takes the operands as PyTorch's tensors. Floats arrive there in f64, whatever the format of the case. PyTorch has no
ui16, ui32 and ui64.
"""

import dataclasses
import itertools
import math
import typing
from functools import partial

import torch

import references
import tensors
from tensors import FLOATS, FORMATS, INTEGERS

NUMBERS = FLOATS + INTEGERS
ANY = NUMBERS + ["i1"]
BITS = INTEGERS + ["i1"]


@dataclasses.dataclass
class Case:
    """One use of an operation."""

    # In the text the operands are %x0, %x1; {0} stands for the type of %x0, {result} for that of the result.
    text: str
    operands: list
    reference: typing.Callable
    # The result's element type, if it is not that of the first operand.
    result: str = ""
    elementwise: bool = False
    # Whether derivatives are compared, or the values alone.
    derivative: bool = True
    # Whether special values are among the operands of what is not elementwise.
    special: bool = False
    # How many terms are added up in an element of the result or of a derivative; 0 if elements are only copied.
    terms: int = 0
    # The shapes of the operands and the result with some dimensions dynamic, as in ["?x8", "?"].
    dynamic: typing.Optional[list] = None
    # The extents that the text calls %n0, %n1.
    sizes: tuple = ()
    # The results of the operation, of which %r is compared.
    results: str = "%r"
    # What is computed in front of it.
    before: str = ""

    def is_static(self):
        """Whether the text is right for static shapes too."""
        return not self.sizes and "?" not in self.text


OPERATIONS = {}


def operation(name):
    """Registers a function that takes Random and makes cases."""
    def register(function):
        assert name not in OPERATIONS
        OPERATIONS[name] = function
        return function
    return register


#
# Elementwise operations
#


def any_operands(random, name, count, *shape):
    """Of many magnitudes."""
    return [random.spread(name, *shape) for _ in range(count)]


def positive_base(random, name, count, *shape):
    """For a power: a base less than 0 gives NaN."""
    return [random.normal(name, *shape).abs(), random.normal(name, *shape)]


def every_combination(random, name, count, values, draw=any_operands):
    """`count` vectors in which every combination of the values stands side by side; then random ones."""
    rows = torch.cartesian_prod(*[values] * count).reshape(-1, count)
    return [torch.cat([rows[:, i], more]) for i, more in enumerate(draw(random, name, count, 61))]


def special_operands(random, name, count, draw=any_operands):
    values = tensors.special_values(name)
    # All triples would be too many: every second value.
    return every_combination(random, name, count, values if count < 3 else values[::2], draw)


def elementwise(mnemonic, reference, count=1, formats=FLOATS, attributes="", draw=any_operands):
    """The cases of an operation whose operands and result have one type."""
    names = ", ".join(f"%x{i}" for i in range(count))
    make = partial(Case, f"atled.{mnemonic} {names}{attributes} : {{0}}", reference=reference,
                             elementwise=True)
    widest = "f64" if "f64" in formats else "i64"

    def cases(random):
        for name in formats:
            # At the ends of the range derivatives depend on the format in which they are computed. PyTorch's are
            # those of f64.
            yield make(special_operands(random, name, count, draw), derivative=name == "f64")
            if name in ("bf16", "f32"):
                yield make(every_combination(random, name, count, tensors.moderate_values(name), draw))
            if name == widest:
                for shape in SHAPES:
                    yield make(draw(random, name, count, *shape))
        yield make(draw(random, widest, count, 5), dynamic=["?"] * (count + 1))
    return cases


SHAPES = [(), (0,), (1,), (3, 5), (2, 0, 3)]


def predicate(mnemonic, reference):
    """The cases of a question about floats."""
    def cases(random):
        for name in FLOATS:
            yield Case(f"atled.{mnemonic} %x0 : {{0}}", special_operands(random, name, 1), reference, result="i1",
                       elementwise=True)
        yield Case(f"atled.{mnemonic} %x0 : {{0}}", [random.normal("f64", 5)], reference, result="i1",
                   elementwise=True, dynamic=["?", "?"])
    return cases


def shift_operands(random, name, count, *shape):
    """Integers of all sizes, and amounts up to a little more than the width."""
    info = torch.iinfo(FORMATS[name])
    low = max(info.min, -2 ** 62)
    values = torch.randint(low, min(info.max, 2 ** 62), shape, generator=random.generator, dtype=FORMATS[name])
    amounts = torch.randint(0, info.bits + 2, shape, generator=random.generator, dtype=FORMATS[name])
    return [values, amounts]


def several(*makers):
    return lambda random: itertools.chain.from_iterable(maker(random) for maker in makers)


for mnemonic, reference in {
        "exp": torch.exp, "expm1": torch.expm1, "log": torch.log, "log1p": torch.log1p, "sqrt": torch.sqrt,
        "rsqrt": torch.rsqrt, "reciprocal": torch.reciprocal, "ceil": torch.ceil, "floor": torch.floor,
        "trunc": torch.trunc, "exp2": torch.exp2, "log2": torch.log2, "log10": torch.log10, "cbrt": references.cbrt,
        "tan": torch.tan, "asin": references.asin, "acos": references.acos, "atan": torch.atan, "sinh": torch.sinh,
        "cosh": torch.cosh, "asinh": torch.asinh, "acosh": torch.acosh, "atanh": torch.atanh, "silu": references.silu,
        "softplus": references.softplus, "erf": torch.erf, "erfc": torch.erfc, "sin": torch.sin, "cos": torch.cos, "tanh": torch.tanh,
        "logistic": torch.sigmoid}.items():
    operation(mnemonic)(elementwise(mnemonic, reference))
for mnemonic, reference in {"abs": torch.abs, "neg": torch.neg, "sign": torch.sign, "relu": torch.relu}.items():
    operation(mnemonic)(elementwise(mnemonic, reference, formats=NUMBERS))
for mnemonic, reference in {"add": torch.add, "sub": torch.sub, "mul": torch.mul}.items():
    operation(mnemonic)(elementwise(mnemonic, reference, 2, NUMBERS))
for mnemonic, reference in {"hypot": torch.hypot, "copysign": torch.copysign, "atan2": torch.atan2,
                            "logaddexp": references.logaddexp}.items():
    operation(mnemonic)(elementwise(mnemonic, reference, 2))
operation("pow")(elementwise("pow", torch.pow, 2, draw=positive_base))
operation("round")(several(elementwise("round", torch.round),
                           elementwise("round", references.round_away, attributes=" halfway = away")))
operation("gelu")(several(elementwise("gelu", references.gelu_exact),
                          elementwise("gelu", references.gelu_tanh, attributes=" form = tanh")))


def special_function(mnemonic, reference, draw, attributes=""):
    """The cases of a function that PyTorch has with a few digits less than f64 has: where it is smooth. The tests of
    the rules have its special values, test/Execution/Math all digits."""
    def cases(random):
        text = f"atled.{mnemonic} %x0{attributes} : {{0}}"
        for name in FLOATS:
            for shape in [*SHAPES, (64,)]:
                x = draw(random.normal("f64", *shape)).to(FORMATS[name])
                yield Case(text, [x], reference, elementwise=True, terms=64 if name == "f64" else 0)
        yield Case(text, [draw(random.normal("f32", 5))], reference, elementwise=True, dynamic=["?", "?"])
    return cases


def positive(x):
    return x.abs() + 0.5


operation("erf_inv")(special_function("erf_inv", torch.erfinv, lambda x: 0.875 * torch.tanh(x)))
operation("lgamma")(special_function("lgamma", partial(references.polygamma, -1), positive))
operation("digamma")(special_function("digamma", partial(references.polygamma, 0), positive))
operation("polygamma")(several(*(
    special_function("polygamma", partial(references.polygamma, order), positive, f" order = {order}")
    for order in (1, 2, 3))))
operation("rem")(elementwise("rem", references.remainder, 2, NUMBERS))
operation("fma")(elementwise("fma", references.multiply_add, 3))
operation("clamp")(elementwise("clamp", references.clamp, 3, NUMBERS))


operation("div")(elementwise("div", references.divide, 2, NUMBERS))


for mnemonic, function in {"maximum": torch.maximum, "minimum": torch.minimum}.items():
    operation(mnemonic)(several(
        elementwise(mnemonic, function, 2, NUMBERS),
        *(elementwise(mnemonic, references.with_tie(function, *weights), 2, ["f64"], f" tie = {tie}")
          for tie, weights in {"split": (0.5, 0.5), "first": (1, 0), "zero": (0, 0), "one": (1, 1)}.items())))


for mnemonic, reference in {"and": torch.bitwise_and, "or": torch.bitwise_or, "xor": torch.bitwise_xor}.items():
    operation(mnemonic)(elementwise(mnemonic, reference, 2, BITS))
operation("not")(elementwise("not", torch.bitwise_not, formats=BITS))
operation("popcount")(elementwise("popcount", references.popcount, formats=INTEGERS))
for mnemonic in ("shift_left", "shift_right_arithmetic", "shift_right_logical"):
    operation(mnemonic)(elementwise(mnemonic, partial(references.shift, mnemonic), 2, INTEGERS, draw=shift_operands))


@operation("bitcast")
def bitcast(random):
    def make(target, x, **options):
        # Converted to f64, NaN would lose its bits.
        return Case("atled.bitcast %x0 : {0} to {result}", [x], lambda _: x.view(FORMATS[target]), result=target,
                    elementwise=True, derivative=False, **options)

    for source, target in itertools.product(NUMBERS, NUMBERS):
        if tensors.bits_of(source) == tensors.bits_of(target):
            yield make(target, special_operands(random, source, 1)[0])
    for shape in SHAPES:
        yield make("i64", random.normal("f64", *shape))
    yield make("i64", random.normal("f64", 5), dynamic=["?", "?"])


for mnemonic, reference in {"is_finite": torch.isfinite, "is_nan": torch.isnan}.items():
    operation(mnemonic)(predicate(mnemonic, reference))


@operation("compare")
def compare(random):
    for predicate in ("eq", "ne", "lt", "le", "gt", "ge"):
        for name in NUMBERS + (["i1"] if predicate in ("eq", "ne") else []):
            yield Case(f"atled.compare {predicate}, %x0, %x1 : {{0}}", special_operands(random, name, 2),
                       getattr(torch, predicate), result="i1", elementwise=True)
    yield Case("atled.compare lt, %x0, %x1 : {0}", [random.normal("f64", 5) for _ in range(2)], torch.lt, result="i1",
               elementwise=True, dynamic=["?"] * 3)


@operation("select")
def select(random):
    def make(name, operands, **options):
        return Case("atled.select %x0, %x1, %x2 : {0}, {1}", [random.normal("i1", *operands[0].shape), *operands],
                    torch.where, result=name, elementwise=True, **options)

    for name in ANY:
        yield make(name, special_operands(random, name, 2))
    for shape in SHAPES:
        yield make("f64", [random.normal("f64", *shape) for _ in range(2)])
    yield make("f64", [random.normal("f64", 5) for _ in range(2)], dynamic=["?"] * 4)


@operation("convert")
def convert(random):
    def make(source, target, x, **options):
        return Case("atled.convert %x0 : {0} to {result}", [x], partial(references.cast, source, target),
                    result=target, elementwise=True, **options)

    for source, target in itertools.product(ANY, ANY):
        yield make(source, target, conversion_operand(random, source, target))
    for shape in SHAPES:
        yield make("f64", "f32", random.normal("f64", *shape))
    yield make("f64", "f32", random.normal("f64", 5), dynamic=["?", "?"])


def conversion_operand(random, source, target):
    if source in ("f16", "bf16"):
        return tensors.every_number(source)
    x = special_operands(random, source, 1)[0]
    if source in FLOATS:
        limits = [2.5, 127.5, 128.9, 256.0, 1e3, 4e4, 1e9, 3e9, 2.0 ** 31, 1e18, 2.0 ** 63, 1e19]
        x = torch.cat([x, torch.tensor(limits + [-limit for limit in limits], dtype=torch.float64).to(x.dtype)])
        if target in ("f16", "bf16"):
            x = torch.cat([x, tensors.nearly_halfway(source, target)])
    if source in ("i32", "i64"):
        halves = [2 ** 11 + 1, 2 ** 24 + 1, 2 ** 24 + 3, 65519, 65520, 2 ** 30 + 2 ** 22, 2 ** 30 + 2 ** 22 + 1]
        if source == "i64":
            halves += [2 ** 53 + 1, 2 ** 62 + 2 ** 54, 2 ** 62 + 2 ** 54 + 1, 2 ** 62 + 3 * 2 ** 54 - 1]
        x = torch.cat([x, torch.tensor(halves + [-half for half in halves], dtype=x.dtype)])
    return x


#
# Shapes
#


@operation("constant")
def constant(random):
    for name in NUMBERS:
        value = special_operands(random, name, 1)[0]
        text = bytes(value.view(torch.uint8).tolist()).hex().upper()
        yield Case(f'atled.constant dense<"0x{text}"> : {{result}}', [], partial(torch.clone, value),
                   result=name)
    yield Case("atled.constant dense<[[true, false, true]]> : {result}", [],
               lambda: torch.tensor([[True, False, True]]), result="i1")
    yield Case("atled.constant dense<-2.5> : {result}", [], lambda: torch.tensor(-2.5), result="f64")
    yield Case("atled.constant dense<[]> : {result}", [], lambda: torch.zeros(0), result="f32")


@operation("iota")
def iota(random):
    for name in NUMBERS:
        yield Case("atled.iota dimension = 0 : {result}", [], partial(references.iota, (300,), 0, name),
                   result=name)
    for shape, dimension in [((3, 5), 0), ((3, 5), 1), ((0, 2), 0), ((2, 0), 0), ((1,), 0)]:
        yield Case(f"atled.iota dimension = {dimension} : {{result}}", [],
                   partial(references.iota, shape, dimension, "f64"), result="f64")
    yield Case("atled.iota dimension = 0 sizes(%n0) : {result}", [], partial(references.iota, (4, 5), 0, "f64"),
               result="f64", dynamic=["?x5"], sizes=(4,))


def shaped(random, text, shapes, reference, formats=None, **options):
    """The same case with operands of f64, and of another element type in turn."""
    for name in formats or ["f64", random.other_format()]:
        yield Case(text, [random.normal(name, *shape) for shape in shapes], reference, **options)


@operation("reshape")
def reshape(random):
    for source, target in [((4, 6), (24,)), ((24,), (2, 3, 4)), ((1,), ()), ((), (1, 1)), ((0, 3), (5, 0)),
                           ((2, 3), (3, 2)), ((0,), (0,))]:
        yield from shaped(random, "atled.reshape %x0 : {0} -> {result}", [source],
                          partial(torch.reshape, shape=target))
    yield from shaped(random, "atled.reshape %x0 : {0} -> {result}", [(4, 6)],
                      partial(torch.reshape, shape=(3, 8)), ["f64"], dynamic=["?x6", "?x8"])
    yield from shaped(random, "atled.reshape %x0 sizes(%n0) : {0} -> {result}", [(4, 6)],
                      partial(torch.reshape, shape=(8, 3)), ["f64"], dynamic=["?x6", "?x3"], sizes=(8,))


@operation("broadcast")
def broadcast(random):
    for source, target, dimensions in [
            ((8,), (4, 8), [1]), ((4,), (4, 8), [0]), ((), (3, 2), []), ((), (), []), ((1, 5), (3, 5), [0, 1]),
            ((3, 1), (2, 3, 4), [1, 2]), ((3,), (3,), [0]), ((0,), (2, 0), [1]), ((1,), (0,), [0]), ((), (0,), []),
            ((1,), (1, 7), [0]), ((1, 1), (1, 1), [0, 1]), ((2, 33), (2, 3, 33), [0, 2])]:
        yield from shaped(random, f"atled.broadcast %x0 dimensions = {dimensions} : {{0}} -> {{result}}", [source],
                          partial(references.broadcast, target, dimensions), terms=64)
    yield from shaped(random, "atled.broadcast %x0 dimensions = [1] : {0} -> {result}", [(8,)],
                      partial(references.broadcast, (4, 8), [1]), ["f64"], terms=4, dynamic=["?", "4x?"])
    yield from shaped(random, "atled.broadcast %x0 dimensions = [0, 1] sizes(%n0, %n1) : {0} -> {result}", [(1, 3)],
                      partial(references.broadcast, (4, 3, 2), [0, 1]), ["f64"], terms=8,
                      dynamic=["1x?", "?x?x?"], sizes=(4, 2))


@operation("transpose")
def transpose(random):
    for shape, permutation in [((4, 8), [1, 0]), ((2, 3, 5), [2, 0, 1]), ((2, 3, 5), [1, 0, 2]), ((), []),
                               ((7,), [0]), ((0, 3), [1, 0]), ((1, 1), [1, 0]), ((17, 33), [1, 0]),
                               ((2, 1, 3, 4), [3, 1, 0, 2])]:
        yield from shaped(random, f"atled.transpose %x0 permutation = {permutation} : {{0}} -> {{result}}", [shape],
                          lambda x, permutation=permutation: x.permute(permutation).contiguous())
    yield from shaped(random, "atled.transpose %x0 permutation = [1, 2, 0] : {0} -> {result}", [(2, 3, 5)],
                      lambda x: x.permute(1, 2, 0).contiguous(), ["f64"], dynamic=["?x3x?", "3x?x?"])


@operation("reverse")
def reverse(random):
    for shape, dimensions in [((5,), [0]), ((4, 8), [1]), ((4, 8), [0, 1]), ((2, 3, 5), [0, 2]), ((3, 4), []), ((), []),
                              ((0, 3), [0]), ((1, 7), [0])]:
        yield from shaped(random, f"atled.reverse %x0 dimensions = {dimensions} : {{0}}", [shape],
                          partial(torch.flip, dims=dimensions))
    yield from shaped(random, "atled.reverse %x0 dimensions = [0] : {0}", [(4, 8)], partial(torch.flip, dims=[0]),
                      ["f64"], dynamic=["?x8", "?x8"])


@operation("slice")
def slice_(random):
    for shape, ranges in [((4, 8), [(0, 4, 1), (1, 8, 2)]), ((10,), [(2, 9, 3)]), ((10,), [(0, 10, 1)]),
                          ((10,), [(4, 4, 1)]), ((10,), [(9, 10, 5)]), ((0, 3), [(0, 0, 1), (0, 2, 1)]), ((), []),
                          ((3, 5, 7), [(1, 3, 1), (0, 5, 4), (2, 7, 2)])]:
        text = ", ".join(f"{start}:{limit}:{stride}" for start, limit, stride in ranges)
        where = tuple(slice(*part) for part in ranges)
        yield from shaped(random, f"atled.slice %x0[{text}] : {{0}} -> {{result}}", [shape],
                          lambda x, where=where: x[where].clone())
    yield from shaped(random, "atled.slice %x0[1:?:2, 0:2] : {0} -> {result}", [(6, 8)],
                      lambda x: x[1::2, :2].clone(), ["f64"], dynamic=["?x8", "?x2"])


PARTS = [((4, 8), (2, 8), (1, 0)), ((4, 8), (4, 8), (0, 0)), ((4, 8), (1, 3), (3, 5)), ((9,), (4,), (2,)),
         ((9,), (0,), (9,)), ((0, 2), (0, 1), (0, 1)), ((2, 3, 5), (1, 2, 3), (1, 1, 2)), ((), (), ()),
         ((4, 8), (2, 3), (-1, 7)), ((9,), (4,), (100,)), ((9,), (4,), (-100,))]


@operation("dynamic_slice")
def dynamic_slice(random):
    for index, (shape, sizes, starts) in enumerate(PARTS):
        yield from part_cases(random, "atled.dynamic_slice %x0[{starts}] sizes = {sizes}", [shape], sizes, starts,
                              index, partial(references.dynamic_slice, sizes))
    yield Case("atled.dynamic_slice %x0[%x1, %x2] sizes = [?, 3] : ({0}, {1}, {2}) -> {result}",
               [random.normal("f64", 4, 8), torch.tensor(2), torch.tensor(5)],
               partial(references.dynamic_slice, (4, 3)), dynamic=["?x?", "", "", "?x3"])


@operation("dynamic_update_slice")
def dynamic_update_slice(random):
    for index, (shape, sizes, starts) in enumerate(PARTS):
        yield from part_cases(random, "atled.dynamic_update_slice %x1 into %x0[{starts}]", [shape, sizes], sizes,
                              starts, index, references.dynamic_update_slice)
    # An update of dynamic extent has no derivative.
    for update, has_derivative in [("2x3", True), ("2x?", False)]:
        yield Case("atled.dynamic_update_slice %x1 into %x0[%x2, %x3] : ({0}, {1}, {2}, {3}) -> {result}",
                   [random.normal("f64", 4, 8), random.normal("f64", 2, 3), torch.tensor(2), torch.tensor(4)],
                   references.dynamic_update_slice, dynamic=["?x8", update, "", "", "?x8"], derivative=has_derivative)


def part_cases(random, text, shapes, sizes, starts, index, reference):
    """The cases of a part at a place known when running; what starts outside is clamped."""
    inside = all(part.start == start for part, start in zip(references.box(starts, shapes[0], sizes), starts))
    integer = ["i32", "i64", "i8"][index % 3]
    count = len(shapes)
    text = text.format(starts=", ".join(f"%x{count + i}" for i in range(len(starts))), sizes=list(sizes))
    types = ", ".join(f"{{{i}}}" for i in range(count + len(starts)))
    mode = "" if inside else " out_of_range = clamp"
    for name in ("f64", random.other_format()):
        operands = [random.normal(name, *shape) for shape in shapes]
        operands += [torch.tensor(start, dtype=FORMATS[integer]) for start in starts]
        yield Case(f"{text}{mode} : ({types}) -> {{result}}", operands, reference)


@operation("concatenate")
def concatenate(random):
    few = [([(4, 8), (2, 8)], 0), ([(4, 2), (4, 3), (4, 1)], 1), ([(5,)], 0), ([(0,), (3,)], 0), ([(0,), (0,)], 0),
           ([(2, 1, 3), (2, 4, 3)], 1), ([(3, 0), (3, 2)], 1)]
    many = [([(2, i % 3) for i in range(70)], 1)]
    for shapes, dimension in few + many:
        operands = ", ".join(f"%x{i}" for i in range(len(shapes)))
        types = ", ".join(f"{{{i}}}" for i in range(len(shapes)))
        yield from shaped(random, f"atled.concatenate {operands} dimension = {dimension} : ({types}) -> {{result}}",
                          shapes, lambda *xs, dimension=dimension: torch.cat(xs, dimension),
                          ["f32"] if len(shapes) > 3 else None)
    text = "atled.concatenate %x0, %x1 dimension = 0 : ({0}, {1}) -> {result}"
    # Where dynamic extents are joined, there is no derivative.
    for dynamic, has_derivative in [(["4x?", "2x?", "6x?"], True), (["?x3", "2x3", "?x3"], False)]:
        yield from shaped(random, text, [(4, 3), (2, 3)], lambda *xs: torch.cat(xs, 0), ["f64"], dynamic=dynamic,
                          derivative=has_derivative)


@operation("pad")
def pad(random):
    for shape, low, high, interior in [
            ((4,), [1], [0], [2]), ((3, 5), [1, 0], [2, 1], [0, 1]), ((), [], [], []), ((0,), [2], [1], [3]),
            ((5,), [-2], [3], [0]), ((5,), [-1], [-2], [1]), ((4, 4), [-1, 2], [1, -2], [1, 0]), ((1,), [0], [0], [7]),
            ((3, 0), [0, 1], [1, 1], [0, 0]), ((6,), [-3], [-3], [0])]:
        yield from shaped(random, f"atled.pad %x0, %x1 low = {low} high = {high} interior = {interior} : "
                          "({0}, {1}) -> {result}", [shape, ()],
                          partial(references.pad, low, high, interior), terms=32)
    yield from shaped(random, "atled.pad %x0, %x1 low = [1, -1] high = [0, 2] interior = [1, 0] : ({0}, {1}) -> "
                      "{result}", [(3, 4), ()], partial(references.pad, [1, -1], [0, 2], [1, 0]), ["f64"],
                      terms=32, dynamic=["?x?", "", "?x?"])


#
# Indexing
#

# A tensor's shape, indices, sizes of windows, and the numbers.
INDEXINGS = [
    ((10, 4), [3, 0, 9, 3], [1, 4], dict(offset=[1], collapsed=[0], indexed=[0], vector=1)),
    ((10,), [[1], [7]], [3], dict(offset=[1], collapsed=[], indexed=[0], vector=1)),
    ((10,), [[1, 7], [2, 3]], [1], dict(offset=[], collapsed=[0], indexed=[0], vector=2)),
    ((4, 5, 3), [[0, 1, 3], [4, 2, 0]], [1, 1, 3], dict(offset=[0], collapsed=[0, 1], indexed=[0, 1], vector=0)),
    ((4, 5, 3), [[[2, 1]], [[0, 0]]], [1, 2, 2], dict(offset=[1, 3], collapsed=[0], indexed=[1, 2], vector=2)),
    ((4, 5), [1, 2], [2, 3], dict(offset=[0, 1], collapsed=[], indexed=[1, 0], vector=0)),
    ((2, 6, 3), [[5, 0, 5], [2, 2, 1]], [1, 1, 3],
     dict(offset=[2], collapsed=[1], indexed=[1], vector=2, batch=[0], index_batch=[0])),
    ((6, 2), [[5, 0, 5], [2, 2, 1]], [1, 1],
     dict(offset=[], collapsed=[0], indexed=[0], vector=2, batch=[1], index_batch=[0])),
    ((3, 0), [2, 1], [1, 0], dict(offset=[1], collapsed=[0], indexed=[0], vector=1)),
    ((3, 4), [], [1, 4], dict(offset=[1], collapsed=[0], indexed=[0], vector=1)),
    ((), [[], []], [], dict(offset=[], collapsed=[], indexed=[], vector=1)),
]
# Those that leave the tensor: wholly, on either side, and in part.
INDEXINGS_OUTSIDE = [
    ((5, 3), [-1, 5, 2, 100, -100], [1, 3], dict(offset=[1], collapsed=[0], indexed=[0], vector=1)),
    ((6,), [[-1], [4], [6], [-3], [2], [-127]], [3], dict(offset=[1], collapsed=[], indexed=[0], vector=1)),
    ((4, 5), [[3, -1], [2, 4]], [2, 3], dict(offset=[1, 2], collapsed=[], indexed=[0, 1], vector=1)),
]


def numbers_text(numbers):
    text = f"offset = {numbers['offset']} collapsed = {numbers['collapsed']} "
    if "batch" in numbers:
        text += f"batch = {numbers['batch']} x {numbers['index_batch']} "
    text += f"indexed = {numbers['indexed']} vector = {numbers['vector']}"
    return text + (f" out_of_range = {numbers['mode']}" if "mode" in numbers else "")


def indexings():
    for number, (shape, indices, sizes, numbers) in enumerate(INDEXINGS):
        yield shape, torch.tensor(indices, dtype=FORMATS[["i32", "i64", "ui8"][number % 3]]), sizes, numbers
    for shape, indices, sizes, numbers in INDEXINGS_OUTSIDE:
        for mode in ("clamp", "drop"):
            yield shape, torch.tensor(indices, dtype=torch.int8), sizes, dict(numbers, mode=mode)


@operation("gather")
def gather(random):
    for shape, indices, sizes, numbers in indexings():
        for name in ("f64", random.other_format()):
            yield Case(f"atled.gather %x0[%x1] sizes = {sizes} {numbers_text(numbers)} : ({{0}}, {{1}}) -> {{result}}",
                       [random.normal(name, *shape), indices],
                       partial(references.Windows(**numbers).gather, sizes), terms=8)
    shape, indices, sizes, numbers = INDEXINGS[0]
    yield Case(f"atled.gather %x0[%x1] sizes = [1, ?] {numbers_text(numbers)} : ({{0}}, {{1}}) -> {{result}}",
               [random.normal("f64", *shape), torch.tensor(indices)],
               partial(references.Windows(**numbers).gather, sizes), terms=8, dynamic=["?x?", "?", "?x?"])


@operation("scatter")
def scatter(random):
    def make(mode, name, shape, indices, sizes, numbers, **options):
        windows = references.Windows(**numbers)
        operands = [random.normal(name, *shape), indices, random.normal(name, *windows.shape(sizes, indices.shape))]
        return Case(f"atled.scatter {mode}, %x2 into %x0[%x1] {numbers_text(numbers)} : "
                    "({0}, {1}, {2}) -> {result}", operands, partial(windows.scatter, mode), terms=8, **options)

    for mode in ("set", "add", "mul", "max", "min"):
        for shape, indices, sizes, numbers in indexings():
            if math.prod(shape):
                yield make(mode, "f64", shape, indices, sizes, numbers)
        for name in (ANY if mode == "set" else NUMBERS):
            shape, indices, sizes, numbers = INDEXINGS[0]
            yield make(mode, name, shape, torch.tensor(indices), sizes, numbers)
    yield make("add", "f64", (10, 4), torch.tensor([3, 0, 9, 3]), [1, 4], INDEXINGS[0][3],
               dynamic=["?x4", "?", "?x4", "?x4"])


#
# Sorting
#


SORTED = [((17, 3), 0), ((2, 9, 5), 1), ((4, 8), 1), ((1,), 0), ((8,), 0), ((9,), 0), ((16,), 0), ((33,), 0),
          ((1000,), 0), ((0,), 0), ((3, 0), 0), ((0, 3), 1), ((3, 2, 129), 2)]


def with_ties(random, name, *shape):
    """Few values, so that many are equal."""
    if name not in FLOATS:
        return random.normal(name, *shape)
    return ((random.normal("f64", *shape) * 4).round() / 4).to(FORMATS[name])


def sortable(random, name):
    """Tensors of every shape with ties, and rows of special values."""
    for shape, dimension in SORTED if name in ("f64", "i32") else [((4, 8), 0), ((70,), 0)]:
        yield with_ties(random, name, *shape), dimension
    values = tensors.special_values(name)
    yield values[torch.randint(0, len(values), (20, 40), generator=random.generator)], 1


@operation("sort")
def sort(random):
    def make(x, dimension, way, results, shape=None, **options):
        indices = tensors.type_of("i32", shape or tensors.spell(x.shape))
        which = results.index("%r")
        types = ["{0}", indices]
        types[which] = "{result}"
        return Case(f"atled.sort %x0 dimension = {dimension}{way} : ({{0}}) -> ({', '.join(types)})", [x],
                    lambda x: references.sort(x, dimension, bool(way))[which],
                    result="" if which == 0 else "i32", results=", ".join(results), special=True, **options)

    for name in ANY:
        for x, dimension in sortable(random, name):
            for way in ("", " descending"):
                for results in (["%r", "%order"], ["%sorted", "%r"]):
                    yield make(x, dimension, way, results)
    yield make(random.normal("f64", 3, 40), 1, "", ["%r", "%order"], "?x?", dynamic=["?x?", "?x?"])
    yield make(random.normal("f64", 40, 3), 0, " descending", ["%sorted", "%r"], "?x3", dynamic=["?x3", "?x3"])

    # By two keys, with what goes with them.
    for way in ("", " descending"):
        for result in range(4):
            results = ["%a", "%b", "%c", "%d"]
            results[result] = "%r"
            types = "{0}, {1}, {2}, " + tensors.type_of("i64", "50x3")
            yield Case(f"atled.sort %x0, %x1, %x2 dimension = 0 keys = 2{way} : ({{0}}, {{1}}, {{2}}) -> ({types})",
                       [random.normal("i8", 50, 3), with_ties(random, "f64", 50, 3), random.normal("f64", 50, 3)],
                       lambda *xs, way=way, result=result: references.sort_by_two(xs, bool(way))[result],
                       result=["i8", "f64", "f64", "i64"][result], results=", ".join(results))


@operation("top_k")
def top_k(random):
    def make(x, dimension, k, results, shape=None, **options):
        which = results.index("%r")
        text = shape or tensors.spell(extent if i != dimension else k for i, extent in enumerate(x.shape))
        types = [tensors.type_of(tensors.format_of(x), text), tensors.type_of("i32", text)]
        return Case(f"atled.top_k %x0 dimension = {dimension} k = {k} : ({{0}}) -> ({', '.join(types)})", [x],
                    lambda x: references.sort(x, dimension, True)[which].narrow(dimension, 0, k),
                    result="" if which == 0 else "i32", results=", ".join(results), special=True, **options)

    for name in ANY:
        for x, dimension in sortable(random, name):
            for k in {0, min(1, x.shape[dimension]), x.shape[dimension] // 3, x.shape[dimension]}:
                for results in (["%r", "%indices"], ["%values", "%r"]):
                    yield make(x, dimension, k, results)
    yield make(random.normal("f64", 40, 3), 0, 5, ["%r", "%indices"], "5x?", dynamic=["?x?", "5x?"])


@operation("searchsorted")
def searchsorted(random):
    def make(name, rows, values, right, **options):
        x, row = with_ties(random, name, *values), with_ties(random, name, *rows)
        if name in FLOATS:
            x, row = (torch.where(t > 2, float("inf"), t.double()).to(t.dtype) for t in (x, row))
        row = row.sort(-1).values
        return Case(f"atled.searchsorted %x0, %x1{' right' if right else ''} : ({{0}}, {{1}}) -> {{result}}", [row, x],
                    partial(references.searchsorted, right), result="i32", derivative=False, **options)

    for right in (False, True):
        for name in ANY:
            yield make(name, (17,), (5, 9), right)
        for rows, values in [((1,), ()), ((0,), (4,)), ((64,), (200,)), ((65,), (200,)), ((3, 9), (3, 4)),
                             ((3, 9), (3,)), ((2, 3, 31), (2, 3, 4, 5)), ((3, 0), (3, 2)), ((3, 9), (3, 0))]:
            yield make("f64", rows, values, right)
        yield make("f64", (33,), (5, 4), right, dynamic=["?", "?x4", "?x4"])


#
# Reductions
#

REDUCTIONS = [((17, 3), [0]), ((2, 3, 5), [0, 2]), ((4, 8), [1]), ((2, 3, 5), [1]), ((), []), ((0,), [0]),
              ((3, 0), [1]), ((3, 0), [0]), ((1,), [0]), ((129,), [0]), ((3, 4), []), ((3, 4), [0, 1])]


def reduction(mnemonic, function, special, terms):
    """The cases of a reduction: of every shape, and of rows that mix special values."""
    def cases(random):
        for name in NUMBERS:
            for shape, dimensions in REDUCTIONS if name == "f64" else []:
                yield Case(f"atled.reduce_{mnemonic} %x0 dimensions = {dimensions} : {{0}} -> {{result}}",
                           [random.normal(name, *shape)], partial(references.reduction, function, dimensions),
                           terms=terms)
            yield Case(f"atled.reduce_{mnemonic} %x0 dimensions = [1] : {{0}} -> {{result}}",
                       [special_rows(random, name, special(name))], partial(references.reduction, function, [1]),
                       terms=min(terms, 3), special=True)
        for dimensions, result in [([0], "3x?"), ([0, 2], "3")]:
            # A product has no derivative by a dynamic dimension.
            yield Case(f"atled.reduce_{mnemonic} %x0 dimensions = {dimensions} : {{0}} -> {{result}}",
                       [random.normal("f64", 2, 3, 4)], partial(references.reduction, function, dimensions),
                       terms=terms, dynamic=["?x3x?", result], derivative=mnemonic != "prod")
    return cases


def special_rows(random, name, values):
    """Rows of three special values: all of those near 0, and many others."""
    near = torch.tensor([0.0, -0.0, 1.0, -1.0] if name in FLOATS else [0, 1, 2], dtype=FORMATS[name])
    others = values[torch.randint(0, len(values), (200, 3), generator=random.generator)]
    return torch.cat([torch.cartesian_prod(near, near, near), others])


def exact_values(name):
    """Special values whose sums and products do not depend on their order."""
    if name in INTEGERS:
        return tensors.special_values(name)
    values = [0.0, -0.0, 1.0, -1.0, 0.5, 2.0, -3.0, float("inf"), float("-inf"), float("nan")]
    return torch.tensor(values, dtype=FORMATS[name])


operation("reduce_sum")(reduction("sum", torch.sum, exact_values, terms=129))
operation("reduce_prod")(reduction("prod", references.product, exact_values, terms=129))
def first_extremum(mnemonic, index):
    """The cases of an extremum whose first element has the derivative: rows with many ties."""
    def cases(random):
        near = torch.tensor([0.0, 1.0, -1.0], dtype=torch.float64)
        for dimension in (0, 1):
            yield Case(f"atled.reduce_{mnemonic} %x0 dimensions = [{dimension}] tie = first : {{0}} -> {{result}}",
                       [torch.cartesian_prod(near, near, near)],
                       partial(references.element_at, index, dimension), terms=1)
    return cases


operation("reduce_max")(several(reduction("max", references.greatest, tensors.special_values, terms=1),
                                first_extremum("max", torch.argmax)))
operation("reduce_min")(several(reduction("min", references.least, tensors.special_values, terms=1),
                                first_extremum("min", torch.argmin)))


def index_of_extremum(mnemonic, function):
    """The cases of argmax and argmin."""
    def cases(random):
        text = f"atled.{mnemonic} %x0 dimension = {{dimension}} : {{{{0}}}} -> {{{{result}}}}"
        for name in NUMBERS:
            values = tensors.special_values(name)
            rows = values[torch.randint(0, len(values), (200, 3), generator=random.generator)]
            for x, dimension in [(rows, 1), (random.normal(name, 4, 8), 0), (random.normal(name, 1), 0),
                                 (random.normal(name, 0, 3), 1), (random.normal(name, 33), 0)]:
                for result in ("i32", "i64", "i8") if name == "f64" else ("i32",):
                    yield Case(text.format(dimension=dimension), [x], partial(function, dim=dimension), result=result)
        yield Case(text.format(dimension=1), [random.normal("f64", 3, 5)], partial(function, dim=1), result="i32",
                   dynamic=["?x?", "?"])
    return cases


operation("argmax")(index_of_extremum("argmax", torch.argmax))
operation("argmin")(index_of_extremum("argmin", torch.argmin))


def reduction_of_truth(mnemonic, function):
    def cases(random):
        text = f"atled.reduce_{mnemonic} %x0 dimensions = {{dimensions}} : {{{{0}}}} -> {{{{result}}}}"
        for shape, dimensions in REDUCTIONS:
            # Many of one value, so that the result is not always the same.
            for x in (random.normal("i1", *shape), random.normal("f32", *shape) > 1.5,
                      random.normal("f32", *shape) < 1.5):
                yield Case(text.format(dimensions=dimensions), [x], partial(references.reduction, function, dimensions),
                           special=True)
        yield Case(text.format(dimensions=[0, 2]), [random.normal("f64", 2, 3, 4) > 1.0],
                   partial(references.reduction, function, [0, 2]), dynamic=["?x3x?", "3"])
    return cases


operation("reduce_any")(reduction_of_truth("any", references.over_each(torch.any)))
operation("reduce_all")(reduction_of_truth("all", references.over_each(torch.all)))


#
# Statistics
#


def statistic(mnemonic, function, clause="", special=(0.0, -0.0, 1.0, -3.0, 1e4, -1e4), is_reduction=True):
    """The cases of what is computed over dimensions: of every shape, and of rows that mix special values."""
    def cases(random):
        text = (f"atled.{mnemonic} %x0 dimensions = {{dimensions}}{clause} : {{{{0}}}}"
                + (" -> {{result}}" if is_reduction else ""))
        for name in FLOATS:
            for shape, dimensions in REDUCTIONS if name == "f64" else [((17, 3), [0]), ((4, 8), [1])]:
                if dimensions:
                    # A mean of nothing is NaN, and so is what it passes on.
                    yield Case(text.format(dimensions=dimensions), [random.normal(name, *shape)],
                               partial(function, dimensions), terms=260, derivative=0 not in shape)
            rows = special_rows(random, name, torch.tensor(special, dtype=FORMATS[name]))
            yield Case(text.format(dimensions=[1]), [rows], partial(function, [1]), terms=8, special=True)
        for dimensions, result in [([0], "3x?"), ([0, 2], "3")]:
            yield Case(text.format(dimensions=dimensions), [random.normal("f64", 2, 3, 4)],
                       partial(function, dimensions), terms=24,
                       dynamic=["?x3x?", result if is_reduction else "?x3x?"])
    return cases


operation("mean")(statistic("mean", lambda dimensions, x: x.mean(dimensions)))
operation("variance")(lambda random: itertools.chain(*(
    statistic("variance", lambda dimensions, x, n=n: references.variance(x, dimensions, n), f" correction = {n}",
              special=(0.0, -0.0, 1.0, -3.0, 2.5))(random)
    for n in (0, 1))))
operation("norm")(lambda random: itertools.chain(*(
    statistic("norm", lambda dimensions, x, n=n: references.norm(n, dimensions, x), clause,
              special=(0.0, -0.0, 1.0, -3.0, 1e4, float("inf"), *special))(random)
    # PyTorch's sign of NaN is 0.
    for clause, n, special in (("", 2, (float("nan"),)), (" order = one", 1, ()), (" order = infinity", math.inf, ())))))
operation("logsumexp")(statistic("logsumexp", references.logsumexp))
operation("softmax")(statistic("softmax", references.softmax, is_reduction=False))
operation("log_softmax")(statistic("log_softmax", references.log_softmax, is_reduction=False))


#
# Scans
#


def scan(mnemonic, function, formats, special, none, derivative=True):
    """The cases of a scan: of every shape, both ways, with the element itself and without, where the first is `none`,
    and of rows that mix special values."""
    def cases(random):
        for name in formats:
            for way in ("", " reverse", " exclusive", " reverse exclusive"):
                text = f"atled.{mnemonic} %x0 dimension = {{dimension}}{way} : {{{{0}}}}"
                reference = references.exclusive(function, none) if "exclusive" in way else function
                reference = references.turned(reference) if "reverse" in way else reference
                for shape, dimension in ([((17, 3), 0), ((2, 3, 5), 1), ((4, 8), 1), ((0,), 0), ((3, 0), 0), ((1,), 0),
                                          ((129,), 0)] if name == "f64" else [((4, 8), 0)]):
                    yield Case(text.format(dimension=dimension), [random.normal(name, *shape)],
                               partial(reference, dimension), terms=shape[dimension])
                yield Case(text.format(dimension=1), [special_rows(random, name, special(name))],
                           partial(reference, 1), terms=3, special=True, derivative=derivative)
        yield Case(f"atled.{mnemonic} %x0 dimension = 1 : {{0}}", [random.normal("f64", 2, 3, 4)],
                   partial(function, 1), terms=3, dynamic=["?x?x4", "?x?x4"])
    return cases


operation("cumsum")(scan("cumsum", lambda dimension, x: x.cumsum(dimension), NUMBERS, exact_values, 0))
# PyTorch divides by what is infinite.
operation("cumprod")(scan("cumprod", lambda dimension, x: x.cumprod(dimension), NUMBERS,
                          lambda name: exact_values(name)[exact_values(name).isfinite()], 1))
# Ties and NaNs are shared otherwise than by PyTorch: the tests of the rules have them.
operation("cummax")(scan("cummax", references.greatest_so_far, NUMBERS, tensors.special_values, "least", derivative=False))
operation("cummin")(scan("cummin", references.least_so_far, NUMBERS, tensors.special_values, "greatest", derivative=False))
operation("cumlogsumexp")(scan(
    "cumlogsumexp", references.logsumexp_so_far, FLOATS,
    lambda name: torch.tensor([0.0, 1.0, -3.0, 20.0, -100.0, -1000.0, float("inf"), float("-inf"), float("nan")],
                              dtype=FORMATS[name]), float("-inf")))


@operation("linear_recurrence")
def linear_recurrence(random):
    for way in ("", " reverse"):
        for name in FLOATS:
            for shape, dimension in ([((17, 3), 0), ((2, 3, 5), 1), ((0,), 0), ((1,), 0), ((33,), 0)]
                                     if name == "f64" else [((4, 8), 1)]):
                yield Case(f"atled.linear_recurrence %x0, %x1 dimension = {dimension}{way} : {{0}}",
                           [random.normal(name, *shape), random.normal(name, *shape)],
                           partial(references.recurrence, dimension, bool(way)), terms=shape[dimension] ** 2)
    yield Case("atled.linear_recurrence %x0, %x1 dimension = 0 : {0}",
               [random.normal("f64", 3, 4), random.normal("f64", 3, 4)], partial(references.recurrence, 0, False),
               terms=9, dynamic=["?x4", "?x4", "?x4"])


#
# Windows
#


WINDOWS = [((9,), [0], [3], [2], [1]), ((2, 7, 8), [1, 2], [2, 3], [1, 2], [3, 2]), ((5, 2), [0], [5], [1], [1]),
           ((4,), [0], [3], [1], [2]), ((3, 0), [0], [2], [1], [1]), ((6, 2, 7), [0, 2], [1, 7], [5, 3], [1, 1]),
           ((3, 4), [], [], [], [])]


@operation("unfold")
def unfold(random):
    text = "atled.unfold %x0 dimensions = {} sizes = {} strides = {} dilations = {} : {{0}} -> {{result}}"
    for shape, *numbers in WINDOWS:
        for name in ANY if shape == (9,) else ["f64"]:
            yield Case(text.format(*numbers), [random.normal(name, *shape)], partial(references.unfold, *numbers),
                       terms=sum(shape))
    yield Case(text.format([1], [2], [2], [1]), [random.normal("f64", 3, 8)],
               partial(references.unfold, [1], [2], [2], [1]), terms=8, dynamic=["?x8", "?x4x2"])


@operation("overlap_add")
def overlap_add(random):
    text = "atled.overlap_add %x0 dimensions = {} extents = {} strides = {} dilations = {} : {{0}} -> {{result}}"
    for shape, dimensions, sizes, strides, dilations in WINDOWS:
        extents = [shape[dimension] for dimension in dimensions]
        windows = references.unfold(dimensions, sizes, strides, dilations, torch.zeros(shape)).shape
        for name in NUMBERS if shape == (9,) else ["f64"]:
            yield Case(text.format(dimensions, extents, strides, dilations), [random.normal(name, *windows)],
                       partial(references.overlap_add, shape, dimensions, sizes, strides, dilations), terms=sum(shape))


#
# Contractions
#


@operation("dot")
def dot(random):
    text = "atled.dot %x0, %x1 : ({0}, {1}) -> {result}"
    for size in (0, 1, 100):
        yield from shaped(random, text, [(size,), (size,)], lambda x, y: (x * y).sum(),
                          NUMBERS if size == 100 else ["f64"], terms=100)
    yield from shaped(random, text, [(8,), (8,)], lambda x, y: (x * y).sum(), ["f64"], terms=8,
                      dynamic=["?", "?", ""])


@operation("matmul")
def matmul(random):
    text = "atled.matmul %x0, %x1 : ({0}, {1}) -> {result}"
    for rows, inner, columns in [(1, 1, 1), (0, 3, 2), (2, 0, 3), (2, 3, 0), (17, 33, 9), (1, 16, 16)]:
        yield from shaped(random, text, [(rows, inner), (inner, columns)], torch.matmul,
                          NUMBERS if rows == 17 else ["f64"], terms=33)
    yield from shaped(random, text, [(4, 8), (8, 3)], torch.matmul, ["f64"], terms=8,
                      dynamic=["?x?", "?x3", "?x3"])


@operation("contract")
def contract(random):
    for lhs, rhs, batch, contracting in [
            ((2, 4, 8), (2, 8, 3), ([0], [0]), ([2], [1])), ((4,), (3,), ([], []), ([], [])),
            ((), (), ([], []), ([], [])), ((3, 4), (4, 3), ([], []), ([0, 1], [1, 0])),
            ((3, 2, 4), (4, 5, 2, 3), ([1, 0], [2, 3]), ([2], [0])), ((5,), (5,), ([0], [0]), ([], [])),
            ((2, 0, 3), (3, 0), ([], []), ([2], [0])), ((2, 3), (3,), ([], []), ([1], [0])),
            ((0, 2), (2, 0), ([0], [1]), ([1], [0])), ((8, 17), (8, 9), ([], []), ([0], [0])),
            ((9, 16), (5, 16), ([], []), ([1], [1])), ((2, 0), (0, 3), ([], []), ([1], [0]))]:
        text = " ".join(f"{word} = {pair[0]} x {pair[1]}"
                        for word, pair in (("batch", batch), ("contracting", contracting)))
        yield from shaped(random, f"atled.contract %x0, %x1 {text} : ({{0}}, {{1}}) -> {{result}}", [lhs, rhs],
                          references.contraction(len(lhs), len(rhs), batch, contracting),
                          NUMBERS if rhs == (4, 5, 2, 3) else ["f64"], terms=40)
    yield from shaped(random, "atled.contract %x0, %x1 batch = [0] x [0] contracting = [2] x [1] : ({0}, {1}) -> "
                      "{result}", [(2, 4, 8), (2, 8, 3)],
                      references.contraction(3, 3, ([0], [0]), ([2], [1])), ["f64"], terms=8,
                      dynamic=["?x4x?", "?x?x3", "?x4x3"])


# Shapes, names, strides, low, high, dilation of the image, of the kernel.
CONVOLUTIONS = [
    ((2, 3, 6, 5), (4, 3, 3, 2), ("bi01", "oi01", "bo01"), [1, 1], [0, 0], [0, 0], [1, 1], [1, 1]),
    ((2, 3, 7, 6), (4, 3, 3, 3), ("bi01", "oi01", "bo01"), [2, 3], [1, 1], [1, 2], [1, 1], [1, 1]),
    ((2, 9, 3), (4, 3, 3), ("b0i", "0io", "b0o"), [2], [2], [-1], [1], [2]),
    ((2, 4, 3), (5, 3, 3), ("b0i", "o0i", "ob0"), [1], [1], [2], [3], [1]),
    ((2, 5, 4), (4, 3), ("b0g", "g0", "b0g"), [1], [1], [1], [1], [1]),
    ((2, 2, 3, 6), (2, 4, 3, 2), ("bgi0", "goi0", "bgo0"), [2], [0], [1], [2], [2]),
    ((2, 3), (3, 4), ("bi", "io", "bo"), [], [], [], [], []),
    ((5,), (3,), ("0", "0", "0"), [1], [-1], [2], [1], [1]),
    ((2, 3, 4, 5, 4), (2, 3, 2, 3, 1), ("bi012", "oi012", "bo012"), [1, 2, 1], [0, 1, 0], [1, 0, 0], [1, 1, 2], [2, 1, 1]),
    # So much is summed that features are made the innermost dimension: narrow images, groups, and a transposed kernel.
    ((2, 16, 5, 6), (24, 16, 3, 3), ("bi01", "oi01", "bo01"), [1, 1], [1, 1], [1, 1], [1, 1], [1, 1]),
    ((3, 16, 9, 7), (24, 16, 3, 3), ("bi01", "oi01", "bo01"), [2, 1], [1, 2], [1, 0], [1, 1], [1, 2]),
    ((8, 2, 32, 9), (2, 32, 32, 5), ("bgi0", "goi0", "bgo0"), [1], [2], [2], [1], [1]),
    ((2, 9, 24), (3, 16, 24), ("b0i", "0oi", "b0o"), [1], [1], [1], [1], [1]),
    # No place for the window; no images; nothing that goes in.
    ((2, 3, 2), (4, 3, 3), ("bi0", "oi0", "bo0"), [1], [0], [0], [1], [1]),
    ((0, 3, 4), (4, 3, 3), ("bi0", "oi0", "bo0"), [1], [0], [0], [1], [1]),
    ((2, 0, 4), (4, 0, 3), ("bi0", "oi0", "bo0"), [1], [0], [0], [1], [1]),
    ((2, 3, 0), (4, 3, 3), ("bi0", "oi0", "bo0"), [1], [2], [2], [1], [1]),
]


@operation("convolution")
def convolution(random):
    for lhs, rhs, names, *window in CONVOLUTIONS:
        words = ("strides", "low", "high", "lhs_dilation", "rhs_dilation")
        text = 'atled.convolution %x0, %x1 "{}" x "{}" -> "{}" '.format(*names)
        text += " ".join(f"{word} = {values}" for word, values in zip(words, window)) + " : ({0}, {1}) -> {result}"
        formats = NUMBERS if rhs in ((4, 3, 3, 2), (24, 16, 3, 3)) else ["f64"]
        terms = max(64, math.prod(rhs) // 16)
        yield from shaped(random, text, [lhs, rhs], partial(references.convolution, names, *window), formats,
                          terms=terms)
    lhs, rhs, names, *window = CONVOLUTIONS[1]
    text = 'atled.convolution %x0, %x1 "bi01" x "oi01" -> "bo01" strides = [2, 3] low = [1, 1] high = [1, 2] ' \
           "lhs_dilation = [1, 1] rhs_dilation = [1, 1] : ({0}, {1}) -> {result}"
    # Where a window moves over a dynamic extent, there is no derivative.
    for dynamic, has_derivative in [(["?x3x7x6", "4x3x3x3", "?x4x4x3"], True),
                                    (["?x3x?x?", "4x3x3x3", "?x4x?x?"], False)]:
        yield from shaped(random, text, [lhs, rhs], partial(references.convolution, names, *window), ["f64"], terms=64,
                          dynamic=dynamic, derivative=has_derivative)


#
# Random numbers
#


KEY = "  %key = atled.convert %x0 : {0} to tensor<2xui32>\n"
KEYS = [(0, 0), (0, 42), (2 ** 32 - 1, 2 ** 32 - 1), (0x13198A2E, 0x03707344)]


def random_numbers(mnemonic, reference, formats, elementwise=False):
    """The cases of what is drawn with a key: PyTorch has no integers of the key's type."""
    def cases(random):
        for key in KEYS:
            for name in formats:
                for shape in [(300,), (2, 3, 5), (), (0, 3)]:
                    yield Case(f"atled.{mnemonic} %key : tensor<2xui32> -> {{result}}", [torch.tensor(key)],
                               lambda key, shape=shape, name=name: reference(key, shape, name), result=name,
                               before=KEY, elementwise=elementwise)
        yield Case(f"atled.{mnemonic} %key sizes(%n0) : tensor<2xui32> -> {{result}}", [torch.tensor(KEYS[1])],
                   lambda key: reference(key, (4, 5), formats[0]), result=formats[0], before=KEY,
                   elementwise=elementwise, dynamic=["2", "?x5"], sizes=(4,))
    return cases


operation("random_bits")(random_numbers("random_bits", references.random_bits, INTEGERS))
operation("random_uniform")(random_numbers("random_uniform", references.random_uniform, FLOATS))
operation("random_normal")(random_numbers("random_normal", references.random_normal, FLOATS, elementwise=True))


@operation("fold_in")
def fold_in(random):
    for key in KEYS:
        for data in [torch.arange(-3, 9), torch.tensor(7, dtype=torch.uint8),
                     torch.randint(-2 ** 62, 2 ** 62, (2, 3), generator=random.generator),
                     torch.zeros(0, dtype=torch.int32)]:
            keys = f"tensor<{tensors.spell([*data.shape, 2])}xui32>"
            yield Case(f"atled.convert %keys : {keys} to {{result}}", [torch.tensor(key), data],
                       lambda key, data: torch.stack(references.threefry(key, data.long()), -1), result="i64",
                       before=KEY + f"  %keys = atled.fold_in %key, %x1 : (tensor<2xui32>, {{1}}) -> {keys}\n")
    yield Case("atled.convert %keys : tensor<?x3x2xui32> to {result}",
               [torch.tensor(KEYS[1]), random.normal("i32", 4, 3)],
               lambda key, data: torch.stack(references.threefry(key, data.long()), -1), result="i64",
               before=KEY + "  %keys = atled.fold_in %key, %x1 : (tensor<2xui32>, {1}) -> tensor<?x3x2xui32>\n",
               dynamic=["2", "?x3", "?x3x2"])
