"""The Python of both READMEs runs, and what they point to exists."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
each_readme = pytest.mark.parametrize("readme", READMES, ids=lambda readme: readme.name)


def python_blocks(readme):
    return re.findall(r"^```python\n(.*?)^```$", readme.read_text("utf-8"), re.M | re.S)


@each_readme
def test_its_python_runs(readme, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    names = {}
    for block in python_blocks(readme):
        exec(compile(block, str(readme), "exec"), names)
    said = capsys.readouterr().out.splitlines()
    accuracy, verdict, facts, steps, findings, ways, codes, remedy = said
    assert float(accuracy) > 0.9
    assert "5" in verdict
    assert facts.endswith("not monotonic")
    assert steps == "14"
    assert findings == "['OGV222', 'OGV223']"
    shares = [float(share) for share in ways.strip("[]").split(",")]
    assert len(shares) == 4
    assert min(shares) > 0.9
    assert "OGV102" in codes
    assert remedy == "better"
    assert (tmp_path / "ogive-report.html").stat().st_size > 0


@each_readme
def test_its_links_lead_somewhere(readme):
    targets = re.findall(r"\]\(([^)#]+)\)", readme.read_text("utf-8"))
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_both_have_the_same_python_but_for_the_language():
    english, chinese = (python_blocks(readme) for readme in READMES)
    back = [
        block.replace("verdict.zh", "verdict.en").replace(', language="zh"', "")
        for block in chinese
    ]
    assert back == english
