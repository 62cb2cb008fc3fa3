"""The window and the document of the shell tests."""

from tests.forms.shell.conftest import document, own_folders, session, window

__all__ = ["document", "own_folders", "session", "window"]
