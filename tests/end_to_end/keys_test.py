# SPDX-License-Identifier: MIT
"""`drover keys` and `drover invite` without a running Drover: what they print, keep and refuse."""
import hashlib
import json
import os
import re
import sqlite3
import stat
import subprocess
import tempfile
import threading
import unittest

from case import run
from programs import PROGRAM

OK, FAILED, USAGE, REFUSED = 0, 1, 2, 4
KEY = r"dr[vw]_[0-9A-Za-z]{43}"
CODE = r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}"


class KeysCase(unittest.TestCase):
    def setUp(self):
        home = tempfile.TemporaryDirectory()
        self.addCleanup(home.cleanup)
        self.home = home.name
        self.environment = {**os.environ, "DROVER_HOME": self.home}
        self.file = os.path.join(self.home, "state", "keys.db")

    def drover(self, *words, code=OK, given="", **environment):
        # An address where nobody listens, so that no Drover of this machine is asked.
        done = subprocess.run([PROGRAM, *words, "--status-addr", "127.0.0.1:1"], capture_output=True, text=True, timeout=60,
                              check=False, input=given, env={**self.environment, **environment})
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        self.errors = done.stderr
        return done.stdout

    def json(self, *words, **options):
        return json.loads(self.drover(*words, "--json", **options))

    def bytes_kept(self):
        kept = b""
        for folder, _, names in os.walk(self.home):
            for name in names:
                with open(os.path.join(folder, name), "rb") as file:
                    kept += file.read()
        return kept


class Keys(KeysCase):
    def test_a_key_of_the_pool_is_printed_once_and_its_hash_kept(self):
        key = self.drover("keys", "add", "ann", "--pool", "--expires", "30d", "--models", "llama3*,qwen*", "--weight", "2",
                          "--rpm", "60", "--tpm", "100k", "--tpd", "1M").strip()

        self.assertRegex(key, f"^{KEY}$")
        self.assertTrue(key.startswith("drv_"))
        self.assertIn("shown only now", self.errors)
        self.assertNotIn(key[8:].encode(), self.bytes_kept())
        self.assertEqual(stat.S_IMODE(os.stat(self.file).st_mode), 0o600)
        row, = self.json("keys", "list")
        self.assertEqual((row["kind"], row["name"], row["prefix"], row["state"]), ("pool", "ann", key[:8], "good"))
        self.assertEqual(row["allowance"], "weight=2 models=llama3*,qwen* rpm=60 tpm=100k tpd=1M")
        self.assertGreater(row["expires_ms"], 1_700_000_000_000)
        self.assertFalse(os.path.exists(os.path.join(self.home, "drover.toml")), "no key of an app was made")

    def test_all_kinds_are_listed_together(self):
        self.drover("keys", "add", "phone")
        self.drover("keys", "add", "ann", "--pool")
        self.assertTrue(self.drover("keys", "add", "attic", "--worker").startswith("drw_"))

        self.assertEqual([(row["kind"], row["name"]) for row in self.json("keys", "list")],
                         [("app", "phone"), ("pool", "ann"), ("worker", "attic")])
        self.assertEqual([row["name"] for row in self.json("keys", "list", "--worker")], ["attic"])
        table = self.drover("keys")
        self.assertRegex(table, r"KIND +NAME +KEY")
        self.assertRegex(table, r"worker +attic +drw_")
        self.assertEqual(self.drover("keys", "list", "--names"), "phone\nann\nattic\n")

    def test_a_key_is_rotated_changed_and_revoked(self):
        before = self.drover("keys", "add", "ann", "--pool").strip()

        after = self.drover("keys", "rotate", "ann", "--grace", "1h").strip()
        self.assertNotEqual(before, after)
        self.assertEqual([(row["prefix"], row["state"]) for row in self.json("keys", "list")],
                         [(before[:8], "rotated"), (after[:8], "good")])
        self.drover("keys", "set", "ann", "--rpm", "10")
        self.assertEqual(self.json("keys", "list")[1]["allowance"], "rpm=10")
        self.drover("keys", "revoke", "ann", code=FAILED)  # nobody answers the question
        self.drover("keys", "revoke", "ann", given="y\n")

        self.assertEqual(self.json("keys", "list"), [])
        self.assertEqual({row["state"] for row in self.json("keys", "list", "--all")}, {"revoked"})
        self.drover("keys", "revoke", "ann", "--yes", code=USAGE)  # nor is there one of an app

    def test_a_name_of_several_keys_needs_its_kind(self):
        self.drover("keys", "add", "ann", "--pool")
        self.drover("keys", "add", "ann", "--worker")

        self.drover("keys", "revoke", "ann", "--yes", code=USAGE)
        self.assertIn("--app, --pool or --worker", self.errors)
        self.drover("keys", "revoke", "ann", "--worker", "--yes")

        self.assertEqual([row["kind"] for row in self.json("keys", "list")], ["pool"])

    def test_what_cannot_be_is_refused(self):
        self.drover("keys", "add", "ann", "--pool")
        for words, code, sentence in (
                (("keys", "add", "ann", "--pool"), USAGE, "already"),
                (("keys", "add", "", "--pool"), USAGE, "1 to 64 bytes"),
                (("keys", "add", "a\nb", "--pool"), USAGE, "printable"),
                (("keys", "add", "bob", "--pool", "--expires", "0s"), USAGE, "--expires must be"),
                (("keys", "add", "bob", "--pool", "--rpm", "many"), USAGE, "--rpm must be"),
                (("keys", "add", "bob", "--rpm", "60"), USAGE, "--pool makes one"),
                (("keys", "rotate", "bob", "--pool"), REFUSED, "no good client key"),
                (("keys", "rotate", "bob"), REFUSED, "no key"),
                (("keys", "set", "bob", "--worker", "--rpm", "1"), REFUSED, "no worker key")):
            with self.subTest(words=words):
                self.drover(*words, code=code)
                self.assertIn(sentence, self.errors)
        self.assertEqual(len(self.json("keys", "list", "--all")), 1)

    def test_looking_makes_no_file(self):
        self.assertIn("There are no keys", self.drover("keys"))
        self.assertEqual(self.json("invite", "list"), [])
        self.assertEqual(self.json("keys", "audit"), [])
        self.drover("invite", "withdraw", "1", code=REFUSED)
        self.drover("invite", "--uses", "0", code=USAGE)

        self.assertFalse(os.path.exists(self.file))

    def test_the_settings_say_where_the_file_is(self):
        elsewhere = os.path.join(self.home, "elsewhere", "mine.db")
        self.drover("keys", "add", "ann", "--pool", DROVER_HOST_KEYS_FILE=elsewhere)

        self.assertTrue(os.path.exists(elsewhere))
        self.assertFalse(os.path.exists(self.file))
        self.drover("keys", "add", "ann", "--pool", code=FAILED, DROVER_HOST_KEYS_FILE="off")
        self.assertIn("host.keys_file is off", self.errors)

    def test_a_damaged_file_is_said_and_left_alone(self):
        self.drover("keys", "add", "ann", "--pool")
        for content in (b"", b"not a database" * 1000):
            with self.subTest(content=content[:20]):
                with open(self.file, "wb") as file:
                    file.write(content)
                self.drover("keys", "add", "bob", "--pool", code=FAILED)
                self.assertRegex(self.errors, "Put a copy in its place")
                with open(self.file, "rb") as file:
                    self.assertEqual(file.read(), content)

    def test_many_at_once_make_every_key(self):
        threads = [threading.Thread(target=subprocess.run, kwargs={
            "args": [PROGRAM, "keys", "add", f"client {number}", "--pool"], "env": self.environment,
            "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "timeout": 60, "check": True})
            for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        self.assertEqual([row["name"] for row in self.json("keys", "list")], [f"client {number}" for number in range(8)])

    def test_the_audit_log_tells_who_did_what_and_no_secret(self):
        key = self.drover("keys", "add", "ann", "--pool").strip()
        code = self.json("invite")["code"]
        self.drover("keys", "revoke", "ann", "--yes")

        rows = self.json("keys", "audit")

        self.assertEqual([row["event"] for row in rows], ["key_revoked", "invited", "key_created"])
        self.assertEqual({row["from"] for row in rows}, {"command"})
        text = json.dumps(rows) + self.drover("keys", "audit")
        self.assertNotIn(key[8:], text)
        self.assertNotIn(code[4:], text)
        self.assertEqual(len(self.json("keys", "audit", "-n", "1")), 1)


class Invitations(KeysCase):
    def test_an_invitation_is_printed_once(self):
        out = self.drover("invite", "--url", "https://pool.example.org/")

        link = re.search(rf"https://pool\.example\.org/j#({CODE})", out)
        self.assertTrue(link, out)
        self.assertIn(f"drover join '{link.group(0)}'", out)
        self.assertIn(link.group(1), out)
        self.assertIn("Good once, until", out)
        self.assertNotIn("█", out)
        self.assertNotIn(link.group(1).encode(), self.bytes_kept())
        self.assertNotIn(link.group(1).replace("-", "").encode(), self.bytes_kept())
        row, = self.json("invite", "list")
        self.assertEqual((row["number"], row["prefix"], row["uses"], row["uses_max"], row["state"]),
                         (1, link.group(1)[:4], 0, 1, "good"))

    def test_the_link_leads_where_the_settings_say(self):
        self.assertIn("https://pool.example.org/j#", self.json("invite", DROVER_HOST_PUBLIC_URL="https://pool.example.org")["link"])
        self.assertIn("http://127.0.0.1:8080/j#", self.json("invite")["link"])
        self.drover("invite")
        self.assertIn("only this machine can reach", self.errors)
        self.drover("invite", "--url", "http://192.168.1.7:8080")
        self.assertIn("not encrypted", self.errors)
        self.drover("invite", "--url", "not an address", code=USAGE)

    def test_a_qr_code_where_it_is_wanted(self):
        out = self.drover("invite", "--qr", "--url", "https://pool.example.org")

        drawn = [line for line in out.splitlines() if line and set(line) <= set("█▀▄ ")]
        self.assertGreater(len(drawn), 15)
        self.assertEqual(len({len(line) for line in drawn}), 1)
        self.assertNotIn("\x1b", out)

    def test_options_count_and_withdrawing_ends_it(self):
        row = self.json("invite", "--uses", "5", "--expires", "7d", "--models", "llama3*", "--note", "the lab")
        self.assertEqual((row["uses_max"], row["allowance"], row["note"]), (5, "models=llama3*", "the lab"))
        self.assertEqual(row["expires_ms"] - row["created_ms"], 7 * 86_400_000)

        self.drover("invite", "withdraw", str(row["number"]))

        self.assertEqual(self.json("invite", "list")[0]["state"], "withdrawn")
        self.drover("invite", "withdraw", str(row["number"]), code=REFUSED)
        self.drover("invite", "withdraw", "first", code=USAGE)
        for words in (("--uses", "1001"), ("--expires", "30s"), ("--expires", "32d"), ("--models", "a" * 300)):
            self.drover("invite", *words, code=USAGE)

    def test_only_a_slow_hash_of_the_code_is_kept(self):
        code = self.json("invite")["code"].replace("-", "")

        with sqlite3.connect(self.file) as database:
            prefix, salt, kept = database.execute("SELECT prefix, salt, hash FROM invitations").fetchone()

        self.assertEqual(prefix, code[:4])
        self.assertEqual(kept, hashlib.scrypt(code.encode(), salt=salt, n=16384, r=8, p=1, maxmem=64 << 20, dklen=32))


if __name__ == "__main__":
    run()
