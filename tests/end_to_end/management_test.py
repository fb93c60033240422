# SPDX-License-Identifier: MIT
"""Model management from this machine, as raw calls and by the stock `ollama` command where OLLAMA_BIN names one."""
import hashlib
import json
import os
import socket
import subprocess
import unittest

from case import EndToEndCase, ask, chat, run
from programs import get_json
from raw_http import call

OLLAMA = os.environ.get("OLLAMA_BIN", "")


class Management(EndToEndCase):
    def setUp(self):
        self.ollama = self.fake()
        self.front = self.drover(self.ollama)

    def names(self):
        return [model["name"] for model in call(self.front.port, "GET", "/api/tags").json()["models"]]

    def test_a_pull_shows_its_progress_as_it_comes(self):
        wire = self.wire(self.front)
        wire.request("POST", "/api/pull", b'{"model":"fresh"}', [("Connection", "close")])
        answer = wire.answer()
        lines = [json.loads(line) for line in answer.body.splitlines()]
        self.assertEqual((lines[0]["status"], lines[-1]["status"]), ("pulling manifest", "success"))
        self.assertGreater(len(answer.arrivals), 2)
        self.assertEqual(call(self.front.port, "POST", "/api/show", {"model": "fresh"}).status, 200)
        self.assertEqual(ask(self.front, body=chat("fresh", stream=False)).status, 200, "it is used at once")
        self.front.wait_for(lambda s: any(m["name"] == "fresh:latest" for m in s["backends"][0]["models"]), "the new model is known", 60)

    def test_failures_pass_unaltered(self):
        for body in ({"model": "nowhere"}, {"model": "nowhere", "stream": False}):
            direct, through = call(self.ollama.port, "POST", "/api/pull", body), call(self.front.port, "POST", "/api/pull", body)
            self.assertEqual((through.status, through.body), (direct.status, direct.body))
        for method, path, body in (("DELETE", "/api/delete", {"model": "nope"}), ("POST", "/api/copy", {"source": "nope", "destination": "x"})):
            direct, through = call(self.ollama.port, method, path, body), call(self.front.port, method, path, body)
            self.assertEqual((through.status, through.body), (direct.status, direct.body))

    def test_copy_create_push_and_delete(self):
        self.assertEqual(call(self.front.port, "POST", "/api/copy", {"source": "tiny", "destination": "copied"}).status, 200)
        self.assertEqual(call(self.front.port, "POST", "/api/create", {"model": "made", "from": "tiny"}).status, 200)
        self.assertEqual(call(self.front.port, "POST", "/api/push", {"model": "tiny"}).status, 200)
        direct = [model["name"] for model in get_json(f"{self.ollama.url}/api/tags")["models"]]
        self.assertIn("copied:latest", direct)
        self.assertIn("made:latest", direct)
        self.assertEqual(call(self.front.port, "DELETE", "/api/delete", {"model": "copied"}).status, 200)
        self.assertNotIn("copied:latest", [model["name"] for model in get_json(f"{self.ollama.url}/api/tags")["models"]])

    def test_a_blob_of_200_megabytes_passes_without_being_kept(self):
        block = bytes(range(256)) * 4096
        digest = hashlib.sha256()
        for _ in range(200):
            digest.update(block)
        path = f"/api/blobs/sha256:{digest.hexdigest()}"
        self.assertEqual(call(self.front.port, "HEAD", path).status, 404)
        wire = self.wire(self.front, patience=60)
        wire.send(b"POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n" % (path.encode(), 200 * len(block)))
        for _ in range(200):
            wire.send(block)
        self.assertEqual(wire.answer().status, 201)
        self.assertEqual(call(self.front.port, "HEAD", path).status, 200)
        print(f"peak memory {self.front.memory_peak_bytes() >> 20} MB")
        self.assertLess(self.front.memory_peak_bytes(), 60 << 20)

    def test_it_can_be_switched_off(self):
        front = self.drover(self.ollama, config="[proxy]\nmanage_from_loopback = false\n")
        for method, path, body in (("POST", "/api/pull", {"model": "x"}), ("DELETE", "/api/delete", {"model": "tiny"})):
            answer = call(front.port, method, path, body)
            self.assertEqual(answer.status, 403)
            self.assertTrue(answer.json()["error"])
        self.assertIn("tiny:latest", self.names())

    def test_other_machines_may_not(self):
        address = own_address()
        if address is None:
            self.skipTest("this machine has no address but loopback")
        front = self.drover(self.ollama, arguments=["--host", "0.0.0.0"])
        with socket.create_connection((address, front.port), 10) as connection:
            connection.sendall(b"DELETE /api/delete HTTP/1.1\r\nHost: %s\r\nConnection: close\r\nContent-Length: 16\r\n\r\n{\"model\":\"tiny\"}" % address.encode())
            self.assertRegex(connection.recv(4096), rb"^HTTP/1.1 40[13]")
        self.assertIn("tiny:latest", self.names())


def own_address():
    """An address of this machine that is not loopback; nothing when it has none. Sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        address = probe.getsockname()[0]
        return None if address.startswith("127.") else address


@unittest.skipUnless(os.path.exists(OLLAMA), "skipped: OLLAMA_BIN names no ollama")
class StockCommand(EndToEndCase):
    def test_it_lists_shows_runs_pulls_copies_and_deletes(self):
        front = self.drover(self.fake())
        environment = {**front.environment, "OLLAMA_HOST": f"127.0.0.1:{front.port}"}

        def ollama(*arguments):
            done = subprocess.run([OLLAMA, *arguments], capture_output=True, text=True, timeout=60, check=False, env=environment)
            self.assertEqual(done.returncode, 0, done.stderr)
            return done.stdout + done.stderr
        self.assertIn("tiny:latest", ollama("list"))
        self.assertIn("word0", ollama("run", "tiny", "hello"))
        ollama("show", "tiny")
        ollama("pull", "fresh")
        ollama("cp", "fresh", "second")
        ollama("rm", "fresh")
        listed = ollama("list")
        self.assertIn("second:latest", listed)
        self.assertNotIn("fresh:latest", listed)


if __name__ == "__main__":
    run()
