# SPDX-License-Identifier: MIT
"""`drover serve --supervise`: the local Ollama is started, watched and ended with Drover, however Drover ends."""
import json
import os
import signal
import stat
import sys
import tempfile

from case import EndToEndCase, ask, run
from programs import ROOT, FakeOllama, free_port, is_open, wait_until

FAKE = os.path.join(ROOT, "tests/support/fake_ollama.py")
OLLAMA = f"""#!/bin/sh
[ "$1" = serve ] || exit 2
echo 'time=now level=WARN msg="env: HTTPS_PROXY:http://joe:pa55@proxy:3128"'
echo "$OLLAMA_HOST $OLLAMA_NUM_PARALLEL $OLLAMA_KEEP_ALIVE" >> "$HOME/starts"
exec "{sys.executable}" "{FAKE}" --port "${{OLLAMA_HOST##*:}}" --slots 4
"""


class Supervising(EndToEndCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.program = os.path.join(folder.name, "ollama")
        with open(self.program, "w", encoding="utf-8") as file:
            file.write(OLLAMA)
        os.chmod(self.program, stat.S_IRWXU)
        self.port = free_port()

    def supervising(self, *arguments, **options):
        return self.drover(f"http://127.0.0.1:{self.port}", **options, arguments=(
            "--supervise", "--set", f"engine.binary={self.program}", *arguments))

    def starts(self, drover):
        """What each start was given."""
        try:
            with open(os.path.join(drover.home.name, "starts"), encoding="utf-8") as file:
                return file.read().splitlines()
        except FileNotFoundError:
            return []

    def is_gone(self):
        return not is_open(self.port)

    def is_ready(self, drover):
        drover.wait_for(lambda status: status["backends"][0]["state"] == "ready", "the started Ollama takes jobs")

    def test_it_is_started_used_and_ended(self):
        drover = self.supervising("--concurrency", "3", config='[engine]\nenvironment = ["OLLAMA_KEEP_ALIVE=15m"]\n')
        self.is_ready(drover)

        answer = ask(drover)
        drover.signal(signal.SIGTERM)

        self.assertEqual(answer.status, 200)
        self.assertEqual(drover.wait(), 0, drover.text())
        self.assertTrue(self.is_gone())
        self.assertEqual(self.starts(drover), [f"127.0.0.1:{self.port} 3 15m"])
        self.assertIn("ollama state=running mode=supervise", drover.text())

    def test_what_it_writes_is_in_the_log_without_secrets(self):
        drover = self.supervising()
        self.is_ready(drover)

        both = drover.command("logs")[1]
        only = drover.command("logs", "--source", "ollama", "--level", "warning")[1]
        wrong, _, _ = drover.command("logs", "--level", "loud")

        self.assertIn("ollama state=running mode=supervise", both)  # of the program around the engine
        self.assertIn("warning ollama: time=now level=WARN", both)
        self.assertEqual(len(only.splitlines()), 1, only)
        self.assertIn("http://***@proxy:3128", only)
        self.assertNotIn("pa55", both + drover.text())
        self.assertEqual(wrong, 2)

    def test_none_is_left_after_kill_9(self):
        drover = self.supervising()
        self.is_ready(drover)

        drover.signal(signal.SIGKILL)
        drover.wait()

        wait_until(self.is_gone, "the Ollama has ended")
        wait_until(lambda: not is_open(drover.port), "nobody holds Drover's own port")
        self.assertEqual(len(self.starts(drover)), 1)

    def test_one_that_runs_already_is_used_and_left_alone(self):
        other = self.started(FakeOllama(port=self.port))
        drover = self.supervising()
        wait_until(lambda: "mode=adopt" in drover.text(), "it is adopted")

        answer = ask(drover)
        drover.signal(signal.SIGTERM)

        self.assertEqual(answer.status, 200)
        self.assertEqual(drover.wait(), 0)
        self.assertFalse(other.ended())
        self.assertEqual(self.starts(drover), [])

    def test_without_being_asked_none_is_started(self):
        drover = self.drover(f"http://127.0.0.1:{self.port}", arguments=("--set", f"engine.binary={self.program}"))

        self.assertEqual(self.starts(drover), [])
        self.assertNotIn("ollama state=", drover.text())

    def test_it_is_started_when_somebody_asks_for_it(self):
        drover = self.drover(f"http://127.0.0.1:{self.port}", arguments=("--set", f"engine.binary={self.program}"))
        before = drover.status()
        told = drover.command("ollama", "status")

        code, text, _ = drover.command("ollama", "start")
        self.is_ready(drover)
        status = drover.wait_for(lambda status: status["runtime"]["state"] == "running", "it says that it runs")

        self.assertEqual((before["runtime"]["present"], before["runtime"]["fix"]), (False, "start"))
        self.assertIn("drover ollama start", told[1])
        self.assertEqual((code, text), (0, "Ollama is told to start. Watch it: drover ollama status\n"))
        self.assertEqual((status["runtime"]["present"], status["runtime"]["mode"], status["runtime"]["fix"]),
                         (True, "supervise", "none"))
        self.assertEqual(ask(drover).status, 200)
        drover.signal(signal.SIGTERM)
        self.assertEqual(drover.wait(), 0)
        self.assertTrue(self.is_gone())

    def test_the_queue_and_its_ollama_agree_on_how_many_run_at_once(self):
        drover = self.supervising()
        self.is_ready(drover)
        status = drover.wait_for(lambda status: status["runtime"]["slots"] == status["backends"][0]["slots"], "they agree")

        given = int(self.starts(drover)[0].split()[1])

        self.assertIn(given, (1, 2, 4))
        self.assertEqual(status["runtime"]["slots"], given)

        chosen = self.supervising(config='[engine]\nenvironment = ["OLLAMA_NUM_PARALLEL=3"]\n')
        chosen.wait_for(lambda status: status["runtime"]["state"] == "running", "the other one is adopted")
        self.assertEqual(chosen.status()["runtime"]["slots"], 0)  # not ours: it has what it was started with

    def test_trouble_with_it_is_the_reason_that_people_see(self):
        with open(self.program, "w", encoding="utf-8") as file:
            file.write("#!/bin/sh\necho 'Error: no such luck' >&2\nexit 3\n")
        drover = self.supervising()
        status = drover.wait_for(lambda status: status["reason_code"] == "ollama_restarting", "it says why")

        wait_until(lambda: "exit code 3" in drover.command("why")[1], "drover why says it too")
        _, runtime, _ = drover.command("ollama", "status", "--json")

        self.assertIn("exit code 3", status["reason_text"])
        self.assertIn("no such luck", status["reason_text"])
        self.assertGreaterEqual(json.loads(runtime)["restarts"], 1)
        self.assertEqual(json.loads(runtime)["mode"], "supervise")

    def test_a_missing_program_is_told_with_what_to_do(self):
        os.remove(self.program)

        drover = self.supervising()

        wait_until(lambda: "reason=ollama_program_missing" in drover.text(), "it says so")
        self.assertIn("drover config set engine.binary", drover.text())

    def test_mistakes_in_its_variables_are_told_without_their_values(self):
        for wrong, word in (("NO VARIABLE=hush", "engine.environment must be"), ("OLLAMA_HOST=hush:1", "OLLAMA_HOST")):
            with self.subTest(wrong):
                drover = self.supervising(config=f'[engine]\nenvironment = ["{wrong}"]\n', ready=False)
                self.assertEqual(drover.wait(), 78)
                self.assertIn(word, drover.text())
                self.assertNotIn("hush", drover.text())


if __name__ == "__main__":
    run()
