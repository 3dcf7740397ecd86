"""A narvaro of its own with messages in its outbox, for tests with mail servers. Bytes are made up."""
import datetime
import json
import os
import socket
import sqlite3
import subprocess
import tempfile

BASE = 1637564400  # Monday 2021-11-22T07:00:00Z


def message(week, recipient, filling=0):
    """CRLF, lines that begin with dots, letters beyond ASCII, a lone final dot."""
    lines = [
        "From: Narvaro <narvaro@example.org>",
        f"To: {recipient}",
        f"Subject: {week}",
        f"Message-ID: {message_id(week, recipient)}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        "",
        "Två inlägg återstår.",
        ".",
        ".hidden",
        "..twice",
        "",
    ]
    lines += ["en rad som fyller ut brevet"] * filling + ["."]
    return ("\r\n".join(lines) + "\r\n").encode()


def message_id(week, recipient):
    return f"<{week}.1.{recipient.split('@')[0]}@example.org>"


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Narvaro:
    def __init__(self, bin_dir, recipients, digest):
        self.bin = bin_dir
        self.recipients = recipients
        self.folder = tempfile.mkdtemp(prefix="narvaro-mail-")
        to = ", ".join(f'"{r}"' for r in recipients)
        with open(self.path("narvaro.toml"), "w") as out:
            out.write(f'state = "state"\n[digest]\nto = [{to}]\nfrom = "narvaro@example.org"\n{digest}')
        ran = self.run("status")
        assert ran.returncode == 0, ran.stderr

    def path(self, name):
        return os.path.join(self.folder, name)

    def environment(self, now=BASE):
        instant = datetime.datetime.fromtimestamp(now, datetime.timezone.utc)
        return dict(os.environ, NARVARO_CONFIG=self.path("narvaro.toml"),
                    NARVARO_NOW=instant.strftime("%Y-%m-%dT%H:%M:%SZ"), SMTP_PASSWORD="hemligt lösen")

    def run(self, *arguments, now=BASE):
        return subprocess.run([f"{self.bin}/narvaro", *arguments], env=self.environment(now),
                              capture_output=True, text=True, timeout=120)

    def compose(self, week, filling=0):
        db = sqlite3.connect(self.path("state/narvaro.db"), timeout=30)
        with db:
            db.execute("INSERT INTO digest_composition VALUES (?, 1, ?, 0, '{}')", (week, BASE))
            for to in self.recipients:
                done = db.execute(
                    "INSERT INTO outbox (week, revision, recipient, language, message_id, bytes, state, queued_at,"
                    " next_attempt) VALUES (?, 1, ?, 'sv', ?, ?, 'waiting', ?, ?)",
                    (week, to, message_id(week, to), message(week, to, filling), BASE, BASE))
                db.execute("INSERT INTO outbox_event (outbox_id, at, what, detail) VALUES (?, ?, 'queued', '')",
                           (done.lastrowid, BASE))
        db.close()

    def waiting(self, week):
        """Whether something of that week may still be sent."""
        db = sqlite3.connect(self.path("state/narvaro.db"), timeout=30)
        found = db.execute("SELECT count(*) FROM outbox WHERE week = ? AND bytes IS NOT NULL", (week,)).fetchone()[0]
        db.close()
        return found > 0

    def log(self, *arguments):
        ran = self.run("digest", "--log", "--format", "json", *arguments)
        assert ran.returncode == 0, ran.stderr
        return json.loads(ran.stdout)["mails"]
