"""Messages and notes: as plain words."""

from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr
from html.parser import HTMLParser

from app.evidence.reader.found import FileReading

PLAIN = "text/plain"
ASIDE = {"script", "style", "head", "title"}
BREAKS = {"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "blockquote"}


def check(content: bytes, media_type: str) -> FileReading:
    """Accept: any bytes are words in one encoding or another."""
    del content, media_type
    return FileReading()


def read(content: bytes, media_type: str) -> FileReading:
    """Return the words; of a mail, its subject, date, the name of its sender and its text: no address."""
    words = _words_of_mail(content) if media_type == "message/rfc822" else decoded(content)
    return FileReading(copy_type=PLAIN, copy=words.encode())


def decoded(content: bytes) -> str:
    """Read bytes as UTF-8, else as the one-byte encoding of Western Europe, which reads anything."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _words_of_mail(content: bytes) -> str:
    mail = BytesParser(EmailMessage, policy=policy.default).parsebytes(content)
    about = (("Objet", mail.get("Subject")), ("Date", mail.get("Date")), ("De", _name(mail.get("From"))))
    head = [f"{title} : {value}" for title, value in about if value]
    files = [f"Fichier joint : {part.get_filename() or 'sans nom'}" for part in mail.iter_attachments()]
    return "\n".join((*head, "", _body(mail).strip(), "", *files)).strip() + "\n"


def _name(sender: str | None) -> str:
    """Keep the name that a sender gave, or the host of the address."""
    name, address = parseaddr(sender or "")
    return name or address.rpartition("@")[2]


def _body(mail: EmailMessage) -> str:
    part = mail.get_body(("plain", "html"))
    if part is None:
        return ""
    try:
        words = part.get_content()
    except (LookupError, ValueError):
        payload = part.get_payload(decode=True)
        words = decoded(payload if isinstance(payload, bytes) else b"")
    return _seen(words) if part.get_content_subtype() == "html" else words


def _seen(page: str) -> str:
    reader = _Seen()
    reader.feed(page)
    return "\n".join(line for line in (" ".join(one.split()) for one in "".join(reader.words).split("\n")) if line)


class _Seen(HTMLParser):
    """Keeps the words of a page that a reader would see."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.aside = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.aside += tag in ASIDE
        if tag in BREAKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.aside -= tag in ASIDE and self.aside > 0

    def handle_data(self, data: str) -> None:
        if not self.aside:
            self.words.append(data)
