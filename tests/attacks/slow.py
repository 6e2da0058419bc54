"""Clients that send or read slowly, hundreds of them: everybody else is served, and they are cut off."""
import socket
import time

from served import tell

CITY = "/api/v1/assessments/yunlan-2021"
EACH = 150


def connect(served, window=0):
    one = socket.socket()
    if window:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
    one.settimeout(60)
    one.connect(("127.0.0.1", served.port))
    return one


def has_ended(one):
    one.setblocking(False)
    try:
        while one.recv(65536):
            pass
        return True
    except BlockingIOError:
        return False
    except OSError:
        return True


def attack(served, client):
    signed = "Host: here\r\nCookie: %s\r\nX-CSRF-Token: %s\r\n" % (client.cookie, client.csrf)
    heads = [connect(served) for _ in range(EACH)]
    bodies = [connect(served) for _ in range(EACH)]
    readers = [connect(served, 4096) for _ in range(EACH)]
    for number, one in enumerate(bodies):
        one.sendall(("POST /api/v1/facts HTTP/1.1\r\n%sContent-Type: application/json\r\nIdempotency-Key: slow-%d\r\nContent-Length: 100000\r\n\r\n{" % (signed, number)).encode())
    for one in readers:
        one.sendall(("GET %s/results/2021/matrix HTTP/1.1\r\n%s\r\n" % (CITY, signed)).encode() * 20)
    refused = []
    until, turn = time.monotonic() + 4, 0
    while time.monotonic() < until or turn < 20:
        for one in heads:
            try:
                one.sendall(b"GET /api"[turn % 8:turn % 8 + 1] if turn < 8 else b"x")
            except OSError:
                pass
        if client.ask("GET", CITY + "/results/2021-08") != 200 or client.ask("GET", "/api/v1/session") != 200:
            refused.append("%d %s" % (client.status, client.text()[:100]))
        turn += 1
        time.sleep(0.05)
    tell("everybody else is served", "; ".join(refused[:2]) or None)
    until = time.monotonic() + 40
    left = heads + bodies
    while left and time.monotonic() < until:
        left = [one for one in left if not has_ended(one)]
        time.sleep(0.2)
    tell("slow heads and bodies are cut off", None if not left else "%d of %d are not" % (len(left), 2 * EACH))
    for one in heads + bodies + readers:
        one.close()
