# SPDX-License-Identifier: MIT
"""Who asks: recognised without configuration by the program, or by what the request says."""
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile

from case import EndToEndCase, ask, chat, run
from programs import wait_until

PYTHON = """
import json, sys, urllib.request
body = json.dumps({"model": "slow", "prompt": "[fake pieces=100]"}).encode()
urllib.request.urlopen(urllib.request.Request(sys.argv[1] + "/api/generate", body)).read()
"""
NODE = """
const body = JSON.stringify({ model: "slow", prompt: "[fake pieces=100]" });
const answer = await fetch(process.argv[2] + "/api/generate", { method: "POST", body });
await answer.text();
"""


class Identity(EndToEndCase):
    def setUp(self):
        self.ollama = self.fake()

    def start(self, *command):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)

    def test_three_programs_are_named_without_any_configuration(self):
        front = self.drover(self.ollama, arguments=["--concurrency", "8"], config=None)
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        for name, text in (("train.py", PYTHON), ("chat.mjs", NODE)):
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(text)
        wanted = {"python train.py", "curl"}
        self.start(sys.executable, os.path.join(folder, "train.py"), front.url)
        self.start("curl", "-sN", f"{front.url}/api/generate", "-d", '{"model":"slow","prompt":"[fake pieces=100]"}')
        if shutil.which("node"):
            wanted.add("node chat.mjs")
            self.start("node", os.path.join(folder, "chat.mjs"), front.url)

        status = front.wait_for(lambda s: s["queue"]["running"] == len(wanted), "all of them run")

        users = {user["name"]: user["source"] for user in status["users"]}
        print(f"recognised: {users}")
        self.assertEqual({name for name, source in users.items() if source == "process"}, wanted)
        self.assertEqual({job["user"] for job in status["jobs"]}, wanted)
        code, out, _ = front.command("status")
        self.assertEqual(code, 0)
        for name in wanted:
            self.assertIn(name, out)

    def who(self, front, fields=(), path="/api/chat", **body):
        ask(front, path, chat("tiny", stream=False, **body), fields)
        status = front.status()
        return status["finished"][0]["user"], [u["source"] for u in status["users"] if u["name"] == status["finished"][0]["user"]][0]

    def test_what_the_request_says_comes_in_its_order(self):
        key = "secret-key-of-zed"
        front = self.drover(self.ollama, config=f'[[key]]\nname = "Zed"\nsha256 = "{hashlib.sha256(key.encode()).hexdigest()}"\n')
        everything = [("Authorization", f"Bearer {key}"), ("X-User-ID", "header"), ("X-OpenWebUI-User-Id", "webui"),
                      ("X-Title", "Title"), ("User-Agent", "Agent/1")]
        self.assertEqual(self.who(front, everything), ("Zed", "key"))
        self.assertEqual(self.who(front, [("x-api-key", key)], "/v1/messages", max_tokens=3), ("Zed", "key"))
        self.assertEqual(self.who(front, everything[1:]), ("header", "user_header"))
        self.assertEqual(self.who(front, everything[2:]), ("webui", "user_header"))
        self.assertEqual(self.who(front, everything[3:], "/v1/chat/completions", user="of the body"), ("of the body", "body"))
        self.assertEqual(self.who(front, everything[3:], "/v1/messages", max_tokens=3, metadata={"user_id": "of the metadata"}),
                         ("of the metadata", "body"))
        self.assertEqual(self.who(front, everything[3:]), ("Title", "title_header"))
        self.assertEqual(self.who(front, everything[4:])[1], "process")

    def test_programs_are_not_looked_up_when_told_so(self):
        front = self.drover(self.ollama, config="[proxy]\nrecognise_programs = false\n")
        self.assertEqual(self.who(front, [("User-Agent", "OpenAI/Python 1.2")]), ("openai-python", "user_agent"))
        self.assertEqual(self.who(front)[1], "address")

    def test_a_key_is_neither_shown_nor_logged_nor_sent_on(self):
        key = "secret-key-of-zed"
        front = self.drover(self.ollama, arguments=["--log-level", "debug"],
                            config=f'[[key]]\nname = "Zed"\nsha256 = "{hashlib.sha256(key.encode()).hexdigest()}"\n')
        echoed = ask(front, body=chat("echo"), fields=[("Authorization", f"Bearer {key}")])
        self.assertNotIn(key.encode(), echoed.body)
        wait_until(lambda: front.status()["finished"], "the job is over")
        self.assertNotIn(key, json.dumps(front.status()))
        self.assertNotIn(key, front.text())


if __name__ == "__main__":
    run()
