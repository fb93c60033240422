# SPDX-License-Identifier: MIT
"""What the pool servers before us got wrong: each test fails there. The numbers are those of the list of their weaknesses."""
import collections
import json
import os
import socket
import time

import case
from host_case import CLIENT_KEY, COMPLETIONS, WORKER_KEY, HostCase, PoolServer, ask, body_of, looks_whole, tells_of_an_error
from fake_worker import TEXT, perform, refuse
from programs import get_json, is_open, wait_until
from raw_http import Wire, call

MEGABYTE = 1 << 20
KEYS = {"API_KEY": CLIENT_KEY, "WORKER_KEY": WORKER_KEY}
JSON_TYPE = [("Content-Type", "application/json")]


class Wholeness(HostCase):
    def test_320_requests_of_all_kinds_are_answered_whole(self):  # W1
        host = self.host()
        workers = [self.worker(host, generation, slots=8, name=generation) for generation in ("seed", "0.2.4", "0.9.6", "0.5.1")]
        kinds = [(path, stream) for path in ("/api/generate", COMPLETIONS) for stream in (False, True)]

        def eighty(path, stream, offset):
            bad = []
            for n in range(offset, 80, 2):
                answer = ask(host, f"[fake tag=w1-{path}-{stream}-{n} pieces=3]", path, stream=stream)
                if not looks_whole(answer) or b"word2" not in answer.body:
                    bad.append((path, stream, n, answer.status, answer.whole, answer.body[-200:]))
            return bad

        tasks = [self.in_background(eighty, *kind, offset) for kind in kinds for offset in (0, 1)]
        self.assertEqual([bad for task in tasks for bad in task.result()], [])
        books = self.assert_balanced(host)
        self.assertEqual((books["accepted"], books["answered"]), (320, 320), books)
        self.assertEqual(sum(len(worker.requests) for worker in workers), 320)
        self.assert_sound(*workers)

    def test_large_prompts_and_answers_pass(self):  # W2
        host = self.host()
        for generation in ("0.7.5", "0.9.6"):
            worker = self.worker(host, generation, models=[f"of-{generation}:1b"])
            for stream in (False, True):
                answer = ask(host, f"[fake tag=big{stream} size=200000] " + "x" * 200_000, model=worker.models[0], stream=stream)
                self.assertTrue(looks_whole(answer), (generation, stream, answer.status))
                self.assertGreaterEqual(len(answer.body), 200_000)
                self.assertEqual(answer.body, worker.given(f"big{stream}").answer)
            self.assert_sound(worker)

    def test_a_request_that_an_old_worker_cannot_hold_is_413_and_the_worker_stays(self):  # W2
        host = self.host()
        for generation in ("seed", "0.2.4", "0.5.1"):
            with self.subTest(generation):
                worker = self.worker(host, generation, models=[f"of-{generation}:1b"])
                answer = ask(host, "[fake tag=big size=200000]", model=worker.models[0], stream=True)
                self.assertEqual(answer.body, worker.given("big").answer, "large answers pass")
                self.assertEqual(ask(host, "[fake tag=fits] " + "x" * 22_000, model=worker.models[0]).status, 200)
                answer = ask(host, "[fake tag=over] " + "x" * 200_000, model=worker.models[0])
                self.assertEqual(answer.status, 413, answer.body)
                self.assertEqual(ask(host, "[fake tag=after]", model=worker.models[0]).status, 200)
                self.assertFalse(worker.ended.is_set())
                self.assert_sound(worker)

    def test_a_large_request_goes_to_the_worker_that_can_hold_it(self):  # W2
        host = self.host()
        old, new = self.worker(host, "seed", name="old"), self.worker(host, "0.9.6", name="new")
        for n in range(4):
            self.assertEqual(ask(host, f"[fake tag=large{n}] " + "x" * 200_000).status, 200)
        self.assertEqual(len(new.requests), 4)
        self.assert_sound(old, new)

    def test_what_was_cut_never_looks_whole(self):  # W23
        host = self.host()
        for generation in ("seed", "0.5.1", "0.9.6"):
            for stream in (False, True):
                for do in ("die-after", "fail-after", "cut-after", "no-head"):
                    if do == "no-head" and not stream:
                        continue
                    with self.subTest(generation, stream=stream, do=do):
                        worker = self.worker(host, generation, models=["tiny:latest"])
                        for path in (COMPLETIONS, "/v1/messages", "/v1/responses"):
                            if worker.ended.is_set():
                                worker = self.worker(host, generation, models=["tiny:latest"])
                            answer = ask(host, f"[fake do={do} pieces=6]", path, stream=stream)
                            self.assertTrue(tells_of_an_error(answer), (path, answer))
                        worker.stop()
        for do in ("die-after", "cut-after"):  # the old exchange adds {"done":true} to what broke off
            with self.subTest("job", do=do):
                worker = self.worker(host, "seed")
                answer = ask(host, f"[fake do={do} pieces=6]", "/api/generate", stream=True)
                self.assertTrue(tells_of_an_error(answer), answer)
                self.assertNotIn(b'"done":true', answer.body)
                worker.stop()
        books = self.assert_balanced(host)
        self.assertEqual(books["answered"], 0, "a truncated answer counts as a success")
        series = host.series()
        self.assertFalse([name for name in series if 'outcome="success"' in name and series[name]])

    def test_embeddings_keep_their_order_and_numbers(self):  # W24
        host = self.host()
        workers = [self.worker(host, "0.9.6", name=f"w{n}") for n in range(3)]
        texts = ["x" * n for n in range(1, 12)]
        data = ask(host, path="/v1/embeddings", input=texts).json()["data"]
        self.assertEqual([each["index"] for each in data], list(range(11)))
        self.assertEqual([each["embedding"][0] for each in data], [float(n) for n in range(1, 12)])
        self.assert_sound(*workers)


class Separation(HostCase):
    def stalled(self, host, tag, size=40 * MEGABYTE):
        """A client that asked for a large answer and reads nothing of it."""
        wire = self.wire(host, receive_buffer=4096)
        wire.request("POST", COMPLETIONS, json.dumps(body_of(COMPLETIONS, f"[fake tag={tag} pieces=4 size={size}]", stream=True)).encode(),
                     JSON_TYPE)
        return wire

    def test_a_client_that_reads_nothing_delays_no_other(self):  # W3
        host = self.host()
        worker = self.worker(host, slots=4)
        stalled = self.stalled(host, "stalled")
        worker.request("stalled")
        took = []
        for n in range(20):
            began = time.monotonic()
            self.assertTrue(looks_whole(ask(host, f"[fake tag=other{n}]", stream=True)))
            took.append(time.monotonic() - began)
        self.assertLess(sorted(took)[10], 1.0, took)
        time.sleep(max(0.0, 20 - (time.monotonic() - worker.given("stalled").came)))  # longer than any server waits for heartbeats
        self.assertFalse(worker.ended.is_set(), (worker.close_code, worker.close_reason))
        self.assertTrue(looks_whole(ask(host, "[fake tag=last]", stream=True)))
        self.assertLess(host.memory_peak_bytes(), 200 * MEGABYTE)
        stalled.close()
        self.assert_balanced(host)

    def test_a_client_that_reads_nothing_keeps_no_slot(self):  # W3
        host = self.host()
        worker = self.worker(host, slots=1)
        for n in range(3):
            self.stalled(host, f"stalled{n}", 4 * MEGABYTE)
            worker.wait_for(lambda: worker.given(f"stalled{n}") and worker.given(f"stalled{n}").over.is_set(), "its worker is done")
        began = time.monotonic()
        self.assertTrue(looks_whole(ask(host, "[fake tag=other]", stream=True)))
        self.assertLess(time.monotonic() - began, 2)

    def test_a_client_that_leaves_with_much_unread_harms_no_other(self):  # W4
        host = self.host()
        worker = self.worker(host, slots=8)
        running = self.in_background(ask, host, "[fake tag=steady pieces=40 delay=0.1]", stream=True)
        worker.request("steady")
        for n in range(6):
            wire = self.stalled(host, f"leaver{n}", 20 * MEGABYTE)
            worker.request(f"leaver{n}")
            wait_until(lambda: worker.given(f"leaver{n}").sent, "much is on its way")
            time.sleep(0.1)
            wire.close()
        self.assertTrue(looks_whole(running.result()))
        self.assertFalse(worker.ended.is_set(), (worker.close_code, worker.close_reason))
        books = self.assert_balanced(host)
        self.assertEqual((books["answered"], books["cancelled"] + books["failed"]), (1, 6))
        wait_until(lambda: len(worker.cancels) == 6, "the worker is told to stop each")

    def test_keys_and_cookies_of_clients_reach_no_worker(self):  # W5, W7
        host = self.host(environment=KEYS)
        worker = self.worker(host, "seed", key=WORKER_KEY)
        secrets = [("Authorization", f"Bearer {CLIENT_KEY}"), ("X-Api-Key", CLIENT_KEY), ("Cookie", "session=sesame"),
                   ("X-Forwarded-For", "203.0.113.9"), ("X-User-Roles", "admin"), ("Proxy-Authorization", "Basic sesame"),
                   ("Accept-Language", "de"), ("User-Agent", "probe/1")]
        for path in (COMPLETIONS, "/v1/messages", "/api/chat", "/v1/embeddings"):
            with self.subTest(path):
                before = len(worker.requests)
                self.assertEqual(ask(host, path=path, fields=secrets).status, 200)
                told = json.dumps(worker.requests[before].message)
                for secret in (CLIENT_KEY, "sesame", "203.0.113.9", "admin", WORKER_KEY):
                    self.assertNotIn(secret, told)
        headers = {name.lower(): value for name, value in worker.requests[0].headers.items()}
        self.assertEqual((headers["accept-language"], headers["user-agent"]), ("de", "probe/1"))
        self.assertIn("x-request-id", headers)

    def test_only_calls_that_answer_by_a_model_reach_workers(self):  # W5
        host = self.host()
        worker = self.worker(host, "seed")
        attempts = [("DELETE", "/api/delete"), ("POST", "/api/pull"), ("POST", "/api/push"), ("POST", "/api/create"),
                    ("POST", "/api/copy"), ("POST", "/v1/../api/pull"), ("POST", "/v1/chat/completions/../../../api/pull"),
                    ("POST", "/v1/%2e%2e/api/pull"), ("GET", "/v1/chat/completions"), ("DELETE", "/v1/models/tiny:latest"),
                    ("POST", "//127.0.0.1:1/x"), ("POST", "/v1/files"), ("POST", "/api/blobs/sha256:00")]
        for method, path in attempts:
            with self.subTest(f"{method} {path}"):
                answer = call(host.port, method, path, {"model": "tiny:latest", "name": "tiny:latest"})
                self.assertIn(answer.status, (400, 403, 404, 405, 501), answer.body)
        for line in (b"POST @127.0.0.1:1/x HTTP/1.1", b"POST http://127.0.0.1:1/v1/chat/completions HTTP/1.1"):
            with self.wire(host) as wire:
                wire.send(line + b"\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")
                self.assertGreaterEqual(wire.answer().status, 400)
        self.assertEqual(worker.requests, [])
        self.assertFalse(worker.ended.is_set())

    def test_no_more_at_once_than_a_worker_takes(self):  # W8
        host = self.host()
        workers = [self.worker(host, generation, slots=1, name=generation) for generation in ("seed", "0.9.6")]
        tasks = [self.in_background(ask, host, f"[fake tag=w8-{n} pieces=4 delay=0.05]", stream=n % 2 == 0) for n in range(12)]
        for task in tasks:
            self.assertTrue(looks_whole(task.result()))
        for worker in workers:
            self.assertEqual(worker.running_most, 1)
            self.assertGreater(len(worker.requests), 0)
        self.assert_sound(*workers)

    def test_slots_follow_an_update_at_once(self):  # W8
        host = self.host()
        worker = self.worker(host, "0.9.6", slots=3)
        tasks = [self.in_background(ask, host, f"[fake tag=u{n} pieces=10 delay=0.1]", stream=True) for n in range(8)]
        wait_until(lambda: worker.running == 3, "three run")
        worker.update(slots=1)
        worker.wait_for(lambda: worker.running <= 1, "it shrinks")
        worker.running_most = 0
        for task in tasks:
            self.assertTrue(looks_whole(task.result()))
        self.assertEqual(worker.running_most, 1)

    def test_roles_that_a_client_claims_open_nothing(self):  # W10
        host = self.host(environment=KEYS)
        self.worker(host, key=WORKER_KEY)
        roles = [("X-User-Roles", "admin,api,client")]
        self.assertEqual(ask(host, fields=roles).status, 401)
        for path in ("/api/mcp/id/abc", "/api/llm/", "/api/asr/", "/v1/models", "/api/v1/state", "/api/state"):
            with self.subTest(path):
                self.assertIn(call(host.port, "GET", path, fields=roles).status, (401, 404))
        worker = self.worker(host, "0.9.6", joins=False, headers=roles)
        worker.wait_end()
        self.assertEqual(worker.close_code, 1008)


class Listening(HostCase):
    def listening(self, process):
        """Ports that this process listens on, and their addresses."""
        inodes = set()
        for each in os.listdir(f"/proc/{process.pid}/fd"):
            try:
                target = os.readlink(f"/proc/{process.pid}/fd/{each}")
            except OSError:
                continue
            if target.startswith("socket:["):
                inodes.add(target[8:-1])
        found = set()
        for table in ("tcp", "tcp6"):
            with open(f"/proc/net/{table}", encoding="ascii") as file:
                for line in list(file)[1:]:
                    fields = line.split()
                    if fields[3] == "0A" and fields[9] in inodes:
                        address, port = fields[1].split(":")
                        found.add((address, int(port, 16)))
        return found

    def test_a_port_alone_opens_one_listener_on_loopback_with_the_metrics_on_it(self):  # W9, W30
        server = self.started(PoolServer())
        found = self.listening(server.process)
        self.assertEqual({address for address, _ in found}, {"0100007F"})
        ports = {port for _, port in found} - {server.pool_port, server.status_port}
        self.assertNotIn(8080, ports)
        self.assertLessEqual(len(ports), 1)  # that of this machine's own apps
        self.assertEqual(call(server.port, "GET", "/metrics").status, 200)
        self.assertTrue(any(name.startswith("llamapool_build_info") for name in server.series()))

    def test_a_body_that_is_too_large_is_refused_before_it_is_read(self):  # W13
        host = self.host()
        self.worker(host)
        before = host.memory_peak_bytes()
        for path, length in ((COMPLETIONS, 300 * MEGABYTE), ("/api/generate", 300 * MEGABYTE), ("/j", 300 * MEGABYTE)):
            with self.subTest(path), self.wire(host) as wire:
                wire.request("POST", path, None, [*JSON_TYPE, ("Content-Length", str(length))])
                began = time.monotonic()
                self.assertEqual(wire.answer().status, 413)
                self.assertLess(time.monotonic() - began, 2)
        self.assertLess(host.memory_peak_bytes() - before, 10 * MEGABYTE)
        with self.wire(host) as wire:  # and where it does not say how long it is
            wire.request("POST", COMPLETIONS, None, [*JSON_TYPE, ("Transfer-Encoding", "chunked")])
            chunk = b"100000\r\n" + b"x" * MEGABYTE + b"\r\n"
            try:
                for _ in range(300):
                    wire.send(chunk)
            except OSError:
                pass
            self.assertIn(self.last_status(wire), (413, None))
        self.assertLess(host.memory_peak_bytes() - before, 220 * MEGABYTE)  # what a body may have, while it grows
        self.assertEqual(ask(host).status, 200)
        self.assert_balanced(host)

    @staticmethod
    def last_status(wire):
        try:
            return wire.answer().status
        except (EOFError, OSError):
            return None

    def test_a_body_that_names_no_model_is_refused_without_being_kept(self):  # W13
        host = self.host()
        self.worker(host)
        before = host.memory_peak_bytes()
        for _ in range(3):
            self.assertIn(ask(host, "x" * (30 * MEGABYTE), model="nobody:1b").status, (404, 413))
        self.assertLess(host.memory_peak_bytes() - before, 200 * MEGABYTE)


class Lifetimes(HostCase):
    def test_the_same_id_twice_is_two_workers(self):  # W11
        host = self.host()
        old = self.worker(host, worker_id="20261121080546", name="old")
        new = self.worker(host, worker_id="20261121080546", name="new")
        host.wait_for(lambda status: len([each for each in status["hosting"]["workers"] if each["state"] != "gone"]) == 2, "both are there")
        old.close()
        old.wait_end()
        host.wait_for(lambda status: len([each for each in status["hosting"]["workers"] if each["state"] != "gone"]) == 1, "the old one left")
        for n in range(3):
            self.assertEqual(ask(host, f"[fake tag=again{n}]").status, 200)
        self.assertEqual(len(new.requests), 3)

    def test_a_silent_worker_is_closed_and_its_requests_end(self):  # W12
        host = self.host()
        silent = self.worker(host, beats=0.0, name="silent")
        began = time.monotonic()
        task = self.in_background(ask, host, "[fake tag=lost do=stall]")
        silent.request("lost")
        silent.wait_end(25)
        took = time.monotonic() - began
        self.assertGreater(took, 12)
        self.assertLess(took, 21)
        self.assertEqual(silent.close_code, 1001)
        self.assertGreaterEqual(task.result(10).status, 500)
        self.assertEqual(host.models(), [])
        back = self.worker(host, name="silent")
        self.assertEqual(ask(host).status, 200)
        self.assertEqual(len(back.requests), 1)

    def test_workers_that_come_and_go_leave_little_behind(self):  # W14
        host = self.host(arguments=("--set", "host.gone_workers_max=20"))
        models = [f"model-{n}:1b" for n in range(40)]
        self.worker(host, models=models, name="first").stop()
        before = host.memory_bytes()
        for n in range(300):
            worker = self.worker(host, joins=False, models=[f"{model}-{n}" for model in models], name=f"short{n}", beats=0)
            worker.close()
            worker.wait_end()
        host.wait_for(lambda status: not [each for each in status["hosting"]["workers"] if each["state"] != "gone"], "all left")
        self.assertEqual(host.models(), [])
        for path in ("/api/v1/state", "/api/state"):
            self.assertLess(len(call(host.port, "GET", path).body), 100_000)
        state = get_json(f"{host.url}/api/v1/state")
        self.assertEqual(state["models"], [])
        self.assertLessEqual(len(state["workers"]), 20)
        self.assertLess(host.memory_bytes() - before, 30 * MEGABYTE)

    def test_names_that_clients_invent_make_no_series(self):  # W15
        host = self.host(arguments=("--set", "host.model_labels_max=10"))
        self.worker(host, models=["llama3:8b-q4_0"], slots=8)
        ask(host, model="llama3:8b-q4_0")
        before = len(host.series())
        kept = self.wire(host)
        for n in range(2000):
            body = json.dumps(body_of(COMPLETIONS, "", f"llama3:8b-q{n}" if n % 2 else f"invented{n}:1b")).encode()
            kept.request("POST", COMPLETIONS, body, JSON_TYPE)
            kept.answer()
        series = host.series()
        self.assertLess(len(series) - before, 200)
        self.assertFalse([name for name in series if "invented" in name])

    def test_models_that_workers_invent_are_bounded_in_the_metrics(self):  # W15
        host = self.host(arguments=("--set", "host.model_labels_max=10"))
        self.worker(host, models=[f"m{n}:1b" for n in range(60)], slots=8)
        for n in range(60):
            self.assertEqual(ask(host, model=f"m{n}:1b").status, 200)
        labels = {name.split('model="')[1].split('"')[0] for name in host.series()
                  if name.startswith("llamapool_model_requests_total")}
        self.assertLessEqual(len(labels), 11, labels)
        self.assertIn("other", labels)

    def test_requests_leave_no_memory_behind(self):  # W16
        host = self.host()
        self.worker(host, slots=16)

        def many(count, size):
            for n in range(count):
                if n % 5 == 4:
                    with Wire(host.port) as wire:  # and some go away
                        wire.request("POST", COMPLETIONS, json.dumps(body_of(COMPLETIONS, "[fake first=1]" + "x" * size)).encode(), JSON_TYPE)
                        time.sleep(0.002)
                else:
                    ask(host, "x" * size)

        for task in [self.in_background(many, 60, 20_000) for _ in range(4)]:
            task.result()
        before = host.memory_bytes()
        for task in [self.in_background(many, 250, 20_000) for _ in range(4)]:
            task.result()
        self.assert_balanced(host)
        self.assertLess(host.memory_bytes() - before, 15 * MEGABYTE)  # 1000 bodies are 20 MB

    def test_a_lost_backend_behind_a_healthy_worker_fails_in_bounded_time(self):  # W17
        host = self.host()
        worker = self.worker(host, "0.9.6", slots=2)
        worker.update(slots=0, status="not_ready")
        host.wait_for(lambda status: status["hosting"]["workers"][0]["state"] == "not_ready", "it is not ready")
        began = time.monotonic()
        answer = ask(host, patience=90)
        self.assertGreaterEqual(answer.status, 400)
        self.assertLess(time.monotonic() - began, 60)
        self.assert_balanced(host)

    def test_a_hung_backend_behind_a_healthy_worker_times_out(self):  # W18
        host = self.host(arguments=("--set", "host.silence_max=3s"))
        worker = self.worker(host, beats=0.5)
        for stream in (False, True):
            for do in ("stall", "stall-after"):
                with self.subTest(stream=stream, do=do):
                    began = time.monotonic()
                    answer = ask(host, f"[fake tag={do}{stream} do={do}]", stream=stream)
                    self.assertTrue(tells_of_an_error(answer))
                    self.assertLess(time.monotonic() - began, 8)
                    worker.wait_for(lambda: worker.given(f"{do}{stream}").id in worker.cancels, "it is told to stop")
        self.assertFalse(worker.ended.is_set())
        self.assertEqual(ask(host).status, 200)

    def test_a_slow_answer_is_no_hung_one(self):  # W18
        host = self.host(arguments=("--set", "host.silence_max=3s"))
        self.worker(host, beats=0.5)
        self.assertTrue(looks_whole(ask(host, "[fake pieces=6 delay=1]", stream=True)))


class Draining(HostCase):
    def test_a_worker_that_drains_gets_nothing_more_and_stays_so(self):  # W19
        host = self.host()
        drains = self.worker(host, "0.9.6", name="drains")
        running = self.in_background(ask, host, "[fake tag=running pieces=30 delay=0.1]", stream=True)
        drains.request("running")
        other = self.worker(host, name="other")
        drains.update(slots=0, status="draining")
        host.wait_for(lambda status: any(each["state"] == "draining" for each in status["hosting"]["workers"]), "it drains")
        for n in range(5):
            self.assertEqual(ask(host, f"[fake tag=d{n}]").status, 200)
        self.assertEqual(len(other.requests), 5)
        self.assertTrue(looks_whole(running.result()), "what runs there may end")
        self.assertEqual(len(drains.requests), 1)

    def test_one_that_refuses_because_it_drains_costs_nobody_an_answer(self):  # W19, W20, W26
        host = self.host()
        for generation, path in (("seed", COMPLETIONS), ("seed", "/api/generate"), ("0.9.6", COMPLETIONS)):
            with self.subTest(generation, path=path):
                drains = self.worker(host, generation, name="drains", slots=4)
                other = self.worker(host, "seed", name="other", slots=1)
                drains.draining = True  # told nobody, as the first ones
                answers = [ask(host, f"[fake tag=q{n}]", path) for n in range(6)]
                self.assertEqual([answer.status for answer in answers], [200] * 6)
                self.assertLessEqual(len(drains.requests), 1, "it was asked again and again")
                self.assertEqual(len(other.requests), 6)
                for worker in (drains, other):
                    worker.close()
                    worker.wait_end()

    def test_the_last_bytes_of_a_worker_that_leaves_are_delivered(self):  # W20
        host = self.host()
        for generation in ("seed", "0.9.6"):
            worker = self.worker(host, generation)
            running = self.in_background(ask, host, "[fake tag=last pieces=10 delay=0.05]", stream=True)
            worker.request("last")
            worker.drain()
            worker.wait_end()
            answer = running.result()
            self.assertTrue(looks_whole(answer))
            self.assertEqual(answer.body, worker.given("last").answer)


class Choosing(HostCase):
    def test_the_fallback_asks_for_the_model_that_is_there(self):  # W21
        host = self.host()
        worker = self.worker(host, models=["llama3:8b-q4_0"])  # its backend answers 404 to any other name
        answer = ask(host, "[fake tag=alias]", model="llama3:8b")
        self.assertEqual(answer.status, 200, answer.body)
        self.assertEqual(worker.given("alias").body["model"], "llama3:8b-q4_0")

    def test_a_busy_exact_worker_is_waited_for(self):  # W22
        host = self.host()
        exact = self.worker(host, models=["llama3:8b"], slots=1, name="exact")
        other = self.worker(host, models=["llama3:8b-q4_0"], slots=8, name="other")
        tasks = [self.in_background(ask, host, f"[fake tag=e{n} pieces=5 delay=0.05]", model="llama3:8b") for n in range(5)]
        for task in tasks:
            self.assertEqual(task.result().status, 200)
        self.assertEqual((len(exact.requests), len(other.requests)), (5, 0))

    def test_who_waits_in_a_stream_sees_signs_of_life_that_clients_skip(self):  # W22
        host = self.host(arguments=("--set", "proxy.keep_alive_every=1s"))
        self.worker(host, slots=1)
        first = self.in_background(ask, host, "[fake pieces=40 delay=0.1]", stream=True)
        host.wait_for(lambda status: status["hosting"]["running"] == 1, "one runs")
        answer = ask(host, "[fake tag=waits]", stream=True)
        self.assertTrue(looks_whole(answer))
        first.result()

    def test_a_request_whose_worker_dies_before_it_answers_goes_elsewhere_once(self):  # W26
        host = self.host()
        for do in ("die", "unreachable"):
            with self.subTest(do):
                dies = self.worker(host, name="dies", slots=8, script=self.dies_or_refuses(do))
                lives = self.worker(host, name="lives", slots=1)
                answers = [ask(host, f"[fake tag={do}{n}]") for n in range(4)]
                self.assertEqual([answer.status for answer in answers], [200] * 4)
                self.assertEqual(len(lives.requests), 4)
                for worker in (dies, lives):
                    worker.stop()
                host.wait_for(lambda status: not [each for each in status["hosting"]["workers"] if each["state"] != "gone"], "both left")

    @staticmethod
    def dies_or_refuses(do):
        def script(request):
            if do == "die":
                request.worker.cut()
            else:
                refuse(request, 502, "upstream_error", "dial tcp: connection refused", b'{"error":"dial"}')
        return script

    def test_it_is_retried_once_only(self):  # W26
        host = self.host()
        workers = [self.worker(host, name=f"w{n}", slots=1, script=lambda request: request.worker.cut()) for n in range(4)]
        answer = ask(host, "[fake tag=hopeless]")
        self.assertGreaterEqual(answer.status, 500)
        self.assertEqual(sum(len(worker.requests) for worker in workers), 2)
        self.assertEqual(self.assert_balanced(host)["failed"], 1)

    def test_after_the_first_byte_the_client_sees_the_error(self):  # W26
        host = self.host()
        dies = self.worker(host, name="dies")
        task = self.in_background(ask, host, "[fake tag=mid pieces=10 delay=0.1 do=die-after]", stream=True)
        dies.request("mid")
        other = self.worker(host, name="other")
        answer = task.result()
        self.assertTrue(tells_of_an_error(answer))
        self.assertIn(b"word1", answer.body)
        self.assertEqual(other.requests, [])


class Liars(HostCase):
    """Workers and clients that mean no good, or know no better."""

    def healthy(self, host, worker):
        self.assertFalse(worker.ended.is_set(), (worker.close_code, worker.close_reason))
        self.assertTrue(looks_whole(ask(host, "[fake pieces=3]", stream=True)))

    def test_second_ends_and_pieces_for_nobody_are_ignored(self):
        host = self.host()

        def script(request):
            other = type(request)(request.worker, {**request.message, "request_id": "nobody-" + request.id})
            other.head(500)
            other.chunk(b"not for anybody")
            other.end()
            perform(request)
            request.end()
            request.end("upstream_error", "again")
            request.chunk(b"more after the end")
            request.head(500)
            request.job("job_chunk", {"done": True})
            request.job("job_result", {"done": True, "response": "no"})
            request.worker.send({"type": "http_proxy_response_end"})
            request.worker.send({"type": "http_proxy_response_chunk", "request_id": 7, "data": 9})
            request.worker.send({"type": "no such thing"})
            request.worker.write(TEXT, b"{not json")

        worker = self.worker(host, script=script)
        for n in range(10):
            answer = ask(host, f"[fake tag=x{n}]", stream=True)
            self.assertTrue(looks_whole(answer), answer)
            self.assertEqual(answer.body.count(b"[DONE]"), 1)
        self.healthy(host, worker)
        self.assertEqual(self.assert_balanced(host)["answered"], 11)

    def test_another_workers_request_is_out_of_reach(self):
        host = self.host()
        victim = self.worker(host, name="victim", slots=1)
        task = self.in_background(ask, host, "[fake tag=mine pieces=20 delay=0.1]", stream=True)
        theirs = victim.request("mine").id
        thief = self.worker(host, name="thief", models=["other:1b"])
        for _ in range(3):
            thief.send({"type": "http_proxy_response_chunk", "request_id": theirs, "data": "c3RvbGVu"})
            thief.send({"type": "http_proxy_response_end", "request_id": theirs})
        answer = task.result()
        self.assertTrue(looks_whole(answer))
        self.assertEqual(answer.body, victim.given("mine").answer)

    def test_models_and_slots_that_it_has_not(self):
        host = self.host()
        liar = self.worker(host, models=[f"x{n}:1b" for n in range(3000)] + ["n" * 4000, "", "tiny:latest\nX: y"], slots=10**9, name="liar" * 500)
        view = host.wait_for(lambda status: status["hosting"]["workers"], "it is there")["hosting"]["workers"][0]
        self.assertLessEqual(len(view["models"]), 512)
        self.assertLessEqual(view["slots"], 256)
        self.assertLessEqual(len(view["name"]), 256)
        self.assertTrue(all(len(model) <= 256 and "\n" not in model for model in view["models"]))
        honest = self.worker(host, name="honest", models=["tiny:latest"])
        self.healthy(host, honest)
        liar.update(slots=-5)
        liar.update(slots=2**70)
        liar.send({"type": "status_update", "max_concurrency": "many", "models": {"a": 1}, "status": 7})
        liar.send({"type": "status_update", "max_concurrency": 1e308, "models": None})
        self.healthy(host, honest)

    def test_clocks_that_are_wrong_change_nothing(self):
        host = self.host()
        worker = self.worker(host, beats=0.0)
        for n in range(10):
            for moment in (0, -1, 4102444800, 1e308, "noon", None):
                worker.send({"type": "heartbeat", "ts": moment})
            time.sleep(2)
        self.healthy(host, worker)
        self.assertLess(abs(host.hosting()["workers"][0]["last_heartbeat_ms"] / 1000 - time.time()), 30)

    def test_a_frame_that_claims_4_gigabytes_ends_the_connection_at_once(self):
        host = self.host()
        honest = self.worker(host, name="honest")
        for claimed in ((1 << 32), (1 << 63) - 1, 100 * MEGABYTE):
            with self.subTest(claimed):
                liar = self.worker(host, name="liar", models=["lie:1b"])
                liar.write(TEXT, b"x" * 100, claimed)
                liar.wait_end(10)
                self.assertEqual(liar.close_code, 1009)
        self.assertLess(host.memory_peak_bytes(), 150 * MEGABYTE)
        self.healthy(host, honest)

    def test_a_flood_of_messages_ends_the_one_who_sends_it(self):
        host = self.host()
        honest = self.worker(host, name="honest")
        flooder = self.worker(host, name="flooder", models=["flood:1b"])
        began = time.monotonic()
        try:
            while time.monotonic() - began < 10 and not flooder.ended.is_set():
                flooder.send({"type": "heartbeat", "ts": 1})
        except OSError:
            pass
        flooder.wait_end()
        self.healthy(host, honest)
        self.assertLess(host.memory_peak_bytes(), 150 * MEGABYTE)

    def test_a_worker_that_never_reads_costs_itself_only(self):
        host = self.host(arguments=("--set", "host.silence_max=5s"))
        honest = self.worker(host, name="honest", models=["tiny:latest"])
        deaf = self.worker(host, name="deaf", models=["deaf:1b"], slots=64)
        deaf.reads.clear()
        tasks = [self.in_background(ask, host, "x" * (4 * MEGABYTE), model="deaf:1b") for _ in range(8)]
        self.healthy(host, honest)
        for task in tasks:
            self.assertGreaterEqual(task.result().status, 400)
        self.healthy(host, honest)
        self.assertLess(host.memory_peak_bytes(), 400 * MEGABYTE)

    def test_garbage_at_the_port_of_the_pool(self):
        host = self.host()
        worker = self.worker(host)
        for garbage in (b"\x16\x03\x01\x02\x00\x01\x00", b"GET / HTTP/9.9\r\n\r\n", b"\x00" * 5000, b"A" * 100_000):
            with self.wire(host) as wire:
                try:
                    wire.send(garbage)
                    wire.socket.shutdown(socket.SHUT_WR)
                    while wire.more():
                        pass
                except OSError:
                    pass
        for bad in (b"\xff\xff\xff", b"\x81\x05hello", b"\x83\x80aaaa", b"\x01\x82aaaaXX"):  # no mask, unknown kinds, half messages
            liar = self.worker(host, joins=False, name="liar", registers=False, beats=0)
            liar.connection.sendall(bad)
            liar.connection.shutdown(socket.SHUT_WR)
            liar.wait_end(20)
        self.healthy(host, worker)

    def test_clients_that_use_one_id_get_their_own_answers(self):
        host = self.host()
        worker = self.worker(host, slots=8)
        fields = [("X-Request-Id", "the-same")]
        tasks = [self.in_background(ask, host, f"[fake tag=same{n} pieces={n + 1} delay=0.02]", stream=True, fields=fields)
                 for n in range(12)]
        for n, task in enumerate(tasks):
            answer = task.result()
            self.assertTrue(looks_whole(answer))
            self.assertEqual(answer.body, worker.given(f"same{n}").answer)

    def test_many_clients_that_vanish(self):
        host = self.host()
        worker = self.worker(host, slots=4)
        for n in range(100):
            wire = Wire(host.port)
            body = json.dumps(body_of(COMPLETIONS, f"[fake tag=v{n} first=0.3 pieces=50 delay=0.05]", stream=n % 2 == 0)).encode()
            wire.request("POST", COMPLETIONS, body, JSON_TYPE)
            if n % 3 == 0:
                wire.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            elif n % 3 == 1:
                time.sleep(0.01)
            wire.close()
        books = self.assert_balanced(host)
        self.assertEqual(books["cancelled"], books["accepted"], books)
        wait_until(lambda: worker.running == 0, "nothing runs for nobody")
        self.healthy(host, worker)
        self.assert_sound(worker)

    def test_the_books_count_each_request_once(self):
        host = self.host(arguments=("--set", "host.silence_max=2s"))
        worker = self.worker(host, slots=2)
        statuses = collections.Counter()
        for do in ("", "error404", "error500", "stall", "fail-after", "draining-not"):
            statuses[ask(host, f"[fake do={do}]" if do else "").status] += 1
        ask(host, model="nobody:1b")
        call(host.port, "POST", COMPLETIONS, b"{not json", JSON_TYPE)
        call(host.port, "POST", COMPLETIONS, b"", JSON_TYPE)
        books = self.assert_balanced(host)
        self.assertEqual(books["accepted"], 9)
        self.assertGreaterEqual(books["answered"], 1)
        self.assertFalse(worker.ended.is_set())

    def test_a_host_that_dies_ends_every_request_and_its_workers_connections(self):
        host = self.host()
        worker = self.worker(host, slots=4)
        tasks = [self.in_background(ask, host, f"[fake tag=k{n} pieces=200 delay=0.05]", stream=True) for n in range(6)]
        worker.request("k0")
        host.process.kill()
        for task in tasks:
            try:
                self.assertTrue(tells_of_an_error(task.result(10)))
            except (EOFError, OSError):
                pass
        worker.wait_end(10)
        self.assertIn(worker.close_code, (None, 1006))
        wait_until(lambda: host.ended() and not is_open(host.pool_port), "it is gone", 10)
        again = self.host(port=host.pool_port)
        self.worker(again)
        self.assertEqual(ask(again).status, 200)

    def test_a_host_that_stops_says_so_to_its_workers(self):
        host = self.host()
        worker = self.worker(host)
        host.stop()
        worker.wait_end(10)
        self.assertEqual(worker.close_code, 1001)


if __name__ == "__main__":
    case.run()
