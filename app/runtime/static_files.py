"""Static files: kept by browsers for ever, and packed as far as gzip goes."""

import gzip
import os
from functools import lru_cache
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.staticfiles import PathLike, StaticFiles
from starlette.types import Scope

YEAR = 365 * 24 * 3600
PACKED = (".css", ".js", ".svg")


@lru_cache(maxsize=32)
def _packed(path: str, _changed: float) -> bytes:
    """Compress a file as far as gzip goes: once, where each page is compressed quickly."""
    return gzip.compress(Path(path).read_bytes(), 9, mtime=0)


class KeptStatic(StaticFiles):
    """Static files; their address changes with their content, so a browser keeps them for ever."""

    def file_response(
        self, full_path: PathLike, stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """Answer with a file, packed where the browser takes it so and asks for the whole."""
        found = super().file_response(full_path, stat_result, scope, status_code)
        asked = Headers(scope=scope)
        is_packed = "gzip" in asked.get("accept-encoding", "") and "range" not in asked
        if not isinstance(found, FileResponse) or not is_packed or not str(full_path).endswith(PACKED):
            return found
        kept = {name: value for name, value in found.headers.items() if name in {"etag", "last-modified"}}
        kept |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        return Response(_packed(str(full_path), stat_result.st_mtime), status_code, kept, found.media_type)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Send a file."""
        response = await super().get_response(path, scope)
        if b"v=" in scope.get("query_string", b""):
            response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
        return response
