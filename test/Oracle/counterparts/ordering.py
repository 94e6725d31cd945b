"""Sorting, and searching what is sorted."""

from tracing import Unmapped, Value

from .table import common_format, counterpart, same


def ordered(program, x, dimension, descending):
    """What is sorted, and where it comes from."""
    if x.format == "i1":
        values, order = ordered(program, program.convert(x, "i8"), dimension, descending)
        return program.convert(values, "i1"), order
    if not x.rank:
        return [program.reshape(part, []) for part in ordered(program, program.reshape(x, [1]), 0, descending)]
    clause = " descending" if descending else ""
    return program.emit_pair(f"atled.sort %0 dimension = {dimension % x.rank}{clause} : ({{0}}) -> ({{result}})", x,
                             x.shape)


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
    return program.emit_pair(f"atled.top_k %0 dimension = {dimension} k = {k} : ({{0}}) -> ({{result}})", x, shape)


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
