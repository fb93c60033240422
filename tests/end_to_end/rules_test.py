# SPDX-License-Identifier: MIT
"""Rules of users: what is refused, in whose words, and what a rule that is changed does at once."""
import hashlib
import json

from case import EndToEndCase, ask, chat, run
from programs import wait_until

RULE = '[[user]]\nname = "app"\n'
APP = [("X-User-ID", "app")]


class Rules(EndToEndCase):
    def setUp(self):
        self.ollama = self.fake()

    def front_with(self, rule, **options):
        return self.drover(self.ollama, config=RULE + rule, **options)

    def user(self, front, name="app"):
        return next(user for user in front.status()["users"] if user["name"] == name)

    def test_a_blocked_user_is_told_who_blocks_it_in_its_own_dialect(self):
        front = self.front_with("blocked = true\n")

        answers = [ask(front, fields=APP), ask(front, "/v1/chat/completions", fields=APP),
                   ask(front, "/v1/messages", chat(max_tokens=3), fields=APP)]

        self.assertEqual([answer.status for answer in answers], [403, 403, 403])
        ollama, openai, anthropic = (json.loads(answer.body) for answer in answers)
        self.assertIn("drover apps set app blocked=off", ollama["error"])
        self.assertEqual(openai["error"]["message"], ollama["error"])
        self.assertEqual(anthropic["error"]["type"], "permission_error")
        self.assertEqual(ask(front, fields=[("X-User-ID", "other")]).status, 200)
        seen = self.user(front)
        self.assertEqual((seen["requests"], seen["refused"], seen["dialect"]), (3, 3, "anthropic"))
        self.assertEqual(front.status()["finished"][1]["reason_code"], "user_blocked")

    def test_a_blocked_user_changes_no_models(self):
        front = self.front_with("blocked = true\n")

        self.assertEqual(ask(front, "/api/copy", {"source": "tiny", "destination": "mine"}, APP).status, 403)
        self.assertNotEqual(ask(front, "/api/copy", {"source": "tiny", "destination": "mine"}).status, 403)

    def test_only_the_models_of_the_rule_are_allowed(self):
        front = self.front_with('models = ["ti*", "echo"]\n')

        self.assertEqual(ask(front, body=chat("tiny"), fields=APP).status, 200)
        self.assertEqual(ask(front, body=chat("echo:latest"), fields=APP).status, 200)
        refused = ask(front, body=chat("slow"), fields=APP)
        self.assertEqual(refused.status, 403)
        self.assertIn("only the models ti*, echo, not slow", json.loads(refused.body)["error"])

    def test_the_tokens_of_a_day_end_with_429_until_midnight(self):
        front = self.front_with("tokens_per_day = 5\n")
        first = ask(front, "/v1/chat/completions", chat("tiny", text="[fake pieces=20]", stream=False), APP)
        self.assertEqual(first.status, 200)
        self.assertEqual(first.get("x-ratelimit-limit-tokens"), "5")
        wait_until(lambda: self.user(front)["tokens_today"] >= 5, "the tokens are counted")

        refused = ask(front, "/v1/chat/completions", fields=APP)

        self.assertEqual(refused.status, 429)
        self.assertEqual(refused.get("x-ratelimit-remaining-tokens"), "0")
        self.assertEqual(refused.get("x-should-retry"), "false")
        self.assertTrue(0 < int(refused.get("retry-after")) <= 25 * 3600)
        self.assertIn("more after midnight", json.loads(refused.body)["error"]["message"])
        self.assertEqual(ask(front, fields=APP).status, 429)
        self.assertEqual(ask(front, fields=[("X-User-ID", "other")]).status, 200)

    def test_the_tokens_of_a_day_count_across_a_restart(self):
        front = self.front_with("tokens_per_day = 5\n")
        ask(front, body=chat("tiny", text="[fake pieces=20]", stream=False), fields=APP)
        front.wait_for(lambda s: s["finished"], "the answer is counted")
        front.stop()

        again = self.front_with("tokens_per_day = 5\n", environment={
            name: text for name, text in front.environment.items() if name == "HOME" or name.startswith("XDG_")})

        self.assertGreaterEqual(self.user(again)["tokens_today"], 5)
        self.assertEqual(ask(again, fields=APP).status, 429)

    def test_no_more_run_at_once_than_the_rule_says_and_a_change_counts_at_once(self):
        front = self.front_with("running_max = 1\n", arguments=["--concurrency", "4"])
        for _ in range(3):
            self.in_background(ask, front, body=chat("slow", text="[fake pieces=400]"), fields=APP)
        front.wait_for(lambda s: s["queue"]["running"] + s["queue"]["waiting"] == 3, "all have come")
        self.in_background(ask, front, body=chat("slow", text="[fake pieces=400]"), fields=[("X-User-ID", "other")])
        status = front.wait_for(lambda s: s["queue"]["running"] == 2, "one of each runs")
        self.assertEqual({user["name"]: (user["running"], user["waiting"]) for user in status["users"]},
                         {"app": (1, 2), "other": (1, 0)})

        front.write_config(RULE + "running_max = 3\n")

        front.wait_for(lambda s: s["queue"]["running"] == 4, "the others were let in")
        front.process.kill()  # nobody waits for the answers

    def test_the_lane_of_the_rule_replaces_the_one_asked_for(self):
        front = self.front_with('lane = "batch"\n')

        ask(front, body=chat("tiny", stream=False), fields=[*APP, ("X-Priority", "interactive")])

        self.assertEqual(front.status()["finished"][0]["lane"], "batch")

    def test_a_key_tells_when_it_was_used_and_stops_at_once_when_it_is_taken_away(self):
        key = "drv_0123456789"
        sha256 = hashlib.sha256(key.encode()).hexdigest()
        front = self.drover(self.ollama, config=f'[[key]]\nname = "phone"\nsha256 = "{sha256}"\nprefix = "drv_01"\n'
                                                'created = "2026-11-21"\n')
        self.assertEqual(front.status()["keys"],
                         [{"name": "phone", "prefix": "drv_01", "created": "2026-11-21", "last_used_ms": 0}])

        ask(front, fields=[("Authorization", f"Bearer {key}")])

        self.assertGreater(front.status()["keys"][0]["last_used_ms"], 1_700_000_000_000)
        self.assertEqual(self.user(front, "phone")["source"], "key")
        front.write_config("")
        wait_until(lambda: not front.status()["keys"], "the key is gone")
        ask(front, fields=[("Authorization", f"Bearer {key}")])
        self.assertNotEqual(front.status()["finished"][0]["user"], "phone")


if __name__ == "__main__":
    run()
