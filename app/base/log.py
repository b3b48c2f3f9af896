"""The technical journal: one JSON line per event, with ids, codes and durations; never an answer or a name."""

import logging
import sys
from pathlib import Path

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
            _only_the_place,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    for name, least in (("saisine", level), ("uvicorn", logging.WARNING)):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(least)


def place_of(trouble: BaseException) -> str:
    """Return where an error was raised, never what it says: its words may quote what a person typed."""
    place = trouble.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    return f"{Path(place.tb_frame.f_code.co_filename).name}:{place.tb_lineno}" if place else "?"


def _only_the_place(
    _logger: object, _method: str, event: structlog.typing.EventDict
) -> structlog.typing.ProcessorReturnValue:
    """Keep of an error its kind and its place, on the same line."""
    event.pop("stack_info", None)
    found = event.pop("exc_info", None)
    trouble = found[1] if isinstance(found, tuple) else found
    if isinstance(trouble, BaseException):
        event.update(kind=type(trouble).__name__, where=place_of(trouble))
    return event
