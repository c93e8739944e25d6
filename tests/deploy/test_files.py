"""What stands in deploy/: it is linted, fits together, and names only what there is."""

import configparser
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel
from typer.main import get_command

from bot.cli import main as _commands_are_bound  # noqa: F401
from bot.cli.commands import app
from bot.delivery.delivery import GOODBYE_SECONDS as DELIVERY_SECONDS
from bot.inbox_worker import GOODBYE_SECONDS as INBOX_SECONDS
from bot.scheduler import GOODBYE_SECONDS as SCHEDULER_SECONDS
from bot.serve import GOODBYE_SECONDS as REQUEST_SECONDS
from bot.settings.model import Server, Settings
from tests import ROOT

DEPLOY = ROOT / "deploy"
DOCKERFILE, UNIT, COMPOSE = DEPLOY / "Dockerfile", DEPLOY / "tongpan.service", DEPLOY / "compose.yaml"
GUIDES = (ROOT / "docs" / "operate.md", ROOT / "docs" / "operate.zh-CN.md")
HOME = "/opt/tongpan"
FILES = sorted(path for path in DEPLOY.rglob("*") if path.is_file())


@cache
def instructions() -> list[tuple[str, str]]:
    """Of the Dockerfile, in order."""
    lines = [line for line in DOCKERFILE.read_text("utf-8").splitlines() if not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n\s*", " ", "\n".join(lines))
    return [(name, rest) for name, _, rest in (line.partition(" ") for line in joined.splitlines() if line)]


@cache
def compose() -> dict[str, Any]:
    return dict(yaml.safe_load(COMPOSE.read_text("utf-8")))


@cache
def unit() -> configparser.ConfigParser:
    found = configparser.ConfigParser(interpolation=None, strict=True)
    found.optionxform = str  # type: ignore[assignment, method-assign]
    found.read(UNIT, "utf-8")
    return found


def variables_of_the_settings() -> set[str]:
    lines = (ROOT / "config.example.yaml").read_text("utf-8").splitlines()
    return set(re.findall(r"\$\{([A-Z_]+)\}", "\n".join(line for line in lines if not line.startswith("#"))))


# -- the image -------------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform != "linux", reason="hadolint's wheel is for Linux")
def test_the_dockerfile_passes_its_linter() -> None:
    linter = Path(sys.executable).parent / "hadolint"
    done = subprocess.run((linter, "--no-color", DOCKERFILE), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_what_the_image_takes_is_there_and_not_ignored() -> None:
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text("utf-8").splitlines()
    assert ignored[0] == "*", "nothing by itself: neither data nor config.yaml goes into an image"
    let_in = {line[1:] for line in ignored if line.startswith("!")}
    taken = {
        source
        for name, rest in instructions()
        if name == "COPY" and not rest.startswith("--from")
        for source in rest.split()[:-1]
    }
    assert taken == let_in
    assert [source for source in taken if not (ROOT / source).exists()] == []


def test_the_image_holds_every_room_that_runs() -> None:
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    copied = {rest.split()[0] for name, rest in instructions() if name == "COPY"}
    assert rooms <= copied


def test_the_image_runs_as_somebody_who_may_do_nothing_and_owns_the_data_alone() -> None:
    names = [name for name, _ in instructions()]
    assert ("USER", "10001") in instructions()
    assert names.index("USER") > max(index for index, name in enumerate(names) if name == "RUN")
    made = next(rest for name, rest in instructions() if "install -d" in rest)
    assert "-m 700 -o tongpan data" in made


def test_its_lock_files_are_those_of_this_python_and_its_port_the_settings() -> None:
    version = next(rest for name, rest in instructions() if name == "FROM").split(":")[1].split("-")[0]
    assert f"--python-version {version} " in (ROOT / "Makefile").read_text("utf-8")
    port = Server().port
    assert ("EXPOSE", str(port)) in instructions()
    health = next(rest for name, rest in instructions() if name == "HEALTHCHECK")
    assert f"127.0.0.1:{port}/healthz" in health
    json.loads("[" + health.partition("CMD [")[2])


@pytest.mark.long
@pytest.mark.timeout(900)
def test_its_steps_lead_to_a_bot_that_runs(tmp_path: Path) -> None:
    command = (DEPLOY / "check.sh", tmp_path)
    done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL, timeout=880)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith("healthy, and ended when asked to\n")
    steps = [name for name, _ in instructions() if name in ("COPY", "RUN")]
    told = [line for line in done.stdout.splitlines() if line.startswith(("   COPY", "   RUN", "   left out: RUN"))]
    assert len(told) == len(steps)


# -- compose ---------------------------------------------------------------------------------------------------


def test_the_services_fit_together() -> None:
    services, volumes = compose()["services"], compose()["volumes"]
    ours, database = services["tongpan"], services["database"]
    assert set(ours["depends_on"]) <= set(services)
    assert "healthcheck" in database, "ours waits until it is healthy"
    assert (DEPLOY / ours["build"]["context"]).resolve() == ROOT
    assert (DEPLOY / ours["build"]["context"] / ours["build"]["dockerfile"]).resolve() == DOCKERFILE
    mounted = dict(str(volume).split(":")[:2] for service in services.values() for volume in service["volumes"])
    assert {name for name in mounted if not name.startswith(".")} == set(volumes)
    declared = [rest for name, rest in instructions() if name == "VOLUME"]
    assert mounted["data"] in declared
    assert mounted["./config.yaml"] == f"{HOME}/config.yaml"
    exposed = {rest for name, rest in instructions() if name == "EXPOSE"}
    assert {str(port).rpartition(":")[2] for port in ours["ports"]} == exposed
    assert all(str(port).startswith("127.0.0.1:") for port in ours["ports"]), "/metrics asks for no token"


def test_pg_dump_of_the_image_is_no_older_than_the_server() -> None:
    """Debian trixie brings PostgreSQL 17's."""
    image = next(rest for name, rest in reversed(instructions()) if name == "FROM")
    assert image.endswith("-trixie")
    assert compose()["services"]["database"]["image"] == "postgres:17-trixie"


def test_a_variable_comes_from_the_file_of_variables() -> None:
    used = set(re.findall(r"(?<!\$)\$\{([A-Z_]+)", COMPOSE.read_text("utf-8")))
    assert used <= variables_of_the_file()


def test_the_file_of_variables_is_that_of_the_example_settings() -> None:
    assert variables_of_the_file() == variables_of_the_settings()


def variables_of_the_file() -> set[str]:
    lines = (DEPLOY / "tongpan.env.example").read_text("utf-8").splitlines()
    assert all(line.startswith("#") or line.endswith("=") for line in lines), "no value stands in an example"
    return {line.partition("=")[0] for line in lines if not line.startswith("#")}


# -- systemd ---------------------------------------------------------------------------------------------------


def test_the_unit_runs_what_the_image_runs() -> None:
    service = unit()["Service"]
    assert service["WorkingDirectory"] == HOME
    command = json.loads(next(rest for name, rest in instructions() if name == "CMD"))
    assert service["ExecStart"].split() == [f"{HOME}/{command[0]}", *command[1:]]
    assert service["ReadWritePaths"] == next(rest for name, rest in instructions() if name == "VOLUME")
    assert service["UMask"] == "0077"
    assert service["EnvironmentFile"] == "/etc/tongpan.env"


def test_who_stops_the_bot_waits_until_it_has_said_goodbye() -> None:
    needed = REQUEST_SECONDS + DELIVERY_SECONDS + INBOX_SECONDS + 2 * SCHEDULER_SECONDS
    assert int(unit()["Service"]["TimeoutStopSec"]) > needed
    assert int(compose()["services"]["tongpan"]["stop_grace_period"].rstrip("s")) > needed


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze on this machine")
def test_systemd_finds_no_fault_with_the_unit(tmp_path: Path) -> None:
    copy = tmp_path / UNIT.name
    there = UNIT.read_text("utf-8").replace("User=tongpan", "User=root").replace(HOME, str(tmp_path))
    copy.write_text(there, "utf-8")
    program = tmp_path / ".venv" / "bin" / "python"
    program.parent.mkdir(parents=True)
    program.symlink_to(sys.executable)
    done = subprocess.run(("systemd-analyze", "verify", copy), capture_output=True, text=True, check=False)
    assert [line for line in done.stderr.splitlines() if UNIT.name in line] == []


# -- all of them -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", [*FILES, *GUIDES], ids=lambda file: file.name)
def test_every_command_it_names_is_one(file: Path) -> None:
    known = set(get_command(app).commands)  # type: ignore[attr-defined]
    named = set(re.findall(r"run\.py\"?,? \"?([a-z][a-z-]*)", file.read_text("utf-8")))
    assert named - known == set()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_setting_it_names_is_one(file: Path) -> None:
    sections = "|".join(Settings.model_fields)
    named = re.findall(rf"(?<![\w./-])((?:{sections})\.[a-z_]+)(?=:|`)", file.read_text("utf-8"))
    assert [name for name in named if name not in settings()] == []
    if file == COMPOSE:
        assert {"server.host", "database.url"} <= set(named)


@pytest.mark.parametrize("file", GUIDES, ids=lambda file: file.name)
def test_the_guide_names_every_file_and_no_other(file: Path) -> None:
    named = set(re.findall(r"deploy/([\w./-]*\w)", file.read_text("utf-8")))
    there = {str(path.relative_to(DEPLOY)) for path in FILES}
    assert named - there == set()
    assert there - named - {"Dockerfile.dockerignore"} == set()


def settings() -> set[str]:
    return set(_settings(Settings, ""))


def _settings(section: type[BaseModel], path: str) -> Iterator[str]:
    for name, field in section.model_fields.items():
        yield f"{path}{name}"
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from _settings(field.annotation, f"{path}{name}.")
