#!/usr/bin/python3
"""Mails through a real Exim on loopback, with STARTTLS and a login, into maildirs. Needs root.
Usage: exim_peer.py BIN_DIR"""
import email
import email.policy
import glob
import os
import shutil
import signal
import socket
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from outbox import BASE, Narvaro, free_port, message, message_id  # noqa: E402

RECIPIENTS = ["ada@example.org", "bo@example.org", "nobody@example.org"]


def check(truth, what):
    if not truth:
        sys.exit(f"FAILED: {what}")


def start(narvaro, port):
    key, certificate = narvaro.path("key.pem"), narvaro.path("ca.pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                    "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate],
                   check=True, capture_output=True)
    folder = narvaro.folder
    for name in ("mails", "spool", "log"):
        os.mkdir(narvaro.path(name))
        shutil.chown(narvaro.path(name), "Debian-exim", "Debian-exim")
    os.chmod(folder, 0o755)
    shutil.chown(key, "Debian-exim")
    with open(narvaro.path("exim.conf"), "w") as out:
        out.write(f"""
primary_hostname = localhost
exim_user = Debian-exim
exim_group = Debian-exim
spool_directory = {folder}/spool
log_file_path = {folder}/log/%slog
pid_file_path = {folder}/exim.pid
local_interfaces = 127.0.0.1
daemon_smtp_ports = {port}
tls_advertise_hosts = *
tls_certificate = {certificate}
tls_privatekey = {key}
auth_advertise_hosts = ${{if eq{{$tls_in_cipher}}{{}}{{}}{{*}}}}
acl_smtp_rcpt = rcpt
acl_smtp_data = accept
deliver_drop_privilege = true
host_lookup =
rfc1413_query_timeout = 0s
keep_environment =
begin acl
rcpt:
  deny message = log in first
    !authenticated = *
  deny message = no such person
    local_parts = nobody
  accept domains = example.org
begin routers
keep:
  driver = accept
  local_parts = ada : bo
  transport = keep
begin transports
keep:
  driver = appendfile
  directory = {folder}/mails/$local_part_data
  maildir_format
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if and{{{{eq{{$auth2}}{{narvaro}}}}{{eq{{$auth3}}{{hemligt lösen}}}}}}}}
  server_set_id = $auth2
""")
    log = open(narvaro.path("exim.out"), "w")
    server = subprocess.Popen(["/usr/sbin/exim4", "-C", narvaro.path("exim.conf"), "-bdf"], stdout=log, stderr=log)
    for _ in range(100):
        with socket.socket() as s:
            if s.connect_ex(("127.0.0.1", port)) == 0:
                return server
        time.sleep(0.1)
    server.kill()
    with open(narvaro.path("exim.out")) as said:
        print("skipped: Exim does not start here:", said.read(), file=sys.stderr)
    sys.exit(77)


def delivered(narvaro, who):
    for _ in range(100):
        files = glob.glob(narvaro.path(f"mails/{who}/new/*"))
        if files:
            return files
        time.sleep(0.1)
    with open(narvaro.path("log/mainlog")) as said:
        sys.exit(f"FAILED: nothing came for {who}: {said.read()}")


def main():
    port = free_port()
    narvaro = Narvaro(sys.argv[1], RECIPIENTS, f'smtp = "smtp://localhost:{port}"\nca_file = "ca.pem"\n'
                      'user = "narvaro"\npassword = "env:SMTP_PASSWORD"\n')
    server = start(narvaro, port)
    try:
        narvaro.compose("2021-W46", 500)
        ran = narvaro.run("digest", "--send", "--week", "2021-W46", now=BASE)
        print(ran.stdout, ran.stderr, file=sys.stderr)
        check(ran.returncode == 1 and "nobody@example.org  refused" in ran.stdout, "one recipient is unknown there")
        for who in ("ada", "bo"):
            files = delivered(narvaro, who)
            check(len(files) == 1, f"{who} has {len(files)} messages")
            with open(files[0], "rb") as kept:
                raw = kept.read()
            sent = message("2021-W46", f"{who}@example.org", 500).replace(b"\r\n", b"\n")
            check(raw.endswith(sent), f"{who}: other bytes came")
            mail = email.message_from_bytes(raw, policy=email.policy.default)
            check(mail["Message-ID"] == message_id("2021-W46", f"{who}@example.org"), "another Message-ID")
            check("Två inlägg återstår.\n.\n.hidden\n" in mail.get_content(), "another text")
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(10)
    shutil.rmtree(narvaro.folder)
    print("Exim: the same bytes, over STARTTLS and login, into a maildir")


main()
