#!/usr/bin/python3
"""Kills whoever sends at 200 random moments, against a server that drops connections, and compares what the server
took with what narvaro says of it. Usage: kill.py BIN_DIR [SEED]"""
import collections
import os
import random
import shutil
import signal
import socketserver
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from outbox import BASE, Narvaro, message  # noqa: E402

KILLS = 200
RECIPIENTS = [f"r{i}@example.org" for i in range(6)]
taken = collections.defaultdict(list)  # (subject, recipient) -> the bytes of each message that was taken
misdeeds = collections.Counter()
chance = random.Random()
connected = threading.Event()
well_behaved = False


class Server(socketserver.StreamRequestHandler):
    def say(self, text):
        self.wfile.write(text.encode() + b"\r\n")

    def handle(self):
        connected.set()
        try:
            self.talk()
        except OSError:
            pass  # the other side was killed

    def talk(self):
        self.say("220 test.example ESMTP")
        recipient = ""
        while line := self.rfile.readline():
            verb = line.split(b" ")[0].strip().upper()
            if verb == b"EHLO":
                self.say("250-test.example\r\n250 8BITMIME")
            elif verb == b"RCPT":
                recipient = line.split(b"<")[1].split(b">")[0].decode()
                self.say("250 ok")
            elif verb == b"DATA":
                self.say("354 go on")
                if not self.take(recipient):
                    return
            elif verb == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def take(self, recipient):
        deed = "well" if well_behaved else chance.choices(
            ["well", "dropped within DATA", "dropped before taking it", "taken, answer dropped", "answered late"],
            [60, 10, 5, 10, 15])[0]
        data = b""
        while True:
            line = self.rfile.readline()
            if not line:
                return False
            if deed == "dropped within DATA":
                misdeeds[deed] += 1
                return False
            if line == b".\r\n":
                break
            data += line[1:] if line.startswith(b".") else line
        if deed == "dropped before taking it":
            misdeeds[deed] += 1
            return False
        if deed == "answered late":
            time.sleep(chance.random() * 0.03)
        subject = data.split(b"Subject: ")[1].split(b"\r\n")[0].decode()
        taken[subject, recipient].append(data)
        if deed == "taken, answer dropped":
            misdeeds[deed] += 1
            return False
        if deed == "answered late":
            time.sleep(chance.random() * 0.03)
        self.say("250 taken")
        return True


class Threads(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


def main():
    global well_behaved
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(10**9)
    print(f"seed {seed}", flush=True)
    chance.seed(seed)
    server = Threads(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    narvaro = Narvaro(sys.argv[1], RECIPIENTS, f'smtp = "smtp://127.0.0.1:{server.server_address[1]}"\n')
    weeks, kills, rounds, began = [], 0, 0, time.monotonic()
    while kills < KILLS:
        if not weeks or not narvaro.waiting(weeks[-1]):
            weeks.append(f"20{20 + len(weeks) // 50:02}-W{len(weeks) % 50 + 1:02}")
            narvaro.compose(weeks[-1], filling=chance.choice([0, 0, 3000]))
        rounds += 1
        # Each round the clock is far enough on for what was put off. Sometimes both send at once.
        env = narvaro.environment(BASE + rounds * 5 * 3600)
        service = [f"{narvaro.bin}/narvarod"]
        by_hand = [f"{narvaro.bin}/narvaro", "digest", "--send", "--week", weeks[-1]]
        connected.clear()
        programs = [subprocess.Popen(p, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                    for p in chance.choice([[by_hand], [service]] + [[service, by_hand]] * 4)]
        # Most kills come while messages are on their way, the others anywhere.
        if chance.random() < 0.8:
            for _ in range(100):
                if connected.wait(0.02) or all(p.poll() is not None for p in programs):
                    break
        time.sleep(chance.random() * 0.15)
        for program in programs:
            if program.poll() is None:
                program.send_signal(signal.SIGKILL)
                kills += 1
            program.wait()
    well_behaved = True
    for week in weeks:
        for _ in range(5):
            if not narvaro.waiting(week):
                break
            narvaro.run("digest", "--send", "--week", week, now=BASE + rounds * 5 * 3600)
    print(f"{kills} kills in {rounds} rounds, {time.monotonic() - began:.0f} s; the server: {dict(misdeeds)}")
    mistakes = check(narvaro, weeks)
    server.shutdown()
    if mistakes:
        print("\n".join(mistakes), f"\nkept: {narvaro.folder}; seed {seed}", file=sys.stderr)
        return 1
    shutil.rmtree(narvaro.folder)
    return 0


def check(narvaro, weeks):
    mistakes, tally = [], collections.Counter()
    log = {(m["week"], m["recipient"]): m for m in narvaro.log()}
    for week in weeks:
        for recipient in RECIPIENTS:
            mail, copies = log[week, recipient], taken[week, recipient]
            what = f"{week} {recipient}: {len(copies)} taken, {mail['state']}, {mail['answers_lost']} answers lost"
            tally[f"{mail['state']}, taken {len(copies)} times, {mail['answers_lost']} answers lost"] += 1
            said = [e["said"] for e in mail["events"] if e["what"] in ("answer lost", "unconfirmed")]
            if any(c not in (message(week, recipient), message(week, recipient, 3000)) for c in copies):
                mistakes.append(f"{what}: other bytes")
            if len(set(copies)) > 1 or len(copies) > 2:
                mistakes.append(f"{what}: more than one duplicate, or another message")
            if len(copies) == 2 and not mail["answers_lost"]:
                mistakes.append(f"{what}: twice without a word")
            if mail["state"] == "sent" and not copies:
                mistakes.append(f"{what}: never came")
            if mail["state"] not in ("sent", "unconfirmed"):
                mistakes.append(f"{what}: left behind")
            if len(said) != mail["answers_lost"] or any("answer was lost" not in s for s in said):
                mistakes.append(f"{what}: the log says {said}")
    for kind, count in sorted(tally.items()):
        print(f"  {count:4} {kind}")
    return mistakes


if __name__ == "__main__":
    sys.exit(main())
