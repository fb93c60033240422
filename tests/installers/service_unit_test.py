#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks drover-pool-server.service by systemd's own tools: service_unit_test.py SYSTEMD_ANALYZE FOLDER DROVER"""
import os
import re
import subprocess
import sys
import tempfile
import unittest

EXPOSURE_MAX = 1.5  # of 10; systemd calls everything below 2.0 well protected

analyze, folder, drover = sys.argv[1:4]


def text_of(name):
    with open(os.path.join(folder, name), encoding="utf-8") as file:
        return file.read()


class ServiceUnit(unittest.TestCase):
    def setUp(self):
        self.home = tempfile.TemporaryDirectory()
        self.addCleanup(self.home.cleanup)
        text = text_of("drover-pool-server.service.in")
        text = text.replace("@CMAKE_INSTALL_FULL_BINDIR@/drover", drover)
        text = text.replace("@CMAKE_INSTALL_FULL_DOCDIR@", "/usr/share/doc/drover")
        self.assertNotIn("@CMAKE", text)
        self.unit = os.path.join(self.home.name, "drover-pool-server.service")
        with open(self.unit, "w", encoding="utf-8") as file:
            file.write(text)

    def run_analyze(self, *arguments):
        return subprocess.run([analyze, *arguments], capture_output=True, text=True, timeout=30, check=False)

    def test_is_understood(self):
        done = self.run_analyze("verify", self.unit)
        self.assertEqual(done.returncode, 0, done.stderr)
        about_us = [line for line in done.stderr.splitlines() if "drover" in line]
        self.assertEqual(about_us, [])

    def test_is_well_protected(self):
        done = self.run_analyze("security", "--offline=true", "--no-pager", self.unit)
        found = re.search(r"exposure level for \S+: (\d+\.\d+)", done.stdout)
        self.assertIsNotNone(found, done.stdout + done.stderr)
        self.assertLessEqual(float(found.group(1)), EXPOSURE_MAX, done.stdout)

    def test_would_see_a_hole(self):
        with open(self.unit, encoding="utf-8") as file:
            text = file.read()
        with open(self.unit, "w", encoding="utf-8") as file:
            file.write(re.sub(r"(?m)^(Protect|Private|Restrict|SystemCall|CapabilityB).*\n", "", text))
        done = self.run_analyze("security", "--offline=true", "--no-pager", self.unit)
        found = re.search(r"exposure level for \S+: (\d+\.\d+)", done.stdout)
        self.assertGreater(float(found.group(1)), EXPOSURE_MAX)

    def test_stops_later_than_it_drains(self):
        unit = text_of("drover-pool-server.service.in")
        minutes = int(re.search(r"(?m)^TimeoutStopSec=(\d+)min$", unit).group(1))
        self.assertGreater(minutes * 60, 5 * 60)  # the five minutes of nfrx's DRAIN_TIMEOUT

    def test_holds_no_key(self):
        for line in text_of("server.env").splitlines():
            self.assertTrue(line == "" or line.startswith("#"), line)
        self.assertNotIn("_KEY=", text_of("drover-pool-server.service.in"))

    def test_runs_with_the_variables_of_its_template(self):
        """Every variable of the template, uncommented, is one that drover pool-server takes."""
        values = dict(re.findall(r"(?m)^#([A-Z_]+)=(.*)$", text_of("server.env")))
        self.assertIn("PORT", values)
        self.assertTrue(values.pop("API_KEY") == "" and values.pop("WORKER_KEY") == "")
        environment = {"PATH": os.environ["PATH"], "DROVER_HOME": self.home.name, "HOME": self.home.name, **values}
        done = subprocess.run([drover, "config", "list", "--json"], env=environment, capture_output=True, text=True,
                              timeout=30, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotIn("no setting", done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]])
