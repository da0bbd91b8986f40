"""A book served at an address on this machine, as it lies there.

    python -m edition.build.serve _build/html 8000

Belongs here: serving to read. Not here: serving while it is written (`watch`).
"""

from __future__ import annotations

import functools
import http.server
import sys
from pathlib import Path

IN_USE = "port {port}: {error}; allowed: one that is free, as in make serve PORT=8001"


def main() -> None:
    """The command line; it ends with Ctrl-C."""
    if len(sys.argv) < 3 or not sys.argv[2].isdigit():
        sys.exit("a folder and a port are needed: python -m edition.build.serve _build/html 8000")
    folder, port = Path(sys.argv[1]), int(sys.argv[2])
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(folder))
    try:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    except (OSError, OverflowError) as error:
        sys.exit(IN_USE.format(port=port, error=error))
    print(f"Read it at http://127.0.0.1:{server.server_port}/ and stop with Ctrl-C", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print()


if __name__ == "__main__":
    main()
