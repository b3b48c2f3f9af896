"""The technical journal: one JSON line per event, with ids, codes and durations; never an answer or a name."""

import logging
import sys

import structlog


def start_log(level: int = logging.INFO) -> None:
    """Send the journal to the standard error output; the JSON encoder escapes values, so a line cannot be forged."""
    chain: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=chain,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger("saisine")
    root.handlers, root.propagate = [handler], False
    root.setLevel(level)
