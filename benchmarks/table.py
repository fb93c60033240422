# SPDX-License-Identifier: MIT
"""From single runs to the table: medians, ratios to nginx, and whether the targets are reached."""
import statistics

TITLES = {"direct": "direct", "nginx": "nginx, no queue", "drover": "Drover, queue on", "relay": "bare relay"}


class Runs:
    """All figures of all runs."""

    def __init__(self):
        self.rows = []  # (round, kind, figure, value)

    def add(self, round_, kind, figures):
        self.rows += [(round_, kind, figure, value) for figure, value in figures.items()]

    def values(self, kind, figure):
        return {round_: value for round_, its_kind, its_figure, value in self.rows
                if (its_kind, its_figure) == (kind, figure)}

    def median(self, kind, figure):
        values = self.values(kind, figure).values()
        return statistics.median(values) if values else None

    def paired(self, function, one, other):
        """Median over the rounds of `function` of two (kind, figure): what disturbs a round disturbs both sides."""
        ones, others = self.values(*one), self.values(*other)
        both = [function(ones[round_], others[round_]) for round_ in ones if round_ in others]
        return statistics.median(both) if both else None

    def csv(self):
        return "round,target,figure,value\n" + "".join(f"{r},{k},{f},{v:.6g}\n" for r, k, f, v in self.rows)


def number(value, unit):
    if value is None:
        return "–"
    digits = 0 if abs(value) >= 100 or unit == "ns" else 1 if abs(value) >= 10 else 2
    return f"{value:.{digits}f} {unit}"


def verdict(value, most, text):
    if value is None:
        return f"{text} |"
    return f"{text} | {'reached' if value <= most else '**missed**'}"


class Table:
    def __init__(self, runs, kinds):
        self.runs = runs
        self.kinds = kinds
        self.subject = "drover" if "drover" in kinds else "relay"  # whom the targets are for
        self.lines = ["| | " + " | ".join(TITLES[kind] for kind in kinds) + " | ratio to nginx | target | |",
                      "|---" * (len(kinds) + 4) + "|"]

    def row(self, title, cells, ratio=None, target=" |"):
        shown = "–" if ratio is None else f"{ratio:.2f}"
        self.lines.append(f"| {title} | " + " | ".join(cells) + f" | {shown} | {target} |")

    def figure(self, title, figure, ratio_most=None, most=None, skip=()):
        """One figure for each kind, with a most for its ratio to nginx or for itself, or neither."""
        unit = figure.split()[-1]
        cells = [number(None if kind in skip else self.runs.median(kind, figure), unit) for kind in self.kinds]
        ratio = self.runs.paired(lambda one, other: one / other, (self.subject, figure), ("nginx", figure))
        target = " |"
        if ratio_most:
            target = verdict(ratio, ratio_most, f"≤ {ratio_most} × nginx")
        if most:
            target = verdict(self.runs.median(self.subject, figure), most, f"< {most} {unit}")
        self.row(title, cells, ratio, target)

    def difference(self, title, figure, most=None):
        """What a proxy adds to going direct."""
        values = {kind: self.runs.paired(lambda one, other: one - other, (kind, figure), ("direct", figure))
                  for kind in self.kinds}
        cells = ["–" if kind == "direct" else number(value, "us") for kind, value in values.items()]
        self.row(title, cells, None, verdict(values.get(self.subject), most, f"< {most} us") if most else " |")

    def growth(self, title, figure, base, percent_most):
        """How much dearer, in per cent, one figure is than another of the same kind."""
        values = {kind: self.runs.paired(lambda one, other: 100 * (one / other - 1), (kind, figure), (kind, base))
                  for kind in self.kinds}
        cells = ["–" if value is None or kind == "direct" else f"{value:+.0f} %" for kind, value in values.items()]
        self.row(title, cells, None, verdict(values.get(self.subject), percent_most, f"≤ +{percent_most} %"))

    def __str__(self):
        return "\n".join(self.lines).replace(" us ", " µs ")


def render(runs, kinds, idle, waiting):
    table = Table(runs, kinds)
    own = ("direct",)  # without a proxy there is no process under test
    table.figure("CPU per request, 1 client", "cpu 1 client us", ratio_most=1.3, skip=own)
    table.figure("CPU per request, 32 clients", "cpu 32 clients us", ratio_most=1.3, skip=own)
    table.figure("CPU per request, 32 clients on 8 slots", "cpu queueing us", skip=own)
    table.figure(f"CPU per request, {idle:,} idle connections", "cpu idle us", skip=own)
    table.growth("... more than with none", "cpu idle us", "cpu 32 clients us", percent_most=10)
    table.figure("CPU per token, 16 streams at full speed", "cpu per token unpaced us", ratio_most=1.2, skip=own)
    table.figure("CPU per token, 16 streams, 5 ms apart", "cpu per token paced us", ratio_most=1.2, skip=own)
    table.figure("Whole answer p50, 1 client", "latency p50 us")
    table.difference("... added to direct", "latency p50 us", most=100)
    table.figure("Whole answer p99, 1 client", "latency p99 us")
    table.difference("... added to direct", "latency p99 us")
    table.figure("First token p50, 16 paced streams", "first token paced p50 us")
    table.figure("First token p99, 16 paced streams", "first token paced p99 us")
    for count in waiting:
        real = max((runs.median(kind, f"waiting {count} count") or 0 for kind in kinds), default=0)
        note = f" (here {real:,.0f}: limit of open files)" if 0 < real < count else ""
        table.figure(f"Memory per waiting request, {count:,} waiting{note}", f"waiting {count} kB", most=8)
    table.figure("Resident memory at start", "start MB", most=25)
    return str(table)


def render_choosing(runs):
    """Choosing must not grow with the users but by their logarithm and the caches they fall out of."""
    values = {users: runs.median("drover", f"choosing {users} ns") for users in (100, 1_000, 10_000, 100_000)}
    growth = values[100_000] / values[100]
    lines = ["| users waiting | " + " | ".join(f"{users:,}" for users in values) + " | target | |",
             "|---" * (len(values) + 3) + "|",
             "| choosing the next job, and queueing one | " + " | ".join(f"{value:.0f} ns" for value in values.values())
             + f" | {verdict(growth, 10, 'O(log users): at most × 10 for × 1,000')} |"]
    return "\n".join(lines)
