"""Times programs with control flow, their gradients and products with their Hessians, beside gradients written by hand,
and prints tables of medians.

    table.py FOLDER [--agree]

With --agree it only compares each gradient with the one by hand. FOLDER holds timer.so, programs.so with its header
programs.h, adjoints.so, and, but for --agree, periodic.so and binomial.so with their headers: the programs with
checkpoints. Everything runs on one thread and is measured in processor time.
"""

import ctypes
import pathlib
import re
import statistics
import sys

import numpy as np

ROUNDS, SECONDS_A_TURN = 15, 0.02
EXHAUSTED = 1


def aligned(count, dtype):
    size = int(count) * np.dtype(dtype).itemsize
    raw = np.zeros(size + 64, np.uint8)
    start = -raw.ctypes.data % 64
    return raw[start:start + size].view(dtype)


def filled(values):
    values = np.asarray(values, np.float64)
    flat = aligned(values.size, np.float64)
    flat[:] = values.ravel()
    return flat


class Function:
    """A function with the signature that Atled emits, its arguments and its results."""

    def __init__(self, library, timer, name, inputs, outputs, workspace_bytes):
        self.call, self.timer, self.name = getattr(library, name), timer, name
        self.inputs, self.outputs = inputs, [aligned(size, np.float64) for size in outputs]
        self.ins = (ctypes.c_void_p * len(inputs))(*(part.ctypes.data for part in inputs))
        self.outs = (ctypes.c_void_p * len(outputs))(*(part.ctypes.data for part in self.outputs))
        self.workspace = aligned(workspace_bytes, np.uint8)
        code = self.run_once()
        if code == EXHAUSTED:
            self.workspace = aligned(self.workspace[:8].view(np.uint64)[0], np.uint8)
            code = self.run_once()
        if code:
            sys.exit(f"{name} returned {code}")

    def arguments(self):
        return (ctypes.c_void_p(self.workspace.ctypes.data), ctypes.c_size_t(self.workspace.size))

    def run_once(self):
        workspace, size = self.arguments()
        return self.call(self.ins, self.outs, None, workspace, size, None)

    def seconds(self, count):
        return self.timer(self.call, self.ins, self.outs, *self.arguments(), ctypes.c_int(count))


def medians(functions):
    """Seconds a call, by turns."""
    counts = [max(1, int(SECONDS_A_TURN / max(f.seconds(1), 1e-7))) for f in functions]
    samples = [[] for _ in functions]
    for _ in range(ROUNDS):
        for function, count, times in zip(functions, counts, samples):
            times.append(function.seconds(count) / count)
    return [statistics.median(times) for times in samples]


class Folder:
    def __init__(self, path):
        self.timer = ctypes.CDLL(str(path / "timer.so")).time_steps
        self.timer.restype = ctypes.c_double
        self.path, self.adjoints = path, ctypes.CDLL(str(path / "adjoints.so"))

    def compiled(self, name, inputs, outputs, programs="programs"):
        header = (self.path / f"{programs}.h").read_text()
        macro = re.search(rf"#define {name.upper()}_WORKSPACE_BYTES (\d+)", header)
        library = ctypes.CDLL(str(self.path / f"{programs}.so"))
        return Function(library, self.timer, name, inputs, outputs, int(macro[1]))

    def by_hand(self, name, inputs, outputs):
        return Function(self.adjoints, self.timer, name, inputs, outputs, 64)


class Program:
    """A program, its gradient by Atled and by hand, and the product of its Hessian with a vector."""

    def __init__(self, folder, name, point, direction):
        size = point[0].size
        self.name, self.point = name, point
        self.primal = folder.compiled(name, point, [1])
        self.gradient = folder.compiled(f"{name}_grad", point, [1, size])
        self.by_hand = folder.by_hand(f"{name}_grad", point, [1, size])
        self.product = folder.compiled(f"{name}_hvp", [*point, direction], [size])

    def error(self):
        return max(np.abs(ours - theirs).max() / np.abs(theirs).max()
                   for ours, theirs in zip(self.gradient.outputs, self.by_hand.outputs))


def programs(folder, random):
    x, v = filled(random.uniform(0.1, 1.5, 64)), filled(random.uniform(-1, 1, 64))
    w, vw = filled(random.uniform(-0.2, 0.2, (32, 32))), filled(random.uniform(-1, 1, (32, 32)))
    xs = filled(random.uniform(-1, 1, (1000, 32)))
    for name in ("scan", "growth", "newton", "recursion"):
        yield Program(folder, name, [x], v)
    yield Program(folder, "rnn", [w, xs], vw)


def print_programs(folder, random):
    print(f"{'':10} {'f, µs':>9} {'gradient':>9} {'by hand':>9} {'Hessian·v':>9}   {'gradient/f':>10} {'/by hand':>8} "
          f"{'Hv/grad':>8}   {'workspace: f':>12} {'gradient':>10} {'Hessian·v':>10} {'error':>7}")
    for program in programs(folder, random):
        functions = [program.primal, program.gradient, program.by_hand, program.product]
        primal, gradient, hand, product = (1e6 * seconds for seconds in medians(functions))
        sizes = [function.workspace.size for function in (program.primal, program.gradient, program.product)]
        print(f"{program.name:10} {primal:9.1f} {gradient:9.1f} {hand:9.1f} {product:9.1f}   {gradient / primal:10.2f} "
              f"{gradient / hand:8.2f} {product / gradient:8.2f}   {sizes[0]:12,} {sizes[1]:10,} {sizes[2]:10,} "
              f"{program.error():7.0e}")


def print_checkpoints(folder, random):
    print(f"\n{'':10} {'gradient, µs':>12} {'periodic':>9} {'binomial':>9}   {'ratio':>6} {'ratio':>6}   "
          f"{'workspace':>10} {'periodic':>9} {'binomial':>9}")
    for program in programs(folder, random):
        if program.name == "recursion":
            continue
        gradients = [program.gradient]
        for checkpoints in ("periodic", "binomial"):
            gradients.append(folder.compiled(f"{program.name}_grad", program.point,
                                             [part.size for part in program.gradient.outputs], checkpoints))
            if any((a != b).any() for a, b in zip(gradients[-1].outputs, program.gradient.outputs)):
                sys.exit(f"{program.name}: the gradient with {checkpoints} checkpoints is another")
        times = medians(gradients)
        print(f"{program.name:10} " + "".join(f"{1e6 * t:{w}.1f} " for t, w in zip(times, (12, 9, 9))) +
              "  " + "".join(f"{t / times[0]:6.2f} " for t in times[1:]) +
              "  " + "".join(f"{f.workspace.size:{w},} " for f, w in zip(gradients, (10, 9, 9))))


def print_modes(folder, random):
    print(f"\n{'n':>10} {'one vjp, µs':>12} {'n jvp':>10} {'ratio':>8}")
    for n in (4, 64, 1024):
        x = filled(random.uniform(-1, 1, n))
        reverse, forward = medians([folder.compiled(f"{mode}{n}", [x], [n]) for mode in ("reverse", "forward")])
        print(f"{n:10} {reverse * 1e6:12.2f} {forward * 1e6:10.1f} {forward / reverse:8.1f}")


def main(path, *options):
    folder, random = Folder(pathlib.Path(path).resolve()), np.random.default_rng(7)
    if options:
        wrong = [f"{program.name}: {program.error()}" for program in programs(folder, random) if program.error() > 1e-9]
        sys.exit("\n".join(wrong) or None)
    print_programs(folder, random)
    print_checkpoints(folder, random)
    print_modes(folder, random)


main(*sys.argv[1:])
