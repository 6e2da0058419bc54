#!/usr/bin/env python3
"""The last evening of a month: 5,000 clerks of 1,000 units bring in their figures within ten minutes, beside leaders who watch the table.

    bench/evening.py [BUILD] [--units N] [--clerks N] [--elements N] [--leaders N] [--seconds N] [--sign-ins N]      BUILD is build/release; 1000 units of 50 elements, 5 clerks each, 200 leaders, 600 seconds

Each clerk looks at the list of the unit, drafts the own share of it in three saves, reads it back, hands it to the approver of the unit, who signs it off, and submits it. They begin all over the ten minutes; two in five hand in
within the last fifth. The office accepts every half minute what has come, so that the table changes. Half of the leaders have its events open, the others read it every five seconds. Some clerks sign in by password at the usual
cost when they begin; the others have a session since the afternoon. With fewer --seconds the same is done faster, which is harder.

Prints how many requests of each kind there were, what failed, p50, p99 and most in milliseconds, what server and clients took of the processors, and the server's memory. Everything is made in a temporary folder, and stopped. Exit
status 1 where a request failed or p99 of any kind but sign-ins is 500 ms or more."""
import asyncio
import concurrent.futures
import json
import os
import random
import resource
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
sys.path.insert(0, os.path.join(ROOT, "tests", "api"))
from served import Client, Served  # noqa: E402

SCHEME = """baton: 1
id: evening
title: {zh: 月末, en: The last evening}
period: 2021-12
frequency: month
methods:
  range: {kind: range, over: all, low: 60, high: 100}
groups:
  - {id: all, title: {zh: 全部, en: All}}
"""
PERIOD, BEFORE = "2021-12", "2021-11"
CITY = "/api/v1/assessments/evening"
CHEAP = "passwords: {hash_kib: 8192, hash_passes: 1, at_once: 4, waiting: 64}\n"  # to make thousands of accounts; on the evening the usual cost holds
ALWAYS = "second_factor: {of: nobody}\nsessions: {idle_minutes: 1440, hours: 24}\nhttp: {connections: 16384}\n"
WANTED_MS = 500


def make(folder, units, elements):
    """The package, with the figures of the month before."""
    os.makedirs(folder)
    chance = random.Random(1)
    tables = {
        "scheme.yaml": SCHEME,
        "units.csv": "id,name,group\n" + "".join(f"u{u:04d},单位{u},all\n" for u in range(units)),
        "indicators.csv": "id,name,weight,method\n" + "".join(f"e{e:02d},指标{e},{100 / elements:.6f},range\n" for e in range(elements)),
        "observations.csv": "unit,element,period,value\n" + "".join(f"u{u:04d},e{e:02d},{BEFORE},{chance.randrange(45000, 55000) / 100:.2f}\n" for u in range(units) for e in range(elements)),
    }
    for name, text in tables.items():
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(text)


class Web:
    """One person's browser, over raw connections: as lean as Python is."""

    def __init__(self, times, port, client):
        self.times, self.port, self.reader, self.writer = times, port, None, None
        self.head = "Host: 127.0.0.1\r\nCookie: %s\r\nX-CSRF-Token: %s\r\n" % (client.cookie, client.csrf)
        self.key = 0

    async def send(self, data):
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 20)
        self.writer.write(data)
        head = await self.reader.readuntil(b"\r\n\r\n")
        status, size = int(head[9:12]), head.lower().find(b"content-length:")
        body = await self.reader.readexactly(int(head[size + 15:head.index(b"\r\n", size)])) if size >= 0 and status != 304 else b""
        return status, head, body

    async def ask(self, kind, method, path, body=None, want=(200, 201), more=""):
        """The body of the answer; how long it took and whether it failed go to the books."""
        data = b"" if body is None else json.dumps(body).encode()
        self.key += 1
        head = "%s %s HTTP/1.1\r\n%s%s" % (method, path, self.head, more)
        if method != "GET":
            head += "Idempotency-Key: %s-%d\r\nContent-Type: application/json\r\nContent-Length: %d\r\n" % (id(self), self.key, len(data))
        begun = time.monotonic()
        for attempt in (1, 2):
            try:
                status, head, body = await self.send(head.encode() + b"\r\n" + data if isinstance(head, str) else head)
                break
            except (OSError, EOFError) as error:  # it was closed after a pause: browsers ask again by a new one
                self.close()
                status, body = 0, str(error).encode()
        self.times.add(kind, time.monotonic() - begun, status in want, "%d %s" % (status, body[:300].decode("utf-8", "replace")))
        return status, head, body

    def take_session(self, head, body):
        cookie = head[head.lower().find(b"set-cookie:") + 11:].split(b";")[0].strip().decode()
        self.head = "Host: 127.0.0.1\r\nCookie: %s\r\nX-CSRF-Token: %s\r\n" % (cookie, json.loads(body)["csrf"])

    def close(self):
        if self.writer is not None:
            self.writer.close()
            self.writer = None


class Times:
    """What everybody met."""

    def __init__(self):
        self.of, self.failed, self.why = {}, {}, []

    def add(self, kind, seconds, is_good, why):
        self.of.setdefault(kind, []).append(seconds)
        if not is_good:
            self.failed[kind] = self.failed.get(kind, 0) + 1
            self.why.append(kind + ": " + why)

    def print(self):
        worst = 0
        print("  %-22s %8s %6s %8s %8s %8s" % ("", "requests", "failed", "p50 ms", "p99 ms", "most ms"))
        for kind, times in self.of.items():
            times.sort()
            p99 = 1e3 * times[len(times) * 99 // 100]
            print("  %-22s %8d %6d %8.1f %8.1f %8.1f" % (kind, len(times), self.failed.get(kind, 0), 1e3 * times[len(times) // 2], p99, 1e3 * times[-1]))
            if kind != "signs in":
                worst = max(worst, p99)
        return worst


class Evening:
    def __init__(self, served, people, size):
        self.served, self.people, self.size, self.times = served, people, size, Times()
        self.units, self.elements, self.seconds = size["units"], size["elements"], size["seconds"]
        self.submitted, self.signing, self.is_over, self.events = [], {}, False, 0
        self.webs = {}

    def web(self, name):
        if name not in self.webs:
            self.webs[name] = Web(self.times, self.served.port, self.people[name])
        return self.webs[name]

    async def expected(self, web, kind, unit, share, query=""):
        """Of the unit's figures those of somebody's share, by element."""
        _, _, body = await web.ask(kind, "GET", CITY + "/expected/%s?limit=1000&reporter=%s%s" % (PERIOD, unit, query))
        return {item["element"]: item for item in json.loads(body or "{}").get("items", []) if item["element"] in share}

    async def act(self, web, kind, act, items):
        return await web.ask(kind, "POST", CITY + "/collection/" + PERIOD, {"act": act, "items": items})

    @staticmethod
    def seen(items):
        return [{"unit": item["unit"], "element": element, "at": item["report"]["at"]} for element, item in items.items() if "report" in item]

    async def clerk(self, number, begins, hands_in, password):
        unit = "u%04d" % (number % self.units)
        of = self.size["clerks"] // self.units
        share = {"e%02d" % element for element in range(self.elements) if element % of == number // self.units}
        web, chance = self.web("c%d" % number), random.Random(number)
        await asyncio.sleep(begins)
        if password:
            status, head, body = await web.ask("signs in", "POST", "/api/v1/session", {"person": "c%d" % number, "password": password})
            if status == 201:  # else it is told as failed, and the session of the afternoon goes on
                web.take_session(head, body)
        listed = await self.expected(web, "looks at the list", unit, share)
        names, pause = sorted(listed), (hands_in - begins) / 6
        for part in range(3):
            await asyncio.sleep(pause * chance.uniform(0.5, 1.2))
            await self.act(web, "drafts", "draft", [{"unit": unit, "element": name, "value": "%.2f" % (chance.randrange(45000, 55000) / 100), "note": "as counted"} for name in names[part::3]])
        await self.expected(web, "reads it back", unit, share)
        await asyncio.sleep(max(0, pause * chance.uniform(0.1, 0.5)))
        await self.approver(unit, share)
        signed = await self.expected(web, "reads what is signed", unit, share, "&stage=signed")
        await self.act(web, "submits", "submit", self.seen(signed))
        self.submitted += [(unit, name) for name in signed]
        web.close()

    async def approver(self, unit, share):
        """One person of the unit, who signs for one clerk after the other."""
        web = self.web("a" + unit)
        async with self.signing.setdefault(unit, asyncio.Lock()):
            drafts = await self.expected(web, "approver reads", unit, share, "&stage=draft")
            await self.act(web, "approver signs", "sign", self.seen(drafts))

    async def office(self):
        """Accepts what has come, so that the table changes."""
        web, every = self.web("li.wei"), max(2, self.seconds / 20)
        while not self.is_over:
            await asyncio.sleep(every)
            _, _, body = await web.ask("office reads", "GET", CITY + "/expected/%s?limit=500&stage=submitted" % PERIOD)
            items = json.loads(body or "{}").get("items", [])
            if items:
                await self.act(web, "office accepts", "accept", [{"unit": item["unit"], "element": item["element"], "at": item["report"]["at"]} for item in items])

    async def reading_leader(self, number):
        web, tag, every = self.web("l%d" % number), "", 5 * min(1, self.seconds / 600) + 0.5
        await asyncio.sleep(every * number / self.size["leaders"])
        while not self.is_over:
            status, head, _ = await web.ask("leader reads the table", "GET", CITY + "/results?format=json", want=(200, 304), more=tag + "Accept-Encoding: br\r\n")
            if status == 200:
                at = head.lower().find(b"etag:")
                tag = "If-None-Match:%s\r\n" % head[at + 5:head.index(b"\r\n", at)].decode()
            await asyncio.sleep(every)

    async def watching_leader(self, number):
        web = self.web("l%d" % number)
        reader, writer = await asyncio.open_connection("127.0.0.1", self.served.port, limit=1 << 22)
        writer.write(("GET %s/events HTTP/1.1\r\nAccept: text/event-stream\r\n%s\r\n" % (CITY, web.head)).encode())
        while not self.is_over:
            try:
                part = await asyncio.wait_for(reader.read(1 << 16), 1)
            except asyncio.TimeoutError:
                continue
            if not part:
                self.times.add("leader watches", 0, False, "the stream ended")
                break
            self.events += part.count(b"event: result")
        writer.close()

    async def go(self):
        chance, size = random.Random(7), self.size
        clerks, sign_in = [], set(chance.sample(range(size["clerks"]), size["sign_ins"]))
        for number in range(size["clerks"]):
            hands_in = chance.uniform(0.8, 0.97) if chance.random() < 0.4 else chance.uniform(0.15, 0.8)
            begins = hands_in - chance.uniform(0.1, 0.5)
            if begins < 0:
                begins = chance.uniform(0, hands_in - 0.1)
            clerks.append(self.clerk(number, begins * self.seconds, hands_in * self.seconds, self.people["c%d" % number].password if number in sign_in else None))
        others = [asyncio.create_task(self.office())]
        for number in range(size["leaders"]):
            others.append(asyncio.create_task(self.watching_leader(number) if number % 2 else self.reading_leader(number)))
        await asyncio.gather(*clerks)
        self.is_over = True
        await asyncio.gather(*others)


def known(served, size):
    """Persons, posts, accounts: who has a session at the end of the afternoon."""
    office = served.sign_in("li.wei")
    of = [("c%d" % number, "unit", "u%04d" % (number % size["units"])) for number in range(size["clerks"])] + [("au%04d" % unit, "approver", "u%04d" % unit) for unit in range(size["units"])]
    of += [("l%d" % number, "leader", None) for number in range(size["leaders"])]
    for begin in range(0, len(of), 400):
        facts = []
        for name, role, unit in of[begin:begin + 400]:
            post = {"person": name, "role": role, "from": "2021-01-01"}
            facts += [{"kind": "person", "fields": {"id": name, "name": name}}, {"kind": "post", "fields": dict(post, unit=unit) if unit else post}]
        if office.ask("POST", "/api/v1/facts", {"facts": facts}, unchecked=True) != 201:
            raise SystemExit(office.text()[:500])
    people = {"li.wei": office}

    def account(name):
        if office_of[name].ask("POST", "/api/v1/accounts", {"person": name}, unchecked=True) != 201:
            raise SystemExit(office_of[name].text()[:500])
        client, first = Client(served), office_of[name].value["first_password"]
        client.password = "qiutian-de-yezi-%d" % (len(name) * 7919 + sum(map(ord, name)))
        if client.ask("POST", "/api/v1/session/password", {"person": name, "password": first, "new_password": client.password}, unchecked=True) != 201:
            raise SystemExit(client.text()[:500])
        people[name] = client
        client.connection.close()
        client.connection = None

    office_of = {}
    administrators = []
    for _ in range(8):
        administrator = Client(served)
        administrator.cookie, administrator.csrf = office.cookie, office.csrf
        administrators.append(administrator)

    def accounts(part):
        for name, _, _ in of[part::8]:
            office_of[name] = administrators[part]
            account(name)
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        list(pool.map(accounts, range(8)))
    if office.ask("POST", "/api/v1/facts", {"assessment": "evening", "facts": [{"kind": "period", "fields": {"period": PERIOD, "opens": "2022-01-01", "due": "2999-12-31"}}]}, unchecked=True) != 201:
        raise SystemExit(office.text()[:500])
    return people


def processor_seconds(process):
    with open("/proc/%d/stat" % process, encoding="ascii") as file:
        return sum(map(int, file.read().rsplit(")", 1)[1].split()[11:13])) / os.sysconf("SC_CLK_TCK")


def peak_mb(process):
    with open("/proc/%d/status" % process, encoding="ascii") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmHWM:")) / 1024


def evening(served, people, size):
    evening_of = Evening(served, people, size)
    begun, of_server, of_clients = time.monotonic(), processor_seconds(served.process.pid), time.process_time()
    asyncio.run(evening_of.go())
    took = time.monotonic() - begun
    worst = evening_of.times.print()
    requests = sum(map(len, evening_of.times.of.values()))
    print("  %d requests in %.0f s: %.0f/s; %d figures submitted; %d events; of the processors the server took %.2f, the clients %.2f; the server's memory %.0f MB at most"
          % (requests, took, requests / took, len(evening_of.submitted), evening_of.events, (processor_seconds(served.process.pid) - of_server) / took, (time.process_time() - of_clients) / took, peak_mb(served.process.pid)))
    for why in evening_of.times.why[:5]:
        print("  " + why)
    want = size["units"] * size["elements"]
    return not evening_of.times.failed and worst < WANTED_MS and len(evening_of.submitted) == want


def main():
    numbers = dict(zip(sys.argv[1:-1], sys.argv[2:]))
    first = sys.argv[1] if len(sys.argv) > 1 and os.path.isdir(sys.argv[1]) else os.path.join(ROOT, "build", "release")
    size = {name.strip("-").replace("-", "_"): int(numbers.get(name, usual)) for name, usual in (("--units", 1000), ("--elements", 50), ("--leaders", 200), ("--seconds", 600), ("--sign-ins", 250))}
    size["clerks"] = int(numbers.get("--clerks", 5 * size["units"]))
    size["sign_ins"] = min(size["sign_ins"], size["clerks"])
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(65536, resource.getrlimit(resource.RLIMIT_NOFILE)[1]),) * 2)
    with tempfile.TemporaryDirectory(prefix="bench-evening-") as aside:
        make(os.path.join(aside, "package"), size["units"], size["elements"])
        with Served(os.path.join(first, "baton"), os.path.join(aside, "package")) as served:
            usual, begun = served.config + ALWAYS, time.monotonic()
            served.config = usual + CHEAP
            served.start()
            people = known(served, size)
            served.stop()
            print("%d clerks of %d units with %d figures each, %d leaders, %d seconds (made in %.0f s)" % (size["clerks"], size["units"], size["elements"], size["leaders"], size["seconds"], time.monotonic() - begun), flush=True)
            served.config = usual
            served.launch()
            served.wait_open()
            is_good = evening(served, people, size)
            served.stop()
            print("  " + served.baton("verify", served.ledger).strip().split("\n")[0])
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
