# SPDX-License-Identifier: MIT
"""A certificate authority of a test's own, made by openssl in a folder that the test removes."""
import base64
import hashlib
import os
import ssl
import subprocess


class TestAuthority:
    def __init__(self, folder):
        self.folder = folder
        self.file = os.path.join(folder, "ca.pem")
        self.openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                     "-subj", "/CN=Drover test authority", "-keyout", "ca.key", "-out", "ca.pem")

    def openssl(self, *arguments, text=None):
        return subprocess.run(["openssl", *arguments], cwd=self.folder, input=text, capture_output=True, timeout=30,
                              check=True).stdout

    def server(self, name="server", hosts="IP:127.0.0.1,DNS:localhost", days=2):
        """(an SSLContext with a certificate for these hosts, the pin of its key)"""
        self.openssl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", f"/CN={name}",
                     "-keyout", f"{name}.key", "-out", f"{name}.csr")
        with open(os.path.join(self.folder, f"{name}.ext"), "w", encoding="ascii") as file:
            file.write(f"subjectAltName={hosts}\n")
        self.openssl("x509", "-req", "-in", f"{name}.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days",
                     str(days), "-extfile", f"{name}.ext", "-out", f"{name}.pem")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(os.path.join(self.folder, f"{name}.pem"), os.path.join(self.folder, f"{name}.key"))
        public = self.openssl("x509", "-in", f"{name}.pem", "-noout", "-pubkey")
        der = self.openssl("pkey", "-pubin", "-outform", "der", text=public)
        return context, "sha256//" + base64.b64encode(hashlib.sha256(der).digest()).decode()
