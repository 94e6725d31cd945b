"""Compares random programs with control flow with what they compute without it.

For each program: its value is that of an interpreter, its derivatives in both modes are those of its trace,
the two modes are each other's transpose and agree with differences; without and with optimisation. A program
for which this does not hold, or that cannot be compiled, is made small and printed. The programs are the
same each time; `--seed=N` tries one, `--count=N` and `--minutes=N` try more.

RUN: %python %s --tools=%build_dir/bin --jobs=2 --memory=%memory_limit
"""

import argparse
import concurrent.futures
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import time

import limits
from compare import write
from generate import generate
from programs import Run, Unsuitable
from shrink import shrink

# Programs in one module.
BATCH = 4
SECONDS = 60


def run_tool(tool, folder, source, level, memory):
    """None, or what the tool said about a module."""
    handle, path = tempfile.mkstemp(suffix=".mlir", dir=folder)
    with os.fdopen(handle, "w") as file:
        file.write(source)
    try:
        done = subprocess.run([tool, "--check", f"-O{level}", path], stdin=subprocess.DEVNULL, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=SECONDS,
                              preexec_fn=limits.limit(memory))
    except subprocess.TimeoutExpired:
        return f"still running after {SECONDS} seconds"
    finally:
        os.remove(path)
    return f"{done.stdout.replace(path, '')}exit {done.returncode}" if done.returncode else None


def gist(said):
    """The first complaint, without names and numbers."""
    lines = re.findall(r".*(?:error:|Assertion|UNREACHABLE|LLVM ERROR|exit -).*", said) or [said]
    return re.sub(r"'[^']*'|@\w+|tensor<[^>]*>|memref<.*>|[-+\d.:\[\], ]+", " ", lines[0].split("error:")[-1])


class Failure:
    def __init__(self, program, level, said):
        self.program, self.level, self.said = program, level, said

    def __str__(self):
        return f"program {self.program.seed}, -O{self.level}: {gist(self.said)}"


class Checker:
    def __init__(self, tools, folder, memory, is_shrinking):
        self.tool, self.folder = pathlib.Path(tools) / "atled-run", folder
        self.memory, self.is_shrinking = memory, is_shrinking

    def complaint(self, source, level):
        return run_tool(self.tool, self.folder, source, level, self.memory)

    def complaint_alone(self, source, level):
        """What is said about one program. Where it is a difference, shorter steps decide: the first may be too long for
        a program that is steep."""
        said = self.complaint(source, level)
        for step in "1.0e-4", "1.0e-5", "1.0e-6":
            errors = re.findall(r"error: .*", said or "")
            if not errors or not all("that of central differences" in error for error in errors):
                break
            said = self.complaint(source.replace("step = 1.0e-3", f"step = {step}"), level)
        return said

    def check(self, batch):
        """What fails of `batch`: all in one process, and alone only where that ends badly."""
        sources = [write(program, run) for program, run in batch]
        for level in (0, 2):
            if not self.complaint("\n".join(sources), level):
                continue
            for (program, _), source in zip(batch, sources):
                said = self.complaint_alone(source, level)
                if said:
                    yield self.small(Failure(program, level, said))

    def small(self, failure):
        """A failure of a smaller program about which the same is said."""
        def fails_alike(candidate):
            try:
                said = self.complaint_alone(write(candidate, Run(candidate)), failure.level)
            except Unsuitable:
                return False
            return said is not None and gist(said) == gist(failure.said)
        if not self.is_shrinking:
            return failure
        program = shrink(failure.program, fails_alike)
        said = self.complaint(write(program, Run(program)), failure.level)
        return Failure(program, failure.level, said or failure.said)


def batches(options):
    """The programs that `options` ask for, with their runs."""
    end = time.time() + 60 * options.minutes if options.minutes else None
    last = sys.maxsize if end else options.first + options.count
    for first in range(options.first, last, BATCH):
        if end and time.time() > end:
            return
        yield [generate(seed, random.Random(seed)) for seed in range(first, min(first + BATCH, last))]


def report(failure, keep):
    source = write(failure.program, Run(failure.program))
    print(f"{failure}:\n{failure.said}\n{source}", flush=True)
    if keep:
        pathlib.Path(keep).mkdir(exist_ok=True)
        (pathlib.Path(keep) / f"{failure.program.seed}-O{failure.level}.mlir").write_text(source)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tools", required=True, help="the folder with the tools")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--seed", type=int, help="the one program to try")
    parser.add_argument("--first", type=int, default=0, help="the first program to try")
    parser.add_argument("--count", type=int, default=16, help="how many programs to try")
    parser.add_argument("--minutes", type=float, help="for how long to try programs, instead of how many")
    parser.add_argument("--print", action="store_true", help="print the programs and do nothing else")
    parser.add_argument("--large", action="store_true", help="print what fails as it is")
    parser.add_argument("--keep", help="a folder for what fails")
    limits.add_option(parser)
    options = parser.parse_args()
    if options.seed is not None:
        options.first, options.count = options.seed, 1

    if options.print:
        for batch in batches(options):
            print(*(write(*program) for program in batch), sep="\n")
        return

    count, failures, pending = 0, [], set()
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(options.jobs) as executor:
        checker = Checker(options.tools, folder, options.memory, not options.large)

        def collect(jobs):
            for job in jobs:
                for failure in job.result():
                    report(failure, options.keep)
                    failures.append(failure)

        for batch in batches(options):
            count += len(batch)
            pending.add(executor.submit(lambda batch=batch: list(checker.check(batch))))
            if len(pending) > options.jobs:
                done, pending = concurrent.futures.wait(pending, return_when=concurrent.futures.FIRST_COMPLETED)
                collect(done)
        collect(pending)

    for failure in failures:
        print(failure)
    print(f"{count} programs, {len(failures)} failures")
    sys.exit(1 if failures else 0)


main()
