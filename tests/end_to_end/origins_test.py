# SPDX-License-Identifier: MIT
"""A web page must not be able to use the queue unless its origin is allowed; none may control it."""
from case import EndToEndCase, ask, chat, run
from raw_http import call

EVIL = ("https://evil.example", "null", "http://localhost.evil.example", "chrome-extension://abc", "http://127.0.0.1.evil.example")
LOCAL = ("http://localhost:3000", "https://127.0.0.1:8080", "http://localhost", "app://obsidian.md", "vscode-webview://abc")


class Origins(EndToEndCase):
    def setUp(self):
        self.ollama = self.fake()
        self.front = self.drover(self.ollama, config='[proxy]\norigins = ["https://chat.example.org", "https://*.example.net"]\n')

    def test_foreign_origins_are_refused_everywhere(self):
        before = self.ollama.stats()["requests"]
        for origin in EVIL:
            for method, path, body in (("GET", "/api/tags", None), ("POST", "/api/chat", chat("tiny")), ("POST", "/api/pull", {"model": "x"}),
                                       ("GET", "/queue", None), ("DELETE", "/queue/1", None)):
                with self.subTest(origin, path=path):
                    answer = call(self.front.port, method, path, body, [("Origin", origin)])
                    self.assertEqual(answer.status, 403)
                    self.assertIsNone(answer.get("Access-Control-Allow-Origin"))
            preflight = call(self.front.port, "OPTIONS", "/api/chat", fields=[("Origin", origin), ("Access-Control-Request-Method", "POST")])
            self.assertEqual(preflight.status, 403)
        self.assertEqual(self.ollama.stats()["requests"], before)
        self.assertNotIn("/api/pull", self.ollama.stats()["paths"])

    def test_local_and_listed_origins_may_use_it(self):
        for origin in (*LOCAL, "https://chat.example.org", "https://any.example.net"):
            with self.subTest(origin):
                answer = ask(self.front, body=chat(stream=False), fields=[("Origin", origin)])
                self.assertEqual(answer.status, 200)
                self.assertIn(answer.get("Access-Control-Allow-Origin"), (origin, "*"))

    def test_the_preflight_of_an_allowed_origin_grants_what_clients_send(self):
        wanted = "authorization, content-type, x-api-key, anthropic-version, x-stainless-lang, x-priority"
        answer = call(self.front.port, "OPTIONS", "/v1/chat/completions", fields=[
            ("Origin", "http://localhost:3000"), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", wanted)])
        self.assertEqual(answer.status, 204)
        self.assertIn("POST", answer.get("Access-Control-Allow-Methods"))
        granted = answer.get("Access-Control-Allow-Headers").lower()
        for name in wanted.split(", "):
            self.assertIn(name, granted)

    def test_foreign_host_names_are_refused(self):
        for host in ("evil.example", "evil.example:11435", "127.0.0.1.evil.example"):
            with self.subTest(host):
                self.assertEqual(call(self.front.port, "GET", "/api/tags", fields=[("Host", host)]).status, 403)
                self.assertEqual(call(self.front.status_port, "GET", "/status", fields=[("Host", host)]).status, 403)
        for host in ("localhost", f"127.0.0.1:{self.front.port}", "[::1]", "drover.localhost"):
            with self.subTest(host):
                self.assertEqual(call(self.front.port, "GET", "/api/tags", fields=[("Host", host)]).status, 200)

    def test_the_status_address_allows_no_web_page_at_all(self):
        for origin in (*EVIL, "https://chat.example.org"):
            for path in ("/status", "/metrics", "/events", "/version"):
                with self.subTest(origin, path=path):
                    answer = call(self.front.status_port, "GET", path, fields=[("Origin", origin)])
                    self.assertEqual(answer.status, 403)
                    self.assertIsNone(answer.get("Access-Control-Allow-Origin"))

    def test_control_needs_the_token(self):
        for path in ("/control/pause", "/control/drain", "/control/shutdown"):
            for fields in ((), [("X-Auth-Token", "guess")], [("Authorization", "Bearer guess")]):
                with self.subTest(path):
                    self.assertIn(call(self.front.status_port, "POST", path, fields=fields).status, (401, 403))
        self.assertFalse(self.front.status()["paused"])
        token = self.front.token()
        self.assertIn(call(self.front.status_port, "POST", "/control/pause", b"", [("X-Auth-Token", token)]).status, (200, 202, 204))
        self.front.wait_for(lambda s: s["paused"], "it is paused")


if __name__ == "__main__":
    run()
