"""Gather and scatter, by the numbers that elements have in a tensor."""

import math

import torch

import tensors
from tracing import Unmapped, Value

from .table import counterpart


def wrapped(program, index, extent):
    """An index that may count from the end."""
    index = program.convert(index, "i64")
    zero = program.splat(0, index.shape, "i64")
    moved_on = program.binary("add", index, program.splat(extent, index.shape, "i64"))
    return program.select(program.compare("lt", index, zero), moved_on, index)


def places_along(program, shape, dimension, index):
    """Where gather and scatter of PyTorch look: at an element's own place, but along one dimension at the index."""
    total = None
    for i in range(len(shape)):
        part = program.convert(index, "i64") if i == dimension else program.iota(index.shape, i, "i64")
        part = program.binary("mul", part, program.splat(math.prod(shape[i + 1:]), index.shape, "i64"))
        total = part if total is None else program.binary("add", total, part)
    return total


def lined_up(program, x, dimension, *others):
    """The tensor, the dimension and what has the same rank, of rank 1 at least."""
    if x.rank:
        return x, dimension % x.rank, *others
    others = [program.reshape(other, [1] * max(other.rank, 1)) if other.rank == 0 else other for other in others]
    return program.reshape(x, [1]), 0, *others


@counterpart("aten.gather")
def gather(program, meta, x, dimension, index, **_):
    x, dimension, index = lined_up(program, x, dimension, index)
    if not index.size:
        return program.splat(0, meta.shape, x.format)
    return program.reshape(program.take(x, places_along(program, x.shape, dimension, index)), meta.shape)


def scattered(mode):
    def make(program, meta, x, dimension, index, updates, **kwargs):
        how = {None: mode, "add": "add", "multiply": "mul"}[kwargs.get("reduce")]
        x, dimension, index = lined_up(program, x, dimension, index)
        if not index.size:
            return program.reshape(x, meta.shape)
        if not isinstance(updates, Value):
            updates = program.splat(updates, index.shape, x.format)
        updates = program.reshape(updates, [1]) if not updates.rank else updates
        updates = program.slice(updates, [(0, extent, 1) for extent in index.shape])
        places = places_along(program, x.shape, dimension, index)
        return program.reshape(program.put(how, x, places, updates), meta.shape)
    return make


counterpart("aten.scatter.src", "aten.scatter.value", "aten.scatter.reduce", "aten.scatter.value_reduce")(
    scattered("set"))
counterpart("aten.scatter_add")(scattered("add"))


MODES = {"sum": "add", "mean": "add", "prod": "mul", "amax": "max", "amin": "min"}


def start_of(reduce, format):
    """What a reduction makes no difference to."""
    if reduce not in ("amax", "amin"):
        return 1 if reduce == "prod" else 0
    if format in tensors.FLOATS:
        return -math.inf if reduce == "amax" else math.inf
    limits = torch.iinfo(tensors.FORMATS[format])
    return limits.min if reduce == "amax" else limits.max


def reduced_into(program, x, places, updates, reduce, include_self):
    if x.format == "i1" or (reduce == "mean" and x.format not in tensors.FLOATS):
        raise Unmapped(f"no {reduce} of {x.format}")
    if not include_self:
        x = program.put("set", x, places, program.splat(start_of(reduce, x.format), places.shape, x.format))
    result = program.put(MODES[reduce], x, places, updates)
    if reduce != "mean":
        return result
    one = program.splat(1, x.shape, x.format)
    ones = program.splat(1, places.shape, x.format)
    count = one if include_self else program.put("set", one, places, program.splat(0, places.shape, x.format))
    return program.binary("div", result, program.put("add", count, places, ones))


@counterpart("aten.scatter_reduce.two")
def scatter_reduce(program, meta, x, dimension, index, updates, reduce, *, include_self=True):
    x, dimension, index, updates = lined_up(program, x, dimension, index, updates)
    if not index.size:
        return program.reshape(x, meta.shape)
    updates = program.slice(updates, [(0, extent, 1) for extent in index.shape])
    places = places_along(program, x.shape, dimension, index)
    return program.reshape(reduced_into(program, x, places, updates, reduce, include_self), meta.shape)


@counterpart("aten.index_reduce")
def index_reduce(program, meta, x, dimension, index, updates, reduce, *, include_self=True):
    x, dimension, updates = lined_up(program, x, dimension, updates)
    if not updates.size:
        return program.reshape(x, meta.shape)
    index = program.broadcast(program.reshape(index, [index.size]), updates.shape, [dimension])
    places = places_along(program, x.shape, dimension, index)
    return program.reshape(reduced_into(program, x, places, updates, reduce, include_self), meta.shape)


def indexed_places(program, shape, indices):
    """The places that a list of indices selects, None for a whole dimension, as NumPy has it."""
    indices = list(indices) + [None] * (len(shape) - len(indices))
    given = [(i, index) for i, index in enumerate(indices) if index is not None]
    if any(index.format == "i1" or index.format == "ui8" for _, index in given):
        raise Unmapped("the shape or the way depends on the data")
    common = torch.broadcast_shapes(*(index.shape for _, index in given))
    dimensions = [i for i, _ in given]
    is_together = dimensions == list(range(dimensions[0], dimensions[-1] + 1))
    first = dimensions[0] if is_together else 0
    whole = [i for i in range(len(shape)) if i not in dimensions]
    before = [i for i in whole if is_together and i < first]
    after = [i for i in whole if i not in before]
    result = [*(shape[i] for i in before), *common, *(shape[i] for i in after)]
    total = program.splat(0, result, "i64")
    for i, extent in enumerate(shape):
        if indices[i] is None:
            place = before.index(i) if i in before else len(before) + len(common) + after.index(i)
            part = program.iota(result, place, "i64")
        else:
            index = program.expand(wrapped(program, indices[i], extent), common)
            part = program.broadcast(index, result, range(len(before), len(before) + len(common)))
        part = program.binary("mul", part, program.splat(math.prod(shape[i + 1:]), result, "i64"))
        total = program.binary("add", total, part)
    return total


@counterpart("aten.index.Tensor")
def index(program, meta, x, indices):
    if not torch.Size(meta.shape).numel():
        return program.splat(0, meta.shape, x.format)
    return program.take(x, indexed_places(program, x.shape, indices))


@counterpart("aten.index_put")
def index_put(program, meta, x, indices, updates, accumulate=False, **_):
    places = indexed_places(program, x.shape, indices)
    if not places.size:
        return x
    return program.put("add" if accumulate else "set", x, places, program.expand(updates, places.shape))


@counterpart("aten.index_select")
def index_select(program, meta, x, dimension, index):
    if not x.rank:
        return program.reshape(x, meta.shape)
    return index_(program, meta, x, dimension, index)


def index_(program, meta, x, dimension, index):
    indices = [None] * (dimension % x.rank) + [program.reshape(index, [index.size])]
    if not torch.Size(meta.shape).numel():
        return program.splat(0, meta.shape, x.format)
    return program.take(x, indexed_places(program, x.shape, indices))


def written_part(function):
    """A part that PyTorch finds by numbers is replaced."""
    def make(program, meta, x, update, *args, **kwargs):
        part = function(torch.arange(x.size, dtype=torch.int64).reshape(x.shape), *args, **kwargs)
        if not part.numel():
            return x
        update = program.expand(program.convert(update, x.format), part.shape)
        return program.put("set", x, program.constant(part), update)
    return make


counterpart("aten.select_scatter")(written_part(torch.ops.aten.select.int))
counterpart("aten.slice_scatter")(written_part(torch.ops.aten.slice.Tensor))
counterpart("aten.diagonal_scatter")(written_part(torch.ops.aten.diagonal))
counterpart("aten.as_strided_scatter")(written_part(torch.as_strided))


@counterpart("aten.take")
def take(program, meta, x, index):
    if not index.size:
        return program.splat(0, meta.shape, x.format)
    return program.take(x, wrapped(program, index, x.size))


@counterpart("aten.put")
def put(program, meta, x, index, updates, accumulate=False):
    if not index.size:
        return x
    return program.put("add" if accumulate else "set", x, wrapped(program, index, x.size),
                       program.reshape(updates, index.shape))


@counterpart("getitem")
def getitem(program, meta, parts, place):
    return parts[place]
