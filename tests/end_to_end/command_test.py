# SPDX-License-Identifier: MIT
"""The `drover` command against a running Drover: what it prints, what it changes, how it ends."""
import json
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import time

from case import EndToEndCase, ask, chat, run
from programs import PROGRAM, free_port, isolated, wait_until

OK, FAILED, USAGE, NOT_RUNNING, REFUSED, UNHEALTHY = 0, 1, 2, 3, 4, 5


class Command(EndToEndCase):
    def setUp(self):
        self.ollama = self.fake()
        self.front = self.drover(self.ollama, arguments=["--concurrency", "1"])
        self.front.wait_for(lambda s: s["backends"][0]["state"] == "ready", "the backend is ready")

    def busy(self):
        """One job runs for as long as the test, two wait."""
        for tag in ("one", "two", "three"):
            wire = self.wire(self.front)
            wire.request("POST", "/api/chat", json.dumps(chat("tiny", f"[fake tag={tag} pieces=500 delay=0.1]")).encode(),
                         [("X-User-ID", f"user {tag}")])
            self.front.wait_for(lambda s: any(j["user"] == f"user {tag}" for j in s["jobs"]), "it is there")
        return {job["user"]: job for job in self.front.status()["jobs"]}

    def test_status_says_it_to_people_and_to_programs(self):
        self.busy()
        code, out, err = self.front.command("status")
        self.assertEqual((code, err), (OK, ""))
        for word in ("user one", "user two", "tiny", "running", "waiting"):
            self.assertIn(word, out.lower())
        code, out, _ = self.front.command("status", "--json")
        self.assertEqual(code, OK)
        self.assertEqual(json.loads(out)["queue"]["waiting"], 2)

    def test_why_is_one_sentence(self):
        code, out, _ = self.front.command("why")
        self.assertEqual(code, OK)
        self.assertTrue(out.strip())
        self.ollama.kill()
        self.front.wait_for(lambda s: s["backends"][0]["state"] in ("down", "resting"), "it is known to be away", 60)
        code, out, _ = self.front.command("why")
        self.assertIn(str(self.ollama.port), out)
        self.assertIn(code, (OK, UNHEALTHY))
        self.assertEqual(self.front.command("status")[0], UNHEALTHY)

    def test_queue_lists_cancels_and_moves_forward(self):
        jobs = self.busy()
        code, out, _ = self.front.command("queue")
        self.assertEqual(code, OK)
        self.assertIn("user three", out)
        self.assertEqual(self.front.command("queue", "next", str(jobs["user three"]["id"]))[0], OK)
        self.front.wait_for(lambda s: next(j for j in s["jobs"] if j["user"] == "user three")["position"] == 1, "it is next")
        self.assertEqual(self.front.command("queue", "cancel", str(jobs["user one"]["id"]))[0], OK)
        wait_until(lambda: self.ollama.entry("three"), "the next one runs")
        self.assertIsNone(self.ollama.entry("two"))
        self.assertEqual(self.front.command("queue", "cancel", "not-a-number")[0], USAGE)
        self.assertIn(self.front.command("queue", "cancel", "99999")[0], (FAILED, REFUSED))

    def test_pause_resume_and_drain(self):
        self.assertEqual(self.front.command("pause")[0], OK)
        self.assertTrue(self.front.wait_for(lambda s: s["paused"], "it is paused"))
        self.assertRegex(self.front.command("why")[1].lower(), "pause")
        self.assertEqual(self.front.command("resume")[0], OK)
        self.front.wait_for(lambda s: not s["paused"], "it goes on")
        self.assertEqual(self.front.command("drain")[0], OK)
        self.front.wait_for(lambda s: s["draining"], "it drains")

    def test_a_pause_ends_by_itself(self):
        code, out, _ = self.front.command("pause", "15m")
        self.assertEqual(code, OK)
        end = re.search(r"Paused until ((tomorrow )?\d\d:\d\d)", out)[1]
        seen = self.front.wait_for(lambda s: s["paused"], "it is paused")
        self.assertAlmostEqual(seen["paused_until_ms"] / 1000, time.time() + 900, delta=20)
        for command in ("why", "status"):
            self.assertIn(f"until {end}", self.front.command(command)[1])
        self.assertEqual(self.front.command("pause", "soon")[0], USAGE)
        self.assertEqual(self.front.command("pause", "15")[0], USAGE)
        self.assertEqual(self.front.status()["paused_until_ms"], seen["paused_until_ms"])
        self.assertEqual(self.front.command("pause", "1s")[0], OK)
        self.front.wait_for(lambda s: not s["paused"], "it goes on by itself")

    def test_logs_are_shown(self):
        ask(self.front, body=chat("nope"))
        code, out, _ = self.front.command("logs")
        self.assertEqual(code, OK)
        self.assertTrue(out.strip())

        code, told, _ = self.front.command("logs", "--json")
        rows = [json.loads(line) for line in told.splitlines()]
        self.assertEqual(code, OK)
        self.assertGreaterEqual(len(rows), len(out.splitlines()))
        for row in rows:
            self.assertEqual(row["source"], "drover")
            self.assertIn(row["level"], ("info", "warning", "error"))
        self.assertIn("T", rows[0]["time"])
        self.assertIn(rows[0]["text"], out)

    def test_run_gives_a_program_our_address(self):
        script = "import os; print({k: os.environ.get(k) for k in ('OLLAMA_HOST', 'OPENAI_BASE_URL', 'ANTHROPIC_BASE_URL')}); raise SystemExit(7)"
        code, out, err = self.front.command("run", "--", sys.executable, "-c", script)
        self.assertEqual(code, 7, err)
        port = str(self.front.port)
        self.assertRegex(out, rf"'OLLAMA_HOST': '[^']*:{port}'")
        self.assertRegex(out, rf"'OPENAI_BASE_URL': 'http://[^']*:{port}/v1'")
        self.assertRegex(out, rf"'ANTHROPIC_BASE_URL': 'http://[^']*:{port}'")

    def test_doctor_finds_what_is_wrong(self):
        code, out, _ = self.front.command("doctor")
        self.assertIn(code, (OK, UNHEALTHY))
        self.assertGreater(len(out.splitlines()), 3)
        self.ollama.kill()
        self.front.wait_for(lambda s: s["backends"][0]["state"] in ("down", "resting"), "it is known to be away", 60)
        code, out, _ = self.front.command("doctor")
        self.assertEqual(code, UNHEALTHY)
        self.assertIn(str(self.ollama.port), out)

    def test_doctor_mends_what_it_can(self):
        self.front.command("pause")
        self.front.wait_for(lambda s: s["paused"], "it is paused")
        _, out, _ = self.front.command("doctor", "--fix", "--yes")
        self.assertIn("Let waiting requests start again? yes", out)
        self.front.wait_for(lambda s: not s["paused"], "it goes on")

    def test_doctor_asks_before_it_mends(self):
        self.front.command("pause")
        self.front.wait_for(lambda s: s["paused"], "it is paused")
        _, out, _ = self.front.command("doctor", "--fix")  # nobody answers the question
        self.assertIn("[y/N]", out)
        self.assertTrue(self.front.status()["paused"])

    def test_doctor_tells_programs_what_it_found(self):
        _, out, _ = self.front.command("doctor", "--json")
        rows = json.loads(out)
        self.assertGreaterEqual(len(rows), 30)
        self.assertEqual({row["verdict"] for row in rows} - {"ok", "warning", "problem", "not_applicable"}, set())
        for row in rows:
            self.assertTrue(row["sentence"], row)
            self.assertTrue(row["fix"] or row["verdict"] in ("ok", "not_applicable"), row)

    def test_the_support_bundle_has_no_token(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "bundle.tar.gz")
            self.front.command("doctor", "--bundle", path)
            self.assertEqual(os.stat(path).st_mode & 0o077, 0)
            with tarfile.open(path) as archive:
                texts = {member.name: archive.extractfile(member).read() for member in archive.getmembers()}
        self.assertIn("drover-support/status.json", texts)
        token = self.front.token().encode()
        self.assertTrue(token)
        for name, text in texts.items():
            self.assertNotIn(token, text, name)

    def test_a_reader_that_leaves_is_no_error(self):
        done = subprocess.run(f"'{PROGRAM}' status | head -1; exit ${{PIPESTATUS[0]}}", shell=True, executable="/bin/bash", timeout=20,
                              capture_output=True, check=False, env={**self.front.environment, **self.front.address()})
        self.assertLess(done.returncode, 126)
        self.assertEqual(done.stderr, b"")


class WithoutDrover(EndToEndCase):
    def setUp(self):
        home = tempfile.TemporaryDirectory()
        self.addCleanup(home.cleanup)
        self.home = home.name
        self.environment = isolated(home.name, {"DROVER_STATUS_LISTEN": f"127.0.0.1:{free_port()}"})

    def command(self, *arguments, environment=None):
        done = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=20, check=False,
                              env={**self.environment, **(environment or {})})
        return done.returncode, done.stdout, done.stderr

    def test_commands_say_that_nothing_runs(self):
        for arguments in (("status",), ("why",), ("queue",), ("pause",), ("drain",), ("top",), ("status", "--json")):
            with self.subTest(arguments):
                code, _, err = self.command(*arguments)
                self.assertEqual(code, NOT_RUNNING, err)
                self.assertTrue(err.strip())

    def test_wrong_use_is_told(self):
        for arguments in (("nonsense",), ("status", "--nonsense"), ("queue", "cancel"), ("config", "set", "queue.waiting_max")):
            with self.subTest(arguments):
                code, _, err = self.command(*arguments)
                self.assertEqual(code, USAGE, err)
                self.assertTrue(err.strip())

    def test_config_is_read_written_and_checked(self):
        code, path, _ = self.command("config", "path")
        self.assertEqual(code, OK)
        self.assertTrue(path.strip().startswith(self.home))
        self.assertEqual(self.command("config", "get", "queue.waiting_max")[:2], (OK, "1024\n"))
        self.assertEqual(self.command("config", "set", "queue.waiting_max", "7")[0], OK)
        self.assertEqual(self.command("config", "get", "queue.waiting_max")[:2], (OK, "7\n"))
        self.assertEqual(self.command("config", "validate")[0], OK)
        self.assertNotEqual(self.command("config", "set", "queue.waiting_max", "0")[0], OK)
        self.assertNotEqual(self.command("config", "get", "queue.nonsense")[0], OK)
        with open(path.strip(), "a", encoding="utf-8") as file:
            file.write("\n[queue2]\nx = 1\n")
        code, out, err = self.command("config", "validate")
        self.assertNotEqual(code, OK)
        self.assertIn("queue2", out + err)

    def test_config_is_edited_and_checked(self):
        def edited_by(editor):
            return self.command("config", "edit", environment={"EDITOR": editor})

        code, out, err = edited_by("sed -i s/#waiting_max/waiting_max/")
        self.assertEqual((code, err), (OK, ""))
        self.assertIn("all is well", out)
        self.assertEqual(self.command("config", "get", "queue.waiting_max", "--json")[0], OK)
        with open(self.command("config", "path")[1].strip(), encoding="utf-8") as file:
            self.assertIn("\nwaiting_max = 1024", file.read())

        code, out, err = edited_by("sed -i s/^waiting_max.*/waiting_max=0/")
        self.assertEqual(code, 78)  # a setting is out of range
        self.assertIn("keeps the settings", err)
        self.assertNotEqual(edited_by("false")[0], OK)
        self.assertIn("cannot be started", edited_by("no-such-editor")[2])

    def test_shells_complete(self):
        for shell in ("bash", "zsh", "fish"):
            code, out, err = self.command("completion", shell)
            self.assertEqual(code, OK, err)
            for word in ("serve", "status", "drain"):
                self.assertIn(word, out)
        code, out, _ = self.command("completion", "bash")
        checked = subprocess.run(["bash", "-n"], input=out, text=True, capture_output=True, check=False, timeout=20)
        self.assertEqual(checked.returncode, 0, checked.stderr)


if __name__ == "__main__":
    run()
