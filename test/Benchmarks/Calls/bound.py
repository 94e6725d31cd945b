"""bound.py FILE NANOSECONDS: that no call in a report of Google Benchmark costs more."""

import json
import sys

report = json.load(open(sys.argv[1]))
for run in report["benchmarks"]:
    # On a processor without AVX2 that object returns a code.
    if run.get("error_occurred") and not run["name"].startswith("v3"):
        sys.exit(f"{run['name']}: {run['error_message']}")
    if run.get("cpu_time", 0) > float(sys.argv[2]):
        sys.exit(f"{run['name']} takes {run['cpu_time']} ns")
print("calls cost less than", sys.argv[2], "ns")
