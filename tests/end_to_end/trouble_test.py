# SPDX-License-Identifier: MIT
"""Backends that hang, break, lie and come back: the client always learns of it, and nobody else suffers."""
import json
import time

from case import EndToEndCase, ask, chat, run
from programs import free_port, wait_until
from queue_test import body_for, message_of

PATHS = ("/api/chat", "/api/generate", "/v1/chat/completions", "/v1/completions", "/v1/responses", "/v1/messages")
CLEAN_ENDS = (b'"done":true', b"[DONE]", b"message_stop", b"response.completed")


def generated(path, model, text="Say hello.", **more):
    if path in ("/api/generate", "/v1/completions"):
        return {"model": model, "prompt": text, **more}
    return body_for(path, text, model, **more)


def tells_of_an_error(answer):
    """True when a client cannot take this for a whole answer: a status, a cut connection, or an error as last piece."""
    if answer.status >= 400 or not answer.whole:
        return True
    last = answer.body.rstrip().split(b"\n")[-1]
    last = last[6:] if last.startswith(b"data: ") else last
    try:
        piece = json.loads(last)
    except ValueError:
        return False
    return "error" in piece or piece.get("type") in ("error", "response.failed")


class Trouble(EndToEndCase):
    def before(self, *arguments, config="", **options):
        self.ollama = self.fake(**options)
        self.front = self.drover(self.ollama, arguments=["--concurrency", "2", *arguments], config=config)

    def settled(self):
        return self.front.wait_for(lambda s: s["queue"]["running"] == 0 and s["queue"]["waiting"] == 0, "no job is left")

    def healthy(self):
        wait_until(lambda: ask(self.front, body=chat(stream=False)).status == 200, "an ordinary request is answered")


class BrokenAnswers(Trouble):
    def test_an_answer_that_breaks_never_ends_cleanly(self):
        self.before()
        for path in PATHS:
            for model in ("cut", "midchunk", "reset-mid", "error-mid"):
                with self.subTest(path, model=model):
                    answer = ask(self.front, path, generated(path, model, stream=True))
                    self.assertTrue(tells_of_an_error(answer), answer.body[-300:])
                    self.assertFalse([end for end in CLEAN_ENDS if end in answer.body])
                    self.assertIn(b"word2", answer.body, "what came before it is passed on")
        self.settled()
        self.healthy()

    def test_an_answer_in_one_piece_that_breaks_is_an_error(self):
        self.before()
        for path in PATHS:
            for model in ("short", "midchunk", "reset-mid"):
                with self.subTest(path, model=model):
                    self.assertTrue(tells_of_an_error(ask(self.front, path, generated(path, model, stream=False))))
        self.settled()

    def test_event_streams_without_their_last_piece_get_an_error_event(self):
        self.before()
        for path in PATHS[2:]:
            with self.subTest(path):
                self.assertTrue(tells_of_an_error(ask(self.front, path, generated(path, "silent-end", stream=True))))

    def test_line_streams_that_end_without_done_pass_unaltered_and_count_as_incomplete(self):
        self.before()
        for path in PATHS[:2]:
            with self.subTest(path):
                direct = ask(self.ollama, path, generated(path, "silent-end"))
                through = ask(self.front, path, generated(path, "silent-end"))
                self.assertEqual((through.body, through.whole), (direct.body, True))
        status = self.settled()
        self.assertEqual([job["outcome"] for job in status["finished"][:2]], ["incomplete"] * 2)

    def test_an_error_piece_of_the_backend_is_not_told_twice(self):
        self.before()
        for path in PATHS:
            with self.subTest(path):
                body = generated(path, "error-mid", stream=True)
                direct, through = ask(self.ollama, path, body), ask(self.front, path, body)
                self.assertEqual(through.body.count(b"unexpected EOF"), direct.body.count(b"unexpected EOF"))


class NoAnswers(Trouble):
    def test_a_backend_that_resets_or_talks_nonsense_is_a_bad_gateway(self):
        self.before()
        for path in PATHS:
            for model in ("reset", "garbage"):
                with self.subTest(path, model=model):
                    answer = ask(self.front, path, generated(path, model))
                    self.assertIn(answer.status, (502, 503))
                    self.assertTrue(message_of(path, answer))
        self.settled()

    def test_a_backend_that_is_silent_too_long_is_given_up(self):
        self.before("--timeout", "2")
        for path in ("/api/chat", "/v1/chat/completions", "/v1/messages"):
            with self.subTest(path):
                began = time.monotonic()
                answer = ask(self.front, path, generated(path, "hang"))
                self.assertEqual(answer.status, 504)
                self.assertTrue(message_of(path, answer))
                self.assertTrue(1.5 < time.monotonic() - began < 10)
                middle = ask(self.front, path, generated(path, "hang-mid", stream=True))
                self.assertTrue(tells_of_an_error(middle), middle.body[-300:])
        self.settled()
        wait_until(lambda: self.ollama.stats()["running"] == 0, "the backend was told")

    def test_silence_is_no_limit_on_a_slow_but_healthy_stream(self):
        self.before("--timeout", "1")
        answer = ask(self.front, body=chat("tiny", "[fake pieces=8 delay=0.4]"))
        self.assertIn(b'"done":true', answer.body)

    def test_no_backend_at_all_is_told_at_once_in_each_dialect(self):
        front = self.drover(f"http://127.0.0.1:{free_port()}")
        for path in PATHS:
            with self.subTest(path):
                began = time.monotonic()
                answer = ask(front, path, generated(path, "tiny"))
                self.assertEqual(answer.status, 503)
                self.assertTrue(message_of(path, answer))
                self.assertLess(time.monotonic() - began, 3)
        self.assertIn(front.status()["backends"][0]["state"], ("down", "resting"))
        self.assertTrue(front.status()["backends"][0]["reason"])


class DeathAndReturn(Trouble):
    def test_a_backend_killed_in_mid_stream_is_an_error_and_its_return_is_noticed(self):
        self.before()
        tasks = {path: self.in_background(ask, self.front, path, generated(path, "slow", "[fake pieces=100]", stream=True))
                 for path in ("/api/chat", "/v1/chat/completions")}
        wait_until(lambda: self.ollama.stats()["running"] == 2, "both run")
        wait_until(lambda: all(entry["pieces"] > 1 for entry in self.ollama.stats()["log"]), "both have begun")

        self.ollama.kill()

        for path, task in tasks.items():
            answer = task.result()
            self.assertTrue(tells_of_an_error(answer), (path, answer.body[-300:]))
        self.assertIn(ask(self.front).status, (502, 503))
        self.front.wait_for(lambda s: s["backends"][0]["state"] in ("down", "resting"), "it is known to be away")
        self.assertEqual(self.front.status()["queue"]["running"], 0)

        self.ollama = self.fake(port=self.ollama.port)
        began = time.monotonic()
        self.healthy()
        print(f"back after {time.monotonic() - began:.1f} s")

    def test_a_backend_that_keeps_failing_is_rested_and_said_so(self):
        self.before()
        for _ in range(12):
            ask(self.front, body=chat("reset"))
        status = self.front.wait_for(lambda s: s["backends"][0]["state"] == "resting", "the backend is rested", 5)
        self.assertTrue(status["backends"][0]["reason"])
        self.assertGreater(status["backends"][0]["retry_in_ms"], 0)
        self.healthy()

    def test_one_bad_model_does_not_disturb_the_others(self):
        self.before()
        bad = [self.in_background(ask, self.front, body=chat(model)) for model in ("cut", "garbage", "midchunk") * 2]
        for _ in range(5):
            self.assertEqual(ask(self.front, body=chat("tiny", stream=False)).status, 200)
        for task in bad:
            self.assertTrue(tells_of_an_error(task.result()))


if __name__ == "__main__":
    run()
