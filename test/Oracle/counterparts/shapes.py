"""Tensors from nothing, and what only moves elements."""

import torch

import tensors
from tracing import UNWRITTEN, Unmapped, Value

from .table import counterpart, format_of, same


def filled(place=None, number=0):
    """With the number among the arguments, or this one."""
    def make(program, meta, *xs, **_):
        value = number if place is None else xs[place]
        if isinstance(value, Value):
            return program.expand(program.convert(value, format_of(meta)), meta.shape)
        return program.splat(value, meta.shape, format_of(meta))
    return make


counterpart("aten.scalar_tensor", "prims.scalar_tensor")(filled(0))
counterpart("aten.full", "aten.full_like", "aten.fill.Scalar", "aten.fill.Tensor", "prims.fill")(filled(1))
counterpart("aten.new_full")(filled(2))
counterpart("aten.zeros", "aten.zeros_like", "aten.new_zeros", "aten.zero")(filled())
counterpart("aten.ones", "aten.ones_like", "aten.new_ones")(filled(number=1))


@counterpart("prims.arange")
def arange(program, meta, start, end, step, **_):
    """Counted, then scaled: in f64 where a number is no integer, as PyTorch does."""
    format = format_of(meta)
    wide = "f64" if format in tensors.FLOATS else format
    places = program.iota(meta.shape, 0, wide)
    scaled = program.binary("mul", *same(program, [places, step], meta.shape, wide))
    return program.convert(program.binary("add", *same(program, [scaled, start], meta.shape, wide)), format)


@counterpart("prims.empty_strided", "aten.empty", "aten.empty_like", "aten.new_empty", "aten.empty.memory_format",
             "aten.new_empty_strided", "aten.empty_strided")
def unwritten(program, meta, *_, **__):
    return UNWRITTEN


@counterpart("prims.copy_to")
def copy_to_new(program, meta, target, source):
    """Over the whole of new memory."""
    if target is not UNWRITTEN:
        raise Unmapped("changes a part of a tensor in place")
    return copy(program, meta, target, source)


@counterpart("aten.copy")
def copy(program, meta, target, source, *_):
    return program.expand(program.convert(source, format_of(meta)), meta.shape)


def moved(function):
    """What only moves elements, and may put zeros beside: PyTorch moves their numbers, and these are gathered."""
    def make(program, meta, x, *args, **kwargs):
        zeros = program.splat(0, meta.shape, x.format)
        if not x.size:
            return zeros
        numbers = torch.arange(1, x.size + 1, dtype=torch.float64).reshape(x.shape)
        places = function(numbers, *args, **kwargs).to(torch.int64) - 1
        result = program.take(x, program.constant(places.clamp(min=0)))
        is_beside = places < 0
        return program.select(program.constant(is_beside), zeros, result) if is_beside.any() else result
    return make


for name in ("as_strided", "reflection_pad1d", "reflection_pad2d", "reflection_pad3d", "replication_pad1d",
             "replication_pad2d", "replication_pad3d", "pixel_shuffle", "pixel_unshuffle", "diag", "roll",
             "channel_shuffle"):
    counterpart(f"aten.{name}")(moved(getattr(torch.ops.aten, name)))
for name in ("upsample_nearest1d", "upsample_nearest2d", "upsample_nearest3d"):
    counterpart(f"aten.{name}")(moved(getattr(torch.ops.aten, name)))
    counterpart(f"aten.{name}.vec")(moved(getattr(torch.ops.aten, name)))


@counterpart("prims.broadcast_in_dim")
def broadcast(program, meta, x, shape, dimensions):
    return program.broadcast(x, shape, dimensions)


@counterpart("aten.expand")
def expand(program, meta, x, shape, **_):
    return program.expand(x, meta.shape)


@counterpart("prims.squeeze", "prims.split_dim", "prims.collapse_view", "prims.reshape", "aten.view", "aten.reshape",
             "aten._unsafe_view", "aten._reshape_alias", "aten.squeeze", "aten.squeeze.dim", "aten.unsqueeze")
def reshape(program, meta, x, *_, **__):
    return program.reshape(x, meta.shape)


@counterpart("prims.transpose", "aten.permute")
def transpose(program, meta, x, permutation):
    return program.transpose(x, [i % x.rank for i in permutation])


@counterpart("aten.transpose.int")
def transpose_two(program, meta, x, first, second):
    order = list(range(x.rank))
    if order:
        order[first], order[second] = order[second], order[first]
    return program.transpose(x, order)


@counterpart("aten.t")
def transpose_all(program, meta, x):
    return program.transpose(x, list(reversed(range(x.rank))))


@counterpart("prims.rev", "aten.flip")
def reverse(program, meta, x, dimensions):
    dimensions = sorted({i % x.rank for i in dimensions}) if x.rank else []
    return program.emit(f"atled.reverse %0 dimensions = {dimensions} : {{0}}", [x], x.shape, x.format)


@counterpart("aten.slice.Tensor")
def slice_(program, meta, x, dimension=0, start=None, end=None, step=1):
    ranges = [(0, extent, 1) for extent in x.shape]
    start, end, step = slice(start, end, step).indices(x.shape[dimension])
    ranges[dimension] = (start, max(start, end), step)
    return program.slice(x, ranges)


@counterpart("aten.select.int")
def select_one(program, meta, x, dimension, place):
    ranges = [(0, extent, 1) for extent in x.shape]
    place %= x.shape[dimension]
    ranges[dimension] = (place, place + 1, 1)
    return program.reshape(program.slice(x, ranges), meta.shape)


@counterpart("prims.cat", "aten.cat")
def concatenate(program, meta, parts, dimension=0):
    rank = len(meta.shape)
    parts = [program.convert(part, format_of(meta)) for part in parts if part.rank == rank]
    return program.concatenate(parts, dimension % rank)


@counterpart("aten.narrow_copy")
def narrow(program, meta, x, dimension, start, length):
    start %= max(x.shape[dimension], 1)
    ranges = [(0, extent, 1) for extent in x.shape]
    ranges[dimension] = (start, start + length, 1)
    return program.slice(x, ranges)


@counterpart("aten.block_diag")
def block_diagonal(program, meta, parts):
    rows, format, before = [], format_of(meta), 0
    for part in parts:
        part = program.reshape(program.convert(part, format), ([1, 1, *part.shape])[-2:])
        behind = meta.shape[1] - before - part.shape[1]
        rows.append(program.pad(part, program.splat(0, [], format), [0, before], [0, behind], [0, 0]))
        before += part.shape[1]
    return program.concatenate(rows, 0)


@counterpart("aten.constant_pad_nd")
def pad(program, meta, x, margins, value=0):
    low, high = ([0] * x.rank for _ in range(2))
    for i in range(len(margins) // 2):
        low[x.rank - 1 - i], high[x.rank - 1 - i] = margins[2 * i:2 * i + 2]
    return program.pad(x, program.splat(value, [], x.format), low, high, [0] * x.rank)


@counterpart("aten.unfold")
def unfold(program, meta, x, dimension, size, step):
    if not x.rank:
        x = program.reshape(x, [1])
    return program.reshape(windows(program, x, [dimension % x.rank], [size], [step], [1]), meta.shape)


def windows(program, x, dimensions, sizes, strides, dilations):
    shape = list(x.shape)
    for dimension, size, stride, dilation in zip(dimensions, sizes, strides, dilations):
        shape[dimension] = (shape[dimension] - (size - 1) * dilation - 1) // stride + 1
    return program.emit(f"atled.unfold %0 dimensions = {dimensions} sizes = {sizes} strides = {strides} "
                        f"dilations = {dilations} : {{0}} -> {{result}}", [x], [*shape, *sizes], x.format)
