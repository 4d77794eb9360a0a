"""Why a letter did not go out, in a few characters to keep and in words to show. Pure.

Only codes are kept: the text of a reply may tell addresses.
"""

import re
import smtplib
from collections.abc import Mapping
from typing import Final

from midcycle.kernel.words import gettext, gettext_noop

# Who the other side complained of: the mailbox, us, or what the letter says.
_MAILBOX, _SENDER, _LETTER, _SIGN_IN = "mailbox", "sender", "letter", "sign-in"
REFUSED_FOR_EVER: Final = f"{_MAILBOX} 5"  # how what is kept begins when a mailbox takes no letters (RFC 5321 section 4.2.1)
BACK: Final = "back"  # how what is kept of a letter begins that was taken, and sent back later (RFC 3464)
BACK_FOR_EVER: Final = f"{BACK} 5"
STOPPED: Final = "stopped"
UNREACHABLE: Final = "unreachable"
HUNG_UP: Final = "hung up"
MALFORMED: Final = "malformed"

# RFC 3463: what the second and third part of an enhanced code say. The first part says whether to try again.
_ENHANCED: Final[Mapping[str, str]] = {
    "1.1": gettext_noop("there is no such mailbox"),
    "1.2": gettext_noop("there is no mail at this domain"),
    "1.3": gettext_noop("the address is written wrongly"),
    "1.6": gettext_noop("the mailbox has moved"),
    "1.10": gettext_noop("there is no mail at this domain"),
    "2.0": gettext_noop("something is wrong with the mailbox"),
    "2.1": gettext_noop("the mailbox is closed"),
    "2.2": gettext_noop("the mailbox is full"),
    "2.3": gettext_noop("the letter is too long for the mailbox"),
    "3.4": gettext_noop("the letter is too long for the mail server"),
    "4.4": gettext_noop("the domain of the address leads nowhere"),
}
_BY_GROUP: Final[Mapping[str, str]] = {"7": gettext_noop("the mail server's rules do not let our letter in")}

# RFC 5321 section 4.2.3.
_BASIC: Final[Mapping[int, str]] = {
    421: gettext_noop("the mail server is busy"),
    450: gettext_noop("the mailbox cannot be reached just now"),
    451: gettext_noop("the mail server asks us to come back later"),
    452: gettext_noop("the mail server is full just now"),
    550: gettext_noop("there is no such mailbox, or it takes no letters from us"),
    551: gettext_noop("the mailbox is not at this mail server"),
    552: gettext_noop("the mailbox is full"),
    553: gettext_noop("the mail server does not accept the address"),
    554: gettext_noop("the mail server does not accept the letter"),
}
_FIXED: Final[Mapping[str, str]] = {
    UNREACHABLE: gettext_noop("the mail server could not be reached"),
    HUNG_UP: gettext_noop("the mail server hung up in the middle"),
    STOPPED: gettext_noop("letters to this address came back, so none goes there any more"),
    MALFORMED: gettext_noop("the address or the subject cannot stand in a letter"),
}
_OURS: Final[Mapping[str, str]] = {
    _SENDER: gettext_noop("the mail server does not let us send; whoever runs this server can mend that"),
    _SIGN_IN: gettext_noop("the mail server does not know our password; whoever runs this server can mend that"),
}
_KEPT: Final = re.compile(r"(?P<whom>[a-z-]+) (?P<code>[0-9]{3})(?: (?P<enhanced>[245]\.[0-9]{1,3}\.[0-9]{1,3}))?")
_AT_START: Final = re.compile(rb"[245]\.[0-9]{1,3}\.[0-9]{1,3}(?![0-9])")


def reply_code(error: Exception) -> int | None:
    """Return what the mail server replied (RFC 5321 section 4.2), None when it was no reply."""
    reply = _reply(error)
    return reply[1] if reply else None


def trouble_of(error: Exception) -> str:
    """Return what to keep of an error of smtplib: such as `mailbox 550 5.1.1`, or `unreachable`."""
    reply = _reply(error)
    if reply is not None:
        whom, code, text = reply
        enhanced = _AT_START.match(text)
        return f"{whom} {code}" + (f" {enhanced[0].decode()}" if enhanced else "")
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return HUNG_UP
    return UNREACHABLE if isinstance(error, OSError) else MALFORMED


def trouble_in_words(kept: str) -> str:
    """Return the words for what was kept, such as `there is no such mailbox (550 5.1.1)`; blank for anything else."""
    if is_back(kept):
        status = kept.removeprefix(BACK).strip()
        return gettext("it came back: %(why)s (%(code)s)") % {
            "why": gettext(_enhanced(status) or _by_class(500)),
            "code": status,
        }
    found = _KEPT.fullmatch(kept)
    if found is None:
        return gettext(_FIXED[kept]) if kept in _FIXED else ""
    code, enhanced = int(found["code"]), found["enhanced"] or ""
    ours = _OURS.get(found["whom"]) if code >= 500 else None
    said = ours or _enhanced(enhanced) or _BASIC.get(code) or _by_class(code)
    return f"{gettext(said)} ({' '.join(part for part in (found['code'], enhanced) if part)})"


def came_back(status: str) -> str:
    """Return what to keep of a letter that came back with this status of RFC 3463."""
    return f"{BACK} {status}"


def is_back(kept: str) -> bool:
    """Say whether what was kept is of a letter that came back."""
    return kept.startswith(f"{BACK} ")


def _reply(error: Exception) -> tuple[str, int, bytes] | None:
    """Return whom the reply is about, its code and its text."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return next(((_MAILBOX, code, _bytes(text)) for code, text in error.recipients.values()), None)
    if not isinstance(error, smtplib.SMTPResponseException):
        return None
    whom = _LETTER
    if isinstance(error, smtplib.SMTPAuthenticationError):
        whom = _SIGN_IN
    elif not isinstance(error, smtplib.SMTPDataError):
        whom = _SENDER
    return whom, error.smtp_code, _bytes(error.smtp_error)


def _bytes(text: bytes | str) -> bytes:
    return text if isinstance(text, bytes) else text.encode(errors="replace")


def _enhanced(code: str) -> str:
    _, _, tail = code.partition(".")
    return _ENHANCED.get(tail) or _BY_GROUP.get(tail.partition(".")[0], "")


def _by_class(code: int) -> str:
    return gettext_noop("the mail server says: not now") if code < 500 else gettext_noop("the mail server refuses it")
