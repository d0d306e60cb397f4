"""A certificate authority of one test, by openssl, and what it signs."""

import subprocess
from pathlib import Path

_CURVE = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")


class Authority:
    """Signs certificates for addresses.

    Attributes:
        certificate: What clients trust.
    """

    def __init__(self, folder: Path, name: str = "kaihyo") -> None:
        folder.mkdir(parents=True)
        self._folder = folder
        self.certificate = folder / "ca.crt"
        self._key = folder / "ca.key"
        _openssl(
            *("req", "-x509", "-days", "2", *_CURVE, "-subj", f"/CN=authority of {name}"),
            *("-addext", "basicConstraints=critical,CA:TRUE"),
            *("-keyout", str(self._key), "-out", str(self.certificate)),
        )

    def sign(self, folder: Path, address: str) -> None:
        """`tls.crt`, `tls.key`, `ca.crt` and `keystore.pem` for an address, as the secrets hold."""
        folder.mkdir(parents=True)
        request, extension = folder / "request", folder / "extension"
        certificate, key = folder / "tls.crt", folder / "tls.key"
        extension.write_text(f"subjectAltName=IP:{address}\n", encoding="utf-8")
        _openssl("req", *_CURVE, "-subj", "/CN=server", "-keyout", str(key), "-out", str(request))
        _openssl(
            *("x509", "-req", "-in", str(request), "-days", "2", "-CAcreateserial"),
            *("-CA", str(self.certificate), "-CAkey", str(self._key)),
            *("-extfile", str(extension), "-out", str(certificate)),
        )
        key.chmod(0o600)
        (folder / "ca.crt").write_bytes(self.certificate.read_bytes())
        chain = [key.read_bytes(), certificate.read_bytes(), self.certificate.read_bytes()]
        (folder / "keystore.pem").write_bytes(b"".join(chain))


def _openssl(*arguments: str) -> None:
    subprocess.run(["openssl", *arguments], check=True, capture_output=True)
