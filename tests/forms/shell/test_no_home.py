"""Settings without a home folder: nothing is kept, and nothing stands in the way."""

from __future__ import annotations

import platformdirs

from forms import settings


def test_without_a_home_the_settings_are_those_of_the_first_start(monkeypatch):
    def homeless(*_names: str, **_options: object) -> str:
        raise RuntimeError("could not determine the home directory")

    for name in ("user_config_path", "user_documents_path"):
        monkeypatch.setattr(platformdirs, name, homeless)
    settings.Settings(language="en").keep()
    assert settings.Settings.load() == settings.Settings()
    assert settings.documents().is_dir()
