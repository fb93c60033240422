# SPDX-License-Identifier: MIT
"""`drover models` and `drover free`: what the fake Ollama has, and what becomes of it."""
import json
import signal
import subprocess

from case import EndToEndCase, ask, chat, run
from raw_http import call
from programs import PROGRAM, free_port, wait_until


class Models(EndToEndCase):
    def setUp(self):
        self.ollama = self.fake()
        self.queue = self.drover(self.ollama)

    def models(self, *arguments):
        return self.queue.command("models", *arguments)

    def loaded(self):
        return sorted(self.ollama.stats()["loaded"])

    def test_it_lists_what_is_installed_and_in_memory(self):
        self.models("load", "tiny")

        code, text, _ = self.models()
        json_code, told, _ = self.models("list", "--json")

        self.assertEqual((code, json_code), (0, 0))
        line = next(line for line in text.splitlines() if "tiny:latest" in line)
        for word in ("606 kB", "F16", "2.0 GB, 75% GPU", "in "):
            self.assertIn(word, line)
        self.assertEqual(len(text.splitlines()), 1 + len(self.ollama.stats()["models"]))
        backend, = json.loads(told)["backends"]
        tiny = next(model for model in backend["models"] if model["name"] == "tiny:latest")
        self.assertEqual((tiny["loaded"], tiny["memory_bytes"], tiny["gpu_bytes"], tiny["context_tokens"], tiny["bytes"]),
                         (True, 2_000_000_000, 1_500_000_000, 4096, 605984))
        self.assertEqual(sum(model["loaded"] for model in backend["models"]), 1)

    def test_it_loads_keeps_and_unloads(self):
        code, text, _ = self.models("load", "tiny", "--keep")
        self.assertEqual((code, text), (0, f"tiny:latest is loaded on 127.0.0.1:{self.ollama.port}, until it is unloaded.\n"))
        self.assertIn("never", self.models()[1])

        embedding = self.models("load", "tiny-embed")
        self.assertEqual(embedding[0], 0, embedding)
        self.assertEqual(self.loaded(), ["tiny-embed:latest", "tiny:latest"])

        self.assertEqual(self.models("unload", "Tiny")[0], 0)
        self.assertEqual(self.loaded(), ["tiny-embed:latest"])
        self.assertEqual(self.models("unload", "tiny")[:2], (0, "tiny is not loaded.\n"))

    def test_the_control_address_frees_the_memory_too(self):
        for model in ("tiny", "tiny-embed"):
            self.models("load", model)

        answer = call(self.queue.status_port, "POST", "/control/free-memory", b"", [("X-Auth-Token", self.queue.token())])

        self.assertEqual(answer.status, 200)
        wait_until(lambda: self.loaded() == [], "nothing is loaded any more")
        self.queue.wait_for(lambda status: not any(model["loaded"] for model in status["backends"][0]["models"]), "it knows")

    def test_free_unloads_everything_and_says_how_much(self):
        self.models("load", "tiny")
        self.models("load", "other")

        code, text, _ = self.queue.command("free")

        self.assertEqual(code, 0)
        self.assertIn("3.0 GB", text)
        self.assertEqual(self.loaded(), [])
        self.assertEqual(self.queue.command("free")[:2], (0, "No model is loaded.\n"))
        self.models("load", "tiny")
        self.assertEqual(self.models("unload", "--all")[0], 0)
        self.assertEqual(self.loaded(), [])

    def test_the_status_tells_what_is_in_memory_at_once(self):
        self.models("load", "tiny", "--keep")

        def tiny(status):
            return next(model for model in status["backends"][0]["models"] if model["name"] == "tiny:latest")
        status = self.queue.wait_for(lambda status: tiny(status)["loaded"], "the load shows")

        self.assertEqual({key: tiny(status)[key] for key in ("memory_bytes", "gpu_bytes", "expires_at_ms", "quantization",
                                                              "parameter_size", "family", "context_tokens")},
                         {"memory_bytes": 2_000_000_000, "gpu_bytes": 1_500_000_000, "expires_at_ms": -1,
                          "quantization": "F16", "parameter_size": "0.1M", "family": "llama", "context_tokens": 4096})

    def test_it_deletes_only_what_was_confirmed(self):
        unasked = self.models("rm", "other")
        self.assertEqual(unasked[0], 2)
        self.assertIn("--yes", unasked[2])
        self.assertIn("other:latest", self.ollama.stats()["models"])

        self.assertEqual(self.models("rm", "other", "--yes")[0], 0)

        self.assertNotIn("other:latest", self.ollama.stats()["models"])
        self.queue.wait_for(lambda status: "other:latest" not in status["models"], "the queue knows it too")
        refused = ask(self.queue, body=chat("other"))
        self.assertEqual(refused.status, 404)

    def test_what_is_not_there_is_refused_in_words(self):
        for command in (("load", "nope"), ("unload", "nope"), ("rm", "nope", "--yes")):
            code, _, problem = self.models(*command)
            self.assertEqual(code, 4, command)
            self.assertIn("there is no model nope", problem)
        self.assertEqual(self.models("load", "tiny", "--backend", "other-machine")[0], 2)

    def test_a_download_tells_how_far_it_is_and_is_here(self):
        code, text, _ = self.models("pull", "fresh")
        self.assertEqual((code, text.splitlines()[-1]), (0, "fresh is here."))
        self.queue.wait_for(lambda status: "fresh:latest" in status["models"], "the queue knows it")

        code, lines, _ = self.models("pull", "more", "--json")
        steps = [json.loads(line) for line in lines.splitlines()]
        self.assertEqual((code, steps[-1]["phase"], steps[-1]["completed_bytes"]), (0, "done", steps[-1]["total_bytes"]))

    def test_a_stopped_download_says_how_to_go_on_and_does(self):
        def started():
            return subprocess.Popen([PROGRAM, "models", "pull", "pull-slow", "--json"], stdout=subprocess.PIPE,
                                    stderr=subprocess.PIPE, text=True, env={**self.queue.environment, **self.queue.address()})
        first = started()
        wait_until(lambda: self.ollama.stats()["parts"].get("pull-slow", 0) >= 3, "three parts came")
        first.send_signal(signal.SIGINT)
        _, problem = first.communicate(timeout=30)

        self.assertEqual(first.returncode, 1)
        self.assertIn("drover models pull pull-slow", problem)
        had = self.ollama.stats()["parts"]["pull-slow"]
        self.assertLess(had, 40)

        code, lines, _ = self.models("pull", "pull-slow", "--json")

        self.assertEqual(code, 0)
        completed = [step["completed_bytes"] for step in map(json.loads, lines.splitlines()) if step["total_bytes"]]
        self.assertGreaterEqual(completed[0], had * 1_000_000)

    def test_downloads_that_cannot_be_end_with_a_sentence(self):
        for model, words in (("nowhere", "There is no model nowhere to download."), ("pull-error", "digest mismatch"),
                             ("pull-cut", "broke off"), ("pull-garbage", "does not answer as Ollama does")):
            code, _, problem = self.models("pull", model)
            self.assertEqual(code, 4, model)
            self.assertIn(words, problem)

    def test_a_download_that_does_not_fit_is_ended_at_once(self):
        code, _, problem = self.models("pull", "pull-huge")

        self.assertEqual(code, 4)
        self.assertIn("pull-huge needs 900.0 TB more", problem)
        self.assertIn("are free in", problem)
        wait_until(lambda: self.ollama.stats()["connections"] <= 3, "its connection is closed")

    def test_it_works_without_a_running_drover(self):
        self.queue.stop()

        code, text, _ = self.queue.command("models", "load", "tiny", environment={"OLLAMA_HOST": self.ollama.url})
        gone = self.queue.command("models", environment={"OLLAMA_HOST": f"http://127.0.0.1:{free_port()}"})

        self.assertEqual(code, 0, text)
        self.assertEqual(self.loaded(), ["tiny:latest"])
        self.assertEqual(gone[0], 3)
        self.assertIn("does not answer", gone[2])


if __name__ == "__main__":
    run()
