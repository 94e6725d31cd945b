"""Losses and distances."""

import dataclasses
import math

import torch

import tensors
from tracing import Unmapped

from .indexing import places_along
from .reductions import norm
from .table import counterpart, same


@dataclasses.dataclass
class Meta:
    """What PyTorch says of a tensor."""

    shape: tuple
    dtype: object


def total(program, loss, reduction):
    """PyTorch counts its reductions: none, mean, sum."""
    return [lambda: loss, lambda: program.reduce("mean", loss, None),
            lambda: program.reduce("reduce_sum", loss, None)][reduction]()


def scaled(program, x, factor):
    return program.binary("mul", *same(program, [x, factor], x.shape, x.format))


@counterpart("aten.smooth_l1_loss")
def smooth_l1_loss(program, meta, x, y, reduction=1, beta=1.0):
    shape = torch.broadcast_shapes(x.shape, y.shape)
    difference = program.binary("sub", *same(program, [x, y], shape, x.format))
    size = program.unary("abs", difference)
    if not beta:
        return total(program, size, reduction)
    near = scaled(program, program.binary("mul", difference, difference), 0.5 / beta)
    far = program.binary("sub", *same(program, [size, 0.5 * beta], shape, x.format))
    is_near = program.compare("lt", *same(program, [size, beta], shape, x.format))
    return total(program, program.select(is_near, near, far), reduction)


def element_at(program, x, places):
    """Of each row the elements at these places."""
    return program.take(x, places_along(program, x.shape, 1, places))


@counterpart("aten.multi_margin_loss")
def multi_margin_loss(program, meta, x, target, p=1, margin=1, weight=None, reduction=1):
    rows = x.shape if x.rank == 2 else (1, x.size)
    x, target = program.reshape(x, rows), program.reshape(target, [rows[0], 1])
    wanted = program.expand(element_at(program, x, target), rows)
    loss = program.binary("sub", *same(program, [x, wanted], rows, x.format))
    loss = program.unary("relu", program.binary("add", *same(program, [loss, margin], rows, x.format)))
    loss = program.binary("mul", loss, loss) if p == 2 else loss
    if weight is not None:
        loss = program.binary("mul", loss, program.expand(program.take(weight, target), rows))
    others = program.compare("ne", program.iota(rows, 1, "i64"), program.expand(target, rows))
    loss = program.select(others, loss, program.splat(0, rows, x.format))
    loss = scaled(program, program.reduce("reduce_sum", loss, [1]), 1 / rows[1])
    return program.reshape(total(program, loss, reduction), meta.shape)


@counterpart("aten.multilabel_margin_loss_forward")
def multilabel_margin_loss(program, meta, x, target, reduction):
    """The labels of a row end before the first that is less than 0."""
    shape, rows = x.shape, x.shape if x.rank == 2 else (1, x.size)
    x, target = program.reshape(x, rows), program.reshape(target, rows)
    zero = program.splat(0, rows, "i64")
    counts = program.convert(program.compare("ge", target, zero), "i64")
    counts = program.along("cumprod", counts, 1)
    places = program.binary("maximum", target, zero)
    is_label = program.put("max", zero, places_along(program, rows, 1, places), counts)
    # Of each label in a row and each class in it.
    pairs = (rows[0], rows[1], rows[1])
    wanted = program.broadcast(element_at(program, x, places), pairs, [0, 1])
    loss = program.binary("sub", program.broadcast(x, pairs, [0, 2]), wanted)
    loss = program.unary("relu", program.binary("add", *same(program, [loss, 1], pairs, x.format)))
    other = program.compare("eq", is_label, zero)
    counted = program.binary("and", program.broadcast(program.compare("ne", counts, zero), pairs, [0, 1]),
                             program.broadcast(other, pairs, [0, 2]))
    loss = program.select(counted, loss, program.splat(0, pairs, x.format))
    loss = scaled(program, program.reduce("reduce_sum", loss, [1, 2]), 1 / rows[1])
    loss = program.reshape(loss, shape[:-1]) if reduction == 0 else total(program, loss, reduction)
    return [loss, program.reshape(program.convert(is_label, x.format), shape)]


@counterpart("aten.dist")
def distance(program, meta, x, y, p=2):
    shape = torch.broadcast_shapes(x.shape, y.shape)
    return norm(program, meta, program.binary("sub", *same(program, [x, y], shape, x.format)), p)


@counterpart("aten._cdist_forward")
def distances(program, meta, x, y, p, mode=None):
    """Of each row of one and each row of the other."""
    batch, columns = meta.shape[:-2], x.shape[-1]
    if not torch.Size(meta.shape).numel() or not columns:
        return program.splat(0, meta.shape, x.format)
    shape = [*meta.shape, columns]
    rows = [program.expand(program.reshape(x, [*x.shape[:-1], 1, columns]), shape),
            program.expand(program.reshape(y, [*y.shape[:-2], 1, y.shape[-2], columns]), shape)]
    return norm(program, meta, program.binary("sub", *rows), p, [len(batch) + 2])


@counterpart("aten._pdist_forward")
def distances_of_pairs(program, meta, x, p=2.0):
    count, columns = x.shape
    pairs = torch.triu_indices(count, count, 1)
    if not pairs.numel() or not columns:
        return program.splat(0, meta.shape, x.format)
    numbers = torch.arange(x.size).reshape(x.shape)
    rows = [program.take(x, program.constant(numbers[side])) for side in pairs]
    return norm(program, meta, program.binary("sub", *rows), p, [1])


@counterpart("aten.renorm")
def renorm(program, meta, x, p, dimension, most):
    dimension %= x.rank
    others = [i for i in range(x.rank) if i != dimension]
    size = norm(program, Meta((x.shape[dimension],), tensors.FORMATS[x.format]), x, p, others)
    bounded = program.binary("div", *same(program, [most, program.binary(
        "add", *same(program, [size, 1e-7], size.shape, x.format))], size.shape, x.format))
    is_large = program.compare("gt", *same(program, [size, most], size.shape, x.format))
    factor = program.select(is_large, bounded, program.splat(1, size.shape, x.format))
    return program.binary("mul", x, program.broadcast(factor, x.shape, [dimension]))


@counterpart("aten._scaled_dot_product_attention_forward")
def attention(program, meta, query, key, value, mask=None, dropout=0.0, with_weights=False, is_causal=False):
    if dropout:
        raise Unmapped("random numbers of PyTorch's own generator")
    batch = list(range(query.rank - 2))
    shape = [*query.shape[:-1], key.shape[-2]]
    text = f"batch = {batch} x {batch} contracting = [{query.rank - 1}] x "
    scores = program.emit(f"atled.contract %0, %1 {text}[{query.rank - 1}] : ({{0}}, {{1}}) -> {{result}}",
                          [scaled(program, query, 1 / math.sqrt(query.shape[-1])), key], shape, query.format)
    if is_causal:
        mask = program.constant(torch.ones(shape[-2:], dtype=torch.bool).tril())
    if mask is not None and mask.format == "i1":
        scores = program.select(program.expand(mask, shape), scores, program.splat(-math.inf, shape, query.format))
    elif mask is not None:
        scores = program.binary("add", scores, program.expand(mask, shape))
    weights = program.emit(f"atled.softmax %0 dimensions = [{len(shape) - 1}] : {{0}}", [scores], shape, query.format)
    result = program.emit(f"atled.contract %0, %1 {text}[{query.rank - 2}] : ({{0}}, {{1}}) -> {{result}}",
                          [weights, value], [*query.shape[:-1], value.shape[-1]], query.format)
    return [result, weights]
