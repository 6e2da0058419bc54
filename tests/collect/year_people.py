"""The people of a year of collection, each signing in for themselves, and the clock by which they work."""
import datetime
import os
import re
import subprocess
import threading
import time
import zlib

from served import Client, Served

CHINA = datetime.timezone(datetime.timedelta(hours=8))
# Signing in costs little here: what is tested is what people do once they have. Nobody is asked to change a password within the year.
CHEAP = ("passwords: {hash_kib: 8192, hash_passes: 1, days: 3650, first_days: 365, waiting: 16}\nsecond_factor: {of: nobody}\n"
         "sessions: {idle_minutes: 1440, hours: 720, of_one: 100}\n")


CHECKED = 11  # one answer in so many


def chance(*of):
    """A number that is always the same for the same texts."""
    return zlib.crc32("\x1f".join(of).encode())


class Clock:
    """The time of day of all programs begun from here on, by Debian's faketime: real time and a distance that is read from a file, so that it goes on by itself in between. What measures how long something
    takes is left alone."""

    def __init__(self, folder, begin):
        self.path = os.path.join(folder, "distance")
        libraries = subprocess.run(["dpkg-query", "-L", "libfaketime"], stdout=subprocess.PIPE, text=True, check=True).stdout
        library = re.search(r"\S*libfaketimeMT\.so\S*", libraries).group()
        self.set(begin)
        self.before = dict(os.environ)
        os.environ.update(LD_PRELOAD=library, FAKETIME_TIMESTAMP_FILE=self.path, FAKETIME_NO_CACHE="1", FAKETIME_DONT_FAKE_MONOTONIC="1", FAKETIME_FORCE_MONOTONIC_FIX="0", NO_FAKE_STAT="1",
                          ASAN_OPTIONS=os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.environ.clear()
        os.environ.update(self.before)

    def set(self, moment):
        with open(self.path + ".new", "w", encoding="ascii") as file:
            file.write("%+.3f\n" % (moment.timestamp() - time.time()))
        os.replace(self.path + ".new", self.path)  # nobody reads half of it
        self.now = moment


class Person:
    """Who signs in when they have to, as whoever comes back the next day does."""

    def __init__(self, served, name):
        self.served, self.name, self.password = served, name, None
        self.client, self.lock, self.signed_in, self.asked = Client(served), threading.Lock(), 0, 0

    def first(self, password):
        self.password = "qiutian-de-yezi-%d" % chance(self.name)
        if self.client.ask("POST", "/api/v1/session/password", {"person": self.name, "password": password, "new_password": self.password}) != 201:
            raise SystemExit("%s cannot sign in: %s" % (self.name, self.client.text()))

    def sign_in(self):
        self.client = Client(self.served)
        self.signed_in += 1
        if self.client.ask("POST", "/api/v1/session", {"person": self.name, "password": self.password}) != 201:
            raise SystemExit("%s cannot sign in: %s" % (self.name, self.client.text()))

    def ask(self, method, path, body=None, headers=None, raw=None, unchecked=False):
        """As Client.ask; answers the client, of which only one thread at a time is. One answer in some is held to the document, which takes longer than to make it."""
        with self.lock:
            self.asked += 1
            unchecked = unchecked or self.asked % CHECKED != 0
            key = {"Idempotency-Key": "year-%d" % chance(self.name, path, str(time.monotonic()))} if method != "GET" else {}
            if self.client.ask(method, path, body, {**key, **(headers or {})}, raw, unchecked) == 401:
                self.sign_in()
                self.client.ask(method, path, body, {**key, **(headers or {})}, raw, unchecked)
            return self.client


class People:
    """Everybody: a clerk and an approver of every unit, an owner of each department that verifies, the office, a committee, a supervisor."""

    def __init__(self, served, since):
        self.served, self.since = served, since
        self.person = {"li.wei": Person(served, "li.wei")}  # the first of the office
        self.person["li.wei"].first(served.baton("account", served.ledger, "make", "li.wei").strip())

    def __getitem__(self, name):
        return self.person[name]

    def know(self, posts):
        """Makes persons known, gives them posts and accounts; (person, role, unit or None) each."""
        facts, office = [], self["li.wei"]
        for name, role, unit in posts:
            if name not in self.person:
                facts.append({"kind": "person", "fields": {"id": name, "name": name}})
            post = {"person": name, "role": role, "from": str(self.since)}
            facts.append({"kind": "post", "fields": dict(post, unit=unit) if unit else post})
        for begin in range(0, len(facts), 500):
            done = office.ask("POST", "/api/v1/facts", {"facts": facts[begin:begin + 500]})
            if done.status != 201:
                raise SystemExit("nobody is made known: " + done.text()[:500])
        for name in dict.fromkeys(name for name, _, _ in posts):
            if name in self.person:
                continue
            made = office.ask("POST", "/api/v1/accounts", {"person": name})
            if made.status != 201:
                raise SystemExit("%s gets no account: %s" % (name, made.text()))
            self.person[name] = Person(self.served, name)
            self.person[name].first(made.value["first_password"])


def serve(program, package, address=None):
    served = Served(program, package, address)
    served.config += CHEAP
    return served
