"""Reading what a chart draws out of its specification."""

import json

import vl_convert


def units(specification):
    """Yield every unit of a chart, with its data in place."""

    def walk(part, inherited):
        data = part.get("data", inherited)
        inner = [
            p for name in ("layer", "hconcat", "vconcat", "concat") for p in part.get(name, ())
        ]
        if not inner:
            yield {**part, "records": records_of(data)}
        for one in inner:
            yield from walk(one, data)

    def records_of(data):
        if data is None:
            return []
        return specification["datasets"][data["name"]] if "name" in data else data["values"]

    yield from walk(specification, None)


def marks(chart, kind, *fields):
    """Return the records of all units of a mark that have such fields."""
    found = []
    for unit in units(chart.to_dict()):
        mark = unit["mark"] if isinstance(unit["mark"], str) else unit["mark"]["type"]
        records = unit["records"]
        if mark == kind and records and set(fields) <= set(records[0]):
            found += records
    return found


def said(chart):
    """Return the whole specification as text."""
    return json.dumps(chart.to_dict(), ensure_ascii=False)


def svg(chart):
    """Return the chart drawn."""
    return vl_convert.vegalite_to_svg(chart.to_dict())
