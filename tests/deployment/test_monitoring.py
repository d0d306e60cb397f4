"""Alerts and dashboard: rules that speak when they should, of figures that are really there."""

import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.deployment.compose import DOCS
from tests.deployment.monitor import dashboard_expressions

PROMTOOL = shutil.which("promtool", path="/usr/bin:/usr/local/bin")
README = (DOCS / "README.md").read_text("utf-8")

needs_promtool = pytest.mark.skipif(
    PROMTOOL is None, reason="promtool is not there; install it with: apt-get install prometheus"
)


def promtool(*arguments: str, cwd: Path = DOCS) -> str:
    """What promtool says; it has to agree."""
    done = subprocess.run(
        [str(PROMTOOL), *arguments], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@needs_promtool
def test_prometheus_takes_the_rules_and_both_configurations(tmp_path: Path) -> None:
    promtool("check", "rules", "alerts.yaml")
    promtool("check", "config", "prometheus.yml")
    # Debian's Prometheus is built without the discovery of pods; the rest is checked.
    text = (DOCS / "prometheus-kubernetes.yml").read_text("utf-8")
    discovery = "kubernetes_sd_configs: [{ role: pod, namespaces: { names: [kaihyo] } }]"
    assert discovery in text
    shutil.copy(DOCS / "alerts.yaml", tmp_path)
    (tmp_path / "prometheus.yml").write_text(text.replace(discovery, "static_configs: []"), "utf-8")
    promtool("check", "config", "prometheus.yml", cwd=tmp_path)


@needs_promtool
def test_every_alert_speaks_when_it_should_and_is_silent_on_a_quiet_night(tmp_path: Path) -> None:
    shutil.copy(DOCS / "alerts.yaml", tmp_path)
    shutil.copy(Path(__file__).parent / "alerts_test.yaml", tmp_path)
    promtool("test", "rules", "alerts_test.yaml", cwd=tmp_path)


@needs_promtool
def test_prometheus_understands_every_expression_of_the_dashboard(tmp_path: Path) -> None:
    rules = [
        {"record": f"panel:{number}", "expr": expression}
        for number, expression in enumerate(dashboard_expressions())
    ]
    file = tmp_path / "rules.yaml"
    file.write_text(yaml.safe_dump({"groups": [{"name": "dashboard", "rules": rules}]}), "utf-8")
    promtool("check", "rules", str(file))


def test_every_alert_has_its_answer_in_the_readme() -> None:
    file = yaml.safe_load((DOCS / "alerts.yaml").read_text("utf-8"))
    names = [rule["alert"] for group in file["groups"] for rule in group["rules"]]
    answers = README[README.index("## When an alert comes") :]
    assert [name for name in names if name not in answers] == []
