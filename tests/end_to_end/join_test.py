# SPDX-License-Identifier: MIT
"""`drover join` in every form that an invitation has, its questions and its failures, between a fake pool and a fake Ollama."""
import os
import socket
import subprocess
import sys
import threading

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))

import case
from case import chat
from fake_pool import NEWEST, SEED, FakePool
from programs import PROGRAM, free_port
from raw_http import call

KEY = "a-very-secret-pool-key-7f3a"
OK, FAILED, USAGE, REFUSED, UNHEALTHY = 0, 1, 2, 4, 5


class JoinCase(case.EndToEndCase):
    def pool(self, **options):
        pool = FakePool(**options)
        self.addCleanup(pool.stop)
        return pool

    def join(self, drover, *words, given=None):
        done = subprocess.run([PROGRAM, "join", *words, "--config", drover.config_file], capture_output=True, text=True,
                              timeout=90, check=False, input=given or "", env={**drover.environment, **drover.address()})
        return done.returncode, done.stdout, done.stderr

    def file(self, drover, name, text):
        path = os.path.join(drover.home.name, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def settings(self, drover):
        with open(drover.config_file, encoding="utf-8") as file:
            return file.read()


    def other_address(self):
        """An address of this machine that is not loopback."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect(("192.0.2.1", 9))
            except OSError:
                self.skipTest("this machine has no network")
            return probe.getsockname()[0]

    def code_link(self, pool):
        return f"drover://join?s=ws%3A%2F%2F127.0.0.1%3A{pool.port}&n=lab&c=7K2M-Q9TD-4XWH"


class Forms(JoinCase):
    def test_a_code_is_traded_for_a_key_of_this_machine(self):
        pool = self.pool(key=KEY)
        pool.codes = {"7K2M-Q9TD-4XWH"}
        drover = self.drover(self.fake())

        code, out, errors = self.join(drover, self.code_link(pool), "--yes")

        self.assertEqual(code, OK, errors)
        self.assertEqual([each["code"] for each in pool.traded], ["7K2M-Q9TD-4XWH"])
        self.assertTrue(pool.traded[0]["name"])
        self.assertEqual(pool.worker().ask(chat(stream=False)).whole()[0], 200)
        for secret in (KEY, "7K2M-Q9TD-4XWH"):
            self.assertNotIn(secret, self.settings(drover) + drover.text() + out)

    def test_a_code_by_http_from_a_machine_of_ones_own_network(self):
        address = self.other_address()
        pool = self.pool(key=KEY, listen="0.0.0.0", host=address)
        pool.codes = {"7K2M-Q9TD-4XWH"}
        drover = self.drover(self.fake())

        code, out, errors = self.join(drover, f"http://{address}:{pool.port}/j#7K2M-Q9TD-4XWH", given="y\n")

        self.assertEqual(code, OK, errors)
        self.assertIn("The connection is not encrypted: the key and every prompt can be read on the way.", errors)
        self.assertIn("Join? [y/N]", out)
        self.assertEqual([each["code"] for each in pool.traded], ["7K2M-Q9TD-4XWH"])
        self.assertEqual(drover.status()["pools"][0]["url"], f"ws://{address}:{pool.port}{NEWEST}")
        self.assertEqual(pool.worker().ask(chat(stream=False)).whole()[0], 200)

    def test_a_file_as_people_paste_it(self):
        pool = self.pool(path=SEED, key=KEY)
        drover = self.drover(self.fake())
        path = self.file(drover, "lab.pooljoin",
                         f"# from ann\nSERVER_URL=ws://127.0.0.1:{pool.port}{SEED}\nWORKER_KEY={KEY}\nNAME=lab\nWORKER_NAME=Attic\n")

        code, out, errors = self.join(drover, path, "--yes")

        self.assertEqual(code, OK, errors)
        self.assertEqual(errors, "")
        self.assertIn("Sharing with lab. This machine makes", out)
        worker = pool.worker()
        self.assertEqual(worker.registration["worker_name"], "Attic")
        self.assertEqual(worker.ask(chat(stream=False)).whole()[0], 200)
        self.assertNotIn(KEY, self.settings(drover))
        self.assertNotIn(KEY, drover.text() + out)

    def test_a_server_without_path_or_scheme_is_looked_for(self):
        for path in (NEWEST, SEED, "/api/workers/connect"):
            with self.subTest(path=path):
                pool = self.pool(path=path)
                drover = self.drover(self.fake())

                code, out, errors = self.join(drover, "--server", f"127.0.0.1:{pool.port}", "--name", "lab", "--yes")

                self.assertEqual(code, OK, errors)
                self.assertEqual(drover.status()["pools"][0]["url"], f"ws://127.0.0.1:{pool.port}{path}")
                self.assertIn("Sharing with lab", out)

    def test_a_link_and_standard_input(self):
        pool = self.pool(key=KEY)
        drover = self.drover(self.fake())

        code, _, errors = self.join(drover, "-", "--yes", given=f"drover://join?s=ws%3A%2F%2F127.0.0.1%3A{pool.port}&n=lab#k={KEY}")

        self.assertEqual(code, OK, errors)
        self.assertEqual(drover.status()["pools"][0]["name"], "lab")

    def test_without_a_running_drover_it_is_kept_for_the_next_start(self):
        pool = self.pool(key=KEY)
        drover = self.drover(self.fake())
        drover.stop()
        path = self.file(drover, "key", KEY + "\n")

        code, out, errors = self.join(drover, "--server", pool.url, "--key-file", path, "--name", "lab", "--yes")

        self.assertEqual(code, OK, errors)
        self.assertIn("when it starts", out)
        self.assertIn('key_secret = "pool.lab"', self.settings(drover))

    def test_a_second_pool_of_the_same_host_gets_a_name_of_its_own(self):
        pool = self.pool()
        drover = self.drover(self.fake())
        self.join(drover, "--server", pool.url, "--yes")

        code, _, errors = self.join(drover, "--server", pool.url, "--yes")

        self.assertEqual(code, OK, errors)
        self.assertEqual([each["name"] for each in drover.status()["pools"]], ["127.0.0.1", "127.0.0.1-2"])


class Trouble(JoinCase):
    def refuses(self, words, expected, *arguments, drover=None, **options):
        drover = drover or self.drover(self.fake())
        before = self.settings(drover)
        code, out, errors = self.join(drover, *arguments, "--yes", **options)
        self.assertEqual(code, expected, out + errors)
        self.assertIn(words, errors)
        self.assertEqual(self.settings(drover), before, "nothing is kept")
        return drover

    def test_nobody_listens(self):
        self.refuses("does not answer", FAILED, "--server", f"ws://127.0.0.1:{free_port()}")

    def test_a_name_that_nobody_has(self):
        self.refuses("There is no server called", FAILED, "--server", "wss://no-such-host.invalid")

    def test_a_web_server(self):
        ollama = self.fake()
        self.refuses("but it is no pool", FAILED, "--server", ollama.url)

    def test_a_server_that_is_not_tls(self):
        pool = self.pool()
        self.refuses("127.0.0.1", FAILED, "--server", f"wss://127.0.0.1:{pool.port}")

    def test_a_pool_that_ends(self):
        pool = self.pool()
        pool.refuse_with = 503
        self.refuses("takes no machines at the moment", FAILED, "--server", pool.url)

    def test_a_wrong_and_a_missing_key(self):
        pool = self.pool(key="another")
        drover = self.refuses("wants a key", REFUSED, "--server", pool.url, "--name", "lab")
        path = self.file(drover, "key", KEY + "\n")
        self.refuses("refuses the key", REFUSED, "--server", pool.url, "--name", "lab", "--key-file", path, drover=drover)
        with open(os.path.join(drover.home.name, "state/drover/secrets.json"), encoding="utf-8") as file:
            self.assertNotIn(KEY, file.read())
        self.assertNotIn(KEY, drover.text())

    def test_a_sign_in_page(self):
        portal = Portal()
        self.addCleanup(portal.stop)
        self.refuses("may want you to sign in", FAILED, "--server", f"ws://127.0.0.1:{portal.port}")

    def test_a_pool_that_does_not_trade_codes(self):
        pool = self.pool(key=KEY)
        self.refuses("does not hand out keys for codes", FAILED, self.code_link(pool))

    def test_a_code_that_was_used(self):
        pool = self.pool(key=KEY)
        pool.codes = set()
        self.refuses("it has expired, or was used already", REFUSED, self.code_link(pool))

    def test_nonsense(self):
        self.refuses("this is no invitation", USAGE, "drover://join?x=1")

    def test_a_wrong_clock_is_mentioned(self):
        pool = self.pool()
        pool.clock_behind = 3600
        drover = self.drover(self.fake())

        code, _, errors = self.join(drover, "--server", pool.url, "--yes")

        self.assertEqual(code, OK, errors)
        self.assertIn("60 min ahead", errors)

    def test_no_model(self):
        pool = self.pool()
        fake = self.fake()
        for model in fake.stats()["models"]:
            call(fake.port, "DELETE", "/api/delete", {"model": model})
        drover = self.drover(fake)

        code, _, errors = self.join(drover, "--server", pool.url, "--name", "lab", "--yes")

        self.assertEqual(code, OK, errors)
        self.assertIn("there is no model on this machine to share", errors)

    def test_leaves_at_once_when_asked(self):
        pool = self.pool()
        drover = self.drover(self.fake())
        self.join(drover, "--server", pool.url, "--name", "lab", "--yes")
        worker = pool.worker()
        answer = worker.ask(chat(text="[fake pieces=2000 delay=0.05]", stream=True))
        worker.wait_for(answer.chunks, "the first piece")

        code, out, errors = drover.command("leave", "lab", "--now", "--config", drover.config_file)

        self.assertEqual(code, OK, errors)
        self.assertIn("Left lab: its settings are removed. The ledger stays.", out)
        drover.wait_for(lambda status: status["queue"]["running"] == 0, "its job is ended")
        worker.wait_end()


class Portal:
    """Leads everything elsewhere, as networks do that want a login."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            with connection:
                connection.recv(65536)
                connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: http://login.hotel.example/\r\nContent-Length: 0\r\n"
                                   b"Connection: close\r\n\r\n")

    def stop(self):
        self.listener.close()


if __name__ == "__main__":
    case.run()
