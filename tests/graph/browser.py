"""A headless Chromium, driven through chromedriver's own HTTP interface (W3C WebDriver)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

_FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--window-size=1400,900"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


class Browser:
    def __init__(self, base: str, session: str) -> None:
        self._base = f"{base}/session/{session}"

    def open(self, path: Path) -> None:
        _post(f"{self._base}/url", {"url": path.resolve().as_uri()})

    def run(self, script: str, *args: Any) -> Any:
        return _post(f"{self._base}/execute/sync", {"script": script, "args": list(args)})

    def click_at(self, x: float, y: float) -> None:
        moves = [{"type": "pointerMove", "x": round(x), "y": round(y)}, {"type": "pointerDown", "button": 0}]
        moves.append({"type": "pointerUp", "button": 0})
        _post(f"{self._base}/actions", {"actions": [{"type": "pointer", "id": "mouse", "actions": moves}]})

    def type_into(self, selector: str, text: str) -> None:
        found = _post(f"{self._base}/element", {"using": "css selector", "value": selector})
        _post(f"{self._base}/element/{next(iter(found.values()))}/value", {"text": text})

    def errors(self) -> list[str]:
        """What the console says of level SEVERE."""
        found = _post(f"{self._base}/se/log", {"type": "browser"})
        return [entry["message"] for entry in found if entry["level"] == "SEVERE"]

    def requests(self) -> list[str]:
        """Addresses that the page asked for; its own file, data: and the browser's own pages aside."""
        found = [json.loads(e["message"])["message"] for e in _post(f"{self._base}/se/log", {"type": "performance"})]
        asked = [m["params"]["request"]["url"] for m in found if m["method"] == "Network.requestWillBeSent"]
        return [url for url in asked if not url.startswith(("file:", "data:", "chrome:"))]

    def screenshot(self, path: Path) -> None:
        import base64

        with urllib.request.urlopen(f"{self._base}/screenshot") as answer:
            path.write_bytes(base64.b64decode(json.load(answer)["value"]))


def _post(url: str, data: dict[str, Any]) -> Any:
    request = urllib.request.Request(url, json.dumps(data).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)["value"]


@contextmanager
def open_browser(folder: Path) -> Iterator[Browser]:
    driver, chromium = shutil.which("chromedriver"), shutil.which("chromium") or shutil.which("google-chrome")
    if not driver or not chromium:
        pytest.skip("needs Chromium and chromedriver: apt-get install chromium chromium-driver")
    log = (folder / "driver.log").open("w+")
    # Chromium complains of a missing message bus of the desktop when it inherits an address that is none.
    env = {k: v for k, v in os.environ.items() if not k.startswith("DBUS_")}
    process = subprocess.Popen([driver, "--port=0"], stdout=log, stderr=log, env=env)
    try:
        base = f"http://127.0.0.1:{_port(folder / 'driver.log')}"
        flags = [*_FLAGS, f"--user-data-dir={folder / 'profile'}"]
        wanted = {
            "browserName": "chrome",
            "goog:chromeOptions": {"binary": chromium, "args": flags},
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
        }
        session = _post(f"{base}/session", {"capabilities": {"alwaysMatch": wanted}})["sessionId"]
        try:
            yield Browser(base, session)
        finally:
            urllib.request.urlopen(urllib.request.Request(f"{base}/session/{session}", method="DELETE"))
    finally:
        process.terminate()
        process.wait(10)
        log.close()


def _port(log: Path) -> str:
    for _ in range(100):
        text = log.read_text()
        if "on port " in text and "successfully" in text:
            return text.rsplit("on port ", 1)[1].split(".")[0].split()[0]
        time.sleep(0.1)
    raise RuntimeError(f"chromedriver did not start: {log.read_text()}")
