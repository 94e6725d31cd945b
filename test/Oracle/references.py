"""Operations of the dialect atled in PyTorch, where it has none that is the same.

Floats arrive in f64, whatever the format of the case.
"""

import fractions
import itertools
import math
import string

import numpy
import torch

import tensors
from tensors import FLOATS, FORMATS, INTEGERS


#
# Elementwise operations
#


def divide(x, y):
    """PyTorch raises where an integer is divided by 0, and traps where the smallest is divided by -1."""
    if tensors.is_float(x):
        return x / y
    negates = (y == -1) & (torch.iinfo(x.dtype).min < 0)
    quotient = torch.div(x, torch.where((y == 0) | negates, 1, y).to(x.dtype), rounding_mode="trunc")
    return torch.where(y == 0, -1, torch.where(negates, -x, quotient)).to(x.dtype)


def round_away(x):
    """To the nearest integer, in the middle away from 0."""
    whole = torch.trunc(x)
    return torch.where((x - whole).abs() >= 0.5, whole + x.sign(), whole)


def with_slopes(function, *slopes):
    """A function of which PyTorch has no derivative, or one that loses digits: its partial derivatives are given."""
    class Function(torch.autograd.Function):
        @staticmethod
        def forward(context, *operands):
            context.save_for_backward(*operands)
            return function(*operands)

        @staticmethod
        def backward(context, cotangent):
            return tuple(cotangent * slope(*context.saved_tensors) for slope in slopes)
    return Function.apply


def cube_root(x):
    """By a long double: the C library's own is off by a few units in the last place."""
    return torch.from_numpy(numpy.asarray(numpy.cbrt(x.numpy().astype(numpy.longdouble)).astype(numpy.float64)))


cbrt = with_slopes(cube_root, lambda x: 1 / (3 * cbrt(x) ** 2))


def one_minus_square_root(x):
    return ((1 - x) * (1 + x)).sqrt()


# PyTorch forms 1 - x².
asin = with_slopes(torch.asin, lambda x: 1 / one_minus_square_root(x))
acos = with_slopes(torch.acos, lambda x: -1 / one_minus_square_root(x))


def log_add_exp(x, y):
    """PyTorch's adds 1 to the exponential before it takes the logarithm."""
    distance = torch.where(x == y, 0.0, (x - y).abs())
    return torch.maximum(x, y) + torch.log1p(torch.exp(-distance))


def share(x, y):
    return torch.sigmoid(torch.where(x == y, 0.0, x - y))


logaddexp = with_slopes(log_add_exp, share, lambda x, y: share(y, x))
softplus = with_slopes(lambda x: log_add_exp(x, torch.zeros_like(x)), torch.sigmoid)


def silu_slope(x):
    """PyTorch has 1 - s(x) for s(-x)."""
    return torch.sigmoid(x) * (1 + torch.where(x.isinf(), 0.0, x) * torch.sigmoid(-x))


silu = with_slopes(lambda x: torch.where(x == -math.inf, -0.0, x * torch.sigmoid(x)), silu_slope)


def gelu(x):
    """PyTorch's cancels on the left."""
    return torch.where(x == -math.inf, -0.0, 0.5 * x * torch.erfc(-x * math.sqrt(0.5)))


def gelu_slope(x):
    density = torch.exp(-0.5 * x * x) / math.sqrt(2 * math.pi)
    return 0.5 * torch.erfc(-x * math.sqrt(0.5)) + torch.where(x.isinf(), 0.0, x) * density


gelu_exact = with_slopes(gelu, gelu_slope)


def gelu_tanh_parts(x):
    x = x.clamp(-100, 100)
    root = math.sqrt(8 / math.pi)
    return x, torch.sigmoid(root * (x + 0.044715 * x ** 3)), torch.sigmoid(-root * (x + 0.044715 * x ** 3)), \
        root * (1 + 3 * 0.044715 * x * x)


def gelu_tanh_slope(x):
    x, left, right, slope = gelu_tanh_parts(x)
    return left + x * slope * left * right


gelu_tanh = with_slopes(lambda x: torch.where(x == -math.inf, -0.0, x * gelu_tanh_parts(x)[1]), gelu_tanh_slope)


def remainder(x, y):
    """PyTorch raises where an integer is divided by 0, and traps where the smallest is divided by -1."""
    if tensors.is_float(x):
        return torch.fmod(x, y)
    is_special = (y == 0) | ((y == -1) & (torch.iinfo(x.dtype).min < 0))
    rest = torch.fmod(x, torch.where(is_special, 1, y).to(x.dtype))
    return torch.where(y == 0, x, rest).to(x.dtype)


class MultiplyAdd(torch.autograd.Function):
    """a b + c, rounded once."""

    @staticmethod
    def forward(context, a, b, c):
        context.save_for_backward(a, b)
        exact = [MultiplyAdd.exact(*numbers) for numbers in zip(*(x.flatten().tolist() for x in (a, b, c)))]
        return torch.tensor(exact, dtype=torch.float64).reshape(a.shape)

    @staticmethod
    def exact(a, b, c):
        rounded = a * b + c
        if math.isfinite(a) and math.isfinite(b) and math.isinf(c):
            return c  # Even if the product overflows by itself.
        if not (math.isfinite(a) and math.isfinite(b) and math.isfinite(c)):
            return rounded
        total = fractions.Fraction(a) * fractions.Fraction(b) + fractions.Fraction(c)
        try:
            return float(total) if total else rounded  # A zero has a sign.
        except OverflowError:
            return math.inf if total > 0 else -math.inf

    @staticmethod
    def backward(context, cotangent):
        a, b = context.saved_tensors
        return cotangent * b, cotangent * a, cotangent


multiply_add = MultiplyAdd.apply


def clamp(low, x, high):
    return torch.clamp(x, low, high)


def popcount(x):
    width = torch.iinfo(x.dtype).bits
    return torch.tensor([bin(n % 2 ** width).count("1") for n in x.flatten().tolist()], dtype=x.dtype).reshape(x.shape)


def shift(mnemonic, x, y):
    """By Python's integers: PyTorch leaves shifts by the width or more open."""
    width, is_signed = torch.iinfo(x.dtype).bits, torch.iinfo(x.dtype).min < 0

    def one(value, amount):
        amount %= 2 ** width
        bits = value % 2 ** width
        if mnemonic == "shift_left":
            bits = bits << amount if amount < width else 0
        elif mnemonic == "shift_right_logical":
            bits >>= amount
        else:
            bits = (bits - (bits >> (width - 1) << width)) >> amount
        bits %= 2 ** width
        return bits - (bits >> (width - 1) << width) if is_signed else bits

    shifted = [one(*pair) for pair in zip(x.flatten().tolist(), y.flatten().tolist())]
    return torch.tensor(shifted, dtype=x.dtype).reshape(x.shape)


class Weigh(torch.autograd.Function):
    """The identity, whose cotangent is multiplied by weights."""

    @staticmethod
    def forward(context, x, weights):
        context.save_for_backward(weights)
        return x.clone()

    @staticmethod
    def backward(context, cotangent):
        return cotangent * context.saved_tensors[0], None


def with_tie(function, lhs_weight, rhs_weight):
    """PyTorch gives each of two equal operands half of the derivative: weights make it another share."""
    def reference(x, y):
        tie = x == y
        return function(Weigh.apply(x, torch.where(tie, 2.0 * lhs_weight, 1.0)),
                        Weigh.apply(y, torch.where(tie, 2.0 * rhs_weight, 1.0)))
    return reference


def cast(source, target, x):
    """From and to the formats of the case: the reference's own floats are wider. Where a float does not fit into an
    integer, PyTorch leaves the result open; Atled saturates, and NaN is 0."""
    if source in FLOATS and target in INTEGERS:
        info = torch.iinfo(FORMATS[target])
        narrow = info.bits < 64
        fits = ((x > info.min - 1) if narrow else (x >= info.min)) & (x < info.max + 1 if narrow else x < info.max)
        limit = torch.where(x > 0, info.max, torch.where(x.isnan(), 0, info.min))
        return torch.where(fits, torch.where(fits, x, 0).to(torch.int64), limit).to(FORMATS[target])
    if source in FLOATS and target in FLOATS:
        # Derivatives pass as they do in PyTorch.
        return Rounded.apply(x, source, target)
    return tensors.rounded(x, target)


class Rounded(torch.autograd.Function):
    """A conversion of floats that rounds once."""

    @staticmethod
    def forward(context, x, source, target):
        context.source = source
        return tensors.rounded(x.to(FORMATS[source]), target)

    @staticmethod
    def backward(context, cotangent):
        return tensors.rounded(cotangent, context.source).double(), None, None


#
# Shapes
#


def iota(shape, dimension, name):
    """From i64 a float is rounded once, and an integer wraps."""
    view = [1] * len(shape)
    view[dimension] = shape[dimension]
    return torch.arange(shape[dimension]).reshape(view).expand(shape).to(FORMATS[name])


def broadcast(shape, dimensions, x):
    view = [1] * len(shape)
    for dimension, extent in zip(dimensions, x.shape):
        view[dimension] = extent
    return x.reshape(view).expand(shape).clone()


def box(starts, extents, sizes):
    """The indices of a part, moved so that it lies inside."""
    starts = [min(max(int(start), 0), extent - size) for start, extent, size in zip(starts, extents, sizes)]
    return tuple(slice(start, start + size) for start, size in zip(starts, sizes))


def dynamic_slice(sizes, x, *starts):
    return x[box(starts, x.shape, sizes)].clone()


def dynamic_update_slice(x, update, *starts):
    result = x.clone()
    result[box(starts, x.shape, update.shape)] = update
    return result


def padded(shape, low, high, interior):
    """The extents of what is padded."""
    return [extent + gap * max(extent - 1, 0) + before + after
            for extent, gap, before, after in zip(shape, interior, low, high)]


def pad(low, high, interior, x, value):
    """Puts each element where it belongs, unless a negative margin took that place away."""
    extents = padded(x.shape, low, high, interior)
    if not extents:
        return x.clone()
    sources, targets = [], []
    for extent, size, gap, before in zip(extents, x.shape, interior, low):
        kept = [(i, before + i * (gap + 1)) for i in range(size) if 0 <= before + i * (gap + 1) < extent]
        sources.append(torch.tensor([source for source, _ in kept], dtype=torch.int64))
        targets.append(torch.tensor([target for _, target in kept], dtype=torch.int64))
    grids = [torch.meshgrid(*indices, indexing="ij") for indices in (targets, sources)]
    return value.expand(extents).index_put(grids[0], x[grids[1]])


#
# Gather and scatter
#


class Windows:
    """The dimension numbers of StableHLO's gather and scatter, read off its specification: for each element of the
    tensor of windows, in row-major order, the number of the element of the tensor that it is, or None outside."""

    def __init__(self, offset, collapsed, indexed, vector, batch=(), index_batch=(), mode="assume"):
        self.offset, self.collapsed, self.indexed, self.vector = offset, collapsed, indexed, vector
        self.batch, self.index_batch, self.mode = batch, index_batch, mode

    def shape(self, sizes, index_shape):
        outer = [extent for i, extent in enumerate(index_shape) if i != self.vector]
        inner = [size for i, size in enumerate(sizes) if i not in self.collapsed and i not in self.batch]
        rank = len(outer) + len(inner)
        outer, inner = iter(outer), iter(inner)
        return [next(inner) if i in self.offset else next(outer) for i in range(rank)]

    def sizes(self, shape, windows):
        inner = iter([windows[i] for i in self.offset])
        return [1 if i in self.collapsed or i in self.batch else next(inner) for i in range(len(shape))]

    def places(self, shape, indices, sizes, clamps):
        windows = self.shape(sizes, indices.shape)
        strides = [math.prod(shape[i + 1:]) for i in range(len(shape))]
        for index in itertools.product(*map(range, windows)):
            outer = [i for dimension, i in enumerate(index) if dimension not in self.offset]
            inner = iter([i for dimension, i in enumerate(index) if dimension in self.offset])
            start = [0] * len(shape)
            for k, dimension in enumerate(self.indexed):
                place = list(outer)
                if self.vector < indices.dim():
                    place.insert(self.vector, k)
                start[dimension] = int(indices[tuple(place)])
            index_place = list(outer)
            index_place.insert(self.vector, 0)
            for dimension, other in zip(self.batch, self.index_batch):
                start[dimension] = index_place[other]
            if clamps:
                start = [min(max(s, 0), extent - size) for s, extent, size in zip(start, shape, sizes)]
            place = [s if i in self.collapsed or i in self.batch else s + next(inner) for i, s in enumerate(start)]
            if all(0 <= p < extent for p, extent in zip(place, shape)):
                yield sum(p * stride for p, stride in zip(place, strides))
            else:
                yield None

    def gather(self, sizes, x, indices):
        places = list(self.places(x.shape, indices, sizes, self.mode != "drop"))
        flat = torch.cat([x.reshape(-1), torch.zeros(1, dtype=x.dtype)])
        return flat[[x.numel() if place is None else place for place in places]].reshape(
            self.shape(sizes, indices.shape))

    def scatter(self, mode, x, indices, updates):
        sizes = self.sizes(x.shape, updates.shape)
        met = [[element] for element in x.reshape(-1)]
        for place, update in zip(self.places(x.shape, indices, sizes, self.mode == "clamp"), updates.reshape(-1)):
            if place is not None:
                met[place].append(update)
        combine = {"set": lambda elements: elements[-1], "add": lambda elements: elements.sum(dtype=elements.dtype),
                   "mul": lambda elements: elements.prod(dtype=elements.dtype), "max": torch.amax,
                   "min": torch.amin}[mode]
        return torch.stack([combine(torch.stack(elements)) for elements in met]).reshape(x.shape)


#
# Sorting
#


def sort(x, dimension, descending):
    """PyTorch's order: NaN is greater than every number."""
    values, order = torch.sort(x, dim=dimension, descending=descending, stable=True)
    return values, order


def sort_by_two(tensors, descending):
    """The last key first: what is equal in the other stays in that order."""
    order = sort(tensors[1].detach(), 0, descending)[1]
    order = order.gather(0, sort(tensors[0].gather(0, order), 0, descending)[1])
    return [*(x.gather(0, order) for x in tensors), order]


def searchsorted(right, rows, values):
    """PyTorch knows one dimension of values in a row, and no booleans."""
    if rows.dtype == torch.bool:
        rows, values = rows.to(torch.uint8), values.to(torch.uint8)
    if rows.dim() == 1:
        return torch.searchsorted(rows.contiguous(), values, right=right)
    count = math.prod(values.shape[rows.dim() - 1:])
    return torch.searchsorted(rows, values.reshape(*rows.shape[:-1], count), right=right).reshape(values.shape)


#
# Random numbers
#


def threefry(key, counters):
    """Threefry-2x32 with 20 rounds, by its paper: the two words for each counter of 64 bits."""
    word = 2 ** 32 - 1
    key = [int(key[0]), int(key[1])]
    key.append(key[0] ^ key[1] ^ 0x1BD11BDA)
    x, y = (counters >> 32) + key[0] & word, counters + key[1] & word
    for group in range(5):
        for rotation in ((13, 15, 26, 6), (17, 29, 16, 24))[group % 2]:
            x = x + y & word
            y = (y << rotation | y >> 32 - rotation) & word ^ x
        x = x + key[(group + 1) % 3] & word
        y = y + key[(group + 2) % 3] + group + 1 & word
    return x, y


def words(key, shape):
    return [word.reshape(shape) for word in threefry(key, torch.arange(math.prod(shape)))]


def random_bits(key, shape, name):
    x, y = words(key, shape)
    if tensors.bits_of(name) == 64:
        return x << 32 | y
    bits = x ^ y
    return (bits.to(torch.uint8) if name == "ui8" else bits.to(FORMATS[name]))


def random_uniform(key, shape, name):
    x, y = words(key, shape)
    if name == "f64":
        return (x << 20 | y >> 12).double() * 2.0 ** -52
    width, count = {"f32": (32, 23), "f16": (16, 10), "bf16": (8, 7)}[name]
    return ((x ^ y) % 2 ** width >> width - count).double() * 2.0 ** -count


def random_normal(key, shape, name):
    """By the method of Box and Muller."""
    x, y = words(key, shape)
    angle = torch.where(y < 2 ** 31, y, y - 2 ** 32).double() * (2 * math.pi * 2.0 ** -32)
    return torch.sqrt(-2 * torch.log((x.double() + 0.5) * 2.0 ** -32)) * torch.cos(angle)


#
# Convolution
#


def convolution(names, strides, low, high, lhs_dilation, rhs_dilation, x, w):
    """Every spatial dimension of the image becomes two, the places of the window and those inside, by indices; then
    the names say what is multiplied and summed."""
    lhs, rhs, result = names
    margins = [([0] * x.dim()) for _ in range(3)]
    for spatial, values in enumerate(zip(low, high, lhs_dilation)):
        for margin, value in zip(margins, (values[0], values[1], values[2] - 1)):
            margin[lhs.index(str(spatial))] = value
    x = pad(*margins, x, torch.zeros((), dtype=x.dtype))
    for spatial in range(len(strides)):
        dimension, window = lhs.index(str(spatial)), w.shape[rhs.index(str(spatial))]
        count = max(0, (x.shape[dimension] - (window - 1) * rhs_dilation[spatial] - 1) // strides[spatial] + 1)
        places = (torch.arange(count)[:, None] * strides[spatial] +
                  torch.arange(window)[None, :] * rhs_dilation[spatial])
        x = x.index_select(dimension, places.reshape(-1))
        x = x.reshape(*x.shape[:dimension], count, window, *x.shape[dimension + 1:])
        lhs = lhs.replace(str(spatial), chr(ord("A") + spatial) + chr(ord("N") + spatial))
        rhs = rhs.replace(str(spatial), chr(ord("N") + spatial))
        result = result.replace(str(spatial), chr(ord("A") + spatial))
    return torch.einsum(f"{lhs},{rhs}->{result}", x, w)


#
# Reductions and contractions
#


def over_each(function):
    """A reduction over one dimension as one over several."""
    def reference(x, dimensions):
        for dimension in sorted(dimensions, reverse=True):
            x = function(x, dimension)
        return x
    return reference


def reduction(function, dimensions, x):
    """PyTorch takes no dimensions for all of them."""
    return function(x, dimensions) if dimensions else x.clone()


def variance(x, dimensions, correction):
    """PyTorch has no variance of no elements."""
    count = math.prod(x.shape[dimension] for dimension in dimensions)
    squares = (x - x.mean(dimensions, keepdim=True)) ** 2
    return squares.sum(dimensions) / max(count - correction, 0) if count != correction else squares.sum(dimensions) / 0.0


def logsumexp(dimensions, x):
    """The derivative of PyTorch's loses digits where it is large."""
    greatest = x.detach().amax(dimensions, keepdim=True) if x.numel() else x.detach().sum(dimensions, keepdim=True)
    return torch.log((x - greatest).exp().sum(dimensions)) + greatest.reshape(x.sum(dimensions).shape)


def log_softmax(dimensions, x):
    """PyTorch's is over one dimension."""
    moved = x - x.detach().amax(dimensions, keepdim=True) if x.numel() else x
    return moved - torch.log(moved.exp().sum(dimensions, keepdim=True))


def softmax(dimensions, x):
    return log_softmax(dimensions, x).exp()


def turned(function):
    """A scan from the last element to the first."""
    return lambda dimension, x: function(dimension, x.flip(dimension)).flip(dimension)


def element_at(index, dimension, x):
    """The element at the index that `index` finds along a dimension, and the derivative of that."""
    return x.gather(dimension, index(x.detach(), dimension, keepdim=True)).squeeze(dimension)


def greatest_so_far(dimension, x):
    return extreme_so_far(torch.cummax, dimension, x)


def least_so_far(dimension, x):
    return extreme_so_far(torch.cummin, dimension, x)


def extreme_so_far(function, dimension, x):
    """To PyTorch zeros of both signs are equal: the last one stays."""
    values = function(x, dimension).values if x.numel() else x.clone()
    if not x.is_floating_point():
        return values
    signs = torch.where(x == 0, torch.copysign(torch.ones_like(x), x), torch.zeros_like(x))
    wanted = 1.0 if function is torch.cummax else -1.0
    there = (signs == wanted).to(torch.int64).cumsum(dimension) > 0
    zeros = torch.where(there, torch.full_like(x, 0.0 * wanted), torch.full_like(x, -0.0 * wanted))
    return torch.where(values.detach() == 0, values + zeros, values) if values.requires_grad else \
        torch.where(values == 0, zeros, values)


def exclusive(function, none):
    """A scan without the element itself: `none` comes first, or the least or greatest number that there is."""
    def reference(dimension, x):
        first = none
        if none in ("least", "greatest"):
            is_float = x.is_floating_point()
            info = None if is_float else torch.iinfo(x.dtype)
            first = float("-inf") if is_float else info.min
            if none == "greatest":
                first = float("inf") if is_float else info.max
        extent = x.shape[dimension]
        # Without the last, of which a product with 0 may be NaN.
        before = function(dimension, x.narrow(dimension, 0, max(extent - 1, 0)))
        edge = torch.full_like(x.detach().narrow(dimension, 0, min(extent, 1)), first)
        return torch.cat([edge, before], dimension)
    return reference


class Polygamma(torch.autograd.Function):
    """The logarithm of the gamma function, x > 0, differentiated `order` + 1 times. PyTorch's trigamma function is
    right to 9 digits; the zeta function is to all."""

    @staticmethod
    def forward(context, x, order):
        context.save_for_backward(x)
        context.order = order
        if order <= 0:
            return torch.lgamma(x) if order < 0 else torch.digamma(x)
        return (-1) ** (order + 1) * math.factorial(order) * torch.special.zeta(torch.full_like(x, order + 1), x)

    @staticmethod
    def backward(context, cotangent):
        return cotangent * Polygamma.apply(*context.saved_tensors, context.order + 1), None


def polygamma(order, x):
    return Polygamma.apply(x, order)


def norm(order, dimensions, x):
    """PyTorch has no greatest magnitude of no elements."""
    if order == math.inf and not all(x.shape[dimension] for dimension in dimensions):
        return x.abs().sum(dimensions)
    return torch.linalg.vector_norm(x, order, dim=dimensions)


def logsumexp_at_infinity(dimension, x):
    """Of several +inf each has an equal share, of nothing but -inf none has any."""
    greatest = x.amax(dimension)
    is_finite = greatest.detach().isfinite()
    finite = logsumexp([dimension], torch.where(is_finite.unsqueeze(dimension), x, 0.0))
    is_nothing = greatest.detach() == float("-inf")
    return torch.where(is_finite, finite, torch.where(is_nothing, greatest.detach(), greatest))


def logsumexp_so_far(dimension, x):
    """PyTorch's has no second derivative."""
    parts = [logsumexp_at_infinity(dimension, x.narrow(dimension, 0, k + 1)) for k in range(x.shape[dimension])]
    return torch.stack(parts, dimension) if parts else x.clone()


def unfold(dimensions, sizes, strides, dilations, x):
    for dimension, size, stride, dilation in zip(dimensions, sizes, strides, dilations):
        count = max(0, (x.shape[dimension] - (size - 1) * dilation - 1) // stride + 1)
        firsts = torch.arange(count) * stride
        x = torch.stack([x.index_select(dimension, firsts + k * dilation) for k in range(size)], -1)
    return x


def overlap_add(shape, dimensions, sizes, strides, dilations, windows):
    """Each element of what is unfolded has a number: where that stands in the windows, it is added."""
    numbers = unfold(dimensions, sizes, strides, dilations, torch.arange(math.prod(shape)).reshape(shape))
    return torch.zeros(math.prod(shape), dtype=windows.dtype).index_add(
        0, numbers.flatten(), windows.flatten()).reshape(shape)


def recurrence(dimension, reverse, a, b):
    order = range(a.shape[dimension])
    so_far, results = torch.zeros_like(a.sum(dimension)), {}
    for i in reversed(order) if reverse else order:
        so_far = a.select(dimension, i) * so_far + b.select(dimension, i)
        results[i] = so_far
    return torch.stack([results[i] for i in order], dimension) if results else a * b


def product(x, dimensions):
    for dimension in reversed(dimensions):
        x = x.prod(dimension)
    return x


def greatest(x, dimensions):
    """PyTorch refuses to take the maximum of nothing."""
    return extreme(torch.amax, -1, x, dimensions)


def least(x, dimensions):
    return extreme(torch.amin, 1, x, dimensions)


def extreme(function, sign, x, dimensions):
    if all(x.shape[dimension] for dimension in dimensions):
        return function(x, dimensions)
    shape = [extent for i, extent in enumerate(x.shape) if i not in dimensions]
    if tensors.is_float(x):
        return x.new_full(shape, sign * float("inf")) + x.sum(dimensions)
    info = torch.iinfo(x.dtype)
    return x.new_full(shape, info.max if sign > 0 else info.min)


def contraction(lhs_rank, rhs_rank, batch, contracting):
    """The function of two operands, by Einstein's notation."""
    letters = iter(string.ascii_letters)
    lhs = [next(letters) for _ in range(lhs_rank)]
    rhs = [next(letters) for _ in range(rhs_rank)]
    for pairs in (batch, contracting):
        for i, j in zip(*pairs):
            rhs[j] = lhs[i]
    result = [lhs[i] for i in batch[0]]
    result += [letter for i, letter in enumerate(lhs) if i not in batch[0] + contracting[0]]
    result += [letter for j, letter in enumerate(rhs) if j not in batch[1] + contracting[1]]
    equation = f"{''.join(lhs)},{''.join(rhs)}->{''.join(result)}"
    return lambda x, y: torch.einsum(equation, x, y)
