"""Who may speak to the lab, and what a browser may do with its answers."""

import http.client

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from ogive_lab.security import PAGE_POLICY, REPORT_POLICY, Guard, host_name, report_response

PATHS = ["/", "/icon.svg", "/assets/none.js", "/api/health", "/api/none", "/api/openapi.json"]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_tells_the_browser_what_it_may_do(visitor, path):
    headers = visitor.get(path).headers
    assert headers["content-security-policy"] == PAGE_POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"


def test_nothing_of_another_host_may_be_loaded():
    directives = dict(part.strip().split(" ", 1) for part in PAGE_POLICY.split(";"))
    allowed = {word for words in directives.values() for word in words.split()}
    assert allowed <= {"'none'", "'self'", "'wasm-unsafe-eval'", "data:", "blob:"}
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == "'self' 'wasm-unsafe-eval'"


def test_the_server_does_not_tell_what_it_is_made_of(visitor):
    assert "server" not in visitor.get("/").headers


@pytest.mark.parametrize("origin", ["http://elsewhere.example", "null"])
def test_no_other_page_may_read_an_answer(visitor, origin):
    headers = visitor.get("/api/health", headers={"Origin": origin}).headers
    assert not [name for name in headers if name.startswith("access-control")]


@pytest.mark.parametrize(
    "host",
    ["elsewhere.example", "127.0.0.1.elsewhere.example", "", "a b", "[::1", "user@127.0.0.1"],
)
def test_a_name_that_is_not_the_labs_is_refused(visitor, host):
    answer = visitor.get("/api/health", headers={"Host": host})
    assert answer.status_code in (400, 403)
    assert answer.json()["error"]["zh"]


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1:9", "192.168.1.7", "[::1]:80", "LOCALHOST."]
)
def test_addresses_and_localhost_are_the_labs_names(visitor, host):
    assert visitor.get("/api/health", headers={"Host": host}).status_code == 200


def test_a_name_given_at_the_start_is_the_labs_too(start):
    with start(names=("Lab.School.example",)) as lab, lab.visitor() as visitor:
        host = {"Host": f"lab.school.example:{lab.settings.port}"}
        assert visitor.get("/api/health", headers=host).status_code == 200


def test_two_host_headers_are_refused():
    guard = Guard(None)
    scope = {"type": "http", "method": "GET", "path": "/"}
    scope["headers"] = [(b"host", b"localhost"), (b"host", b"elsewhere.example")]
    from starlette.datastructures import Headers

    assert guard._refusal(scope, Headers(scope=scope)) is not None


@pytest.mark.parametrize(
    "origin",
    [
        "http://elsewhere.example",
        "null",
        "http://127.0.0.1",  # another port
        "http://127.0.0.1:{port}.elsewhere.example",
        "http://user@127.0.0.1:{port}",
        "file://127.0.0.1:{port}",
    ],
)
def test_another_page_cannot_change_anything(lab, visitor, origin):
    headers = {"Origin": origin.format(port=lab.settings.port)}
    answer = visitor.post("/api/formula", json={"text": "z"}, headers=headers)
    assert answer.status_code == 403
    assert "Another page" in answer.json()["error"]["en"]


def test_the_labs_own_page_can(lab, visitor):
    headers = {"Origin": lab.address}
    assert visitor.post("/api/formula", json={"text": "z"}, headers=headers).status_code == 200


def test_a_browser_that_hides_the_origin_is_asked_where_it_comes_from(visitor):
    headers = {"Sec-Fetch-Site": "cross-site"}
    answer = visitor.post("/api/formula", json={"text": "z"}, headers=headers)
    assert answer.status_code == 403


@pytest.mark.parametrize("origin", ["http://elsewhere.example", "null"])
def test_another_page_cannot_open_a_socket(lab, visitor, origin):
    with pytest.raises(InvalidStatus) as refused, lab.socket(visitor, origin=origin):
        pass
    assert refused.value.response.status_code == 403


def test_a_preflight_question_of_another_page_is_not_granted(visitor):
    headers = {"Origin": "http://elsewhere.example", "Access-Control-Request-Method": "POST"}
    answer = visitor.request("OPTIONS", "/api/formula", headers=headers)
    assert answer.status_code == 405
    assert "access-control-allow-origin" not in answer.headers


def test_a_report_is_in_an_origin_of_its_own_without_the_network():
    answer = report_response("<p>report</p>", file_name="my report.html")
    policy = answer.headers["content-security-policy"]
    assert policy == REPORT_POLICY
    assert policy.startswith("sandbox ")
    assert "allow-same-origin" not in policy
    assert "connect-src" not in policy  # so default-src 'none' holds
    assert answer.headers["content-disposition"] == 'attachment; filename="my_report.html"'


@pytest.mark.parametrize(
    ("header", "name"),
    [("Localhost:80", "localhost"), ("[::1]:80", "[::1]"), ("a/b", None), ("a:b:c", None)],
)
def test_the_name_is_read_out_of_a_host_header(header, name):
    assert host_name(header) == name


def test_a_visit_from_another_site_is_repeated_as_ones_own(visitor):
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    answer = visitor.get("/", headers=headers)
    assert "location.replace" in answer.text
    assert "Page of the tests" not in answer.text


def test_a_visit_from_another_site_makes_nobody_a_new_visitor(lab):
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    answer = httpx.get(lab.address, headers=headers, trust_env=False)
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("path", "home"),
    [
        ("/?again=", "/"),
        ("/?lang=zh&again=&x=a%26b", "/?lang=zh&x=a%26b"),
        ("//elsewhere.example/?again=", "/elsewhere.example/"),
        ("/%5C%5Celsewhere.example?again=", "/%5C%5Celsewhere.example"),
    ],
)
def test_the_repeated_visit_ends_at_the_labs_own_address(lab, path, home):
    connection = http.client.HTTPConnection("127.0.0.1", lab.settings.port, timeout=30)
    connection.request("GET", path)
    answer = connection.getresponse()
    connection.close()
    assert (answer.status, answer.headers["location"]) == (303, home)
