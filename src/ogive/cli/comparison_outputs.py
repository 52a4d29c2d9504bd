"""The files that a comparison is asked to write, checked before the work."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ogive.cli.files import check_output
from ogive.data.wording import listed
from ogive.report.files import unwritable
from ogive.text import InputError

__all__ = ["Outputs", "checked_outputs", "file_or_dash", "names_of", "pages_of"]

REPORT, FOLDER = "ogive-report.html", "ogive-report"
REPORT_MARK = b'content="ogive'
INDEX = "index.html"


class Outputs(NamedTuple):
    """Where results go besides the screen; None is nowhere and "-" standard output.

    Attributes
    ----------
    report : Path or None
        A file; a folder where several data sets are compared.
    json, csv : Path, "-" or None
    times : bool
        Whether measured times are in table, JSON and CSV.
    """

    report: Path | None
    json: Path | str | None
    csv: Path | str | None
    times: bool = True

    @property
    def standard(self) -> bool:
        """Whether standard output is taken by one of them."""
        return "-" in (self.json, self.csv)


def names_of(data: Sequence[str]) -> list[str]:
    """Return what to call each of several data sets: its file's stem, if that tells them apart."""
    if len(data) == 1:
        return list(data)
    stems = [Path(name).stem for name in data]
    return stems if len({stem.casefold() for stem in stems}) == len(stems) else list(data)


def pages_of(names: Sequence[str]) -> list[str]:
    """Return the file names of the pages about several data sets, each of its own."""
    pages: list[str] = []
    for name in names:
        plain = re.sub(r"[\\/:\s]+", "-", name).strip("-.") or "data"
        number, page = 1, f"{plain}.html"
        while page.casefold() in {INDEX, *(other.casefold() for other in pages)}:
            number += 1
            page = f"{plain}-{number}.html"
        pages.append(page)
    return pages


def checked_outputs(
    report: str | None,
    json: str | None,
    csv: str | None,
    *,
    no_report: bool,
    times: bool,
    names: Sequence[str],
    force: bool,
) -> Outputs:
    """Return the places, each of which can be written.

    Parameters
    ----------
    report, json, csv : str or None
        As they were typed.
    no_report, times : bool
    names : sequence of str
        Of the data sets.
    force : bool
        Whether files that exist may be overwritten.
    """
    if json == csv == "-":
        raise InputError(
            "--json - and --csv - cannot both be standard output; write one of them to a file.",
            "--json - 与 --csv - 不能同时写到标准输出；请把其中一个写入文件。",
        )
    if no_report and report is not None:
        raise InputError(
            f"--report {report} and --no-report exclude each other; give one of them.",
            f"--report {report} 与 --no-report 互相矛盾；请只给出其中一个。",
        )
    place = None
    if not no_report and len(names) == 1:
        mark = REPORT_MARK if report is None else None
        place = check_output(Path(report or REPORT), force=force, ours=mark)
    elif not no_report:
        place = _checked_folder(report, names, force=force)
    return Outputs(place, file_or_dash(json, force=force), file_or_dash(csv, force=force), times)


def file_or_dash(name: str | None, *, force: bool) -> Path | str | None:
    """Return where a table goes: a file that can be written, "-", or nowhere."""
    return name if name is None or name == "-" else check_output(Path(name), force=force)


def _checked_folder(report: str | None, names: Sequence[str], *, force: bool) -> Path:
    """Return the folder for the pages, which is made later if it does not exist."""
    folder = Path(report or FOLDER)
    if folder.suffix.lower() in (".html", ".htm"):
        known = listed(names)
        raise InputError(
            f"--report {report}: for several data sets ({known.en}) it names a folder; leave out "
            f"{folder.suffix}.",
            f"--report {report}：比较多个数据集（{known.zh}）时应给出文件夹；"
            f"请去掉 {folder.suffix}。",
        )
    if not folder.exists():
        try:
            folder.mkdir()
            folder.rmdir()
        except OSError as error:
            raise unwritable(folder, error) from None
        return folder
    if not folder.is_dir():
        raise InputError(
            f"--report {folder} is a file, and several data sets need a folder; choose another "
            "name.",
            f"--report {folder} 是文件，而多个数据集需要文件夹；请换一个名称。",
        )
    mark = REPORT_MARK if report is None else None
    for page in (INDEX, *pages_of(names)):
        check_output(folder / page, force=force, ours=mark)
    return folder
