# SPDX-License-Identifier: MIT
"""The status address: what programs, monitoring and people read, and the calls that change something."""
import json
import os
import re
import stat
import time

from case import EndToEndCase, ask, chat, run
from programs import get_json, wait_until
from raw_http import Wire, call

WORKER_FIELDS = ("state", "connected_to_server", "connected_to_backend", "current_jobs", "max_concurrency", "models", "last_error",
                 "last_heartbeat", "worker_id", "worker_name", "version")


class Status(EndToEndCase):
    def setUp(self):
        self.ollama = self.fake()
        self.front = self.drover(self.ollama, arguments=["--concurrency", "2"])
        self.front.wait_for(lambda s: s["backends"][0]["state"] == "ready", "the backend is ready")

    def get(self, path, **options):
        return call(self.front.status_port, "GET", path, **options)

    def test_status_has_the_workers_fields_and_ours(self):
        status = self.front.status()
        for name in (*WORKER_FIELDS, "schema", "reason_code", "reason_text", "queue", "jobs", "users", "backends", "rates", "totals"):
            self.assertIn(name, status)
        self.assertEqual((status["state"], status["max_concurrency"], status["current_jobs"]), ("connected_idle", 2, 0))
        self.assertIn("tiny:latest", status["models"])

    def test_a_running_job_is_shown_with_its_user_and_speed(self):
        task = self.in_background(ask, self.front, body=chat("tiny", "[fake pieces=30 delay=0.1]"), fields=[("X-User-ID", "me")])
        status = self.front.wait_for(lambda s: s["jobs"] and s["jobs"][0]["output_tokens"] > 3, "it is shown at work")
        job = status["jobs"][0]
        self.assertEqual((job["user"], job["model"], job["state"], job["path"]), ("me", "tiny", "running", "/api/chat"))
        self.assertEqual((status["state"], status["current_jobs"]), ("connected_busy", 1))
        self.assertEqual(task.result().status, 200)
        done = self.front.wait_for(lambda s: s["finished"], "it is over")
        self.assertEqual((done["finished"][0]["outcome"], done["finished"][0]["output_tokens"]), ("done", 30))
        self.assertEqual((done["totals"]["done"], done["totals"]["output_tokens"]), (1, 30))

    def test_health_checks(self):
        self.assertEqual(self.get("/livez").status, 200)
        self.assertEqual(self.get("/readyz").status, 200)
        self.assertIn("version", self.get("/version").json())
        self.ollama.kill()
        wait_until(lambda: self.get("/readyz").status == 503, "it is not ready without a backend", 60)
        self.assertEqual(self.get("/livez").status, 200)

    def test_metrics_are_prometheus_text(self):
        for _ in range(3):
            ask(self.front, body=chat("tiny", "[fake pieces=4]"), fields=[("X-User-ID", "me")])
        ask(self.front, body=chat("nope"), fields=[("X-User-ID", "me")])
        self.front.wait_for(lambda s: s["totals"]["done"] == 3, "three are done")
        answer = self.get("/metrics")
        self.assertTrue(answer.get("Content-Type").startswith("text/plain"))
        text = answer.body.decode()
        for line in text.splitlines():
            self.assertRegex(line, r'^(# (HELP|TYPE) \w+ .+|\w+(\{(\w+="([^"\\\n]|\\.)*",?)*\})? [-+0-9.eInfNa]+)$')
        for name in ("drover_requests_total", "drover_tokens_total", "drover_queue_depth", "drover_queue_wait_seconds_bucket",
                     "drover_time_to_first_token_seconds_bucket", "drover_request_duration_seconds_bucket"):
            self.assertIn(name, text)
        self.assertRegex(text, r'drover_tokens_total\{[^}]*direction="(out|output)[^}]*\} 12\b')
        names = re.findall(r"^# TYPE (\w+) ", text, re.MULTILINE)
        self.assertEqual(len(names), len(set(names)))

    def test_metrics_labels_are_bounded(self):
        with Wire(self.front.port) as wire:
            for number in range(300):
                wire.request("POST", "/api/embed", b'{"model":"tiny-embed","input":"x"}', [("X-User-ID", f"user {number}")])
                self.assertEqual(wire.answer().status, 200)
        users = set(re.findall(r'(?:app|user)="([^"]*)"', self.get("/metrics").body.decode()))
        print(f"{len(users)} names of users in the metrics")
        self.assertLessEqual(len(users), 60)

    def test_events_come_on_change_and_at_most_ten_a_second(self):
        wire = Wire(self.front.status_port, patience=10)
        self.addCleanup(wire.close)
        wire.request("GET", "/events")
        head = wire.head()
        self.assertIn("text/event-stream", head.get("Content-Type"))
        self.assertIsNotNone(wire.until(b"\n\n"))
        task = self.in_background(ask, self.front, body=chat("tiny", "[fake pieces=200 delay=0.01]"))
        began = time.monotonic()
        events = []
        while time.monotonic() - began < 2:
            text = wire.until(b"\n\n")
            self.assertIsNotNone(text)
            events.append(text)
        self.assertEqual(task.result().status, 200)
        print(f"{len(events)} events in {time.monotonic() - began:.1f} s")
        self.assertLessEqual(len(events), 25)
        self.assertGreater(len(events), 3)
        data = b"".join(line[5:].strip() for line in events[-1].split(b"\n") if line.startswith(b"data:"))
        self.assertIn("queue", json.loads(data))

    def test_a_reader_of_events_that_sleeps_costs_nothing(self):
        wire = Wire(self.front.status_port, receive_buffer=4096)
        self.addCleanup(wire.close)
        wire.request("GET", "/events")
        before = self.front.memory_bytes()
        ask(self.front, body=chat("tiny", "[fake pieces=300 delay=0.01]"))
        self.assertLess(self.front.memory_bytes() - before, 10 << 20)

    def control(self, name, body=b""):
        return call(self.front.status_port, "POST", f"/control/{name}", body, [("X-Auth-Token", self.front.token())])

    def test_drain_refuses_and_undrain_takes_again(self):
        self.assertIn(self.control("drain").status, (200, 202, 204))
        self.front.wait_for(lambda s: s["draining"] and s["state"] in ("draining", "terminating"), "it drains")
        answer = ask(self.front)
        self.assertEqual(answer.status, 503)
        self.assertIn(self.control("undrain").status, (200, 202, 204))
        self.front.wait_for(lambda s: not s["draining"], "it takes jobs again")
        self.assertEqual(ask(self.front, body=chat(stream=False)).status, 200)

    def test_shutdown_ends_it(self):
        self.assertIn(self.control("shutdown").status, (200, 202, 204))
        self.assertEqual(self.front.wait(), 0)

    def test_reload_reads_the_file_again(self):
        self.front.write_config('[proxy]\norigins = ["https://chat.example.org"]\n')
        self.assertIn(self.control("reload").status, (200, 202, 204))
        wait_until(lambda: call(self.front.port, "GET", "/api/version", fields=[("Origin", "https://chat.example.org")]).status == 200,
                   "the new setting holds")

    def test_the_token_is_for_its_owner_only(self):
        self.front.token()
        for place, _, names in os.walk(self.front.home.name):
            for name in names:
                if "token" in name:
                    self.assertEqual(stat.S_IMODE(os.stat(os.path.join(place, name)).st_mode), 0o600)

    def test_unknown_paths_are_404(self):
        self.assertEqual(self.get("/nothing").status, 404)
        self.assertEqual(get_json(f"{self.front.status_url}/version")["version"], self.front.status()["version"])


if __name__ == "__main__":
    run()
