# SPDX-License-Identifier: MIT
"""Who may use the hosted pool: shared and named keys, invitations, guessing, TLS, proxies, and where it listens at all."""
import json
import os
import ssl
import subprocess
import tempfile
import time

import case
from host_case import CLIENT_KEY, COMPLETIONS, WORKER_KEY, HostCase, ask, bearer, body_of, looks_whole
from fake_worker import DIALECTS
from key_desk import KeyDesk
from programs import PROGRAM, is_open, wait_until
from raw_http import Wire, call
from test_authority import TestAuthority

SHARED = {"API_KEY": CLIENT_KEY, "WORKER_KEY": WORKER_KEY}


class KeysCase(HostCase):
    def keys_of(self, host):
        return KeyDesk(os.path.join(host.home.name, "state/drover/keys.db"))

    def refused_worker(self, host, **options):
        worker = self.worker(host, joins=False, **options)
        worker.wait_end(10)
        self.assertEqual((worker.close_code, worker.close_reason), (1008, "unauthorized"))


class SharedKeys(KeysCase):
    def test_requests_without_the_key_are_401_in_the_clients_own_shape(self):
        host = self.host(environment=SHARED)
        worker = self.worker(host, "seed", key=WORKER_KEY)
        attempts = [(path, ()) for path in (COMPLETIONS, "/v1/embeddings", "/v1/responses", "/api/llm/v1/chat/completions")]
        attempts += [(COMPLETIONS, fields) for fields in (bearer("wrong"), [("X-Api-Key", "wrong")], bearer(CLIENT_KEY + "x"),
                                                          bearer(WORKER_KEY))]
        for path, fields in attempts:
            answer = ask(host, path=path, fields=fields)
            self.assertEqual(answer.status, 401, path)
            self.assertIn("message", answer.json()["error"])
            self.assertTrue(answer.get("www-authenticate"))
        self.assertEqual(worker.requests, [])

    def test_the_shapes_of_ollama_and_anthropic(self):
        host = self.host(environment=SHARED)
        self.assertIsInstance(ask(host, path="/api/chat").json()["error"], str)
        told = ask(host, path="/v1/messages").json()
        self.assertEqual((told["type"], told["error"]["type"]), ("error", "authentication_error"))
        for path in ("/v1/models", "/api/tags", "/api/v1/state", "/api/state"):
            self.assertEqual(call(host.port, "GET", path).status, 401, path)
        self.assertEqual(call(host.port, "GET", "/healthz").status, 200)

    def test_the_key_opens_in_every_form_that_clients_send(self):
        host = self.host(environment=SHARED)
        self.worker(host, key=WORKER_KEY)
        for fields in (bearer(CLIENT_KEY), [("authorization", f"bearer {CLIENT_KEY}")], [("X-Api-Key", CLIENT_KEY)]):
            self.assertEqual(ask(host, fields=fields).status, 200, fields)
        self.assertEqual(ask(host, path="/v1/messages", fields=[("x-api-key", CLIENT_KEY)]).status, 200)

    def test_workers_of_every_generation_show_it_in_their_way(self):
        host = self.host(environment=SHARED)
        for generation in DIALECTS:
            with self.subTest(generation):
                worker = self.worker(host, generation, key=WORKER_KEY)
                worker.close()
                worker.wait_end()

    def test_workers_with_a_wrong_one_or_none_are_refused(self):
        host = self.host(environment=SHARED)
        for generation in ("seed", "0.5.1", "0.9.6"):
            for key in ("", "wrong"):
                with self.subTest(generation, key=key):
                    self.refused_worker(host, dialect=generation, key=key)
        self.assertEqual(host.workers(), {})

    def test_no_key_is_shown_anywhere(self):
        host = self.host(environment=SHARED)
        self.worker(host, key=WORKER_KEY)
        ask(host, fields=bearer(CLIENT_KEY))
        ask(host, fields=bearer("a-wrong-one-123"))
        told = json.dumps(host.status()) + host.text()
        for path in ("/api/v1/state", "/api/state", "/metrics"):
            told += call(host.port, "GET", path, fields=bearer(CLIENT_KEY)).body.decode()
        with open(f"/proc/{host.pid}/cmdline", "rb") as file:
            told += file.read().decode()
        for secret in (CLIENT_KEY, WORKER_KEY, "a-wrong-one-123"):
            self.assertNotIn(secret, told)

    def test_a_key_on_the_command_line_is_refused(self):
        for option in ("--api-key", "--worker-key"):
            done = subprocess.run([PROGRAM, "pool-server", option, CLIENT_KEY], capture_output=True, text=True, timeout=30, check=False)
            self.assertEqual(done.returncode, 2, done.stderr)


class NamedKeys(KeysCase):
    def test_one_made_while_the_host_runs_is_good_at_once_and_revoked_at_once(self):
        host = self.host(environment=SHARED)
        self.worker(host, key=WORKER_KEY)
        desk = self.keys_of(host)
        key = desk.add("client", "ann")
        time.sleep(0.6)
        self.assertEqual(ask(host, fields=bearer(key)).status, 200)
        user = host.wait_for(lambda status: [each for each in status["finished"] if each["user"] == "ann"], "ann is known")
        self.assertTrue(user)
        desk.revoke("client", "ann")
        began = time.monotonic()
        wait_until(lambda: ask(host, fields=bearer(key)).status == 401, "it is revoked", 5)
        self.assertLess(time.monotonic() - began, 1.5)

    def test_a_worker_whose_key_is_revoked_is_dropped_within_a_second(self):
        host = self.host(environment=SHARED)
        desk = self.keys_of(host)
        key = desk.add("worker", "attic")
        other = self.worker(host, key=WORKER_KEY, name="other", models=["other:1b"])
        time.sleep(0.6)
        worker = self.worker(host, key=key, name="attic")
        task = self.in_background(ask, host, "[fake tag=cut pieces=100 delay=0.1]", stream=True, fields=bearer(CLIENT_KEY))
        worker.request("cut")
        desk.revoke("worker", "attic")
        began = time.monotonic()
        worker.wait_end(10)
        self.assertLess(time.monotonic() - began, 1.2)
        self.assertEqual(worker.close_code, 1008)
        self.assertFalse(looks_whole(task.result(5)))
        self.assertFalse(other.ended.is_set())
        self.refused_worker(host, key=key)

    def test_a_key_that_expires_ends_by_itself(self):
        host = self.host(environment=SHARED)
        desk = self.keys_of(host)
        key = desk.add("worker", "guest", seconds=3)
        time.sleep(0.6)
        worker = self.worker(host, key=key)
        worker.wait_end(10)
        self.assertEqual(worker.close_code, 1008)
        self.refused_worker(host, key=key)

    def test_it_may_ask_for_and_offer_its_models_only(self):
        host = self.host(environment=SHARED)
        desk = self.keys_of(host)
        asks, offers = desk.add("client", "ann", models=["tiny*"]), desk.add("worker", "attic", models=["tiny*", "other*"])
        time.sleep(0.6)
        worker = self.worker(host, key=offers, models=["tiny:latest", "other:1b", "secret:1b"])
        self.assertEqual(sorted(host.models(bearer(CLIENT_KEY))), ["other:1b", "tiny:latest"])
        self.assertEqual(ask(host, fields=bearer(asks)).status, 200)
        self.assertIn(ask(host, model="other:1b", fields=bearer(asks)).status, (403, 404))
        self.assertEqual(ask(host, model="secret:1b", fields=bearer(CLIENT_KEY)).status, 404)
        self.assertEqual(len(worker.requests), 1)

    def test_its_rates_are_told_and_kept(self):
        host = self.host(environment=SHARED)
        self.worker(host, key=WORKER_KEY)
        key = self.keys_of(host).add("client", "ann", requests=3)
        time.sleep(0.6)
        answers = [ask(host, fields=bearer(key)) for _ in range(5)]
        self.assertEqual([answer.status for answer in answers], [200, 200, 200, 429, 429])
        self.assertEqual(answers[0].get("x-ratelimit-limit-requests"), "3")
        self.assertEqual(answers[0].get("x-ratelimit-remaining-requests"), "2")
        self.assertGreater(int(answers[3].get("retry-after")), 0)
        self.assertEqual(ask(host, fields=bearer(CLIENT_KEY)).status, 200)
        self.assert_balanced(host)

    def test_no_more_at_once_than_it_allows(self):
        host = self.host(environment=SHARED)
        worker = self.worker(host, key=WORKER_KEY, slots=8)
        key = self.keys_of(host).add("client", "ann", running=1)
        time.sleep(0.6)
        tasks = [self.in_background(ask, host, f"[fake tag=r{n} pieces=4 delay=0.1]", stream=True, fields=bearer(key)) for n in range(4)]
        for task in tasks:
            self.assertTrue(looks_whole(task.result()))
        self.assertEqual(worker.running_most, 1)

    def test_two_hosts_share_one_file_of_keys(self):
        folder = tempfile.TemporaryDirectory(prefix="drover-keys-")
        self.addCleanup(folder.cleanup)
        path = os.path.join(folder.name, "keys.db")
        hosts = [self.host(arguments=("--set", f"host.keys_file={path}"), environment=SHARED) for _ in range(2)]
        for host in hosts:
            self.worker(host, key=WORKER_KEY)
        desk = KeyDesk(path)
        key = desk.add("client", "ann")
        time.sleep(0.6)  # asking too early would be guessing
        for host in hosts:
            self.assertEqual(ask(host, fields=bearer(key)).status, 200)
        code = desk.invite(uses=1)
        answers = [self.in_background(call, host.port, "POST", "/j", {"code": code, "name": "Attic"}) for host in hosts]
        self.assertEqual(sorted(task.result().status for task in answers), [200, 403])
        desk.revoke("client", "ann")
        for host in hosts:
            wait_until(lambda: ask(host, fields=bearer(key)).status == 401, "it is revoked at both", 3)

    def test_keys_outlive_the_host(self):
        host = self.host(environment=SHARED)
        key = self.keys_of(host).add("client", "ann")
        time.sleep(0.6)
        self.assertEqual(call(host.port, "GET", "/v1/models", fields=bearer(key)).status, 200)
        host.process.kill()
        host.process.wait()
        again = self.host(arguments=("--set", f"host.keys_file={self.keys_of(host).path}"))
        self.assertEqual(call(again.port, "GET", "/v1/models", fields=bearer(key)).status, 200)
        self.assertEqual(call(again.port, "GET", "/v1/models").status, 401)
        with open(self.keys_of(host).path, "rb") as file:
            self.assertNotIn(key.encode(), file.read())


class Invitations(KeysCase):
    def join(self, drover, *words):
        done = subprocess.run([PROGRAM, "join", *words, "--yes", "--config", drover.config_file], capture_output=True, text=True,
                              timeout=90, check=False, stdin=subprocess.DEVNULL, env={**drover.environment, **drover.address()})
        return done.returncode, done.stdout, done.stderr

    def test_a_code_is_traded_once_by_drover_join_which_then_works(self):
        host = self.host(environment=SHARED)
        code = self.keys_of(host).invite()
        fake = self.fake()
        drover = self.drover(fake)

        link = f"drover://join?s=ws%3A%2F%2F127.0.0.1%3A{host.port}&n=home&c={code}"
        status, out, errors = self.join(drover, link)

        self.assertEqual(status, 0, errors)
        host.wait_for(lambda told: [each for each in told["hosting"]["workers"] if each["models"] and each["state"] == "idle"], "it has joined")
        view = next(iter(host.workers().values()))
        self.assertTrue(view["key"], "it is known by a key of its own")
        self.assertTrue(looks_whole(ask(host, "[fake tag=traded]", stream=True, fields=bearer(CLIENT_KEY))))
        self.assertIsNotNone(fake.entry("traded"))
        self.assertIn("invitation_traded", self.keys_of(host).events())
        self.assertEqual(call(host.port, "POST", "/j", {"code": code, "name": "Cellar"}).status, 403)
        self.assertNotIn(code, host.text() + out)
        self.keys_of(host).revoke("worker", view["key"])
        host.wait_for(lambda told: not [each for each in told["hosting"]["workers"] if each["state"] != "gone"], "it is dropped", 5)

    def test_what_is_no_good_code_gives_no_key(self):
        host = self.host(environment=SHARED)
        desk = self.keys_of(host)
        over = desk.invite(seconds=-1)
        for code in (over, "AAAA-BBBB-CCCC", ""):
            answer = call(host.port, "POST", "/j", {"code": code, "name": "Attic"})
            self.assertIn(answer.status, (400, 403))
            self.assertNotIn(b'"key"', answer.body)
        for body in (b"nonsense", b"[]", b'{"code":7}', b"x" * 20_000):
            self.assertIn(call(host.port, "POST", "/j", body, [("Content-Type", "application/json")]).status, (400, 403, 413))

    def test_a_code_of_several_uses_is_good_for_exactly_these(self):
        host = self.host(environment=SHARED)
        code = self.keys_of(host).invite(uses=3)
        tasks = [self.in_background(call, host.port, "POST", "/j", {"code": code.lower().replace("-", ""), "name": "Attic"}) for _ in range(6)]
        answers = [task.result() for task in tasks]
        good = [answer.json()["key"] for answer in answers if answer.status == 200]
        self.assertEqual((len(good), len(set(good))), (3, 3))
        for key in good:
            self.worker(host, key=key)


class Guessing(KeysCase):
    def test_who_guesses_keys_must_wait(self):
        host = self.host(environment=SHARED)
        began = time.monotonic()
        statuses = [ask(host, fields=bearer(f"guess-{n}")).status for n in range(40)]
        self.assertEqual(set(statuses), {401, 429})
        self.assertLess(statuses.count(401), 12)
        self.assertLess(time.monotonic() - began, 10)
        answer = ask(host, fields=bearer("guess"))
        if answer.status == 429:
            self.assertGreater(int(answer.get("retry-after")), 0)
        wait_until(lambda: "guessing_slowed" in self.keys_of(host).events(), "it is in the audit log", 10)
        wait_until(lambda: call(host.port, "GET", "/v1/models", fields=bearer(CLIENT_KEY)).status == 200, "the right one opens later", 90)

    def test_who_guesses_codes_must_wait(self):
        host = self.host(environment=SHARED)
        statuses = [call(host.port, "POST", "/j", {"code": f"AAAA-BBBB-{n:04d}", "name": "x"}).status for n in range(30)]
        self.assertLess(statuses.count(403), 12)
        self.assertIn(429, statuses)

    def test_a_client_that_was_right_is_not_shut_out_by_another_behind_its_address(self):
        host = self.host(environment=SHARED)
        self.worker(host, key=WORKER_KEY)
        self.assertEqual(ask(host, fields=bearer(CLIENT_KEY)).status, 200)
        for n in range(30):
            ask(host, fields=bearer(f"guess-{n}"))
        self.assertEqual(ask(host, fields=bearer(CLIENT_KEY)).status, 200)


class Encryption(KeysCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="drover-tls-")
        self.addCleanup(self.folder.cleanup)
        self.authority = TestAuthority(self.folder.name)
        self.certificate("server")
        self.trust = ssl.create_default_context(cafile=self.authority.file)

    def certificate(self, name):
        self.authority.server(name)
        for ending in ("pem", "key"):
            os.replace(os.path.join(self.folder.name, f"{name}.{ending}"), os.path.join(self.folder.name, f"live.{ending}"))

    def tls_host(self, *arguments, **options):
        return self.host(arguments=("--tls-cert", os.path.join(self.folder.name, "live.pem"),
                                    "--tls-key", os.path.join(self.folder.name, "live.key"), *arguments), **options)

    def secure(self, host):
        wire = self.wire(host)
        wire.socket = self.trust.wrap_socket(wire.socket, server_hostname="localhost")
        return wire

    def ask_secure(self, host, text="", stream=False, key=CLIENT_KEY):
        with self.secure(host) as wire:
            wire.request("POST", COMPLETIONS, json.dumps(body_of(COMPLETIONS, text, stream=stream)).encode(),
                         [("Content-Type", "application/json"), ("Connection", "close"), *bearer(key)])
            return wire.answer()

    def test_clients_and_workers_come_over_tls(self):
        host = self.tls_host(environment=SHARED)
        worker = self.worker(host, key=WORKER_KEY, tls=self.trust)
        for stream in (False, True):
            answer = self.ask_secure(host, f"[fake tag=tls{stream} size=300000]", stream)
            self.assertTrue(looks_whole(answer))
            self.assertEqual(answer.body, worker.given(f"tls{stream}").answer)
        self.assertTrue(host.hosting()["tls"])
        with self.wire(host) as wire:  # without TLS there is nothing to get
            wire.send(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            wire.more()
            self.assertNotIn(b"200 OK", bytes(wire.buffer))

    def test_our_own_worker_joins_over_wss(self):
        host = self.tls_host(environment=SHARED)
        fake = self.fake()
        config = (f'\n[[pool]]\nname = "home"\nurl = "wss://localhost:{host.port}"\nkey_env = "LAB_KEY"\nca_file = "{self.authority.file}"\n'
                  'worker_name = "Attic"\n')
        self.drover(fake, config=config, environment={"LAB_KEY": WORKER_KEY})
        host.wait_for(lambda told: [each for each in told["hosting"]["workers"] if each["models"] and each["state"] == "idle"], "it has joined")
        self.assertTrue(looks_whole(self.ask_secure(host, "[fake tag=wss]", True)))
        self.assertIsNotNone(fake.entry("wss"))

    def test_a_renewed_certificate_is_used_without_a_restart(self):
        host = self.tls_host(environment=SHARED)
        worker = self.worker(host, key=WORKER_KEY, tls=self.trust)
        before = self.secure(host).socket.getpeercert()["serialNumber"]
        running = self.in_background(self.ask_secure, host, "[fake tag=long pieces=100 delay=0.1]", True)
        worker.request("long")
        self.certificate("renewed")
        wait_until(lambda: self.secure(host).socket.getpeercert()["serialNumber"] != before, "the new one is shown", 15)
        self.assertTrue(looks_whole(running.result()), "what ran goes on")
        self.assertFalse(worker.ended.is_set())
        renewed = self.secure(host).socket.getpeercert()["serialNumber"]
        with open(os.path.join(self.folder.name, "live.pem"), "w", encoding="ascii") as file:
            file.write("half a certifi")
        time.sleep(6)
        self.assertEqual(self.secure(host).socket.getpeercert()["serialNumber"], renewed, "a broken file changes nothing")
        self.assertTrue(looks_whole(self.ask_secure(host)))

    def test_a_certificate_that_cannot_be_read_is_no_reason_to_listen_without(self):
        process = self.host(arguments=("--tls-cert", "/nonexistent.pem", "--tls-key", "/nonexistent.key"), ready=False)
        wait_until(lambda: process.ended() or is_open(process.status_port), "it has started")
        time.sleep(0.6)
        self.assertFalse(is_open(process.pool_port))

    def test_a_client_that_begins_tls_and_falls_silent_stops_nobody(self):
        host = self.tls_host(environment=SHARED)
        worker = self.worker(host, key=WORKER_KEY, tls=self.trust)
        silent = [Wire(host.port) for _ in range(30)]
        for wire in silent:
            self.addCleanup(wire.close)
            wire.send(b"\x16\x03\x01\x02\x00\x01")
        self.assertTrue(looks_whole(self.ask_secure(host)))
        self.assertFalse(worker.ended.is_set())


class Reach(KeysCase):
    def does_not_listen(self, host, *words):
        def says_why():
            try:
                return host.ended() or host.hosting()["reason"]
            except OSError:
                return False

        wait_until(says_why, "it says why")
        told = host.text() if host.ended() else json.dumps(host.hosting()) + host.text()
        self.assertFalse(is_open(host.pool_port))
        for word in words:
            self.assertIn(word, told)

    def test_the_network_is_not_let_in_without_tls_and_keys(self):
        self.does_not_listen(self.host(address="0.0.0.0", ready=False), "--insecure")
        self.does_not_listen(self.host(address="0.0.0.0", environment=SHARED, ready=False), "TLS")

    def test_the_network_is_not_let_in_with_tls_but_without_keys(self):
        folder = tempfile.TemporaryDirectory(prefix="drover-tls-")
        self.addCleanup(folder.cleanup)
        TestAuthority(folder.name).server()
        tls = ("--tls-cert", f"{folder.name}/server.pem", "--tls-key", f"{folder.name}/server.key")
        self.does_not_listen(self.host(address="0.0.0.0", arguments=tls, ready=False), "--insecure")
        host = self.host(address="0.0.0.0", arguments=tls, environment=SHARED)
        self.assertTrue(host.hosting()["listening"])

    def test_it_is_when_told_so(self):
        host = self.host(address="0.0.0.0", arguments=("--insecure",))
        self.worker(host)
        self.assertEqual(ask(host).status, 200)

    def test_loopback_is_the_default(self):
        host = self.host()
        self.assertTrue(host.hosting()["address"].startswith("127.0.0.1:"))

    def test_pages_of_a_browser_are_kept_out_of_a_pool_without_keys(self):
        host = self.host()
        worker = self.worker(host)
        self.assertEqual(ask(host, fields=[("Origin", "https://evil.example")]).status, 403)
        self.assertEqual(ask(host, fields=[("Host", "evil.example")]).status, 403)
        self.assertEqual(worker.requests, [])

    def test_addresses_that_a_client_claims_count_from_trusted_proxies_only(self):
        def user_of(host, tag):
            self.worker(host)
            ask(host, f"[fake tag={tag}]", fields=[("X-Forwarded-For", "203.0.113.9, 198.51.100.7")])
            return host.wait_for(lambda status: status["finished"], "it is over")["finished"][0]["user"]

        self.assertEqual(user_of(self.host(), "a"), "client 127.0.0.1")
        self.assertEqual(user_of(self.host(arguments=("--trusted-proxy", "10.0.0.0/8")), "b"), "client 127.0.0.1")
        self.assertEqual(user_of(self.host(arguments=("--trusted-proxy", "127.0.0.1")), "c"), "client 198.51.100.7")
        both = self.host(arguments=("--trusted-proxy", "127.0.0.1", "--trusted-proxy", "198.51.100.0/24"))
        self.assertEqual(user_of(both, "d"), "client 203.0.113.9")


if __name__ == "__main__":
    case.run()
