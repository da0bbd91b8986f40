"""A step of the pipeline in the process at hand, which has everything imported; in a new one where there is none.

    python -m edition.build.step publish _build --edition editions/x.yml      # `edition.build.publish` with these arguments

Belongs here: that choice, before anything is imported. Not here: the steps; how the process is asked (`fork_client`).
"""

from __future__ import annotations

import importlib
import sys

from edition.build import fork_client


def main() -> None:
    """The command line; its exit status is the step's."""
    step, *arguments = sys.argv[1:] or [""]
    if not step:
        sys.exit("a step is needed: python -m edition.build.step publish _build")
    status = fork_client.ask(step, *arguments)
    if status is not None:
        sys.exit(status)
    importlib.import_module(f"edition.build.{step}").main(arguments)


if __name__ == "__main__":
    main()
