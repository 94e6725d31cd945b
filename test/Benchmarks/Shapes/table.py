"""Times gradients of programs with a dynamic dimension beside the same with static ones, each on one thread and on two,
by turns, and prints a table.

    table.py ATLED_RUN FOLDER [--agree]

With --agree it only compares the gradients, which are the same to the bit. Times are the least of all calls, by the
clock on the wall: the machine has to be idle. What is written goes to FOLDER.
"""

import pathlib
import re
import subprocess
import sys

TURNS = 5
SOURCE = pathlib.Path(__file__).parent / "Inputs/programs.mlir"
# For each program how many rows it gets, and how often a turn calls it if they are 64.
PROGRAMS = {"classifier": ([32, 512, 4096], 400), "products": ([32, 1024], 60), "elements": ([32, 512, 16384], 2000),
            "recurrence": ([64, 1024], 200)}


def argument_types(function):
    signature = re.search(rf"func\.func @{function}\((.*?)\)\s*->", SOURCE.read_text(), re.DOTALL)[1]
    return re.findall(r"tensor<([^>]*)>", signature)


class Runner:
    def __init__(self, run, folder):
        self.run, self.folder = run, pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)

    def static(self, rows):
        """The programs with so many rows."""
        path = self.folder / f"static-{rows}.mlir"
        path.write_text(SOURCE.read_text().replace("<?x", f"<{rows}x").replace(" sizes(%rows)", ""))
        return path

    def gradient(self, program, function, rows, threads, *options):
        """What atled-run prints."""
        inputs = [f"--input={type.replace('?', str(rows))}=random:{seed}"
                  for seed, type in enumerate(argument_types(function), 1)]
        done = subprocess.run([self.run, program, f"--grad={function}", *inputs, f"--num-threads={threads}", *options],
                              capture_output=True, text=True)
        if done.returncode:
            sys.exit(done.stderr)
        return done.stdout

    def microseconds(self, program, function, rows, threads, calls):
        printed = self.gradient(program, function, rows, threads, f"--bench={calls}")
        time, unit = re.search(r"least ([\d.]+) (ns|us)", printed).groups()
        return float(time) * (1e-3 if unit == "ns" else 1)


def print_times(runner):
    print(f"{'':12} {'rows':>6} {'static, µs':>11} {'dynamic':>10} {'ratio':>6}   {'on two: static':>14} {'dynamic':>10}"
          f"   {'one / two: static':>17} {'dynamic':>8}")
    for function, (sizes, calls) in PROGRAMS.items():
        for rows in sizes:
            versions = [(program, threads) for program in (runner.static(rows), SOURCE) for threads in (1, 2)]
            times = [[] for _ in versions]
            for _ in range(TURNS):
                for (program, threads), samples in zip(versions, times):
                    samples.append(runner.microseconds(program, function, rows, threads, max(3, calls * 64 // rows)))
            s1, s2, d1, d2 = map(min, times)
            print(f"{function:12} {rows:6} {s1:11.1f} {d1:10.1f} {d1 / s1:6.2f}   {s2:14.1f} {d2:10.1f}   "
                  f"{s1 / s2:17.2f} {d1 / d2:8.2f}", flush=True)


def compare(runner):
    for function, (sizes, _) in PROGRAMS.items():
        outputs = [runner.folder / f"{i}.npy" for i, _ in enumerate(argument_types(function))]
        for rows in sizes:
            gradients = set()
            for program in (runner.static(rows), SOURCE):
                for threads in (1, 2):
                    runner.gradient(program, function, rows, threads, *(f"--output={path}" for path in outputs))
                    gradients.add(b"".join(path.read_bytes() for path in outputs))
            if len(gradients) > 1:
                sys.exit(f"the gradients of {function} for {rows} rows are not the same")
    print(f"{len(PROGRAMS)} gradients agree")


def main(run, folder, *options):
    runner = Runner(run, folder)
    compare(runner) if "--agree" in options else print_times(runner)


main(*sys.argv[1:])
