# SPDX-License-Identifier: MIT
"""Rules about the sources that are no compiler's business: tidy.py RULE ROOT. Prints each breach; fails when there is one."""
import os
import re
import sys

OURS = ("core", "app", "tests", "benchmarks")
SOURCE = (".cpp", ".h")
# Written in two parts so that this file does not break its own rule.
REGISTRY_HOSTS = re.compile(
    "|".join(first + r"\." + last for first, last in (
        ("registry", "npmjs"), ("pypi", r"org"), ("files", "pythonhosted"), ("index", r"crates\.io"),
        ("static", r"crates\.io"), ("proxy", r"golang\.org"), ("repo1", "maven"), ("deb", r"debian\.org"))))


def files(root, folders, endings=SOURCE):
    """Paths below root, with forward slashes, of files with one of the endings."""
    for folder in folders:
        for place, names, leaves in os.walk(os.path.join(root, folder)):
            names[:] = sorted(n for n in names if n not in ("node_modules", "__pycache__", "build") and not n.startswith("."))
            for leaf in sorted(leaves):
                if leaf.endswith(tuple(endings)):
                    yield os.path.relpath(os.path.join(place, leaf), root).replace(os.sep, "/")


def text_of(root, path):
    with open(os.path.join(root, path), encoding="utf-8", errors="replace") as file:
        return file.read()


def circles(root):
    """Headers and sources of ours that include each other in a circle."""
    graph = {}
    for path in files(root, OURS):
        found = re.findall(r'^\s*#\s*include\s*"([^"]+)"', text_of(root, path), re.MULTILINE)
        beside = os.path.dirname(path)
        graph[path] = [p for name in found for p in (name, f"{beside}/{name}") if os.path.isfile(os.path.join(root, p))]
    state = {}  # 1: on the way here, 2: done
    breaches = []

    def visit(path, trail):
        state[path] = 1
        for following in graph.get(path, []):
            if state.get(following) == 1:
                circle = trail[trail.index(following):] if following in trail else [following]
                breaches.append("included in a circle: " + " -> ".join(circle + [following]))
            elif following not in state:
                visit(following, trail + [following])
        state[path] = 2

    for path in graph:
        if path not in state:
            visit(path, [path])
    return breaches


def listed(root):
    """Sources that no CMakeLists.txt of their folder or one above names."""
    breaches = []
    lists = {}
    for path in files(root, OURS, (".cpp",)):
        folder = os.path.dirname(path)
        named = False
        while folder and not named:
            name = f"{folder}/CMakeLists.txt"
            if name not in lists:
                lists[name] = text_of(root, name) if os.path.isfile(os.path.join(root, name)) else ""
            relative = os.path.relpath(path, folder).replace(os.sep, "/")
            stem = relative[:-len(".cpp")]
            named = re.search(rf"(?<![\w/.]){re.escape(relative)}(?![\w.])|[(\s]{re.escape(stem)}(?=[\s)])",
                              lists[name]) is not None
            folder = os.path.dirname(folder)
        if not named:
            breaches.append(f"{path}: no CMakeLists.txt names it")
    return breaches


def readmes(root):
    """Each folder of core/ and app/ says what it is for."""
    breaches = []
    for top in ("core", "app"):
        for name in sorted(os.listdir(os.path.join(root, top))):
            folder = os.path.join(root, top, name)
            if os.path.isdir(folder) and not os.path.isfile(os.path.join(folder, "README.md")):
                breaches.append(f"{top}/{name}: has no README.md")
    return breaches


def spdx(root):
    """Each source names its licence in its first lines."""
    endings = (".cpp", ".h", ".py", ".mjs", ".js", ".cmake")
    return [f"{path}: no SPDX-License-Identifier in its first three lines"
            for path in files(root, OURS, endings)
            if not any("SPDX-License-Identifier: MIT" in line for line in text_of(root, path).splitlines()[:3])]


def hosts(root):
    """No text names the host of a package registry: packages are asked for by name."""
    endings = SOURCE + (".py", ".mjs", ".js", ".json", ".md", ".txt", ".cmake", ".sh", ".toml", ".yml", ".ps1", "lock")
    paths = list(files(root, OURS + ("cmake", "docs", "installers", "resources", "translations"), endings))
    paths += [f"scripts/{name}" for name in sorted(os.listdir(os.path.join(root, "scripts")))
              if os.path.isfile(os.path.join(root, "scripts", name))] if os.path.isdir(os.path.join(root, "scripts")) else []
    paths += [name for name in sorted(os.listdir(root)) if os.path.isfile(os.path.join(root, name)) and name.endswith((".md", ".json", ".txt"))]
    breaches = []
    for path in paths:
        for number, line in enumerate(text_of(root, path).splitlines(), 1):
            if REGISTRY_HOSTS.search(line):
                breaches.append(f"{path}:{number}: names a package registry's host")
    return breaches


def settings(root):
    """A setting that a text of ours names is one of the table."""
    names = ("app/settings/settings_table.cpp", "app/settings/host_rows.cpp")
    table = "".join(text_of(root, name) for name in names if os.path.isfile(os.path.join(root, name)))
    keys = set(re.findall(r'"([a-z]+\.[a-z_]+)"', table))
    if not keys:
        return []
    named = re.compile(r"\b((?:" + "|".join(sorted({key.split(".")[0] for key in keys})) + r")\.[a-z_]+)\b")
    breaches = []
    for path in files(root, ("core", "app")):
        for number, line in enumerate(text_of(root, path).splitlines(), 1):
            texts = re.findall(r'"((?:[^"\\]|\\.)*)"', line) if "#include" not in line else []
            breaches += [f"{path}:{number}: there is no setting {key}"
                         for text in texts for key in named.findall(text)
                         if key not in keys and not key.endswith((".log", ".h", ".svg", ".app", ".socket", ".lock", ".db", ".json", ".docker"))]
    return breaches


def main():
    rules = {rule.__name__: rule for rule in (circles, listed, readmes, spdx, hosts, settings)}
    if len(sys.argv) != 3 or sys.argv[1] not in rules:
        sys.exit(f"usage: tidy.py {'|'.join(rules)} ROOT")
    breaches = rules[sys.argv[1]](sys.argv[2])
    print("\n".join(breaches))
    sys.exit(1 if breaches else 0)


if __name__ == "__main__":
    main()
