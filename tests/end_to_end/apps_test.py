# SPDX-License-Identifier: MIT
"""`drover apps`, `keys` and `connect` on a running Drover: what they change counts at once."""
import json
import os
import socket
import stat
import subprocess

from case import EndToEndCase, ask, chat, run
from programs import PROGRAM, wait_until

MINE = "# mine\n[queue]\nfairness = \"time\"  # by the clock\n"


class Apps(EndToEndCase):
    def setUp(self):
        self.ollama = self.fake()

    def command(self, front, *words, code=0, text=None, **more):
        file = ["--config", front.config_file]
        done = subprocess.run([PROGRAM, *words, *([] if words[0] == "connect" else file)], capture_output=True, text=True,
                              timeout=60, check=False, input=text or "", env={**front.environment, **front.address()}, **more)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done.stdout

    def test_a_rule_is_set_shown_and_reset_while_it_runs(self):
        front = self.drover(self.ollama, config=MINE)
        ask(front, body=chat(stream=False), fields=[("X-User-ID", "Zed")])

        self.command(front, "apps", "set", "Zed", "blocked=on", "weight=2")

        wait_until(lambda: ask(front, fields=[("X-User-ID", "Zed")]).status == 403, "the rule counts")
        app = json.loads(self.command(front, "apps", "--json"))[0]
        self.assertEqual((app["name"], app["rule"]["blocked"], app["rule"]["weight"]), ("Zed", True, 2))
        self.assertGreaterEqual(app["refused"], 1)
        self.assertIn("weight=2 blocked=on", self.command(front, "apps"))
        self.command(front, "apps", "reset", "Zed")
        wait_until(lambda: ask(front, body=chat(stream=False), fields=[("X-User-ID", "Zed")]).status == 200, "it is free again")
        with open(front.config_file, encoding="utf-8") as file:
            self.assertEqual(file.read().strip(), MINE.strip())

    def test_wrong_rules_change_nothing(self):
        front = self.drover(self.ollama, config=MINE)

        self.command(front, "apps", "set", "Zed", "weight=1000", code=2)
        self.command(front, "apps", "set", "Zed", "wait=3", code=2)

        with open(front.config_file, encoding="utf-8") as file:
            self.assertEqual(file.read(), MINE)

    def test_without_a_running_drover_the_rules_are_listed(self):
        front = self.drover(self.ollama, config='[[user]]\nname = "Zed"\nblocked = true\n')
        front.stop()

        self.assertIn("blocked=on", self.command(front, "apps"))

    def other_address(self):
        """An address of this machine that is not loopback."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect(("192.0.2.1", 9))
            except OSError:
                self.skipTest("this machine has no network")
            return probe.getsockname()[0]

    def test_a_key_admits_names_and_is_revoked_at_once(self):
        front = self.drover(self.ollama, config=MINE, arguments=["--host", "0.0.0.0"])
        os.chmod(front.config_file, 0o600)
        out = self.command(front, "keys", "add", "phone", "--weight", "2")
        key = out.strip()
        self.assertRegex(key, r"^drv_[0-9A-Za-z]{43}$")
        with open(front.config_file, encoding="utf-8") as file:
            text = file.read()
        self.assertTrue(text.startswith(MINE))
        self.assertNotIn(key, text)
        self.assertEqual(stat.S_IMODE(os.stat(front.config_file).st_mode), 0o600)
        host = self.other_address()

        def status(*fields):
            answer = subprocess.run(
                ["curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", f"http://{host}:{front.port}/v1/chat/completions",
                 *[word for field in fields for word in ("-H", field)], "-d", json.dumps(chat(stream=False))],
                capture_output=True, text=True, timeout=60, check=True)
            return answer.stdout

        wait_until(lambda: status(f"Authorization: Bearer {key}") == "200", "the key counts")
        self.assertEqual(status(), "401")
        self.assertEqual(status("Authorization: Bearer drv_wrong"), "401")
        user = next(user for user in front.status()["users"] if user["name"] == "phone")
        self.assertEqual((user["source"], user["rule"]["weight"]), ("key", 2))
        listed = json.loads(self.command(front, "keys", "list", "--json"))
        self.assertEqual((listed[0]["name"], listed[0]["prefix"]), ("phone", key[:8]))
        self.assertGreater(listed[0]["last_used_ms"], 0)
        self.assertNotIn(key, self.command(front, "keys"))

        self.command(front, "keys", "revoke", "phone", code=1)  # nobody answers the question
        self.command(front, "keys", "rename", "phone", "tablet")
        self.command(front, "keys", "revoke", "tablet", text="y\n")

        wait_until(lambda: status(f"Authorization: Bearer {key}") in ("401", "403"), "the key is revoked")
        self.assertNotIn(key, front.text())

    def test_connect_shows_the_address_of_the_one_that_runs(self):
        front = self.drover(self.ollama)

        self.assertIn("zed", self.command(front, "connect"))
        self.assertIn(f"http://127.0.0.1:{front.port}", self.command(front, "connect", "zed"))
        cards = json.loads(self.command(front, "connect", "--json"))
        for card in cards:
            self.assertIn(f"127.0.0.1:{front.port}", json.dumps(card), card["id"])
        self.command(front, "connect", "nobody", code=2)

    def test_connect_sets_zed_up_and_undoes_it(self):
        front = self.drover(self.ollama)
        place = os.path.join(front.environment["XDG_CONFIG_HOME"], "zed/settings.json")
        os.makedirs(os.path.dirname(place))
        before = '// mine\n{\n  "theme": "One Dark",\n}\n'
        with open(place, "w", encoding="utf-8") as file:
            file.write(before)

        self.command(front, "connect", "zed", "--set-up")
        with open(place, encoding="utf-8") as file:
            self.assertIn(f'"api_url": "http://127.0.0.1:{front.port}"', file.read())
        self.command(front, "connect", "zed", "--set-up", code=1)
        self.command(front, "connect", "zed", "--undo")

        with open(place, encoding="utf-8") as file:
            self.assertEqual(file.read(), before)
        self.command(front, "connect", "zed", "--undo", code=1)
        self.command(front, "connect", "n8n", "--set-up", code=2)

    def test_connect_waits_for_the_first_request_of_the_app(self):
        front = self.drover(self.ollama)
        waiting = self.in_background(self.command, front, "connect", "zed", "--test", "--json")
        asked = []

        def ask_until_seen():
            ask(front, body=chat("tiny", stream=False), fields=[("X-User-ID", "Obsidian")])
            if len(asked) > 3:
                ask(front, body=chat("tiny", stream=False), fields=[("X-User-ID", "Zed")])
            asked.append(1)
            return waiting.done()

        wait_until(ask_until_seen, "the test is over")
        seen = json.loads(waiting.result())
        self.assertEqual((seen["user"], seen["model"], seen["dialect"]), ("Zed", "tiny", "ollama"))

    def test_connect_gives_up_in_time(self):
        front = self.drover(self.ollama)
        self.command(front, "connect", "zed", "--test", "--timeout", "500ms", code=6)


if __name__ == "__main__":
    run()
