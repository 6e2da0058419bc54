"""Attacks on signing in: each is tried as somebody would who has no account, or only an ordinary one. Nothing here goes by the clock on the wall: what costs time is counted.

Usage: test_sign_in.py BATON

Prints `ok NAME` or `FAIL NAME: why`, at the end `N passed, N failed`; exit status 1 when one failed."""
import http.client
import json
import os
import sqlite3
import sys
import time

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(os.path.dirname(HERE), name) for name in ("accounts", "api")]
from factor import CHEAP, Codes, change  # noqa: E402
from served import Client, Served, examples, tell, RESULTS  # noqa: E402

SESSION, TOKENS = "/api/v1/session", "/api/v1/tokens"
MINUTES = 60000
PERSON = {"facts": [{"kind": "person", "fields": {"id": "evil", "name": "某"}}]}


def own(served, person, **more):
    return dict({"person": person, "password": served.passwords[person]}, **more)


def rows(served, sql):
    store = sqlite3.connect("file:%s?mode=ro" % served.ledger, uri=True)
    try:
        return store.execute(sql).fetchall()
    finally:
        store.close()


def fixation(served):
    """A session that somebody put into the browser beforehand is worth nothing after a sign-in, whoever's it was."""
    attacker, victim = served.sign_in("sun.li"), Client(served)
    planted = attacker.cookie
    victim.cookie, victim.csrf = planted, attacker.csrf
    tell("signing in over a planted session", victim.wants("POST", SESSION, 201, None, own(served, "zhao.qing")))
    tell("gives another secret", None if victim.cookie != planted else "the same")
    watching = Client(served)
    watching.cookie = planted
    tell("the planted one is nobody's now", watching.wants("GET", SESSION, 401, "SIGN_IN_NEEDED"))
    for secret in ("", "0" * 64, "A" * 64, "0" * 63, "0" * 65, "%00" * 20, "../" * 21, "' OR 1=1 --", "e" * 8000):
        guess = Client(served)
        guess.cookie = "baton=" + secret
        tell("no session: %s" % (secret[:20] or "(empty)"), guess.wants("GET", SESSION, 401, "SIGN_IN_NEEDED"))
    for name in ("__Host-baton", "Baton", "baton2"):
        guess = Client(served)
        guess.cookie = "%s=%s" % (name, victim.cookie.split("=")[1])
        tell("nor by the cookie " + name, guess.wants("GET", SESSION, 401, "SIGN_IN_NEEDED"))
    twice = Client(served)
    twice.cookie = "baton=%s; %s" % ("0" * 64, victim.cookie)
    twice.ask("GET", SESSION)
    tell("two cookies of one name are one of them or none", None if twice.status in (200, 401) else str(twice.status))
    tell("a secret in the address is none", Client(served).wants("GET", SESSION + "?" + victim.cookie, 401))
    before = victim.cookie
    victim.ask("POST", SESSION + "/raise", {"password": served.passwords["zhao.qing"]})
    old = Client(served)
    old.cookie = before
    tell("raising takes a new secret, too", old.wants("GET", SESSION, 401, "SIGN_IN_NEEDED") or (None if victim.status == 201 else victim.text()))
    stored = rows(served, "SELECT hex(digest) FROM account_session")
    tell("the store has no secret", None if victim.cookie.split("=")[1].upper() not in [row[0] for row in stored] else "it has")
    return victim


def forgery(served, client):
    """What another site can have a browser send does nothing: it has the cookie, and neither the header nor our name."""
    other = served.sign_in("qian.feng")
    cases = [("no token", {}), ("an empty one", {"X-CSRF-Token": " "}), ("zeros", {"X-CSRF-Token": "0" * 64}), ("another session's", {"X-CSRF-Token": other.csrf}), ("the cookie's secret", {"X-CSRF-Token": client.cookie.split("=")[1]}),
             ("a shorter one", {"X-CSRF-Token": client.csrf[:63]}), ("a longer one", {"X-CSRF-Token": client.csrf + "0"}), ("in capitals", {"X-CSRF-Token": client.csrf.upper()}),
             ("from elsewhere", {"X-CSRF-Token": client.csrf, "Origin": "http://evil.example"}), ("from nowhere", {"X-CSRF-Token": client.csrf, "Origin": "null"}),
             ("from another port", {"X-CSRF-Token": client.csrf, "Origin": "http://127.0.0.1:1"}), ("by another scheme", {"X-CSRF-Token": client.csrf, "Origin": "https://127.0.0.1:%d" % served.port}),
             ("from a name that begins like ours", {"X-CSRF-Token": client.csrf, "Origin": "http://127.0.0.1:%d.evil.example" % served.port})]
    bare = Client(served)
    bare.cookie = client.cookie
    for name, headers in cases:
        for method, path, body in (("POST", "/api/v1/facts", PERSON), ("DELETE", SESSION, None), ("DELETE", "/api/v1/sessions", None), ("POST", TOKENS, {"name": "x", "roles": ["unit"], "until": served.in_days(1)}), ("POST", SESSION + "/factor", None),
                                   ("POST", SESSION, own(served, "qian.feng"))):
            wrong = bare.wants(method, path, 403, "CSRF_WRONG", body, headers)
            if wrong:
                break
        tell("forged, " + name, wrong)
    tell("signed in still, all the same", client.wants("GET", SESSION, 200))
    plain = json.dumps(PERSON).encode("utf-8")
    for media in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""):
        bare.ask("POST", "/api/v1/facts", raw=plain, headers={"Content-Type": media, "X-CSRF-Token": client.csrf})
        tell("a form's media type: %s" % (media or "(none)"), None if bare.status in (400, 415) else "%d %s" % (bare.status, bare.text()[:200]))
    for header in ("X-HTTP-Method-Override", "X-Method-Override", "X-HTTP-Method"):
        bare.ask("GET", SESSION, headers={header: "DELETE"})
    tell("no other method by a header", client.wants("GET", SESSION, 200))
    bare.ask("OPTIONS", "/api/v1/facts", headers={"Origin": "http://evil.example", "Access-Control-Request-Method": "POST"}, unchecked=True)
    tell("no other site is allowed anything", None if not [name for name in bare.headers if name.lower().startswith("access-control")] else str(bare.headers))
    stranger = Client(served)
    tell("nor is anybody signed in from one", stranger.wants("POST", SESSION, 403, "CSRF_WRONG", own(served, "qian.feng"), {"Origin": "http://evil.example"}))


def replays(served):
    """A code is good once, and so is a recovery code; neither is so again in another hand, nor for another person."""
    client = served.sign_in("wang.min")
    client.ask("POST", SESSION + "/factor")
    codes = Codes(client.value["secret"])
    client.ask("POST", SESSION + "/factor/confirm", {"code": codes.next()})
    recovery = client.value["recovery"]
    code = codes.next()
    tell("a code", Client(served).wants("POST", SESSION, 201, None, own(served, "wang.min", code=code)))
    tell("a code again", Client(served).wants("POST", SESSION, 401, "SIGN_IN_REFUSED", own(served, "wang.min", code=code)))
    tell("a code again, to raise", client.wants("POST", SESSION + "/raise", 401, "SIGN_IN_REFUSED", {"password": served.passwords["wang.min"], "code": code}))
    tell("a code on paper", Client(served).wants("POST", SESSION, 201, None, own(served, "wang.min", code=recovery[0])))
    tell("again", Client(served).wants("POST", SESSION, 401, "SIGN_IN_REFUSED", own(served, "wang.min", code=recovery[0])))
    tell("otherwise written", Client(served).wants("POST", SESSION, 401, "SIGN_IN_REFUSED", own(served, "wang.min", code=recovery[0].upper().replace("-", ""))))
    Client(served).ask("POST", SESSION, own(served, "wang.min", code=recovery[5]))
    person = served.sign_in("zhou.jie")
    person.ask("POST", SESSION + "/factor")
    others = Codes(person.value["secret"])
    person.ask("POST", SESSION + "/factor/confirm", {"code": others.next()})
    tell("another's code on paper", Client(served).wants("POST", SESSION, 401, "SIGN_IN_REFUSED", own(served, "zhou.jie", code=recovery[1])))
    tell("it is not used up by that", Client(served).wants("POST", SESSION, 201, None, own(served, "wang.min", code=recovery[1])))
    stored = rows(served, "SELECT hex(digest) FROM account_recovery")
    told = [row[0].lower() for row in stored]
    tell("the store has no code on paper", None if told and not [code for code in recovery if code.replace("-", "") in "".join(told)] else "it has")
    return client, codes


def guesses(served):
    """No answer, and no work, tells who has an account: by message, header or what is stored."""
    answers, work = {}, {}
    cases = (("an account", "sun.li", "a wrong password"), ("a person without one", "without", "a wrong password"), ("nobody", "nobody.here", "a wrong password"), ("no id at all", "a b/c", "a wrong password"), ("no password that there could be", "sun.li", "x" * 128))
    for name, person, password in cases:
        client = Client(served)
        before = rows(served, "SELECT COUNT(*), COALESCE(SUM(failures), 0) FROM account_attempt")
        client.ask("POST", SESSION, {"person": person, "password": password})
        after = rows(served, "SELECT COUNT(*), COALESCE(SUM(failures), 0) FROM account_attempt")
        headers = sorted((key.lower(), value) for key, value in client.headers.items() if key.lower() not in ("date", "x-request-id"))
        value = {key: value for key, value in client.value.items() if key != "request"}
        answers[name] = (client.status, json.dumps(value, sort_keys=True), str(headers), len(client.body))
        work[name] = after[0][1] - before[0][1]
    for name, _, _ in cases[1:]:
        tell("told the same: " + name, None if answers[name] == answers["an account"] else "%s\n%s" % (answers[name], answers["an account"]))
    tell("each attempt is counted, whoever it is of", None if set(work.values()) == {1} else str(work))
    new = {"new_password": "a completely new one 7"}
    told = set()
    for person in ("sun.li", "nobody.here"):
        client = Client(served)
        client.ask("POST", SESSION + "/password", dict({"person": person, "password": "a wrong password"}, **new))
        told.add((client.status, client.value.get("name"), client.value.get("detail")))
    tell("changing a password tells no more", None if len(told) == 1 and list(told)[0][1] == "SIGN_IN_REFUSED" else str(told))
    weak = Client(served)
    weak.ask("POST", SESSION + "/password", {"person": "sun.li", "password": "a wrong password", "new_password": "123"})
    tell("nor what would be wrong with the new one", None if weak.value["name"] == "SIGN_IN_REFUSED" else weak.text()[:200])


def knocking(served):
    """Wrong ones make an account wait; who goes on knocking does not make it longer, and whoever is in stays in."""
    inside = served.sign_in("wu.gang")
    wrong = {"person": "wu.gang", "password": "a wrong password"}
    waits = "SELECT failures, waits_until_utc_ms FROM account_attempt WHERE who = 'wu.gang'"
    for _ in range(5):
        Client(served).ask("POST", SESSION, wrong)
    first = rows(served, waits)
    tell("after five the account waits", None if first and first[0][0] == 5 and first[0][1] > 0 else str(first))
    right = Client(served)
    tell("the right password too", right.wants("POST", SESSION, 401, "SIGN_IN_REFUSED", own(served, "wu.gang")))
    for _ in range(5):
        Client(served).ask("POST", SESSION, wrong)
    tell("knocking makes it no longer", None if rows(served, waits) == first else "%s %s" % (first, rows(served, waits)))
    tell("whoever is in stays in", inside.wants("GET", SESSION, 200))
    tell("raising waits as well", inside.wants("POST", SESSION + "/raise", 401, "SIGN_IN_REFUSED", {"password": served.passwords["wu.gang"]}))
    served.stop()
    change(served.ledger, "UPDATE account_attempt SET waits_until_utc_ms = waits_until_utc_ms - %d" % (2 * MINUTES))
    served.start()
    tell("afterwards the right one is right", right.wants("POST", SESSION, 201, None, own(served, "wu.gang")))
    tell("and sets it back", None if rows(served, waits) in ([], [(0, 0)]) else str(rows(served, waits)))
    for number in range(300):
        # many invented ids at little cost: those that are none are counted in the same shares, and never tried with more work than one
        if number % 100 == 0:
            Client(served).ask("POST", SESSION, {"person": "invented.%d" % number, "password": "a wrong password"})
    shares = rows(served, "SELECT COUNT(*) FROM account_attempt WHERE who LIKE '?%'")[0][0]
    tell("invented ids fill no table", None if 0 < shares <= 256 else str(shares))


def tokens(served, admin):
    """A token ends with the account, with a new first password, and when it is revoked; it is none of anything else."""
    owner = served.sign_in("zheng.yu")

    def made():
        owner.ask("POST", TOKENS, {"name": "program", "roles": ["supervisor"], "until": served.in_days(30)})
        program = Client(served)
        program.bearer = owner.value["token"]
        return program

    program = made()
    tell("a token", program.wants("GET", SESSION, 200))
    for name, text in (("cut", program.bearer[:-1]), ("longer", program.bearer + "a"), ("otherwise begun", "bu_" + program.bearer[3:]), ("with a letter changed", program.bearer[:-1] + ("a" if program.bearer[-1] != "a" else "b")), ("a session's secret", owner.cookie.split("=")[1]), ("empty", " ")):
        guess = Client(served)
        guess.bearer = text
        tell("no token, " + name, guess.wants("GET", SESSION, 401, "SIGN_IN_NEEDED"))
    guess = Client(served)
    guess.cookie = "baton=" + program.bearer
    tell("nor as a cookie", guess.wants("GET", SESSION, 401, "SIGN_IN_NEEDED"))
    both = Client(served)
    both.bearer, both.cookie, both.csrf = "bt_" + "a" * 40, owner.cookie, owner.csrf
    tell("a wrong token is not made good by a cookie", both.wants("GET", SESSION, 401, "SIGN_IN_NEEDED"))
    for method, path, body in (("POST", TOKENS, {"name": "x", "roles": ["supervisor"], "until": served.in_days(1)}), ("POST", SESSION + "/raise", {"password": served.passwords["zheng.yu"]}), ("POST", SESSION + "/factor", None),
                               ("POST", SESSION + "/factor/off", {"password": served.passwords["zheng.yu"]}), ("GET", "/api/v1/sessions", None), ("DELETE", "/api/v1/sessions", None)):
        tell("a token does not: %s %s" % (method, path), program.wants(method, path, 403, "SCOPE_LACKING", body))
    admin.ask("POST", "/api/v1/accounts/zheng.yu/reset")
    first = admin.value["first_password"]
    tell("after a reset it is none", program.wants("GET", SESSION, 401, "SIGN_IN_NEEDED") or owner.wants("GET", SESSION, 401, "SIGN_IN_NEEDED"))
    tell("nor is the old password", Client(served).wants("POST", SESSION, 401, "SIGN_IN_REFUSED", own(served, "zheng.yu")))
    served.passwords["zheng.yu"] = "yishan-yishan-liang-5"
    owner = Client(served)
    tell("the first one is for one thing only", owner.wants("POST", SESSION, 403, "PASSWORD_OLD", {"person": "zheng.yu", "password": first}))
    owner.ask("POST", SESSION + "/password", {"person": "zheng.yu", "password": first, "new_password": served.passwords["zheng.yu"]})
    tell("and once", Client(served).wants("POST", SESSION + "/password", 401, "SIGN_IN_REFUSED", {"person": "zheng.yu", "password": first, "new_password": "yishan-yishan-liang-6"}))
    program = made()
    admin.ask("DELETE", "/api/v1/accounts/zheng.yu")
    tell("of a closed account it is none", program.wants("GET", SESSION, 401, "SIGN_IN_NEEDED") or owner.wants("GET", SESSION, 401, "SIGN_IN_NEEDED"))
    tell("nor is its password", Client(served).wants("POST", SESSION, 401, "SIGN_IN_REFUSED", own(served, "zheng.yu")))
    admin.ask("POST", "/api/v1/accounts", {"person": "zheng.yu"})
    tell("nor are they, once there is an account again", program.wants("GET", SESSION, 401, "SIGN_IN_NEEDED"))


def too_many(served):
    """More sessions than may be end the oldest, so that a stolen one does not stay; none of another's."""
    other = served.sign_in("he.fang")
    clients = [Client(served) for _ in range(5)]
    for client in clients:
        client.ask("POST", SESSION, own(served, "sun.li"))
    alive = [client.ask("GET", SESSION) for client in clients]
    tell("the newest three are left", None if alive == [401, 401, 200, 200, 200] else str(alive))
    tell("of another none ends", other.wants("GET", SESSION, 200))
    stored = rows(served, "SELECT COUNT(*) FROM account_session WHERE person = 'sun.li'")[0][0]
    tell("nor are more stored", None if stored == 3 else str(stored))


def smuggled(served):
    """Bodies and heads of a sign-in that are something else."""
    for name, raw in (("an array", b"[]"), ("a person twice", b'{"person": "sun.li", "person": "li.wei", "password": "x"}'), ("no text", b'{"person": {"$ne": null}, "password": {"$ne": null}}'), ("a NUL", b'{"person": "sun.li\\u0000", "password": "x"}'),
                      ("too long", json.dumps({"person": "x" * 5000, "password": "y"}).encode()), ("more than it takes", b'{"person": "sun.li", "password": "x", "role": "office"}'), ("SQL", json.dumps({"person": "' OR '1'='1", "password": "' OR '1'='1"}).encode())):
        client = Client(served)
        client.ask("POST", SESSION, raw=raw, headers={"Content-Type": "application/json"})
        tell("sent: " + name, None if client.status in (400, 401, 413, 422) and not client.headers["Set-Cookie"] else "%d %s" % (client.status, client.text()[:200]))
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=30)
    body = json.dumps(own(served, "sun.li")).encode()
    connection.request("POST", SESSION, body, {"Content-Type": "application/json", "User-Agent": "a\tb" + "\u00e4" * 300})
    answer = connection.getresponse()
    answer.read()
    cookie = (answer.headers["Set-Cookie"] or "").split(";")[0]
    connection.close()
    client = Client(served)
    client.cookie = cookie
    client.ask("GET", "/api/v1/sessions")
    agent = [row["agent"] for row in client.value["items"] if row["present"]] if client.status == 200 else None
    tell("what a browser calls itself is kept as text", None if answer.status in (201, 400) and (agent is None or (len(agent[0] or "") <= 199 and "\t" not in (agent[0] or ""))) else "%s %s" % (answer.status, agent))


def seen(served, auditor):
    """What was refused is in the audit, and what strangers tried is not."""
    for _ in range(50):
        auditor.ask("GET", "/api/v1/audit?outcome=locked&limit=1000")
        people = {item["person"] for item in auditor.value["items"]}
        if "wu.gang" in people:
            break
        time.sleep(0.1)
    tell("an account that had to wait is told of", None if "wu.gang" in people else auditor.text()[:300])
    records = [item for item in auditor.value["items"] if item["person"] == "wu.gang"]
    tell("in a few records", None if len(records) <= 3 else str(len(records)))
    auditor.ask("GET", "/api/v1/audit?limit=1000")
    tell("invented ids are not", None if "invented" not in auditor.text() and "nobody.here" not in auditor.text() else "they are")
    for secret in [password for password in served.passwords.values()] + ["a wrong password"]:
        if secret in auditor.text():
            tell("no password is in it", secret)
    with open(os.path.join(served.folder, "log"), encoding="utf-8", errors="replace") as log:
        said = log.read()
    tell("nor in the log", next((secret for secret in served.passwords.values() if secret in said), None))


def main():
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    with Served(sys.argv[1], examples("district")) as served:
        people = (("sun.li", "owner"), ("zhao.qing", "leader"), ("qian.feng", "leader"), ("wang.min", "committee"), ("zhou.jie", "leader"), ("wu.gang", "cadre"), ("zheng.yu", "supervisor"), ("he.fang", "leader"), ("without", "leader"), ("feng.ping", "auditor"), ("chu.ning", "security_admin"))
        for person, role in people:
            served.baton("user", served.ledger, "add", person, "--name", person, "--role", role, "--from", "2021-01-01", "--as", "li.wei")
        served.config += CHEAP
        served.start()
        served.sign_in("li.wei")
        admin, auditor = served.sign_in("chu.ning"), served.sign_in("feng.ping")
        served.sign_in("zhao.qing")
        client = fixation(served)
        forgery(served, client)
        replays(served)
        guesses(served)
        knocking(served)
        tokens(served, admin)
        too_many(served)
        smuggled(served)
        seen(served, auditor)
        tell("every answer is as the document says", "; ".join(sorted(served.deviations)[:12]))
        served.stop()
        tell("the server ends well", None if served.ended == 0 else "status %s: %s" % (served.ended, served.said()))
        tell("the ledger holds", None if served.baton("verify", served.ledger) is not None else "it does not")
    failed = sum(1 for why in RESULTS if why)
    print("%d passed, %d failed" % (len(RESULTS) - failed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
