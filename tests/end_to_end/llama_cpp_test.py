# SPDX-License-Identifier: MIT
"""Real input: three programs share a real llama.cpp server through Drover; the server dies and returns."""
import json
import os
import shutil
import subprocess
import tempfile

from case import EndToEndCase, ask, chat, run
from programs import CLIENTS, ROOT, Program, free_port, get_json, wait_until
from trouble_test import tells_of_an_error

MODEL = os.environ.get("DROVER_TEST_GGUF", os.path.join(ROOT, "../shared/data/tiny.gguf"))
PYTHON = os.path.join(CLIENTS, "python/bin/python")

CHAT = """
import sys, openai
client = openai.OpenAI(base_url=sys.argv[1] + "/v1", api_key="none")
for round in range(5):
    stream = client.chat.completions.create(model="tiny", stream=True, max_tokens=3000, extra_body={"ignore_eos": True},
                                            messages=[{"role": "user", "content": "hello"}])
    assert sum(1 for chunk in stream if chunk.choices and chunk.choices[0].delta.content) > 100
"""
INDEX = """
import asyncio, sys, openai
async def main():
    async with openai.AsyncOpenAI(base_url=sys.argv[1] + "/v1", api_key="none", max_retries=0) as client:
        answers = await asyncio.gather(*(client.embeddings.create(model="tiny-embed", input=f"the small red proxy {n} " * 40)
                                         for n in range(300)))
    assert len({len(a.data[0].embedding) for a in answers}) == 1 and len(answers) == 300
asyncio.run(main())
"""
ENDLESS = chat("tiny", "hello", stream=True, max_tokens=1000000, ignore_eos=True)


class LlamaServer(Program):
    def __init__(self, slots, *more, port=None):
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        super().__init__([PYTHON, os.path.join(ROOT, "tests/support/llama_cpp_server.py"), MODEL, str(self.port), str(slots), *more])
        wait_until(self.answers, "the llama.cpp server is ready", 60)

    def answers(self):
        if self.ended():
            raise AssertionError(f"the llama.cpp server ended: {self.text()[-2000:]}")
        try:
            return get_json(f"{self.url}/health")["status"] == "ok"
        except OSError:
            return False


class LlamaCpp(EndToEndCase):
    def before(self):
        self.chat_server = self.started(LlamaServer(2))
        self.embedding_server = self.started(LlamaServer(2, "embeddings"))
        block = '[[backend]]\nname = "{}"\nurl = "{}"\nkind = "openai"\nslots = {}\n'
        self.front = self.drover(config=block.format("chat", self.chat_server.url, 2) + block.format("embeddings", self.embedding_server.url, 2))
        self.front.wait_for(lambda s: [b["state"] for b in s["backends"]] == ["ready", "ready"], "both servers are ready")

    def start(self, name, text):
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        path = os.path.join(folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return self.started(Program([PYTHON, path, self.front.url]))

    def test_three_programs_share_it_and_are_named(self):
        self.before()
        seen = {}
        talker = self.start("chat.py", CHAT)
        indexer = self.start("index.py", INDEX)
        curl = self.started(Program(["curl", "-sN", "--fail", f"{self.front.url}/v1/chat/completions", "-d",
                                     json.dumps({**ENDLESS, "max_tokens": 5000})]))
        most = 0

        def over():
            nonlocal most
            status = self.front.status()
            most = max(most, status["queue"]["waiting"])
            for user in status["users"]:
                seen[user["name"]] = (user["source"], user["requests"], user["output_tokens"])
            return talker.ended() and indexer.ended() and curl.ended()
        wait_until(over, "all three have ended", 90)

        print(f"users: {seen}; up to {most} waited at once")
        self.assertEqual([p.process.returncode for p in (talker, indexer, curl)], [0, 0, 0],
                         talker.text() + indexer.text() + curl.text()[-500:])
        self.assertIn("[DONE]", curl.text())
        for name in ("python chat.py", "python index.py", "curl"):
            self.assertEqual(seen.get(name, ("",))[0], "process", seen)
        self.assertEqual(seen["python index.py"][1], 300)
        self.assertGreater(most, 100)

    def test_it_answers_in_every_dialect_it_speaks(self):
        self.before()
        answer = ask(self.front, "/v1/chat/completions", chat("tiny", "hello", max_tokens=5)).json()
        self.assertLessEqual(answer["usage"]["completion_tokens"], 5)
        message = ask(self.front, "/v1/messages", chat("tiny", "hello", max_tokens=5)).json()
        self.assertEqual(message["type"], "message")
        self.assertEqual(ask(self.front, "/v1/responses", {"model": "tiny", "input": "hello", "max_output_tokens": 5}).status, 200)
        self.front.wait_for(lambda s: s["finished"] and s["finished"][-1]["output_tokens"] == answer["usage"]["completion_tokens"],
                            "the tokens are those that it told")

    def test_leaving_frees_its_slot(self):
        self.before()
        wire = self.wire(self.front)
        wire.request("POST", "/v1/chat/completions", json.dumps(ENDLESS).encode())
        wire.until(b'"content"')
        wait_until(lambda: any(s["is_processing"] for s in get_json(f"{self.chat_server.url}/slots")), "a slot is at work")
        wire.close()
        wait_until(lambda: not any(s["is_processing"] for s in get_json(f"{self.chat_server.url}/slots")), "the slot is free", 5)

    def test_killed_in_mid_stream_it_is_an_error_and_its_return_is_noticed(self):
        self.before()
        wire = self.wire(self.front)
        wire.request("POST", "/v1/chat/completions", json.dumps(ENDLESS).encode())
        answer = self.in_background(wire.answer)
        self.front.wait_for(lambda s: s["jobs"] and s["jobs"][0]["output_tokens"] > 100, "it streams")

        self.chat_server.kill()

        broken = answer.result()
        print(f"the stream ended with {broken.body[-200:]!r}")
        self.assertTrue(tells_of_an_error(broken))
        self.assertGreaterEqual(ask(self.front, "/v1/chat/completions", chat("tiny", "hello")).status, 502)
        self.started(LlamaServer(2, port=self.chat_server.port))
        wait_until(lambda: ask(self.front, "/v1/chat/completions", chat("tiny", "hello", max_tokens=5)).status == 200, "it is used again", 60)


if __name__ == "__main__":
    if not os.path.exists(MODEL):
        raise SystemExit(print(f"skipped: there is no {MODEL}; DROVER_TEST_GGUF may name one") or 77)
    if not os.path.isdir(os.path.join(CLIENTS, "python")) or subprocess.run([PYTHON, "-c", "import xllamacpp"], check=False).returncode:
        raise SystemExit(print("skipped: xllamacpp is not there; run scripts/install-dependencies --tests") or 77)
    run()
