"""Reductions, statistics and scans."""

import math

import tensors
from tracing import Unmapped

from .elementwise import mask_of_nan
from .table import counterpart, format_of, same


def reduced(program, meta, name, x, dimensions, clause="", **_):
    """With what keepdim asks for."""
    return program.reshape(program.reduce(name, x, dimensions, clause), meta.shape)


STATISTICS = {"mean", "logsumexp"}


def reduction(name, of_booleans=None):
    def make(program, meta, x, dimensions=None, *_, **__):
        format = format_of(meta)
        if format == "i1":
            return reduced(program, meta, of_booleans, x, dimensions)
        if name in STATISTICS and format not in tensors.FLOATS:
            raise Unmapped(f"atled.{name} is not for {format}")
        return reduced(program, meta, name, program.convert(x, format), dimensions)
    return make


counterpart("prims.sum")(reduction("reduce_sum"))
counterpart("prims.prod")(reduction("reduce_prod", "reduce_all"))
counterpart("prims.amax")(reduction("reduce_max", "reduce_any"))
counterpart("prims.amin")(reduction("reduce_min", "reduce_all"))
counterpart("aten.mean", "aten.mean.dim")(reduction("mean"))
counterpart("aten.max")(reduction("reduce_max", "reduce_any"))
counterpart("aten.min")(reduction("reduce_min", "reduce_all"))
counterpart("aten.logsumexp")(reduction("logsumexp"))


@counterpart("aten.nansum")
def nansum(program, meta, x, dimensions=None, *_, **__):
    x = program.convert(x, format_of(meta))
    zero = program.splat(0, x.shape, x.format)
    return reduced(program, meta, "reduce_sum", program.select(mask_of_nan(program, x), zero, x), dimensions)


@counterpart("aten.count_nonzero", "aten.count_nonzero.dim_IntList")
def count_nonzero(program, meta, x, dimensions=None):
    mask = program.compare("ne", *same(program, [x, 0], x.shape, x.format))
    return reduced(program, meta, "reduce_sum", program.convert(mask, format_of(meta)), dimensions)


def truth(name):
    def make(program, meta, x, dimensions=None, *_):
        mask = x if x.format == "i1" else program.compare("ne", *same(program, [x, 0], x.shape, x.format))
        return program.convert(reduced(program, meta, name, mask, dimensions), format_of(meta))
    return make


counterpart("aten.any", "aten.any.dim")(truth("reduce_any"))
counterpart("aten.all", "aten.all.dim")(truth("reduce_all"))


@counterpart("prims.var", "aten.var.correction")
def variance(program, meta, x, dimensions=None, correction=1, keepdim=False, **_):
    return reduced(program, meta, "variance", x, dimensions, f" correction = {correction}")


@counterpart("aten.linalg_vector_norm")
def norm(program, meta, x, order=2, dimensions=None, keepdim=False, dtype=None):
    """Orders that the operation does not have are written out."""
    x = program.convert(x, format_of(meta))
    clause = {1: " order = one", 2: "", math.inf: " order = infinity"}.get(order)
    if clause is not None:
        return reduced(program, meta, "norm", x, dimensions, clause)
    size = program.unary("abs", x)
    if order == -math.inf:
        return reduced(program, meta, "reduce_min", size, dimensions)
    if order == 0:
        mask = program.compare("ne", *same(program, [x, 0], x.shape, x.format))
        return reduced(program, meta, "reduce_sum", program.convert(mask, x.format), dimensions)
    powers = program.binary("pow", *same(program, [size, order], x.shape, x.format))
    total = reduced(program, meta, "reduce_sum", powers, dimensions)
    return program.binary("pow", *same(program, [total, 1 / order], total.shape, x.format))


def extreme_with_place(reduce, place):
    def make(program, meta, x, dimension, keepdim=False):
        if not x.rank:
            return [x, program.splat(0, [], "i64")]
        if x.format == "i1":
            extreme, where = make(program, meta, program.convert(x, "i8"), dimension, keepdim)
            return [program.convert(extreme, "i1"), where]
        dimension %= x.rank
        kept = [1 if i == dimension else extent for i, extent in enumerate(x.shape)]
        shape = kept if keepdim else [extent for i, extent in enumerate(x.shape) if i != dimension]
        where = program.emit(f"atled.{place} %0 dimension = {dimension} : {{0}} -> {{result}}", [x],
                             [extent for i, extent in enumerate(x.shape) if i != dimension], "i64")
        extreme = program.reduce(reduce, x, [dimension], " tie = first")
        return [program.reshape(extreme, shape), program.reshape(where, shape)]
    return make


counterpart("aten.max.dim")(extreme_with_place("reduce_max", "argmax"))
counterpart("aten.min.dim")(extreme_with_place("reduce_min", "argmin"))


def place_of_extreme(name):
    def make(program, meta, x, dimension=None, keepdim=False):
        if dimension is None or not x.rank:
            x, dimension = program.reshape(x, [x.size]), 0
        dimension %= x.rank
        where = program.emit(f"atled.{name} %0 dimension = {dimension} : {{0}} -> {{result}}", [x],
                             [extent for i, extent in enumerate(x.shape) if i != dimension], "i64")
        return program.reshape(where, meta.shape)
    return make


counterpart("aten.argmax")(place_of_extreme("argmax"))
counterpart("aten.argmin")(place_of_extreme("argmin"))


def scan(name):
    def make(program, meta, x, dimension, **_):
        return program.along(name, program.convert(x, format_of(meta)), dimension)
    return make


counterpart("aten.cumsum")(scan("cumsum"))
counterpart("aten.cumprod")(scan("cumprod"))
counterpart("aten.logcumsumexp")(scan("cumlogsumexp"))


def extreme_so_far(name):
    def make(program, meta, x, dimension):
        if x.format == "i1":
            values, places = make(program, meta, program.convert(x, "i8"), dimension)
            return [program.convert(values, "i1"), places]
        values = program.along(name, x, dimension)
        is_there = program.binary("or", program.compare("eq", x, values), mask_of_nan(program, x))
        place = program.iota(x.shape, dimension % x.rank, "i64") if x.rank else program.splat(0, [], "i64")
        place = program.select(is_there, place, program.splat(0, x.shape, "i64"))
        # Of equal ones the last.
        return [values, program.along("cummax", place, dimension)]
    return make


counterpart("aten.cummax")(extreme_so_far("cummax"))
counterpart("aten.cummin")(extreme_so_far("cummin"))


def normalized(name):
    def make(program, meta, x, dimension, *_):
        if not x.rank:
            return program.reshape(make(program, meta, program.reshape(x, [1]), 0), [])
        return program.emit(f"atled.{name} %0 dimensions = [{dimension % x.rank}] : {{0}}", [x], x.shape, x.format)
    return make


counterpart("aten._softmax")(normalized("softmax"))
counterpart("aten._log_softmax")(normalized("log_softmax"))


@counterpart("aten.aminmax")
def extremes(program, meta, x, *, dim=None, keepdim=False):
    dimensions = program.dimensions(x, dim)
    shape = [1 if i in dimensions else extent for i, extent in enumerate(x.shape)]
    names = ("reduce_all", "reduce_any") if x.format == "i1" else ("reduce_min", "reduce_max")
    results = [program.reduce(name, x, dimensions) for name in names]
    return [program.reshape(result, shape) if keepdim else result for result in results]
