"""Other sizes for images: interpolation, and windows of unequal size."""

import math

import torch

import tensors

from .contractions import contract, place_in_window
from .table import counterpart


def linear_along(program, x, dimension, matrix):
    """What a matrix makes of each row along a dimension."""
    weights = program.constant(matrix.to(tensors.FORMATS[x.format]))
    product = contract(program, x, weights, ([], []), ([dimension], [0]))
    order = list(range(x.rank - 1))
    order.insert(dimension, x.rank - 1)
    return program.transpose(product, order)


def separable(count, matrix_of):
    """The same linear map along each of the last dimensions; PyTorch tells the map of one by what it does to units."""
    def make(program, meta, x, *args):
        for i in range(count):
            dimension = x.rank - count + i
            units = torch.eye(x.shape[dimension], dtype=torch.float64)[None]
            x = linear_along(program, x, dimension, matrix_of(units, meta.shape[dimension], i, *args)[0])
        return x
    return make


def interpolated(units, extent, i, size, align_corners, factors):
    if factors is None:
        return torch.ops.aten.upsample_linear1d(units, [extent], align_corners)
    return torch.ops.aten.upsample_linear1d(units, [extent], align_corners, factors[i])


counterpart("aten.upsample_linear1d.vec")(separable(1, interpolated))
counterpart("aten.upsample_trilinear3d.vec")(separable(3, interpolated))
counterpart("aten._adaptive_avg_pool3d")(
    separable(3, lambda units, extent, *_: torch.nn.functional.adaptive_avg_pool1d(units, extent)))


def adaptive_max_pool(count):
    def make(program, meta, x, sizes):
        extents = x.shape[x.rank - count:]
        numbers = torch.arange(math.prod(extents)).reshape(extents)
        ranges = [[(i * extent // size, -(-(i + 1) * extent // size)) for i in range(size)]
                  for extent, size in zip(extents, sizes)]
        windows = [numbers[tuple(slice(*part) for part in place)].flatten()
                   for place in cartesian(ranges)]
        most = max(len(window) for window in windows)
        # A window that is small has its first element more often; the first of equals counts.
        windows = torch.stack([torch.cat([window, window[:1].expand(most - len(window))]) for window in windows])
        images = torch.arange(math.prod(x.shape[:x.rank - count]))[:, None, None] * numbers.numel()
        parts = program.take(x, program.constant(images + windows))
        result = program.reduce("reduce_max", parts, [2], " tie = first")
        shape = [*x.shape[:x.rank - count], *sizes]
        return [program.reshape(part, shape) for part in (result, place_in_window(program, parts, windows))]
    return make


def cartesian(ranges):
    return [[*before, last] for before in cartesian(ranges[:-1]) for last in ranges[-1]] if ranges else [[]]


counterpart("aten.adaptive_max_pool2d")(adaptive_max_pool(2))
counterpart("aten.adaptive_max_pool3d")(adaptive_max_pool(3))


def unpooled(count):
    def make(program, meta, x, places, size, *_):
        images = math.prod(x.shape[:x.rank - count])
        window = math.prod(x.shape[x.rank - count:])
        starts = torch.arange(images)[:, None].expand(images, window) * math.prod(size)
        places = program.binary("add", program.reshape(places, [images, window]), program.constant(starts))
        zeros = program.splat(0, meta.shape, x.format)
        return program.put("set", zeros, places, program.reshape(x, [images, window]))
    return make


counterpart("aten.max_unpool2d")(unpooled(2))
counterpart("aten.max_unpool3d")(unpooled(3))
