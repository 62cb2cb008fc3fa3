"""Tables of the document file. A change here needs a new VERSION and a step in migrate.py.

document    facts of this file that are no events: tally of events, role and scope of an issued copy, program version
framework   the sources of the framework as compressed JSON, under the SHA-256 of the blob
arrival     one row for each merge that brought something
event       canonical content under its id, in the order of arrival; `arrival` 0 was made in this file
attachment  a file of evidence that is whole; chunk: its bytes in rows of 1 MiB
"""

from __future__ import annotations

APPLICATION_ID = 0x5A484431  # "ZHD1"
VERSION = 1
CHUNK = 1 << 20

TABLES = """
CREATE TABLE document (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE framework (
    digest TEXT NOT NULL PRIMARY KEY,
    blob_digest TEXT NOT NULL,
    sources BLOB NOT NULL
) STRICT;

CREATE TABLE arrival (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    source TEXT NOT NULL
) STRICT;

CREATE TABLE event (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    content TEXT NOT NULL,
    arrival INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE attachment (
    digest TEXT NOT NULL PRIMARY KEY,
    size INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE chunk (
    digest TEXT NOT NULL,
    number INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    UNIQUE (digest, number)
) STRICT;
"""

CHECKED = ("document", "framework", "arrival", "event", "attachment")  # small tables, checked at every opening
