# SPDX-License-Identifier: MIT
"""HTTP itself: what passes must pass byte for byte, what is malformed must not pass at all."""
import json

from case import EndToEndCase, ask, chat, run
from raw_http import Wire, call

ODD_BODY = b'{ "model" : "echo",\r\n\t"messages":[], "n":1.0e+10, "x":"\\u00e9\xc3\xa9\\/", "stream" :false }\n\n'
STREAMS = {
    "/api/chat": chat("tiny", "[fake pieces=7]"),
    "/api/generate": {"model": "tiny", "prompt": "[fake pieces=7]"},
    "/v1/chat/completions": chat("tiny", "[fake pieces=7]", stream=True, stream_options={"include_usage": True}),
    "/v1/completions": {"model": "tiny", "prompt": "[fake pieces=7]", "stream": True},
    "/v1/responses": {"model": "tiny", "input": "[fake pieces=7]", "stream": True},
    "/v1/messages": chat("tiny", "[fake pieces=7]", stream=True, max_tokens=9),
}
WHOLE = {
    **{path: {**body, "stream": False} for path, body in STREAMS.items()},
    "/api/embed": {"model": "tiny-embed", "input": ["a", "b"]},
    "/api/embeddings": {"model": "tiny-embed", "prompt": "a"},
    "/v1/embeddings": {"model": "tiny-embed", "input": "a"},
}


class Http(EndToEndCase):
    def setUp(self):
        self.ollama = self.fake()
        self.front = self.drover(self.ollama, arguments=["--concurrency", "8"])

    def echoed(self, answer):
        """The request that reached the backend: its head's lines and its body."""
        head, _, body = answer.body.partition(b"\r\n\r\n")
        return head.decode("latin-1").split("\r\n"), body


class Passing(Http):
    def test_every_answer_is_the_backends_byte_for_byte(self):
        for kind, bodies in (("streamed", STREAMS), ("whole", WHOLE)):
            for path, body in bodies.items():
                with self.subTest(path, kind=kind):
                    direct, through = ask(self.ollama, path, body), ask(self.front, path, body)
                    self.assertEqual(through.body, direct.body)
                    self.assertEqual(through.status, direct.status)
                    self.assertEqual(through.get("Content-Type"), direct.get("Content-Type"))
                    self.assertTrue(through.whole)

    def test_errors_of_the_backend_pass_unaltered(self):
        for model in ("error400", "error500", "error503"):
            for path in STREAMS:
                with self.subTest(path, model=model):
                    body = {**STREAMS[path], "model": model}
                    direct, through = ask(self.ollama, path, body), ask(self.front, path, body)
                    self.assertEqual((through.status, through.body), (direct.status, direct.body))

    def test_what_is_not_queued_passes_too(self):
        for method, path in (("GET", "/api/version"), ("GET", "/"), ("HEAD", "/")):
            with self.subTest(path, method=method):
                direct, through = call(self.ollama.port, method, path), call(self.front.port, method, path)
                self.assertEqual((through.status, through.body), (direct.status, direct.body))
        names = {model["name"] for model in call(self.front.port, "GET", "/api/tags").json()["models"]}
        self.assertIn("tiny:latest", names)
        self.assertEqual(len(call(self.front.port, "GET", "/v1/models").json()["data"]), len(names))
        self.assertEqual(call(self.front.port, "GET", "/v1/models/tiny:latest").json()["id"], "tiny:latest")
        self.assertEqual(call(self.front.port, "POST", "/api/show", {"model": "tiny"}).json()["modelfile"], "FROM tiny")
        self.assertEqual(call(self.front.port, "GET", "/api/ps").status, 200)

    def test_a_request_passes_with_its_odd_headers_and_body(self):
        answer = ask(self.front, "/api/chat?x=1&y=%20", ODD_BODY, (
            ("X-WeIrD", "a  b\xe4"), ("x-twice", "1"), ("X-Twice", "2"), ("X-Empty", ""), ("aUthorization", "Bearer abc"),
            ("x-api-key", "k"), ("Accept-Encoding", "identity"), ("Content-Type", "application/json; charset=utf-8")))
        self.assertEqual(answer.status, 200)
        lines, body = self.echoed(answer)
        self.assertEqual(body, ODD_BODY)
        self.assertEqual(lines[0], "POST /api/chat?x=1&y=%20 HTTP/1.1")
        for line in ("X-WeIrD: a  b\xe4", "x-twice: 1", "X-Twice: 2", "aUthorization: Bearer abc", "x-api-key: k",
                     "Content-Type: application/json; charset=utf-8", f"Content-Length: {len(ODD_BODY)}"):
            self.assertIn(line, lines)
        self.assertIn("X-Empty:", [line.strip() for line in lines])
        self.assertLess(lines.index("x-twice: 1"), lines.index("X-Twice: 2"))

    def test_hop_by_hop_headers_and_the_origin_stay_behind(self):
        answer = ask(self.front, "/api/chat", ODD_BODY, (
            ("Connection", "close, X-Secret-Hop"), ("X-Secret-Hop", "1"), ("Keep-Alive", "timeout=9"), ("TE", "trailers"),
            ("Proxy-Connection", "x"), ("Upgrade", "h2c"), ("Origin", "http://localhost:3000"), ("Referer", "http://localhost:3000/a")))
        lines = [line.lower() for line in self.echoed(answer)[0]]
        for name in ("x-secret-hop", "keep-alive", "te", "proxy-connection", "upgrade", "origin"):
            self.assertFalse([line for line in lines if line.startswith(name + ":")], lines)
        self.assertIn(f"host: 127.0.0.1:{self.ollama.port}", lines)

    def test_an_answer_passes_with_its_odd_headers(self):
        answer = ask(self.front, "/api/chat", ODD_BODY)
        self.assertIn(("X-Odd", "one"), answer.fields)
        self.assertIn(("x-odd", "two"), answer.fields)
        self.assertEqual(answer.all("set-cookie"), ["a=1", "b=2"])
        self.assertEqual(answer.get("X-Empty"), "")
        self.assertEqual(answer.all("Date"), ["Sat, 21 Nov 2026 08:19:17 GMT"])
        self.assertIsNone(answer.get("X-Hop"))
        self.assertEqual(len(answer.all("content-length")), 1)


class Connections(Http):
    def test_http_1_0_gets_plain_bodies_and_a_closed_connection(self):
        body = json.dumps(STREAMS["/api/chat"]).encode()
        direct = ask(self.ollama, "/api/chat", STREAMS["/api/chat"])
        wire = self.wire(self.front)
        wire.send(b"POST /api/chat HTTP/1.0\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
        answer = wire.answer()
        self.assertIsNone(answer.get("Transfer-Encoding"))
        self.assertEqual(answer.body, direct.body)
        self.assertTrue(wire.is_closed())

    def test_http_1_0_keeps_alive_when_asked(self):
        wire = self.wire(self.front)
        for _ in range(3):
            wire.send(b"GET /api/version HTTP/1.0\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n")
            answer = wire.answer()
            self.assertEqual((answer.status, answer.get("Connection").lower()), (200, "keep-alive"))

    def test_a_connection_serves_many_requests(self):
        wire = self.wire(self.front)
        for path, body in WHOLE.items():
            wire.request("POST", path, json.dumps(body).encode())
            self.assertEqual(wire.answer().status, 200, path)
        for path, body in STREAMS.items():
            wire.request("POST", path, json.dumps(body).encode())
            self.assertTrue(wire.answer().whole, path)
        wire.request("GET", "/api/version", fields=[("Connection", "close")])
        self.assertEqual(wire.answer().get("Connection").lower(), "close")
        self.assertTrue(wire.is_closed())

    def test_pipelined_requests_are_answered_in_order(self):
        wire = self.wire(self.front)
        sent = b""
        for number in range(1, 21):
            body = json.dumps(chat("tiny", f"[fake pieces={number} delay=0.001]", stream=number % 2 == 0)).encode()
            sent += b"POST /api/chat HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)
        wire.send(sent)
        for number in range(1, 21):
            last = wire.answer().body.rstrip().split(b"\n")[-1]
            self.assertEqual(json.loads(last)["eval_count"], number)

    def test_a_chunked_upload_arrives_whole(self):
        body = json.dumps({**chat("echo"), "filler": "x" * 5000}).encode()
        for size in (1, 7, 1000, 100000):
            with self.subTest(size):
                wire = self.wire(self.front)
                wire.send(b"POST /api/chat HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: Chunked\r\n\r\n")
                framed = b"".join(b"%X;name=\"v\"\r\n%s\r\n" % (len(body[at:at + size]), body[at:at + size])
                                  for at in range(0, len(body), size))
                wire.send(framed + b"0\r\nX-Trailer: 1\r\n\r\n")
                self.assertEqual(self.echoed(wire.answer())[1], body)
                wire.request("GET", "/api/version")
                self.assertEqual(wire.answer().status, 200)

    def test_a_body_that_waits_for_100_continue_is_asked_for(self):
        wire = self.wire(self.front)
        wire.send(b"POST /api/chat HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: %d\r\n\r\n" % len(ODD_BODY))
        self.assertEqual(wire.head().status, 100)
        wire.send(ODD_BODY)
        self.assertEqual(self.echoed(wire.answer())[1], ODD_BODY)

    def test_a_request_in_single_bytes_is_a_request(self):
        wire = self.wire(self.front)
        for byte in b"GET /api/version HTTP/1.1\r\nHoSt: localhost\r\nACCEPT: */*\r\n\r\n":
            wire.send(bytes([byte]))
        self.assertEqual(wire.answer().status, 200)

    def test_header_names_in_any_case_mean_the_same(self):
        for name in (b"CONTENT-LENGTH", b"content-length", b"cOnTeNt-LeNgTh"):
            wire = self.wire(self.front)
            wire.send(b"POST /api/chat HTTP/1.1\r\nHOST: localhost\r\n%s: %d\r\nCONNECTION: CLOSE\r\n\r\n%s" % (name, len(ODD_BODY), ODD_BODY))
            self.assertEqual(self.echoed(wire.answer())[1], ODD_BODY)
            self.assertTrue(wire.is_closed())

    def test_unknown_paths_and_methods_have_their_own_answers(self):
        self.assertEqual(call(self.front.port, "GET", "/nothing").status, 404)
        self.assertEqual(call(self.front.port, "POST", "/v1/messages/count_tokens", {"model": "tiny"}).status, 404)
        self.assertEqual(call(self.front.port, "GET", "/v1/nothing").json()["error"]["message"] != "", True)
        wrong = call(self.front.port, "GET", "/api/chat")
        self.assertEqual(wrong.status, 405)
        self.assertIn("POST", wrong.get("Allow"))
        self.assertEqual(call(self.front.port, "GET", "/health").status, 200)
        self.assertEqual(call(self.front.port, "GET", "/healthz").status, 200)


SMUGGLED = b'{"model":"tiny","prompt":"[fake tag=smuggled]"}'
SMUGGLING = {
    "both lengths": b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nX",
    "both lengths, other order": b"Transfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\nX",
    "two lengths": b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
    "a list of lengths": b"Content-Length: 5, 6\r\n\r\nhello!",
    "a signed length": b"Content-Length: +6\r\n\r\nhello!",
    "a negative length": b"Content-Length: -1\r\n\r\n",
    "a length in hex": b"Content-Length: 0x6\r\n\r\nhello!",
    "an overflowing length": b"Content-Length: 18446744073709551617\r\n\r\nhello!",
    "blank before the colon": b"Content-Length : 6\r\n\r\nhello!",
    "an unknown coding": b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "chunked, but not last": b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
    "two codings": b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
    "a chunk size with a sign": b"Transfer-Encoding: chunked\r\n\r\n+5\r\nhello\r\n0\r\n\r\n",
    "a chunk size that overflows": b"Transfer-Encoding: chunked\r\n\r\n10000000000000005\r\nhello\r\n0\r\n\r\n",
    "a chunk longer than it says": b"Transfer-Encoding: chunked\r\n\r\n3\r\nhello\r\n0\r\n\r\n",
}


class Malformed(Http):
    def refused(self, head_and_body):
        wire = self.wire(self.front)
        following = b"POST /api/generate HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n%s" % (len(SMUGGLED), SMUGGLED)
        wire.send(head_and_body + following)
        statuses = []
        try:
            while True:
                statuses.append(wire.answer().status)
        except EOFError:
            pass
        return statuses

    def test_conflicting_lengths_are_refused_and_nothing_is_smuggled(self):
        for name, rest in SMUGGLING.items():
            with self.subTest(name):
                statuses = self.refused(b"POST /api/chat HTTP/1.1\r\nHost: localhost\r\n" + rest)
                self.assertEqual(len(statuses), 1, "one answer, then the connection is closed")
                self.assertIn(statuses[0], (400, 411, 413, 501))
                self.assertIsNone(self.ollama.entry("smuggled"))

    def test_what_is_not_http_is_refused(self):
        for sent in (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n",
                     b"GET / HTTP/1.1\r\nHost: a\r\nBad Name: x\r\n\r\n", b"GET / HTTP/1.1\r\nHost: a\r\nX: a\x00b\r\n\r\n",
                     b"\x00" * 100 + b"\r\n\r\n", b"GET /a b HTTP/1.1\r\nHost: a\r\n\r\n"):
            with self.subTest(sent[:40]):
                wire = self.wire(self.front)
                wire.send(sent)
                try:
                    answer = wire.answer()
                    self.assertIn(answer.status, (400, 505), answer.body)
                    self.assertTrue(answer.json()["error"])
                except EOFError:
                    pass  # closed without a word is as good
                self.assertTrue(wire.is_closed())
        self.assertEqual(ask(self.front, body=chat(stream=False)).status, 200)

    def test_a_folded_line_is_no_header_of_its_own(self):
        wire = self.wire(self.front)
        wire.send(b"POST /api/chat HTTP/1.1\r\nHost: localhost\r\nX-A: b\r\n Transfer-Encoding: chunked\r\nContent-Length: %d\r\n\r\n%s"
                  % (len(ODD_BODY), ODD_BODY))
        answer = wire.answer()
        if answer.status == 200:  # RFC 9112 section 5.2: refused, or the fold became a blank
            lines, body = self.echoed(answer)
            self.assertEqual(body, ODD_BODY)
            self.assertFalse([line for line in lines if line.lower().startswith((" ", "transfer-encoding"))], lines)
        else:
            self.assertEqual(answer.status, 400)

    def test_a_line_end_in_an_id_does_not_become_a_header(self):
        with Wire(self.front.port) as wire:
            wire.request("GET", "/api/version", fields=[("X-Request-ID", "a%0d%0aX-Evil: 1")])
            self.assertIsNone(wire.answer().get("X-Evil"))


if __name__ == "__main__":
    run()
