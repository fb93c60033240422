# SPDX-License-Identifier: MIT
"""The official Python clients through Drover: they must not notice it."""
import time

from case import EndToEndCase, in_clients_python, run

in_clients_python()

try:
    import anthropic
    import ollama
    import openai
    from pydantic import BaseModel
except ImportError as problem:
    raise SystemExit(print(f"skipped: {problem}; run scripts/install-dependencies --tests") or 77) from None

HELLO = [{"role": "user", "content": "Hello [fake pieces=6]"}]
TEXT = " word0 word1 word2 word3 word4 word5"
WEATHER = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
TOOL = {"type": "function", "function": {"name": "weather", "description": "The weather", "parameters": WEATHER}}


class Person(BaseModel):
    name: str
    age: int


class Clients(EndToEndCase):
    def setUp(self):
        self.ollama = self.fake()
        self.front = self.drover(self.ollama)

    def cancelled(self, tag):
        """Seconds from now until the backend saw the client of that request go."""
        left_at = time.monotonic()
        for _ in range(500):
            entry = self.ollama.entry(tag)
            if entry and entry["outcome"] == "left":
                return entry["ended"] - left_at
            time.sleep(0.01)
        self.fail(f"the backend was never told that the client left: {entry}")


class OpenAi(Clients):
    def setUp(self):
        super().setUp()
        self.client = openai.OpenAI(base_url=f"{self.front.url}/v1", api_key="none", max_retries=0)
        self.addCleanup(self.client.close)

    def test_answers_whole(self):
        answer = self.client.chat.completions.create(model="tiny", messages=HELLO)
        self.assertEqual(answer.choices[0].message.content, TEXT)
        self.assertEqual(answer.usage.completion_tokens, 6)

    def test_streams_in_pieces_with_usage(self):
        stream = self.client.chat.completions.create(model="tiny", messages=HELLO, stream=True,
                                                     stream_options={"include_usage": True})
        chunks = list(stream)
        self.assertEqual("".join(c.choices[0].delta.content or "" for c in chunks if c.choices), TEXT)
        self.assertEqual(chunks[-1].usage.completion_tokens, 6)

    def test_pieces_come_as_they_are_made(self):
        began = time.monotonic()
        stream = self.client.chat.completions.create(
            model="tiny", messages=[{"role": "user", "content": "[fake pieces=4 delay=0.5]"}], stream=True)
        times = [time.monotonic() - began for chunk in stream if chunk.choices[0].delta.content]
        self.assertLess(times[0], 1.4)
        self.assertGreater(times[-1] - times[0], 1.0)

    def test_calls_tools(self):
        answer = self.client.chat.completions.create(model="tiny", messages=HELLO, tools=[TOOL])
        call = answer.choices[0].message.tool_calls[0]
        self.assertEqual((call.function.name, call.function.arguments), ("weather", '{"city": "Ada"}'))

    def test_streams_tool_calls(self):
        with self.client.chat.completions.stream(model="tiny", messages=HELLO, tools=[{**TOOL, "function": {
                **TOOL["function"], "strict": True}}]) as stream:
            final = stream.get_final_completion()
        self.assertEqual(final.choices[0].message.tool_calls[0].function.name, "weather")

    def test_parses_structured_output(self):
        answer = self.client.chat.completions.parse(model="tiny", messages=HELLO, response_format=Person)
        self.assertEqual(answer.choices[0].message.parsed, Person(name="Ada", age=36))

    def test_completes_text(self):
        answer = self.client.completions.create(model="tiny", prompt="x [fake pieces=2]")
        self.assertEqual(answer.choices[0].text, " word0 word1")
        pieces = [c.choices[0].text for c in self.client.completions.create(model="tiny", prompt="[fake pieces=3]", stream=True)]
        self.assertEqual("".join(pieces), " word0 word1 word2")

    def test_embeds(self):
        answer = self.client.embeddings.create(model="tiny-embed", input=["a", "bcd"])
        self.assertEqual([row.embedding[0] for row in answer.data], [1.0, 3.0])

    def test_responses_whole_streamed_and_with_tools(self):
        answer = self.client.responses.create(model="tiny", input="x [fake pieces=2]")
        self.assertEqual(answer.output_text, " word0 word1")
        events = list(self.client.responses.create(model="tiny", input="x [fake pieces=2]", stream=True))
        self.assertEqual(events[-1].type, "response.completed")
        self.assertEqual("".join(e.delta for e in events if e.type == "response.output_text.delta"), " word0 word1")
        called = self.client.responses.create(model="tiny", input="x", tools=[
            {"type": "function", "name": "weather", "parameters": WEATHER, "strict": True}])
        self.assertEqual(called.output[0].name, "weather")
        parsed = self.client.responses.parse(model="tiny", input="x", text_format=Person)
        self.assertEqual(parsed.output_parsed, Person(name="Ada", age=36))

    def test_lists_models(self):
        self.assertIn("tiny:latest", [model.id for model in self.client.models.list()])
        self.assertEqual(self.client.models.retrieve("tiny:latest").id, "tiny:latest")

    def test_errors_are_the_clients_own(self):
        with self.assertRaises(openai.NotFoundError) as unknown:
            self.client.chat.completions.create(model="nope", messages=HELLO)
        self.assertIn("nope", str(unknown.exception))
        with self.assertRaises(openai.BadRequestError):
            self.client.chat.completions.create(model="error400", messages=HELLO)
        with self.assertRaises(openai.InternalServerError) as failed:
            self.client.chat.completions.create(model="error500", messages=HELLO)
        self.assertEqual(failed.exception.status_code, 500)
        self.assertIn("as asked", str(failed.exception))

    def test_an_error_inside_a_stream_is_raised(self):
        for model in ("error-mid", "cut", "midchunk", "reset-mid", "silent-end"):
            with self.subTest(model), self.assertRaises((openai.APIError, *BROKEN)):
                list(self.client.chat.completions.create(model=model, messages=HELLO, stream=True))

    def test_leaving_a_stream_cancels_it(self):
        stream = self.client.chat.completions.create(
            model="tiny", stream=True, messages=[{"role": "user", "content": "[fake pieces=500 delay=0.05 tag=leaver]"}])
        next(iter(stream))
        stream.response.close()
        took = self.cancelled("leaver")
        print(f"cancelled after {took * 1000:.0f} ms")
        self.assertLess(took, 1.0)

    def test_async_clients_share(self):
        import asyncio

        async def many():
            async with openai.AsyncOpenAI(base_url=f"{self.front.url}/v1", api_key="none", max_retries=0) as client:
                return await asyncio.gather(*(client.chat.completions.create(
                    model="tiny", messages=[{"role": "user", "content": f"[fake pieces={n}]"}]) for n in range(1, 21)))
        answers = asyncio.run(many())
        self.assertEqual([a.usage.completion_tokens for a in answers], list(range(1, 21)))


class Ollama(Clients):
    def setUp(self):
        super().setUp()
        self.client = ollama.Client(host=self.front.url)

    def test_chats_whole_and_streamed(self):
        self.assertEqual(self.client.chat(model="tiny", messages=HELLO).message.content, TEXT)
        parts = list(self.client.chat(model="tiny", messages=HELLO, stream=True))
        self.assertEqual("".join(part.message.content for part in parts), TEXT)
        self.assertTrue(parts[-1].done)
        self.assertEqual(parts[-1].eval_count, 6)

    def test_generates_whole_and_streamed(self):
        self.assertEqual(self.client.generate(model="tiny", prompt="[fake pieces=2]").response, " word0 word1")
        parts = list(self.client.generate(model="tiny", prompt="[fake pieces=2]", stream=True))
        self.assertEqual("".join(part.response for part in parts), " word0 word1")

    def test_calls_tools(self):
        answer = self.client.chat(model="tiny", messages=HELLO, tools=[TOOL])
        self.assertEqual(answer.message.tool_calls[0].function.name, "weather")
        self.assertEqual(answer.message.tool_calls[0].function.arguments, {"city": "Ada"})

    def test_parses_structured_output(self):
        answer = self.client.chat(model="tiny", messages=HELLO, format=Person.model_json_schema())
        self.assertEqual(Person.model_validate_json(answer.message.content), Person(name="Ada", age=36))

    def test_embeds_in_both_ways(self):
        self.assertEqual(self.client.embed(model="tiny-embed", input=["a", "bcd"]).embeddings[1][0], 3.0)
        self.assertEqual(self.client.embeddings(model="tiny-embed", prompt="bcd").embedding[0], 3.0)

    def test_lists_and_shows(self):
        self.assertIn("tiny:latest", [model.model for model in self.client.list().models])
        self.assertIn("completion", self.client.show("tiny").capabilities)
        self.client.generate(model="tiny", prompt="x")
        self.assertEqual([m.model for m in self.client.ps().models], ["tiny:latest"])

    def test_manages_models(self):
        steps = [step.status for step in self.client.pull("fresh", stream=True)]
        self.assertEqual((steps[0], steps[-1]), ("pulling manifest", "success"))
        self.client.copy("fresh", "second")
        self.client.delete("fresh")
        names = [model.model for model in self.client.list().models]
        self.assertIn("second:latest", names)
        self.assertNotIn("fresh:latest", names)
        self.assertEqual(self.client.create(model="made", from_="tiny", stream=False).status, "success")

    def test_errors_are_the_clients_own(self):
        for model, status in (("nope", 404), ("error400", 400), ("error500", 500), ("error503", 503)):
            with self.subTest(model), self.assertRaises(ollama.ResponseError) as problem:
                self.client.chat(model=model, messages=HELLO)
            self.assertEqual(problem.exception.status_code, status)
        self.assertIn("as asked", problem.exception.error)

    def test_an_error_inside_a_stream_is_raised(self):
        for model in ("error-mid", "cut", "midchunk", "reset-mid"):
            with self.subTest(model), self.assertRaises((ollama.ResponseError, *BROKEN)):
                list(self.client.chat(model=model, messages=HELLO, stream=True))

    def test_leaving_a_stream_cancels_it(self):
        parts = self.client.chat(model="tiny", stream=True,
                                 messages=[{"role": "user", "content": "[fake pieces=500 delay=0.05 tag=leaver]"}])
        next(parts)
        parts.close()
        took = self.cancelled("leaver")
        print(f"cancelled after {took * 1000:.0f} ms")
        self.assertLess(took, 1.0)


class Anthropic(Clients):
    def setUp(self):
        super().setUp()
        self.client = anthropic.Anthropic(base_url=self.front.url, api_key="none", max_retries=0)
        self.addCleanup(self.client.close)
        self.ask = {"model": "tiny", "max_tokens": 100, "messages": HELLO}

    def test_answers_whole(self):
        answer = self.client.messages.create(**self.ask)
        self.assertEqual(answer.content[0].text, TEXT)
        self.assertEqual(answer.usage.output_tokens, 6)

    def test_streams(self):
        with self.client.messages.stream(**self.ask) as stream:
            self.assertEqual("".join(stream.text_stream), TEXT)
            self.assertEqual(stream.get_final_message().stop_reason, "end_turn")

    def test_calls_tools_whole_and_streamed(self):
        tools = [{"name": "weather", "description": "The weather", "input_schema": WEATHER}]
        answer = self.client.messages.create(**self.ask, tools=tools)
        self.assertEqual((answer.content[0].name, answer.content[0].input), ("weather", {"city": "Ada"}))
        with self.client.messages.stream(**self.ask, tools=tools) as stream:
            final = stream.get_final_message()
        self.assertEqual((final.stop_reason, final.content[0].input), ("tool_use", {"city": "Ada"}))

    def test_parses_structured_output(self):
        answer = self.client.messages.parse(**self.ask, output_format=Person)
        self.assertEqual(answer.parsed_output, Person(name="Ada", age=36))

    def test_errors_are_the_clients_own(self):
        with self.assertRaises(anthropic.NotFoundError):
            self.client.messages.create(**{**self.ask, "model": "nope"})
        with self.assertRaises(anthropic.BadRequestError):
            self.client.messages.create(**{**self.ask, "model": "error400"})
        with self.assertRaises(anthropic.InternalServerError) as failed:
            self.client.messages.create(**{**self.ask, "model": "error500"})
        self.assertEqual(failed.exception.status_code, 500)

    def test_an_error_inside_a_stream_is_raised(self):
        for model in ("error-mid", "cut", "midchunk", "reset-mid", "silent-end"):
            with self.subTest(model), self.assertRaises((anthropic.APIError, *BROKEN)):
                list(self.client.messages.create(**{**self.ask, "model": model}, stream=True))

    def test_leaving_a_stream_cancels_it(self):
        stream = self.client.messages.create(**{**self.ask, "messages": [
            {"role": "user", "content": "[fake pieces=500 delay=0.05 tag=leaver]"}]}, stream=True)
        next(iter(stream))
        stream.response.close()
        took = self.cancelled("leaver")
        print(f"cancelled after {took * 1000:.0f} ms")
        self.assertLess(took, 1.0)


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
