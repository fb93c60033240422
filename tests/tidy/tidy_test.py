# SPDX-License-Identifier: MIT
"""Each rule of tests/tidy fails on a tree that breaks it, and passes on one that does not."""
import os
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
CMAKE = sys.argv.pop(1) if len(sys.argv) > 1 else "cmake"
SPDX = "// SPDX-License-Identifier: MIT\n"


class TidyTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = folder.name
        self.write("core/api/README.md", "api")
        self.write("core/api/error.h", SPDX)
        self.write("app/command/README.md", "command")
        self.write("app/command/main.cpp", SPDX + '#include "core/api/error.h"\n')
        self.write("app/CMakeLists.txt", "add_executable(drover command/main.cpp)\n")

    def write(self, path, text):
        path = os.path.join(self.root, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    def passes(self, rule):
        command = [CMAKE, f"-DROOT={self.root}", "-P", os.path.join(HERE, "arrows.cmake")] if rule == "arrows" else [
            sys.executable, os.path.join(HERE, "tidy.py"), rule, self.root]
        return subprocess.run(command, capture_output=True, check=False, timeout=60).returncode == 0

    def test_a_tidy_tree_passes_every_rule(self):
        for rule in ("arrows", "circles", "listed", "readmes", "spdx", "hosts", "settings"):
            self.assertTrue(self.passes(rule), rule)

    def test_every_wrong_arrow_is_seen(self):
        for path, line in (
                ("core/net/a.h", "#include <QString>"),
                ("core/net/b.h", '#include "core/fronts/x.h"'),
                ("core/dispatch/c.cpp", "#include <boost/asio.hpp>"),
                ("core/dispatch/d.cpp", '#include "core/protocol/http_head.h"'),
                ("core/dispatch/e.cpp", "auto t = Clock::now();"),
                ("core/protocol/f.h", '#include "core/dispatch/dispatcher.h"'),
                ("core/protocol/g.h", "#include <thread>"),
                ("core/api/h.h", '#include "core/dispatch/job.h"'),
                ("core/backends/i.h", '#include "core/fronts/x.h"'),
                ("app/window/j.cpp", '#include "core/net/relay.h"'),
                ("app/command/k.cpp", "#include <QWidget>"),
                ("app/settings/l.cpp", '#include "app/window/main_window.h"')):
            self.write(path, SPDX + line + "\n")
            self.assertFalse(self.passes("arrows"), f"{path}: {line}")
            os.remove(os.path.join(self.root, path))

    def test_protocol_may_see_jobs(self):
        self.write("core/protocol/a.h", '#include "core/dispatch/job.h"\n')
        self.assertTrue(self.passes("arrows"))

    def test_circles_are_seen(self):
        self.write("core/net/a.h", '#include "core/net/b.h"\n')
        self.write("core/net/b.h", '#include "core/net/c.h"\n')
        self.write("core/net/c.h", '#include "core/net/a.h"\n')
        self.assertFalse(self.passes("circles"))

    def test_forgotten_sources_are_seen(self):
        self.write("core/net/CMakeLists.txt", "target_sources(core PRIVATE\n    other_relay.cpp relay.h\n)\n")
        self.write("core/net/relay.cpp", SPDX)
        self.assertFalse(self.passes("listed"))

    def test_missing_readmes_are_seen(self):
        os.remove(os.path.join(self.root, "core/api/README.md"))
        self.assertFalse(self.passes("readmes"))

    def test_missing_licence_lines_are_seen(self):
        self.write("core/api/error.h", "#pragma once\n")
        self.assertFalse(self.passes("spdx"))

    def test_registry_hosts_are_seen(self):
        self.write("docs/install.md", "get it from registry" + ".npmjs.org\n")
        self.assertFalse(self.passes("hosts"))

    def test_settings_that_are_not_there_are_seen(self):
        self.write("app/settings/settings_table.cpp", SPDX + 'row("queue.waiting_max")\n')
        self.write("core/fronts/a.cpp", SPDX + 'say("setting queue.waiting_max");\n')
        self.assertTrue(self.passes("settings"))

        self.write("core/fronts/a.cpp", SPDX + 'say("Raise it (setting queue.waiting_most).");\n')
        self.assertFalse(self.passes("settings"))


if __name__ == "__main__":
    unittest.main()
