"""PyTorch's database of operations and samples, and where Atled differs from it on purpose."""

import re
import sys
import types
import unittest
import warnings

import torch

import tensors

# A module for tests that write their own expectations, which Debian does not have; nothing of it is used here.
sys.modules.setdefault("expecttest", types.SimpleNamespace(TestCase=unittest.TestCase, ACCEPT=False))
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from torch.testing._internal.common_methods_invocations import op_db  # noqa: E402

# Gradients are compared in the first, values in all.
FORMATS = ["f64", "f32", "i64", "i1"]

# Why PyTorch's operations have no counterpart, by parts of their names.
REASONS = {
    r"rand|bernoulli|normal|multinomial|uniform": "random numbers of PyTorch's own generator",
    r"linalg|cholesky|symeig|geqrf|ormqr|lu_unpack|triangular_solve|matrix_exp": "linear algebra",
    r"fft|complex|polar|angle": "complex numbers",
    r"bessel|polynomial|airy|zeta|igamma|i0|erfcx|ndtri|log_ndtr": "special functions that Atled lacks",
    r"kthvalue|median|mode|unique|histogram|histc|bincount": "order statistics",
    r"nonzero|masked_select|masked_scatter|repeat_interleave|prims.item|resize":
        "the shape or the way depends on the data",
    r"sparse": "sparse tensors",
    r"ctc_loss|embedding_bag|segment_reduce": "a loop over segments, which a program writes with scf.for",
    r"rrelu": "memory that nobody wrote",
}


ENTRIES = op_db

TIES = "what is equal may be in any order in PyTorch; in Atled it stays in its own"
LAST = "of several updates of one place the last has the derivative; PyTorch: all"
CONSTANTS = "also that of the mean and the deviation; PyTorch takes them for constants"
POLES = "the limit, which is infinite; PyTorch: a large number"

# What of an entry differs, and why.
DIFFERENCES = {
    ("__rpow__", "cotangent 1"): "a derivative in the base; PyTorch copies it, and takes the copy for a constant",
    ("argsort", "value 0"): TIES,
    ("as_strided_scatter", "cotangent 0"): "that of what stays; PyTorch: that of what is overwritten",
    ("byte", "value 0"): "floats less than 0 become 0; PyTorch leaves open what becomes of them",
    ("index_put", "cotangent 2"): LAST,
    ("kthvalue", "value 1"): TIES,
    **{(f"native_{name}_norm", "cotangent 0"): CONSTANTS for name in ("batch", "layer")},
    ("nn.functional.hardsigmoid", "cotangent 0"): "1/6 in f64; PyTorch: in f32",
    **{(f"polygamma/polygamma_n_{n}", "value 0"): POLES for n in range(5)},
    **{(f"nn.functional.max_unpool{n}d", "cotangent 0"): LAST for n in (1, 2, 3)},
    ("nn.functional.soft_margin_loss", "value 0"): "log1p(exp(x)); PyTorch: log(1 + exp(x)), with fewer digits",
    ("sort", "value 1"): TIES,
    ("special.polygamma/special_polygamma_n_0", "value 0"): POLES,
    ("topk", "value 1"): TIES,
}


def why(reason):
    """The reason in general, where it names an operation."""
    return next((f"{general} ({reason})" for names, general in REASONS.items() if re.search(names, reason)), reason)


def name_of(entry):
    return f"{entry.name}/{entry.variant_test_name}" if entry.variant_test_name else entry.name


def samples(entry, limit):
    """Pairs of a format and a sample: so many in f64, and one less in each other format, but one at least."""
    for format in FORMATS:
        if tensors.FORMATS[format] not in entry.dtypes:
            continue
        torch.manual_seed(0)
        found = list(entry.sample_inputs("cpu", tensors.FORMATS[format]))
        count = limit if format == "f64" else max(limit - 1, 1)
        # Where there is room for one, f32 has those without elements.
        for sample in chosen(found, count, KINDS[::-1] if format == "f32" else KINDS):
            yield format, sample


# An ordinary tensor, one of rank 0, one without elements.
KINDS = [lambda x: x.dim() > 0 and x.numel() > 0, lambda x: x.dim() == 0, lambda x: x.numel() == 0]


def chosen(found, limit, kinds):
    """One of each kind, in order, and then others from all over the list."""
    def tensor_of(sample):
        return sample.input if isinstance(sample.input, torch.Tensor) else torch.zeros(1)
    first = [next((i for i, sample in enumerate(found) if kind(tensor_of(sample))), None) for kind in kinds]
    places = [i for i in first if i is not None][:limit]
    rest = [i for i in range(len(found)) if i not in places]
    count = min(limit - len(places), len(rest))
    places += [rest[k * len(rest) // count] for k in range(count)]
    return [found[i] for i in sorted(places)]
