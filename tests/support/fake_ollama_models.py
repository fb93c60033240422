# SPDX-License-Identifier: MIT
"""What the fake Ollama has in memory, and how its downloads go. A download's name says how it behaves:
  pull-slow   40 parts of a megabyte, one each 0.1 s; goes on where it was stopped
  pull-cut    breaks off after a part, and goes on from there the next time
  pull-error  ends with an error line        pull-huge    tells a size that fits no disk
  pull-stall  falls silent after a part      pull-garbage answers what is no JSON
  nowhere     is not known anywhere
Every other is 4 kB and here at once. `parts` keeps what came of each."""
import hashlib

from fake_ollama_answers import compact, line

MEGA = 1_000_000
HUGE = 900_000_000_000_000
NEVER = "2319-02-28T08:00:00Z"
SOON = "2099-01-01T00:00:00Z"
CREATED = "2026-11-21T08:19:17.712583376Z"


class Memory:
    """The models that are loaded, and until when."""

    def __init__(self):
        self.until = {}

    def add(self, name, keep_alive=None):
        self.until[name] = NEVER if keep_alive == -1 else SOON

    def remove(self, name):
        self.until.pop(name, None)

    def listed(self, described):
        """The entries of GET /api/ps."""
        return [{**described(name), "size": 2_000_000_000, "size_vram": 1_500_000_000, "expires_at": self.until[name],
                 "context_length": 4096} for name in sorted(self.until)]


def memory_order(path, body):
    """"load", "unload" or "embed" where the request asks for no answer of the model; else nothing."""
    if path == "/api/generate" and not body.get("prompt") and not body.get("images"):
        return "unload" if body.get("keep_alive") == 0 else "load"
    if path == "/api/embed" and body.get("input") == "":
        return "embed"
    return None


async def obey(order, client, memory, model, body):
    if order == "unload":
        memory.remove(model)
    elif order == "load" and "embed" in model:
        return await client.answer(400, compact({"error": f"\"{body['model']}\" does not support generate"}))
    else:
        memory.add(model, body.get("keep_alive"))
    if order == "embed":
        return await client.answer(200, compact({"model": body["model"], "embeddings": []}))
    return await client.answer(200, compact({"model": body["model"], "created_at": CREATED, "response": "", "done": True,
                                             "done_reason": order}))


def part_of(name, total, completed):
    digest = "sha256:" + hashlib.sha256(name.encode()).hexdigest()
    return {"status": f"pulling {digest[7:19]}", "digest": digest, "total": total, "completed": completed}


LAST_STEPS = [{"status": "verifying sha256 digest"}, {"status": "writing manifest"}, {"status": "success"}]


def pull_steps(name, parts):
    """(the lines, the seconds between them); a line that is bytes is sent as it is, None falls silent, False cuts."""
    manifest = [{"status": "pulling manifest"}]
    had = parts.get(name, 0)
    if name == "nowhere":
        return manifest + [{"error": "pull model manifest: file does not exist"}], 0.02
    if name == "pull-slow":
        return manifest + [part_of(name, 40 * MEGA, n * MEGA) for n in range(had, 41)] + LAST_STEPS, 0.1
    if name == "pull-cut" and not had:
        return manifest + [part_of(name, 4 * MEGA, MEGA), False], 0.02
    if name == "pull-error":
        return manifest + [part_of(name, 4 * MEGA, MEGA), {"error": "digest mismatch, file must be downloaded again"}], 0.02
    if name == "pull-huge":
        return manifest + [part_of(name, HUGE, n) for n in range(100)], 0.1
    if name == "pull-stall":
        return manifest + [part_of(name, 4 * MEGA, MEGA), None], 0.02
    if name == "pull-garbage":
        return manifest + [b"what is this\n"], 0.02
    return manifest + [part_of(name, 4096, 1024 * n) for n in range(1, 4)] + LAST_STEPS, 0.02


async def pull(client, name, parts, arrived):
    """`arrived` is called when it is here, before the line that says so."""
    steps, delay = pull_steps(name, parts)
    await client.head(200, [("Content-Type", "application/x-ndjson"), ("Transfer-Encoding", "chunked")])
    for step in steps:
        if step is None:
            await client.pause(3600)
        if step is False:
            client.hang_up()
        if isinstance(step, dict) and step.get("status") == "success":
            arrived()
        await client.chunk(step if isinstance(step, bytes) else line(step))
        if isinstance(step, dict) and step.get("completed"):
            parts[name] = step["completed"] // MEGA
        await client.pause(delay)
    await client.write(b"0\r\n\r\n")
