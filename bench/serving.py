#!/usr/bin/env python3
"""How fast `baton serve` takes facts in and answers tables, over 64 connections (bench-serve); tables beside nginx with the same bytes as a file, where that is installed.

    bench/serving.py [BUILD] [--seconds N] [--rounds N] [--streams N] [--requests N]      BUILD is build/release

Prints a line a round: accepted facts a second and latencies; a cached league table of 100 units, and nginx. Then the first read of a table after a change, which waits for its scoring; how soon a
change comes to all of 2,000 event streams, a tenth of which do not read; resident size after a tenth of the requests and after all of them (--requests 1000000). Everything is made in a
temporary folder, and stopped."""
import http.client
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
sys.path.insert(0, os.path.join(ROOT, "tests", "api"))
sys.path.insert(0, HERE)
import crowd  # noqa: E402
import package  # noqa: E402
from served import Client, Served  # noqa: E402

FORM = "?format=json"


def load(build, port, path, seconds, *more):
    done = subprocess.run([os.path.join(build, "bench-serve"), "--seconds", str(seconds), *more, str(port), path], stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode > 1 or not done.stdout:
        raise SystemExit("bench-serve ended with %d" % done.returncode)
    return json.loads(done.stdout)


def compressed(port, path, cookie):
    """The table as a browser gets it."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", path, headers={"Cookie": cookie, "Accept-Encoding": "br"})
    body = connection.getresponse().read()
    connection.close()
    return body


class Nginx:
    """nginx with one file, or nothing where it is not installed."""

    def __init__(self, folder, body, port):
        self.process, self.port = None, port
        program = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
        if program is None:
            return
        with open(os.path.join(folder, "table"), "wb") as file:
            file.write(body)
        conf = os.path.join(folder, "nginx.conf")
        with open(conf, "w", encoding="utf-8") as file:
            file.write("daemon off; worker_processes auto; pid %s/nginx.pid; error_log %s/error.log;\nevents { worker_connections 1024; }\n"
                       "http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; client_body_temp_path %s; proxy_temp_path %s; fastcgi_temp_path %s; uwsgi_temp_path %s; "
                       "scgi_temp_path %s; server { listen 127.0.0.1:%d; root %s; } }\n" % (folder, folder, folder, folder, folder, folder, folder, port, folder))
        os.chmod(folder, 0o755)
        self.process = subprocess.Popen([program, "-c", conf], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        subprocess.run(["sleep", "0.5"], check=True)

    def close(self):
        if self.process is not None:
            self.process.terminate()
            self.process.wait()


def percentile(times, share):
    return 1e3 * sorted(times)[min(len(times) - 1, int(share * len(times)))]


class Changes:
    """One figure of the newest month, corrected again and again."""

    def __init__(self, client, assessment):
        self.client, self.turn = client, 0
        client.ask("GET", "/api/v1/assessments/%s/facts/observation/history?key=u00007,e03,2021-12" % assessment)
        self.position = client.value["items"][-1]["position"]

    def make(self):
        """Returns when the change was answered."""
        self.turn += 1
        self.client.ask("POST", "/api/v1/entries/%d/correction" % self.position, {"fields": {"value": str(self.turn % 2 * 90000 + self.turn)}, "reason": "counted again"})
        self.position = self.client.value["first"]
        return time.monotonic()


def changed(client, path, changes, count=200):
    """From the answer of a change to the table that has it: asked until its tag is another one."""
    times = []
    client.ask("GET", path, unchecked=True)
    for _ in range(count):
        tag = client.headers["ETag"]
        begun = changes.make()
        while client.ask("GET", path, headers={"If-None-Match": tag}, unchecked=True) == 304:
            pass
        times.append(time.monotonic() - begun)
    print("  table changed: the first read with it p50 %.2f ms, p99 %.2f ms after the change was answered" % (percentile(times, 0.5), percentile(times, 0.99)), flush=True)


def streams(served, client, assessment, changes, count, rounds=10):
    """How soon a change is with all who read; a request in the middle of it."""
    if not crowd.room_for(2 * count + 200):
        raise SystemExit("more open files are needed: ulimit -n")
    path, readers, silent, late, asked = "/api/v1/assessments/%s/events" % assessment, crowd.Crowd(), [], [], []
    for number in range(count):
        if number % 10 == 0:
            silent.append(crowd.Member(served.port, path, client.cookie, 4096))
        else:
            readers.add(crowd.Member(served.port, path, client.cookie))
        if number % 200 == 199:
            readers.wait(lambda member: member.events)
    for _ in range(rounds):
        readers.forget()
        begun = changes.make()
        client.ask("GET", "/api/v1/session")
        asked.append(time.monotonic() - begun)
        missing = readers.wait(lambda member: member.events)
        late.append(max(member.at for member in readers.members) - begun)
        if missing:
            raise SystemExit("%d streams were not sent the change" % missing)
    print("  %d streams, %d not reading: a change is with the last of the others after %.0f ms (median), %.0f ms (most); a request meanwhile takes %.1f ms (most)"
          % (count, len(silent), percentile(late, 0.5), percentile(late, 1), 1e3 * max(asked)), flush=True)
    readers.close()
    for one in silent:
        one.close()


def resident_kb(process):
    with open("/proc/%d/status" % process, encoding="ascii") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmRSS:"))


def grows(build, served, path, headers, requests):
    """Resident size after a tenth of the requests, and after all."""
    done, first = 0, 0
    while done < requests:
        done += load(build, served.port, path, 2, *headers)["requests"]
        if not first and done >= requests // 10:
            first = resident_kb(served.process.pid)
            print("  resident after %d requests: %d KB" % (done, first), flush=True)
    last = resident_kb(served.process.pid)
    print("  resident after %d requests: %d KB, %+.1f %%" % (done, last, 100 * (last - first) / first), flush=True)


def main():
    arguments = [one for one in sys.argv[1:] if not one.startswith("--")]
    numbers = dict(zip(sys.argv[1:-1], sys.argv[2:]))
    seconds, rounds = int(numbers.get("--seconds", 4)), int(numbers.get("--rounds", 3))
    build = arguments[0] if arguments and os.path.isdir(arguments[0]) else os.path.join(ROOT, "build", "release")
    with tempfile.TemporaryDirectory(prefix="bench-served-") as aside:
        folder = os.path.join(aside, "package")
        package.make(folder, 100 * package.ELEMENTS * package.MONTHS, 1)
        with Served(os.path.join(build, "baton"), folder) as served:
            served.start()
            client = served.sign_in("li.wei")
            client.ask("GET", "/api/v1/assessments")
            assessment = client.value["items"][0]["id"]
            path = "/api/v1/assessments/%s/results" % assessment + FORM
            body = compressed(served.port, path, client.cookie)
            cookie, csrf = "Cookie: " + client.cookie, "X-CSRF-Token: " + client.csrf
            nginx = Nginx(aside, body, served.port + 1 if served.port < 65000 else served.port - 1)
            try:
                print("a table of %d bytes (br); 64 connections" % len(body))
                for number in range(rounds):
                    facts = load(build, served.port, "/api/v1/facts", seconds, "--post", str(number * 10000000), "--header", cookie, "--header", csrf)
                    print("  facts: %(per_second)d/s, p50 %(p50_ms)s ms, p99 %(p99_ms)s ms, failed %(failed)d" % facts)
                    client.ask("GET", path)
                    table = load(build, served.port, path, seconds, "--header", cookie, "--header", "Accept-Encoding: br")
                    print("  table: %(per_second)d/s, p50 %(p50_ms)s ms, p99 %(p99_ms)s ms, failed %(failed)d" % table, end="")
                    if nginx.process is not None:
                        other = load(build, nginx.port, "/table", seconds)
                        print("; nginx %d/s, p99 %s ms: %.2f" % (other["per_second"], other["p99_ms"], table["per_second"] / other["per_second"]), end="")
                    print(flush=True)
                changes = Changes(client, assessment)
                changed(client, path, changes)
                streams(served, client, assessment, changes, int(numbers.get("--streams", 2000)))
                grows(build, served, path, ("--header", cookie, "--header", "Accept-Encoding: br"), int(numbers.get("--requests", 1000000)))
            finally:
                nginx.close()
                served.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
