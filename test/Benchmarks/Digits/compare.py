"""Times one training step of the digits example, loss and gradient over a batch of 32, in several
implementations by turns, and prints a table of medians.

    compare.py FOLDER

FOLDER holds timer.so and the implementations, each a shared library with the signature that Atled emits. PyTorch joins
them where it is installed. Everything runs on one thread and is measured in processor time.
"""

import ctypes
import pathlib
import re
import statistics
import sys
import time

import numpy as np

try:
    import torch
except ImportError:
    torch = None

ROUNDS, SECONDS_A_TURN = 25, 0.01
SHAPES = [(64, 64), (64,), (64, 10), (10,)]
SIZES = [int(np.prod(shape)) for shape in SHAPES]


def aligned(count, dtype):
    raw = np.zeros(count * np.dtype(dtype).itemsize + 64, np.uint8)
    start = -raw.ctypes.data % 64
    return raw[start:start + count * np.dtype(dtype).itemsize].view(dtype)


def split(flat):
    return [part.reshape(shape) for part, shape in zip(np.split(flat, np.cumsum(SIZES)[:-1]), SHAPES)]


random = np.random.default_rng(7)
parameters = aligned(sum(SIZES), np.float32)
parameters[:] = random.uniform(-0.2, 0.2, parameters.size)
images = aligned(32 * 64, np.float32).reshape(32, 64)
images[:] = random.integers(0, 17, images.shape) / 16
labels = aligned(32, np.int32)
labels[:] = random.integers(0, 10, 32)


def reference():
    """The gradient in double precision, by the formulas."""
    weights, bias, output_weights, output_bias = (part.astype(np.float64) for part in split(parameters))
    x = images.astype(np.float64)
    hidden = np.tanh(x @ weights + bias)
    logits = hidden @ output_weights + output_bias
    softmax = np.exp(logits - logits.max(axis=1, keepdims=True))
    softmax /= softmax.sum(axis=1, keepdims=True)
    d_logits = (softmax - np.eye(10)[labels]) / 32
    d_sums = (d_logits @ output_weights.T) * (1 - hidden * hidden)
    return [x.T @ d_sums, d_sums.sum(axis=0), hidden.T @ d_logits, d_logits.sum(axis=0)]


class Compiled:
    """A shared library with the uniform signature."""

    def __init__(self, path, timer, workspace_bytes):
        # 2-atled-native.so: the number orders the table.
        self.name = path.stem.split("-", 1)[1].replace("_", " ")
        self.step = ctypes.CDLL(str(path)).loss_value_and_grad
        self.timer = timer
        self.loss = aligned(1, np.float32)
        self.gradient = aligned(sum(SIZES), np.float32)
        self.workspace = aligned(workspace_bytes, np.uint8)
        ins = [*split(parameters), images, labels]
        outs = [self.loss, *split(self.gradient)]
        self.ins = (ctypes.c_void_p * len(ins))(*(part.ctypes.data for part in ins))
        self.outs = (ctypes.c_void_p * len(outs))(*(part.ctypes.data for part in outs))

    def run(self, count):
        seconds = self.timer(self.step, self.ins, self.outs, ctypes.c_void_p(self.workspace.ctypes.data),
                             ctypes.c_size_t(self.workspace.size), ctypes.c_int(count))
        if seconds < 0:
            sys.exit(f"{self.name} returned an error")
        return seconds

    def gradients(self):
        return split(self.gradient)


class Eager:
    """PyTorch without compilation, as one would write it there."""

    name = "PyTorch eager"

    def __init__(self):
        torch.set_num_threads(1)
        self.parameters = [torch.tensor(part, requires_grad=True) for part in split(parameters)]
        self.images, self.labels = torch.tensor(images), torch.tensor(labels, dtype=torch.int64)

    def run(self, count):
        weights, bias, output_weights, output_bias = self.parameters
        start = time.process_time()
        for _ in range(count):
            logits = torch.tanh(self.images @ weights + bias) @ output_weights + output_bias
            loss = torch.nn.functional.cross_entropy(logits, self.labels)
            self.results = torch.autograd.grad(loss, self.parameters)
        return time.process_time() - start

    def gradients(self):
        return [part.numpy() for part in self.results]


def main(folder):
    timer = ctypes.CDLL(str(folder / "timer.so")).time_steps
    timer.restype = ctypes.c_double
    macro = re.search(r"LOSS_VALUE_AND_GRAD_WORKSPACE_BYTES (\d+)", (folder / "model.h").read_text())
    tools = [Compiled(path, timer, int(macro[1])) for path in sorted(folder.glob("[0-9]-*.so"))]
    if torch:
        tools.append(Eager())

    counts = []
    for tool in tools:
        tool.run(10)
        counts.append(max(1, int(SECONDS_A_TURN * 100 / tool.run(100))))
    times = [[] for _ in tools]
    for _ in range(ROUNDS):
        for tool, count, samples in zip(tools, counts, times):
            samples.append(tool.run(count) / count)

    wanted = reference()
    first = statistics.median(times[0])
    print(f"{'':36} {'µs a step':>9} {'relative':>9} {'error':>9}")
    for tool, samples in zip(tools, times):
        error = max(np.abs(part - want).max() / np.abs(want).max() for part, want in zip(tool.gradients(), wanted))
        median = statistics.median(samples)
        print(f"{tool.name:36} {median * 1e6:9.1f} {median / first:9.2f} {error:9.0e}")


main(pathlib.Path(sys.argv[1]).resolve())
