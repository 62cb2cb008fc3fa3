"""A sentence whose names are set in bold, from an id and its values; everything in it is escaped."""

from __future__ import annotations

import re

from assess.language import Message
from forms.figures import bold
from forms.theme import theme
from forms.widgets.labels import Text


class Sentence(Text):
    """Running text like `Text`; `tell` shows a message with its values in bold."""

    def __init__(self, type: str = "label", ink: str = "text") -> None:  # noqa: A002 - as in Text
        self._message: Message | None = None
        super().__init__("", type, ink)

    def tell(self, message: Message | None) -> None:
        """Show a message in the language of now; None shows nothing."""
        self._message = message
        self._write()

    def _write(self) -> None:
        message = self._message
        if message is None:
            super()._write()
            return
        height = theme().line(str(self.property("type")))
        words = bold(message.id, **dict(message.values))
        self.setText(f'<p style="line-height:{height}px;margin:0">{words}</p>')
        self.setAccessibleName(re.sub(r"</?b>", "", words))

    def plain(self) -> str:
        return self.accessibleName()
