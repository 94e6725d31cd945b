"""Whatever the budget is: the workspace is within it, or the budget is an error that names one which is enough; with a
larger one nothing needs less of it; and the gradient is the same. A loop whose checkpoints would all need more gets
none."""

import pathlib
import re
import subprocess
import sys
import tempfile

MODEL = pathlib.Path(__file__).parent / "loops.mlir"
LARGE_SNAPSHOTS = pathlib.Path(__file__).parent / "large_snapshots.mlir"
INPUTS = ["--input=16xf64=random:1", "--input=16xf64=random:2"]


def compile(budget, folder, model=MODEL):
    header = folder / "f.h"
    said = subprocess.run(["atled-compile", model, "--grad=f", "-o", folder / "f.o", f"--header={header}",
                           f"--memory-budget={budget}"], capture_output=True, text=True)
    if said.returncode == 0:
        return int(re.search(r"F_GRAD_FULL_CALL_WORKSPACE_BYTES (\d+)", header.read_text())[1])
    least = re.search(f"the budget of {budget} bytes is too small.*the least is (\\d+) bytes", said.stderr)
    if not least:
        sys.exit(f"a budget of {budget} bytes: {said.stderr}")
    return -int(least[1])


def gradient(budget, model=MODEL):
    return subprocess.run(["atled-compile", model, "--grad=f", f"--memory-budget={budget}", "--compile-to=program"],
                          capture_output=True, text=True, check=True).stdout


def run(program, folder):
    model = folder / "program.mlir"
    model.write_text(program)
    return subprocess.run(["atled-run", model, "--entry=f_grad", *INPUTS], capture_output=True, text=True,
                          check=True).stdout


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        needed = compile(1 << 40, folder)
        least = -compile(1, folder)
        if compile(least, folder) != least or compile(least - 1, folder) != -least:
            sys.exit(f"{least} bytes are not the least")
        budgets = [needed + 1, needed, needed - 1, needed // 3, needed // 10, 2 * least, least]
        sizes = [compile(budget, folder) for budget in budgets]
        for budget, size, larger in zip(budgets, sizes, [needed, *sizes]):
            print(f"a budget of {budget} bytes: {size}")
            if not 0 < size <= min(budget, larger):
                sys.exit("is more than the budget, or than with a larger one")
        if sizes[1] != needed or len(set(sizes)) < 3:
            sys.exit("budgets make no difference")
        kept, least_kept = (run(gradient(budget), folder) for budget in (needed, least))
        if kept != least_kept or not kept:
            sys.exit(f"the gradient differs:\n{kept}{least_kept}")

        least = -compile(1, folder, LARGE_SNAPSHOTS)
        first, second = gradient(least, LARGE_SNAPSHOTS).split("tensor.insert_slice")
        if "ad.checkpoint" in first or second.count("ad.checkpoint") != 1 or \
                second.index("ad.checkpoint") < second.index("scf.for"):
            sys.exit(f"a loop has a checkpoint that needs more, or none has any:\n{first}{second}")


main()
