import pytest

from infra.services.rehearsal import RehearsalNight, national_night, play
from tests.unit.infra.services.rehearsal.recording import Recording


@pytest.fixture(scope="package")
def small() -> RehearsalNight:
    """A night of a few prefectures with every special case."""
    return national_night(seed=4, scale=0.03)


@pytest.fixture(scope="package")
def whole() -> RehearsalNight:
    """The nation."""
    return national_night()


@pytest.fixture(scope="package")
def recorded(small: RehearsalNight) -> Recording:
    """The small night, played to its end into a log."""
    recording = Recording()
    play(small, recording.submit)
    return recording
