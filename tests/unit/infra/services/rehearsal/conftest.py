import pytest

from infra.services.rehearsal import Night, national_night, play
from tests.unit.infra.services.rehearsal.recording import Recording


@pytest.fixture(scope="package")
def small() -> Night:
    """A night of a few prefectures with every special case."""
    return national_night(seed=4, scale=0.03)


@pytest.fixture(scope="package")
def whole() -> Night:
    """The nation."""
    return national_night()


@pytest.fixture(scope="package")
def recorded(small: Night) -> Recording:
    """The small night, played to its end into a log."""
    recording = Recording()
    play(small, recording.submit)
    return recording
