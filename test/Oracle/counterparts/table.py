"""The table, and what its entries are written with."""

import torch

import tensors
from tracing import Unmapped, Value


COUNTERPARTS = {}


def counterpart(*names):
    """Registers a function for the operations with these names."""
    def register(function):
        for name in names:
            assert name not in COUNTERPARTS
            COUNTERPARTS[name if name.count(".") == 2 else f"{name}.default"] = function
        return function
    return register


def format_of(meta):
    if meta.dtype not in tensors.NAMES:
        raise Unmapped("complex numbers")
    return tensors.NAMES[meta.dtype]


def same(program, xs, shape, format):
    """Operands of one type: numbers become tensors, formats are brought together, shapes by NumPy's rule."""
    return [program.expand(program.convert(x, format), shape) if isinstance(x, Value)
            else program.splat(x, shape, format) for x in xs]


def common_format(xs):
    """The widest format of the tensors."""
    dtype = None
    for x in xs:
        if isinstance(x, Value):
            mine = tensors.FORMATS[x.format]
            dtype = mine if dtype is None else torch.promote_types(dtype, mine)
    if any(isinstance(x, float) for x in xs) and not dtype.is_floating_point:
        dtype = torch.float32
    return tensors.NAMES[dtype]
