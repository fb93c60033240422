# SPDX-License-Identifier: MIT
"""A TCP relay that mistreats its connections at random: cuts them, holds them up, changes bytes. Seeded, so that a run can
be repeated as far as threads allow."""
import random
import socket
import struct
import threading
import time


class ChaosRelay:
    """Carries `port` to `target` until `stop`. `done` counts what was done to connections."""

    def __init__(self, target, seed, mean_seconds=2.0, stall_seconds=3.0):
        self.target = target
        self.random = random.Random(seed)
        self.mean_seconds = mean_seconds
        self.stall_seconds = stall_seconds
        self.done = {"cut": 0, "stalled": 0, "corrupted": 0}
        self.calm = threading.Event()  # set: everything is carried as it is
        self.over = False
        self.lock = threading.Lock()
        self.pairs = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.listen, daemon=True).start()
        threading.Thread(target=self.mistreat, daemon=True).start()

    def listen(self):
        while not self.over:
            try:
                client, _ = self.listener.accept()
                server = socket.create_connection(("127.0.0.1", self.target))
            except OSError:
                continue
            pair = Pair(client, server)
            with self.lock:
                self.pairs.append(pair)
            for source, sink in ((client, server), (server, client)):
                threading.Thread(target=pair.carry, args=(source, sink), daemon=True).start()

    def mistreat(self):
        while not self.over:
            time.sleep(self.random.expovariate(1 / self.mean_seconds))
            with self.lock:
                self.pairs = [pair for pair in self.pairs if not pair.ended.is_set()]
                pairs = list(self.pairs)
            if not pairs or self.calm.is_set():
                continue
            pair = self.random.choice(pairs)
            what = self.random.choice(list(self.done))
            self.done[what] += 1
            if what == "cut":
                pair.cut(hard=self.random.random() < 0.5)
            elif what == "stalled":
                pair.stalled_until = time.monotonic() + self.random.uniform(0.2, self.stall_seconds)
            else:  # what TCP and TLS would notice, sooner or later
                pair.to_corrupt = self.random.randrange(1, 5)
                threading.Timer(self.random.uniform(0, 1), pair.cut, kwargs={"hard": True}).start()

    def stop(self):
        self.over = True
        self.listener.close()
        for pair in self.pairs:
            pair.cut(hard=True)


class Pair:
    def __init__(self, client, server):
        self.sockets = (client, server)
        self.ended = threading.Event()
        self.stalled_until = 0.0
        self.to_corrupt = 0

    def carry(self, source, sink):
        try:
            while part := source.recv(65536):
                while (left := self.stalled_until - time.monotonic()) > 0:
                    time.sleep(min(left, 0.1))
                if self.to_corrupt:
                    damaged = bytearray(part)
                    for _ in range(self.to_corrupt):
                        damaged[random.randrange(len(damaged))] ^= 1 << random.randrange(8)
                    self.to_corrupt = 0
                    part = bytes(damaged)
                sink.sendall(part)
        except OSError:
            pass
        self.cut(hard=False)

    def cut(self, hard):
        self.ended.set()
        for each in self.sockets:
            try:
                if hard:
                    each.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            each.close()
