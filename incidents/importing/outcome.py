"""What an import would do, or has done: counted, with what is new and what is wrong."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field

from incidents.importing.sheet import Fault, Row

KEPT = 1000  # faults and warnings kept for showing; the rest are counted
CHANGED_SINCE = "Nothing was written: the records changed since the file was read. Import it again."


@dataclass(kw_only=True)
class Preview(ABC):
    """The effect of one file. Nothing is written until `apply`, and nothing at all with faults.

    created, updated, unchanged, not_recorded: numbers of rows; the last are rows without a
    value. faults and warnings hold the first thousand, the counts beside them hold all.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    not_recorded: int = 0
    new_services: list[str] = field(default_factory=list)
    new_suppliers: list[str] = field(default_factory=list)
    new_problem_records: list[str] = field(default_factory=list)
    new_projects: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    warning_count: int = 0
    faults: list[Fault] = field(default_factory=list)
    fault_count: int = 0
    bad_rows: int = 0

    def warn(self, row: Row, words: str) -> None:
        self.warning_count += 1
        if len(self.warnings) < KEPT:
            self.warnings.append(f"line {row.line}: {words}")

    def refuse(self, row: Row) -> None:
        """Take over the faults of a bad row."""
        self.bad_rows += 1
        self.fault_count += len(row.faults)
        self.faults.extend(row.faults[: KEPT - len(self.faults)])

    @abstractmethod
    def write(self) -> None:
        """Write what was planned; the caller holds the transaction."""
