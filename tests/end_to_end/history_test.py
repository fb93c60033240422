# SPDX-License-Identifier: MIT
"""The history on disk: what a run leaves for `drover history` and `drover usage`, also after kill -9."""
import csv
import io
import json
import os
import signal
import stat
import tempfile
import threading

from case import EndToEndCase, ask, chat, run
from programs import wait_until

OK, USAGE = 0, 2


class History(EndToEndCase):
    def setUp(self):
        self.ollama = self.fake()
        folder = tempfile.TemporaryDirectory(prefix="drover-history-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.file = os.path.join(self.folder, "state", "history.db")
        self.front = self.again()

    def again(self, **environment):
        """Drover with the same folder as before."""
        front = self.drover(self.ollama, environment={"DROVER_HOME": self.folder, **environment})
        front.wait_for(lambda s: s["backends"][0]["state"] == "ready", "the backend is ready")
        return front

    def rows(self, *words):
        code, out, err = self.front.command("history", "--json", *words)
        self.assertEqual(code, OK, err)
        return json.loads(out)

    def written(self, count):
        self.front.wait_for(lambda s: s["history"]["last_row"] >= count, f"{count} rows are on disk")

    def test_a_request_is_a_row_and_never_what_it_said(self):
        ask(self.front, body=chat("tiny", "the secret of my life"), fields=[("X-User-ID", "=evil()")])
        ask(self.front, body=chat("nope"))
        self.written(1)
        row = self.rows("--model", "tiny")[0]
        self.assertEqual((row["app"], row["path"], row["outcome"], row["status"]), ("=evil()", "/api/chat", "done", 200))
        self.assertGreater(row["output_tokens"], 0)
        code, out, _ = self.front.command("history", "--csv", "--model", "tiny")
        self.assertEqual(code, OK)
        table = list(csv.DictReader(io.StringIO(out, newline="")))
        self.assertEqual(table[0]["app"], "'=evil()")
        code, out, _ = self.front.command("history")
        self.assertEqual(code, OK)
        self.assertIn("tiny", out)
        for folder, _, files in os.walk(self.folder):
            for name in files:
                with open(os.path.join(folder, name), "rb") as file:
                    self.assertNotIn(b"secret of my life", file.read(), name)

    def test_its_files_are_private(self):
        ask(self.front, body=chat("tiny"))
        self.written(1)
        state = os.path.dirname(self.file)
        names = [name for name in os.listdir(state) if name.startswith("history")]
        self.assertIn("history.db", names)
        for name in names:
            mode = stat.S_IMODE(os.stat(os.path.join(state, name)).st_mode)
            self.assertEqual(mode & 0o077, 0, f"{name} has mode {mode:o}")

    def test_usage_counts_today_across_a_restart(self):
        for _ in range(3):
            ask(self.front, body=chat("tiny"), fields=[("X-User-ID", "ann")])
        self.written(3)
        before = self.front.status()["today"]
        self.assertEqual(before["requests"], 3)
        self.front.kill()
        self.front = self.again()
        today = self.front.status()["today"]
        self.assertEqual(today["requests"], 3)
        self.assertEqual(today["output_tokens"], before["output_tokens"])
        self.assertEqual([user["name"] for user in today["users"]], ["ann"])
        code, out, _ = self.front.command("usage", "--by", "app", "--json")
        self.assertEqual(code, OK)
        self.assertEqual([(row["app"], row["requests"]) for row in json.loads(out)], [("ann", 3)])

    def test_kill_9_in_the_middle_of_writing_loses_at_most_the_last_second(self):
        done = 0
        stop = threading.Event()

        def requests():
            nonlocal done
            while not stop.is_set():
                try:
                    ask(self.front, body=chat("tiny"))
                    done += 1
                except OSError:
                    return

        workers = [threading.Thread(target=requests) for _ in range(4)]
        for worker in workers:
            worker.start()
        self.written(50)
        on_disk = self.front.status()["history"]["last_row"]
        os.kill(self.front.process.pid, signal.SIGKILL)
        self.front.process.wait(30)
        stop.set()
        for worker in workers:
            worker.join(60)
        rows = self.rows()
        self.assertGreaterEqual(len(rows), on_disk)
        self.assertLessEqual(len(rows), done + len(workers))
        self.front = self.again()
        self.assertEqual(self.front.status()["history"]["reason_code"], "")
        self.assertEqual(self.front.status()["today"]["requests"], len(rows))
        ask(self.front, body=chat("tiny"))
        wait_until(lambda: len(self.rows()) == len(rows) + 1, "the next row is there")

    def test_filters_limits_and_files(self):
        for user in ("ann", "bob"):
            ask(self.front, body=chat("tiny"), fields=[("X-User-ID", user)])
        self.written(2)
        self.assertEqual([row["app"] for row in self.rows("--app", "bob")], ["bob"])
        self.assertEqual(len(self.rows("--limit", "1")), 1)
        self.assertEqual(self.rows("--until", "1h"), [])
        self.assertEqual(len(self.rows("--since", "1h")), 2)
        self.assertEqual(self.front.command("history", "--since", "soon")[0], USAGE)
        self.assertEqual(self.front.command("history", "--outcome", "odd")[0], USAGE)
        file = os.path.join(self.folder, "out.csv")
        code, out, _ = self.front.command("history", "--csv", "--output", file)
        self.assertEqual(code, OK)
        self.assertIn("2 rows", out)
        with open(file, encoding="utf-8", newline="") as written:
            self.assertEqual(len(list(csv.reader(written))), 3)

    def test_delete_asks_for_a_yes(self):
        for user in ("ann", "bob"):
            ask(self.front, body=chat("tiny"), fields=[("X-User-ID", user)])
        self.written(2)
        self.assertEqual(self.front.command("history", "delete", "--app", "ann")[0], USAGE)
        self.assertEqual(len(self.rows()), 2)
        code, out, _ = self.front.command("history", "delete", "--app", "ann", "--yes", "--json")
        self.assertEqual((code, json.loads(out)), (OK, {"deleted": 1}))
        self.assertEqual([row["app"] for row in self.rows()], ["bob"])

    def test_a_damaged_file_is_set_aside_and_said(self):
        ask(self.front, body=chat("tiny"))
        self.written(1)
        self.front.kill()
        with open(self.file, "r+b") as damaged:
            damaged.write(b"\xa5" * 4096)
        os.remove(self.file + "-wal")  # a whole copy of what was just damaged
        self.front = self.again()
        history = self.front.status()["history"]
        self.assertEqual((history["reason_code"], history["kept"]), ("set_aside", True))
        self.assertTrue(os.path.exists(self.file + ".damaged"))
        ask(self.front, body=chat("tiny"))
        self.written(1)
        self.assertEqual(len(self.rows()), 1)

    def test_switched_off_nothing_is_written(self):
        self.front = self.again(DROVER_HOME=os.path.join(self.folder, "other"), DROVER_HISTORY_KEEP="off",
                                DROVER_HISTORY_KEEP_USAGE="off")
        ask(self.front, body=chat("tiny"))
        self.assertEqual(self.front.status()["history"]["reason_code"], "off")
        self.assertFalse(os.path.exists(os.path.join(self.folder, "other", "state", "history.db")))
        code, out, _ = self.front.command("history", "--json")
        self.assertEqual((code, json.loads(out)), (OK, []))


if __name__ == "__main__":
    run()
