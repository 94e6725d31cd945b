"""Every mutant of a derivative rule fails a test that executes it.

A mutant is a rule with one mistake: a sign, a term or factor dropped, two operands or two entries exchanged
(`atled-tblgen -gen-derivative-mutants` lists them). The tools of the development build hold them all and ask the
environment's ATLED_MUTANT which of them to use. A mutant is noticed by the numbers of the operation's own test in
test/Differentiation/Rules, without FileCheck, or else by PyTorch's. Those that are the rule itself in another form are
in EQUIVALENT.

RUN: %python %s %t --jobs=2 --every=16

    rules.py [--jobs=N] [--every=N] [--first=N] FOLDER [OPERATION...]
"""

import argparse
import concurrent.futures
import importlib.util
import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
RULES, ORACLE = ROOT / "test/Differentiation/Rules", ROOT / "test/Oracle/each-op.py"
SECONDS = 300

# Parts of descriptions, and why the rule stays what it is.
EQUIVALENT = {
    r"argument 0 of \(Atled_AbsOp .*\) negated": "|-x| is |x|",
    r"argument 0 of \(Atled_Cosh?Op .*\) negated": "the cosine does not change with a sign",
    r"argument \d of \(Atled_HypotOp [^()]*\) negated": "the hypotenuse does not change with a sign",
    r"argument 0 of \(Atled_HypotOp [^()]*\) swapped": "the hypotenuse does not change with the order",
}


class Mutant:
    def __init__(self, line):
        number, operation, self.description = line.split(" ", 2)
        self.number, self.operation = int(number), operation.split(".")[1]

    def reason(self):
        return next((why for what, why in EQUIVALENT.items() if re.search(what, self.description)), None)

    def __str__(self):
        return f"mutant {self.number} of atled.{self.operation}, {self.description}"


def mutants():
    tblgen = shutil.which("atled-tblgen")
    upstream = pathlib.Path(shutil.which("llvm-tblgen")).resolve().parents[1]
    listed = subprocess.run([tblgen, "-gen-derivative-mutants", "-I", ROOT / "include", "-I", upstream / "include",
                             ROOT / "include/atled/Dialect/Atled/IR/AtledOps.td"], check=True, text=True,
                            stdout=subprocess.PIPE).stdout
    return [Mutant(line) for line in listed.splitlines()]


def passes(number, command):
    try:
        return subprocess.run(command, env={**os.environ, "ATLED_MUTANT": str(number)}, stdin=subprocess.DEVNULL,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=SECONDS).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def tests(operation, folder):
    """The commands that are to notice, the quick one first."""
    yield "the test of the rule", ["atled-run", "--check", RULES / f"{operation}.mlir"]
    if importlib.util.find_spec("torch"):
        yield "PyTorch", [sys.executable, ORACLE, folder / operation, operation]


def noticed_by(mutant, folder):
    """The test that fails, or None."""
    return next((name for name, command in tests(mutant.operation, folder / str(mutant.number))
                 if not passes(mutant.number, command)), None)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("operations", nargs="*")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--every", type=int, default=1, help="try one mutant of so many")
    parser.add_argument("--first", type=int, default=1, help="the number of the first one")
    options = parser.parse_args()
    tried = [mutant for mutant in mutants()[options.first - 1::options.every]
             if not options.operations or mutant.operation in options.operations]

    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        operations = sorted({mutant.operation for mutant in tried})
        healthy = pool.map(lambda operation: passes(0, next(tests(operation, options.folder))[1]), operations)
        failing = [operation for operation, is_healthy in zip(operations, healthy) if not is_healthy]
        results = list(zip(tried, pool.map(lambda mutant: noticed_by(mutant, options.folder), tried)))

    for operation in failing:
        print(f"the test of atled.{operation} fails without a mutant")
    for mutant, test in results:
        if (test is None) != (mutant.reason() is not None):
            print(f"{mutant}: {f'noticed by {test}, and listed as equivalent' if test else 'not noticed'}")
    equivalent = sum(test is None and mutant.reason() is not None for mutant, test in results)
    noticed = sum(test is not None for _, test in results)
    only_torch = sum(test == "PyTorch" for _, test in results)
    survivors = len(results) - noticed - equivalent
    print(f"mutants {len(results)}, noticed {noticed}, {only_torch} of them by PyTorch alone, equivalent {equivalent}, "
          f"survivors {survivors}")
    is_right = all((test is None) == (mutant.reason() is not None) for mutant, test in results)
    sys.exit(not is_right or bool(failing))


main()
