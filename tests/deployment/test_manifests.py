"""The files of docs/deployment against the schemas of those who read them, and against the program.

`compose-spec.json` is the schema of the Compose Specification (github.com/compose-spec/compose-go
v2.16.2, Apache-2.0); Kubernetes' schemas come with the package `kubernetes-validate`.
"""

import json
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import jsonschema_rs
import kubernetes_validate  # type: ignore[import-untyped]
import pytest
import yaml
from fastapi.routing import iter_route_contexts

from api.app import create_app
from api.http.app_state import AppState
from api.http.limits.upload_lanes import (
    PER_CLIENT_MAX,
    RETRY_SECONDS,
    UPLOADS_AT_ONCE,
    UPLOADS_PER_SECOND,
)
from infra.adapters.kafka.kafka_settings import KafkaSettings
from infra.runtime.settings import Settings
from infra.services.streaming.read_node import KafkaReadModel
from tests.deployment import compose
from tests.deployment.compose import DOCS
from tests.deployment.drill import variables

ROOT = Path(__file__).parents[2]
KUBERNETES = "1.37"
KUSTOMIZATION = yaml.safe_load((DOCS / "kustomization.yaml").read_text("utf-8"))
# Read by the entry points of images, not by us.
_OF_IMAGES = ("POSTGRES_", "KAFKA_", "PG", "CLUSTER_ID")
_OF_SCRIPTS = {
    "REPLICATION_PASSWORD", "KAIHYO_PASSWORD", "UPSTREAM", "ACCESS", "PRIMARY", "TMPDIR",
}  # fmt: skip


def _called(manifest: dict[str, object]) -> str:
    metadata = manifest["metadata"]
    assert isinstance(metadata, dict)
    return f"{manifest['kind']}-{metadata['name']}"


@cache
def manifests() -> list[dict[str, object]]:
    return [
        found
        for name in KUSTOMIZATION["resources"]
        for found in yaml.safe_load_all((DOCS / name).read_text("utf-8"))
    ]


def known_variables() -> set[str]:
    """Every environment variable that the program reads."""
    found = {"KAFKA_BOOTSTRAP_SERVERS", "DATABASE_URL"}
    for kind, prefix in ((Settings, "KAIHYO_"), (KafkaSettings, "KAIHYO_KAFKA_")):
        names = set(kind.model_fields) - {"brokers", "database_url"}
        found |= {prefix + name.upper() for name in names}
    return found


def test_writers_are_told_who_founds_a_live_election() -> None:
    settings = next(each for each in manifests() if _called(each) == "ConfigMap-settings")
    for told in (settings["data"], compose.raw()["x-log"]):
        assert isinstance(told, dict)
        assert "KAIHYO_FOUNDER_KEYS" in told


def test_the_compose_file_follows_the_specification() -> None:
    schema = json.loads((Path(__file__).parent / "compose-spec.json").read_text("utf-8"))
    validator = jsonschema_rs.validator_for(schema)
    faults = [
        f"{error.instance_path}: {error.message}" for error in validator.iter_errors(compose.raw())
    ]
    assert faults == []


def test_the_compose_file_wants_only_what_its_readme_names() -> None:
    wanted = compose.variables_of(compose.raw())
    assert wanted == set(variables(Path("tls")))
    readme = (DOCS / "README.md").read_text("utf-8")
    assert [name for name in wanted if name not in readme] == []


@pytest.mark.parametrize("manifest", manifests(), ids=_called)
def test_a_manifest_follows_the_schema_of_its_kind(manifest: dict[str, object]) -> None:
    kubernetes_validate.validate(manifest, KUBERNETES, strict=True)


def test_the_kustomization_has_every_manifest_and_every_file_it_names() -> None:
    there = {f"kubernetes/{path.name}" for path in (DOCS / "kubernetes").glob("*.yaml")}
    assert set(KUSTOMIZATION["resources"]) == there
    named = {name for each in KUSTOMIZATION["configMapGenerator"] for name in each["files"]}
    assert [name for name in named if not (DOCS / name).is_file()] == []


def test_every_mounted_config_map_and_secret_is_made_or_told_of() -> None:
    text = json.dumps(manifests())
    wanted = set(re.findall(r'"(?:configMap|configMapRef)": \{"name": "([\w-]+)"', text))
    wanted |= set(re.findall(r'"secret": \{"secretName": "([\w-]+)"', text))
    wanted |= set(re.findall(r'"secretRef": \{"name": "([\w-]+)"', text))
    made = {each["name"] for each in KUSTOMIZATION["configMapGenerator"]}
    readme = (DOCS / "README.md").read_text("utf-8")
    assert [name for name in wanted - made - {"settings"} if f"`{name}`" not in readme] == []


def test_what_runs_is_no_root_and_cannot_write_to_its_own_files() -> None:
    for service in compose.services(variables(Path("tls"))).values():
        if service.image == "kaihyo":
            assert service.read_only
            assert service.cap_drop == ["ALL"]
            assert service.security_opt == ["no-new-privileges:true"]
    for container in _containers():
        security = container["securityContext"]
        assert isinstance(security, dict)
        if container["image"] in ("kaihyo", "nginx:1.29"):
            assert security["readOnlyRootFilesystem"] is True
        assert security["allowPrivilegeEscalation"] is False


def test_read_nodes_share_no_network_with_the_database() -> None:
    services = compose.services(variables(Path("tls")))
    written = {name for name, each in services.items() if "database" in each.networks}
    assert written == {
        *("primary", "standby", "writer1", "writer2", "sequencer", "tiles", "relay", "prometheus")
    }


def test_every_variable_is_one_that_somebody_reads() -> None:
    given = {
        name
        for each in compose.services(variables(Path("tls"))).values()
        for name in (each.environment)
    }
    settings = next(each for each in manifests() if _called(each) == "ConfigMap-settings")
    data = settings["data"]
    assert isinstance(data, dict)
    given |= set(data)
    given |= {name for container in _containers() for name in _environment(container)}
    unknown = {
        name for name in given - known_variables() - _OF_SCRIPTS if not name.startswith(_OF_IMAGES)
    }
    assert unknown == set()
    assert [
        name
        for name in given
        if name.startswith("KAIHYO_") and name not in (known_variables() | _OF_SCRIPTS)
    ] == []


def test_every_setting_is_in_the_table() -> None:
    table = set(
        re.findall(r"`((?:KAIHYO|DATABASE|KAFKA)_\w+)`", (DOCS / "README.md").read_text("utf-8"))
    )
    assert known_variables() - table == set()
    assert table - known_variables() - _OF_SCRIPTS - set(variables(Path())) == set()


def routes() -> Iterator[tuple[str, set[str]]]:
    """Every address of the server with its methods."""
    night = KafkaReadModel(KafkaSettings())
    for route in iter_route_contexts(create_app(AppState(night.log, night)).routes):
        yield str(route.path), set(route.methods or ())


def test_whatever_changes_or_knows_an_office_goes_to_a_writer() -> None:
    conf = (DOCS / "nginx.conf").read_text("utf-8")
    places = re.findall(r"location ~ (\S+) \{(.*?)\n    \}", conf, re.DOTALL)
    to_writers = [
        re.compile(path) for path, body in places if re.search("http://(writers|mailboxes)", body)
    ]

    def goes_to_a_writer(path: str) -> bool:
        return any(pattern.search(path) for pattern in to_writers)

    for path, methods in routes():
        example = re.sub(r"\{[^}]*\}", "x", path)
        office = methods & {"POST", "PUT", "PATCH", "DELETE"} or re.search(
            r"^(/en)?/(centre|control|surveys|setup)(/|$)|/(sessions|chain)(/|$)", path
        )
        assert bool(office) == goes_to_a_writer(example), (path, methods)


def test_the_image_is_made_of_all_that_the_package_is_built_from() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = set(project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"])
    wanted |= {project["project"]["readme"], "pyproject.toml", "constraints.txt"}
    lines = (DOCS / "Dockerfile.dockerignore").read_text("utf-8").splitlines()
    assert wanted <= {line.removeprefix("!") for line in lines if line.startswith("!")}
    assert all((ROOT / name).exists() for name in wanted)


def test_spreadsheets_of_offices_pass_the_front() -> None:
    conf = (DOCS / "nginx.conf").read_text("utf-8")
    uploads = conf[conf.index("(centre/data/rows|surveys/data/read|") :]
    assert "client_max_body_size 3m" in uploads[: uploads.index("}")]
    assert conf.index("(centre/data/rows|") < conf.index("(centre|control|surveys|setup)"), (
        "the first"
    )


def test_spreadsheets_are_limited_at_the_front_as_they_are_behind_it() -> None:
    conf = (DOCS / "nginx.conf").read_text("utf-8")
    uploads = conf[conf.index("(centre/data/rows|surveys/data/read|") :]
    uploads = uploads[: uploads.index("}")]
    per_minute = round(60 * UPLOADS_PER_SECOND)
    assert f"zone=uploads:10m rate={per_minute}r/m" in conf
    assert f"limit_req zone=uploads burst={UPLOADS_AT_ONCE} nodelay" in uploads
    assert f"limit_conn uploading {PER_CLIENT_MAX};" in uploads
    enough = conf[conf.index("location @enough") :]
    assert f"add_header Retry-After {RETRY_SECONDS} always" in enough[: enough.index("    }\n")]


def test_entries_of_servers_lie_on_a_disk_of_their_own() -> None:
    """In `/tmp`, which is memory there, a nation's would be more than all else of the process."""
    found = compose.services(variables(Path("tls")))
    for name in ("writer1", "writer2", "tiles"):
        service = found[name]
        place = service.environment.get("TMPDIR", service.environment["KAIHYO_DATA"])
        mine = [each for each in service.volumes if each.endswith(f":{place}")]
        assert len(mine) == 1, name
        others = [each.volumes for other, each in found.items() if other != name]
        assert not any(mine[0].partition(":")[0] + ":" in each for v in others for each in v)


def test_nginx_takes_the_upstreams_of_kubernetes(tmp_path: Path) -> None:
    nginx = shutil.which("nginx", path="/usr/sbin:/usr/bin")
    if nginx is None:
        pytest.skip("nginx is not there; install it with: apt-get install nginx-light")
    upstreams = (DOCS / "kubernetes" / "upstreams.conf").read_text("utf-8")
    upstreams = re.sub(r"server \w+:", "server 127.0.0.1:", upstreams)
    conf = tmp_path / "nginx.conf"
    conf.write_text(f"events {{}} pid {tmp_path}/pid; http {{ access_log off; {upstreams} }}")
    done = subprocess.run(
        [nginx, "-t", "-q", "-p", str(tmp_path), "-c", str(conf)], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr


def _containers() -> Iterator[dict[str, object]]:
    for manifest in manifests():
        spec = manifest.get("spec")
        if isinstance(spec, dict) and "template" in spec:
            yield from spec["template"]["spec"]["containers"]


def _environment(container: dict[str, object]) -> list[str]:
    variables = container.get("env", [])
    assert isinstance(variables, list)
    return [each["name"] for each in variables]
