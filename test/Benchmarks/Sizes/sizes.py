"""How large the objects of ten models are, and how much workspace a call needs: the table of docs/Sizes.md.

sizes.py            prints the table
sizes.py --write    writes it into the page
sizes.py --check    fails where a number of the page is off by more than a tenth and 256 bytes
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[3]
PAGE = ROOT / "docs/Sizes.md"
DIGITS, LOOPS = "docs/Examples/Digits/model.mlir", "test/Benchmarks/ControlFlow/programs.mlir"
MODELS = {
    "digits (two layers, 64 handwritten digits)": (DIGITS, "loss"),
    "attention": ("test/Oracle/Programs/attention.mlir", "loss"),
    "cross entropy": ("test/Oracle/Programs/cross-entropy.mlir", "loss"),
    "layer norm": ("test/Oracle/Programs/layer-norm.mlir", "loss"),
    "log-sum-exp": ("test/Oracle/Programs/log-sum-exp.mlir", "loss"),
    "perceptron of three layers": ("test/Oracle/Programs/mlp.mlir", "loss"),
    "windows of a matrix": ("test/Oracle/Programs/windows.mlir", "loss"),
    "scan of 64 numbers": (LOOPS, "scan"),
    "Newton's method, until it converges": (LOOPS, "newton"),
    "recurrent network, 1,000 steps": (LOOPS, "rnn"),
}
ROW = re.compile(r"\| (?P<name>[^|\n]+) \| (?P<numbers>[\d,]+( \| [\d,]+){4}) \|")


def measure(program, *flags):
    """Bytes of code, of constants, and of workspace for a call that wants everything."""
    with tempfile.TemporaryDirectory() as folder:
        # For every processor of one kind, so that the numbers are the same on all machines.
        subprocess.run(["atled-compile", ROOT / program, *flags, "--target=x86_64-linux-gnu", "-o", f"{folder}/m.o",
                        f"--manifest={folder}/m.json"], check=True)
        listing = subprocess.run(["llvm-readelf", "-SW", f"{folder}/m.o"], check=True, capture_output=True, text=True).stdout
        facts = json.loads(pathlib.Path(f"{folder}/m.json").read_text())
    sizes = [(name, int(size, 16)) for name, size in re.findall(r"\] (\.\S+) +\w+ +[0-9a-f]+ [0-9a-f]+ ([0-9a-f]+)", listing)]
    total = lambda prefix: sum(size for name, size in sizes if name.startswith(prefix))
    return total(".text"), total(".rodata"), facts["functions"][0]["workspace"]["full_call_bytes"]


def rows():
    for name, (program, function) in MODELS.items():
        value = measure(program, f"--entry={function}")
        gradient = measure(program, f"--value-and-grad={function}")
        yield name, [value[0], gradient[0], gradient[1], value[2], gradient[2]]


def make_table(measured):
    lines = ["| model | code, value | code, value and gradient | constants | workspace, value | workspace, value and gradient |",
             "|---|--:|--:|--:|--:|--:|"]
    lines += [f"| {name} | " + " | ".join(f"{number:,}" for number in numbers) + " |" for name, numbers in measured]
    return "\n".join(lines) + "\n"


def read_table(text):
    return {match["name"]: [int(number.replace(",", "")) for number in match["numbers"].split(" | ")]
            for match in ROW.finditer(text)}


def check(measured):
    stated = read_table(PAGE.read_text())
    if list(stated) != list(MODELS):
        sys.exit(f"docs/Sizes.md has rows for {', '.join(stated)}: run sizes.py --write")
    for name, numbers in measured:
        for now, then in zip(numbers, stated[name], strict=True):
            if abs(now - then) > 256 + then // 10:
                sys.exit(f"docs/Sizes.md says {then:,} bytes of '{name}', which are {now:,}: run sizes.py --write")
    print("ten models have the sizes that docs/Sizes.md says")


def main():
    parser = argparse.ArgumentParser()
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--write", action="store_true")
    group.add_argument("--check", action="store_true")
    options = parser.parse_args()
    measured = list(rows())
    if options.check:
        check(measured)
    elif options.write:
        text = PAGE.read_text()
        start = text.index("| model |")
        end = text.index("\n\n", start) + 1
        PAGE.write_text(text[:start] + make_table(measured) + text[end:])
    else:
        print(make_table(measured), end="")


main()
