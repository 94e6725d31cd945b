"""Random programs and their derivatives are PyTorch's at every level of optimisation.

REQUIRES: torch
RUN: %python %s %t

Straight-line programs of 5 to 50 operations; every operation of the dialect is in one of them. For each: the value, the
gradient and the tangent are PyTorch's; the gradient times a vector is the tangent along it, and so are central
differences; of the short ones, the product of the Hessian and the vector too. What fails is made smaller and printed.
The programs are the same each time; `--minutes=N` tries others as long, with one seed after the other.

    random-programs.py FOLDER [--seed=N] [--count=N] [--minutes=N]
"""

import argparse
import pathlib
import re
import sys
import time

import torch

import graph_maker
import operations
import tensors
from compiled import Library
from derivatives import FIRST_ORDER, Reference, Requests

LEVELS = {"O0": ["-O0"], "O2": ["-O2"], "native": ["-O2", "-mcpu=native"]}
TOLERANCE, DIFFERENCES_TOLERANCE, STEP = 1e-9, 1e-5, 1e-5
SECOND_ORDER_UP_TO = 12
# How many operations that were missing are put into one more program.
WANTED = 10
MAX_TOLD = 3


class Program:
    """A graph with a vector along which it is differentiated."""

    def __init__(self, name, graph):
        self.name, self.graph = name, graph
        random = tensors.Random(3)
        self.vector = [random.normal("f64", *x.shape) for x in graph.inputs if tensors.is_float(x)]
        self.reference = Reference(graph.loss, graph.inputs, self.vector)
        is_short = len(graph.nodes) <= SECOND_ORDER_UP_TO
        self.kinds = FIRST_ORDER + ["forward_over_reverse"] * is_short
        self.text = graph.text(name) + Requests(name, graph.inputs, self.kinds).text()

    def is_finite(self):
        """At a pole there is nothing to compare along a vector."""
        return all(part.isfinite().all() for kind in self.kinds for part in self.reference.of(kind))

    def call(self, library, kind, inputs=None):
        inputs = self.graph.inputs if inputs is None else inputs
        outputs = [torch.empty(x.shape, dtype=x.dtype) for x in self.reference.of(kind)]
        return library.call(f"{self.name}_{kind}", inputs + (self.vector if kind != "value" else []), outputs)

    def faults(self, library):
        """What is wrong, in words."""
        for kind in self.kinds:
            size = distance(self.call(library, kind), self.reference.of(kind))
            if not size <= TOLERANCE:
                yield f"{kind} differs from PyTorch by {size:.0e}"
        value, *gradient = self.call(library, "value")
        slope = self.call(library, "tangent")[1]
        product = sum((part * direction).sum() for part, direction in zip(gradient, self.vector))
        scale = 1 + sum((part * direction).abs().sum() for part, direction in zip(gradient, self.vector))
        if not (product - slope).abs() <= TOLERANCE * scale:
            yield f"the gradient along the vector is {product}, the tangent {slope}"
        if not any("detach" in node.text for node in self.graph.nodes):
            difference = self.central_difference(lambda inputs: self.call(library, "value", inputs)[0])
            tolerance = DIFFERENCES_TOLERANCE * (scale + value.abs())
            # Where PyTorch's difference is no better, there is a kink between the two.
            if not (difference - slope).abs() <= tolerance and self.is_smooth(tolerance):
                yield f"the central difference is {difference}, the tangent {slope}"

    def central_difference(self, function):
        values = []
        for step in (STEP, -STEP):
            vector = iter(self.vector)
            moved = [x + step * next(vector) if tensors.is_float(x) else x for x in self.graph.inputs]
            values.append(function(moved))
        return (values[0] - values[1]) / (2 * STEP)

    def is_smooth(self, tolerance):
        difference = self.central_difference(lambda inputs: self.graph.loss(*inputs))
        return (difference - self.reference.slope).abs() <= tolerance


def distance(got, want):
    """The greatest difference, relative to the greatest number, or to 1 where all are smaller."""
    return max(((a - b).abs().max() / max(b.abs().max(), 1)).nan_to_num(float("inf")).item() if b.numel() else 0.0
               for a, b in zip(got, want))


def faults_of(graph, level, folder):
    """What is wrong with one graph; a compiler that fails is wrong too."""
    try:
        program = Program("p", graph)
        library = Library([program.text], folder / "smaller", *LEVELS[level])
        return list(program.faults(library)) if program.is_finite() else []
    except RuntimeError as error:
        return [str(error)]


def shrink(graph, level, folder):
    """A graph in which everything is needed for it to fail."""
    while True:
        failing = next((smaller for smaller in graph.smaller() if faults_of(smaller, level, folder)), None)
        if failing is None:
            return graph
        graph = failing


def tell(program, level, faults, folder):
    print(f"{program.name} at {level}: {'; '.join(faults)}")
    smaller = shrink(program.graph, level, folder)
    print(f"{faults_of(smaller, level, folder)}\n{Program('p', smaller).text}")
    print("inputs", *smaller.inputs, sep="\n")


def check(programs, level, folder):
    """The programs that fail, with what is wrong."""
    try:
        library = Library([program.text for program in programs], folder / level, *LEVELS[level])
    except RuntimeError:
        # One or another does not compile.
        return [(program, faults) for program in programs if (faults := faults_of(program.graph, level, folder))]
    return [(program, faults) for program in programs if (faults := list(program.faults(library)))]


def finite_graph(maker, size, wanted=()):
    while not Program("p", graph := maker.graph(size, wanted)).is_finite():
        pass
    return graph


def graphs_of(seed, count):
    """So many graphs, and more for the operations that are in none; and the operations for which that was in vain."""
    maker = graph_maker.Maker(seed)
    graphs = [finite_graph(maker, 5 + 45 * i // count) for i in range(count)]
    missing = sorted(operations.OPERATIONS.keys() - names_in(graphs))
    graphs += [finite_graph(maker, 5, missing[i:i + WANTED]) for i in range(0, len(missing), WANTED)]
    return graphs, sorted(operations.OPERATIONS.keys() - names_in(graphs))


def names_in(graphs):
    return {name for graph in graphs for node in graph.nodes
            for name in re.findall(r"\batled\.(\w+)", node.before + node.text)}


def run(folder, seed, count):
    """Whether all programs of a seed are right."""
    graphs, missing = graphs_of(seed, count)
    programs = [Program(f"p{i}", graph) for i, graph in enumerate(graphs)]
    failures = [(program, level, faults) for level in LEVELS for program, faults in check(programs, level, folder)]
    for program, level, faults in failures[:MAX_TOLD]:
        tell(program, level, faults, folder)
    for name in missing:
        print(f"no random program has atled.{name}: no case in operations.py has small operands of f64")
    nodes = sum(len(program.graph.nodes) for program in programs)
    print(f"seed {seed}: programs {len(programs)}, operations {nodes}, {len(names_in(graphs))} different, "
          f"levels {len(LEVELS)}, failures {len(failures)}", flush=True)
    return not failures and not missing


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=24, help="how many programs of a seed")
    parser.add_argument("--minutes", type=float, default=0, help="for how long to go on with other seeds")
    options = parser.parse_args()
    end, seed, is_right = time.time() + 60 * options.minutes, options.seed, True
    while True:
        is_right &= run(options.folder, seed, options.count)
        seed += 1
        if time.time() >= end:
            sys.exit(not is_right)


torch.set_num_threads(1)
main()
