"""Official results kept beside the project; tests that need them say what they lack without."""

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[3] / "shared" / "data"
HOUSE50 = SHARED / "house50-2024"

needs_house50 = pytest.mark.skipif(
    not (HOUSE50 / "official-tables").is_dir(),
    reason="the official tables of 2024 (../shared/data/house50-2024) are not beside the project",
)
