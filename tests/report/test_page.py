import json
import os

import pytest

from ogive.plots import pareto_front
from ogive.report.files import replacing
from ogive.report.page import Figure, render_page, typographic, write_page
from ogive.text import InputError


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package with a template of its own."""
    assets = tmp_path / "templated" / "assets"
    assets.mkdir(parents=True)
    (assets.parent / "__init__.py").touch()
    (assets / "own.html.j2").write_text(
        '{% extends "page.html.j2" %}\n{% import "parts.html.j2" as parts %}\n'
        "{% block content %}<h1>{{ title }}</h1>{{ parts.facts(pairs) }}{% endblock %}"
    )
    monkeypatch.syspath_prepend(tmp_path)
    return "templated"


def test_a_page_has_its_language_and_its_template_s_content(package):
    html = render_page(package, "own.html.j2", title="T", language="zh", pairs=[("a", "1")])
    assert '<html lang="zh-Hans">' in html
    assert "<title>T</title>" in html
    assert "<dt>a</dt><dd>1</dd>" in html
    assert "由 ogive" in html


def test_values_are_text_not_markup(package):
    html = render_page(package, "own.html.j2", title="<b>", language="en", pairs=[("<i>", "&")])
    assert "<title>&lt;b&gt;</title>" in html
    assert "<dt>&lt;i&gt;</dt><dd>&amp;</dd>" in html


def test_a_value_that_the_template_lacks_is_an_error(package):
    with pytest.raises(Exception, match="pairs"):
        render_page(package, "own.html.j2", title="T", language="en")


def test_an_unknown_language_is_refused(package):
    with pytest.raises(InputError, match="language must be 'en' or 'zh'"):
        render_page(package, "own.html.j2", title="T", language="fr", pairs=[])


def test_a_chart_cannot_end_the_script_that_holds_it():
    name = "</script><script>"
    record = {"candidate": name, "cost": 1.0, "score": 0.5, "on_front": True, "written": ""}
    chart = pareto_front([record], cost_title="Seconds", score_title="Accuracy")
    figure = Figure.of(chart, "cost", "Title", "Caption")
    assert "<" not in figure.specification
    assert name in json.dumps(json.loads(figure.specification))


def test_a_page_that_cannot_be_written_leaves_nothing(tmp_path):
    (tmp_path / "page.html").mkdir()
    with pytest.raises(InputError, match="cannot be written") as caught:
        write_page("text", tmp_path / "page.html")
    assert "它是一个文件夹" in caught.value.text.zh
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


def test_a_page_replaces_an_older_one_with_the_usual_permissions(tmp_path):
    path = tmp_path / "page.html"
    path.write_text("old")
    write_page("a − b\n", path)
    mask = os.umask(0)
    os.umask(mask)
    assert path.read_text(encoding="utf-8") == "a − b\n"
    assert path.stat().st_mode & 0o777 == 0o666 & ~mask


def test_an_error_while_writing_keeps_the_older_file(tmp_path):
    path = tmp_path / "page.html"
    path.write_text("old")
    with pytest.raises(RuntimeError), replacing(path) as beside:
        beside.write_text("half")
        raise RuntimeError
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_minus_signs_are_set_as_such_in_numbers_only():
    assert typographic("-0.5") == "\u22120.5"
    assert typographic("leaky-relu") == "leaky-relu"
