# SPDX-License-Identifier: MIT
"""Half a minute in the queue: every official client must survive it, streamed and not."""
import json
import time

from case import EndToEndCase, ask, chat, in_clients_python, run
from javascript_clients_test import NODE, node
from programs import wait_until

in_clients_python()

try:
    import anthropic
    import ollama
    import openai
except ImportError as problem:
    raise SystemExit(print(f"skipped: {problem}; run scripts/install-dependencies --tests") or 77) from None

PROMPT = "Hello [fake pieces=6]"
MESSAGES = [{"role": "user", "content": PROMPT}]
TEXT = " word0 word1 word2 word3 word4 word5"
WAIT_SECONDS = 30


def openai_whole(url):
    client = openai.OpenAI(base_url=f"{url}/v1", api_key="none", max_retries=0)
    return client.chat.completions.create(model="tiny", messages=MESSAGES).choices[0].message.content


def openai_streamed(url):
    client = openai.OpenAI(base_url=f"{url}/v1", api_key="none", max_retries=0)
    chunks = client.chat.completions.create(model="tiny", messages=MESSAGES, stream=True)
    return "".join(chunk.choices[0].delta.content or "" for chunk in chunks)


def openai_responses(url):
    client = openai.OpenAI(base_url=f"{url}/v1", api_key="none", max_retries=0)
    events = client.responses.create(model="tiny", input=PROMPT, stream=True)
    return "".join(event.delta for event in events if event.type == "response.output_text.delta")


def openai_embeddings(url):
    client = openai.OpenAI(base_url=f"{url}/v1", api_key="none", max_retries=0)
    return TEXT if client.embeddings.create(model="tiny-embed", input="abc").data[0].embedding[0] == 3.0 else "wrong"


def ollama_whole(url):
    return ollama.Client(host=url).chat(model="tiny", messages=MESSAGES).message.content


def ollama_streamed(url):
    return "".join(part.message.content for part in ollama.Client(host=url).chat(model="tiny", messages=MESSAGES, stream=True))


def ollama_generated(url):
    return "".join(part.response for part in ollama.Client(host=url).generate(model="tiny", prompt=PROMPT, stream=True))


def anthropic_whole(url):
    client = anthropic.Anthropic(base_url=url, api_key="none", max_retries=0)
    return client.messages.create(model="tiny", max_tokens=9, messages=MESSAGES).content[0].text


def anthropic_streamed(url):
    client = anthropic.Anthropic(base_url=url, api_key="none", max_retries=0)
    with client.messages.stream(model="tiny", max_tokens=9, messages=MESSAGES) as stream:
        return "".join(stream.text_stream)


def javascript(case):
    def work(url):
        code, text = node(case, url, patience=120)
        assert code == 0, text
        return TEXT
    work.__name__ = "javascript " + case
    return work


PYTHON = (openai_whole, openai_streamed, openai_responses, openai_embeddings, ollama_whole, ollama_streamed, ollama_generated,
          anthropic_whole, anthropic_streamed)
JAVASCRIPT = ("openai answers whole", "openai streams", "ollama answers whole", "ollama streams", "anthropic answers whole",
              "anthropic streams")


class Waiting(EndToEndCase):
    def occupied(self, config="", seconds=60):
        self.ollama = self.fake()
        self.front = self.drover(self.ollama, arguments=["--concurrency", "1"], config=config)
        self.blocker = self.wire(self.front)
        self.blocker.request("POST", "/api/chat", json.dumps(
            chat("tiny", f"[fake tag=blocker pieces={seconds * 5} delay=0.2]")).encode(), [("X-User-ID", "blocker")])
        wait_until(lambda: self.ollama.entry("blocker"), "the first job runs")

    def test_every_client_survives_half_a_minute_in_the_queue(self):
        self.occupied()
        clients = list(PYTHON) + ([javascript(case) for case in JAVASCRIPT] if NODE else [])
        began = time.monotonic()
        tasks = {work.__name__: self.in_background(work, self.front.url) for work in clients}
        self.front.wait_for(lambda s: s["queue"]["waiting"] >= len(tasks), "all of them wait")

        time.sleep(max(0, began + WAIT_SECONDS - time.monotonic()))
        self.assertEqual([name for name, task in tasks.items() if task.done() and task.problem], [])
        self.blocker.close()

        for name, task in tasks.items():
            with self.subTest(name):
                self.assertEqual(task.result(), TEXT)
        log = self.ollama.stats()["log"]
        self.assertGreaterEqual(min(e["came"] for e in log if e["tag"] != "blocker") - began, WAIT_SECONDS)

    def waited_for(self, path, body, seconds=3.5):
        """The answer to a request that waited in the queue that long."""
        task = self.in_background(ask, self.front, path, body)
        self.front.wait_for(lambda s: s["queue"]["waiting"] == 1, "it waits")
        time.sleep(seconds)
        self.blocker.close()
        return task.result()

    SOON = '[proxy]\nkeep_alive_after = "1s"\nkeep_alive_after_unstreamed = "1s"\nkeep_alive_every = "1s"\n'

    def signs_of_life(self, answer):
        return [size for at, size in answer.arrivals if 0.5 < at < 3.4]

    def test_an_openai_stream_is_kept_alive_by_comments(self):
        self.occupied(self.SOON)
        answer = self.waited_for("/v1/chat/completions", chat("tiny", PROMPT, stream=True))
        self.assertGreaterEqual(len(self.signs_of_life(answer)), 2)
        before = answer.body.split(b"data:")[0]
        self.assertTrue(all(line.startswith(b":") or not line for line in before.split(b"\n")), before)
        self.assertIn("text/event-stream", answer.get("Content-Type"))
        self.assertTrue(answer.body.rstrip().endswith(b"[DONE]"))

    def test_an_anthropic_stream_is_kept_alive_by_pings(self):
        self.occupied(self.SOON)
        answer = self.waited_for("/v1/messages", {**chat("tiny", PROMPT, stream=True), "max_tokens": 9})
        self.assertGreaterEqual(len(self.signs_of_life(answer)), 2)
        self.assertTrue(answer.body.startswith(b"event: ping\ndata: "), answer.body[:100])

    def test_an_ollama_stream_is_kept_alive_by_empty_pieces(self):
        self.occupied(self.SOON)
        answer = self.waited_for("/api/chat", chat("tiny", PROMPT))
        self.assertGreaterEqual(len(self.signs_of_life(answer)), 2)
        lines = answer.body.split(b"\n")
        self.assertEqual(lines.pop(), b"")
        parts = [json.loads(line) for line in lines]
        self.assertEqual((parts[0]["message"]["content"], parts[0]["done"]), ("", False))
        self.assertEqual("".join(part["message"]["content"] for part in parts), TEXT)

    def test_an_answer_in_one_piece_is_kept_alive_by_blanks(self):
        self.occupied(self.SOON)
        answer = self.waited_for("/v1/chat/completions", chat("tiny", PROMPT))
        self.assertGreaterEqual(len(self.signs_of_life(answer)), 2)
        self.assertTrue(answer.body[:1].isspace())
        self.assertEqual(answer.json()["choices"][0]["message"]["content"], TEXT)

    def test_an_error_after_the_stream_was_begun_is_an_error_in_the_stream(self):
        for path, sign in (("/v1/chat/completions", b'data: {"error"'), ("/v1/messages", b"event: error"), ("/api/chat", b'{"error"')):
            with self.subTest(path):
                self.occupied(self.SOON)
                answer = self.waited_for(path, {**chat("error503", PROMPT, stream=True), "max_tokens": 9}, 1.8)
                self.assertEqual(answer.status, 200)
                self.assertIn(sign, answer.body)
                self.assertIn(b"as asked", answer.body)
                self.blocker.close()

    def test_an_error_before_that_keeps_its_status(self):
        self.occupied()
        answer = self.waited_for("/v1/chat/completions", chat("error503", PROMPT, stream=True), 1)
        self.assertEqual(answer.status, 503)
        self.assertIn(b"as asked", answer.body)


if __name__ == "__main__":
    run()
