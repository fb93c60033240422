# SPDX-License-Identifier: MIT
"""`drover top` in a real terminal emulator (tmux): what it shows, what its keys do, and that the terminal comes back."""
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile

from case import SKIPPED, EndToEndCase, chat, run
from programs import PROGRAM, Drover, free_port, isolated, wait_until


class Terminal:
    """A shell in a tmux of its own."""

    def __init__(self, environment, columns=90, rows=24):
        self.folder = tempfile.TemporaryDirectory(prefix="drover-top-")
        self.socket = os.path.join(self.folder.name, "tmux")
        self.environment = {**environment, "PS1": "ready$ ", "TERM": "xterm-256color", "SHELL": "/bin/sh"}
        self.environment.pop("TMUX", None)
        self.tmux("-u", "-f", "/dev/null", "new-session", "-d", "-x", str(columns), "-y", str(rows), "exec /bin/sh")
        self.expect("ready\\$")

    def tmux(self, *arguments):
        return subprocess.run(["tmux", "-S", self.socket, *arguments], check=True, capture_output=True, text=True, timeout=20,
                              env=self.environment).stdout

    def screen(self):
        return self.tmux("capture-pane", "-p")

    def type(self, line):
        self.tmux("send-keys", "-l", line)
        self.keys("Enter")

    def keys(self, *keys):
        self.tmux("send-keys", *keys)

    def resize(self, columns, rows):
        self.tmux("resize-window", "-x", str(columns), "-y", str(rows))

    def expect(self, pattern):
        """Until the screen has it; returns the screen."""
        def look():
            screen = self.screen()
            return screen if re.search(pattern, screen, re.MULTILINE) else None
        try:
            return wait_until(look, f"the screen shows {pattern}")
        except AssertionError as problem:
            raise AssertionError(f"{problem}; the screen:\n{self.screen()}") from None

    def says(self, question):
        """One fact that tmux knows about the pane."""
        return self.tmux("display-message", "-p", "#{" + question + "}").strip()

    def close(self):
        subprocess.run(["tmux", "-S", self.socket, "kill-server"], check=False, capture_output=True, timeout=20)
        self.folder.cleanup()


class TopCase(EndToEndCase):
    def terminal(self, environment, **size):
        terminal = Terminal(environment, **size)
        self.addCleanup(terminal.close)
        return terminal

    def assert_terminal_is_back(self, terminal, before):
        """The shell's own screen, its cursor, and its line discipline, as they were."""
        self.assertIn("before-top", terminal.screen())
        self.assertEqual((terminal.says("alternate_on"), terminal.says("cursor_flag")), ("0", "1"))
        self.assertEqual(self.discipline(terminal), before)

    def discipline(self, terminal):
        """`stty` of the terminal, as the shell in it sees it."""
        out = os.path.join(terminal.folder.name, f"stty{os.urandom(4).hex()}")
        terminal.type(f"stty -a > {out}.part && mv {out}.part {out}")
        wait_until(lambda: os.path.exists(out), "stty has written")
        with open(out, encoding="utf-8") as file:
            return re.sub(r"rows \d+; columns \d+;", "", file.read())


class Live(TopCase):
    def setUp(self):
        self.ollama = self.fake()
        self.front = self.drover(self.ollama, arguments=["--concurrency", "1"])
        environment = {**self.front.environment, **self.front.address()}
        self.shell = self.terminal(environment)
        self.shell.type("echo before-top")
        self.shell.expect("^before-top")
        self.before = self.discipline(self.shell)

    def busy(self):
        """One job runs for as long as the test, two wait. Ids by user."""
        for user in ("ann", "bob", "\u5f20\u4f1f"):
            wire = self.wire(self.front)
            body = json.dumps(chat("tiny", f"[fake tag={len(user.encode())} pieces=2000 delay=0.05]")).encode()
            wire.request("POST", "/api/chat", body, [("X-User-ID", user.encode().decode("latin-1"))])
            self.front.wait_for(lambda s: any(j["user"] == user for j in s["jobs"]), f"{user} is there")
        return {job["user"]: job["id"] for job in self.front.status()["jobs"]}

    def top(self, arguments="top"):
        self.shell.type(f"'{PROGRAM}' {arguments}; echo ended $?")
        self.shell.expect("q quit")

    def waiting(self):
        """The users that wait, in their turn."""
        jobs = [job for job in self.front.status()["jobs"] if job["state"] == "waiting"]
        return [job["user"] for job in sorted(jobs, key=lambda job: job["position"])]

    def test_shows_who_runs_and_who_waits(self):
        self.busy()
        self.top()
        screen = self.shell.expect("running 1/1  waiting 2")
        self.assertRegex(screen, r"(?m)^> +\d+ running ann +tiny")
        self.assertRegex(screen, r"(?m)^  +\d+ #1 ")
        # Names of any script keep the columns.
        rows = [line for line in screen.splitlines() if re.search(r"tiny", line)]
        self.assertEqual(len(rows), 3)
        for line in rows:
            before = line[:line.index("tiny")]
            self.assertEqual(sum(2 if letter > "\u2e80" else 1 for letter in before),
                             rows[0].index("tiny"))

    def test_keys_select_show_and_cancel(self):
        ids = self.busy()
        self.top()
        self.shell.expect("waiting 2")
        self.shell.keys("j")
        self.shell.expect(rf"^> +\d+ #1 ")
        self.shell.keys("Up")
        self.shell.expect(rf"^> +{ids['ann']} running ann")
        self.shell.keys("Enter")
        self.shell.expect(r"asked for +/api/chat")
        self.shell.keys("Escape")
        self.shell.expect("^\\* +JOB")
        self.shell.keys("c")
        self.shell.expect(rf"Cancel job {ids['ann']} of ann\? y/n")
        self.shell.keys("n")
        self.shell.expect("q quit")
        self.assertEqual(self.front.status()["jobs"][0]["id"], ids["ann"])
        self.shell.keys("c", "y")
        self.front.wait_for(lambda s: all(job["id"] != ids["ann"] for job in s["jobs"]), "it is cancelled")
        self.shell.expect("running 1/1  waiting 1")

    def test_keys_reorder_pause_and_resume(self):
        self.busy()
        last = self.waiting()[-1]
        self.top()
        self.shell.expect("waiting 2")
        self.shell.keys("End")
        self.shell.expect(r"^> +\d+ #2 ")
        self.shell.keys("n")
        wait_until(lambda: self.waiting()[0] == last, "the last one is next")
        self.shell.keys("p")
        self.front.wait_for(lambda s: s["paused"], "it is paused")
        self.shell.expect("p resume")
        self.shell.keys("p")
        self.front.wait_for(lambda s: not s["paused"], "it goes on")

    def test_tab_help_and_small_terminals(self):
        self.busy()
        self.top()
        self.shell.keys("Tab")
        self.shell.expect(r"^\* USER")
        self.shell.keys("h")
        self.shell.expect("cancel the job")
        self.shell.keys("x")
        self.shell.expect(r"^\* USER")
        self.shell.resize(40, 10)
        screen = self.shell.expect(r"(?s)^\* USER.*JOB STATE")
        self.assertLessEqual(max(len(line) for line in screen.splitlines()), 40)
        self.shell.resize(120, 40)
        self.shell.expect("BACKEND")

    def test_q_and_escape_give_the_terminal_back(self):
        for key in ("q", "Escape", "C-c"):
            with self.subTest(key):
                self.top()
                self.assertEqual((self.shell.says("alternate_on"), self.shell.says("cursor_flag")), ("1", "0"))
                self.shell.keys(key)
                self.shell.expect("^ended 0")
                self.assert_terminal_is_back(self.shell, self.before)
                self.shell.type("clear; echo before-top")
                self.shell.expect("^before-top")

    def test_signals_give_the_terminal_back(self):
        for number, code in ((signal.SIGTERM, 0), (signal.SIGHUP, 0), (signal.SIGSEGV, 128 + signal.SIGSEGV)):
            with self.subTest(number):
                self.top()
                out = subprocess.run(["pgrep", "-P", self.shell.says("pane_pid")], capture_output=True, text=True, check=True, timeout=20)
                os.kill(int(out.stdout.split()[0]), number)
                self.shell.expect(f"ended {code}")
                self.assert_terminal_is_back(self.shell, self.before)
                self.shell.type("clear; echo before-top")
                self.shell.expect("^before-top")

    def test_waits_for_a_drover_that_is_away(self):
        self.top()
        self.shell.expect("running 0/1")
        self.front.process.kill()
        self.front.process.wait(10)
        self.shell.expect("Drover is not running")
        again = Drover([self.ollama.url], "--port", str(self.front.port), "--status-addr", f"127.0.0.1:{self.front.status_port}", ready=False)
        self.started(again)
        self.shell.expect("running 0/")

    def test_without_colour_there_is_none(self):
        self.busy()
        self.shell.type(f"NO_COLOR=1 '{PROGRAM}' top")
        self.shell.expect("waiting 2")
        self.assertNotRegex(self.shell.tmux("capture-pane", "-p", "-e"), "\x1b\\[3[0-9]m")

    def test_a_dumb_terminal_is_told_what_to_use(self):
        self.shell.type(f"TERM=dumb '{PROGRAM}' top; echo ended $?")
        screen = self.shell.expect("^ended 1")
        self.assertIn("drover status --watch", screen)


class WithTheService(TopCase):
    def test_serve_shows_itself(self):
        home = tempfile.TemporaryDirectory()
        self.addCleanup(home.cleanup)
        shell = self.terminal(isolated(home.name))
        shell.type("echo before-top")
        shell.expect("^before-top")
        before = self.discipline(shell)
        port = free_port()
        shell.type(f"'{PROGRAM}' serve --tui --demo --port {port} --status-addr 127.0.0.1:{free_port()}; echo ended $?")
        shell.expect(f"127.0.0.1:{port}  DEMO: answers are simulated")
        shell.keys("p")
        shell.expect("p resume")
        shell.keys("q")
        shell.expect("^ended 0")
        self.assert_terminal_is_back(shell, before)
        log = next(os.path.join(place, name) for place, _, names in os.walk(home.name) for name in names if name == "drover.log")
        with open(log, encoding="utf-8") as file:
            self.assertIn("stopping", file.read())


if __name__ == "__main__":
    if not shutil.which("tmux"):
        print("skipped: tmux is not installed")
        sys.exit(SKIPPED)
    run()
