"""Make two patients' sheets in one process, and print how long the second one took."""

import sys
import time
from pathlib import Path

from handouts.jobs.prescribing import prescribe, print_sheet
from handouts.jobs.sheet_request import SheetRequest

prescription, content = map(Path, sys.argv[1:])
for _ in range(2):
    start = time.perf_counter()
    print_sheet(prescribe(SheetRequest(content, prescription)))
    took = time.perf_counter() - start
print(took)
