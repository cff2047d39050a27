#!/usr/bin/env python3
"""Opens many idle and slow connections against the real binary and shows that it stays up and small.

  tests/load/idle_connections.py [--binary build/release/bursary] [--connections 10000] [--seconds 20]

Starts its own server on loopback with a throw-away data folder, or takes --url of one that runs (then with --pid for its
memory). Four fifths of the connections are idle, one fifth drips a head byte by byte, a hundred drip a body or do not read.
Prints one line of figures; exits 1 when a health check failed or was slow, or memory grew past its bound.
Standard library only; ends by itself.
"""
import argparse
import http.client
import os
import re
import resource
import selectors
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

CHECK_BOUND_SECONDS = 0.5
KIB_PER_CONNECTION = 4  # of the server's resident memory; what the kernel holds is not counted


def raise_file_limit(wanted):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft >= wanted:
        return soft
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, max(hard, wanted)))
    except (ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(wanted, hard), hard))
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]


def resident_kib(pid):
    if not pid:
        return 0
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return int(re.search(r"VmRSS:\s+(\d+)", status.read())[1])


def start_server(binary, folder, connections):
    command = [binary, "serve", "--data", os.path.join(folder, "data"), "--listen", "127.0.0.1:0"]
    help_text = subprocess.run([binary, "serve", "--help"], capture_output=True, text=True, timeout=20, check=False).stdout
    # One machine plays ten thousand clients: the limit for one address is not what is tried here.
    if "--connections-per-address" in help_text:
        command += ["--connections-per-address", str(connections * 2)]
    if "--connections" in help_text:
        command += ["--connections", str(connections + 1000)]
    log = open(os.path.join(folder, "log"), "w", encoding="utf-8")
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        line = server.stdout.readline()
        found = re.search(r"https?://[^:\s]+:(\d+)", line or "")
        if found:
            return server, int(found[1])
        if not line and server.poll() is not None:
            break
    with open(log.name, encoding="utf-8") as text:
        sys.exit(f"the server did not start:\n{text.read()[-2000:]}")


def health(port):
    """Seconds until /healthz said 200, or None."""
    begun = time.monotonic()
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/healthz")
        status = connection.getresponse().status
        connection.close()
    except OSError:
        return None
    return time.monotonic() - begun if status == 200 else None


HEAD = b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: " + b"x" * 200
BODY = b"POST /apply HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 60000\r\n\r\n"
READ = b"GET /apply HTTP/1.1\r\nHost: localhost\r\n\r\n" * 20


class Crowd:
    """The connections, and what each of them is slow at."""

    def __init__(self, port, count):
        self.port, self.count = port, count
        self.sockets = []
        self.slow = {}  # socket -> (bytes, how many of them were sent)
        self.selector = selectors.DefaultSelector()
        self.ended_by_server = 0
        self.failed = 0

    def open_all(self):
        for number in range(self.count):
            client = socket.socket()
            client.settimeout(5)
            try:
                # Source addresses 127.0.0.1 … 127.0.7.250 share the ports and the per-address limit between them.
                client.bind((f"127.0.{number // 250 % 8}.{number % 250 + 1}", 0))
                client.connect(("127.0.0.1", self.port))
            except OSError:
                self.failed += 1
                client.close()
                continue
            client.setblocking(False)
            self.sockets.append(client)
            self.selector.register(client, selectors.EVENT_READ)
            if number % 100 == 0:
                self.slow[client] = (BODY if number % 200 else READ, 0)
            elif number % 5 == 0:
                self.slow[client] = (HEAD, 0)

    def drip(self):
        for client, (text, sent) in list(self.slow.items()):
            # A reader that does not read sends all at once; the others one byte a turn.
            part = text if text is READ else text[sent : sent + 1]
            try:
                client.send(part or b"x")
                self.slow[client] = (text, sent + len(part))
                if text is READ:
                    self.selector.unregister(client)  # never reads
                    del self.slow[client]
            except BlockingIOError:
                pass
            except OSError:
                self.forget(client)

    def listen(self, seconds):
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            for key, _ in self.selector.select(left):
                try:
                    if key.fileobj.recv(65536):
                        continue
                except BlockingIOError:
                    continue
                except OSError:
                    pass
                self.forget(key.fileobj)

    def forget(self, client):
        self.slow.pop(client, None)
        try:
            self.selector.unregister(client)
        except (KeyError, ValueError):
            pass
        client.close()
        self.ended_by_server += 1

    def close(self):
        for client in self.sockets:
            client.close()


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--binary", default="build/release/bursary")
    arguments.add_argument("--port", type=int, help="of a server that runs on 127.0.0.1")
    arguments.add_argument("--pid", type=int, help="of that server, to read its memory")
    arguments.add_argument("--connections", type=int, default=10_000)
    arguments.add_argument("--seconds", type=int, default=20)
    options = arguments.parse_args()
    # Both ends of every connection may be counted in one process's limit: the server inherits ours.
    files = raise_file_limit(options.connections + 2_000)
    count = min(options.connections, files - 200)

    folder = tempfile.mkdtemp(prefix="bursary-load-")
    server = None
    port, pid = options.port, options.pid
    if not port:
        server, port = start_server(options.binary, folder, count)
        pid = server.pid
    before, crowd, times = resident_kib(pid), Crowd(port, count), []
    try:
        begun = time.monotonic()
        crowd.open_all()
        opened = time.monotonic() - begun
        for _ in range(min(options.seconds, 300)):
            crowd.drip()
            times.append(health(port))
            crowd.listen(1)
        during = resident_kib(pid)
    finally:
        crowd.close()
    time.sleep(1)
    after_check, after = health(port), resident_kib(pid)
    if server:
        server.send_signal(signal.SIGTERM)
        ended = server.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)
    else:
        ended = 0

    good = [t for t in times if t is not None]
    bound = before + count * KIB_PER_CONNECTION
    print(f"connections {len(crowd.sockets)} of {count} in {opened:.1f} s, refused {crowd.failed}, ended by the server {crowd.ended_by_server}; "
          f"health {len(good)} of {len(times)} good, median {statistics.median(good) * 1000 if good else -1:.1f} ms, worst {max(good, default=-1) * 1000:.1f} ms; "
          f"resident KiB before {before}, during {during}, after {after} (bound {bound}); exit {ended}")
    fine = (len(good) == len(times) and max(good, default=9) <= CHECK_BOUND_SECONDS and after_check is not None and ended == 0
            and crowd.failed == 0 and (not pid or during <= bound))
    sys.exit(0 if fine else 1)


if __name__ == "__main__":
    main()
