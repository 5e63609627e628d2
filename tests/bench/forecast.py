#!/usr/bin/env python3
"""Forecasts of the null arms of a suite of simulated series: error and coverage.

    forecast.py cut SERIES.csv CUT.csv        the null series up to the first judged period
    duluan forecast --horizon 6 CUT.csv > OURS.csv
    Rscript forecast_peers.R CUT.csv ETS.csv 6
    forecast.py score SERIES.csv NAME=FORECAST.csv ...

MASE: mean of |count - point| over the mean absolute difference of the history at the lag of a
year; the point is the median. Only series that every method has are compared. Series whose history never differs at that lag are left out.
Seasonal naive is always scored: the last count of the same season, its ranges normal with the
standard deviation of those differences.
"""
import csv
import sys
from statistics import NormalDist


def null_series(path):
    for row in csv.DictReader(open(path)):
        if row["series_id"].endswith("-0"):
            row["all"] = list(map(int, row["counts"].split(";")))
            row["first"] = int(row["eval_from"]) - 1
            yield row


def cut(source, target):
    fields = "series_id suite freq n eval_from counts exposure".split()
    with open(target, "w", newline="") as out:
        writer = csv.DictWriter(out, fields, lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        for row in null_series(source):
            end = row["first"]
            row.update(n=end, eval_from=1, counts=";".join(map(str, row["all"][:end])), exposure="")
            writer.writerow(row)


def seasonal_naive(row):
    lag, past = int(row["freq"]), row["all"][: row["first"]]
    changes = [b - a for a, b in zip(past, past[lag:])]
    sd = (sum(c * c for c in changes) / max(1, len(changes))) ** 0.5
    for h in range(len(row["all"]) - row["first"]):
        point = past[len(past) - lag + h % lag]
        reach = {level: NormalDist().inv_cdf(0.5 + level / 2) * sd * (h // lag + 1) ** 0.5 for level in (0.8, 0.95)}
        yield point, [(point - r, point + r) for r in reach.values()]


def read(path):
    found = {}
    for row in csv.DictReader(open(path)):
        ranges = [(float(row["lower" + s]), float(row["upper" + s])) for s in ("80", "95")]
        found.setdefault(row["series_id"], []).append((float(row["median"]), ranges))
    return found


def score(source, files):
    rows = list(null_series(source))
    methods = {"seasonal naive": {row["series_id"]: list(seasonal_naive(row)) for row in rows}}
    for name, path in (f.split("=", 1) for f in files):
        methods[name] = read(path)
    rows = [row for row in rows if all(row["series_id"] in found for found in methods.values())]
    print(f"{len(rows)} series\nmethod | MASE | mean absolute error | covered at 80 | at 95 | width 80 | periods")
    for name, found in methods.items():
        scaled, plain, inside, width, periods = [], 0, [0, 0], 0, 0
        for row in rows:
            past, lag = row["all"][: row["first"]], int(row["freq"])
            changes = [abs(b - a) for a, b in zip(past, past[lag:])]
            scale = sum(changes) / max(1, len(changes))
            errors = []
            for count, (point, ranges) in zip(row["all"][row["first"] :], found[row["series_id"]]):
                errors.append(abs(count - point))
                periods += 1
                width += ranges[0][1] - ranges[0][0]
                for i, (low, high) in enumerate(ranges):
                    inside[i] += low <= count <= high
            plain += sum(errors)
            if scale > 0:
                scaled.append(sum(errors) / len(errors) / scale)
        print(f"{name} | {sum(scaled) / len(scaled):.4f} | {plain / periods:.4f} | {inside[0] / periods:.4f} | "
              f"{inside[1] / periods:.4f} | {width / periods:.2f} | {periods}")


if __name__ == "__main__":
    if len(sys.argv) >= 4 and sys.argv[1] == "cut":
        cut(sys.argv[2], sys.argv[3])
    elif len(sys.argv) >= 3 and sys.argv[1] == "score":
        score(sys.argv[2], sys.argv[3:])
    else:
        sys.exit(__doc__)
