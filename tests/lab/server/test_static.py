"""The built client: found, packed, cached, and nothing beside it."""

import http.client

import httpx
import pytest

SCRIPT = "/assets/main-AbC123_-.js"


def get(lab, path, **headers):
    """Ask for a path as it is written, which httpx would make tidy."""
    connection = http.client.HTTPConnection("127.0.0.1", lab.settings.port, timeout=30)
    connection.putrequest("GET", path, skip_accept_encoding=True)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def test_the_page_is_at_the_root(visitor):
    answer = visitor.get("/")
    assert "Page of the tests" in answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"


def test_a_page_that_has_not_changed_is_not_sent_again(visitor):
    tag = visitor.get("/").headers["etag"]
    answer = visitor.get("/", headers={"If-None-Match": tag})
    assert (answer.status_code, answer.content) == (304, b"")


def test_a_page_that_was_built_anew_is_sent_again(start, tmp_path):
    (tmp_path / "index.html").write_text("<html>one</html>")
    with start(page=tmp_path) as lab, lab.visitor() as visitor:
        tag = visitor.get("/").headers["etag"]
        (tmp_path / "index.html").write_text("<html>another</html>")
        answer = visitor.get("/", headers={"If-None-Match": tag})
        assert (answer.status_code, answer.text) == (200, "<html>another</html>")


@pytest.mark.parametrize(
    ("taken", "coding", "body"),
    [
        ("gzip, deflate, br", "br", b"packed by brotli"),
        ("gzip", "gzip", b"packed by gzip"),
        ("br;q=0, gzip;q=0.5", "gzip", b"packed by gzip"),
        ("identity", None, None),
    ],
)
def test_a_file_is_sent_as_it_was_packed_by_the_build(lab, taken, coding, body):
    answer, sent = get(lab, SCRIPT, Accept_Encoding=taken)
    assert answer.headers["content-encoding"] == coding
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["vary"] == "Accept-Encoding"
    assert sent == body or (body is None and sent.startswith(b"export"))


def test_a_file_that_the_build_did_not_pack_is_packed_here(start, tmp_path):
    text = "<html>" + "much of the same " * 200
    (tmp_path / "index.html").write_text(text)
    with start(page=tmp_path) as lab, lab.visitor() as visitor:
        answer = visitor.get("/")
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.text == text


def test_a_packed_file_older_than_the_file_itself_is_not_sent(start, tmp_path):
    import os

    (tmp_path / "index.html").write_text("<html>now</html>")
    (tmp_path / "index.html.br").write_bytes(b"before")
    os.utime(tmp_path / "index.html.br", ns=(1, 1))
    with start(page=tmp_path) as lab:
        answer, sent = get(lab, "/", Accept_Encoding="br")
        assert sent == b"<html>now</html>"


def test_a_name_with_a_digest_is_cached_for_ever_and_another_is_not(visitor):
    assert "immutable" in visitor.head(SCRIPT).headers["cache-control"]
    assert visitor.get("/icon.svg").headers["cache-control"] == "no-cache"


def test_a_file_whose_name_begins_like_the_api_is_the_pages(start, tmp_path):
    (tmp_path / "api.js").write_text("export {};")
    with start(page=tmp_path) as lab, lab.visitor() as visitor:
        assert visitor.get("/api.js").text == "export {};"


def test_a_file_that_is_not_there_is_no_page(visitor):
    for path in ("/assets/old-AbC123_-.js", "/none.png"):
        answer = visitor.get(path)
        assert answer.status_code == 404
        assert set(answer.json()["error"]) == {"en", "zh"}


def test_another_path_leads_to_the_page(visitor):
    answer = visitor.get("/functions")
    assert (answer.status_code, answer.headers["location"]) == (307, "/")


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/assets/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/assets/%2e%2e%2f%2e%2e%2fsecret.txt",
        "/..%5csecret.txt",
        "//etc/passwd",
        "/%00.txt",
        "/assets/main-AbC123_-.js.br",
        "/" + "a" * 5000 + ".js",
    ],
)
def test_nothing_beside_the_page_can_be_had(lab, path):
    answer, sent = get(lab, path)
    assert b"not of the page" not in sent
    assert answer.status in (307, 404)
    assert answer.headers["location"] in (None, "/")


def test_a_link_that_leads_out_of_the_folder_is_not_followed(start, tmp_path, built_page):
    (tmp_path / "index.html").write_text("<html></html>")
    (tmp_path / "out.txt").symlink_to(built_page.parent / "secret.txt")
    with start(page=tmp_path) as lab, lab.visitor() as visitor:
        assert visitor.get("/out.txt").status_code == 404


def test_a_page_that_is_not_built_yet_says_how_to_build_it(start, tmp_path):
    with start(page=tmp_path / "nowhere") as lab, lab.visitor() as visitor:
        answer = visitor.get("/")
        assert answer.status_code == 503
        assert "make lab-page" in answer.text
        assert "尚未构建" in answer.text
        assert visitor.get("/api/health").status_code == 200


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_language_of_the_start_is_told_to_the_page(start, language):
    with start(language=language) as lab, lab.visitor() as visitor:
        assert f'<html lang="{language}" data-lang="{language}">' in visitor.get("/").text
        assert visitor.get("/api/health").json()["language"] == language


def test_a_question_for_the_head_is_answered_without_the_body(visitor):
    answer = visitor.head("/")
    assert answer.status_code == 200
    assert answer.content == b""
    assert int(answer.headers["content-length"]) > 0


def test_the_page_takes_no_posts(lab):
    answer = httpx.post(lab.address, trust_env=False)
    assert answer.status_code == 404
