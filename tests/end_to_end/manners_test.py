# SPDX-License-Identifier: MIT
"""Manners: when the built `drover` gives its pool nothing, hands back, frees memory, and shares again."""
import json
import os
import shutil
import signal
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))

import case
from case import chat
from fake_pool import FakePool
from programs import PROGRAM, wait_until

GAME = "drover-game"


class MannersCase(case.EndToEndCase):
    def joined(self, sharing="", **options):
        pool = FakePool()
        self.addCleanup(pool.stop)
        fake = self.fake()
        config = f'[sharing]\n{sharing}\n[[pool]]\nname = "lab"\nurl = "{pool.url}"\n'
        return fake, self.drover(fake, config=config, **options), pool

    def started_program(self, command, drover=None):
        environment = {**drover.environment, **drover.address()} if drover else None
        program = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)

        def end():
            program.kill()
            program.communicate()
        self.addCleanup(end)
        return program

    def wait_for_verdict(self, drover, verdict, reason=None):
        return drover.wait_for(lambda status: status["sharing"]["verdict"] == verdict
                               and reason in (None, status["sharing"]["reason_code"]), f"the verdict is {verdict}")["sharing"]

    def game(self):
        """A program of that name, which does nothing."""
        folder = os.path.join(os.environ.get("TMPDIR", "/tmp"), f"drover-manners-{os.getpid()}")
        os.makedirs(folder, exist_ok=True)
        self.addCleanup(shutil.rmtree, folder, True)
        program = os.path.join(folder, GAME)
        shutil.copy(shutil.which("sleep"), program)
        return self.started_program([program, "600"])


class Pauses(MannersCase):
    def test_a_pause_lasts_as_long_as_its_program_even_when_that_is_killed(self):
        fake, drover, pool = self.joined()
        worker = pool.worker()
        answer = worker.ask(chat(text="[fake tag=pooled pieces=2000 delay=0.05]", stream=True))
        worker.wait_for(answer.chunks, "the first piece")

        build = self.started_program([PROGRAM, "pause", "--", "sleep", "600"], drover)
        sharing = self.wait_for_verdict(drover, "stop", "sharing_paused_program")

        self.assertEqual((sharing["snooze"], sharing["snoozed_pid"]), ("program", build.pid))
        self.assertIn("while sleep runs", sharing["reason_text"])
        worker.wait_for(answer.ended, "the job was handed back")
        wait_until(lambda: fake.entry("pooled")["outcome"] == "left", "Ollama is told")
        own = case.call(drover.port, "POST", "/api/chat", chat(stream=False))
        self.assertEqual(own.status, 200, "the apps go on")

        build.send_signal(signal.SIGKILL)
        build.wait()

        self.wait_for_verdict(drover, "go")
        self.assertEqual(worker.ask(chat(stream=False)).whole()[0], 200)

    def test_gives_the_programs_own_exit_code(self):
        _, drover, _ = self.joined()
        code, _, errors = drover.command("pause", "--", "sh", "-c", "exit 7")
        self.assertEqual(code, 7)
        self.assertIn("Sharing is paused while sh runs", errors)
        self.wait_for_verdict(drover, "go")
        code, _, errors = drover.command("pause", "--", "/there/is/no/such-program")
        self.assertEqual(code, 127)
        self.wait_for_verdict(drover, "go")

    def test_pauses_for_a_time_and_shares_again(self):
        _, drover, _ = self.joined()
        self.assertEqual(drover.command("pause", "--sharing", "1h")[0], 0)
        sharing = self.wait_for_verdict(drover, "stop", "sharing_paused_until")
        self.assertAlmostEqual(sharing["snoozed_until_ms"] / 1000, time.time() + 3600, delta=60)
        self.assertFalse(drover.status()["paused"], "the queue goes on")
        self.assertEqual(drover.command("resume", "--sharing")[0], 0)
        self.wait_for_verdict(drover, "go")
        self.assertEqual(drover.command("pause", "--sharing", "soon")[0], 2)
        self.assertEqual(drover.command("pause", "1h", "--", "true")[0], 2)

    def test_a_pause_is_there_again_after_a_restart(self):
        _, drover, pool = self.joined()
        drover.command("pause", "--sharing")
        self.wait_for_verdict(drover, "stop")
        note = os.path.join(drover.home.name, "state", "drover", "sharing_pause.json")
        wait_until(lambda: os.path.exists(note), "the pause is written down")
        drover.stop()
        again = self.drover(config=None, environment={"XDG_STATE_HOME": os.path.join(drover.home.name, "state")},
                            arguments=("--config", drover.config_file))
        self.wait_for_verdict(again, "stop", "sharing_paused")


class Rules(MannersCase):
    def test_a_listed_program_gets_the_machine_and_its_memory(self):
        fake, drover, pool = self.joined(f'programs = ["{GAME}"]')
        worker = pool.worker()
        self.assertEqual(worker.ask(chat(stream=False)).whole()[0], 200)
        self.assertTrue(fake.stats()["loaded"], "the model is in memory")

        game = self.game()
        sharing = self.wait_for_verdict(drover, "stop_and_free", "sharing_programs")

        self.assertIn(GAME, sharing["reason_text"])
        wait_until(lambda: not fake.stats()["loaded"], "the models are unloaded")
        code, out, _ = drover.command("manners")
        self.assertEqual(code, 0)
        self.assertRegex(out, rf"listed programs +holds +{GAME}")
        game.kill()
        game.wait()
        self.wait_for_verdict(drover, "go")

    def test_hours_of_the_week_count_at_once(self):
        _, drover, _ = self.joined()
        self.wait_for_verdict(drover, "go")
        self.assertEqual(drover.command("config", "set", "sharing.schedule", "never", "--config", drover.config_file)[0], 0)
        self.wait_for_verdict(drover, "finish", "sharing_never")
        code, out, _ = drover.command("manners", "--json")
        self.assertEqual((code, json.loads(out)["verdict"]), (0, "finish"))
        self.assertEqual(drover.command("config", "set", "sharing.schedule", "mon 9", "--config", drover.config_file)[0], 2)

    def test_a_limit_of_jobs_is_kept(self):
        _, drover, pool = self.joined("jobs_per_day = 1")
        worker = pool.worker()
        self.assertEqual(worker.ask(chat(stream=False)).whole()[0], 200)
        sharing = self.wait_for_verdict(drover, "finish", "sharing_jobs")
        self.assertGreater(sharing["changes_at_ms"], time.time() * 1000)

    def test_the_rules_hold_back_the_apps_where_that_is_wanted(self):
        _, drover, _ = self.joined('schedule = "never"\nown_too = true')
        self.wait_for_verdict(drover, "finish", "sharing_never")
        status = drover.wait_for(lambda status: status["engine"] == "paused", "the queue is held")
        self.assertEqual(status["reason_code"], "sharing_never")
        self.assertFalse(status["paused"])
        waiting = self.in_background(case.call, drover.port, "POST", "/api/chat", chat(stream=False))
        drover.wait_for(lambda status: status["queue"]["waiting"] == 1, "it waits")
        drover.command("config", "set", "sharing.schedule", "always", "--config", drover.config_file)
        self.assertEqual(waiting.result().status, 200)


if __name__ == "__main__":
    case.run()
