# SPDX-License-Identifier: MIT
"""Every limit is told in the caller's shape, costs bounded memory, and disturbs nobody else."""
import json
import socket
import time

from case import EndToEndCase, ask, chat, run
from programs import wait_until
from queue_test import body_for, message_of
from raw_http import Wire

PATHS = ("/api/chat", "/v1/chat/completions", "/v1/messages")
MEGABYTE = 1 << 20


class Limits(EndToEndCase):
    def before(self, config="", *arguments):
        self.ollama = self.fake()
        self.front = self.drover(self.ollama, arguments=["--concurrency", "4", *arguments], config=config)


class Bodies(Limits):
    def test_a_body_of_120_megabytes_is_refused_by_its_length_alone(self):
        self.before()
        for path in PATHS:
            with self.subTest(path):
                wire = self.wire(self.front)
                wire.send(b"POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 120000000\r\n\r\n{" % path.encode())
                answer = wire.answer()
                self.assertEqual(answer.status, 413)
                self.assertTrue(message_of(path, answer))
        self.assertLess(self.front.memory_peak_bytes(), 60 * MEGABYTE)

    def test_a_client_that_sends_it_all_before_it_reads_still_gets_the_answer(self):
        self.before("[proxy]\nbody_bytes_max = \"1 MB\"\n")
        for how in ("length", "chunked"):
            with self.subTest(how):
                wire = self.wire(self.front)
                head = b"Content-Length: 100000000" if how == "length" else b"Transfer-Encoding: chunked"
                wire.send(b"POST /api/chat HTTP/1.1\r\nHost: localhost\r\n%s\r\n\r\n" % head)
                block = b"a" * MEGABYTE
                try:
                    for _ in range(95):
                        wire.send(b"%x\r\n%s\r\n" % (len(block), block) if how == "chunked" else block)
                except (ConnectionError, TimeoutError):
                    pass  # it need not listen to the end
                try:
                    self.assertEqual(wire.answer().status, 413)
                except EOFError:
                    self.fail("the connection was reset before the answer could be read")
        self.assertLess(self.front.memory_peak_bytes(), 60 * MEGABYTE)
        self.assertEqual(ask(self.front, body=chat(stream=False)).status, 200)

    def test_an_image_of_64_megabytes_is_taken(self):
        self.before()
        image = b"A" * (86 * 1000 * 1000)
        body = b'{"model":"tiny","stream":false,"prompt":"x","images":["' + image + b'"]}'
        answer = ask(self.front, "/api/generate", body, patience=60)
        self.assertEqual(answer.status, 200)
        print(f"peak memory {self.front.memory_peak_bytes() / MEGABYTE:.0f} MB for a body of {len(body) / MEGABYTE:.0f} MB")
        self.assertLess(self.front.memory_peak_bytes(), 2.5 * len(body))

    def test_bodies_that_are_no_request_are_refused_in_each_dialect(self):
        self.before()
        for path in PATHS:
            for name, body in (("empty", b""), ("not JSON", b"{model:"), ("cut", b'{"model":"tiny","messages":['),
                               ("no object", b'["tiny"]'), ("no model", b'{"messages":[]}'), ("model is a number", b'{"model":7}'),
                               ("model is empty", b'{"model":""}'), ("bytes", b"\xff\xfe\x00"),
                               ("deep", b'{"model":"tiny","a":' + b"[" * 200000)):
                with self.subTest(path, body=name):
                    answer = ask(self.front, path, body)
                    self.assertIn(answer.status, (400, 404) if name.startswith("model is empty") else (400,))
                    self.assertTrue(message_of(path, answer))
        self.assertEqual(self.ollama.stats()["requests"], 0)
        self.assertEqual(self.front.status()["queue"]["running"], 0)

    def test_an_unknown_model_is_a_quick_404_in_each_dialect(self):
        self.before()
        for path in PATHS:
            with self.subTest(path):
                began = time.monotonic()
                answer = ask(self.front, path, body_for(path, model="nope"))
                self.assertEqual(answer.status, 404)
                self.assertIn("nope", message_of(path, answer))
                self.assertLess(time.monotonic() - began, 2)


class Heads(Limits):
    def test_a_flood_of_headers_is_refused(self):
        self.before()
        for name, lines in (("one long line", b"X-Long: " + b"a" * 200000 + b"\r\n"), ("many lines", b"X-A: b\r\n" * 20000)):
            with self.subTest(name):
                wire = self.wire(self.front)
                try:
                    wire.send(b"GET / HTTP/1.1\r\nHost: localhost\r\n" + lines + b"\r\n")
                except ConnectionError:
                    pass
                try:
                    self.assertEqual(wire.answer().status, 431)
                except EOFError:
                    self.fail("the connection was reset before the answer could be read")
        self.assertLess(self.front.memory_peak_bytes(), 60 * MEGABYTE)

    def test_a_long_target_is_refused(self):
        self.before()
        wire = self.wire(self.front)
        wire.send(b"GET /" + b"a" * 100000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n")
        self.assertIn(wire.answer().status, (414, 431))

    def drip(self, start, byte, seconds):
        """Sends a byte each 0.1 s until the other side answers or closes: the seconds it took, and the answer."""
        wire = self.wire(self.front)
        wire.send(start)
        began = time.monotonic()
        wire.socket.settimeout(0.1)
        while time.monotonic() - began < seconds:
            try:
                wire.send(byte)
                if not wire.more() or b"\r\n\r\n" in wire.buffer:
                    break
            except TimeoutError:
                continue
            except ConnectionError:
                break
        took = time.monotonic() - began
        wire.socket.settimeout(5)
        try:
            return took, wire.answer()
        except (EOFError, TimeoutError):
            return took, None

    def test_slow_heads_and_bodies_are_cut_off(self):
        self.before('[proxy]\nheader_time_max = "1s"\nbody_time_max = "1s"\n')
        for name, start in (("head", b"GET / HTTP/1.1\r\nX-Slow: "),
                            ("body", b"POST /api/chat HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10000\r\n\r\n{")):
            with self.subTest(name):
                took, answer = self.drip(start, b"a", 10)
                self.assertLess(took, 5)
                if answer is not None:
                    self.assertIn(answer.status, (400, 408))

    def test_many_slow_clients_disturb_nobody(self):
        self.before()
        wires = [self.wire(self.front) for _ in range(300)]
        for wire in wires:
            wire.send(b"POST /api/chat HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10000\r\n")
        began = time.monotonic()
        self.assertEqual(ask(self.front, body=chat(stream=False)).status, 200)
        self.assertLess(time.monotonic() - began, 2)

    def test_an_idle_connection_is_closed(self):
        self.before('[proxy]\nidle_time_max = "1s"\n')
        wire = self.wire(self.front)
        wire.request("GET", "/api/version")
        self.assertEqual(wire.answer().status, 200)
        self.assertTrue(wire.is_closed(8))


class Readers(Limits):
    def stalled(self, **body):
        wire = Wire(self.front.port, receive_buffer=16384)
        self.addCleanup(wire.close)
        wire.request("POST", "/api/chat", json.dumps(chat("big", "[fake tag=stalled]", **body)).encode(), [("X-User-ID", "sleeper")])
        wire.socket.recv(1000, socket.MSG_PEEK)
        return wire

    def standing_still(self):
        """Bytes the backend has written to the stalled reader, once they no longer grow."""
        last = [-1]

        def still():
            size = self.ollama.entry("stalled")["bytes"]
            same, last[0] = size == last[0], size
            time.sleep(0.3)
            return same and size
        return wait_until(still, "the backend is held back")

    def test_a_reader_that_stops_holds_its_backend_back_and_nobody_else(self):
        self.before()
        memory = self.front.memory_bytes()
        self.stalled()
        written = self.standing_still()
        print(f"the backend was held back after {written / MEGABYTE:.1f} MB; "
              f"memory grew by {(self.front.memory_peak_bytes() - memory) / MEGABYTE:.1f} MB")
        self.assertLess(written, 30 * MEGABYTE)
        self.assertLess(self.front.memory_peak_bytes() - memory, 10 * MEGABYTE)
        for _ in range(20):
            began = time.monotonic()
            answer = ask(self.front, body=chat("tiny", "[fake pieces=20]"))
            self.assertIn(b'"done":true', answer.body)
            self.assertLess(time.monotonic() - began, 1)

    def test_a_reader_that_never_returns_is_given_up_and_its_slot_freed(self):
        self.before('[proxy]\nwrite_time_max = "1s"\n')
        self.stalled()
        wait_until(lambda: self.ollama.entry("stalled")["outcome"] == "left", "the generation is cancelled")
        self.front.wait_for(lambda s: s["queue"]["running"] == 0, "the slot is free")

    def test_a_big_answer_passes_whole(self):
        self.before()
        for streamed in (True, False):
            answer = ask(self.front, body=chat("big", stream=streamed), patience=60)
            self.assertTrue(answer.whole)
            self.assertGreaterEqual(len(answer.body), 100 * MEGABYTE)
        self.assertLess(self.front.memory_peak_bytes(), 80 * MEGABYTE)


if __name__ == "__main__":
    run()
