"""The reference says of every operation of the dialect what its derivative is, how far its result may be from the truth,
and, if it takes floats, what happens at some edge.

RUN: %python %s
"""

import re

import tree

PARTS = {"derivative": r"^\*\*Derivative\*\*", "error bound": r"^\*\*Error\*\* in .*: \S"}
FLOATS = re.compile(r"^\| operand \| .*\bf32\b", re.M)
EDGE = re.compile(r"NaN|infinit|\binf\b|no elements|no products|payload|[Ww]rap|overflow|saturat|outOfRange|promise")

offences, found = [], set()
for path in sorted((tree.ROOT / "docs/Reference").glob("*.md")):
    for section in re.split(r"^## ", path.read_text(), flags=re.M)[1:]:
        name = section.split("\n", 1)[0]
        if not name.startswith("atled."):
            continue
        found.add(name.removeprefix("atled."))
        prose = " ".join(re.split(r"^Example|^\| \| ", section, maxsplit=1, flags=re.M)[0].split())
        missing = [part for part, pattern in PARTS.items() if not re.search(pattern, section, re.M)]
        if FLOATS.search(section) and not EDGE.search(prose):
            missing.append("edge case")
        offences += [f"{tree.name(path)} states no {part} of {name}" for part in missing]
offences += [f"docs/Reference has no entry for atled.{name}" for name in sorted(tree.operations() - found)]
tree.report(offences)
