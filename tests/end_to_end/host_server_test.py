# SPDX-License-Identifier: MIT
"""`drover pool-server` in the place of llamapool's server: its variables and options, its metrics port, how it ends."""
import signal
import time

import case
from host_case import CLIENT_KEY, WORKER_KEY, HostCase, PoolServer, ask, bearer, looks_whole, tells_of_an_error
from fake_worker import Refused
from programs import free_port, is_open, wait_until
from raw_http import call


class ServerCase(HostCase):
    def server(self, *arguments, **options):
        return self.started(PoolServer(*arguments, **options))


class Variables(ServerCase):
    def test_port_and_keys(self):
        server = self.server(environment={"API_KEY": CLIENT_KEY, "WORKER_KEY": WORKER_KEY})
        self.worker(server, "seed", key=WORKER_KEY)
        self.assertEqual(ask(server).status, 401)
        self.assertEqual(ask(server, fields=bearer(CLIENT_KEY)).status, 200)
        refused = self.worker(server, "seed", key="wrong", joins=False)
        refused.wait_end()
        self.assertEqual(refused.close_code, 1008)

    def test_the_key_of_nfrx_is_that_of_workers(self):
        server = self.server(environment={"CLIENT_KEY": WORKER_KEY})
        self.worker(server, "0.9.6", key=WORKER_KEY)
        self.assertEqual(ask(server).status, 200)

    def test_request_timeout(self):
        server = self.server(environment={"REQUEST_TIMEOUT": "2s"})
        self.worker(server)
        began = time.monotonic()
        answer = ask(server, "[fake do=stall]")
        self.assertTrue(tells_of_an_error(answer))
        self.assertLess(time.monotonic() - began, 7)
        self.assertTrue(looks_whole(ask(server, "[fake pieces=4 delay=1]", stream=True)), "an answer that goes on is none")

    def test_a_request_timeout_in_plain_seconds_as_nfrx_has_it(self):
        server = self.server(environment={"REQUEST_TIMEOUT": "2"})
        self.worker(server)
        began = time.monotonic()
        self.assertTrue(tells_of_an_error(ask(server, "[fake do=stall]")))
        self.assertLess(time.monotonic() - began, 7)

    def test_metrics_port(self):
        port = free_port()
        server = self.server(environment={"METRICS_PORT": str(port)})
        self.worker(server, "seed")
        ask(server)
        for where in (port, server.port):
            series = server.series(where)
            self.assertEqual(series.get('llamapool_model_requests_total{model="tiny:latest",outcome="success"}'), 1, where)

    def test_one_more_path_for_workers(self):
        server = self.server(environment={"WS_PATH": "/my/ws"})
        self.worker(server, "seed", path="/my/ws")
        self.assertEqual(ask(server).status, 200)

    def test_options_beat_variables(self):
        other = free_port()
        server = self.server("--pool-port", str(other), "--request-timeout", "1s", port=free_port(), environment={"REQUEST_TIMEOUT": "90s"},
                             ready=False)
        wait_until(lambda: is_open(other), "it listens where the option says")
        self.assertFalse(is_open(server.pool_port))

    def test_a_file_that_would_be_ignored_is_an_error(self):
        server = self.server(environment={"CONFIG_FILE": "/etc/nfrx/server.yaml"}, ready=False)
        self.assertNotEqual(server.wait(), 0)
        self.assertIn("YAML", server.text())


class Ending(ServerCase):
    def long(self, server, worker, tag, pieces=25):
        task = self.in_background(ask, server, f"[fake tag={tag} pieces={pieces} delay=0.1]", stream=True)
        worker.request(tag)
        return task

    def test_running_answers_end_and_new_ones_are_refused(self):
        server = self.server()
        worker = self.worker(server, slots=4)
        streams = [self.long(server, worker, f"s{n}") for n in range(3)]
        kept = self.wire(server)
        server.signal(signal.SIGTERM)
        wait_until(lambda: call(server.port, "GET", "/healthz").json()["status"] == "draining", "it drains", 5)
        self.assertEqual(ask(server, "[fake tag=late]").status, 503)
        with self.assertRaises(Refused) as refused:
            self.worker(server, joins=False)
        self.assertEqual(refused.exception.status, 503)
        for n, stream in enumerate(streams):
            answer = stream.result()
            self.assertTrue(looks_whole(answer))
            self.assertEqual(answer.body, worker.given(f"s{n}").answer)
        self.assertEqual(server.wait(10), 0)
        worker.wait_end(5)
        self.assertEqual(worker.close_code, 1001)
        self.assertIsNone(worker.given("late"))
        kept.close()

    def test_an_idle_one_ends_at_once(self):
        server = self.server()
        worker = self.worker(server)
        began = time.monotonic()
        server.signal(signal.SIGTERM)
        self.assertEqual(server.wait(10), 0)
        self.assertLess(time.monotonic() - began, 3)
        worker.wait_end(5)
        self.assertEqual(worker.close_code, 1001)

    def test_a_second_signal_ends_it_at_once(self):
        server = self.server()
        worker = self.worker(server)
        stream = self.long(server, worker, "cut", pieces=500)
        server.signal(signal.SIGTERM)
        wait_until(lambda: call(server.port, "GET", "/healthz").json()["status"] == "draining", "it drains", 5)
        server.signal(signal.SIGTERM)
        began = time.monotonic()
        server.wait(10)
        self.assertLess(time.monotonic() - began, 3)
        self.assertTrue(tells_of_an_error(stream.result(5)))

    def test_the_drain_has_an_end(self):
        server = self.server(environment={"DRAIN_TIMEOUT": "2s"})
        worker = self.worker(server)
        stream = self.long(server, worker, "cut", pieces=500)
        began = time.monotonic()
        server.signal(signal.SIGTERM)
        server.wait(20)
        self.assertGreater(time.monotonic() - began, 1.5)
        self.assertLess(time.monotonic() - began, 8)
        self.assertTrue(tells_of_an_error(stream.result(5)))

    def test_who_waits_is_answered_too(self):
        server = self.server()
        worker = self.worker(server, slots=1)
        first = self.long(server, worker, "first", pieces=15)
        second = self.in_background(ask, server, "[fake tag=second]")
        server.wait_for(lambda status: status["hosting"]["waiting"] == 1, "one waits")
        server.signal(signal.SIGTERM)
        self.assertTrue(looks_whole(first.result()))
        self.assertIn(second.result().status, (200, 503))
        self.assertEqual(server.wait(10), 0)


if __name__ == "__main__":
    case.run()
