"""Elementwise operations."""

import math

import tensors
from tracing import Unmapped, Value

from .table import common_format, counterpart, format_of, same


def elementwise(name, formats=tensors.FLOATS):
    def make(program, meta, *xs, **_):
        format = format_of(meta)
        chosen = OF_BOOLEANS.get(name) if format == "i1" else name
        if chosen is None or format not in (BITS if chosen in BITWISE else formats):
            raise Unmapped(f"atled.{name} is not for {format}")
        operands = same(program, xs, meta.shape, format)
        names = ", ".join(f"%{i}" for i in range(len(operands)))
        return program.emit(f"atled.{chosen} {names} : {{0}}", operands, meta.shape, format)
    return make


NUMBERS = tensors.FLOATS + tensors.INTEGERS
BITS = tensors.INTEGERS + ["i1"]
BITWISE = {"and", "or", "xor", "not"}
# What PyTorch means by arithmetic on booleans.
OF_BOOLEANS = {"add": "or", "mul": "and", "maximum": "or", "minimum": "and", **{name: name for name in BITWISE}}

for name in ("acos acosh asin asinh atan atanh cos cosh ceil cbrt digamma erf erfc exp expm1 exp2 floor lgamma log "
             "log1p log2 log10 reciprocal round sin sinh sqrt rsqrt tan tanh trunc atan2 hypot pow").split():
    counterpart(f"prims.{name}")(elementwise(name))
for name in "abs neg sign add sub mul div maximum minimum".split():
    counterpart(f"prims.{name}")(elementwise(name, NUMBERS))
counterpart("prims.fmod")(elementwise("rem", NUMBERS))
counterpart("prims.erf_inv")(elementwise("erf_inv"))
for name in ("and", "or", "xor"):
    counterpart(f"prims.bitwise_{name}", f"aten.bitwise_{name}.Tensor")(elementwise(name))
counterpart("prims.bitwise_not")(elementwise("not"))
for name in ("shift_left", "shift_right_arithmetic"):
    counterpart(f"prims.{name}")(elementwise(name, tensors.INTEGERS))
counterpart("aten.logaddexp")(elementwise("logaddexp"))
counterpart("aten.relu")(elementwise("relu", NUMBERS))
counterpart("aten.silu")(elementwise("silu"))
counterpart("aten.sigmoid")(elementwise("logistic"))
counterpart("aten.copysign.Tensor", "aten.copysign.Scalar")(elementwise("copysign"))
for name in ("atan2", "sqrt", "round"):
    counterpart(f"aten.{name}")(elementwise(name))


for name in ("eq", "ne", "lt", "le", "gt", "ge"):
    @counterpart(f"prims.{name}")
    def compare(program, meta, x, y, name=name):
        if common_format([x, y]) == "i1" and name not in ("eq", "ne"):
            x, y = (program.convert(operand, "i8") if isinstance(operand, Value) else operand for operand in (x, y))
        return program.compare(name, *same(program, [x, y], meta.shape, common_format([x, y])))


@counterpart("prims.isfinite")
def isfinite(program, meta, x):
    if x.format not in tensors.FLOATS:
        return program.splat(True, meta.shape, "i1")
    return program.emit("atled.is_finite %0 : {0}", [x], meta.shape, "i1")


@counterpart("aten.isnan")
def isnan(program, meta, x):
    return mask_of_nan(program, x)


def mask_of_nan(program, x):
    if x.format not in tensors.FLOATS:
        return program.splat(False, x.shape, "i1")
    return program.emit("atled.is_nan %0 : {0}", [x], x.shape, "i1")


@counterpart("prims.signbit")
def signbit(program, meta, x):
    """The sign that a one takes."""
    if x.format in tensors.FLOATS:
        x = program.binary("copysign", program.splat(1.0, x.shape, x.format), x)
    elif x.format == "i1":
        return program.splat(False, x.shape, "i1")
    return program.compare("lt", *same(program, [x, 0], x.shape, x.format))


# The integers as wide as a float, the digits behind its point and the bias of its exponent.
LAYOUTS = {"f16": ("i16", 10, 15), "bf16": ("i16", 7, 127), "f32": ("i32", 23, 127), "f64": ("i64", 52, 1023)}


def bitcast(program, x, format):
    return program.emit("atled.bitcast %0 : {0} to {result}", [x], x.shape, format)


@counterpart("prims.nextafter")
def nextafter(program, meta, x, y):
    """The number before or behind in the order of bits, which is that of magnitudes."""
    integer = LAYOUTS[x.format][0]
    x, y = same(program, [x, y], meta.shape, x.format)
    zero = program.splat(0.0, x.shape, x.format)
    one, minus_one = (program.splat(step, x.shape, integer) for step in (1, -1))
    grows = program.binary("xor", program.compare("lt", x, y), program.compare("lt", x, zero))
    moved = program.binary("add", bitcast(program, x, integer), program.select(grows, one, minus_one))
    least = program.binary("copysign", bitcast(program, one, x.format), y)
    moved = program.select(program.compare("eq", x, zero), least, bitcast(program, moved, x.format))
    moved = program.select(program.compare("eq", x, y), y, moved)
    total = program.binary("add", x, y)
    return program.select(mask_of_nan(program, total), total, moved)


@counterpart("aten.frexp.Tensor")
def frexp(program, meta, x):
    """The exponent from the bits, and x times its power of two, in halves that do not overflow. Denormal numbers are
    scaled before."""
    integer, digits, bias = LAYOUTS[x.format]
    number, word = (lambda value, format=format: program.splat(value, x.shape, format) for format in (x.format, integer))
    is_small = program.compare("lt", program.unary("abs", x), number(2.0 ** (1 - bias)))
    scaled = program.binary("mul", x, program.select(is_small, number(2.0 ** digits), number(1.0)))
    bits = program.binary("shift_right_logical", bitcast(program, scaled, integer), word(digits))
    exponent = program.binary("sub", program.binary("and", bits, word(2 * bias + 1)), word(bias - 1))
    exponent = program.binary("sub", exponent, program.select(is_small, word(digits), word(0)))
    is_whole = program.binary("and", program.compare("ne", x, number(0.0)),
                              program.emit("atled.is_finite %0 : {0}", [x], x.shape, "i1"))
    exponent = program.select(is_whole, exponent, word(0))
    half = program.binary("shift_right_arithmetic", exponent, word(1))
    for part in (half, program.binary("sub", exponent, half)):
        x = program.binary("mul", x, program.unary("exp2", program.unary("neg", program.convert(part, x.format))))
    return [x, program.convert(exponent, "i32")]


EUCLID = """scf.while (%a_N = %0, %b_N = %1) : ({0}, {0}) -> ({0}, {0}) {{
    %more_N = atled.compare ne, %b_N, %2 : {0}
    %any_N = atled.reduce_any %more_N dimensions = DIMENSIONS : MASK -> tensor<i1>
    %c_N = tensor.extract %any_N[] : tensor<i1>
    scf.condition(%c_N) %a_N, %b_N : {0}, {0}
  }} do {{
  ^bb0(%a_N: {0}, %b_N: {0}):
    %left_N = atled.compare ne, %b_N, %2 : {0}
    %rest_N = atled.rem %a_N, %b_N : {0}
    %x_N = atled.select %left_N, %b_N, %a_N : MASK, {0}
    %y_N = atled.select %left_N, %rest_N, %2 : MASK, {0}
    scf.yield %x_N, %y_N : {0}, {0}
  }}"""


@counterpart("prims.gcd")
def gcd(program, meta, x, y):
    """Euclid's, until no remainder is left anywhere."""
    x, y = (program.unary("abs", operand) for operand in same(program, [x, y], meta.shape, format_of(meta)))
    zero = program.splat(0, x.shape, x.format)
    text = EUCLID.replace("_N", f"_{program.count}").replace("DIMENSIONS", str(list(range(x.rank))))
    text = text.replace("MASK", Value("", "i1", x.shape).type)
    return program.emit_pair(text, [x, y, zero], x.shape, [x.format, x.format])[0]


@counterpart("prims.where")
def where(program, meta, mask, x, y):
    return program.select(*same(program, [mask], meta.shape, "i1"), *same(program, [x, y], meta.shape, format_of(meta)))


@counterpart("prims.remainder")
def remainder(program, meta, x, y):
    """Of the divisor's sign."""
    if format_of(meta) == "i1":
        raise Unmapped("atled.rem is not for i1")
    x, y = same(program, [x, y], meta.shape, format_of(meta))
    rest, zero = program.binary("rem", x, y), program.splat(0, meta.shape, x.format)
    signs = [program.compare("lt", operand, zero) for operand in (rest, y)]
    moves = program.binary("and", program.binary("xor", *signs), program.compare("ne", rest, zero))
    return program.select(moves, program.binary("add", rest, y), rest)


def ignoring_nan(name):
    def make(program, meta, x, y):
        x, y = same(program, [x, y], meta.shape, format_of(meta))
        result = elementwise(name, NUMBERS)(program, meta, x, y)
        if x.format in tensors.FLOATS:
            result = program.select(mask_of_nan(program, y), x, result)
            result = program.select(mask_of_nan(program, x), y, result)
        return result
    return make


counterpart("prims.fmax")(ignoring_nan("maximum"))
counterpart("prims.fmin")(ignoring_nan("minimum"))


@counterpart("aten.softplus")
def softplus(program, meta, x, beta=1, threshold=20):
    """PyTorch's is the identity beyond a threshold, where the logarithm differs by less than 1e-8."""
    scaled = program.binary("mul", *same(program, [x, beta], x.shape, x.format))
    smooth = program.binary("div", *same(program, [program.unary("softplus", scaled), beta], x.shape, x.format))
    is_far = program.compare("gt", *same(program, [scaled, threshold], x.shape, x.format))
    return program.select(is_far, x, smooth)


@counterpart("aten.gelu")
def gelu(program, meta, x, approximate="none"):
    form = " form = tanh" if approximate == "tanh" else ""
    return program.emit(f"atled.gelu %0{form} : {{0}}", [x], x.shape, x.format)


@counterpart("aten.clamp", "aten.clamp.Tensor")
def clamp(program, meta, x, low=None, high=None):
    format = format_of(meta)
    for bound, name in ((low, "maximum"), (high, "minimum")):
        if bound is None:
            continue
        if low is not None and high is not None:
            low, x, high = same(program, [low, x, high], meta.shape, format)
            return program.emit("atled.clamp %0, %1, %2 : {0}", [low, x, high], meta.shape, format)
        x = elementwise(name, NUMBERS)(program, meta, x, bound)
    return x


counterpart("aten.clamp_min")(clamp)


@counterpart("aten.logical_not")
def logical_not(program, meta, x):
    return program.compare("eq", *same(program, [x, 0], meta.shape, x.format))


@counterpart("aten.polygamma")
def polygamma(program, meta, order, x):
    if order > 32:
        raise Unmapped("an order that atled.polygamma does not have")
    x = program.convert(x, format_of(meta))
    return program.emit(f"atled.polygamma %0 order = {order} : {{0}}", [x], x.shape, x.format)


def scaled(factor):
    return lambda program, meta, x: program.binary("mul", *same(program, [x, factor], meta.shape, format_of(meta)))


counterpart("aten.deg2rad")(scaled(math.pi / 180))
counterpart("aten.rad2deg")(scaled(180 / math.pi))


@counterpart("aten.lerp.Tensor", "aten.lerp.Scalar")
def lerp(program, meta, x, y, weight):
    x, y, weight = same(program, [x, y, weight], meta.shape, format_of(meta))
    return program.emit("atled.fma %0, %1, %2 : {0}", [weight, program.binary("sub", y, x), x], meta.shape, x.format)


@counterpart("aten.logaddexp2")
def logaddexp2(program, meta, x, y):
    ln2 = math.log(2)
    x, y = (program.binary("mul", *same(program, [operand, ln2], meta.shape, format_of(meta))) for operand in (x, y))
    return program.binary("div", *same(program, [program.binary("logaddexp", x, y), ln2], meta.shape, x.format))


@counterpart("prims.convert_element_type", "prims.to_dtype")
def convert(program, meta, x, dtype):
    return program.convert(x, format_of(meta))


@counterpart("prims.device_put", "prims.view_of", "aten.alias", "aten.lift_fresh_copy", "aten.lift_fresh", "aten.clone",
             "aten.detach", "aten._conj", "aten._conj_physical", "prims.conj_physical", "prims.real")
def identity(program, meta, x, *_, **__):
    return x


@counterpart("aten.special_entr")
def entropy(program, meta, x):
    """-x log(x), 0 at 0, and nothing is less likely than that."""
    x = program.convert(x, format_of(meta))
    zero = program.splat(0, x.shape, x.format)
    product = program.unary("neg", program.binary("mul", x, program.unary("log", x)))
    below = program.select(program.compare("eq", x, zero), zero, program.splat(-math.inf, x.shape, x.format))
    result = program.select(program.compare("gt", x, zero), product, below)
    return program.select(mask_of_nan(program, x), x, result)


@counterpart("aten.special_xlog1py")
def xlog1py(program, meta, x, y):
    """0 times what is infinite is 0."""
    x, y = same(program, [x, y], meta.shape, format_of(meta))
    zero = program.splat(0, x.shape, x.format)
    result = program.select(program.compare("eq", x, zero), zero, program.binary("mul", x, program.unary("log1p", y)))
    return program.select(mask_of_nan(program, y), y, result)


@counterpart("aten.round.decimals")
def round_decimals(program, meta, x, *, decimals):
    scale = same(program, [10.0 ** abs(decimals)], x.shape, x.format)[0]
    there, back = ("mul", "div") if decimals >= 0 else ("div", "mul")
    return program.binary(back, program.unary("round", program.binary(there, x, scale)), scale)


@counterpart("aten.isin.Tensor_Tensor")
def isin(program, meta, x, others, *, invert=False, **_):
    format = common_format([x, others])
    shape = [*x.shape, others.size]
    pairs = [program.broadcast(program.convert(x, format), shape, range(x.rank)),
             program.broadcast(program.reshape(program.convert(others, format), [others.size]), shape, [x.rank])]
    found = program.reduce("reduce_any", program.compare("eq", *pairs), [x.rank])
    return program.unary("not", found) if invert else found
