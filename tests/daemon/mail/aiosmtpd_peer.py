#!/usr/bin/python3
"""Mails through a real aiosmtpd on loopback: in the clear, and with STARTTLS, a certificate of our own and a login.
What it stored is compared byte for byte with what was queued. Usage: aiosmtpd_peer.py BIN_DIR"""
import asyncio
import os
import shutil
import ssl
import subprocess
import sys
import threading

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from outbox import BASE, Narvaro, free_port, message  # noqa: E402

RECIPIENTS = ["ada@example.org", "bo@example.org", "nobody@example.org"]


class Keep:
    def __init__(self):
        self.mails, self.sessions, self.refused = {}, [], True

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody") and self.refused:
            return "550 5.1.1 no such person"
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server, session, envelope):
        assert len(envelope.rcpt_tos) == 1, "a message goes to one person"
        assert envelope.mail_from == "narvaro@example.org"
        self.mails.setdefault(envelope.rcpt_tos[0], []).append(envelope.original_content)
        self.sessions.append((id(session), session.ssl is not None, session.authenticated))
        return "250 2.0.0 kept"


def login(server, session, envelope, mechanism, auth_data):
    given = (auth_data.login, auth_data.password)
    return AuthResult(success=given == (b"narvaro", "hemligt lösen".encode()), handled=False)


def check(truth, what):
    if not truth:
        sys.exit(f"FAILED: {what}")


def send(narvaro, week, status, now=BASE):
    ran = narvaro.run("digest", "--send", "--week", week, now=now)
    print(ran.stdout, ran.stderr, file=sys.stderr)
    check(ran.returncode == status, f"--send ended with {ran.returncode}")
    check("hemligt" not in ran.stdout + ran.stderr, "the password was told")
    return ran


def compare(keep, week):
    for to in ("ada@example.org", "bo@example.org"):
        check(keep.mails[to][-1] == message(week, to, 2000), f"{to}: other bytes came")


def in_the_clear(bin_dir):
    keep = Keep()
    port = free_port()
    server = Controller(keep, hostname="127.0.0.1", port=port)
    server.start()
    narvaro = Narvaro(bin_dir, RECIPIENTS, f'smtp = "smtp://127.0.0.1:{port}"\n')
    narvaro.compose("2021-W46", 2000)
    ran = send(narvaro, "2021-W46", 1)
    check("550 5.1.1 no such person" in ran.stdout, "the refusal was not told")
    compare(keep, "2021-W46")
    check(len({s[0] for s in keep.sessions}) == 1, "one connection carries all messages")
    send(narvaro, "2021-W46", 1)
    check(len(keep.mails["ada@example.org"]) == 1, "sent twice")
    status = narvaro.run("status").stdout
    check("no such person" in status and "nobody@example.org" in status, f"status does not name the refusal: {status}")
    server.stop()
    shutil.rmtree(narvaro.folder)


def with_tls_and_login(bin_dir):
    keep = Keep()
    keep.refused = False
    narvaro = Narvaro(bin_dir, RECIPIENTS, "")
    key, certificate = narvaro.path("key.pem"), narvaro.path("ca.pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days",
                    "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out",
                    certificate], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    port = free_port()
    server = Controller(keep, hostname="127.0.0.1", port=port, tls_context=context, require_starttls=True,
                        auth_required=True, authenticator=login)
    server.start()
    with open(narvaro.path("narvaro.toml"), "a") as out:
        out.write(f'smtp = "smtp://localhost:{port}"\nca_file = "ca.pem"\nuser = "narvaro"\n'
                  'password = "env:WRONG_PASSWORD"\n')
    os.environ["WRONG_PASSWORD"] = "fel"
    narvaro.compose("2021-W46", 2000)
    ran = send(narvaro, "2021-W46", 1)
    check("535" in ran.stderr and "password" in ran.stderr, "the refused login was not told with its remedy")
    check("login: 535" in narvaro.run("status").stdout, "status does not tell of the login")
    check(narvaro.run("check", "--environment").returncode == 1, "check finds nothing wrong")
    with open(narvaro.path("narvaro.toml")) as old:
        text = old.read().replace("WRONG_PASSWORD", "SMTP_PASSWORD")
    with open(narvaro.path("narvaro.toml"), "w") as out:
        out.write(text)
    check(narvaro.run("check", "--environment").returncode == 0, "check is not content")
    send(narvaro, "2021-W46", 0, BASE + 3600)
    compare(keep, "2021-W46")
    check(all(tls and authenticated for _, tls, authenticated in keep.sessions), "not protected")
    check("login: 535" not in narvaro.run("status").stdout, "status still tells of the login")
    ran = subprocess.run(["grep", "-r", "-a", "-l", "hemligt", narvaro.folder], capture_output=True, text=True)
    check(not ran.stdout, f"the password lies in {ran.stdout}")
    server.stop()
    shutil.rmtree(narvaro.folder)


def the_service_waits_for_the_answer(bin_dir):
    """SIGTERM while the server thinks over a whole message: it is sent once, and its answer is heard."""
    begun = threading.Event()

    class Slow(Keep):
        async def handle_DATA(self, server, session, envelope):
            begun.set()
            await asyncio.sleep(1.5)
            return await super().handle_DATA(server, session, envelope)

    keep = Slow()
    port = free_port()
    server = Controller(keep, hostname="127.0.0.1", port=port)
    server.start()
    narvaro = Narvaro(bin_dir, RECIPIENTS[:2], f'smtp = "smtp://127.0.0.1:{port}"\n')
    narvaro.compose("2021-W46")
    service = subprocess.Popen([f"{bin_dir}/narvarod", "--config", narvaro.path("narvaro.toml")],
                               env=narvaro.environment(), stderr=subprocess.DEVNULL)
    check(begun.wait(20), "the service sends nothing")
    service.terminate()
    check(service.wait(20) == 0, "the service did not end well")
    first, second = sorted(narvaro.log(), key=lambda mail: mail["recipient"])
    check(first["state"] == "sent" and first["answers_lost"] == 0, f"the answer was not waited for: {first}")
    check(second["state"] == "waiting" and "bo@example.org" not in keep.mails, f"another message was begun: {second}")
    server.stop()
    shutil.rmtree(narvaro.folder)


in_the_clear(sys.argv[1])
with_tls_and_login(sys.argv[1])
the_service_waits_for_the_answer(sys.argv[1])
print("aiosmtpd: the same bytes, in the clear and with STARTTLS and login")
