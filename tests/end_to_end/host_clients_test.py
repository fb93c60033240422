# SPDX-License-Identifier: MIT
"""The official Python clients of a hosted pool: they must not notice that their answers come from workers."""
import time

from case import in_clients_python, run

in_clients_python()

from host_case import CLIENT_KEY, WORKER_KEY, HostCase  # noqa: E402

try:
    import anthropic
    import ollama
    import openai
except ImportError as problem:
    raise SystemExit(print(f"skipped: {problem}; run scripts/install-dependencies --tests") or 77) from None

HELLO = [{"role": "user", "content": "Hello [fake pieces=6]"}]
TEXT = " word0 word1 word2 word3 word4 word5"
KEYS = {"API_KEY": CLIENT_KEY, "WORKER_KEY": WORKER_KEY}


class Clients(HostCase):
    """Of a pool with one worker of an old generation and one of the newest; every model that a test names is at one of them."""

    def setUp(self):
        self.front = self.host(environment=KEYS)
        self.old = self.worker(self.front, "seed", models=["tiny:latest", "old:1b"], key=WORKER_KEY, name="old")
        self.new = self.worker(self.front, "0.9.6", models=["new:1b"], key=WORKER_KEY, name="new")

    def tearDown(self):
        self.assert_balanced(self.front)
        self.assert_sound(self.old, self.new)

    def is_stopped(self, worker, tag, began):
        worker.wait_for(lambda: worker.given(tag).id in worker.cancels, "it is told to stop")
        self.assertLess(time.monotonic() - began, 1.5)


class OpenAi(Clients):
    def setUp(self):
        super().setUp()
        self.client = openai.OpenAI(base_url=f"{self.front.url}/v1", api_key=CLIENT_KEY, max_retries=0)
        self.addCleanup(self.client.close)

    def test_chats_whole_and_streamed(self):
        for model in ("old:1b", "new:1b"):
            answer = self.client.chat.completions.create(model=model, messages=HELLO)
            self.assertEqual((answer.choices[0].message.content, answer.usage.completion_tokens), (TEXT, 6))
            chunks = list(self.client.chat.completions.create(model=model, messages=HELLO, stream=True,
                                                              stream_options={"include_usage": True}))
            self.assertEqual("".join(c.choices[0].delta.content or "" for c in chunks if c.choices), TEXT)
            self.assertEqual(chunks[-1].usage.completion_tokens, 6)

    def test_completes_whole_and_streamed(self):
        for model in ("old:1b", "new:1b"):
            self.assertEqual(self.client.completions.create(model=model, prompt="[fake pieces=6]").choices[0].text, TEXT)
            chunks = list(self.client.completions.create(model=model, prompt="[fake pieces=6]", stream=True))
            self.assertEqual("".join(c.choices[0].text for c in chunks if c.choices), TEXT)

    def test_responds_whole_and_streamed(self):
        for model in ("old:1b", "new:1b"):
            self.assertEqual(self.client.responses.create(model=model, input="[fake pieces=6]").output_text, TEXT)
            events = list(self.client.responses.create(model=model, input="[fake pieces=6]", stream=True))
            self.assertEqual(events[-1].type, "response.completed")
            self.assertEqual("".join(e.delta for e in events if e.type == "response.output_text.delta"), TEXT)

    def test_embeds(self):
        for model in ("old:1b", "new:1b"):
            data = self.client.embeddings.create(model=model, input=["a", "bcd"]).data
            self.assertEqual([(each.index, each.embedding[0]) for each in data], [(0, 1.0), (1, 3.0)])

    def test_lists_models(self):
        self.assertEqual(sorted(model.id for model in self.client.models.list()), ["new:1b", "old:1b", "tiny:latest"])
        self.assertEqual(self.client.models.retrieve("new:1b").owned_by, "new")

    def test_by_the_prefix_of_nfrx(self):
        with openai.OpenAI(base_url=f"{self.front.url}/api/llm/v1", api_key=CLIENT_KEY, max_retries=0) as client:
            self.assertEqual(client.chat.completions.create(model="new:1b", messages=HELLO).choices[0].message.content, TEXT)

    def test_pieces_come_as_they_are_made(self):
        began = time.monotonic()
        stream = self.client.chat.completions.create(
            model="new:1b", messages=[{"role": "user", "content": "[fake pieces=4 delay=0.5]"}], stream=True)
        times = [time.monotonic() - began for chunk in stream if chunk.choices[0].delta.content]
        self.assertGreater(times[-1] - times[0], 1.2)
        self.assertLess(times[0], 1.5)

    def test_errors_are_the_clients_own(self):
        with self.assertRaises(openai.NotFoundError):
            self.client.chat.completions.create(model="nobody-has-this", messages=HELLO)
        with self.assertRaises(openai.InternalServerError):
            self.client.chat.completions.create(model="new:1b", messages=[{"role": "user", "content": "[fake do=error500]"}])
        with openai.OpenAI(base_url=f"{self.front.url}/v1", api_key="wrong", max_retries=0) as client:
            with self.assertRaises(openai.AuthenticationError):
                client.chat.completions.create(model="new:1b", messages=HELLO)

    def test_a_break_in_a_stream_is_raised(self):
        for do in ("fail-after", "cut-after", "die-after"):
            with self.subTest(do), self.assertRaises((openai.APIError, *BROKEN)):
                list(self.client.chat.completions.create(
                    model="new:1b", messages=[{"role": "user", "content": f"[fake do={do}]"}], stream=True))

    def test_leaving_a_stream_stops_the_worker(self):
        stream = self.client.chat.completions.create(
            model="new:1b", stream=True, messages=[{"role": "user", "content": "[fake pieces=500 delay=0.05 tag=leaver]"}])
        next(iter(stream))
        began = time.monotonic()
        stream.response.close()
        self.is_stopped(self.new, "leaver", began)


class Ollama(Clients):
    def setUp(self):
        super().setUp()
        self.client = ollama.Client(host=self.front.url, headers={"Authorization": f"Bearer {CLIENT_KEY}"})

    def test_chats_whole_and_streamed(self):
        self.assertEqual(self.client.chat(model="tiny", messages=HELLO).message.content, TEXT)
        parts = list(self.client.chat(model="tiny", messages=HELLO, stream=True))
        self.assertEqual("".join(part.message.content for part in parts), TEXT)
        self.assertEqual((parts[-1].done, parts[-1].eval_count), (True, 6))

    def test_generates_whole_and_streamed(self):
        self.assertEqual(self.client.generate(model="tiny", prompt="[fake pieces=2]").response, " word0 word1")
        parts = list(self.client.generate(model="tiny", prompt="[fake pieces=2]", stream=True))
        self.assertEqual("".join(part.response for part in parts), " word0 word1")
        self.assertEqual((parts[-1].done, parts[-1].eval_count), (True, 2))

    def test_embeds(self):
        self.assertEqual(self.client.embed(model="tiny", input=["a", "bcd"]).embeddings[1][0], 3.0)

    def test_lists_and_shows(self):
        self.assertEqual(sorted(model.model for model in self.client.list().models), ["new:1b", "old:1b", "tiny:latest"])
        self.assertIn("completion", self.client.show("tiny").capabilities)

    def test_errors_are_the_clients_own(self):
        with self.assertRaises(ollama.ResponseError) as problem:
            self.client.chat(model="nobody-has-this", messages=HELLO)
        self.assertEqual(problem.exception.status_code, 404)

    def test_leaving_a_stream_stops_the_worker(self):
        parts = self.client.chat(model="tiny", stream=True,
                                 messages=[{"role": "user", "content": "[fake pieces=500 delay=0.05 tag=leaver]"}])
        next(parts)
        began = time.monotonic()
        parts.close()
        self.is_stopped(self.old, "leaver", began)


class Anthropic(Clients):
    def setUp(self):
        super().setUp()
        self.client = anthropic.Anthropic(base_url=self.front.url, api_key=CLIENT_KEY, max_retries=0)
        self.addCleanup(self.client.close)

    def test_messages_whole_and_streamed(self):
        for model in ("old:1b", "new:1b"):
            order = {"model": model, "max_tokens": 100, "messages": HELLO}
            answer = self.client.messages.create(**order)
            self.assertEqual((answer.content[0].text, answer.usage.output_tokens), (TEXT, 6))
            with self.client.messages.stream(**order) as stream:
                self.assertEqual("".join(stream.text_stream), TEXT)
                self.assertEqual(stream.get_final_message().stop_reason, "end_turn")

    def test_errors_are_the_clients_own(self):
        with self.assertRaises(anthropic.NotFoundError):
            self.client.messages.create(model="nobody-has-this", max_tokens=9, messages=HELLO)
        with self.assertRaises((anthropic.APIError, *BROKEN)):
            list(self.client.messages.create(model="new:1b", max_tokens=9, stream=True,
                                             messages=[{"role": "user", "content": "[fake do=cut-after]"}]))


def broken_connection_errors():
    """What the libraries below the clients raise when a body ends too early."""
    found = []
    for name in ("httpx", "httpx2", "httpcore", "httpcore2"):
        try:
            module = __import__(name)
        except ImportError:
            continue
        found += [getattr(module, kind) for kind in ("RemoteProtocolError", "ReadError") if hasattr(module, kind)]
    return found


BROKEN = broken_connection_errors()

if __name__ == "__main__":
    run()
