import errno
import stat

import pytest

from ogive.cli.files import check_output, replacing
from ogive.text import InputError


def contents(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_passes_and_nothing_is_left(tmp_path):
    assert check_output(tmp_path / "new.csv", force=False) == tmp_path / "new.csv"
    assert contents(tmp_path) == []


def test_a_missing_folder_is_refused(tmp_path):
    with pytest.raises(InputError, match="does not exist"):
        check_output(tmp_path / "none" / "new.csv", force=False)


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(InputError, match="is a folder"):
        check_output(tmp_path, force=True)


def test_an_existing_file_is_refused_unless_forced(tmp_path):
    path = tmp_path / "old.csv"
    path.write_text("precious")
    with pytest.raises(InputError, match="--force"):
        check_output(path, force=False)
    assert check_output(path, force=True) == path
    assert path.read_text() == "precious"


def test_a_file_of_ours_may_be_replaced(tmp_path):
    path = tmp_path / "report.html"
    path.write_text('<meta name="generator" content="ogive 0.1.0">')
    assert check_output(path, force=False, ours=b'content="ogive') == path


def test_a_folder_that_cannot_be_written_is_refused(tmp_path, monkeypatch):
    def refuse(**_):
        raise OSError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("tempfile.NamedTemporaryFile", refuse)
    with pytest.raises(InputError) as caught:
        check_output(tmp_path / "new.csv", force=False)
    assert "Permission denied" in caught.value.text.en
    assert "没有权限" in caught.value.text.zh


def test_the_file_appears_once_it_is_complete(tmp_path):
    path = tmp_path / "new.csv"
    with replacing(path) as beside:
        beside.write_text("a")
        assert not path.exists()
        assert beside.suffix == ".csv"
    assert path.read_text() == "a"
    assert contents(tmp_path) == ["new.csv"]
    assert stat.S_IMODE(path.stat().st_mode) & 0o600 == 0o600


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_a_failure_leaves_the_old_file_and_no_other(error, tmp_path):
    path = tmp_path / "old.csv"
    path.write_text("precious")

    def write_half():
        with replacing(path) as beside:
            beside.write_text("half")
            raise error

    with pytest.raises(error):
        write_half()
    assert path.read_text() == "precious"
    assert contents(tmp_path) == ["old.csv"]
