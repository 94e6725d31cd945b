"""Feeds truncated and mutated programs to the tools: they may refuse, but neither crash nor hang.

Every test and example is a seed. atled-opt runs the passes that the seed's own RUN line names, on many
mutants in one process; atled-compile and atled-run take one mutant at a time. The mutants are the same
each time; `--rounds=N` and `--minutes=N` make more of them.

Where the sanitizers are, assertions are too, so that once is enough.

REQUIRES: sanitizers
RUN: %python %s --tools=%build_dir/bin --jobs=2 --memory=%memory_limit
"""

import argparse
import concurrent.futures
import itertools
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import time

import limits
import mutate

ROOT = pathlib.Path(__file__).resolve().parents[2]
SEPARATOR = "\n// -----\n"
CRASH = re.compile(r"PLEASE submit a bug report|Stack dump|Assertion .* failed|LLVM ERROR|UNREACHABLE executed"
                   r"|terminate called|(Address|UndefinedBehavior)Sanitizer|runtime error:")
DIALECTS = ("ad", "atled", "check", "special")
# Mutants of one seed in one process of atled-opt.
BATCH = 40
SECONDS = 20


def run(command, memory, is_ours_alone):
    """None, or why the run was no orderly one; `is_ours_alone` asks for nothing that is upstream's fault."""
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                              timeout=SECONDS, preexec_fn=limits.limit(memory))
    except subprocess.TimeoutExpired:
        return f"still running after {SECONDS} seconds"
    said = done.stderr.decode(errors="replace")
    if is_ours_alone and is_upstreams(said):
        return None
    if done.returncode < 0:
        return f"ended by signal {-done.returncode}"
    match = CRASH.search(said)
    return f"said '{match[0]}'" if match else None


def is_upstreams(said):
    """Whether upstream's parser of one of its operations crashed, with nothing of Atled's on the stack."""
    parsers = re.findall(r"MLIR Parser: custom op parser '(\w+)\.", said)
    return bool(parsers) and parsers[-1] not in DIALECTS and "atled::" not in said


def passes_of(text):
    """The flags that a seed's first RUN line gives to atled-opt."""
    match = re.search(r"RU[N]: *atled-opt +(.*)", text)
    words = match[1].split("|")[0].split() if match else []
    unwanted = ("-verify-diagnostics", "-split-input-file", "-emit-bytecode", "-o", "%", "-allow-unregistered")
    return [word for word in words if word.startswith("-") and not word.lstrip("-").startswith(
        tuple(flag.lstrip("-") for flag in unwanted))]


def entries_of(text):
    return re.findall(r"func\.func @(\w+)", text) or ["f"]


class Seed:
    def __init__(self, path):
        self.name = path.relative_to(ROOT).as_posix()
        self.text = path.read_text()
        # A file of many chunks is as many programs.
        self.chunks = [mutate.tokens_of(chunk) for chunk in self.text.split("// -----") if chunk.strip()]
        self.passes = passes_of(self.text)


def find_seeds():
    paths = sorted([*(ROOT / "test").rglob("*.mlir"), *(ROOT / "docs").rglob("*.mlir")])
    return [Seed(path) for path in paths]


def make_mutants(seed, count, rng, pool):
    return [mutate.mutate(rng.choice(seed.chunks), rng, pool) for _ in range(count)]


def write(folder, text):
    handle, path = tempfile.mkstemp(suffix=".mlir", dir=folder)
    with os.fdopen(handle, "w", encoding="latin-1", errors="replace") as file:
        file.write(text)
    return path


class Fuzzer:
    def __init__(self, tools, folder, memory):
        self.tools, self.folder, self.memory = pathlib.Path(tools), folder, memory

    def run_tool(self, tool, flags, text, is_ours_alone=True):
        path = write(self.folder, text)
        try:
            return run([self.tools / tool, path, *flags], self.memory, is_ours_alone)
        finally:
            os.remove(path)

    def optimise(self, seed, mutants):
        """Runs all mutants in one process, and alone only where that ends badly."""
        flags = ["-split-input-file", *seed.passes]
        if not self.run_tool("atled-opt", flags, SEPARATOR.join(mutants), is_ours_alone=False):
            return
        for mutant in mutants:
            why = self.run_tool("atled-opt", flags, mutant)
            if why:
                yield f"atled-opt {' '.join(seed.passes)}", why, mutant

    def compile_and_run(self, seed, mutant, rng):
        entry = rng.choice(entries_of(mutant))
        choices = [
            ("atled-compile", ["-o", os.devnull, "-O0"]),
            ("atled-compile", ["-o", os.devnull, f"--grad={entry}", "--wrt=0"]),
            ("atled-run", ["--check"]),
            ("atled-run", [f"--entry={entry}", "--input=4xf32=1", "--input=4xf32=2"]),
            ("atled-run", [f"--entry={entry}"]),
        ]
        tool, flags = rng.choice([choice for choice in choices if (self.tools / choice[0]).exists()])
        why = self.run_tool(tool, flags, mutant)
        if why:
            yield f"{tool} {' '.join(flags)}", why, mutant


def rounds(options):
    """The numbers of the rounds."""
    end = time.time() + 60 * options.minutes if options.minutes else None
    for number in itertools.count():
        if time.time() >= end if end else number == options.rounds:
            return
        yield number


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tools", required=True, help="the folder with the tools")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--rounds", type=int, default=1, help="how often to go through all seeds")
    parser.add_argument("--minutes", type=float, help="for how long to go through all seeds, instead of how often")
    parser.add_argument("--seed", type=int, default=0, help="another number gives other mutants")
    parser.add_argument("--only", default="", help="only the seeds whose name contains this")
    parser.add_argument("--keep", help="a folder for the texts that crash a tool")
    limits.add_option(parser)
    options = parser.parse_args()

    seeds = find_seeds()
    pool = sorted({token for seed in seeds for chunk in seed.chunks for token in chunk if mutate.is_solid(token)})
    seeds = [seed for seed in seeds if options.only in seed.name]
    has_compilers = any((pathlib.Path(options.tools) / tool).exists() for tool in ("atled-compile", "atled-run"))
    crashes, count = [], 0

    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(options.jobs) as executor:
        fuzzer = Fuzzer(options.tools, folder, options.memory)
        for round_ in rounds(options):
            jobs = []
            for seed in seeds:
                # Independent of the other seeds: a new test changes no other's mutants.
                rng = random.Random(f"{options.seed}/{round_}/{seed.name}")
                mutants = make_mutants(seed, BATCH, rng, pool)
                count += len(mutants)
                jobs.append((seed, executor.submit(lambda s=seed, m=mutants: list(fuzzer.optimise(s, m)))))
                if has_compilers:
                    mutant = mutants[0]
                    count += 1
                    jobs.append((seed, executor.submit(
                        lambda s=seed, m=mutant, r=rng: list(fuzzer.compile_and_run(s, m, r)))))
            for seed, job in jobs:
                crashes += [(seed, *crash) for crash in job.result()]

    for number, (seed, command, why, mutant) in enumerate(crashes):
        print(f"{seed.name}: {command} {why} on:\n{mutant}\n")
        if options.keep:
            pathlib.Path(options.keep).mkdir(exist_ok=True)
            (pathlib.Path(options.keep) / f"{number}.mlir").write_text(mutant, encoding="latin-1", errors="replace")
    print(f"{count} mutants of {len(seeds)} programs, {len(crashes)} crashes")
    sys.exit(1 if crashes else 0)


main()
