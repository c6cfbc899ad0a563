"""What the Rust half offers; use the functions of `sayso` itself."""

from typing import List, Optional, Tuple

__version__: str

def code_json(
    reports: List[str], jobs: Optional[int] = None
) -> List[Tuple[Optional[str], Optional[str]]]: ...
def link_json(sheets: List[str]) -> List[str]: ...
def made_by() -> str: ...
