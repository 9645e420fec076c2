"""``python -m framing`` is the command ``framing``."""

from framing.cli import main

raise SystemExit(main())
