"""placeholder"""

from __future__ import annotations

from forms.questionnaire.desk import Desk


class Township(Desk):
    pass
