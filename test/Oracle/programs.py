"""Whole programs and their derivatives of first and second order are PyTorch's, to ten digits in f64.

REQUIRES: torch
RUN: %python %s %t

Each program is a file in Programs with a function @loss of one real result; its name in PROGRAMS stands for the
same in PyTorch and for arguments. The product of the Hessian and a vector is asked for in three ways.
"""

import concurrent.futures
import os
import pathlib
import sys

import torch

import tensors
from compiled import Library
from derivatives import FIRST_ORDER, SECOND_ORDER, Reference, Requests

TOLERANCE = 1e-10
FOLDER = pathlib.Path(__file__).resolve().parent / "Programs"

def mlp(x, w0, b0, w1, b1, w2, targets):
    hidden = torch.nn.functional.silu(torch.tanh(x @ w0 + b0) @ w1 + b1)
    return torch.nn.functional.mse_loss(hidden @ w2, targets)


def cross_entropy(logits, weights, labels):
    labels = labels.long()
    chosen = logits.log_softmax(1).gather(1, labels.unsqueeze(1)).squeeze(1)
    return -(weights[labels] * chosen).sum() / weights[labels].sum()


def layer_norm(x, gain, bias):
    return torch.nn.functional.layer_norm(x, (8,), gain, bias, eps=1e-5).cos().sum()


def attention(x, query_weights, key_weights, value_weights):
    queries, keys, values = (x @ weights for weights in (query_weights, key_weights, value_weights))
    mask = torch.ones(5, 5).tril() == 0
    scores = (0.5 * queries @ keys.transpose(1, 2)).masked_fill(mask, float("-inf"))
    return (scores.softmax(2) @ values).tanh().sum()


def log_sum_exp(x, exponents):
    product = ((x.logsumexp(1) - x.amin(1)) ** exponents).prod()
    total = x.expm1().abs().sqrt().log1p().sum()
    return torch.minimum(product, total) / torch.maximum(product, total) + total


def windows(x, update, margin, i, j):
    def box(row, column):
        row, column = min(max(int(row), 0), 4), min(max(int(column), 0), 4)
        return slice(row, row + 2), slice(column, column + 3)

    part = x[box(i, j)]
    y = x.clone()
    y[box(j, i)] = part * update
    spread = margin.expand(4, 8).clone()
    # The first column stays outside.
    spread[1::2, 2:6:3] = part[:, 1:]
    turned = y[1:5:2, ::2].T
    flat = torch.cat([spread, turned, turned], 1).flatten()
    return (y * y).sum() * (flat.sin() * flat).sum()


def normal(*shapes):
    random = tensors.Random(7)
    return [random.normal("f64", *shape) for shape in shapes]


def index(value):
    return torch.tensor(value, dtype=torch.int32)


PROGRAMS = {
    "mlp": (mlp, normal((5, 4), (4, 4), (4,), (4, 4), (4,), (4,), (5,))),
    "cross-entropy": (cross_entropy, [*normal((6, 5)), torch.tensor([0.5, 1.0, 2.0, 0.25, 1.5], dtype=torch.float64),
                                      torch.tensor([0, 3, 2, 4, 3, 1], dtype=torch.int32)]),
    "layer-norm": (layer_norm, normal((4, 8), (8,), (8,))),
    "attention": (attention, normal((2, 5, 6), (6, 4), (6, 4), (6, 4))),
    "log-sum-exp": (log_sum_exp, normal((3, 4), (3,))),
    "windows": (windows, [*normal((6, 7), (2, 3), ()), index(3), index(9)]),
}


def error(got, want):
    """The greatest, relative to the greatest number."""
    return max(((a - b).abs().max() / b.abs().max()).nan_to_num(float("inf")).item() for a, b in zip(got, want))


def errors(name, folder):
    function, arguments = PROGRAMS[name]
    kinds = FIRST_ORDER + SECOND_ORDER
    text = (FOLDER / f"{name}.mlir").read_text()
    library = Library([text, Requests("loss", arguments, kinds).text()], folder / name)
    random = tensors.Random(11)
    vector = [random.normal("f64", *x.shape) for x in arguments if tensors.is_float(x)]
    reference = Reference(function, arguments, vector)
    for kind in kinds:
        wanted = reference.of(kind)
        inputs = arguments if kind == "value" else arguments + vector
        outputs = [torch.empty(x.shape, dtype=x.dtype) for x in wanted]
        yield kind, error(library.call(f"loss_{kind}", inputs, outputs), wanted)


def main(folder):
    is_right = True
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        measured = pool.map(lambda name: list(errors(name, folder)), PROGRAMS)
    for name, sizes in zip(PROGRAMS, measured):
        for kind, size in sizes:
            is_right &= size <= TOLERANCE
            print(f"{name:15} {kind:22} {size:8.1e}{'' if size <= TOLERANCE else '  differs'}")
    sys.exit(not is_right)


torch.set_num_threads(1)
main(pathlib.Path(sys.argv[1]))
