"""The documents of tests/store, for the operations of the assessment."""

from __future__ import annotations

from tests.store.conftest import clock, create, folder, framework, reopen

__all__ = ["clock", "create", "folder", "framework", "reopen"]
