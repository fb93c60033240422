# SPDX-License-Identifier: MIT
"""Hosting a pool: workers of every published generation join the built `drover`, plain clients ask it, answers are whole."""
import json
import time
from urllib.parse import quote

import case
from host_case import COMPLETIONS, HostCase, ask, looks_whole, tells_of_an_error
from fake_worker import DIALECTS, Refused
from programs import free_port, get_json, wait_until
from raw_http import call

OPENAI = ("/v1/chat/completions", "/v1/completions", "/v1/responses", "/v1/messages")
OLLAMA = ("/api/chat", "/api/generate")
GENERATIONS = tuple(DIALECTS)


class Generations(HostCase):
    def test_each_joins_and_is_shown_everywhere(self):
        host = self.host()
        for generation in GENERATIONS:
            with self.subTest(generation):
                model = f"of-{generation}:latest"
                worker = self.worker(host, generation, models=[model], name=f"worker {generation}", slots=3)

                view = host.workers()[worker.name]
                self.assertEqual((view["models"], view["slots"], view["running"]), ([model], 3, 0))
                self.assertEqual(view["state"], "idle")
                self.assertIn(model, host.models())
                self.assertIn(model, [each["name"] for each in get_json(f"{host.url}/api/tags")["models"]])
                old = get_json(f"{host.url}/api/v1/state")
                told = next(each for each in old["workers"] if each["id"] == worker.worker_id)
                self.assertEqual((told["status"], told["models_supported"], told["inflight"]), ("idle", [model], 0))
                self.assertIn({"name": model, "workers": 1}, old["models"])
                new = get_json(f"{host.url}/api/state")["plugins"]["llm"]
                told = next(each for each in new["workers"] if each["id"] == worker.worker_id)
                self.assertEqual((told["name"], told["max_concurrency"], told["inflight"]), (worker.name, 3, 0))
                self.assert_sound(worker)
        entry = next(each for each in call(host.port, "GET", "/v1/models").json()["data"] if each["id"] == "of-seed:latest")
        self.assertEqual((entry["object"], entry["owned_by"]), ("model", "worker seed"))
        self.assertLess(abs(entry["created"] - time.time()), 120)

    def test_each_answers_chats_byte_for_byte(self):
        host = self.host()
        for generation in GENERATIONS:
            model = f"of-{generation}:latest"
            worker = self.worker(host, generation, models=[model])
            for stream in (False, True):
                with self.subTest(generation, stream=stream):
                    tag = f"bytes-{generation}-{stream}"
                    answer = ask(host, f"[fake tag={tag} pieces=7]", model=model, stream=stream)

                    self.assertTrue(looks_whole(answer), answer)
                    request = worker.given(tag)
                    self.assertEqual(answer.body, request.answer)
                    self.assertEqual((request.path, request.method), (COMPLETIONS, "POST"))
                    kind = "text/event-stream" if stream else "application/json"
                    self.assertEqual(answer.get("content-type"), kind)
                    self.assertEqual(answer.get("content-length"), None if stream else str(len(request.answer)))
            self.assert_sound(worker)
        self.assertEqual(self.assert_balanced(host)["answered"], 2 * len(GENERATIONS))

    def test_the_request_reaches_the_worker_unaltered(self):
        host = self.host()
        body = b'{ "messages":[{"role":"user","content":"\\u00e4 [fake tag=raw] \xc3\xa4"}],\n\t"odd": 1e400, "model":"tiny:latest" }'
        for generation in ("seed", "0.9.6"):
            with self.subTest(generation):
                worker = self.worker(host, generation, models=["tiny:latest"])
                answer = call(host.port, "POST", COMPLETIONS, body, [("Content-Type", "application/json")])
                self.assertEqual(answer.status, 200)
                self.assertEqual(worker.request("raw").raw, body)
                worker.close()
                worker.wait_end()

    def test_every_call_of_openai_and_anthropic_reaches_every_generation(self):
        host = self.host()
        for generation in ("seed", "0.5.1", "0.9.6"):
            model = f"of-{generation}:latest"
            worker = self.worker(host, generation, models=[model])
            for path in OPENAI:
                for stream in (False, True):
                    with self.subTest(generation, path=path, stream=stream):
                        tag = f"{path.replace('/', '-')}{generation}{stream}"
                        answer = ask(host, f"[fake tag={tag}]", path, model, stream)
                        self.assertTrue(looks_whole(answer), answer)
                        self.assertEqual(answer.body, worker.given(tag).answer)
            answer = ask(host, path="/v1/embeddings", model=model)
            self.assertEqual([each["index"] for each in answer.json()["data"]], [0, 1])
            self.assert_sound(worker)

    def test_ollamas_own_calls_reach_workers_that_can_take_them(self):
        host = self.host()
        for generation in ("seed", "0.2.4", "0.3.0"):
            model = f"of-{generation}:latest"
            worker = self.worker(host, generation, models=[model])
            for path in OLLAMA:
                for stream in (False, True):
                    with self.subTest(generation, path=path, stream=stream):
                        tag = f"{path.replace('/', '-')}{generation}{stream}"
                        answer = ask(host, f"[fake tag={tag}]", path, model, stream)
                        self.assertTrue(looks_whole(answer), answer)
                        lines = [json.loads(line) for line in answer.body.splitlines()]
                        self.assertEqual("".join(each.get("response") or each.get("message", {}).get("content", "")
                                                 for each in lines), " word0 word1 word2 word3 word4")
                        self.assertTrue(lines[-1]["done"])
                        self.assertEqual(lines[-1]["eval_count"], 5)
            self.assertEqual(len(ask(host, path="/api/embed", model=model).json()["embeddings"]), 2)
            self.assert_sound(worker)

    def test_generate_keeps_its_options_where_the_old_exchange_would_lose_them(self):
        host = self.host()
        worker = self.worker(host, "seed")
        answer = ask(host, "[fake tag=opted]", "/api/generate", options={"seed": 7}, system="Be brief.")
        self.assertTrue(looks_whole(answer), answer)
        self.assertEqual(worker.given("opted").body["options"], {"seed": 7})
        self.assertEqual(worker.given("opted").body["system"], "Be brief.")

    def test_ollamas_calls_that_no_worker_can_take_fail_at_once(self):
        host = self.host()
        self.worker(host, "0.9.6")
        began = time.monotonic()
        answer = ask(host, path="/api/chat")
        self.assertIn(answer.status, (404, 501, 502, 503))
        self.assertIn("error", answer.json())
        self.assertLess(time.monotonic() - began, 5)

    def test_errors_of_a_workers_backend_pass_as_they_are(self):
        host = self.host()
        for generation in ("seed", "0.9.6"):
            worker = self.worker(host, generation, models=[f"of-{generation}:latest"])
            for status in (404, 500):
                for stream in (False, True):
                    with self.subTest(generation, status=status, stream=stream):
                        tag = f"error{status}{stream}"
                        answer = ask(host, f"[fake tag={tag} do=error{status}]", model=worker.models[0], stream=stream)
                        self.assertEqual(answer.status, status)
                        self.assertEqual(answer.body, worker.given(tag).answer)
            self.assert_sound(worker)


class Models(HostCase):
    def test_ids_with_slashes_are_found_in_every_spelling(self):
        host = self.host()
        model = "hf.co/bartowski/Tiny-GGUF:Q4_K_M"
        worker = self.worker(host, models=[model, "tiny:latest"], name="Shelf")
        for prefix in ("/v1/models", "/api/v1/models", "/api/llm/v1/models"):
            for spelt in (model, quote(model, safe="")):
                with self.subTest(prefix, spelt=spelt):
                    answer = call(host.port, "GET", f"{prefix}/{spelt}")
                    self.assertEqual(answer.status, 200, answer.body)
                    self.assertEqual((answer.json()["id"], answer.json()["owned_by"]), (model, "Shelf"))
        self.assertEqual(call(host.port, "GET", "/v1/models/hf.co/nobody").status, 404)
        answer = ask(host, "[fake tag=slashed]", model=model)
        self.assertEqual((answer.status, worker.given("slashed").body["model"]), (200, model))

    def test_lists_are_empty_lists_when_there_is_nobody(self):
        host = self.host()
        self.assertEqual(call(host.port, "GET", "/v1/models").json()["data"], [])
        self.assertEqual(get_json(f"{host.url}/api/tags")["models"], [])
        self.assertEqual(get_json(f"{host.url}/healthz")["status"], "ok")

    def test_the_prefix_of_nfrx_and_the_older_one(self):
        host = self.host()
        worker = self.worker(host)
        for prefix in ("/api/llm/v1", "/api/v1"):
            for path in ("/chat/completions", "/completions", "/responses", "/embeddings"):
                with self.subTest(prefix, path=path):
                    before = len(worker.requests)
                    answer = ask(host, path=prefix + path)
                    self.assertEqual(answer.status, 200, answer.body)
                    self.assertEqual(worker.requests[before].path, "/v1" + path)
        self.assertIn("tiny:latest", [each["id"] for each in get_json(f"{host.url}/api/llm/v1/models")["data"]])
        self.assert_sound(worker)

    def test_a_request_for_one_worker_is_not_answered_by_another(self):
        host = self.host()
        worker = self.worker(host, worker_id="number-1")
        for wanted in ("number-1", "nobody"):
            self.assertEqual(ask(host, path=f"/api/llm/id/{wanted}/v1/chat/completions").status, 404)
        self.assertEqual(worker.requests, [])

    def test_owners_are_joined_and_a_model_that_leaves_is_gone(self):
        host = self.host()
        first = self.worker(host, name="Beta", models=["both:1b", "one:1b"])
        self.worker(host, name="Alpha", models=["both:1b"])
        owners = {each["id"]: each["owned_by"] for each in call(host.port, "GET", "/v1/models").json()["data"]}
        self.assertEqual(owners, {"both:1b": "Alpha,Beta", "one:1b": "Beta"})
        first.close()
        wait_until(lambda: host.models() == ["both:1b"], "the models of one that left are gone")

    def test_status_updates_change_models_and_slots_at_once(self):
        host = self.host()
        worker = self.worker(host, "0.9.6", models=[], slots=0)
        self.assertEqual(host.models(), [])
        worker.update(models=["tiny:latest"], slots=2)
        wait_until(lambda: host.models() == ["tiny:latest"], "the new list")
        self.assertEqual(ask(host).status, 200)
        worker.update(slots=0, status="not_ready")
        host.wait_for(lambda status: status["hosting"]["workers"][0]["state"] == "not_ready", "it is not ready")
        worker.update(slots=2)
        self.assertEqual(ask(host).status, 200)

    def test_an_unknown_model_is_404_in_every_dialect_and_asks_nobody(self):
        host = self.host()
        worker = self.worker(host, "seed")
        for path in (*OPENAI, *OLLAMA, "/v1/embeddings"):
            with self.subTest(path):
                answer = ask(host, path=path, model="nobody-has-this:1b")
                self.assertEqual(answer.status, 404, answer.body)
                self.assertIn("nobody-has-this", answer.body.decode())
        self.assertEqual(worker.requests, [])


class Fallback(HostCase):
    def test_another_quantization_answers_with_its_name_in_the_request(self):
        host = self.host()
        worker = self.worker(host, models=["llama3:8b-q4_0"])
        for asked in ("llama3:8b", "llama3:8b-q8_0"):
            answer = ask(host, f"[fake tag={asked}]", model=asked, temperature=0.5)
            self.assertEqual(answer.status, 200, answer.body)
            given = worker.request(asked)
            self.assertEqual(given.body["model"], "llama3:8b-q4_0")
            self.assertEqual(given.body["temperature"], 0.5)

    def test_other_variants_are_no_quantizations(self):
        host = self.host()
        worker = self.worker(host, models=["llama3:8b-instruct-q4_0"])
        for asked in ("llama3:8b-text-q4_0", "llama3:70b", "llama3:8b-text"):
            with self.subTest(asked):
                self.assertEqual(ask(host, model=asked).status, 404)
        self.assertEqual(worker.requests, [])

    def test_the_exact_model_is_waited_for_while_its_worker_is_merely_busy(self):
        host = self.host()
        exact = self.worker(host, models=["llama3:8b-q8_0"], slots=1, name="Exact")
        other = self.worker(host, models=["llama3:8b-q4_0"], slots=4, name="Other")
        first = self.in_background(ask, host, "[fake tag=first pieces=20 delay=0.1]", model="llama3:8b-q8_0", stream=True)
        exact.request("first")
        waiting = [self.in_background(ask, host, f"[fake tag=next{n}]", model="llama3:8b-q8_0") for n in range(3)]
        for task in (first, *waiting):
            self.assertEqual(task.result().status, 200)
        self.assertEqual(other.requests, [], "it spilt to another quantization")
        self.assertEqual(len(exact.requests), 4)
        self.assertEqual(exact.running_most, 1)
        exact.close()
        exact.wait_end()
        self.assertEqual(ask(host, "[fake tag=after]", model="llama3:8b-q8_0").status, 200)
        self.assertEqual(other.given("after").body["model"], "llama3:8b-q4_0")


class OurOwnWorkers(HostCase):
    """client -> host -> link of another Drover -> its backend."""

    def joined(self, host, *backends, name="Attic", slots=4):
        config = f'\n[[pool]]\nname = "home"\nurl = "ws://127.0.0.1:{host.port}"\nworker_name = "{name}"\nslots = {slots}\n'
        worker = self.drover(*backends, config=config, arguments=("--concurrency", str(slots)))
        host.wait_for(lambda status: any(each["name"] == name and each["models"] and each["state"] == "idle"
                                         for each in status["hosting"]["workers"]), f"{name} has joined with its models")
        return worker

    def test_every_call_goes_through_both(self):
        fake = self.fake()
        host = self.host()
        self.joined(host, fake)
        for path in (*OPENAI, *OLLAMA):
            for stream in (False, True):
                with self.subTest(path, stream=stream):
                    tag = f"{path.replace('/', '-')}-{stream}"
                    answer = ask(host, f"[fake tag={tag} pieces=6]", path, stream=stream)
                    self.assertTrue(looks_whole(answer), answer)
                    direct = ask(fake, f"[fake tag={tag} pieces=6]", path, stream=stream)
                    self.assertEqual(answer.body, direct.body, "not what the backend says itself")
                    self.assertEqual(fake.entry(tag)["path"], path)
        for path in ("/v1/embeddings", "/api/embed"):
            self.assertEqual(ask(host, path=path, model="tiny-embed").body, ask(fake, path=path, model="tiny-embed").body)
        view = host.workers()["Attic"]
        self.assertEqual((view["slots"], view["dialect"]), (4, "nfrx"))
        self.assertGreaterEqual(view["processed"], 14)
        self.assert_balanced(host)

    def test_errors_and_breaks_of_the_backend_come_through_truthfully(self):
        host = self.host()
        self.joined(host, self.fake())
        for path in (*OPENAI, *OLLAMA):
            for model in ("cut", "midchunk", "reset-mid", "error-mid"):
                with self.subTest(path, model=model):
                    answer = ask(host, path=path, model=model, stream=True)
                    self.assertTrue(tells_of_an_error(answer), answer.body[-300:])
                    self.assertIn(b"word2", answer.body)
        self.assertEqual(ask(host, model="error500").status, 500)
        self.assertEqual(ask(host, model="error400").status, 400)
        self.assert_balanced(host)

    def test_a_client_that_leaves_stops_the_backend_behind_the_worker(self):
        fake = self.fake()
        host = self.host()
        self.joined(host, fake)
        wire = self.wire(host)
        wire.request("POST", COMPLETIONS, json.dumps(case.chat(text="[fake tag=leaver pieces=500 delay=0.05]", stream=True)).encode(),
                     [("Content-Type", "application/json")])
        wire.until(b"word0")
        left = time.monotonic()
        wire.close()
        entry = wait_until(lambda: (fake.entry("leaver") or {}).get("outcome") == "left" and fake.entry("leaver"), "it is stopped")
        self.assertLess(entry["ended"] - left, 2)
        self.assertEqual(self.assert_balanced(host)["cancelled"], 1)

    def test_local_backends_and_workers_share_the_work(self):
        local, remote = self.fake(slots=1), self.fake(slots=2)
        host = self.host(local, arguments=("--concurrency", "1"))
        self.joined(host, remote, slots=2)
        tasks = [self.in_background(ask, host, f"[fake tag=mix{n} pieces=8 delay=0.1]", stream=True) for n in range(9)]
        for task in tasks:
            self.assertTrue(looks_whole(task.result()))
        here = [n for n in range(9) if local.entry(f"mix{n}")]
        there = [n for n in range(9) if remote.entry(f"mix{n}")]
        self.assertEqual(sorted(here + there), list(range(9)), "each ran once")
        self.assertTrue(here and there, (here, there))
        self.assertLessEqual(remote.stats()["running_most"], 2)
        own = call(host.own_port, "POST", "/api/chat", case.chat(text="[fake tag=own]", stream=False))
        self.assertEqual(own.status, 200)

    def test_a_worker_that_is_killed_comes_back_and_so_does_a_host(self):
        fake = self.fake()
        host = self.host()
        worker = self.joined(host, fake)
        running = self.in_background(ask, host, "[fake tag=victim pieces=500 delay=0.05]", stream=True)
        wait_until(lambda: fake.entry("victim"), "it runs")
        began = time.monotonic()
        worker.process.kill()
        self.assertTrue(tells_of_an_error(running.result(30)))
        self.assertLess(time.monotonic() - began, 5)
        host.wait_for(lambda status: not any(each["state"] != "gone" for each in status["hosting"]["workers"]), "it is gone")
        self.joined(host, fake, name="Cellar")
        self.assertEqual(ask(host).status, 200)

    def test_a_host_that_is_killed_is_found_again(self):
        fake = self.fake()
        host = self.host()
        self.joined(host, fake)
        running = self.in_background(ask, host, "[fake tag=victim pieces=500 delay=0.05]", stream=True)
        wait_until(lambda: fake.entry("victim"), "it runs")
        port = host.pool_port
        host.process.kill()
        try:
            self.assertTrue(tells_of_an_error(running.result(30)))
        except (OSError, EOFError):
            pass  # it was killed before the first byte
        wait_until(lambda: fake.entry("victim")["outcome"] == "left", "the backend works for nobody", 30)
        again = self.host(port=port)
        again.wait_for(lambda status: any(each["name"] == "Attic" and each["models"] for each in status["hosting"]["workers"]),
                       "the worker has come back", 60)
        self.assertEqual(ask(again).status, 200)


class Telling(HostCase):
    """What the state documents and metrics say is so, for chat as well as for generate."""

    def test_metrics_and_state_count_chats_and_generates_alike(self):
        host = self.host()
        worker = self.worker(host, "seed", models=["tiny:latest"])
        for _ in range(2):
            ask(host, "[fake pieces=5]", "/api/generate")
            ask(host, "[fake pieces=5]", COMPLETIONS)
        ask(host, "[fake do=error500]", COMPLETIONS)
        self.assert_balanced(host)
        series = host.series()
        count = 'llamapool_model_requests_total{model="tiny:latest",outcome="%s"}'
        self.assertEqual((series.get(count % "success"), series.get(count % "error")), (4, 1))
        tokens = 'llamapool_model_tokens_total{kind="%s",model="tiny:latest"}'
        self.assertEqual((series.get(tokens % "in"), series.get(tokens % "out")), (4 * 23, 4 * 5))
        durations = [name for name in series if name.startswith("llamapool_request_duration_seconds_count{")]
        self.assertEqual(sum(series[name] for name in durations), 5)
        self.assertTrue(any(name.startswith("llamapool_build_info{") for name in series))
        told = next(each for each in get_json(f"{host.url}/api/v1/state")["workers"] if each["id"] == worker.worker_id)
        self.assertEqual((told["processed_total"], told["failures_total"], told["inflight"]), (5, 1, 0))
        self.assertEqual((told["tokens_in_total"], told["tokens_out_total"]), (4 * 23, 4 * 5))
        server = get_json(f"{host.url}/api/v1/state")["server"]
        self.assertEqual((server["jobs_inflight_total"], server["jobs_completed_total"] + server["jobs_failed_total"]), (0, 5))
        self.assertEqual(server["jobs_failed_total"], 1)

    def test_what_runs_and_waits_is_told_while_it_does(self):
        host = self.host()
        self.worker(host, models=["tiny:latest"], slots=1)
        tasks = [self.in_background(ask, host, f"[fake tag=t{n} pieces=30 delay=0.1]", stream=True) for n in range(3)]
        told = host.wait_for(lambda status: status["hosting"]["running"] == 1 and status["hosting"]["waiting"] == 2,
                             "one runs, two wait")["hosting"]
        self.assertEqual(told["workers"][0]["state"], "working")
        old, new = get_json(f"{host.url}/api/v1/state"), get_json(f"{host.url}/api/state")["plugins"]["llm"]
        self.assertEqual((old["server"]["jobs_inflight_total"], old["server"]["scheduler_queue_len"]), (1, 2))
        self.assertEqual((old["workers_summary"]["working"], old["workers"][0]["status"]), (1, "working"))
        self.assertEqual((new["server"]["jobs_inflight_total"], new["server"]["scheduler_queue_len"]), (1, 2))
        self.assertEqual(new["workers"][0]["inflight"], 1)
        for task in tasks:
            self.assertEqual(task.result().status, 200)

    def test_facts_of_the_newest_workers_are_told(self):
        host = self.host()
        worker = self.worker(host, "0.9.6", name="Rich", beats=0.2)
        told = wait_until(lambda: next((each for each in get_json(f"{host.url}/api/state")["plugins"]["llm"]["workers"]
                                        if each["host_cpu_percent"] == 99.8), None), "its heartbeat's figures")
        self.assertEqual((told["version"], told["build_sha"], told["embedding_batch_size"]), ("v0.9.6", "0d49cf7", 2))
        self.assertEqual(told["host_info"]["hostname"], "vm")
        self.assertEqual(told["host_info"]["backend_family"], "ollama")
        self.assertEqual(told["host_ram_used_percent"], 7.2)
        self.assertFalse(worker.problems)

    def test_the_streams_of_the_state_go_on(self):
        host = self.host()
        for path in ("/api/v1/state/stream", "/api/state/stream"):
            with self.subTest(path), self.wire(host) as wire:
                wire.request("GET", path)
                head = wire.head()
                self.assertEqual((head.status, head.get("content-type")), (200, "text/event-stream"))
                first = wire.until(b"\n\n")
                second = wire.until(b"\n\n")
                for event in (first, second):
                    self.assertIn(b"data: {", event)


class Connecting(HostCase):
    def test_the_handshake_is_refused_as_servers_do(self):
        host = self.host()
        for headers, status in ((("Origin", "https://evil.example"), 403),):
            with self.subTest(status), self.assertRaises(Refused) as refused:
                self.worker(host, joins=False, headers=[headers])
            self.assertEqual(refused.exception.status, status)
        for path in ("/workers/connect", "/api/workers/connect", "/api/llm/connect"):
            self.assertEqual(call(host.port, "GET", path).status, 426)
            worker = self.worker(host, path=path)
            worker.close()
            worker.wait_end()
            self.assertEqual(worker.close_code, 1000)
        with self.assertRaises(Refused) as refused:
            self.worker(host, joins=False, path="/workers/elsewhere")
        self.assertEqual(refused.exception.status, 404)

    def test_the_first_message_must_be_a_registration(self):
        host = self.host()
        for first in (b'{"type":"heartbeat","ts":1}', b"nonsense", b'{"type":"register","models":"x"}', b"[]"):
            with self.subTest(first):
                worker = self.worker(host, joins=False, registers=False, beats=0)
                worker.write(1, first)
                worker.wait_end()
                self.assertIn(worker.close_code, (1008, 1011))

    def test_one_more_path_for_workers_when_set(self):
        host = self.host(arguments=("--set", "host.worker_path=/my/workers"))
        self.worker(host, path="/my/workers")
        self.assertEqual(ask(host).status, 200)

    def test_nothing_listens_until_a_pool_is_hosted(self):
        port = free_port()
        self.drover(self.fake())
        with self.assertRaises(OSError):
            call(port, "GET", "/healthz")


if __name__ == "__main__":
    case.run()
