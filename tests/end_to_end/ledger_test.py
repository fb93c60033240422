# SPDX-License-Identifier: MIT
"""The ledger of what pools were given: in /status, on disk, by `drover pools ledger`; after a restart and kill -9."""
import csv
import io
import json
import os
import signal
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))

import case
from case import ask, chat
from fake_pool import FakePool
from programs import wait_until


class Ledger(case.EndToEndCase):
    def setUp(self):
        self.ollama = self.fake()
        folder = tempfile.TemporaryDirectory(prefix="drover-ledger-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.pool = FakePool()
        self.addCleanup(self.pool.stop)
        self.front = self.again()

    def again(self, **environment):
        """Drover with the same folder as before, in the pool called lab."""
        block = f'\n[[pool]]\nname = "lab"\nurl = "{self.pool.url}"\n'
        front = self.drover(self.ollama, config=block, environment={"DROVER_HOME": self.folder, **environment})
        front.wait_for(lambda s: s["pools"][0]["state"] == "connected", "the pool is connected")
        return front

    def given(self, jobs):
        return self.front.wait_for(lambda s: s["pools"][0]["total"]["jobs"] == jobs, f"{jobs} jobs are in the books")

    def lines(self, *words):
        code, out, errors = self.front.command("pools", "ledger", "--json", *words)
        self.assertEqual(code, 0, errors)
        return json.loads(out)

    def test_counts_a_pools_jobs_and_no_others(self):
        worker = self.pool.worker()
        self.assertEqual(worker.ask(chat(stream=False)).whole()[0], 200)
        self.assertEqual(worker.ask(chat(model="nobody-has-this", stream=True)).whole()[0], 404)
        ask(self.front, body=chat("tiny"))
        told = self.front.wait_for(lambda s: len(s["finished"]) >= 2 and s["pools"][0]["total"]["jobs"] >= 1, "all is over")

        books = told["pools"][0]["total"]
        pooled = [job for job in told["finished"] if job["pool"] == "lab" and job["state"] == "running"]
        self.assertEqual(books["jobs"], len(pooled))
        self.assertEqual(books["prompt_tokens"], sum(job["prompt_tokens"] for job in pooled))
        self.assertEqual(books["output_tokens"], sum(job["output_tokens"] for job in pooled))
        self.assertGreater(books["output_tokens"], 0)
        self.assertEqual(told["pools"][0]["today"], books)

    def test_disk_and_status_agree_also_after_a_restart(self):
        worker = self.pool.worker()
        for _ in range(3):
            self.assertEqual(worker.ask(chat(stream=False)).whole()[0], 200)
        before = self.given(3)["pools"][0]["total"]
        wait_until(lambda: self.lines() and self.lines()[0]["jobs"] == 3, "it is on disk")

        self.front.kill()
        self.front = self.again()

        self.assertEqual(self.front.status()["pools"][0]["total"], before)
        self.assertEqual(self.front.status()["pools"][0]["today"], before)
        line = self.lines("lab")[0]
        self.assertEqual({key: line[key] for key in before}, before)
        self.assertEqual(line["pool"], "lab")
        self.assertEqual(self.lines("another"), [])
        code, out, _ = self.front.command("pools", "ledger", "--csv")
        self.assertEqual(code, 0)
        row = next(csv.DictReader(io.StringIO(out, newline="")))
        self.assertEqual((row["pool"], row["jobs"], row["output_tokens"]), ("lab", "3", str(before["output_tokens"])))
        code, out, _ = self.front.command("pools", "ledger")
        self.assertEqual(code, 0)
        self.assertIn("total", out)
        code, out, _ = self.front.command("pools")
        self.assertIn("3 jobs", out)

    def test_kill_9_loses_no_more_than_the_last_second(self):
        worker = self.pool.worker()
        answers = [worker.ask(chat(stream=False)) for _ in range(20)]
        for answer in answers[:10]:
            answer.whole()
        wait_until(lambda: self.lines() and self.lines()[0]["jobs"] >= 10, "ten are on disk")
        on_disk = self.lines()[0]

        os.kill(self.front.process.pid, signal.SIGKILL)
        self.front.process.wait(30)
        after = self.lines()[0]
        code, out, _ = self.front.command("history", "--json", "--app", "pool lab", "--limit", "0")
        rows = [row for row in json.loads(out) if row["backend"]]
        self.front = self.again()

        self.assertEqual(code, 0)
        self.assertGreaterEqual(after["jobs"], on_disk["jobs"])
        self.assertEqual(after["jobs"], len(rows), "the ledger and the history say the same")
        self.assertEqual(after["output_tokens"], sum(row["output_tokens"] for row in rows))
        self.assertEqual(self.front.status()["pools"][0]["total"]["jobs"], after["jobs"])

    def test_goes_on_when_the_history_is_off(self):
        self.front.kill()
        self.front = self.again(DROVER_HISTORY_KEEP="off", DROVER_HISTORY_KEEP_USAGE="off")
        worker = self.pool.worker()
        while worker.ended.is_set():
            worker = self.pool.worker()
        self.assertEqual(worker.ask(chat(stream=False)).whole()[0], 200)
        self.given(1)
        wait_until(self.lines, "the ledger is on disk")
        code, out, _ = self.front.command("history", "--json")

        self.assertEqual((code, out.strip()), (0, "[]"))
        self.assertEqual(self.lines()[0]["jobs"], 1)


if __name__ == "__main__":
    case.run()
