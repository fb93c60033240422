# SPDX-License-Identifier: MIT
"""The official JavaScript clients through Drover. The cases themselves are in clients/clients.mjs."""
import json
import os
import shutil
import subprocess
import time

from case import EndToEndCase, run
from programs import CLIENTS, HERE, wait_until

NODE = shutil.which("node")
SCRIPT = os.path.join(HERE, "clients/clients.mjs")


def node(case, url, prompt=None, patience=60):
    """Runs one case: (exit code, what it printed)."""
    environment = {**os.environ, "DROVER_TEST_CLIENTS": CLIENTS}
    if prompt:
        environment["DROVER_TEST_PROMPT"] = prompt
    done = subprocess.run([NODE, SCRIPT, case, url], capture_output=True, text=True, timeout=patience, check=False,
                          env=environment)
    return done.returncode, done.stdout + done.stderr


def cases():
    if not NODE or not os.path.isdir(os.path.join(CLIENTS, "javascript/node_modules")):
        return None
    code, text = node("list", "http://127.0.0.1:1")
    if code:
        raise SystemExit(text)
    return json.loads(text)


class JavaScriptClients(EndToEndCase):
    def check(self, case):
        fake = self.fake()
        front = self.drover(fake)
        code, text = node(case, front.url)
        self.assertEqual(code, 0, text)
        if case.endswith("leaves"):
            began = time.monotonic()
            wait_until(lambda: fake.entry("leaver")["outcome"] == "left", "the backend sees that the client left", 5)
            self.assertLess(time.monotonic() - began, 2)


def add(case):
    setattr(JavaScriptClients, "test_" + case.replace(" ", "_"), lambda self: self.check(case))


if __name__ == "__main__":
    found = cases()
    if found is None:
        raise SystemExit(print("skipped: no node, or its clients are missing; run scripts/install-dependencies --tests") or 77)
    for each in found:
        add(each)
    run()
