"""The same window and folders as the frame's own tests have."""

from __future__ import annotations

from tests.forms.shell.conftest import NOW, document, own_folders, session, window

__all__ = ["NOW", "document", "own_folders", "session", "window"]
