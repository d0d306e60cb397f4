"""How to reach Kafka: by environment variable, the same for every command."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AliasChoices, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from infra.adapters.kafka.patches.connection_waits import limit_waits

Count = Annotated[int, Field(ge=1, le=1000)]

_MILLISECONDS = 1000


class KafkaSettings(BaseSettings):
    """Settings of one process, from `KAIHYO_KAFKA_*` and `KAFKA_BOOTSTRAP_SERVERS`.

    Attributes:
        brokers: Addresses to begin with, `host:port,host:port`.
        prefix: What the topics' names begin with; logs that share brokers differ in it.
        partitions: Of `events`, when it is made here.
        replication: Copies of every topic, when it is made here.
        security: How to speak to the brokers.
        ca_file: Certificates to trust; empty: those of the system.
        cert_file: Own certificate, for mutual TLS.
        key_file: Its key.
        sasl_mechanism: How to log in.
        username: Who logs in.
        password: With what.
        timeout_seconds: How long one request may take before it is sent again.
        delivery_seconds: How long a send is repeated before its outcome counts as unknown.
    """

    model_config = SettingsConfigDict(
        env_prefix="KAIHYO_KAFKA_", extra="ignore", frozen=True, populate_by_name=True
    )

    brokers: str = Field(
        default="127.0.0.1:9092",
        validation_alias=AliasChoices("KAFKA_BOOTSTRAP_SERVERS", "KAIHYO_KAFKA_BROKERS"),
    )
    prefix: str = "kaihyo"
    partitions: Count = 4
    replication: Count = 3
    security: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = "PLAINTEXT"
    ca_file: Path | None = None
    cert_file: Path | None = None
    key_file: Path | None = None
    sasl_mechanism: Literal["SCRAM-SHA-512", "SCRAM-SHA-256", "PLAIN"] = "SCRAM-SHA-512"
    username: str = ""
    password: SecretStr = SecretStr("")
    timeout_seconds: Annotated[float, Field(gt=0)] = 5.0
    delivery_seconds: Annotated[float, Field(gt=0)] = 30.0

    @property
    def events(self) -> str:
        """Topic of the entries of the log."""
        return f"{self.prefix}.events"

    @property
    def results(self) -> str:
        """Topic of documents, for partners."""
        return f"{self.prefix}.results"

    def connection(self) -> dict[str, object]:
        """Settings of every client."""
        timeout = int(self.timeout_seconds * _MILLISECONDS)
        limit_waits(timeout)
        return {
            "bootstrap_servers": self.brokers.split(","),
            "request_timeout_ms": timeout,
            "reconnect_backoff_max_ms": _MILLISECONDS,
            **self._security(),
        }

    def producing(self) -> dict[str, object]:
        """Settings of every producer: nothing lost, nothing twice, nothing out of order."""
        return {
            **self.connection(),
            "allow_auto_create_topics": False,
            "acks": "all",
            "enable_idempotence": True,
            "compression_type": "zstd",
            "max_request_size": 4 * 1024 * 1024,
            "delivery_timeout_ms": int(self.delivery_seconds * _MILLISECONDS),
            "max_block_ms": int(self.delivery_seconds * _MILLISECONDS),
        }

    def consuming(self) -> dict[str, object]:
        """Settings of every consumer."""
        return {
            **self.connection(),
            "allow_auto_create_topics": False,
            "auto_offset_reset": "earliest",
            "enable_auto_commit": False,
            "isolation_level": "read_committed",
            "fetch_max_wait_ms": 100,
            "max_partition_fetch_bytes": 4 * 1024 * 1024,
            "max_poll_records": 2000,
        }

    def _security(self) -> dict[str, object]:
        found: dict[str, object] = {"security_protocol": self.security}
        if self.security.endswith("SSL"):
            files = {
                "ssl_cafile": self.ca_file,
                "ssl_certfile": self.cert_file,
                "ssl_keyfile": self.key_file,
            }
            found |= {name: str(path) for name, path in files.items() if path is not None}
        if self.security.startswith("SASL"):
            found["sasl_mechanism"] = self.sasl_mechanism
            found["sasl_plain_username"] = self.username
            found["sasl_plain_password"] = self.password.get_secret_value()
        return found
