"""Values and derivatives of every operation are PyTorch's, but for the differences that differences.py explains.

REQUIRES: torch
RUN: %python %s %t

    each-op.py FOLDER [OPERATION...]
"""

import collections
import pathlib
import sys

import torch

import compiled
import operations
import tensors
from differences import DIFFERENCES
from sample import Sample

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "Meta"))
import tree  # noqa: E402

MAX_REPORTED = 8


class Report:
    """Counts what is compared, and tells what differs."""

    def __init__(self):
        self.samples = self.values = self.gradients = self.differ = 0
        self.needed = set()
        self.lines = []
        self.told = collections.Counter()

    def compare(self, sample, results):
        self.samples += 1
        for got, want in zip(results, sample.expected(self.needed), strict=True):
            self.values += want.part == "value"
            self.gradients += want.part != "value"
            wrong = tensors.differing(got, want.value, want.relative, want.absolute, want.signs)
            if wrong.any():
                self.differ += 1
                self.tell(sample, got, want, wrong)

    def tell(self, sample, got, want, wrong):
        """A few elements of each kind: there may be thousands."""
        *types, result = sample.types()
        text = sample.case.text.format(*types, result=result)
        for place in map(tuple, wrong.nonzero().tolist()):
            self.told[sample.operation, want.part] += 1
            if self.told[sample.operation, want.part] <= MAX_REPORTED:
                at = ", ".join(str(origin(x, got, place)) for x in sample.case.operands)
                self.lines.append(f"{text}: {want.part} at {list(place)}, of {at}: "
                                  f"{got[place].item()}, and PyTorch has {want.value[place].item()}")


def origin(x, result, place):
    """What of an operand is likely to have led to the element of the result at `place`."""
    if x.shape[:result.dim()] == result.shape:
        return x[place].tolist()
    return f"tensor of {list(x.shape)}"


def make_samples(names):
    random = tensors.Random(20240229)
    return [Sample(name, number, case, random) for name in names
            for number, case in enumerate(operations.OPERATIONS[name](random))]


def run(samples, folder, report, is_dynamic):
    """Compiles the samples that have a form with static dimensions, or with dynamic ones, and compares them."""
    samples = [sample for sample in samples if (sample.case.dynamic if is_dynamic else sample.case.is_static())]
    library = compiled.Library([sample.text(is_dynamic) for sample in samples], folder)
    for sample in samples:
        dims = sample.dims() if is_dynamic else ()
        report.compare(sample, library.call(sample.symbol, sample.inputs(), sample.outputs(), dims))


def main(folder, names):
    defined, known = tree.operations(), operations.OPERATIONS.keys()
    offences = [f"atled.{name} has no entry in operations.py" for name in sorted(defined - known)]
    offences += [f"operations.py has an entry for atled.{name}, which there is not" for name in sorted(known - defined)]
    report = Report()
    samples = make_samples(names or known)
    run(samples, folder / "static", report, is_dynamic=False)
    run(samples, folder / "dynamic", report, is_dynamic=True)
    offences += report.lines
    offences += [f"atled.{entry.operation} does not differ from PyTorch any more: {entry.reason}"
                 for entry in DIFFERENCES if entry not in report.needed and not names]
    print(f"values {report.values}, gradients {report.gradients}, of every operation of the dialect")
    print(f"ops {len(names or known)}, samples {report.samples}, differ {report.differ}")
    tree.report(offences)


torch.set_num_threads(1)
main(pathlib.Path(sys.argv[1]), sys.argv[2:])
