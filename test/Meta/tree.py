"""What the tests of the source tree share: finding files, and reporting every offence at once."""

import json
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDERS = ["include", "lib", "tools", "test", "docs"]


def files(*suffixes, under=None):
    """The project's files with one of the suffixes (all if none is given), in a fixed order."""
    for folder in under or FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                if not suffixes or path.suffix in suffixes:
                    yield path


def name(path):
    return path.relative_to(ROOT).as_posix()


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def operations():
    """The names of the operations that the dialect atled defines."""
    tblgen = pathlib.Path(shutil.which("llvm-tblgen")).resolve()
    records = json.loads(subprocess.run(
        [tblgen, "--dump-json", "-I", ROOT / "include", "-I", tblgen.parents[1] / "include",
         ROOT / "include/atled/Dialect/Atled/IR/AtledOps.td"],
        check=True, stdout=subprocess.PIPE).stdout)
    return {records[name]["opName"] for name in records["!instanceof"]["Op"]
            if records[name]["opDialect"]["def"] == "Atled_Dialect"}


def report(offences):
    """Prints one offence a line; the test passes if there is none."""
    count = 0
    for count, offence in enumerate(offences, 1):
        print(offence)
    sys.exit(1 if count else 0)
