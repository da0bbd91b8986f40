"""A book served at an address on this machine, as it lies there.

    python -m edition.build.serve _build/html 8000

Belongs here: serving to read. Not here: serving while it is written (`watch`).
"""

from __future__ import annotations

import functools
import http.server
import sys
from collections.abc import Callable
from pathlib import Path


def server(
    port: str, handler: Callable[..., http.server.BaseHTTPRequestHandler], target: str
) -> http.server.ThreadingHTTPServer:
    """What answers at a port of this machine; 0 for any that is free.

    Args:
        target: of make, for the message.

    Raises:
        SystemExit: the port cannot be had, in a line.
    """
    try:
        return http.server.ThreadingHTTPServer(("127.0.0.1", int(port)), handler)
    except ValueError:
        fault = "is no number"
    except (OSError, OverflowError) as error:
        fault = str(error)
    sys.exit(f"port {port}: {fault}; allowed: one that is free, as in make {target} PORT=8001")


def main() -> None:
    """The command line; it ends with Ctrl-C."""
    if len(sys.argv) < 3:
        sys.exit("a folder and a port are needed: python -m edition.build.serve _build/html 8000")
    folder, port = Path(sys.argv[1]), sys.argv[2]
    serving = server(port, functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(folder)), "serve")
    print(f"Read it at http://127.0.0.1:{serving.server_port}/ and stop with Ctrl-C", flush=True)
    try:
        serving.serve_forever()
    except KeyboardInterrupt:
        print()


if __name__ == "__main__":
    main()
