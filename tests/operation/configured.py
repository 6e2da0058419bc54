"""The configuration: what is printed, read, checked and documented; TLS and its certificate."""
import datetime
import http.client
import json
import os
import re
import resource
import socket
import ssl
import subprocess
import tempfile

from operated import Operated, comes, get, steal
from served import ROOT, tell


def certificate(folder, name, days=90):
    key, cert = os.path.join(folder, name + ".key"), os.path.join(folder, name + ".pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", str(days), "-subj", "/CN=" + name,
                    "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", cert], check=True, capture_output=True)
    return cert, key


def printed(program, language):
    """{name: (default, comment)} of `baton help config`, in its order."""
    text = subprocess.run([program, "help", "config", "--lang", language], check=True, capture_output=True, text=True).stdout
    settings, sections, comment = {}, [], ""
    for line in text.splitlines():
        depth = (len(line) - len(line.lstrip())) // 2
        if line.strip().startswith("# "):
            comment = line.strip()[2:]
        elif line.strip():
            key, _, value = line.strip().partition(":")
            sections = sections[:depth] + [key]
            if comment:
                settings[".".join(sections)] = (value.strip(), comment)
                comment = ""
        else:
            comment = ""
    return settings


def documented(name):
    """The same of a table in a document: | `name` | default | values | meaning |"""
    with open(os.path.join(ROOT, "docs", name), encoding="utf-8") as file:
        rows = re.findall(r"^\| `([a-z_.]+)` \| (?:`([^`]*)`)? ?\| (.*) \| (.*) \|$", file.read(), re.M)
    return {row[0]: (row[1], row[3].replace("\\|", "|"), row[2].replace("\\|", "|")) for row in rows}


def documents(program):
    for language, name, form in (("en", "operation.md", "%s (%s)"), ("zh", "operation.zh-CN.md", "%s（%s）")):
        want, have = printed(program, language), documented(name)
        wrong = [setting for setting in want if setting not in have or (have[setting][0], form % (have[setting][1], have[setting][2])) != want[setting]]
        wrong += [setting for setting in have if setting not in want]
        tell("%s has the settings of the program, in their order" % name, str(wrong) if wrong or not want else None if list(want) == list(have) else "another order")


def doctor(served, config, *more, files=None):
    """{name: [(value, good)]} of `baton doctor --config`."""
    path = os.path.join(served.folder, "doctor.yaml")
    with open(path, "w", encoding="utf-8") as file:
        file.write(config)

    def limit():
        if files is not None:
            resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
    done = subprocess.run([served.program, "doctor", served.ledger, "--config", path, "--format", "json", "--lang", "en", *more], capture_output=True, text=True, timeout=60, check=False,
                          preexec_fn=limit)
    lines = {}
    for line in json.loads(done.stdout):
        lines.setdefault(line["name"], []).append((line["value"], line["good"]))
    return lines


def looks(program):
    with Operated(program) as served:
        cert, key = certificate(served.folder, "good")
        old, old_key = certificate(served.folder, "old", 5)
        os.chmod(old_key, 0o644)
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen(1)
            port = taken.getsockname()[1]
            good = doctor(served, "listen: 127.0.0.1:0\ntls: {certificate: good.pem, key: good.key}\nhttp: {connections: 100}\n")
            wants = [("config", True), ("certificate", True), ("tls_key", True), ("listen", True), ("open_files", True)]
            tell("doctor finds what is good", str(good) if any(name not in good or good[name][0][1] is not state for name, state in wants) else None)
            until = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=90)).strftime("%Y-%m")
            tell("with the date of the certificate", None if until in good["certificate"][0][0] and "CN=good" in good["certificate"][0][0] else str(good["certificate"]))
            bad = doctor(served, "listen: 127.0.0.1:%d\nmetrics: {listen: '0.0.0.0:0'}\ntls: {certificate: old.pem, key: old.key}\nlog: {file: /nowhere/x.log}\npasswords: {at_once: 64, hash_kib: 1048576}\n" % port, files=256)
            wants = ["certificate", "tls_key", "listen", "metrics_open", "open_files", "log_file", "passwords"]
            tell("and what is not", str({name: bad.get(name) for name in wants}) if any(name not in bad or bad[name][0][1] for name in wants) else None)
        for config, name, words in (("tls: {certificate: good.pem, key: old.key}\n", "certificate", "do not belong together"), ("tls: {certificate: good.key, key: good.key}\n", "certificate", "not in PEM"),
                                    ("tls: {certificate: none.pem, key: good.key}\n", "certificate", "cannot be read"), ("listen: 0.0.0.0:0\n", "plain", "passwords"), ("tls: {key: good.key}\n", "config", "contradict"),
                                    ("listn: 1\nhttp: {queue: x}\n", "config", ":1:1: there is no setting 'listn'; did you mean 'listen'"), ("proxies: [x]\n", "config", ":1:11: 'x' is no value"), ("a: [\n", "config", ":2:")):
            found = doctor(served, config)
            tell("doctor: " + words, None if name in found and not found[name][0][1] and words in found[name][0][0] else str(found.get(name)))
        said = served.baton("serve", served.ledger, "--config", os.path.join(served.folder, "doctor.yaml"), status=None)
        tell("serve refuses what doctor refuses", None if said == "" and "doctor.yaml:2" in served.error else served.error)


def peer_name(port):
    """The certificate that is shown there, as PEM."""
    return ssl.get_server_certificate(("127.0.0.1", port))


def ask_tls(port, cert, path):
    connection = http.client.HTTPSConnection("localhost", port, timeout=10, context=ssl.create_default_context(cafile=cert))
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def same(pem, path):
    with open(path, encoding="ascii") as file:
        return pem.split() == file.read().split()


def tls(program):
    with tempfile.TemporaryDirectory(prefix="baton-tls-") as folder:
        first, second = certificate(folder, "first"), certificate(folder, "second")
        cert, key = os.path.join(folder, "tls.pem"), os.path.join(folder, "tls.key")

        def use(pair):
            for source, target in zip(pair, (cert, key)):
                with open(source, "rb") as file:
                    content = file.read()
                with open(target, "wb") as file:
                    file.write(content)
        use(first)
        with Operated(program, "tls: {certificate: %s, key: 'credential:tls.key', hsts_days: 30}\n" % cert, environment={"CREDENTIALS_DIRECTORY": folder}) as served:
            served.scheme, served.document = "https", {}
            served.start()
            answer = ask_tls(served.port, cert, "/healthz")
            tell("TLS, and nothing else from then on", None if answer.status == 200 and answer.headers["Strict-Transport-Security"] == "max-age=2592000" else str(answer.headers))
            use((first[0], second[1]))
            served.process.send_signal(1)
            told = comes(lambda: any('"certificate"' in line and "do not belong" in line for line in served.log_lines()))
            tell("a certificate that is none changes nothing", None if told and same(peer_name(served.port), first[0]) else "told: %s" % told)
            steal(served, 0)
            again = comes(lambda: sum('"started"' in line for line in served.log_lines()) == 2)
            tell("nor when the ledger is opened again", None if again and same(peer_name(served.port), first[0]) else served.said())
            use(second)
            served.process.send_signal(1)
            tell("a new one is taken on SIGHUP", None if comes(lambda: same(peer_name(served.port), second[0])) else "it is not")
            tell("at the same port", None if ask_tls(served.port, second[0], "/readyz").status == 200 else "it is not")
            served.stop()
            tell("and it ends", None if served.ended == 0 else str(served.ended))


def behind_a_proxy(program):
    for proxies, secure in (("[127.0.0.1]", True), ("[192.0.2.1]", False)):
        with Operated(program, "proxies: %s\n" % proxies) as served:
            served.start()
            headers = get(served.port, "/healthz", {"X-Forwarded-Proto": "https"})[1]
            tell("%s behind a proxy" % ("HSTS" if secure else "no HSTS because of anybody"), None if ("Strict-Transport-Security" in headers) == secure else str(headers))


TESTS = [tls, looks, behind_a_proxy, documents]
