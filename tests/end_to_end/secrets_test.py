# SPDX-License-Identifier: MIT
"""Keys of backends from secrets: they arrive without a restart, and are written down nowhere else."""
import http.server
import json
import os
import stat
import subprocess
import threading

from case import EndToEndCase, ask, chat, run
from programs import PROGRAM, wait_until

PLANTED = "sk-planted-91c4e7d2"


class Recorder(http.server.ThreadingHTTPServer):
    """A backend with one model that notes the Authorization field of every request."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answer)
        self.seen = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}"


class Answer(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        lists = {"/api/tags": {"models": [{"name": "tiny:latest", "model": "tiny:latest"}]}, "/api/ps": {"models": []}}
        self.answer(lists.get(self.path, {"version": "0.5.0"}))

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.answer({"model": "tiny", "message": {"role": "assistant", "content": "hello"}, "done": True})

    def answer(self, value):
        self.server.seen.append((self.path, self.headers.get("Authorization")))
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Secrets(EndToEndCase):
    def setUp(self):
        self.backend = Recorder()
        self.addCleanup(self.backend.server_close)
        self.addCleanup(self.backend.shutdown)

    def start(self, **options):
        return self.drover(config=f'[[backend]]\nname = "cloud"\nurl = "{self.backend.url()}"\napi_key_secret = "my.cloud"\n',
                           **options)

    def secret(self, front, *arguments, value=""):
        environment = {**front.environment, **front.address()}
        environment.pop("DBUS_SESSION_BUS_ADDRESS", None)  # never the keyring of whoever runs this test
        return subprocess.run([PROGRAM, "secret", *arguments], input=value, capture_output=True, text=True, timeout=60,
                              check=False, env=environment)

    def files(self, front):
        return [os.path.join(place, name) for place, _, names in os.walk(front.home.name) for name in names]

    def test_a_secret_that_is_set_later_is_used_at_once(self):
        front = self.start()
        self.assertEqual(ask(front, body=chat("tiny", stream=False)).status, 200)
        self.assertTrue(all(key is None for _, key in self.backend.seen), self.backend.seen)
        self.assertIn("my.cloud", front.text())

        done = self.secret(front, "set", "--file", "my.cloud", value=PLANTED + "\n")
        self.assertEqual((done.returncode, done.stderr), (0, ""))

        def used():
            ask(front, body=chat("tiny", stream=False))
            return self.backend.seen[-1] == ("/api/chat", f"Bearer {PLANTED}")
        wait_until(used, "the key is sent")

    def test_a_secret_is_written_nowhere_but_in_its_file(self):
        front = self.start(arguments=["--log-level", "debug"])
        self.secret(front, "set", "--file", "my.cloud", value=PLANTED + "\n")
        wait_until(lambda: any(key for _, key in self.backend.seen), "the key is sent")
        ask(front, body=chat("tiny", stream=False))

        holders = [path for path in self.files(front) if PLANTED.encode() in open(path, "rb").read()]
        self.assertEqual([os.path.basename(path) for path in holders], ["secrets.json"])
        self.assertEqual(stat.S_IMODE(os.stat(holders[0]).st_mode), 0o600)
        self.assertNotIn(PLANTED, front.text())
        self.assertNotIn(PLANTED, json.dumps(front.status()))
        for arguments in (("status", "--json"), ("why",), ("config", "list"), ("secret", "list"), ("secret", "list", "--json"), ("doctor",)):
            code, out, errors = front.command(*arguments, environment={"DBUS_SESSION_BUS_ADDRESS": ""})
            self.assertNotIn(PLANTED, out + errors, arguments)
        self.assertIn("my.cloud", front.command("secret", "list")[1])

    def test_the_command_asks_with_the_same_key(self):
        front = self.start()
        self.secret(front, "set", "--file", "my.cloud", value=PLANTED)
        wait_until(lambda: self.backend.seen[-1][1], "the key is sent")
        self.backend.seen.clear()
        code, out, _ = front.command("models", "--config", front.config_file, environment={"DBUS_SESSION_BUS_ADDRESS": ""})
        self.assertEqual(code, 0)
        self.assertIn("tiny:latest", out)
        self.assertEqual({key for _, key in self.backend.seen}, {f"Bearer {PLANTED}"})  # nobody asks without it

    def test_the_environment_gives_a_secret_too(self):
        front = self.start(environment={"DROVER_SECRET_MY_CLOUD": PLANTED})
        wait_until(lambda: any(key == f"Bearer {PLANTED}" for _, key in self.backend.seen), "the key is sent")
        self.assertNotIn("no setting of Drover", front.text())

    def test_a_secret_is_forgotten(self):
        front = self.start()
        self.secret(front, "set", "--file", "my.cloud", value=PLANTED)
        wait_until(lambda: any(key for _, key in self.backend.seen), "the key is sent")
        self.secret(front, "rm", "my.cloud")

        def gone():
            ask(front, body=chat("tiny", stream=False))
            return self.backend.seen[-1] == ("/api/chat", None)
        wait_until(gone, "the key is not sent any more")
        self.assertEqual(self.files(front) and json.loads(self.secret(front, "list", "--json").stdout), [])

    def test_refuses_what_is_no_secret(self):
        front = self.start()
        for name, value in (("../x", "a"), ("x", ""), ("x", "a\x01b"), ("x", "a" * 10_000)):
            done = self.secret(front, "set", "--file", name, value=value)
            self.assertEqual(done.returncode, 2, (name, value[:10], done.stderr))
        self.assertEqual(self.secret(front, "rm", "nothing").returncode, 4)


if __name__ == "__main__":
    run()
