"""The ward: planted faults found, false alarms, and what first-named remedies bring, by half.

    python -m benchmarks.ward --seeds 3

The designs are those of tests/diagnosis/ward. The tuning half is the one on which limits may be
chosen; the half set aside is only reported.
"""

from __future__ import annotations

import argparse
import json
import sys
import warnings
from collections import Counter
from pathlib import Path
from time import perf_counter
from typing import Any

WARD = Path(__file__).parent.parent / "tests" / "diagnosis" / "ward"


def measure_ward(seeds: int = 3, halves: tuple[str, ...] = ("tuning", "set aside"), trials=True):
    """Measure the halves; one seed makes one network of each design."""
    sys.path.insert(0, str(WARD))
    from ward_case import SET_ASIDE, TUNING

    ranges = {"tuning": TUNING, "set aside": SET_ASIDE}
    results = {}
    for half in halves:
        results[half] = measure_half(list(ranges[half][:seeds]), trials)
        print("\n".join(["", f"The {half} half, seeds {ranges[half][0]}…", *told(results[half])]))
    return results


def measure_half(seeds: list[int], trials: bool = True) -> dict[str, Any]:
    """Return every patient's and every healthy network's findings, and the trials of remedies."""
    from ward_rounds import healthy_designs, patient_designs

    start = perf_counter()
    patients = [_examined(case, seed) for case in patient_designs() for seed in seeds]
    healthy = [_examined(case, seed) for case in healthy_designs() for seed in seeds]
    seconds = perf_counter() - start
    tried = []
    if trials:
        treatable = [case for case in patient_designs() if case.treatable]
        tried = [_treated(case, seed) for case in treatable for seed in seeds]
    return {"patients": patients, "healthy": healthy, "tried": tried, "seconds": seconds}


def _examined(case: Any, seed: int) -> dict[str, Any]:
    from ward_rounds import diagnosed

    network = case.network(seed)
    record = {
        "name": case.name,
        "seed": seed,
        "framework": case.framework,
        "code": case.code,
        "kind": case.kind,
        "sure": bool(case.evidence(network)),
        "issues": [],
        "tips": [],
    }
    try:
        diagnosis = diagnosed(network)
    except Exception as error:  # A diagnosis that breaks is a finding about the diagnosis.
        return {**record, "error": repr(error)[:300]}
    for severity in ("issues", "tips"):
        record[severity] = [
            {"code": one.code, "kind": one.kind, "title": one.title.en}
            for one in getattr(diagnosis, severity)
        ]
    return record


def _treated(case: Any, seed: int) -> dict[str, Any]:
    from ward_rounds import diagnosed

    record = {"name": case.name, "seed": seed, "code": case.code, "verdict": "none"}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            diagnosis = diagnosed(case.network(seed))
            own = [one for one in diagnosis.issues + diagnosis.tips if one.code == case.code]
            first = [one.key for one in own[0].remedies if one.parameters][:1] if own else []
            trial = diagnosis.try_remedies()
    except Exception as error:
        return {**record, "verdict": "error", "error": repr(error)[:300]}
    record["patient"] = float(trial.patient_scores.mean())
    record["score"] = trial.score_name
    record["all"] = [
        [one.remedy.key, round(one.difference, 4), round(one.low, 4), round(one.high, 4)]
        for one in trial.remedies
    ]
    for one in trial.remedies:
        if first and one.remedy.key == first[0]:
            record |= {
                "remedy": first[0],
                "verdict": one.verdict,
                "difference": one.difference,
                "low": one.low,
                "high": one.high,
            }
    return record


def _codes(record: dict[str, Any]) -> set[str]:
    return {one["code"] for one in record["issues"] + record["tips"]}


def told(half: dict[str, Any]) -> list[str]:
    """Return the tables of one half as lines of Markdown."""
    patients, healthy, tried = half["patients"], half["healthy"], half["tried"]
    lines = [
        f"{len(patients)} patients, {len(healthy)} healthy networks, {half['seconds']:.0f} s; the"
        f" ward's own arithmetic bears out {sum(r['sure'] for r in patients)} of the patients and"
        f" {sum(r['sure'] for r in healthy)} of the healthy.",
        "",
        "| code | kind | patients | found | as issue | under its kind |",
        "|---|---|---|---|---|---|",
    ]
    groups = sorted({(r["code"], r["kind"]) for r in patients})
    for code, kind in groups:
        group = [r for r in patients if (r["code"], r["kind"]) == (code, kind)]
        found = sum(code in _codes(r) for r in group)
        issue = sum(any(one["code"] == code for one in r["issues"]) for r in group)
        matched = sum(
            any(
                one["code"] == code and kind in ("", one["kind"]) for one in r["issues"] + r["tips"]
            )
            for r in group
        )
        lines.append(f"| {code} | {kind} | {len(group)} | {found} | {issue} | {matched} |")
    found = sum(r["code"] in _codes(r) for r in patients)
    lines.append(f"| all | | {len(patients)} | {found} | | |")
    further = sum(len(_codes(r) - {r["code"]}) for r in patients) / len(patients)
    lines += ["", f"Further codes per patient: {further:.2f}.", ""]
    for severity in ("issues", "tips"):
        marked = [r for r in healthy if r[severity]]
        by_code = Counter(code for r in marked for code in {one["code"] for one in r[severity]})
        lines.append(
            f"Healthy networks with {severity}: {len(marked)} of {len(healthy)}"
            f" ({100 * len(marked) / len(healthy):.1f} %)"
            + "".join(f", {code} {n}" for code, n in sorted(by_code.items()))
            + "."
        )
    if tried:
        better = sum(r["verdict"] == "better" for r in tried)
        lines += ["", f"First-named remedy better, its interval clear of 0: {better}/{len(tried)}."]
        lines += [
            f"  not: {r['name']} {r['seed']}: {r.get('remedy', '-')} {r['verdict']}"
            for r in tried
            if r["verdict"] != "better"
        ]
    lines += _exceptions(patients, healthy)
    return lines


def _exceptions(patients: list[dict[str, Any]], healthy: list[dict[str, Any]]) -> list[str]:
    """Return what was missed, what broke, and which alarms were false, one line each."""
    lines = [""]
    for r in patients + healthy:
        if "error" in r:
            lines.append(f"broke: {r['name']} {r['seed']}: {r['error']}")
        elif r["code"] and r["code"] not in _codes(r):
            lines.append(f"missed: {r['code']} {r['kind']} {r['name']} {r['seed']}")
        if not r["sure"]:
            lines.append(f"not borne out: {r['name']} {r['seed']}")
    for r in healthy:
        lines += [f"alarm: {r['name']} {r['seed']}: {one['title']}" for one in r["issues"]]
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ward", description=__doc__)
    parser.add_argument("--seeds", type=int, default=3, help="networks of each design and half")
    parser.add_argument("--half", choices=("tuning", "set aside"))
    parser.add_argument("--no-trials", action="store_true", help="leave the remedies out")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    halves = (options.half,) if options.half else ("tuning", "set aside")
    results = measure_ward(options.seeds, halves, not options.no_trials)
    if options.json:
        options.json.write_text(json.dumps(results, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
