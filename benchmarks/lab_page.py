"""How fast the lab's page answers: python -m benchmarks.lab_page [room …].

A lab is served on this machine and visited by a headless Chromium without a graphics card.

start
    A browser that has nothing yet opens each room: milliseconds from the question for the page
    until its first picture has been drawn and the page waits for its visitor.
redraw
    A point is dragged, or a slider moved. First 25 steps a second: milliseconds from the event
    until the last thing on the page that it changed had been drawn (`shown`; a frame of the screen
    that has to be waited for, at most 16.7 ms, is part of it). Then 60 steps a second: pictures a
    second (`frames`), and what the main thread had to do for each, layout and painting by the
    processor included, less what it does when nothing moves (`busy`).
frames
    A network trains: pictures a second, for five seconds, thrice.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from benchmarks.lab_visitors import TOKEN, Server, until_ready

WATCH = """
(() => {
  const seen = { event: 0, drawn: 0, frames: 0, idle: 0, times: [] };
  window.seen = seen;
  const now = () => performance.now();
  const paint = CanvasRenderingContext2D.prototype;
  for (const name of ["stroke", "fill", "fillText", "fillRect", "putImageData", "drawImage"]) {
    const own = paint[name];
    paint[name] = function (...given) {
      const result = own.apply(this, given);
      seen.drawn = now();
      if (seen.fresh) {
        seen.fresh = false;
        seen.frames += 1;
      }
      return result;
    };
  }
  const tick = () => {
    seen.fresh = true;
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
  for (const name of ["pointermove", "input"])
    addEventListener(name, (event) => {
      if (!seen.armed) return;
      if (seen.drawn > seen.event) seen.times.push(seen.drawn - seen.event);
      seen.event = event.timeStamp;
    }, true);
  const begin = () => {
    new MutationObserver(() => { seen.drawn = now(); }).observe(document, {
      subtree: true, childList: true, attributes: true, characterData: true,
    });
  };
  begin();
  const ready = () => {
    const room = document.querySelector("main h1");
    if (room === null || !document.querySelector("main canvas, main input, main button"))
      return requestAnimationFrame(ready);
    requestIdleCallback(() => { seen.idle = now(); });
  };
  requestAnimationFrame(ready);
})();
"""
ROOMS = ("line", "boundary", "classes", "functions", "network", "compare")


@dataclass(frozen=True)
class Motion:
    """Something a visitor moves."""

    what: str
    link: str
    handle: str
    slider: bool = False
    first: tuple[str, ...] = ()
    """What is pressed before."""


@dataclass(frozen=True)
class Redraw:
    """What a motion costs: milliseconds of each step, pictures a second, milliseconds of each."""

    shown: list[float]
    frames: float
    busy: float


MOTIONS = {
    "line": (Motion("a point", "#/line", "[data-test='handle-4']"),),
    "boundary": (
        Motion("a point", "#/boundary", "[data-test='handle-1']"),
        Motion("the line", "#/boundary", "[data-test='handle-line-first']"),
    ),
    "classes": (
        Motion("the sample", "#/classes", "[data-test='handle-sample']"),
        Motion(
            "a point",
            "#/classes",
            "[data-test^='handle-point']",
            first=("[data-test=mode-points]", "[data-test=add-point]"),
        ),
    ),
    "functions": (
        Motion("the point", "#/functions?f=gelu", "[data-test^='handle-']"),
        Motion(
            "a parameter",
            "#/functions?f=leaky_relu",
            "[data-test=parameters] input[type=range]",
            True,
        ),
    ),
}
NETWORKS = {
    "2 x 8 tanh, 500 rows": "#/network?n=500",
    "2 x 8 relu, 500 rows": "#/network?n=500&layers=8:relu;8:relu",
}


def busy(session: CDPSession) -> float:
    """Return milliseconds of the page's main thread since its start."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return 1000 * next(one["value"] for one in metrics if one["name"] == "TaskDuration")


def redraw(page: Page, motion: Motion, steps: int) -> Redraw:
    """Return what a motion costs."""
    for button in motion.first:
        page.locator(button).press("Enter")
    handle = page.locator(motion.handle).first
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    assert box is not None, f"{motion.what}: {motion.handle} is not in view"
    if motion.slider:
        x, y = box["x"] + 0.3 * box["width"], box["y"] + box["height"] / 2
    else:
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.wait_for_timeout(1000)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    before, start = busy(session), time.perf_counter()
    page.wait_for_timeout(1000)
    idle = (busy(session) - before) / (time.perf_counter() - start)

    page.evaluate("Object.assign(seen, { armed: true, event: performance.now() })")
    drag(page, x, y, steps, 1 / 25)
    shown = page.evaluate("(seen.armed = false, seen.times)")[1:]

    before, frames = busy(session), page.evaluate("seen.frames")
    seconds = drag(page, x, y, 2 * steps, 1 / 60)
    drawn = page.evaluate("seen.frames") - frames
    work = (busy(session) - before - idle * seconds) / drawn
    page.mouse.up()
    return Redraw(shown, drawn / seconds, work)


def drag(page: Page, x: float, y: float, steps: int, pace: float) -> float:
    """Move the pointer there and back, and return how many seconds it took."""
    start = time.perf_counter()
    for step in range(steps):
        way = min(step, steps - step)
        page.mouse.move(x + way, y - way / 2)
        time.sleep(max(0.0, start + (step + 1) * pace - time.perf_counter()))
    return time.perf_counter() - start


def opened(browser: Browser, address: str) -> Page:
    """Return a page that knows nothing yet."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.add_init_script(WATCH)
    page.goto(address)
    page.wait_for_function("() => window.seen?.idle > 0")
    return page


def measure(browser: Browser, address: str, rooms: Sequence[str], starts: int, steps: int) -> None:
    """Print all figures of some rooms."""
    print("start: milliseconds until the room waits for its visitor, median (most)")
    for room in rooms:
        times = []
        for _ in range(starts):
            page = opened(browser, f"{address}#/{room}")
            times.append(page.evaluate("seen.idle"))
            page.context.close()
        print(f"  {room:10} {statistics.median(times):6.0f} ({max(times):.0f})", flush=True)
    print("redraw                           shown (90 %)    frames      busy")
    for room in rooms:
        for motion in MOTIONS.get(room, ()):
            page = opened(browser, f"{address}{motion.link}")
            time.sleep(2)
            found = redraw(page, motion, steps)
            most = sorted(found.shown)[int(0.9 * len(found.shown))]
            print(
                f"  {room:10} {motion.what:18}{statistics.median(found.shown):8.1f} ({most:5.1f})"
                f"{found.frames:10.1f}{found.busy:10.1f}",
                flush=True,
            )
            page.context.close()
    if "network" in rooms:
        print("frames a second while a network trains, thrice")
        for what, link in NETWORKS.items():
            page = opened(browser, f"{address}{link}")
            time.sleep(2)
            page.locator("[data-test=play]").click()
            rates = []
            for _ in range(3):
                page.wait_for_timeout(500)
                before, start = page.evaluate("seen.frames"), time.perf_counter()
                page.wait_for_timeout(5000)
                done = page.evaluate("seen.frames") - before
                rates.append(done / (time.perf_counter() - start))
            print(f"  {what:28}" + "".join(f"{rate:7.1f}" for rate in rates), flush=True)
            page.context.close()


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("rooms", nargs="*", default=list(ROOMS), metavar="room")
    parser.add_argument("--starts", type=int, default=7)
    parser.add_argument("--steps", type=int, default=60)
    arguments = parser.parse_args()
    if unknown := set(arguments.rooms) - set(ROOMS):
        parser.error(f"no such room: {', '.join(sorted(unknown))}; there are {', '.join(ROOMS)}")
    with tempfile.TemporaryDirectory() as folder:
        server = Server(folder)
        try:
            asyncio.run(until_ready(server))
            with sync_playwright() as tools:
                browser = tools.chromium.launch(
                    executable_path=os.environ.get("OGIVE_CHROMIUM") or shutil.which("chromium"),
                    args=["--no-sandbox"],
                )
                address = f"{server.address}/?token={TOKEN}"
                measure(browser, address, arguments.rooms, arguments.starts, arguments.steps)
                browser.close()
        finally:
            server.end()


if __name__ == "__main__":
    main()
