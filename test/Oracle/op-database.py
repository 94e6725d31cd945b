"""What PyTorch's own tests try its operations on has the same values and gradients in Atled.

REQUIRES: torch
RUN: %python %s %t

PyTorch has a database of its operations with samples of their arguments (OpInfo). Each sample is traced, translated by
the table in counterparts/ and compiled: values in f32 and in integers, in f64 also the cotangents for a random seed
and the tangent, which has to be their transpose. Printed are what each operation becomes, what has no counterpart and
why, and what differs on purpose.

    op-database.py [--samples=N | --all] FOLDER [OPERATION...]
"""

import argparse
import bisect
import collections
import concurrent.futures
import dataclasses
import itertools
import os
import pathlib
import re
import sys
import warnings

import torch

import database
import tensors
from compiled import FUNCTIONS_PER_PART, Part
from counterparts import COUNTERPARTS
from tracing import Traced, Unmapped

# Relative to the greatest number of a result.
TOLERANCES = {"f64": 1e-10, "f32": 2e-5, "bf16": 2e-2, "f16": 2e-3}
SAMPLES = 2
MAX_TOLD = 3


class Sample:
    """A function of Atled and what PyTorch has to say about it."""

    def __init__(self, entry, format, sample, symbol):
        self.entry, self.symbol = entry, symbol
        self.traced = Traced(entry.op, sample, COUNTERPARTS)
        self.inputs = self.traced.inputs
        self.active = [i for i, x in enumerate(self.inputs) if tensors.is_float(x)]
        self.is_differentiated = format == "f64" and entry.supports_autograd
        inputs, results = self.run()
        if not results or len(results) != len(self.traced.results):
            raise Unmapped("results that are no tensors")
        self.values = [x.detach().to(tensors.FORMATS[value.format])
                       for x, value in zip(results, self.traced.results)]
        random = tensors.Random(1)
        smooth = [x for x in results if tensors.is_float(x)]
        self.seeds = [random.seed(tensors.format_of(x), *x.shape) for x in smooth]
        self.tangents = [random.seed("f64", *self.inputs[i].shape) for i in self.active]
        self.is_differentiated &= any(x.requires_grad for x in smooth)
        if self.is_differentiated:
            self.cotangents = self.pull_back(smooth, [inputs[i] for i in self.active])

    def run(self):
        """PyTorch's inputs and results: its own values in f32 are no better than ours."""
        def inputs():
            return [x.double().requires_grad_(self.is_differentiated and i in self.active) if tensors.is_float(x)
                    else x.clone() for i, x in enumerate(self.inputs)]
        try:
            xs = inputs()
            return xs, self.traced.call(*xs)
        except RuntimeError as error:
            # Some weights and targets are constants to PyTorch.
            if "not differentiable with respect to argument" not in str(error):
                raise
            self.active = self.active[:1]
            xs = inputs()
            return xs, self.traced.call(*xs)

    def pull_back(self, results, active):
        """PyTorch's cotangents for the seeds."""
        pairs = [(x, seed) for x, seed in zip(results, self.seeds) if x.requires_grad]
        cotangents = torch.autograd.grad([x for x, _ in pairs], active, [seed for _, seed in pairs], allow_unused=True)
        return [torch.zeros_like(x) if part is None else part for x, part in zip(active, cotangents)]

    def text(self):
        arguments, results = self.traced.arguments, self.traced.results
        body = "".join(self.traced.program.lines)
        types = ", ".join(x.type for x in results)
        name = f"private @{self.symbol}.op" if self.is_differentiated else f"@{self.symbol}"
        listed = ", ".join(f"{x.name}: {x.type}" for x in arguments)
        function = (f"func.func {name}({listed}) -> ({types}) {{\n{body}"
                    f"  return {', '.join(x.name for x in results)} : {types}\n}}\n")
        return function + (self.requests(listed, types) if self.is_differentiated else "")

    def requests(self, listed, types):
        arguments, results = self.traced.arguments, self.traced.results
        floats = [x.type for x in results if x.format in tensors.FLOATS]
        active = [arguments[i].type for i in self.active]
        operands = ", ".join(x.name for x in arguments)
        given = ", ".join(x.type for x in arguments)
        seeds = [f"%s{i}" for i in range(len(floats))]
        tangents = [f"%t{i}" for i in range(len(active))]
        more = "".join(f", {name}: {type}" for name, type in zip(seeds + tangents, floats + active))
        count = len(results)
        back = ", ".join([types, *active])
        forth = ", ".join([types, *floats])
        returned = [f"%v#{i}" for i in range(count + len(active))] + [f"%j#{count + i}" for i in range(len(floats))]
        return (f"func.func @{self.symbol}({listed}{more}) -> ({', '.join([back, *floats])}) {{\n"
                f"  %v:{count + len(active)} = ad.vjp @{self.symbol}.op({operands}) seed({', '.join(seeds)}) "
                f"wrt = {self.active}\n      : ({', '.join([given, *floats])}) -> ({back})\n"
                f"  %j:{count + len(floats)} = ad.jvp @{self.symbol}.op({operands}) tangent({', '.join(tangents)}) "
                f"wrt = {self.active}\n      : ({', '.join([given, *active])}) -> ({forth})\n"
                f"  return {', '.join(returned)} : {', '.join([back, *floats])}\n}}\n")

    def faults(self, part):
        """What differs, in words."""
        inputs, likes = list(self.inputs), list(self.values)
        if self.is_differentiated:
            inputs += self.seeds + self.tangents
            likes += [self.inputs[i] for i in self.active] + self.seeds
        outputs = [torch.empty(like.shape, dtype=like.dtype) for like in likes]
        part.call(self.symbol, [x.contiguous() for x in inputs], outputs)
        count = len(self.values)
        for number, (got, want) in enumerate(zip(outputs, self.values)):
            if differs(got, want, 1e-30):
                yield f"value {number}", told(got, want)
        if not self.is_differentiated:
            return
        cotangents, slopes = outputs[count:count + len(self.active)], outputs[count + len(self.active):]
        for number, got, want in zip(self.active, cotangents, self.cotangents):
            # Seeds are about 1: what cancels leaves the rounding of that.
            if differs(got, want, 1e-5):
                yield f"cotangent {number}", told(got, want)
        slopes, seeds = ([x.double() for x in xs] for xs in (slopes, self.seeds))
        forth = sum((seed * slope).sum() for seed, slope in zip(seeds, slopes))
        back = sum((part * tangent).sum() for part, tangent in zip(cotangents, self.tangents))
        size = sum((seed * slope).abs().sum() for seed, slope in zip(seeds, slopes))
        tolerance = 10 * max(TOLERANCES[tensors.format_of(x)] for x in self.seeds)
        if back.isfinite() and not (forth - back).abs() <= tolerance * (1 + size):
            yield "tangent", f"times the seed is {forth}, the cotangents times the tangents {back}"


def differs(got, want, least):
    """Relative to the greatest number, or to `least`; NaN is NaN, and infinities have a sign."""
    format = tensors.format_of(want)
    if format not in tensors.FLOATS or not want.numel():
        return bool((got != want).any())
    greatest = want[want.isfinite()].abs().max().item() if want.isfinite().any() else 0.0
    return bool(tensors.differing(got, want, 0.0, TOLERANCES[format] * max(greatest, least)).any())


def told(got, want):
    """One element that differs."""
    wrong = (got != want) & ~(got.isnan() & want.isnan()) if tensors.is_float(want) else got != want
    place = max(wrong.nonzero().tolist(), key=lambda place: (got[tuple(place)].double()
                                                             - want[tuple(place)].double()).abs().nan_to_num(1e300))
    return f"at {place} {got[tuple(place)].item()}, and PyTorch has {want[tuple(place)].item()}"


@dataclasses.dataclass
class Fault:
    entry: object
    what: str
    words: str
    text: str = ""


class Report:
    def __init__(self):
        self.samples = self.values = self.gradients = 0
        self.becomes = collections.defaultdict(set)
        self.unmapped = collections.defaultdict(collections.Counter)
        self.faults = []

    def count(self, sample):
        self.samples += 1
        self.values += len(sample.values)
        self.gradients += len(sample.active) * sample.is_differentiated
        self.becomes[database.name_of(sample.entry)] |= sample.traced.program.operations


def trace(entries, limit, report):
    samples = []
    for entry in entries:
        for format, sample in database.samples(entry, limit):
            try:
                samples.append(Sample(entry, format, sample, f"s{len(samples)}"))
            except Unmapped as reason:
                report.unmapped[database.name_of(entry)][database.why(str(reason))] += 1
            except Exception as error:  # A mistake in the translation is a difference like any other.
                report.faults.append(Fault(entry, "translation", f"{type(error).__name__} {error}"))
    return samples


def compile_and_compare(samples, folder, stem, report):
    """Leaves out what the compiler complains of."""
    while samples:
        texts = [sample.text() for sample in samples]
        try:
            part = Part("".join(texts), folder / stem, ["-O1"])
            break
        except RuntimeError as error:
            wrong = complained_of(texts, str(error)) or range(len(samples))
            report.faults += [Fault(samples[i].entry, "compilation", str(error), texts[i]) for i in wrong]
            samples = [sample for i, sample in enumerate(samples) if i not in wrong]
    for sample in samples:
        report.count(sample)
        report.faults += [Fault(sample.entry, what, words, sample.text()) for what, words in sample.faults(part)]


def complained_of(texts, said):
    """The numbers of the texts in whose lines there are errors."""
    ends = list(itertools.accumulate(text.count("\n") for text in texts))
    return {bisect.bisect_left(ends, int(line)) for line in re.findall(r"\.mlir:(\d+):\d+: error:", said)}


def differ(report):
    """The faults that no difference explains, and the differences that explain nothing any more."""
    needed, unexplained = set(), []
    for fault in report.faults:
        key = (database.name_of(fault.entry), fault.what)
        if key in database.DIFFERENCES:
            needed.add(key)
        else:
            unexplained.append(fault)
    return unexplained, database.DIFFERENCES.keys() - needed


def tell(report, unexplained, verbose):
    for name, operations in sorted(report.becomes.items()):
        print(f"{name}: {', '.join(sorted(operations)) or 'nothing: it is an argument'}")
    reasons = collections.defaultdict(list)
    for name, counts in report.unmapped.items():
        for reason, count in counts.items():
            reasons[reason].append(name if name not in report.becomes else f"{name} ({count} samples)")
    for reason, names in sorted(reasons.items()):
        print(f"without a counterpart, {reason}: {', '.join(sorted(names))}")
    for (name, what), reason in database.DIFFERENCES.items():
        print(f"differs, {name}, {what}: {reason}")
    counted = collections.Counter()
    for fault in unexplained:
        name = database.name_of(fault.entry)
        counted[name, fault.what] += 1
        if counted[name, fault.what] <= MAX_TOLD:
            print(f"{name}: {fault.what} {fault.words}\n{fault.text if verbose else ''}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("operations", nargs="*")
    parser.add_argument("--samples", type=int, default=SAMPLES,
                        help="how many of an operation in f64; in every other format there is one less, at least one")
    parser.add_argument("--all", action="store_const", dest="samples", const=sys.maxsize, help="all samples")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    report = Report()
    entries = [entry for entry in database.ENTRIES
               if not options.operations or database.name_of(entry) in options.operations]
    samples = trace(entries, options.samples, report)
    chunks = [samples[i:i + FUNCTIONS_PER_PART] for i in range(0, len(samples), FUNCTIONS_PER_PART)]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(lambda i: compile_and_compare(chunks[i], options.folder, f"part-{i}-", report),
                      range(len(chunks))))
    unexplained, stale = differ(report)
    tell(report, unexplained, bool(options.operations))
    is_whole = not options.operations and options.samples == SAMPLES
    for name, what in sorted(stale) if is_whole else []:
        print(f"{name} does not differ in its {what} any more")
    print(f"values {report.values}, gradients {report.gradients}, of {len(report.becomes)} of the "
          f"{len(database.ENTRIES)} entries in PyTorch's database")
    print(f"ops {len(report.becomes)}, samples {report.samples}, differ {len(unexplained)}")
    sys.exit(bool(unexplained) or (is_whole and bool(stale)))


torch.set_num_threads(1)
# The database holds functions that PyTorch wants to see replaced.
warnings.simplefilter("ignore")
main()
