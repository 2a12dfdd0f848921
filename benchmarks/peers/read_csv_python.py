"""Reads the file of make_records.py into arrays, as one would without pandas: the csv module and numpy.

Prints seconds and the peak of memory. Categories and hospitals become codes, numbers single precision.
"""
import csv
import resource
import sys
import time
from array import array

import numpy as np

begin = time.perf_counter()
with open(sys.argv[1], newline="", encoding="utf-8") as file:
    reader = csv.reader(file)
    names = next(reader)
    features = len(names) - 2
    is_category = [f % 5 == 4 for f in range(features)]
    numbers = [array("f") if not c else array("h") for c in is_category]
    codes = [{} for _ in range(features)]
    hospital, hospitals = array("i"), {}
    label, labels = array("i"), {}
    for record in reader:
        if len(record) != len(names):
            raise ValueError(f"line {reader.line_num}: {len(record)} cells")
        hospital.append(hospitals.setdefault(record[0], len(hospitals)))
        for f in range(features):
            cell = record[f + 1]
            if is_category[f]:
                numbers[f].append(-1 if cell == "?" else codes[f].setdefault(cell, len(codes[f])))
            else:
                numbers[f].append(float(cell))
        label.append(labels.setdefault(record[-1], len(labels)))
columns = [np.asarray(n) for n in numbers]
seconds = time.perf_counter() - begin
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"{len(label)} records, {len(names)} columns, {seconds:.2f} s, peak {peak:.0f} MiB")
