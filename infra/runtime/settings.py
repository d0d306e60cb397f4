"""What an operator can set: by environment variable, read when `Settings()` is made."""

from ipaddress import ip_network
from pathlib import Path
from typing import Annotated

from pydantic import AliasChoices, AwareDatetime, Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from aggregates.election.identifiers import Environment

Port = Annotated[int, Field(ge=0, le=65535)]


class Settings(BaseSettings):
    """Settings of one process, from `KAIHYO_*` and `DATABASE_URL`.

    Attributes:
        data: Folder of the embedded database server; unused when `database_url` is set.
        database_url: Address of a PostgreSQL server; empty for the embedded one.
        election: Id of the election; empty for the only one in the database.
        environment: `live` or `rehearsal`; None for the only one in the database.
        host: Address that the HTTP server listens on.
        port: Its port.
        log_place: Under which address transparency logs are published, without a schema: the
            first part of every origin. Settled before the first posting and never changed.
        log_memory: Folder for the last signed checkpoints, best on another disk than the database
            and outside its backups; None for one beside the tiles.
        witness_policy: File that names witnesses and how many must cosign; None for none.
        clock_confirmed: Time of the last entry of the log, set by an operator who has found the
            clock of this machine right although it is far from that entry; None for none.
        public_address: Where readers find the pages, such as `https://results.example.jp`: networks
            ask for the whole address of the picture beside a link. Empty where that is not settled.
        archive: Folder of earlier elections, each as `kaihyo publish` or `kaihyo export` wrote it,
            shown beside this one; None for none.
        reads_per_second: Public reads a client may make indefinitely; 0 for no limit.
        reads_at_once: Public reads it may make at once.
        streams_at_once: Streams that may be open; 0 for no limit.
        streams_per_client: Streams that one client may have open; 0 for no limit.
        founder_keys: Ids of the keys that may found a live election, by commas; empty for the code
            that the server prints when it starts.
        trusted_proxies: Addresses or networks, by commas, whose `X-Forwarded-For` is believed: it
            names the client that limits count by.
    """

    model_config = SettingsConfigDict(
        env_prefix="KAIHYO_", extra="ignore", frozen=True, populate_by_name=True
    )

    data: Path = Path(".data")
    database_url: str = Field(
        default="", validation_alias=AliasChoices("DATABASE_URL", "KAIHYO_DATABASE_URL")
    )
    election: str = ""
    environment: Environment | None = None
    host: str = "127.0.0.1"
    port: Port = 8000
    log_place: str = "kaihyo.example/log"
    log_memory: Path | None = None
    witness_policy: Path | None = None
    clock_confirmed: AwareDatetime | None = None
    public_address: Annotated[str, Field(pattern=r"^(https?://[^/\s\"'<>]+)?$")] = ""
    archive: Path | None = None
    reads_per_second: Annotated[float, Field(ge=0)] = 100.0
    reads_at_once: Annotated[int, Field(ge=1)] = 3000
    streams_at_once: Annotated[int, Field(ge=0)] = 10_000
    streams_per_client: Annotated[int, Field(ge=0)] = 100
    founder_keys: Annotated[str, Field(pattern=r"^([0-9a-f]{64}(,[0-9a-f]{64})*)?$")] = ""
    trusted_proxies: str = "127.0.0.1"

    @field_validator("trusted_proxies")
    @classmethod
    def _require_addresses(cls, trusted: str) -> str:
        for each in filter(None, (part.strip() for part in trusted.split(","))):
            if each != "*":
                ip_network(each, strict=False)
        return trusted
