# SPDX-License-Identifier: MIT
"""Working for a pool: the built `drover` between a fake pool's server and a fake Ollama."""
import json
import os
import stat
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))

import case
from case import chat
from fake_pool import NEWEST, SEED, FakePool
from test_authority import TestAuthority
from programs import free_port, wait_until

KEY = "a-very-secret-pool-key-7f3a"


class PoolCase(case.EndToEndCase):
    def pool(self, **options):
        pool = FakePool(**options)
        self.addCleanup(pool.stop)
        return pool

    def joined(self, pool, fake=None, config="", **options):
        """A Drover whose settings have this pool, called lab."""
        fake = fake or self.fake()
        block = f'\n[[pool]]\nname = "lab"\nurl = "{pool.url}"\nkey_env = "LAB_KEY"\n{config}'
        return fake, self.drover(fake, config=block, environment={"LAB_KEY": pool.key}, **options)

    def pool_of(self, drover):
        return drover.status()["pools"][0]

    def wait_for_state(self, drover, state):
        return drover.wait_for(lambda status: status["pools"] and status["pools"][0]["state"] == state,
                               f"the pool is {state}")


class Registration(PoolCase):
    def test_registers_with_the_models_the_slots_and_the_key_in_every_form(self):
        pool = self.pool(key=KEY)
        _, drover = self.joined(pool, config='worker_name = "Alpha"\nslots = 2\n', arguments=("--concurrency", "3"))

        worker = pool.worker()

        told = worker.registration
        self.assertEqual((told["worker_name"], told["worker_key"], told["client_key"]), ("Alpha", KEY, KEY))
        worker.wait_for(lambda: any(frame.get("max_concurrency") == 2 and "tiny:latest" in frame["models"]
                                    for frame in worker.frames), "two slots and the models are offered")
        self.assertNotIn("origin", worker.headers)
        self.assertNotIn("sec-websocket-extensions", worker.headers)
        status = self.wait_for_state(drover, "connected")
        self.assertTrue(status["connected_to_server"])
        self.assertEqual(status["worker_id"], told["worker_id"])
        self.assertEqual(status["state"], "connected_idle")

    def test_beats_and_pings(self):
        pool = self.pool()
        self.joined(pool)
        worker = pool.worker()

        worker.wait_for(lambda: worker.of_type("heartbeat"), "a heartbeat")

        self.assertAlmostEqual(worker.of_type("heartbeat")[0]["ts"], time.time(), delta=30)
        worker.wait_for(lambda: worker.pings >= 1, "a ping")

    def test_stops_at_a_refused_key_with_a_sentence_and_never_shows_it(self):
        pool = self.pool(key="another")
        pool_key = pool.key
        fake = self.fake()
        block = f'\n[[pool]]\nname = "lab"\nurl = "{pool.url}"\nkey_env = "LAB_KEY"\n'
        drover = self.drover(fake, config=block, environment={"LAB_KEY": KEY})

        status = self.wait_for_state(drover, "refused")

        self.assertIn("refuses the key", status["pools"][0]["reason"])
        dialled = pool.dialled
        time.sleep(3)
        self.assertEqual(pool.dialled, dialled, "it went on asking")
        code, out, _ = drover.command("pools")
        self.assertEqual(code, 5)
        self.assertIn("refuses the key", out)
        for text in (json.dumps(drover.status()), drover.text(), out):
            self.assertNotIn(KEY, text)
            self.assertNotIn(pool_key, text)


class ProxyExchange(PoolCase):
    def test_streams_a_chat_through_to_the_backend_and_back(self):
        for path in (SEED, NEWEST):
            with self.subTest(path=path):
                pool = self.pool(path=path, key=KEY)
                fake, drover = self.joined(pool)
                worker = pool.worker()

                status, headers, body, error = worker.ask(chat(stream=True)).whole()

                self.assertEqual((status, error), (200, None))
                self.assertEqual(headers["Content-Type"].split(";")[0], "text/event-stream")
                self.assertNotIn("X-Served-By", headers)
                self.assertTrue(body.endswith(b"data: [DONE]\n\n"), body[-200:])
                self.assertEqual(fake.stats()["log"][-1]["path"], "/v1/chat/completions")
                finished = drover.wait_for(lambda status: status["finished"], "the job is over")["finished"][0]
                self.assertEqual((finished["user"], finished["lane"], finished["outcome"]), ("pool lab", "pool", "done"))
                self.assertEqual(next(user["source"] for user in drover.status()["users"]), "pool")

    def test_gives_a_whole_answer_with_its_length(self):
        pool = self.pool()
        self.joined(pool)
        worker = pool.worker()

        status, headers, body, error = worker.ask(chat(stream=False)).whole()

        self.assertEqual((status, error), (200, None))
        self.assertEqual(int(headers["Content-Length"]), len(body))
        self.assertIn("choices", json.loads(body))

    def test_keeps_every_message_within_what_old_servers_take(self):
        pool = self.pool(path=SEED)
        self.joined(pool)
        worker = pool.worker()

        status, _, body, _ = worker.ask(chat(text="[fake pieces=20000]", stream=False)).whole()

        self.assertEqual(status, 200)
        self.assertLessEqual(worker.largest, 32768)
        self.assertGreater(len(body), 50_000)

    def test_takes_requests_of_many_megabytes(self):
        pool = self.pool()
        self.joined(pool)
        worker = pool.worker()

        status, _, _, error = worker.ask(chat(text="word " * 1_000_000, stream=False)).whole()

        self.assertEqual((status, error), (200, None))

    def test_tells_the_backends_own_errors_and_a_missing_model(self):
        pool = self.pool()
        self.joined(pool)
        worker = pool.worker()

        status, _, body, _ = worker.ask(chat(model="nobody-has-this", stream=True)).whole()

        self.assertEqual(status, 404)
        self.assertIn("nobody-has-this", json.loads(body)["error"]["message"])

    def test_refuses_what_is_not_on_the_list(self):
        pool = self.pool()
        fake, _ = self.joined(pool)
        worker = pool.worker()
        fake.reset()

        for method, path in (("DELETE", "/api/delete"), ("POST", "/api/pull"), ("POST", "@127.0.0.1:1/x"),
                             ("GET", "/api/tags"), ("POST", "/v1/../api/pull")):
            with self.subTest(path=path):
                status, _, body, _ = worker.ask({"model": "tiny"}, path=path, method=method).whole()
                self.assertEqual(status, 403)
                self.assertIn("does not offer", json.loads(body)["error"]["message"])
        self.assertFalse([path for path in fake.stats()["paths"] if "delete" in path or "pull" in path])

    def test_passes_no_key_of_the_pools_client_on(self):
        pool = self.pool()
        self.joined(pool)
        worker = pool.worker()
        secrets = {"Authorization": "Bearer PUBLIC-API-KEY", "Cookie": "session=1", "X-Forwarded-For": "192.0.2.7"}

        _, _, request, _ = worker.ask(chat(model="echo", stream=False), headers=secrets).whole()

        self.assertIn(b"POST /v1/chat/completions", request)
        for value in (b"PUBLIC-API-KEY", b"session=1", b"192.0.2.7"):
            self.assertNotIn(value, request)

    def test_a_cancel_reaches_the_backend_and_is_answered(self):
        pool = self.pool()
        fake, drover = self.joined(pool)
        worker = pool.worker()
        answer = worker.ask(chat(text="[fake tag=long pieces=2000 delay=0.05]", stream=True))
        worker.wait_for(answer.chunks, "the first piece")

        answer.cancel()
        worker.wait_for(answer.ended, "the end of what was cancelled")

        wait_until(lambda: fake.entry("long")["outcome"] == "left", "Ollama is told")
        drover.wait_for(lambda status: status["queue"]["running"] == 0, "nothing runs any more")
        self.assertEqual(answer.frames()[-1]["error"]["code"], "cancelled")

    def test_runs_no_more_at_once_than_it_offered(self):
        pool = self.pool()
        fake, drover = self.joined(pool, config="slots = 1\n", arguments=("--concurrency", "4"))
        worker = pool.worker()
        answers = [worker.ask(chat(text="[fake pieces=5 delay=0.05]", stream=True)) for _ in range(4)]

        most = 0
        while not all(answer.ended() for answer in answers):
            most = max(most, drover.status()["queue"]["running"])
            time.sleep(0.02)

        self.assertEqual(most, 1)
        self.assertTrue(all(answer.whole()[0] == 200 for answer in answers))


class OwnerFirst(PoolCase):
    def busy(self, config=""):
        """One slot, on which a pool's long job runs; another pool's job waits."""
        pools = [self.pool(), self.pool()]
        fake = self.fake()
        blocks = "".join(f'\n[[pool]]\nname = "p{i}"\nurl = "{pool.url}"\n' for i, pool in enumerate(pools))
        drover = self.drover(fake, config=config + blocks, arguments=("--concurrency", "1"))
        first, second = [pool.worker() for pool in pools]
        long = first.ask(chat(text="[fake tag=long pieces=40 delay=0.05]", stream=True))
        first.wait_for(long.chunks, "the first piece")
        next_one = second.ask(chat(text="[fake tag=next pieces=2]", stream=True))
        drover.wait_for(lambda status: status["queue"]["waiting"] == 1, "another waits")
        return fake, drover, long, next_one

    def test_an_own_request_goes_before_a_pools_that_waited_longer(self):
        fake, drover, long, next_one = self.busy()

        status = case.ask(drover, body=chat(text="[fake tag=own pieces=2]", stream=False)).status

        self.assertEqual(status, 200)
        self.assertEqual(long.whole()[0], 200)
        self.assertEqual(next_one.whole()[0], 200)
        self.assertEqual([entry["tag"] for entry in fake.stats()["log"]], ["long", "own", "next"])

    def test_hands_a_running_job_back_when_that_is_set(self):
        fake, drover, long, next_one = self.busy("[queue]\npool_jobs_yield = true\n")

        case.ask(drover, body=chat(text="[fake tag=own pieces=2]", stream=False))

        self.assertEqual(long.whole()[3], {"code": "worker_not_ready", "message": "The owner of this machine needs it."})
        self.assertEqual(fake.entry("long")["outcome"], "left")
        self.assertEqual(next_one.whole()[0], 200)
        reasons = {job["user"]: job["reason"] for job in drover.status()["finished"]}
        self.assertEqual(sorted(entry["tag"] for entry in fake.stats()["log"]), ["long", "next", "own"])
        self.assertIn("It was handed back to the pool.", [job["reason"] for job in drover.status()["finished"]], reasons)


    def test_gives_back_what_waits_when_nothing_may_be_taken(self):
        fake, drover, long, next_one = self.busy()

        drover.command("pause")

        status, _, _, error = next_one.whole()
        self.assertEqual((status, error["code"]), (503, "worker_not_ready"))
        self.assertEqual((long.whole()[0], long.whole()[3]), (200, None), "what ran was not finished")
        self.assertIsNone(fake.entry("next"))


class JobExchange(PoolCase):
    def test_streams_a_generate_job(self):
        pool = self.pool(path=SEED, key=KEY)
        fake, _ = self.joined(pool)
        worker = pool.worker()

        frames = worker.ask_generate("tiny", "Hello", True).whole()

        self.assertEqual({frame["type"] for frame in frames}, {"job_chunk"})
        self.assertEqual(frames[-1]["data"], {"done": True})
        self.assertTrue("".join(frame["data"].get("response", "") for frame in frames))
        self.assertTrue(frames[-2]["data"]["done"])
        self.assertEqual(fake.stats()["log"][-1]["path"], "/api/generate")

    def test_gives_a_whole_generate_job(self):
        pool = self.pool(path=SEED)
        self.joined(pool)
        worker = pool.worker()

        frames = worker.ask_generate("tiny", "Hello", False).whole()

        self.assertEqual([frame["type"] for frame in frames], ["job_result"])
        self.assertTrue(frames[0]["data"]["done"])

    def test_tells_a_failed_job(self):
        pool = self.pool(path=SEED)
        self.joined(pool)
        worker = pool.worker()

        frames = worker.ask_generate("nobody-has-this", "Hello", False).whole()

        self.assertEqual([frame["type"] for frame in frames], ["job_error"])


class Trouble(PoolCase):
    def test_comes_back_under_a_new_id_after_the_connection_is_cut(self):
        pool = self.pool()
        fake, drover = self.joined(pool)
        first = pool.worker()
        answer = first.ask(chat(text="[fake tag=cut pieces=2000 delay=0.05]", stream=True))
        first.wait_for(answer.chunks, "the first piece")

        first.cut()
        second = pool.worker()

        self.assertNotEqual(second.registration["worker_id"], first.registration["worker_id"])
        wait_until(lambda: fake.entry("cut")["outcome"] == "left", "what ran for nobody is stopped")
        self.assertEqual(second.ask(chat(stream=True)).whole()[0], 200)
        self.wait_for_state(drover, "connected")

    def test_comes_back_after_the_server_was_away(self):
        pool = self.pool()
        _, drover = self.joined(pool)
        pool.worker()
        port = pool.port
        pool.stop()
        drover.wait_for(lambda status: status["state"] == "connecting" and status["pools"][0]["reason"], "it is away")

        again = self.pool(port=port)

        self.assertEqual(again.worker().ask(chat(stream=True)).whole()[0], 200)

    def test_says_what_is_wrong_with_an_address(self):
        for status, words in ((404, "no pool at this address"), (503, "takes no workers")):
            with self.subTest(status=status):
                pool = self.pool()
                pool.refuse_with = status
                _, drover = self.joined(pool)
                drover.wait_for(lambda told, words=words: words in told["pools"][0]["reason"], f"it says {words}")

    def test_announces_that_nothing_is_ready_while_the_queue_is_paused(self):
        pool = self.pool()
        _, drover = self.joined(pool)
        worker = pool.worker()
        self.wait_for_state(drover, "connected")

        drover.command("pause")

        worker.wait_for(lambda: worker.of_type("status_update") and
                        worker.of_type("status_update")[-1]["status"] == "not_ready", "it says that it is not ready")
        self.assertEqual(worker.ask(chat(stream=True)).whole()[0], 503)
        drover.command("resume")
        worker.wait_for(lambda: worker.of_type("status_update")[-1]["status"] == "idle", "it is ready again")

    def test_finishes_its_jobs_and_says_goodbye_when_it_is_stopped(self):
        pool = self.pool()
        _, drover = self.joined(pool)
        worker = pool.worker()
        answer = worker.ask(chat(text="[fake pieces=20 delay=0.05]", stream=True))
        worker.wait_for(answer.chunks, "the first piece")

        drover.signal(15)
        worker.wait_for(lambda: [f for f in worker.of_type("status_update") if f["status"] == "draining"], "it drains")
        late = worker.ask(chat(stream=True)).whole()
        status, _, body, error = answer.whole()
        worker.wait_end()

        self.assertEqual((late[0], late[3]["code"]), (503, "worker_draining"))
        self.assertEqual((status, error), (200, None))
        self.assertTrue(body.endswith(b"data: [DONE]\n\n"))
        self.assertEqual((worker.close_code, worker.close_reason), (1000, "drained"))
        self.assertEqual(drover.wait(), 0)

    def test_ends_at_once_when_idle(self):
        pool = self.pool()
        _, drover = self.joined(pool)
        worker = pool.worker()
        self.wait_for_state(drover, "connected")

        drover.signal(15)
        worker.wait_end()

        self.assertEqual(worker.close_code, 1000)
        self.assertEqual(drover.wait(), 0)

    def test_says_so_when_nobody_listens(self):
        fake = self.fake()
        block = f'\n[[pool]]\nname = "lab"\nurl = "ws://127.0.0.1:{free_port()}/api/llm/connect"\n'
        drover = self.drover(fake, config=block)

        drover.wait_for(lambda told: "cannot be reached" in told["pools"][0]["reason"], "it says so")


    def test_stops_when_the_key_is_withdrawn_while_jobs_run(self):
        pool = self.pool(key=KEY)
        fake, drover = self.joined(pool)
        worker = pool.worker()
        answer = worker.ask(chat(text="[fake tag=revoked pieces=2000 delay=0.05]", stream=True))
        worker.wait_for(answer.chunks, "the first piece")

        worker.close(1008, "unauthorized")

        status = self.wait_for_state(drover, "refused")
        self.assertIn("was withdrawn", status["pools"][0]["reason"])
        self.assertIn("Ask the pool's operator", status["pools"][0]["fix"])
        wait_until(lambda: fake.entry("revoked")["outcome"] == "left", "what ran for nobody is stopped")
        self.assertEqual(pool.dialled, 1)

    def test_ends_its_jobs_with_an_error_when_ollama_dies_and_offers_again_when_it_is_back(self):
        pool = self.pool()
        fake, drover = self.joined(pool)
        worker = pool.worker()
        answer = worker.ask(chat(text="[fake pieces=2000 delay=0.05]", stream=True))
        worker.wait_for(answer.chunks, "the first piece")

        fake.kill()

        self.assertEqual(answer.whole()[3]["code"], "upstream_error")
        worker.wait_for(lambda: worker.of_type("status_update") and
                        worker.of_type("status_update")[-1]["max_concurrency"] == 0, "it offers nothing")
        self.assertIn("No model is ready", self.wait_for_state(drover, "unready")["pools"][0]["reason"])
        self.fake(port=fake.port)
        worker.wait_for(lambda: worker.of_type("status_update")[-1]["max_concurrency"], "it offers again")
        self.assertEqual(worker.ask(chat(stream=True)).whole()[0], 200)


class Hostile(PoolCase):
    def test_does_not_mistake_a_login_page_or_a_stranger_for_a_pool(self):
        page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\nlogin"
        moved = b"HTTP/1.1 302 Found\r\nLocation: http://login.example/\r\nContent-Length: 0\r\n\r\n"
        unaccepted = (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                      b"Sec-WebSocket-Accept: bm8=\r\n\r\n")
        for answer, words in ((page, "login page"), (moved, "login page"), (b"SSH-2.0-OpenSSH_9.2\r\n", "cannot be reached"),
                              (unaccepted, "cannot be reached"), (b"\0" * 100_000, "cannot be reached")):
            with self.subTest(answer=answer[:30]):
                pool = self.pool(key=KEY)
                pool.answer_with = answer
                _, drover = self.joined(pool)
                status = drover.wait_for(lambda told, words=words: words in told["pools"][0]["reason"], f"it says {words}")
                self.assertEqual(status["state"], "connecting")
                pool.answer_with = None
                self.assertEqual(pool.worker().ask(chat(stream=True)).whole()[0], 200)

    def test_closes_on_a_flood_of_requests_keeps_serving_the_owner_and_comes_back(self):
        pool = self.pool()
        _, drover = self.joined(pool, config="slots = 1\n")
        worker = pool.worker()
        answer = worker.ask(chat(text="[fake tag=first pieces=2000 delay=0.05]", stream=True))
        worker.wait_for(answer.chunks, "the first piece")
        flood = json.dumps({"type": "http_proxy_request", "request_id": "x", "method": "DELETE", "path": "/api/delete"})
        memory = drover.memory_bytes()

        def pour():
            try:
                while not worker.ended.is_set():
                    worker.write(1, flood.encode())
            except OSError:
                pass
        task = self.in_background(pour)

        drover.wait_for(lambda told: "closed the connection" in told["pools"][0]["reason"], "it says why it hung up")
        self.assertEqual(case.ask(drover, body=chat(stream=False)).status, 200)
        worker.wait_end()
        task.result()
        self.assertLess(drover.memory_bytes() - memory, 100 << 20)
        self.assertEqual(pool.worker().ask(chat(stream=True)).whole()[0], 200)

    def test_hangs_up_on_a_server_that_asks_and_does_not_read(self):
        pool = self.pool()
        fake, drover = self.joined(pool)
        worker = pool.worker()
        worker.reads.clear()
        answer = worker.ask(chat(text="[fake tag=unread pieces=200000]", stream=True))

        second = pool.worker()

        wait_until(lambda: fake.entry("unread")["outcome"] == "left", "what nobody reads is stopped")
        self.assertLess(drover.memory_peak_bytes(), 200 << 20)
        self.assertFalse(answer.ended())
        self.assertEqual(second.ask(chat(stream=True)).whole()[0], 200)
        worker.reads.set()

    def test_a_frame_that_is_too_large_or_malformed_ends_the_connection_only(self):
        for name, frame, words in (
                ("65 MiB in one frame", bytes([0x81, 127]) + (65 << 20).to_bytes(8, "big"), "too large"),
                ("an unknown opcode", bytes([0x83, 0]), "malformed"),
                ("a masked frame of a server", bytes([0x81, 0x81, 1, 2, 3, 4, 5]), ""),
                ("no UTF-8", bytes([0x81, 2, 0xC3, 0x28]), "malformed")):
            with self.subTest(name):
                pool = self.pool()
                _, drover = self.joined(pool)
                worker = pool.worker()
                with worker.sending:
                    worker.connection.sendall(frame)
                if words:
                    drover.wait_for(lambda told, words=words: words in told["pools"][0]["reason"], f"it says {words}")
                    self.assertEqual(pool.worker().ask(chat(stream=True)).whole()[0], 200)
                self.assertEqual(case.ask(drover, body=chat(stream=False)).status, 200)

    def test_stands_nonsense_and_strange_cancels(self):
        pool = self.pool()
        _, drover = self.joined(pool)
        worker = pool.worker()
        for text in (b"", b"null", b"[]", b"{", b"{}", b'"x"', b'{"type":7}', b'{"type":"http_proxy_request"}',
                     b'{"type":"http_proxy_request","request_id":"a","body":"***"}', b"[" * 100_000,
                     b'{"type":"http_proxy_cancel","request_id":"never-seen"}', b'{"type":"cancel_job","job_id":"x"}',
                     b'{"type":"job_request","job_id":"j","endpoint":"generate","payload":[]}'):
            worker.write(1, text)
        worker.write(2, b"binary")
        once = worker.ask(chat(text="[fake pieces=3 delay=0.05]", stream=True), request_id="same")
        worker.ask(chat(text="[fake pieces=3]", stream=True), request_id="same")

        self.assertEqual(once.whole()[0], 200)
        once.cancel()
        once.cancel()
        self.assertEqual(worker.ask(chat(stream=True)).whole()[0], 200)
        self.assertEqual(len([f for f in worker.frames if f.get("request_id") == "same" and f["type"].endswith("_end")]), 1)
        self.assertFalse(worker.ended.is_set())

    def test_a_half_open_connection_is_noticed_and_replaced(self):
        pool = self.pool()
        pool.answers_pings = False
        _, drover = self.joined(pool)
        pool.worker()

        status = drover.wait_for(lambda told: "no sign of life" in told["pools"][0]["reason"], "it notices")

        self.assertEqual(status["pools"][0]["state"], "connecting")
        pool.answers_pings = True
        self.assertEqual(pool.worker().ask(chat(stream=True)).whole()[0], 200)
        self.wait_for_state(drover, "connected")

    def test_what_comes_after_the_goodbye_means_nothing(self):
        pool = self.pool()
        fake, drover = self.joined(pool)
        worker = pool.worker()
        self.wait_for_state(drover, "connected")
        with worker.sending:
            worker.connection.sendall(bytes([0x88, 2]) + (1001).to_bytes(2, "big"))
        try:
            worker.ask(chat(text="[fake tag=late]", stream=True))
        except OSError:
            pass

        second = pool.worker()

        self.assertEqual(second.ask(chat(stream=True)).whole()[0], 200)
        self.assertIsNone(fake.entry("late"))

    def test_several_pools_at_once_do_not_hold_each_other_up(self):
        pools = [self.pool(key=KEY) for _ in range(3)]
        blocks = "".join(f'\n[[pool]]\nname = "p{i}"\nurl = "{pool.url}"\nkey_env = "LAB_KEY"\n'
                         for i, pool in enumerate(pools))
        drover = self.drover(self.fake(), config=blocks, environment={"LAB_KEY": KEY})
        workers = [pool.worker() for pool in pools]
        workers[0].cut()

        answers = [worker.ask(chat(stream=True)) for worker in workers[1:]]

        self.assertEqual([answer.whole()[0] for answer in answers], [200, 200])
        users = drover.wait_for(lambda told: len(told["users"]) == 2, "both pools are users")["users"]
        self.assertEqual(sorted(user["name"] for user in users), ["pool p1", "pool p2"])
        self.assertEqual(pools[0].worker().ask(chat(stream=True)).whole()[0], 200)


class Encrypted(PoolCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="drover-tls-")
        self.addCleanup(folder.cleanup)
        self.authority = TestAuthority(folder.name)
        self.tls, self.pin = self.authority.server()

    def refused(self, words, config, tls=None, state="connecting"):
        """The sentence has the words, and nothing was sent: neither the key nor a request."""
        pool = self.pool(key=KEY, tls=tls or self.tls)
        _, drover = self.joined(pool, config=config)
        status = drover.wait_for(lambda told: words in told["pools"][0]["reason"], f"it says {words}")
        self.assertEqual(status["pools"][0]["state"], state)
        self.assertTrue(status["pools"][0]["fix"])
        self.assertEqual(pool.heard, [])
        self.assertNotIn(KEY, drover.text())

    def trusting(self):
        return f'ca_file = "{self.authority.file}"\n'

    def test_connects_by_an_authority_of_its_own_and_the_right_pin(self):
        for config in (self.trusting(), self.trusting() + f'pin = "{self.pin}"\n'):
            with self.subTest(config):
                pool = self.pool(key=KEY, tls=self.tls)
                self.joined(pool, config=config)
                worker = pool.worker()
                self.assertEqual(worker.headers["authorization"], f"Bearer {KEY}")
                self.assertEqual(worker.ask(chat(text="[fake pieces=20000]", stream=False)).whole()[0], 200)

    def test_says_nothing_to_a_server_that_no_authority_vouches_for(self):
        self.refused("is not trusted", "")

    def test_says_nothing_to_a_server_with_another_key_than_the_pin(self):
        _, other = self.authority.server("other")
        self.refused("does not have the key of the pin", self.trusting() + f'pin = "{other}"\n', state="refused")

    def test_says_nothing_to_another_server(self):
        tls, _ = self.authority.server("elsewhere", hosts="DNS:elsewhere.example")
        self.refused("is another server's", self.trusting(), tls)

    def test_says_that_the_time_is_wrong(self):
        tls, _ = self.authority.server("old", days=-1)
        self.refused("not valid at this time", self.trusting(), tls)

    def test_says_that_the_file_has_no_certificate(self):
        self.refused_by_file = os.path.join(self.authority.folder, "ca.key")
        pool = self.pool(tls=self.tls)
        _, drover = self.joined(pool, config=f'ca_file = "{self.refused_by_file}"\n')
        drover.wait_for(lambda told: "no certificate in" in told["pools"][0]["reason"], "it says so")

    def test_goes_through_the_systems_proxy(self):
        for tls in (None, self.authority.server("named", hosts="DNS:pool.test")[0]):
            with self.subTest(tls=tls):
                pool = self.pool(key=KEY, tls=tls, host="pool.test")
                port = pool.proxied()
                block = (f'\n[[pool]]\nname = "lab"\nurl = "{pool.url}"\nkey_env = "LAB_KEY"\n' + self.trusting())
                proxy = f"http://127.0.0.1:{port}"
                self.drover(self.fake(), config=block,
                            environment={"LAB_KEY": KEY, "http_proxy": proxy, "https_proxy": proxy})

                self.assertEqual(pool.worker().ask(chat(stream=True)).whole()[0], 200)
                self.assertEqual(pool.asked_for[0].split(" ")[:2], ["CONNECT", f"pool.test:{pool.port}"])


class Commands(PoolCase):
    def key_file(self, drover, key):
        path = os.path.join(drover.home.name, "pool.key")
        with open(path, "w", encoding="ascii") as file:
            file.write(key + "\n")
        return path

    def test_joins_and_leaves(self):
        pool = self.pool(key=KEY)
        drover = self.drover(self.fake())

        code, out, errors = drover.command("join", "--server", pool.url, "--key-file", self.key_file(drover, KEY), "--name",
                                           "lab", "--yes", "--config", drover.config_file)

        self.assertEqual(code, 0, errors)
        self.assertIn("Sharing with lab", out)
        worker = pool.worker()
        self.assertEqual(worker.ask(chat(stream=True)).whole()[0], 200)
        with open(drover.config_file, encoding="utf-8") as file:
            written = file.read()
        self.assertNotIn(KEY, written)
        kept = os.path.join(drover.home.name, "state/drover/secrets.json")
        self.assertEqual(stat.S_IMODE(os.stat(kept).st_mode), 0o600)
        self.assertIn(KEY, open(kept, encoding="utf-8").read())
        code, out, _ = drover.command("pools")
        self.assertEqual(code, 0)
        self.assertIn("lab: connected", out)
        code, out, _ = drover.command("pools", "--json")
        self.assertEqual([each["name"] for each in json.loads(out)], ["lab"])

        code, out, errors = drover.command("leave", "lab", "--config", drover.config_file)

        self.assertEqual(code, 0, errors)
        worker.wait_end()
        self.assertEqual((worker.close_code, worker.close_reason), (1000, "drained"))
        self.assertNotIn(KEY, open(kept, encoding="utf-8").read())
        drover.wait_for(lambda status: not status["pools"], "the pool is gone")
        self.assertNotIn(KEY, drover.text())

    def test_keeps_nothing_of_a_pool_that_refuses_the_key(self):
        pool = self.pool(key="another")
        drover = self.drover(self.fake())

        code, _, errors = drover.command("join", "--server", pool.url, "--key-file", self.key_file(drover, KEY), "--name",
                                         "lab", "--yes", "--config", drover.config_file)

        self.assertEqual(code, 4, errors)
        self.assertIn("refuses the key", errors)
        kept = os.path.join(drover.home.name, "state/drover/secrets.json")
        self.assertNotIn(KEY, open(kept, encoding="utf-8").read())
        with open(drover.config_file, encoding="utf-8") as file:
            self.assertNotIn("[[pool]]", [line.strip() for line in file])

    def test_asks_before_it_joins(self):
        pool = self.pool()
        drover = self.drover(self.fake())

        code, out, errors = drover.command("join", "--server", pool.url, "--name", "lab", "--config",
                                           drover.config_file)

        self.assertEqual(code, 1)
        self.assertIn("requests of your own apps come first", out)
        self.assertIn("nothing was changed", errors)

    def test_refuses_what_is_no_address(self):
        drover = self.drover(self.fake())

        code, _, errors = drover.command("join", "--server", "ftp://x/y", "--yes", "--config", drover.config_file)

        self.assertEqual(code, 2)
        self.assertIn("wss://pool.example.org", errors)


if __name__ == "__main__":
    case.run()
