"""The calls run on the writer thread of the session, as the operations of a document do."""

from __future__ import annotations

from datetime import date

from assess.packages.overview import overview
from assess.packages.recipients import assign, recipients
from assess.problems import Problem
from forms.session import Session
from tests.packages.conftest import OFFICE


def test_a_session_submits_and_asks_functions_of_packages(master, qtbot):
    document = master()
    document.close()
    session = Session(OFFICE)
    heard: list[object] = []
    session.changed.connect(heard.append)
    session.open(document.path)
    session.wait()
    got: list[object] = []
    session.submit(assign, {"ST1.1": ("市公安局",)}, then=got.append)
    session.ask(recipients, "department", then=got.append)
    session.ask(overview, date(2026, 7, 10), then=got.append)
    refused: list[Problem] = []
    session.submit(assign, {"没有": ("甲",)}, failed=refused.append)
    session.wait()
    changes, found, seen = got
    assert heard[-1] is changes
    assert changes.items == ("ST1.1",)
    assert "ST1.1" in next(one for one in found if one.name == "市公安局").items
    assert seen.issued == 0
    assert refused[0].code == "document.unknown-item"
    session.shut_down()
