# SPDX-License-Identifier: MIT
"""In the place of a llamapool worker: its variables, options, metrics, status states, control calls and settings file."""
import os
import stat
import sys
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))

import case
from case import chat
from fake_pool import SEED, FakePool
from programs import free_port, get_json

KEY = "a-very-secret-pool-key-7f3a"


class WorkerCase(case.EndToEndCase):
    def setUp(self):
        self.pool = FakePool(path=SEED, key=KEY)
        self.addCleanup(self.pool.stop)

    def series(self, port):
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=20) as answer:
            text = answer.read().decode()
        samples = (line.rsplit(" ", 1) for line in text.splitlines() if line and line[0] != "#")
        return {series: float(value) for series, value in samples}


class Variables(WorkerCase):
    def test_works_for_the_pool_of_its_variables(self):
        fake = self.fake()
        metrics, status = free_port(), free_port()
        drover = self.drover(config=None, ready=False, environment={
            "SERVER_URL": self.pool.url, "WORKER_KEY": KEY, "WORKER_NAME": "Alpha", "MAX_CONCURRENCY": "1",
            "OLLAMA_BASE_URL": fake.url, "OLLAMA_API_KEY": "ollama-key", "METRICS_ADDR": f"127.0.0.1:{metrics}",
            "DRAIN_TIMEOUT": "-1"})

        worker = self.pool.worker()

        self.assertEqual((worker.registration["worker_name"], worker.registration["max_concurrency"]), ("Alpha", 1))
        self.assertEqual(worker.ask_generate("tiny", "Hi", True).whole()[-1]["data"], {"done": True})
        request = worker.ask(chat(model="echo", stream=False)).whole()[2]
        self.assertIn(b"Bearer ollama-key", request)
        worker.ask(chat(model="nobody-has-this", stream=False)).whole()
        told = drover.wait_for(lambda told: told["pools"][0]["running"] == 0 and told["pools"][0]["jobs"] == 3, "all over")
        self.assertEqual((told["worker_name"], told["connected_to_server"], told["connected_to_ollama"]), ("Alpha", True, True))
        series = self.series(metrics)
        self.assertEqual(series["llamapool_worker_connected_to_server"], 1)
        self.assertEqual(series["llamapool_worker_connected_to_ollama"], 1)
        self.assertEqual(series["llamapool_worker_current_jobs"], 0)
        self.assertEqual(series["llamapool_worker_max_concurrency"], 1)
        self.assertEqual(series["llamapool_worker_jobs_started_total"], 3)
        self.assertEqual(series["llamapool_worker_jobs_succeeded_total"] + series["llamapool_worker_jobs_failed_total"], 3)
        self.assertEqual(series['llamapool_worker_job_duration_seconds_bucket{le="+Inf"}'], 2)
        self.assertNotIn(KEY, drover.text())

    def test_options_beat_variables(self):
        fake = self.fake()
        drover = self.drover(fake, config=None, environment={"SERVER_URL": "ws://127.0.0.1:1/x", "WORKER_KEY": "old"},
                             arguments=("--server-url", self.pool.url, "--worker-key", KEY, "--worker-name", "Beta",
                                        "--max-concurrency", "2", "--reconnect", "--drain-timeout=-1"))

        self.assertEqual(self.pool.worker().registration["worker_name"], "Beta")
        self.assertEqual(len(drover.status()["pools"]), 1)

    def test_drains_when_told_as_companions_tell(self):
        drover = self.drover(self.fake(), config=None, environment={"SERVER_URL": self.pool.url, "WORKER_KEY": KEY})
        worker = self.pool.worker()
        token = drover.token()
        drover.wait_for(lambda told: told["state"] == "connected_idle", "idle")
        answer = worker.ask(chat(text="[fake pieces=30 delay=0.05]", stream=True))
        worker.wait_for(answer.chunks, "the first piece")
        self.assertEqual(drover.status()["state"], "connected_busy")

        get_json(f"{drover.status_url}/control/drain", "POST", b"", {"X-Auth-Token": token})

        drover.wait_for(lambda told: told["state"] == "draining", "it drains")
        self.assertEqual(answer.whole()[0], 200)
        worker.wait_end()
        get_json(f"{drover.status_url}/control/undrain", "POST", b"", {"X-Auth-Token": token})
        again = self.pool.worker()
        drover.wait_for(lambda told: told["state"] == "connected_idle", "it is back")
        get_json(f"{drover.status_url}/control/shutdown", "POST", b"", {"X-Auth-Token": token})
        again.wait_end()
        self.assertEqual(drover.wait(), 0)


class SettingsFile(WorkerCase):
    def setUp(self):
        super().setUp()
        self.fake_ollama = self.fake()
        self.beside = self.drover(self.fake_ollama, config="")
        self.yaml = os.path.join(self.beside.home.name, "worker.yaml")
        with open(self.yaml, "w", encoding="ascii") as file:
            file.write(f"server_url: {self.pool.url}\nworker_key: {KEY}\nworker_name: Gamma\nmax_concurrency: 2\n"
                       f"ollama_base_url: {self.fake_ollama.url}\ndrain_timeout: 5m\ncolour: red\n")

    def test_takes_over_a_workers_file(self):
        code, out, errors = self.beside.command("import", self.yaml, "--yes", "--config", self.beside.config_file)

        self.assertEqual(code, 0, errors)
        self.assertIn("colour means nothing", out)
        with open(self.beside.config_file, encoding="utf-8") as file:
            written = file.read()
        for text in (written, out, errors):
            self.assertNotIn(KEY, text)
        kept = os.path.join(self.beside.home.name, "state/drover/pools/127.0.0.1.key")
        self.assertEqual(stat.S_IMODE(os.stat(kept).st_mode), 0o600)
        self.assertEqual(self.pool.worker().registration["worker_name"], "Gamma")  # the running one reads its file again

    def test_asks_and_changes_nothing_without_a_yes(self):
        before = open(self.beside.config_file, encoding="utf-8").read()

        code, out, errors = self.beside.command("import", self.yaml, "--config", self.beside.config_file)

        self.assertEqual(code, 1)
        self.assertIn("Take them over?", out)
        self.assertIn("nothing was changed", errors)
        self.assertEqual(open(self.beside.config_file, encoding="utf-8").read(), before)

    def test_offers_it_at_the_first_start(self):
        second = self.drover(self.fake_ollama, config=None, environment={"CONFIG_FILE": self.yaml})

        self.assertIn("drover import", second.text())
        self.assertNotIn(KEY, second.text())
        self.assertEqual(second.status()["pools"], [])


if __name__ == "__main__":
    case.run()
