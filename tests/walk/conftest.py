"""The window of the shell tests, for walking every page."""

from tests.forms.shell.conftest import document, own_folders, session, window

__all__ = ["document", "own_folders", "session", "window"]
