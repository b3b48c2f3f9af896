"""What is done with the directory: an extraction is read and prepared, then takes the place of the one that serves."""

from app.directory.service.editions import activate, forget_unfinished, go_back
from app.directory.service.loading import LoadedEdition, load
from app.directory.service.reading import Extraction, UnreadableDirectory

__all__ = ["Extraction", "LoadedEdition", "UnreadableDirectory", "activate", "forget_unfinished", "go_back", "load"]
