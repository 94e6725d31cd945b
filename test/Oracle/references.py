"""Operations of the dialect atled in PyTorch, where it has none that is the same.

Floats arrive in f64, whatever the format of the case.
"""

import string

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
