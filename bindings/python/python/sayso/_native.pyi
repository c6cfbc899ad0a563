"""What the Rust half offers; use the functions of ``sayso`` itself."""

from typing import Any, Callable, List, Optional, Tuple, final

__version__: str

_Outcome = Tuple[Optional[str], Optional[str]]

def code_json(
    reports: List[str],
    jobs: Optional[int] = None,
    step: Optional[Callable[[int], object]] = None,
) -> List[_Outcome]: ...
def link_json(
    sheets: List[str], step: Optional[Callable[[int], object]] = None
) -> List[str]: ...
def sheet_as_printed(json: str) -> str: ...
def incident_as_printed(json: str) -> str: ...
def visible(text: str) -> str: ...
def made_by() -> str: ...
def tables_of(
    sheets: List[str], incidents: List[str] = ...
) -> List[Tuple[str, List[Tuple[str, str, str, List[Any]]]]]: ...
@final
class Ledger:
    def __new__(
        cls,
        place: str,
        keys: Optional[str] = None,
        make: bool = True,
        passphrase: Optional[str] = None,
    ) -> Ledger: ...
    def add(
        self,
        reports: List[str],
        jobs: Optional[int],
        corrections: bool,
        step: Optional[Callable[[int], object]] = None,
    ) -> List[_Outcome]: ...
    def add_sheets(
        self,
        sheets: List[str],
        corrections: bool,
        step: Optional[Callable[[int], object]] = None,
    ) -> List[_Outcome]: ...
    def incidents(
        self,
        as_of: Optional[str],
        published_by: Optional[str],
        step: Optional[Callable[[int], object]] = None,
    ) -> Tuple[List[str], List[str], List[str]]: ...
    def reports(self, as_of: Optional[str], published_by: Optional[str]) -> List[str]: ...
    def report(self, id: str, as_of: Optional[str], published_by: Optional[str]) -> str: ...
    def search(
        self, words: str, as_of: Optional[str], published_by: Optional[str]
    ) -> List[str]: ...
    def head(self) -> Tuple[int, str]: ...

# The steps of an archive on a cluster, for sayso_spark (src/spark.rs says what each takes and gives).

_Block = Tuple[int, int, bool]
_Places = List[Tuple[bool, int]]
_Link = Tuple[str, Optional[int], str, Optional[int], int]
_Spot = Tuple[str, List[int], float, float]
_Extract = Tuple[
    Tuple[str, Optional[int]],
    Tuple[int, int, int],
    Tuple[List[int], List[int], List[int]],
    Tuple[str, Optional[str], str],
]

@final
class ArchiveFile:
    def __new__(cls, path: str) -> ArchiveFile: ...
    def take(
        self, count: int
    ) -> List[Tuple[Optional[str], Optional[str], Optional[str]]]: ...

def archive_decoded(bytes: bytes) -> Tuple[Optional[str], Optional[str], Optional[str]]: ...
def archive_code(
    reports: List[Tuple[bytes, Optional[str]]],
) -> List[Tuple[Optional[str], Optional[str]]]: ...
def archive_extracts(
    sheets: List[str],
) -> List[Tuple[Optional[_Extract], Optional[str]]]: ...
def archive_links(
    family: str,
    of: _Block,
    places: _Places,
    digests: List[str],
    keys: Optional[List[List[int]]] = None,
) -> List[_Link]: ...
def archive_prints(
    of: _Block,
    places: _Places,
    days: List[Optional[int]],
    signatures: List[str],
) -> List[Tuple[int, int]]: ...
def archive_limits() -> Tuple[int, int]: ...
def archive_components(count: int, here: bytes, there: bytes) -> bytes: ...
def archive_groups(
    all: List[_Link],
) -> List[Tuple[str, Optional[int], str, Optional[str], Optional[int]]]: ...
def archive_own_words(kept: List[str]) -> str: ...
def archive_outlook(
    kept: List[str],
) -> Tuple[Optional[_Spot], List[Tuple[str, int, _Spot]]]: ...
def archive_recalls(pairs: List[Tuple[float, float, float, float]]) -> List[bool]: ...
def archive_incident(
    parts: List[
        Tuple[
            str,
            Optional[Tuple[str, str]],
            Optional[Tuple[str, int]],
            Optional[Tuple[Optional[int], str]],
            List[int],
        ]
    ],
) -> str: ...
