# SPDX-License-Identifier: MIT
"""`drover serve` itself: its start, its settings, its signals, its end, and what the system withholds from it."""
import json
import os
import resource
import signal
import socket
import subprocess
import tempfile
import time

from case import EndToEndCase, ask, chat, run
from programs import PROGRAM, Drover, free_port, is_open, isolated, wait_until
from raw_http import Wire, call

PREFLIGHT = [("Origin", "https://chat.example.org"), ("Access-Control-Request-Method", "POST")]
ALLOWING = '[proxy]\norigins = ["https://chat.example.org"]\n'


class Starting(EndToEndCase):
    def fails(self, *arguments, config="", environment=None):
        """A start that must fail: (exit code, what it said)."""
        program = Drover(["http://127.0.0.1:9"], *arguments, config=config, environment=environment, ready=False)
        self.started(program)
        return program.wait(), program.text()

    def test_version_and_help(self):
        home = tempfile.TemporaryDirectory()
        self.addCleanup(home.cleanup)
        for option, words in (("--version", ("drover", "Boost", "Qt", "20")), ("--help", ("serve", "status", "top", "why"))):
            done = subprocess.run([PROGRAM, option], capture_output=True, text=True, timeout=20, check=False, env=isolated(home.name))
            self.assertEqual(done.returncode, 0, done.stderr)
            for word in words:
                self.assertIn(word.lower(), done.stdout.lower())
        done = subprocess.run([PROGRAM, "serve", "--help"], capture_output=True, text=True, timeout=20, check=False, env=isolated(home.name))
        for option in ("--port", "--host", "--ollama-url", "--timeout", "--concurrency", "--status-addr", "--config", "--log-level",
                       "--log-file", "--demo", "--drain-timeout", "--supervise", "--tui"):
            self.assertIn(option, done.stdout)

    def test_a_taken_port_is_a_sentence_and_an_exit_code(self):
        with socket.socket() as holder:
            holder.bind(("127.0.0.1", 0))
            holder.listen()
            port = holder.getsockname()[1]
            code, text = self.fails("--port", str(port))
        self.assertEqual(code, 69, text)
        self.assertIn(str(port), text)
        self.assertRegex(text, r"(?i)python", "it names the program that listens there")

    def test_mistakes_in_the_file_are_told_with_their_line(self):
        for config, line, word in (("[queue]\n\nwaiting_mix = 3\n", 3, "waiting_mix"), ("[queue]\nwaiting_max = 0\n", 2, "waiting_max"),
                                   ("[queue]\nwaiting_max = \"many\"\n", 2, "waiting_max"), ("[queue\nwaiting_max = 3\n", 1, ""),
                                   ("\n\n[[backend]]\nurl = \"ftp://x\"\n", 4, "url"), ("[nothing]\nx = 1\n", 1, "nothing")):
            with self.subTest(config):
                code, text = self.fails(config=config)
                self.assertEqual(code, 78, text)
                self.assertRegex(text, rf"(line {line}\b|:{line}\b)")
                self.assertIn(word, text)
                self.assertLessEqual(len(text.strip().splitlines()), 3, text)

    def test_each_kind_of_mistake_has_its_exit_code(self):
        self.assertEqual(self.fails("--config", "/nowhere/drover.toml", config=None)[0], 66)
        self.assertEqual(self.fails("--no-such-option")[0], 2)
        self.assertEqual(self.fails("--concurrency", "0x")[0] in (2, 78), True)
        self.assertEqual(self.fails("--host", "not an address")[0] in (2, 78), True)
        self.assertEqual(self.fails("--log-file", "/proc/nowhere/drover.log")[0], 73)
        self.assertEqual(self.fails(environment={"DROVER_QUEUE_WAITING_MAX": "minus one"})[0], 78)

    def test_a_flag_beats_the_environment_and_that_beats_the_file(self):
        config = '[queue]\nwaiting_max = 11\nwaiting_per_user_max = 11\nconcurrency = 2\n'
        front = self.drover(self.fake(), arguments=["--concurrency", "4"], config=config,
                            environment={"DROVER_QUEUE_WAITING_MAX": "12", "CONCURRENCY": "3"})
        status = front.wait_for(lambda s: s["backends"][0]["state"] == "ready", "the backend is ready")
        self.assertEqual(status["backends"][0]["slots"], 4)
        wires = [Wire(front.port) for _ in range(4)]
        for wire in wires:
            self.addCleanup(wire.close)
            wire.request("POST", "/api/chat", json.dumps(chat("hang")).encode(), [("X-User-ID", "runner")])
        front.wait_for(lambda s: s["queue"]["running"] == 4, "four run")
        for number in range(12):
            wire = self.wire(front)
            wire.request("POST", "/api/chat", json.dumps(chat("hang")).encode(), [("X-User-ID", f"waiter {number % 2}")])
        front.wait_for(lambda s: s["queue"]["waiting"] == 12, "twelve wait")
        self.assertEqual(ask(front, fields=[("X-User-ID", "one more")]).status, 503)

    def test_the_old_names_of_the_environment_work(self):
        ollama = self.fake()
        port = free_port()
        home = tempfile.TemporaryDirectory()
        self.addCleanup(home.cleanup)
        environment = isolated(home.name, {"PORT": str(port), "OLLAMA_URL": ollama.url, "OLLAMA_NUM_PARALLEL": "5", "TIMEOUT": "7",
                                           "LOG_DIR": home.name, "DROVER_STATUS_LISTEN": f"127.0.0.1:{free_port()}"})
        process = subprocess.Popen([PROGRAM, "serve"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)

        def answers():
            try:
                return call(port, "GET", "/api/version").status == 200
            except OSError:
                return False
        wait_until(answers, "it listens on PORT, before OLLAMA_URL")
        self.assertTrue([name for name in os.listdir(home.name) if name.endswith(".log")])


class Settings(EndToEndCase):
    def allowed(self, front):
        return call(front.port, "OPTIONS", "/api/chat", fields=PREFLIGHT).status == 204

    def test_a_changed_file_is_picked_up_by_itself(self):
        front = self.drover(self.fake())
        self.assertFalse(self.allowed(front))
        front.write_config(ALLOWING)
        wait_until(lambda: self.allowed(front), "the new setting holds")
        with open(front.config_file, "w", encoding="utf-8") as file:  # in place, too
            file.write("")
        wait_until(lambda: not self.allowed(front), "the old one is back")

    def test_sighup_reads_the_file_again(self):
        front = self.drover(self.fake())
        front.write_config(ALLOWING)
        front.signal(signal.SIGHUP)
        wait_until(lambda: self.allowed(front), "the new setting holds")

    def test_a_bad_file_changes_nothing_and_is_told_with_its_line(self):
        front = self.drover(self.fake(), config=ALLOWING)
        front.write_config(ALLOWING + "\n[queue]\nwaiting_mix = 1\n")
        front.signal(signal.SIGHUP)
        wait_until(lambda: "waiting_mix" in front.text(), "the mistake is logged")
        self.assertRegex(front.text(), r"(line 5\b|:5\b)")
        self.assertTrue(self.allowed(front))
        self.assertEqual(ask(front, body=chat(stream=False)).status, 200)

    def test_a_backend_can_be_added_while_jobs_run(self):
        first, second = self.fake(), self.fake()
        block = '[[backend]]\nname = "{}"\nurl = "{}"\nslots = 1\n'
        front = self.drover(config=block.format("first", first.url))
        running = self.in_background(ask, front, body=chat("tiny", "[fake tag=a pieces=20 delay=0.1]"))
        wait_until(lambda: first.entry("a"), "a job runs")
        front.write_config(block.format("first", first.url) + block.format("second", second.url))
        front.wait_for(lambda s: [b["state"] for b in s["backends"]] == ["ready", "ready"], "both are ready")
        self.assertEqual(ask(front, body=chat("tiny", stream=False)).get("X-Served-By"), "second")
        self.assertIn(b'"done":true', running.result().body)


class Ending(EndToEndCase):
    def running(self, *arguments, pieces=20):
        self.ollama = self.fake()
        self.front = self.drover(self.ollama, arguments=["--concurrency", "1", *arguments])
        task = self.in_background(ask, self.front, body=chat("tiny", f"[fake tag=runner pieces={pieces} delay=0.1]"))
        wait_until(lambda: self.ollama.entry("runner"), "a job runs")
        return task

    def test_sigterm_lets_running_and_waiting_jobs_finish(self):
        task = self.running()
        waiter = self.in_background(ask, self.front, body=chat("tiny", "[fake tag=waiter]"))
        self.front.wait_for(lambda s: s["queue"]["waiting"] == 1, "one waits")
        self.front.signal(signal.SIGTERM)
        self.front.wait_for(lambda s: s["draining"], "it takes no new jobs")
        try:
            late = ask(self.front)
            self.assertEqual(late.status, 503)
        except OSError:
            pass  # not even listening any more
        self.assertIn(b'"done":true', task.result().body)
        self.assertIn(b'"done":true', waiter.result().body)
        self.assertEqual(self.front.wait(), 0)

    def test_a_second_signal_ends_at_once(self):
        task = self.running(pieces=600)
        self.front.signal(signal.SIGTERM)
        self.front.wait_for(lambda s: s["draining"], "it drains")
        self.assertFalse(self.front.ended())
        self.front.signal(signal.SIGTERM)
        self.front.wait(5)
        self.assertNotIn(b'"done":true', task.result().body)
        wait_until(lambda: self.ollama.entry("runner")["outcome"] == "left", "the generation is cancelled")

    def test_the_drain_has_a_limit(self):
        for limit, least, most in (("0", 0, 3), ("1", 0.8, 6)):
            with self.subTest(limit):
                self.running("--drain-timeout", limit, pieces=600)
                began = time.monotonic()
                self.front.signal(signal.SIGTERM)
                self.front.wait()
                self.assertTrue(least <= time.monotonic() - began <= most, time.monotonic() - began)

    def test_sigint_ends_it_as_well(self):
        front = self.drover(self.fake())
        front.signal(signal.SIGINT)
        self.assertEqual(front.wait(), 0)

    def test_the_port_is_free_again_at_once(self):
        front = self.drover(self.fake())
        ask(front)
        front.process.kill()
        front.process.wait(10)
        again = Drover(["http://127.0.0.1:9"], "--port", str(front.port), ready=False)
        self.started(again)
        wait_until(lambda: is_open(front.port), "it listens again")


class Scarcity(EndToEndCase):
    def test_out_of_file_descriptors_it_goes_on(self):
        ollama = self.fake()
        front = self.drover(ollama, before=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64)))
        wires = []
        for _ in range(150):
            try:
                wires.append(Wire(front.port, patience=1))
            except OSError:
                break
        used = self.cpu_seconds(front)
        time.sleep(1)
        self.assertLess(self.cpu_seconds(front) - used, 0.5, "it must not spin while it cannot accept")
        for wire in wires:
            wire.close()
        wait_until(lambda: self.answered(front), "requests are answered again")
        self.assertFalse(front.ended())

    def answered(self, front):
        try:
            return ask(front, body=chat(stream=False), patience=3).status == 200
        except (OSError, EOFError):
            return False

    def cpu_seconds(self, program):
        with open(f"/proc/{program.pid}/stat", encoding="ascii") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def test_a_full_disk_for_the_log_does_not_matter(self):
        front = self.drover(self.fake(), arguments=["--log-file", "/dev/full", "--log-level", "debug"])
        for _ in range(20):
            self.assertEqual(ask(front, body=chat(stream=False)).status, 200)
        self.assertFalse(front.ended())


class Demo(EndToEndCase):
    def test_the_simulated_model_answers_and_is_labelled_everywhere(self):
        front = self.drover(arguments=["--demo"])
        models = call(front.port, "GET", "/api/tags").json()["models"]
        self.assertTrue(models)
        model = models[0]["name"]
        self.assertRegex(json.dumps(models), r"(?i)demo|simulat")
        answer = ask(front, body=chat(model, "Hello"), patience=60)
        self.assertEqual(answer.status, 200)
        lines = [json.loads(line) for line in answer.body.splitlines()]
        self.assertTrue(lines[-1]["done"])
        self.assertGreater(len(lines), 3)
        self.assertTrue(front.status()["demo"])
        self.assertRegex(front.text(), r"(?i)simulated|demo")
        code, out, _ = front.command("status")
        self.assertEqual(code, 0)
        self.assertRegex(out, r"(?i)simulated|demo")


if __name__ == "__main__":
    run()
