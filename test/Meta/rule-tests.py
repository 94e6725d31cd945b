"""Every operation of the dialect has a test of its derivative, test/Differentiation/Rules/<operation>.mlir,
which runs it; and no such test is left over from an operation that is gone.

RUN: %python %s
"""

import tree

# They take no tensor: there is nothing to differentiate.
WITHOUT_OPERANDS = {"constant", "iota"}

operations = tree.operations() - WITHOUT_OPERANDS
folder = tree.ROOT / "test/Differentiation/Rules"
tests = {path.stem.replace("-", "_"): path for path in folder.glob("*.mlir")}

offences = [f"atled.{name} has no test {tree.name(folder)}/{name}.mlir" for name in sorted(operations - tests.keys())]
offences += [f"{tree.name(tests[name])} tests no operation" for name in sorted(tests.keys() - operations)]
for name in sorted(operations & tests.keys()):
    for needed in (f"atled.{name}", "atled-run --check %s"):
        if needed not in tests[name].read_text():
            offences.append(f"{tree.name(tests[name])} lacks '{needed}'")
tree.report(offences)
