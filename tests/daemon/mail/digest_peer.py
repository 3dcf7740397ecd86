#!/usr/bin/python3
"""A real digest through a real aiosmtpd: what came is read by Python's email and compared with the archive.
Usage: digest_peer.py BIN_DIR"""
import email
import email.policy
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

from aiosmtpd.controller import Controller

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from outbox import free_port  # noqa: E402

PLAN = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../config/plan-2021.toml")


def check(truth, what):
    if not truth:
        sys.exit(f"FAILED: {what}")


class Keep:
    def __init__(self):
        self.mails = {}

    async def handle_DATA(self, server, session, envelope):
        self.mails.setdefault(envelope.rcpt_tos[0], []).append(envelope.original_content)
        return "250 kept"


class World:
    """The sandbox, and a narvaro that reads it and mails."""

    def __init__(self, bin_dir, port):
        self.bin = bin_dir
        self.folder = tempfile.mkdtemp(prefix="narvaro-digest-")
        port_file = self.path("port")
        self.sandbox = subprocess.Popen(
            [f"{bin_dir}/narvaro-sandbox", "serve", "--port", "0", "--port-file", port_file, "--clock",
             "2021-11-07T06:00:00Z"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while not (os.path.exists(port_file) and open(port_file).read().strip()):
            time.sleep(0.05)
        self.url = f"http://127.0.0.1:{open(port_file).read().strip()}"
        subprocess.run([f"{bin_dir}/narvaro-sandbox", "config", "--url", self.url, "--state", self.path("state"), "--out",
                        self.folder, "--plan", PLAN], check=True, capture_output=True)
        with open(self.path("narvaro.toml")) as old:
            text = old.read()
        text = text.replace('to = ["digital@example.org"]',
                            'to = ["ada@example.org", { address = "board@example.org", language = "en" }]\n'
                            f'smtp = "smtp://127.0.0.1:{port}"')
        with open(self.path("narvaro.toml"), "w") as out:
            out.write(text)

    def path(self, name):
        return os.path.join(self.folder, name)

    def run(self, now, *arguments):
        environment = dict(os.environ, NARVARO_CONFIG=self.path("narvaro.toml"), NARVARO_NOW=now)
        ran = subprocess.run([f"{self.bin}/narvaro", *arguments], env=environment, capture_output=True)
        check(ran.returncode == 0, f"narvaro {arguments}: {ran.stderr.decode()}")
        return ran.stdout

    def poll(self, now):
        subprocess.run([f"{self.bin}/narvaro-sandbox", "clock", "--url", self.url, now], check=True, capture_output=True)
        self.run(now, "poll")


def check_message(raw, to, language, former):
    message = email.message_from_bytes(raw, policy=email.policy.default)
    check(not message.defects, f"defects: {message.defects}")
    check(re.fullmatch(r"<2021-W46\.1\.[0-9a-f]{16}@example\.org>", message["Message-ID"]), message["Message-ID"])
    check(message["To"] == to and message["From"] == "narvaro <narvaro@example.org>", "who to whom")
    check(message["References"] == former, f"references {message['References']}, not {former}")
    check(message["Auto-Submitted"] == "auto-generated", "auto-submitted")
    check("narvaro.example.org" in message["List-Id"] and "mailto:" in message["List-Unsubscribe"], "list headers")
    check(message["Content-Language"] == language, "language")
    word = "Vecka 46" if language == "sv" else "Week 46"
    check(message["Subject"].startswith(word), message["Subject"])
    kinds = [part.get_content_type() for part in message.walk()]
    check(kinds[:5] == ["multipart/mixed", "multipart/alternative", "text/plain", "multipart/related", "text/html"], kinds)
    check(kinds[-1] == "text/csv" and "image/png" in kinds, kinds)
    parts = {part.get_content_type(): part for part in message.walk()}
    text, html = parts["text/plain"].get_content(), parts["text/html"].get_content()
    check(parts["text/plain"].get_content_charset() == "utf-8", "charset")
    check(word in text and word in html and "Vallentuna" not in message["Subject"], "the texts")
    check(len(html.encode()) < 60_000 and len(raw) < 250_000, "size")
    for part in message.walk():
        check(not part.defects, part.defects)
        if part.get_content_type() == "image/png":
            check(part.get_content().startswith(b"\x89PNG"), "a picture")
            check(f'cid:{part["Content-ID"].strip("<>")}' in html, "a picture that is not shown")
    csv = parts["text/csv"]
    check(csv.get_filename() == "narvaro-2021-W46.csv" and "web-posts" in csv.get_content(), "the CSV")
    return message["Message-ID"]


keep = Keep()
port = free_port()
server = Controller(keep, hostname="127.0.0.1", port=port)
server.start()
world = World(sys.argv[1], port)
try:
    for day in ("2021-11-07T06:00:00Z", "2021-11-15T05:00:00Z"):
        world.poll(day)
    world.run("2021-11-15T06:00:00Z", "import", world.path("records-2021.csv"))
    world.run("2021-11-15T06:00:30Z", "digest", "--send", "--week", "2021-W45")
    world.poll("2021-11-22T05:00:00Z")
    preview = {language: world.run("2021-11-22T06:00:30Z", "digest", "--week", "2021-W46", "--format", "eml", "--language",
                                   language) for language in ("sv", "en")}
    world.run("2021-11-22T06:00:30Z", "digest", "--send", "--week", "2021-W46")
    world.run("2021-11-22T06:05:00Z", "digest", "--send", "--week", "2021-W46")
    for to, language in (("ada@example.org", "sv"), ("board@example.org", "en")):
        check(len(keep.mails[to]) == 2, f"{to} has {len(keep.mails[to])} mails of two weeks")
        before = email.message_from_bytes(keep.mails[to][0], policy=email.policy.default)
        check(before["References"] is None, "the first mail continues nothing")
        raw = keep.mails[to][1]
        check_message(raw, to, language, before["Message-ID"])
        check(raw == preview[language], "the preview is what is mailed")
        name = "2021-W46.eml" if language == "sv" else "2021-W46.en.eml"
        with open(os.path.join(world.folder, "state/digests", name), "rb") as archived:
            check(raw == archived.read(), "the archive is what is mailed")
        again = world.run("2021-12-24T06:00:00Z", "digest", "--week", "2021-W46", "--format", "eml", "--language", language)
        check(raw == again, "the same again")
    # Somebody joins, and gets the week as it was composed; then it is composed anew, for all.
    with open(world.path("narvaro.toml")) as old:
        text = old.read().replace('["ada@example.org",', '["ada@example.org", "cy@example.org",')
    with open(world.path("narvaro.toml"), "w") as out:
        out.write(text)
    world.run("2021-11-22T07:00:00Z", "digest", "--send", "--week", "2021-W46")
    check(len(keep.mails["cy@example.org"]) == 1 and len(keep.mails["ada@example.org"]) == 2, "only who joined gets it")
    world.run("2021-11-22T08:00:00Z", "record", "v-aktuellt", "--at", "2021-11-20")
    world.run("2021-11-22T09:00:00Z", "digest", "--send", "--anew", "--week", "2021-W46")
    first, second = (email.message_from_bytes(raw, policy=email.policy.default) for raw in keep.mails["ada@example.org"][1:])
    check(second["Message-ID"].startswith("<2021-W46.2.") and second["References"] == first["Message-ID"], "a new revision")
    check([len(mails) for mails in keep.mails.values()] == [3, 3, 2], f"a new revision for all: {keep.mails.keys()}")
    csv = world.run("2021-11-22T09:00:00Z", "digest", "--log", "--format", "csv").decode().splitlines()
    check(csv[0].startswith("week,revision,recipient") and any(",2,cy@example.org," in line for line in csv), csv)
    table = world.run("2021-11-22T09:00:00Z", "digest", "--log", "--week", "2021-W46").decode()
    check("board@example.org" in table and "sent" in table, table)
finally:
    world.sandbox.kill()
    server.stop()
shutil.rmtree(world.folder)
print("the digest came as it was previewed and archived")
