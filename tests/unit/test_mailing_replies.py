"""Why a letter did not go out: kept as codes, told in words."""

import smtplib

import pytest

from midcycle.mailing.rules import reply_code, trouble_in_words, trouble_of


def refused(code, text):
    return smtplib.SMTPRecipientsRefused({"secret@example.org": (code, text)})


@pytest.mark.parametrize(
    ("error", "kept", "words"),
    [
        (refused(550, b"5.1.1 <secret@example.org> unknown"), "mailbox 550 5.1.1", "there is no such mailbox (550 5.1.1)"),
        (refused(550, b"not here"), "mailbox 550", "there is no such mailbox, or it takes no letters from us (550)"),
        (refused(452, b"4.2.2 over quota"), "mailbox 452 4.2.2", "the mailbox is full (452 4.2.2)"),
        (
            refused(450, b"4.7.1 greylisted"),
            "mailbox 450 4.7.1",
            "the mail server's rules do not let our letter in (450 4.7.1)",
        ),
        (refused(451, "5.1.1234 odd"), "mailbox 451", "the mail server asks us to come back later (451)"),
        (refused(559, b""), "mailbox 559", "the mail server refuses it (559)"),
        (refused(455, b""), "mailbox 455", "the mail server says: not now (455)"),
        (smtplib.SMTPDataError(554, b"5.6.0 no"), "letter 554 5.6.0", "the mail server does not accept the letter (554 5.6.0)"),
        (
            smtplib.SMTPSenderRefused(550, b"5.7.1 who?", "us@example.org"),
            "sender 550 5.7.1",
            "the mail server does not let us send; whoever runs this server can mend that (550 5.7.1)",
        ),
        (smtplib.SMTPSenderRefused(421, b"busy", "us"), "sender 421", "the mail server is busy (421)"),
        (
            smtplib.SMTPAuthenticationError(535, b"5.7.8 no"),
            "sign-in 535 5.7.8",
            "the mail server does not know our password; whoever runs this server can mend that (535 5.7.8)",
        ),
        (smtplib.SMTPServerDisconnected("gone"), "hung up", "the mail server hung up in the middle"),
        (ConnectionRefusedError(), "unreachable", "the mail server could not be reached"),
        (TimeoutError(), "unreachable", "the mail server could not be reached"),
        (ValueError("newline"), "malformed", "the address or the subject cannot stand in a letter"),
        (smtplib.SMTPRecipientsRefused({}), "unreachable", "the mail server could not be reached"),
    ],
)
def test_each_failure_has_its_words_and_tells_no_address(error, kept, words):
    assert (trouble_of(error), trouble_in_words(kept)) == (kept, words)
    assert len(kept) <= 40


@pytest.mark.parametrize("kept", ["", "550", "mailbox", "mailbox 55", "mailbox 550 5.1", "<script>", "mailbox 550 5.1.1 x"])
def test_what_was_never_kept_has_no_words(kept):
    assert trouble_in_words(kept) == ""


def test_the_code_alone_is_for_the_log():
    assert [reply_code(error) for error in (refused(550, b""), smtplib.SMTPDataError(554, b""), OSError())] == [550, 554, None]
