"""The page of a complaint with twenty pieces, as a clerk opens it over the network, on both databases: p95."""

import tempfile
import time
from pathlib import Path

from bench.evidence import MB, photo
from bench.support import Server, filed, percentile, signed_in, verdict
from tests.support.postgres import Cluster

PIECES, TARGET = 20, 60
ROUNDS, WARM = 200, 20
OK = 200


def main() -> bool:
    """Run the bench; tell whether the target is kept."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # the owner of the server of PostgreSQL goes through
        kept = _measured("SQLite", Server(Path(folder) / "data"))
        cluster = Cluster(Path(folder) / "postgresql")
        cluster.start()
        try:
            return _measured("PostgreSQL", Server(Path(folder) / "other", database_url=cluster.url())) and kept
        finally:
            cluster.stop()


def _measured(name: str, server: Server) -> bool:
    server.start()
    try:
        path = f"/agent/plaintes/{filed(server, [photo(MB // 10, n) for n in range(PIECES)])}"
        clerk = signed_in(server)
        times = []
        for _ in range(ROUNDS + WARM):
            began = time.perf_counter()
            answer = clerk.get(path)
            times.append(time.perf_counter() - began)
            if answer.status_code != OK or answer.text.count("photo-") < PIECES:
                raise RuntimeError(f"not the whole complaint: {answer.status_code}")
    finally:
        server.stop()
    return verdict(f"{name}: a complaint with {PIECES} pieces, p95", percentile(times[WARM:], 95) * 1000, "ms", TARGET)


if __name__ == "__main__":
    raise SystemExit(not main())
