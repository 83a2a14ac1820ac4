"""Server under load: POST /decide from a separate process, memory, and first paint of every screen.

`python -m benchmarks.http` starts a server and sends three mixes of deals over eight connections, with wrk if installed,
otherwise with a client in Python. `--seconds 5` is the duration of a mix; `--paint 0` leaves out the browser.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.web.browser.kit import WIDE, browsing, missing, serving
from tests.web.browser.places import NAMES, make

CONNECTIONS = 8
DISTINCT = 2000  # more than a server keeps answers
PAINTS = 3
AIMS = "aims: 300 requests a second, p99 under 100 ms, first paint under 0.5 s, under 400 MB when idle"
LOT = {
    **{"act": "goods", "form": "magnet", "magnet_type": ["NdFeB"], "from": "CN", "origin": "CN"},
    "exporter_nationality": "CN",
}
STANDING = {"said_by": "engineer 1", "facts": {"military_user": "false", "military_use": "false", "knowledge": "none"}}
PLACES = (
    "DE",
    "JP",
    "KR",
    "US",
    "FR",
    "IT",
    "ES",
    "PL",
    "CZ",
    "HU",
    "SK",
    "AT",
    "SE",
    "GB",
    "MX",
    "CA",
    "BR",
    "IN",
    "TH",
    "VN",
)
SCRIPT = """
local bodies, at = {}, 0
for line in io.lines("%s") do bodies[#bodies + 1] = line end
wrk.method, wrk.headers["Content-Type"] = "POST", "application/json"
request = function() at = at %% #bodies + 1; return wrk.format(nil, nil, nil, bodies[at]) end
"""
Found = tuple[float, float, float, int]  # answers a second, p50 and p99 [ms], requests that were not answered


def one() -> list[dict[str, Any]]:
    """Returns the same deal repeatedly."""
    return answered_deals()[:1]


def answered_deals() -> list[dict[str, Any]]:
    """Returns different deals with complete facts."""
    facts = {**LOT, "to": "DE", "elements": ["Nd", "Pr", "Dy"], "tb_mass_share": "0"}
    return [
        {"on": "2025-08-15", "facts": {**facts, "dy_mass_share": f"0.{number + 1:05}"}, "standing": STANDING}
        for number in range(DISTINCT)
    ]


def open_deals() -> list[dict[str, Any]]:
    """Returns different deals without a composition, each with a question."""
    days = [f"2026-{month:02}-{day:02}" for month in range(1, 11) for day in range(1, 28)]
    pairs = itertools.islice(itertools.product(days, PLACES), DISTINCT)
    return [{"on": day, "facts": {**LOT, "to": place}} for day, place in pairs]


MIXES: dict[str, tuple[Callable[[], list[dict[str, Any]]], str]] = {
    "one deal": (one, "LICENCE"),
    "2,000 answered deals": (answered_deals, "LICENCE"),
    "2,000 open deals": (open_deals, "UNKNOWN"),
}


def by_wrk(site: str, bodies: Path, seconds: int) -> Found:
    """Sends requests with wrk."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(SCRIPT % bodies)
        script.flush()
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", "-s", script.name, f"{site}/decide"]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    bad = sum(int(n) for n in re.findall(r"Non-2xx or 3xx responses: (\d+)", told))
    total, spent_s = int(_told(r"(\d+) requests in", told)), _ms(_told(r"requests in (\S+),", told)) / 1e3
    p50, p99 = (_ms(_told(rf"{share}%\s+(\S+)", told)) for share in (50, 99))
    return (total - bad) / spent_s, p50, p99, bad


def _ms(text: str) -> float:
    unit = text.lstrip("0123456789.")
    return float(text.removesuffix(unit)) * {"us": 1e-3, "ms": 1.0, "s": 1e3, "m": 6e4}[unit]


def _told(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    assert found is not None, text
    return found[1]


def by_client(site: str, bodies: Path, seconds: int) -> Found:
    """Sends requests with a client in a separate process."""
    command = [sys.executable, "-m", "benchmarks.http", "--client", site, str(bodies), "--seconds", str(seconds)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rate, p50, p99, bad = json.loads(told)
    return rate, p50, p99, bad


async def client(site: str, bodies: Path, seconds: int) -> Found:
    """Keeps several connections busy for some time."""
    host, port = site.removeprefix("http://").split(":")
    texts = itertools.cycle(bodies.read_bytes().splitlines())
    spent: list[float] = []
    bad = 0
    end = time.perf_counter() + seconds

    async def busy() -> None:
        nonlocal bad
        reader, writer = await asyncio.open_connection(host, int(port))
        while time.perf_counter() < end:
            body, begun = next(texts), time.perf_counter()
            head = f"POST /decide HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
            writer.write(head.encode() + body)
            answer = await reader.readuntil(b"\r\n\r\n")
            await reader.readexactly(int(_told(r"(?i)content-length: (\d+)", answer.decode("latin-1"))))
            spent.append((time.perf_counter() - begun) * 1e3)
            bad += b" 200 " not in answer[:20]
        writer.close()

    begun = time.perf_counter()
    await asyncio.gather(*(busy() for _ in range(CONNECTIONS)))
    cuts = statistics.quantiles(spent, n=100)
    return (len(spent) - bad) / (time.perf_counter() - begun), cuts[49], cuts[98], bad


def memory_mb(pid: int) -> float:
    """Returns the memory of a server and its child processes [MB]."""
    whole = 0.0
    for path in Path("/proc").glob("[0-9]*/status"):
        try:
            told = dict(line.split(":", 1) for line in path.read_text().splitlines() if ":" in line)
        except OSError:
            continue
        if int(told["Pid"]) == pid or int(told["PPid"]) == pid:
            whole += int(told.get("VmRSS", "0 kB").split()[0]) / 1024
    return whole


def busy_s(pid: int) -> float:
    """Returns the CPU time of a process [s], which is more reliable than elapsed time on a shared computer."""
    user, system = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def server_of(site: str) -> int:
    """Returns the process that listens at an address, as started here."""
    port = site.rsplit(":", 1)[1]
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().split(b"\0")
        except OSError:
            continue
        if b"serve" in words and port.encode() in words and int(path.parent.name) != os.getpid():
            return int(path.parent.name)
    raise SystemExit("the server is gone")


def check(site: str, deals: list[dict[str, Any]], outcome: str) -> None:
    """Checks the result of the first and last deal before measuring."""
    import urllib.request

    for deal in (deals[0], deals[-1]):
        request = urllib.request.Request(f"{site}/decide", headers={"content-type": "application/json"})
        with urllib.request.urlopen(request, data=json.dumps(deal).encode()) as answer:
            found = json.load(answer)
        assert found["outcome"] == outcome, found["outcome"]


def load(site: str, server: int, folder: Path, seconds: int) -> None:
    """Sends every mix and prints the results."""
    ask = by_wrk if shutil.which("wrk") else by_client
    for name, (made, outcome) in MIXES.items():
        deals = made()
        assert len({json.dumps(deal, sort_keys=True) for deal in deals}) == len(deals)
        check(site, deals, outcome)
        bodies = folder / "bodies"
        bodies.write_text("".join(json.dumps(deal) + "\n" for deal in deals), encoding="utf-8")
        before, begun = busy_s(server), time.perf_counter()
        rate, p50, p99, bad = ask(site, bodies, seconds)
        each_ms = (busy_s(server) - before) / (rate * (time.perf_counter() - begun)) * 1e3
        told = f", {bad} refused for their rate" if bad else ""
        print(
            f"{name:24} {rate:8,.0f} a second   p50 {p50:6.1f} ms   p99 {p99:6.1f} ms   {each_ms:.2f} ms of a core each{told}"
        )


def paints(site: str) -> None:
    """Prints the first paint of every screen, the median of several windows without a cache."""
    paths = make(site)
    with browsing() as browser:
        for name in NAMES:
            found = []
            for _ in range(PAINTS):
                context = browser.new_context(viewport=WIDE)
                page = context.new_page()
                page.goto(site + paths[name])
                script = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
                while (millis := page.evaluate(script)) is None:
                    page.wait_for_timeout(20)
                found.append(millis / 1e3)
                context.close()
            print(f"{name:24} first paint {statistics.median(found):.3f} s")


def main() -> None:
    """Measures and prints."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=int, default=5)
    asked.add_argument("--paint", type=int, default=1)
    asked.add_argument("--client", nargs=2, help=argparse.SUPPRESS)
    told = asked.parse_args()
    if told.client:
        print(json.dumps(asyncio.run(client(told.client[0], Path(told.client[1]), told.seconds))))
        return
    print(f"{AIMS}; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as made, serving(Path(made)) as site:
        server = server_of(site)
        print(f"memory before the load   {memory_mb(server):8,.0f} MB")
        load(site, server, Path(made), told.seconds)
        print(f"memory after the load    {memory_mb(server):8,.0f} MB")
        if told.paint and not missing():
            paints(site)
            time.sleep(1)
            print(f"memory after the screens {memory_mb(server):8,.0f} MB")


if __name__ == "__main__":
    main()
