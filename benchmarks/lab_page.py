"""How fast the lab's page answers: python -m benchmarks.lab_page [room …].

A lab is served on this machine and visited by a headless Chromium without a graphics card.

start
    A browser that has nothing yet opens each room: milliseconds from the question for the page
    until its first picture has been drawn and the page waits for its visitor.
redraw
    A point is dragged, or a slider moved, in steps that are far apart. Of each step: milliseconds
    from the event until the last thing on the page that it changed had been drawn (`shown`; a
    frame of the screen that has to be waited for, at most 16.7 ms, is part of it), and what the
    main thread had to do for it, layout and painting included (`busy`).
frames
    A network trains: pictures a second, for five seconds, thrice.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from benchmarks.lab_visitors import TOKEN, Server, until_ready

WATCH = """
(() => {
  const seen = { event: 0, drawn: 0, frames: 0, idle: 0 };
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
    addEventListener(name, (event) => { if (seen.armed) {
      seen.event = event.timeStamp; seen.armed = false;
    } }, true);
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


MOTIONS = {
    "line": (Motion("a point", "#/line", "[data-test='handle-4']"),),
    "boundary": (
        Motion("a point", "#/boundary", "[data-test='handle-1']"),
        Motion("the line", "#/boundary", "[data-test='handle-line-first']"),
    ),
    "classes": (
        Motion("the sample", "#/classes", "[data-test='handle-sample']"),
        Motion("a point of three classes", "#/classes", "[data-test^='handle-point']"),
    ),
    "functions": (
        Motion("the point", "#/functions?f=gelu", "[data-test^='handle-']"),
        Motion("a parameter", "#/functions?f=leaky_relu", "[data-test=parameters] input", True),
    ),
}
NETWORKS = {
    "2 x 8 tanh, 500 rows": "#/network?n=500",
    "2 x 8 relu, 500 rows": "#/network?n=500&layers=8:relu;8:relu",
}


def settled(page: Page, quiet: float = 250) -> None:
    """Wait until nothing has been drawn for some milliseconds."""
    while page.evaluate("performance.now() - seen.drawn") < quiet:
        page.wait_for_timeout(60)


def busy(session: CDPSession) -> float:
    """Return milliseconds of the page's main thread since its start."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return 1000 * next(one["value"] for one in metrics if one["name"] == "TaskDuration")


def step_times(page: Page, move: Callable[[int], Any], steps: int) -> list[tuple[float, float]]:
    """Return `shown` and `busy` of each step."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    found = []
    for step in range(steps):
        page.evaluate("seen.armed = true")
        before = busy(session)
        move(step)
        page.wait_for_timeout(150)
        settled(page)
        after = busy(session)
        shown = page.evaluate("seen.drawn - seen.event")
        page.wait_for_timeout(400)
        # What the page does by itself, and this measuring, in as long a time.
        idle = busy(session) - after
        found.append((shown, max(after - before - idle, 0.0)))
    session.detach()
    return found


def redraw(page: Page, motion: Motion, steps: int) -> list[tuple[float, float]]:
    """Return `shown` and `busy` of each step of a motion."""
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
    page.wait_for_timeout(300)
    settled(page)
    found = step_times(page, lambda step: page.mouse.move(x + 3 * (step + 1), y - 1), steps)
    page.mouse.up()
    return found


def opened(browser: Browser, address: str) -> Page:
    """Return a page that knows nothing yet."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.add_init_script(WATCH)
    page.goto(address)
    page.wait_for_function("seen.idle > 0")
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
    print("redraw: milliseconds, median (90 %)           shown            busy")
    for room in rooms:
        for motion in MOTIONS.get(room, ()):
            page = opened(browser, f"{address}{motion.link}")
            time.sleep(2)
            found = redraw(page, motion, steps)
            cells = ""
            for column in zip(*found, strict=True):
                most = sorted(column)[int(0.9 * len(column))]
                cells += f"   {statistics.median(column):5.1f} ({most:5.1f})"
            print(f"  {room:10} {motion.what:28}{cells}", flush=True)
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
    parser.add_argument("rooms", nargs="*", default=ROOMS, choices=ROOMS, metavar="room")
    parser.add_argument("--starts", type=int, default=7)
    parser.add_argument("--steps", type=int, default=15)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = Server(folder)
        try:
            asyncio.run(until_ready(server))
            with sync_playwright() as tools:
                browser = tools.chromium.launch(
                    executable_path=os.environ.get("OGIVE_CHROMIUM"), args=["--no-sandbox"]
                )
                address = f"{server.address}/?token={TOKEN}"
                measure(browser, address, arguments.rooms, arguments.starts, arguments.steps)
                browser.close()
        finally:
            server.end()


if __name__ == "__main__":
    main()
