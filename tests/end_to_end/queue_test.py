# SPDX-License-Identifier: MIT
"""Who is next, who must wait, who is refused, and who has left."""
import json
import time

from case import EndToEndCase, ask, chat, run
from programs import wait_until
from raw_http import Wire, call

DIALECTS = {"/api/chat": "ollama", "/v1/chat/completions": "openai", "/v1/responses": "openai", "/v1/messages": "anthropic"}


def body_for(path, text="", model="tiny", **more):
    if path == "/v1/responses":
        return {"model": model, "input": text or "x", **more}
    return {**chat(model, text, **more), **({"max_tokens": 99} if path == "/v1/messages" else {})}


def user(name, **more):
    return [("X-User-ID", name), *((key.replace("_", "-"), value) for key, value in more.items())]


def message_of(path, answer):
    """The sentence in an error, taken from where that dialect's clients look; fails when it is not there."""
    error = answer.json()["error"]
    if path.startswith("/v1/messages"):
        assert answer.json()["type"] == "error", answer.body
    return error if path.startswith("/api/") else error["message"]


class Queue(EndToEndCase):
    def one_slot(self, config="", **options):
        self.ollama = self.fake()
        self.front = self.drover(self.ollama, arguments=["--concurrency", "1"], config=config, **options)

    def occupy(self, seconds=60, name="blocker"):
        """Takes the one slot; the wire it returns frees it when closed."""
        wire = self.wire(self.front)
        wire.request("POST", "/api/chat", json.dumps(chat("tiny", f"[fake tag=blocker pieces={seconds * 10} delay=0.1]")).encode(),
                     user(name))
        wait_until(lambda: self.ollama.entry("blocker"), "the first job runs")
        return wire

    def send(self, name, tag, path="/api/chat", **fields):
        """A request that waits; its answer is read by `.answer()` of the wire."""
        wire = self.wire(self.front, patience=60)
        wire.request("POST", path, json.dumps(body_for(path, f"[fake tag={tag} pieces=3]", stream=False)).encode(),
                     user(name, **fields))
        return wire

    def waiting(self, count):
        return self.front.wait_for(lambda s: s["queue"]["waiting"] == count, f"{count} jobs wait")

    def order(self):
        """Tags in the order in which the backend was asked."""
        return [entry["tag"] for entry in sorted(self.ollama.stats()["log"], key=lambda e: e["came"])]

    def test_a_newcomer_is_next_after_a_hog_with_sixty_waiting(self):
        self.one_slot()
        blocker = self.occupy(name="hog")
        hogs = [self.send("hog", f"hog{n}") for n in range(60)]
        self.waiting(60)
        newcomer = self.send("newcomer", "newcomer")
        self.waiting(61)

        blocker.close()

        self.assertEqual(newcomer.answer().status, 200)
        before = self.order().index("newcomer") - 1
        print(f"{before} of the hog's jobs went before the newcomer's")
        self.assertLessEqual(before, 1)
        self.assertEqual([wire.answer().status for wire in hogs], [200] * 60)

    def test_two_users_get_the_same_cost_however_long_their_jobs_are(self):
        self.one_slot()
        blocker = self.occupy()
        wires = []
        for n in range(40):
            wires.append(self.send_pieces("short", "s", 5))
            if n % 4 == 0:
                wires.append(self.send_pieces("long", "l", 60))
        self.waiting(50)

        blocker.close()
        for wire in wires:
            self.assertEqual(wire.answer().status, 200)

        cost = {"s": 23 + 2 * 5, "l": 23 + 2 * 60}
        order = [tag for tag in self.order() if tag in cost]
        both = order[:min(len(order) - order[::-1].index(tag) for tag in cost)]  # while both had jobs waiting
        spent = {"s": 0, "l": 0}
        most = 0
        for tag in both:
            spent[tag] += cost[tag]
            most = max(most, abs(spent["s"] - spent["l"]))
        print(f"largest difference {most}, cost of one long job {cost['l']}, order {''.join(order)}")
        self.assertLessEqual(most, 2 * cost["l"])

    def send_pieces(self, name, tag, pieces):
        wire = self.wire(self.front, patience=60)
        wire.request("POST", "/api/chat", json.dumps(chat("tiny", f"[fake tag={tag} pieces={pieces}]", stream=False)).encode(), user(name))
        return wire

    def test_three_hundred_embeddings_at_once_all_succeed_and_a_chat_passes_them(self):
        self.one_slot()
        blocker = self.occupy(name="chat")
        wires = []
        for n in range(300):
            wire = self.wire(self.front, patience=60)
            wire.request("POST", "/api/embed", json.dumps({"model": "tiny-embed", "input": f"text {n} [fake tag=embedding]"}).encode(), user("indexer"))
            wires.append(wire)
        self.waiting(300)
        late = self.send("chat", "chat")
        self.waiting(301)

        blocker.close()

        self.assertEqual(late.answer().status, 200)
        answers = [wire.answer() for wire in wires]
        self.assertEqual([a.status for a in answers], [200] * 300)
        lengths = [float(len(f"text {n} [fake tag=embedding]")) for n in range(300)]
        self.assertEqual([a.json()["embeddings"][0][0] for a in answers], lengths)
        self.assertLessEqual(self.order().index("chat"), 2)

    def test_priority_chooses_the_lane(self):
        self.one_slot()
        blocker = self.occupy()
        for tag, fields in (("batch", {"X_Priority": "batch"}), ("low", {"X_Queue_Priority": "low"}), ("normal", {}),
                            ("interactive", {"X_Priority": "interactive"}), ("high", {"X_Queue_Priority": "high"})):
            setattr(self, tag, self.send(f"user {tag}", tag, **fields))
            wait_until(lambda: self.front.status()["queue"]["waiting"], "it waits")
        self.waiting(5)

        blocker.close()
        for tag in ("batch", "low", "normal", "interactive", "high"):
            self.assertEqual(getattr(self, tag).answer().status, 200)

        order = self.order()[1:]
        self.assertEqual(set(order[:2]), {"interactive", "high"})
        self.assertEqual(order[2], "normal")
        self.assertEqual(set(order[3:]), {"batch", "low"})

    def test_no_more_jobs_run_than_there_are_slots(self):
        ollama = self.fake()
        front = self.drover(ollama, arguments=["--concurrency", "3"])
        tasks = [self.in_background(ask, front, body=chat("tiny", "[fake pieces=5 delay=0.01]", stream=False)) for _ in range(40)]
        self.assertEqual([task.result().status for task in tasks], [200] * 40)
        self.assertEqual(ollama.stats()["running_most"], 3)

    def test_waiting_too_long_is_refused_in_each_dialect(self):
        self.one_slot()
        self.occupy()
        for path in DIALECTS:
            for streamed in (False, True):
                with self.subTest(path=path, streamed=streamed):
                    began = time.monotonic()
                    answer = ask(self.front, path, body_for(path, stream=streamed), [("X-Queue-Timeout", "0.5")])
                    self.assertIn(answer.status, (429, 503))
                    self.assertLess(time.monotonic() - began, 5)
                    self.check_refusal(path, answer)

    def check_refusal(self, path, answer):
        self.assertTrue(int(answer.get("Retry-After")) >= 1, answer.fields)
        self.assertTrue(int(answer.get("retry-after-ms")) >= 1, answer.fields)
        self.assertIn("application/json", answer.get("Content-Type"))
        self.assertRegex(message_of(path, answer), r"line|waiting")

    def test_a_full_queue_refuses_in_each_dialect_at_once(self):
        self.one_slot(config="[queue]\nwaiting_max = 2\n")
        self.occupy()
        self.send("a", "a")
        self.send("b", "b")
        self.waiting(2)
        for path in DIALECTS:
            with self.subTest(path):
                answer = ask(self.front, path, body_for(path), user("c"))
                self.assertEqual(answer.status, 503 if path.startswith("/api/") else answer.status)
                self.assertIn(answer.status, (429, 503))
                self.check_refusal(path, answer)

    def test_a_user_with_too_many_waiting_is_refused_and_others_are_not(self):
        self.one_slot(config="[queue]\nwaiting_per_user_max = 2\n")
        self.occupy()
        self.send("a", "a1")
        self.send("a", "a2")
        self.waiting(2)
        self.check_refusal("/v1/messages", ask(self.front, "/v1/messages", body_for("/v1/messages"), user("a")))
        self.send("b", "b1")
        self.waiting(3)

    def test_ones_own_jobs_are_listed_and_cancelled(self):
        self.one_slot()
        self.occupy()
        mine = self.send("me", "mine")
        self.send("you", "yours")
        jobs = {job["user"]: job for job in self.waiting(2)["jobs"] if job["state"] == "waiting"}

        listed = call(self.front.port, "GET", "/queue", fields=user("me"))
        self.assertEqual(listed.status, 200)
        self.assertIn(str(jobs["me"]["id"]), listed.body.decode())
        self.assertNotIn("yours", listed.body.decode())

        self.assertIn(call(self.front.port, "DELETE", f"/queue/{jobs['you']['id']}", fields=user("me")).status, (403, 404))
        self.assertIn(call(self.front.port, "DELETE", f"/queue/{jobs['me']['id']}", fields=user("me")).status, (200, 204))
        answer = mine.answer()
        self.assertGreaterEqual(answer.status, 400)
        self.assertTrue(answer.json()["error"])
        self.waiting(1)
        self.assertIsNone(self.ollama.entry("mine"))
        self.assertEqual(call(self.front.port, "DELETE", "/queue/999999", fields=user("me")).status, 404)

    def test_who_leaves_while_waiting_is_out_of_the_queue(self):
        self.one_slot()
        blocker = self.occupy()
        leaver = self.send("leaver", "leaver")
        stayer = self.send("stayer", "stayer")
        self.waiting(2)
        leaver.close()
        self.waiting(1)
        blocker.close()
        self.assertEqual(stayer.answer().status, 200)
        self.assertIsNone(self.ollama.entry("leaver"))

    def test_who_leaves_while_running_frees_the_slot_within_a_moment(self):
        self.one_slot()
        blocker = self.occupy()
        following = self.send("next", "next")
        self.waiting(1)

        left_at = time.monotonic()
        blocker.close()
        self.assertEqual(following.answer().status, 200)

        cancelled = self.ollama.entry("blocker")["ended"] - left_at
        started = self.ollama.entry("next")["came"] - left_at
        print(f"cancelled after {cancelled * 1000:.1f} ms, the next job came after {started * 1000:.1f} ms")
        self.assertLess(cancelled, 1.0)
        self.assertLess(started, 1.0)

    def test_answers_say_where_they_stood_and_who_answered(self):
        self.one_slot()
        blocker = self.occupy()
        waiter = self.send("a", "a", X_Request_ID="my-own-id")
        self.front.wait_for(lambda s: [j for j in s["jobs"] if j["state"] == "waiting" and j["waited_ms"] > 50], "it has waited a while")
        blocker.close()
        answer = waiter.answer()
        self.assertEqual(answer.get("X-Request-ID"), "my-own-id")
        self.assertEqual(answer.get("X-Queue-Position"), "1")
        self.assertGreaterEqual(int(answer.get("X-Queue-Wait-Ms")), 50)
        self.assertIn(str(self.ollama.port), answer.get("X-Served-By"))
        self.assertRegex(answer.get("Server-Timing"), r"queue;dur=[\d.]+")
        other = ask(self.front, body=chat("tiny", stream=False))
        self.assertTrue(other.get("X-Request-ID"))
        self.assertNotEqual(other.get("X-Request-ID"), "my-own-id")

    def test_a_pause_holds_everything_and_resume_lets_it_go(self):
        self.one_slot()
        self.assertEqual(self.front.command("pause")[0], 0)
        waiter = self.send("a", "a")
        self.waiting(1)
        self.assertIsNone(self.ollama.entry("a"))
        self.assertEqual(self.front.command("resume")[0], 0)
        self.assertEqual(waiter.answer().status, 200)


class ManyUsers(EndToEndCase):
    def test_thousands_of_users_cost_bounded_memory(self):
        ollama = self.fake()
        front = self.drover(ollama, arguments=["--concurrency", "4"], config="[queue]\nusers_remembered_max = 500\n")
        self.from_users(front, range(0, 500))
        before = front.memory_bytes()
        self.from_users(front, range(500, 6000))
        grown = front.memory_bytes() - before
        print(f"grew by {grown / 1024:.0f} kB for 5500 more names")
        self.assertLess(grown, 8 << 20)
        self.assertLessEqual(len(front.status()["users"]), 500)

    def from_users(self, front, numbers):
        body = json.dumps({"model": "tiny-embed", "input": "x"}).encode()
        with Wire(front.port) as wire:
            for number in numbers:
                wire.request("POST", "/api/embed", body, user(f"user number {number}"))
                self.assertEqual(wire.answer().status, 200)


if __name__ == "__main__":
    run()
