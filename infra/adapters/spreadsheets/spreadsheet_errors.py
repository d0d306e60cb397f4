"""Why a table is not read."""


class SpreadsheetUnreadable(ValueError):  # noqa: N818 - it says what is the case
    """The file is no table that can be read with certainty; says what to do, in two languages."""

    def __init__(self, japanese: str, english: str) -> None:
        super().__init__(japanese)
        self.english = english


class WorkbookUnreadable(ValueError):  # noqa: N818 - it says what is the case
    """The bytes are no workbook, or its parts do not fit together."""


class WorkbookTooLarge(ValueError):  # noqa: N818 - it says what is the case
    """The workbook takes more memory or time than a sheet of a count may take."""
