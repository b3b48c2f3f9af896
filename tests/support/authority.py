"""A real time-stamping authority made with ``openssl ts``, in a folder of the test, and liars of every kind."""

import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from cryptography import x509

CONFIG = """
[req]
distinguished_name = dn
prompt = no
[dn]
CN = {name}
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
[signer]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[tsa]
default_tsa = own
[own]
dir = {folder}
serial = {folder}/serial
signer_cert = {folder}/signer.pem
certs = {folder}/root.pem
signer_key = {folder}/signer.key
signer_digest = sha256
default_policy = 1.2.3.4.1
other_policies = 1.2.3.4.5
digests = sha256, sha384, sha512
accuracy = secs:1
ordering = no
tsa_name = yes
ess_cert_id_chain = no
"""


@dataclass(frozen=True)
class OpensslAuthority:
    """An authority whose root is in ``root``; ``answer`` stamps with the program of OpenSSL."""

    folder: Path

    @classmethod
    def make(cls, folder: Path, name: str = "Horodatage invente", days: int = 30) -> "OpensslAuthority":
        """Make its keys and certificates."""
        folder.mkdir(parents=True)
        made = cls(folder)
        (folder / "conf").write_text(CONFIG.format(folder=folder, name=name), encoding="utf-8")
        (folder / "serial").write_text("01", encoding="ascii")
        made._run("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "root.key")
        made._run("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "signer.key")
        root = ("-config", "conf", "-extensions", "root", "-subj", f"/CN={name} racine")
        made._run("req", "-x509", "-new", "-key", "root.key", "-days", str(days), *root, "-out", "root.pem")
        made._run("req", "-new", "-key", "signer.key", "-config", "conf", "-out", "signer.csr")
        signer = ("-extfile", "conf", "-extensions", "signer", "-days", str(days), "-set_serial", "7")
        made._run(
            "x509", "-req", "-in", "signer.csr", "-CA", "root.pem", "-CAkey", "root.key", *signer, "-out", "signer.pem"
        )
        return made

    @property
    def root(self) -> x509.Certificate:
        """The certificate to believe."""
        return x509.load_pem_x509_certificate((self.folder / "root.pem").read_bytes())

    def answer(self, request: bytes) -> bytes:
        """Stamp."""
        (self.folder / "query").write_bytes(request)
        self._run("ts", "-reply", "-config", "conf", "-queryfile", "query", "-out", "reply")
        return (self.folder / "reply").read_bytes()

    def _run(self, *words: str) -> None:
        done = subprocess.run(["openssl", *words], cwd=self.folder, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()


@contextmanager
def over_http(answers, status=200, headers=()):
    """Serve ``answers(request) -> bytes`` as an authority does; give its address and what it was asked."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            request = self.rfile.read(int(self.headers["content-length"]))
            asked.append((self.path, self.headers["content-type"], request))
            body = answers(request)
            self.send_response(status)
            for name, value in headers:
                self.send_header(name, value)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self):
            asked.append((self.path, "", b""))
            self.send_error(405)

        def log_message(self, *_words):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/tsa", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
