#!/usr/bin/env python3
"""Runs clang-tidy, as .clang-tidy configures it, over every C++ file of the development build, or over the
files given: `tidy.py [FILE...]`. Needs what test.sh builds; test/Meta/tidy.py runs it.

Most of the time would go into MLIR's headers, again for each file. So files are put together, many to a
translation unit, as long as none defines a name of another.
"""

import concurrent.futures
import itertools
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
MOST = 70

# What a file defines for itself: classes in anonymous namespaces, static functions, constants, aliases.
CLASS = re.compile(r"^(?:struct|class|enum(?: class)?)\s+(\w+)", re.M)
ALIAS = re.compile(r"^using (\w+) =", re.M)
STATIC = re.compile(r"^(?:template <[^>]*>\s*)?(?:static|constexpr)\b[^;{=(]*?(\w+)\s*[(={\[]", re.M)

# The generated definitions of attributes, and of types, have static functions.
GENERATED = re.compile(r"^#define (GET_(?:ATTRDEF|TYPEDEF)_CLASSES)", re.M)


def own_names(path):
    text = path.read_text()
    return {name for pattern in (CLASS, ALIAS, STATIC, GENERATED) for name in pattern.findall(text)}


def flags(command):
    """A compiler's flags, one or two words each, without what says from where to where, and without precompiled
    headers."""
    words = iter(shlex.split(command["command"])[1:])
    kept = []
    for word in words:
        if word in ("-o", "-MF", "-MT", "-c", "-Xclang"):
            next(words)
        elif word == "-isystem":
            kept.append((word, next(words)))
        elif word not in ("-MD", "-Winvalid-pch"):
            kept.append((word,))
    return kept


def namespaces(path):
    """What a file has in scope beyond what all have: two such files may not find a name that both define."""
    return set(re.findall(r"^using namespace (llvm|mlir);", path.read_text(), re.M))


def units(files):
    """Groups of files that can be one translation unit."""
    groups = []
    for path in files:
        names = own_names(path)
        for group, taken in groups:
            if len(group) < MOST and namespaces(group[0]) == namespaces(path) and not names & taken:
                group.append(path)
                taken |= names
                break
        else:
            groups.append(([path], names))
    return [group for group, _ in groups]


def tidy(group, commands, folder, number):
    """What clang-tidy says of the files of one unit. Where that does not compile, the files may be right each for
    itself, and a name in a header of one be in the way of another: then it is said of fewer together."""
    answer = tidy_unit(group, commands, folder / f"unit{number}.cpp")
    if "clang-diagnostic-error" not in answer or len(group) == 1:
        return answer
    half = len(group) // 2
    return "".join(tidy(part, commands, folder, f"{number}_{k}") for k, part in enumerate([group[:half], group[half:]]))


def tidy_unit(group, commands, unit):
    unit.write_text("".join(f'#define main main{i}\n#include "{path}" // NOLINT\n#undef main\n'
                            for i, path in enumerate(group)))
    arguments = itertools.chain(*dict.fromkeys(flag for path in group for flag in flags(commands[path])))
    result = subprocess.run(
        ["clang-tidy-22", "--quiet", f"--config-file={ROOT / '.clang-tidy'}", str(unit), "--", *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if not result.returncode:
        return ""
    return result.stdout or f"clang-tidy ended with {result.returncode} on {', '.join(map(str, group))}\n"


def run(build, files=()):
    """Yields what is wrong, in the words of clang-tidy."""
    commands = {pathlib.Path(command["file"]): command
                for command in json.loads((build / "compile_commands.json").read_text())}
    wanted = [pathlib.Path(name).resolve() for name in files] or [
        path for path in sorted(commands)
        if path.suffix == ".cpp" and path.is_relative_to(ROOT) and not path.is_relative_to(build)
        and path.relative_to(ROOT).parts[0] in ("lib", "tools", "test") and "CMake" not in path.parts]
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as executor:
        jobs = [executor.submit(tidy, group, commands, pathlib.Path(folder), number)
                for number, group in enumerate(units(wanted))]
        for job in jobs:
            if answer := job.result():
                yield answer


def main():
    answers = list(run(ROOT / "build/development", sys.argv[1:]))
    print("".join(answers), end="")
    sys.exit(1 if answers else 0)


if __name__ == "__main__":
    main()
