"""sayso reads conflict news and keeps who said what."""

from sayso._native import __version__

__all__ = ["__version__"]
