"""``python -m ogive``: the command line."""

import sys

from ogive.cli import main

if __name__ == "__main__":
    sys.exit(main())
