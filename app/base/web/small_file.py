"""One small file of a form, kept in memory: for a picture of the service, never for what a person sends."""

from dataclasses import dataclass, field


@dataclass
class SmallFile:
    """The first file of one field; what comes beyond ``most`` bytes is counted as too heavy, and dropped."""

    name: str
    most: int
    content: bytearray = field(default_factory=bytearray)
    filename: str = ""
    is_heavy: bool = False
    is_taken: bool = False

    def begin(self, name: str, filename: str) -> None:
        """Take the first file of the field, and no other."""
        self.is_taken = name == self.name and not self.filename
        if self.is_taken:
            self.filename = filename

    def add(self, piece: bytes) -> None:
        """Keep the next bytes, as long as there is room."""
        if not self.is_taken or self.is_heavy:
            return
        self.is_heavy = len(self.content) + len(piece) > self.most
        if not self.is_heavy:
            self.content += piece

    def end(self) -> None:
        """Take no more."""
        self.is_taken = False
