"""The token: asked for, exchanged for a cookie, guessed slowly."""

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from ogive_lab.admission import FREE_ATTEMPTS, Attempts

TOKEN = "a-token-of-the-tests"


@pytest.fixture(scope="module")
def lab(start):
    with start(token=TOKEN) as running_lab:
        yield running_lab


@pytest.fixture
def stranger(lab):
    """Return a client without the token; wrong ones of other tests are forgotten."""
    with httpx.Client(base_url=lab.address, trust_env=False) as client:
        client.get("/")
        _admission(lab).attempts.succeeded("127.0.0.1")
        yield client


def _admission(lab):
    app = lab.server.config.app.middleware_stack
    while not hasattr(app, "attempts"):
        app = app.app
    return app


def test_without_the_token_a_page_asks_for_it_in_both_languages(stranger):
    answer = stranger.get("/")
    assert answer.status_code == 401
    assert "Enter the token" in answer.text
    assert "请输入" in answer.text
    assert "Page of the tests" not in answer.text


def test_without_the_token_the_api_refuses(stranger):
    answer = stranger.get("/api/health")
    assert answer.status_code == 401
    assert set(answer.json()["error"]) == {"en", "zh"}


def test_without_the_token_no_socket_opens(lab, stranger):
    with pytest.raises(InvalidStatus), lab.socket(stranger):
        pass


def test_a_stranger_is_no_visitor(lab, stranger):
    before = len(lab.state.visitors)
    stranger.get("/")
    stranger.get("/api/jobs")
    assert len(lab.state.visitors) == before


def test_the_token_in_the_address_is_exchanged_for_a_cookie(stranger):
    answer = stranger.get("/", params={"token": TOKEN})
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert TOKEN not in cookie
    assert "searchParams.delete('token')" in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert stranger.get("/api/health").status_code == 200


def test_the_token_can_be_typed(stranger):
    answer = stranger.post("/", data={"token": TOKEN})
    assert "location.replace" in answer.text
    assert stranger.get("/").status_code == 200


def test_who_was_admitted_has_an_old_token_taken_out_of_the_address(stranger):
    stranger.get("/", params={"token": TOKEN})
    assert "location.replace" in stranger.get("/", params={"token": "an older one"}).text


@pytest.mark.parametrize("wrong", ["", "a-token-of-the-test", TOKEN + "s", TOKEN.upper(), "口令"])
def test_a_wrong_token_admits_nobody(stranger, wrong):
    answer = stranger.get("/", params={"token": wrong})
    assert answer.status_code == 401
    assert "set-cookie" not in answer.headers
    assert "This token is wrong" in answer.text
    assert stranger.get("/api/health").status_code == 401


@pytest.mark.parametrize("name", ["ogive_admission_{port}", "ogive_admission_1"])
@pytest.mark.parametrize("value", ["", "0" * 64, TOKEN])
def test_a_made_up_cookie_admits_nobody(lab, stranger, name, value):
    cookie = {"Cookie": f"{name.format(port=lab.settings.port)}={value}"}
    assert stranger.get("/api/health", headers=cookie).status_code == 401


def test_after_some_wrong_tokens_even_the_right_one_has_to_wait(stranger):
    for _ in range(FREE_ATTEMPTS):
        assert stranger.get("/", params={"token": "wrong one"}).status_code == 401
    answer = stranger.get("/", params={"token": TOKEN})
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) >= 1
    assert "set-cookie" not in answer.headers


def test_who_is_in_stays_in_while_others_guess(lab, stranger):
    with httpx.Client(base_url=lab.address, trust_env=False) as known:
        known.get("/", params={"token": TOKEN})
        for _ in range(FREE_ATTEMPTS + 1):
            stranger.get("/", params={"token": "wrong one"})
        assert known.get("/api/health").status_code == 200


def test_each_further_wrong_token_doubles_the_wait_up_to_a_minute():
    attempts = Attempts()
    waits = []
    for _ in range(FREE_ATTEMPTS + 8):
        attempts.failed("10.0.0.1")
        waits.append(round(attempts.wait("10.0.0.1")))
    assert waits[: FREE_ATTEMPTS - 1] == [0] * (FREE_ATTEMPTS - 1)
    assert waits[FREE_ATTEMPTS - 1 :] == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_addresses_of_one_ipv6_network_count_together_and_other_addresses_apart():
    attempts = Attempts()
    for i in range(FREE_ATTEMPTS):
        attempts.failed(f"2001:db8:1:2::{i:x}")
    assert attempts.wait("2001:db8:1:2:ffff::1") > 0
    assert attempts.wait("2001:db8:1:3::1") == 0


def test_a_page_of_another_site_cannot_try_tokens(lab, stranger):
    headers = {"Origin": "http://elsewhere.example"}
    answer = stranger.post("/", data={"token": TOKEN}, headers=headers)
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_a_form_of_any_size_is_read_no_further_than_a_token_is_long(stranger):
    answer = stranger.post("/", data={"token": "x" * 100_000})
    assert answer.status_code == 401
