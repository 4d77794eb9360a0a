"""One question over HTTPS: only to whom the certificate is, and never longer than was said."""

import socket
import ssl
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from threading import Event, Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from midcycle.invoicing.payments.https import Question, ask
from midcycle.invoicing.payments.provider import UnansweredError


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """Give a file with a key and a certificate for this machine that nobody signed."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    form = serialization.PrivateFormat.PKCS8
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


@contextmanager
def answering(certificate, *parts: bytes, pause: float = 0.0, sent: list[bytes] | None = None):
    """Give the address of a server that answers one question with these parts, one after the other, and notes what it sent."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    is_over = Event()

    def serve(listening):
        try:
            plain, _ = listening.accept()
            with context.wrap_socket(plain, server_side=True) as spoken:
                spoken.recv(65_536)
                for part in parts:
                    spoken.sendall(part)
                    if sent is not None:
                        sent.append(part)
                    if is_over.wait(pause):
                        return
        except OSError:
            return

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = Thread(target=serve, args=[listening])
        thread.start()
        yield f"https://127.0.0.1:{listening.getsockname()[1]}"
        is_over.set()
        thread.join()


def test_a_certificate_nobody_signed_is_not_trusted(certificate):
    with (
        answering(certificate, b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}") as base,
        pytest.raises(UnansweredError, match="SSLCertVerificationError"),
    ):
        ask(Question(base, "/", "sk_test_1"))


def test_one_that_is_trusted_is_asked_and_answers(certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with answering(certificate, b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}") as base:
        assert ask(Question(base, "/", "sk_test_1", "a=b", "key")) == (200, b"{}")


@pytest.mark.parametrize(
    "parts",
    [
        [b"HTTP/1.1 200 OK\r\n", *[b"X: y\r\n"] * 90],
        [b"HTTP/1.1 200 OK\r\n\r\n", *[b" "] * 90],
        [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", *[b"1\r\n \r\n"] * 90],
        [b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n", *[b" "] * 90],
    ],
)
def test_whoever_trickles_is_hung_up_on(certificate, monkeypatch, parts):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    sent: list[bytes] = []
    with answering(certificate, *parts, pause=0.1, sent=sent) as base, pytest.raises(UnansweredError):
        ask(Question(base, "/", "sk_test_1", within=0.5))
    assert len(sent) < len(parts)


@pytest.mark.parametrize(
    "answer",
    [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{}", b"HTTP/1.1 200 OK\r\n\r\n" + b" " * 300_000],
)
def test_what_is_broken_or_too_long_is_no_answer(certificate, monkeypatch, answer):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with answering(certificate, answer) as base, pytest.raises(UnansweredError):
        ask(Question(base, "/", "sk_test_1"))


def test_a_question_does_not_show_its_secret():
    assert "sk_test_1" not in repr(Question("https://api.example.org", "/", "sk_test_1"))
