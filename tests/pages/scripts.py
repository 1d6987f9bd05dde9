"""A page run as a script, without a server, by Streamlit's own test runner.

Each run would look through every installed package for components, of which there are
none: that takes longer than most pages do, and is done once.
"""

from functools import cache

from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

__all__ = ["AppTest"]

manifest_scanner.scan_component_manifests = cache(
    manifest_scanner.scan_component_manifests
)
