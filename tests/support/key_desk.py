# SPDX-License-Identifier: MIT
"""Writes into the file of a pool's keys as another program would: keys and invitations, hashed as the host expects them."""
import hashlib
import secrets
import sqlite3
import time

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def now():
    return int(time.time() * 1000)


class KeyDesk:
    def __init__(self, path):
        self.path = path

    def run(self, statement, *values):
        connection = sqlite3.connect(self.path, timeout=20)
        try:
            with connection:
                return connection.execute(statement, values).fetchall()
        finally:
            connection.close()

    def add(self, role, name, key=None, models=(), requests=0, tokens=0, day=0, running=0, weight=1.0, seconds=0):
        """The new key."""
        key = key or ("drw_" if role == "worker" else "drv_") + secrets.token_hex(21)
        self.run("INSERT INTO keys (role, name, sha256, prefix, weight, models, requests_per_minute, tokens_per_minute, "
                 "tokens_per_day, running_max, created_at, expires_at, note) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,'')",
                 role, name, hashlib.sha256(key.encode()).hexdigest(), key[:8], weight, "\n".join(models), requests, tokens, day,
                 running, now(), now() + int(seconds * 1000) if seconds else 0)
        return key

    def revoke(self, role, name):
        self.run("UPDATE keys SET revoked_at = ? WHERE role = ? AND name = ? AND revoked_at = 0", now(), role, name)

    def invite(self, uses=1, seconds=600):
        """The code of a new invitation, as people read it."""
        code = "".join(secrets.choice(ALPHABET) for _ in range(12))
        salt = secrets.token_bytes(16)
        hashed = hashlib.scrypt(code.encode(), salt=salt, n=16384, r=8, p=1, maxmem=64 << 20, dklen=32)
        self.run("INSERT INTO invitations (prefix, salt, hash, uses_max, created_at, expires_at, weight, models, "
                 "requests_per_minute, tokens_per_minute, tokens_per_day, running_max, note) VALUES (?,?,?,?,?,?,1,'',0,0,0,0,'')",
                 code[:4], salt, hashed, uses, now(), now() + int(seconds * 1000))
        return f"{code[:4]}-{code[4:8]}-{code[8:]}"

    def events(self):
        return [event for event, in self.run("SELECT event FROM audit ORDER BY number")]
