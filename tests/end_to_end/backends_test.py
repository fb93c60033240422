# SPDX-License-Identifier: MIT
"""Several backends: merged lists, a free slot wherever there is one, and no lost request when one of them goes."""
import collections
import http.server
import os
import ssl
import subprocess
import tempfile
import threading

from case import EndToEndCase, ask, chat, run
from programs import free_port, get_json, wait_until
from raw_http import call


def block(name, url, **more):
    lines = [f'name = "{name}"', f'url = "{url}"'] + [f"{key} = {value}" for key, value in more.items()]
    return "[[backend]]\n" + "\n".join(lines) + "\n"


class Backends(EndToEndCase):
    def two(self):
        self.first, self.second = self.fake(), self.fake()
        self.front = self.drover(config=block("first", self.first.url, slots=1) + block("second", self.second.url, slots=1))
        self.front.wait_for(lambda s: [b["state"] for b in s["backends"]] == ["ready", "ready"], "both are ready")

    def test_jobs_go_where_a_slot_is_free(self):
        self.two()
        tasks = [self.in_background(ask, self.front, body=chat("tiny", "[fake pieces=5 delay=0.02]", stream=False)) for _ in range(30)]
        served = collections.Counter(task.result().get("X-Served-By") for task in tasks)
        self.assertEqual(sum(served.values()), 30)
        self.assertGreaterEqual(min(served["first"], served["second"]), 10, served)
        self.assertEqual((self.first.stats()["running_most"], self.second.stats()["running_most"]), (1, 1))

    def test_a_job_goes_to_the_backend_that_has_its_model(self):
        self.two()
        get_json(f"{self.second.url}/api/pull", "POST", b'{"model":"special","stream":false}')
        wait_until(lambda: ask(self.front, body=chat("special", stream=False)).status == 200, "the new model is found")
        for _ in range(3):
            self.assertEqual(ask(self.front, body=chat("special", stream=False)).get("X-Served-By"), "second")
        names = [model["name"] for model in call(self.front.port, "GET", "/api/tags").json()["models"]]
        self.assertIn("special:latest", names)
        self.assertEqual(len(names), len(set(names)))
        self.assertEqual({ask(self.front, "/api/show", {"model": "special"}).status}, {200})

    def test_a_backend_that_cannot_be_reached_is_replaced_before_the_first_byte(self):
        self.two()
        self.first.kill()
        for _ in range(10):
            answer = ask(self.front, body=chat("tiny", stream=False))
            self.assertEqual((answer.status, answer.get("X-Served-By")), (200, "second"))

    def test_a_model_whose_backend_is_away_is_not_unknown(self):
        self.two()
        get_json(f"{self.second.url}/api/pull", "POST", b'{"model":"special","stream":false}')
        wait_until(lambda: ask(self.front, body=chat("special", stream=False)).status == 200, "the new model is found")
        self.second.kill()
        for _ in range(3):
            answer = ask(self.front, body=chat("special", stream=False))
            self.assertIn(answer.status, (502, 503), answer.body)
        self.assertEqual(ask(self.front, body=chat("nope", stream=False)).status, 404)

    def test_one_that_is_away_from_the_start_is_used_when_it_comes(self):
        port = free_port()
        second = self.fake()
        front = self.drover(config=block("late", f"http://127.0.0.1:{port}", slots=1) + block("second", second.url, slots=1))
        self.assertEqual(ask(front, body=chat("tiny", stream=False)).get("X-Served-By"), "second")
        self.fake(port=port)
        front.wait_for(lambda s: s["backends"][0]["state"] == "ready", "the late one is ready", 60)

    def test_openai_servers_are_backends_too(self):
        server = self.fake(openai_only=True)
        front = self.drover(config=block("llama.cpp", server.url, kind='"openai"', slots=2))
        front.wait_for(lambda s: s["backends"][0]["state"] == "ready", "it is ready")
        for path, body in (("/v1/chat/completions", chat("tiny", "[fake pieces=2]")), ("/v1/embeddings", {"model": "tiny-embed", "input": "a"}),
                           ("/v1/messages", {**chat("tiny", "x"), "max_tokens": 5})):
            self.assertEqual(ask(front, path, body).status, 200, path)
        self.assertIn("tiny:latest", [model["name"] for model in call(front.port, "GET", "/api/tags").json()["models"]])
        self.assertIn("tiny:latest", [model["id"] for model in call(front.port, "GET", "/v1/models").json()["data"]])
        refused = ask(front, "/api/chat", chat("tiny"))
        self.assertGreaterEqual(refused.status, 400)
        self.assertTrue(refused.json()["error"])

    def test_names_with_and_without_tag_are_one_model(self):
        self.two()
        for name in ("tiny", "tiny:latest", "TINY", "Tiny:Latest"):
            with self.subTest(name):
                self.assertEqual(ask(self.front, body=chat(name, stream=False)).status, 200)

    def test_a_loaded_model_is_preferred(self):
        self.two()
        get_json(f"{self.second.url}/api/generate", "POST", b'{"model":"other","prompt":"x","stream":false}')
        self.front.wait_for(lambda s: any(m["loaded"] for m in s["backends"][1]["models"]), "it is seen to be loaded", 60)
        served = {ask(self.front, body=chat("other", stream=False)).get("X-Served-By") for _ in range(5)}
        self.assertEqual(served, {"second"})

    def test_an_unknown_certificate_is_not_trusted(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        key, certificate = os.path.join(folder.name, "key.pem"), os.path.join(folder.name, "certificate.pem")
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "2",
                        "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"], check=True, capture_output=True)

        class Models(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                body = b'{"object":"list","data":[{"id":"secure","object":"model"}]}'
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", free_port()), Models)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        url = f"https://127.0.0.1:{server.server_address[1]}"
        front = self.drover(config=block("untrusted", url, kind='"openai"') + block("trusted", url, kind='"openai"', ca_file=f'"{certificate}"'))
        status = front.wait_for(lambda s: s["backends"][1]["state"] == "ready", "the one with its authority is ready")
        self.assertIn(status["backends"][0]["state"], ("down", "resting"))
        self.assertRegex(status["backends"][0]["reason"], r"(?i)certificate")


if __name__ == "__main__":
    run()
