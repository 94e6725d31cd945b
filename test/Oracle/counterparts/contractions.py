"""Contractions, convolutions and windows."""

import math

import torch

import tensors

from .shapes import reverse, windows
from .table import counterpart, format_of, same


@counterpart("aten.mm")
def matmul(program, meta, x, y):
    return program.emit("atled.matmul %0, %1 : ({0}, {1}) -> {result}", [x, y], meta.shape, x.format)


@counterpart("aten.dot", "aten.vdot")
def dot(program, meta, x, y):
    return program.emit("atled.dot %0, %1 : ({0}, {1}) -> {result}", [x, y], [], x.format)


def contract(program, x, y, batch, contracting):
    shape = [x.shape[i] for i in batch[0]]
    shape += [extent for i, extent in enumerate(x.shape) if i not in batch[0] + contracting[0]]
    shape += [extent for i, extent in enumerate(y.shape) if i not in batch[1] + contracting[1]]
    return program.emit(f"atled.contract %0, %1 batch = {batch[0]} x {batch[1]} contracting = {contracting[0]} x "
                        f"{contracting[1]} : ({{0}}, {{1}}) -> {{result}}", [x, y], shape, x.format)


@counterpart("aten.bmm")
def batched(program, meta, x, y):
    return contract(program, x, y, ([0], [0]), ([2], [1]))


@counterpart("aten._trilinear")
def trilinear(program, meta, x, y, z, *dimensions):
    *new, summed = dimensions[:4]
    factors = []
    for factor, places in zip((x, y, z), new):
        shape = list(factor.shape)
        for place in sorted(places):
            shape.insert(place, 1)
        factors.append(program.reshape(factor, shape))
    shape = torch.broadcast_shapes(*(factor.shape for factor in factors))
    x, y, z = (program.expand(factor, shape) for factor in factors)
    return program.reduce("reduce_sum", program.binary("mul", program.binary("mul", x, y), z), summed)


@counterpart("aten.linalg_cross")
def cross(program, meta, x, y, *, dim=-1):
    dim %= len(meta.shape)

    def turned(operand, count):
        parts = [[(start, end, 1) if i == dim else (0, extent, 1) for i, extent in enumerate(operand.shape)]
                 for start, end in ((count, 3), (0, count))]
        return program.concatenate([program.slice(operand, part) for part in parts], dim)
    x, y = same(program, [x, y], meta.shape, format_of(meta))
    products = [program.binary("mul", turned(x, i), turned(y, 3 - i)) for i in (1, 2)]
    return program.binary("sub", *products)


@counterpart("aten.mv")
def applied(program, meta, x, y):
    return contract(program, x, y, ([], []), ([1], [0]))


def added(multiply):
    """beta * x + alpha * a product."""
    def make(program, meta, x, y, z, beta=1, alpha=1):
        product = multiply(program, meta, y, z)
        terms = [program.binary("mul", *same(program, [term, scale], meta.shape, format_of(meta)))
                 for term, scale in ((x, beta), (product, alpha))]
        # What is multiplied by 0 may be NaN.
        return program.binary("add", *terms) if beta else terms[1]
    return make


counterpart("aten.addmm")(added(matmul))
counterpart("aten.addmv")(added(applied))
counterpart("aten.baddbmm")(added(batched))
counterpart("aten.addbmm")(added(lambda program, meta, x, y: contract(program, x, y, ([], []), ([0, 2], [0, 1]))))


@counterpart("aten.convolution")
def convolution(program, meta, x, w, bias, stride, padding, dilation, transposed, output_padding, groups):
    count = x.rank - 2
    stride, padding, dilation, output_padding = (
        list(values) * (count if len(values) == 1 else 1) for values in (stride, padding, dilation, output_padding))
    axes = "".join(map(str, range(count)))
    low, high, lhs_dilation = padding, padding, [1] * count
    if transposed:
        w = reverse(program, None, w, list(range(2, w.rank)))
        low = [d * (size - 1) - p for d, size, p in zip(dilation, w.shape[2:], padding)]
        high = [edge + more for edge, more in zip(low, output_padding)]
        lhs_dilation, stride = stride, [1] * count
    kernel = "gio" if transposed else "goi"
    x = program.reshape(x, [x.shape[0], groups, x.shape[1] // groups, *x.shape[2:]])
    w = program.reshape(w, [groups, w.shape[0] // groups, *w.shape[1:]])
    shape = [meta.shape[0], groups, meta.shape[1] // groups, *meta.shape[2:]]
    result = program.emit(f'atled.convolution %0, %1 "bgi{axes}" x "{kernel}{axes}" -> "bgo{axes}" '
                          f"strides = {stride} low = {low} high = {high} lhs_dilation = {lhs_dilation} "
                          f"rhs_dilation = {dilation} : ({{0}}, {{1}}) -> {{result}}", [x, w], shape, x.format)
    result = program.reshape(result, meta.shape)
    if bias is None:
        return result
    return program.binary("add", result, program.broadcast(bias, meta.shape, [1]))


def listed(value, count):
    return list(value) * (count if len(value) == 1 else 1) if isinstance(value, (list, tuple)) else [value] * count


def pooled(program, x, shape, sizes, strides, padding, dilations, margin):
    """The windows of the last dimensions, over an edge that holds a number."""
    count = len(sizes)
    first = x.rank - count
    low, high = [0] * first + padding, [0] * first
    for i in range(count):
        needed = (shape[first + i] - 1) * strides[i] + (sizes[i] - 1) * dilations[i] + 1
        high.append(needed - x.shape[first + i] - padding[i])
    padded = program.pad(x, program.splat(margin, [], x.format), low, high, [0] * x.rank)
    return windows(program, padded, list(range(first, x.rank)), sizes, strides, dilations)


def average_pool(count):
    def make(program, meta, x, sizes, strides=(), padding=0, ceil_mode=False, count_include_pad=True, divisor=None):
        sizes, padding = listed(sizes, count), listed(padding, count)
        strides = listed(strides, count) if strides else sizes
        parts = pooled(program, x, meta.shape, sizes, strides, padding, [1] * count, 0.0)
        total = program.reduce("reduce_sum", parts, list(range(x.rank, parts.rank)))
        ones = torch.ones(1, 1, *x.shape[x.rank - count:], dtype=torch.float64)
        if count_include_pad:
            ones = torch.nn.functional.pad(ones, [margin for p in reversed(padding) for margin in (p, p)], value=1.0)
        pool = getattr(torch.nn.functional, f"avg_pool{count}d")
        number = pool(ones, sizes, strides, 0 if count_include_pad else padding, ceil_mode, divisor_override=1)
        number = torch.full_like(number, divisor) if divisor else number
        number = program.constant(number.reshape(number.shape[2:]).to(tensors.FORMATS[x.format]))
        return program.binary("div", total, program.expand(number, total.shape))
    return make


def elements_of_windows(extents, shape, sizes, strides, padding, dilations):
    """The number in an image of each element of each window; any number beside it."""
    number = torch.zeros(*shape, *sizes, dtype=torch.int64)
    for i, (extent, *numbers) in enumerate(zip(extents, shape, sizes, strides, padding, dilations)):
        count, size, stride, margin, dilation = numbers
        place = torch.arange(count)[:, None] * stride - margin + torch.arange(size) * dilation
        view = [1] * number.dim()
        view[i], view[len(shape) + i] = place.shape
        number = number * extent + place.reshape(view)
    return number.reshape(math.prod(shape), math.prod(sizes))


def place_in_window(program, parts, table):
    """The numbers in `table`, a row for each window, of the first of the greatest in each of them."""
    shape = parts.shape[:-1]
    where = program.emit(f"atled.argmax %0 dimension = {len(shape)} : {{0}} -> {{result}}", [parts], shape, "i64")
    window = torch.arange(math.prod(shape)).reshape(shape) % max(table.shape[0], 1) * table.shape[1]
    return program.take(program.constant(table), program.binary("add", where, program.constant(window)))


def maximum_pool(count):
    def make(program, meta, x, sizes, strides=(), padding=0, dilation=1, ceil_mode=False):
        sizes, padding, dilation = (listed(values, count) for values in (sizes, padding, dilation))
        strides = listed(strides, count) if strides else sizes
        # The windows reach as far as they find something.
        pool = getattr(torch.nn.functional, f"max_pool{count}d")
        shape = pool(torch.zeros(1, 1, *x.shape[x.rank - count:]), sizes, strides, padding, dilation, ceil_mode).shape
        shape = [*x.shape[:x.rank - count], *shape[2:]]
        lowest = -math.inf if x.format in tensors.FLOATS else torch.iinfo(tensors.FORMATS[x.format]).min
        parts = pooled(program, x, shape, sizes, strides, padding, dilation, lowest)
        result = program.reduce("reduce_max", parts, list(range(x.rank, parts.rank)), " tie = first")
        table = elements_of_windows(x.shape[-count:], shape[-count:], sizes, strides, padding, dilation)
        return [result, place_in_window(program, program.reshape(parts, [*shape, math.prod(sizes)]), table)]
    return make


for count in (2, 3):
    counterpart(f"aten.avg_pool{count}d")(average_pool(count))
    counterpart(f"aten.max_pool{count}d_with_indices")(maximum_pool(count))
