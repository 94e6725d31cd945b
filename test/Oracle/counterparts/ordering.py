"""Sorting, and searching what is sorted."""

import tensors
from tracing import Unmapped, Value

from .elementwise import mask_of_nan
from .indexing import places_along
from .table import common_format, counterpart, same


def ordered(program, x, dimension, descending):
    """What is sorted, and where it comes from."""
    if x.format == "i1":
        values, order = ordered(program, program.convert(x, "i8"), dimension, descending)
        return program.convert(values, "i1"), order
    if not x.rank:
        return [program.reshape(part, []) for part in ordered(program, program.reshape(x, [1]), 0, descending)]
    clause = " descending" if descending else ""
    return program.emit_pair(f"atled.sort %0 dimension = {dimension % x.rank}{clause} : ({{0}}) -> ({{result}})", [x],
                             x.shape, [x.format, "i64"])


@counterpart("aten.sort")
def sort(program, meta, x, dimension=-1, descending=False):
    return ordered(program, x, dimension, descending)


@counterpart("aten.sort.stable")
def stable_sort(program, meta, x, stable=None, dim=-1, descending=False):
    return ordered(program, x, dim, descending)


@counterpart("aten.argsort")
def argsort(program, meta, x, dimension=-1, descending=False):
    return ordered(program, x, dimension, descending)[1]


@counterpart("aten.msort")
def msort(program, meta, x):
    return ordered(program, x, 0, False)[0]


@counterpart("aten.topk")
def top_k(program, meta, x, k, dimension=-1, largest=True, is_sorted=True):
    """The least ones are the first of all that are sorted."""
    if not x.rank:
        parts = top_k(program, meta, program.reshape(x, [1]), k, 0, largest)
        return [program.reshape(part, [] if k else [0]) for part in parts]
    dimension %= x.rank
    if not largest:
        return [program.slice(part, [(0, k if i == dimension else extent, 1) for i, extent in enumerate(x.shape)])
                for part in ordered(program, x, dimension, False)]
    shape = [k if i == dimension else extent for i, extent in enumerate(x.shape)]
    return program.emit_pair(f"atled.top_k %0 dimension = {dimension} k = {k} : ({{0}}) -> ({{result}})", [x], shape,
                             [x.format, "i64"])


@counterpart("aten.searchsorted.Tensor", "aten.searchsorted.Scalar")
def search_sorted(program, meta, edges, values, *, out_int32=False, right=False, side=None, sorter=None):
    if sorter is not None:
        raise Unmapped("edges that another tensor puts in order")
    format = common_format([edges, values])
    right = right or side == "right"
    shape = values.shape if isinstance(values, Value) else ()
    edges, values = program.convert(edges, format), same(program, [values], shape, format)[0]
    return program.emit(f"atled.searchsorted %0, %1{' right' if right else ''} : ({{0}}, {{1}}) -> {{result}}",
                        [edges, values], shape, "i32" if out_int32 else "i64")


@counterpart("aten.bucketize.Tensor", "aten.bucketize.Scalar")
def bucketize(program, meta, values, edges, *, out_int32=False, right=False):
    return search_sorted(program, meta, edges, values, out_int32=out_int32, right=right)


def place_of(program, x, dimension, keepdim, choose):
    """The element of what is sorted along a dimension at the place that `choose` gives, and where it comes from."""
    shape = x.shape
    x, dimension = (x, dimension % x.rank) if x.rank else (program.reshape(x, [1]), 0)
    kept = [1 if i == dimension else extent for i, extent in enumerate(x.shape)]
    result = kept if keepdim and shape else [extent for i, extent in enumerate(x.shape) if i != dimension]
    places = choose(x, dimension, kept)
    return [program.reshape(program.take(part, places_along(program, x.shape, dimension, places)), result)
            for part in ordered(program, x, dimension, False)]


@counterpart("aten.kthvalue")
def kth_value(program, meta, x, k, dimension=-1, keepdim=False):
    return place_of(program, x, dimension, keepdim, lambda x, dimension, kept: program.splat(k - 1, kept, "i64"))


def counted(program, x, dimension, kept, ignores_nan):
    """The place of the lower median; with NaN, which are last, that of the last, or of those before."""
    extent = x.shape[dimension]
    middle = program.splat((extent - 1) // 2, kept, "i64")
    if x.format not in tensors.FLOATS:
        return middle
    is_number = program.unary("not", mask_of_nan(program, x))
    number = program.reduce("reduce_sum", program.convert(is_number, "i64"), [dimension])
    number = program.reshape(number, kept)
    if ignores_nan:
        before = program.binary("sub", number, program.splat(1, kept, "i64"))
        half = program.binary("div", before, program.splat(2, kept, "i64"))
        return program.binary("maximum", half, program.splat(0, kept, "i64"))
    is_whole = program.compare("eq", number, program.splat(extent, kept, "i64"))
    return program.select(is_whole, middle, program.splat(extent - 1, kept, "i64"))


def median(ignores_nan):
    def make(program, meta, x, dimension=None, keepdim=False):
        def choose(x, dimension, kept):
            return counted(program, x, dimension, kept, ignores_nan)
        if dimension is not None:
            return place_of(program, x, dimension, keepdim, choose)
        if not x.size:
            raise Unmapped("the median of nothing")
        return place_of(program, program.reshape(x, [x.size]), 0, False, choose)[0]
    return make


counterpart("aten.median", "aten.median.dim")(median(False))
counterpart("aten.nanmedian", "aten.nanmedian.dim")(median(True))
