"""Every setting of Midcycle, with its type, default and meaning; `docs/reference/settings.md` is made from this.

A value comes from, in this order: the environment (`MIDCYCLE_PORT=8000`), a secret file
(`MIDCYCLE_SECRET_KEY_FILE=/run/secrets/key`), `midcycle.toml` in the data directory, the default.
"""

from __future__ import annotations

import json
import os
import re
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from midcycle.kernel.wake import VARIABLE as WAKE_VARIABLE

PREFIX = "MIDCYCLE_"
MOST_WORKERS = 4  # unless more are asked for
SAFE_ORIGIN = r"^(https://[^/\s@;,'\"]+|http://(localhost|127\.0\.0\.1)(:\d{1,5})?)$"
_STRIPE_KEY = re.compile(r"(sk|rk)_[A-Za-z0-9_]{5,250}", re.ASCII)
_STRIPE_SECRET = re.compile(r"[!-~]{8,250}", re.ASCII)


class ConfigError(Exception):
    """One sentence that names every wrong setting."""


class ListServer(BaseModel):
    """A list people talk on, and what opens it. Only meetups named in `open_to`, or of a series named there, may use it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["mailman", "discourse"]
    url: str = Field(pattern=r"^https?://[^\s?#@]+[^\s?#@/]$")  # its password stands in `secret`, where it is hidden
    user: str = Field(min_length=1, pattern=r"^[ -~]+$")
    secret: SecretStr
    list: str = Field("", pattern=r"^[!-~]*$")
    group: str = Field("", pattern=r"^[!-~]*$")
    open_to: tuple[str, ...] = Field(min_length=1)


class Settings(BaseSettings):
    """The settings of one instance; frozen after loading."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid", env_parse_none_str="")

    data: Path = Field(Path(".midcycle"), description="Directory of the database file, the secret key and midcycle.toml.")
    secret_key: SecretStr | None = Field(
        None, description="Signs sessions, links and pad tickets. Unset: made once and kept in the data directory."
    )
    database_url: str = Field(
        "",
        pattern=r"^(|postgres(ql)?://[^\s/]*(/[^\s]*)?)$",
        description="`postgresql://user:password@host/name`. Unset: a SQLite file in the data directory.",
    )
    instance_name: str = Field("Midcycle", min_length=1, max_length=80, description="Shown at the top of every page.")
    public_url: str = Field(
        "",
        pattern=r"^(|https?://[^/\s]+)$",
        description="Scheme and host people use, without a path. Unset: `http://HOST:PORT`.",
    )
    host: str = Field("127.0.0.1", min_length=1, description="Address the web and live servers listen on.")
    port: Annotated[int, Field(ge=1, le=65535)] = Field(8000, description="Port of the web server.")
    live_port: Annotated[int, Field(ge=1, le=65535)] | None = Field(
        None, description="Port of the live server. Unset: the web port plus one."
    )
    live_url: str = Field(
        "",
        pattern=r"^(|wss?://[^\s]+)$",
        description="WebSocket address browsers use when a proxy joins both servers. Unset: the page's host, live port.",
    )
    nats_url: str = Field(
        "",
        pattern=r"^(|(nats|tls)://[^\s]+)$",
        description="`nats://user:password@host:4222`, where several live servers share one database. Unset: there is one.",
    )
    metrics_token: str = Field(
        "",
        pattern=r"^(|[!-~]{16,})$",
        description="Bearer token for `GET /metrics` on the live server, 16 characters or more. Unset: nobody is shown it.",
    )
    web_workers: Annotated[int, Field(ge=1, le=64)] | None = Field(
        None, description="Web server processes. Unset: one for each processor, four at most."
    )
    web_threads: Annotated[int, Field(ge=1, le=1024)] = Field(
        256, description="Requests each web server process holds at once, in threads: those that wait and those still arriving."
    )
    mail_url: str = Field(
        "",
        pattern=r"^(|smtps?://[^\s]+|smtp\+tls://[^\s]+)$",
        description="`smtp://user:password@host:25`, `smtp+tls://` (STARTTLS) or `smtps://`. Unset: letters wait.",
    )
    mail_from: str = Field("midcycle@localhost", pattern=r"^[^@\s]+@[^@\s]+$", description="Sender of all letters.")
    stripe_secret_key: SecretStr | None = Field(
        None,
        description="Secret or restricted key (`sk_…`, `rk_…`) of the account at Stripe that takes cards. Unset: no cards.",
    )
    stripe_webhook_secret: SecretStr | None = Field(
        None,
        validate_default=True,
        description="Signing secret (`whsec_…`) of the webhook at Stripe. Set with `MIDCYCLE_STRIPE_SECRET_KEY`, or neither.",
    )
    stripe_api_url: str = Field(
        "https://api.stripe.com", pattern=SAFE_ORIGIN, description="Where Stripe is asked. Another address is for tests."
    )
    stripe_checkout_url: str = Field(
        "https://checkout.stripe.com",
        pattern=SAFE_ORIGIN,
        description="Scheme and host of Stripe's page; your own, if you have a custom domain there. Nobody is led elsewhere.",
    )
    bounces_to: str = Field(
        "",
        pattern=r"^(|[a-z0-9._-]{1,30}@[^@\s+]+)$",
        description="Address that letters come back to, such as `bounces@example.org`; its mail server has to "
        "take `bounces+anything@example.org` too. Unset: they come back to the sender's address, and nobody reads them here.",
    )
    bounces_maildir: Path | None = Field(None, description="Maildir in which the mail server puts what comes to that address.")
    lists: dict[str, ListServer] = Field(
        {},
        description="Mailman lists and Discourse forums, by names of your choice: see "
        "[how to connect a list](../how-to/connect-a-list.md).",
    )
    behind_proxy: bool = Field(
        default=False, description="Trust `X-Forwarded-Proto` and `X-Forwarded-For` of a proxy in front."
    )
    registrations_per_minute: Annotated[int, Field(ge=1, le=1_000_000)] = Field(
        6000,
        description="Most registrations a minute from one network address, in each web process. A whole room may share one.",
    )
    log_level: str = Field("INFO", pattern=r"^(DEBUG|INFO|WARNING|ERROR)$", description="Least severe line logged.")
    demo: bool = Field(
        default=False, description="Show letters in an in-app inbox and offer sign-in links. Never on a real instance."
    )

    @field_validator("lists", mode="before")
    @classmethod
    def _from_a_file(cls, value: object) -> object:
        """Read the text of a secret file as JSON."""
        return json.loads(value) if isinstance(value, str) else value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the library's signature
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the library's signature
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Environment, then secret files, then the TOML file."""
        data = Path(os.environ.get(f"{PREFIX}DATA", ".midcycle"))
        toml = TomlConfigSettingsSource(settings_cls, data / "midcycle.toml")
        return (init_settings, env_settings, SecretFiles(settings_cls), toml)

    @field_validator("stripe_secret_key")
    @classmethod
    def _check_stripe_key(cls, key: SecretStr | None) -> SecretStr | None:
        if key is not None and not _STRIPE_KEY.fullmatch(key.get_secret_value()):
            raise ValueError("a secret key begins with sk_ or rk_")
        return key

    @field_validator("stripe_webhook_secret")
    @classmethod
    def _check_stripe_secret(cls, secret: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if secret is not None and not _STRIPE_SECRET.fullmatch(secret.get_secret_value()):
            raise ValueError("a signing secret begins with whsec_")
        if "stripe_secret_key" in info.data and (secret is None) != (info.data["stripe_secret_key"] is None):
            raise ValueError("set both the secret key and the signing secret of the webhook, or neither")
        return secret

    @property
    def live_port_used(self) -> int:
        """Port the live server really listens on."""
        return self.live_port or self.port + 1

    @property
    def web_workers_used(self) -> int:
        """How many web server processes there really are."""
        return self.web_workers or min(MOST_WORKERS, os.cpu_count() or 1)

    @property
    def public_url_used(self) -> str:
        """Scheme and host people use, without a trailing slash."""
        return self.public_url or f"http://{self.host}:{self.port}"

    @property
    def database_url_used(self) -> str:
        """`sqlite:///absolute/path` or the PostgreSQL address."""
        return self.database_url or f"sqlite:///{(self.data / 'midcycle.sqlite3').resolve()}"


class SecretFiles(PydanticBaseSettingsSource):
    """`MIDCYCLE_<NAME>_FILE` names a file that holds the value of `<name>`."""

    def get_field_value(self, field: Any, field_name: str) -> tuple[Any, str, bool]:  # noqa: ANN401, ARG002 - the library's signature
        """Return the stripped content of the named file, if one is named."""
        path = os.environ.get(f"{PREFIX}{field_name.upper()}_FILE")
        return (Path(path).read_text(encoding="utf-8").strip() if path else None, field_name, False)

    def __call__(self) -> dict[str, Any]:
        """Return every value that comes from a file."""
        values = {name: self.get_field_value(field, name)[0] for name, field in self.settings_cls.model_fields.items()}
        return {name: value for name, value in values.items() if value is not None}


def load() -> Settings:
    """Return the settings of this process. Raises ConfigError naming every mistake at once."""
    mistakes = [f"there is no setting {name}{_perhaps(name)}" for name in sorted(_named() - _names())]
    try:
        settings = Settings()
    except ValidationError as error:
        mistakes += [f"{PREFIX}{'_'.join(str(p) for p in e['loc']).upper()}: {e['msg']}" for e in error.errors()]
    except OSError as error:
        raise ConfigError(f"a secret file cannot be read: {error.filename}") from None
    except ValueError as error:
        raise ConfigError(f"midcycle.toml cannot be read: {error}") from None
    if mistakes:
        raise ConfigError(f"wrong settings: {'; '.join(mistakes)}")
    return settings


def _names() -> set[str]:
    """Return every variable that means something to us."""
    settings = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    return settings | {f"{name}_FILE" for name in settings} | {WAKE_VARIABLE}


def _named() -> set[str]:
    return {name for name in os.environ if name.startswith(PREFIX)}


def _perhaps(name: str) -> str:
    near = get_close_matches(name.removeprefix(PREFIX), [known.removeprefix(PREFIX) for known in _names()], n=1)
    return f", perhaps {PREFIX}{near[0]}" if near else ""
