"""Parquet files, read and written block by block and column by column.

A column is numbers (float64, NaN for nothing) or a short list of different cells and, per row, which one it is. Whole
numbers, decimals and floats are numbers; text, dictionaries, dates and truth values are cells as a text table has them.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assess.exchange.grid import CellValue, Grid, text_of
from assess.language import say
from assess.problems import Problem

if TYPE_CHECKING:
    import numpy as np
    from arro3.core import Array, DataType, Field, RecordBatch, RecordBatchReader, Schema
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Wholes = NDArray[np.int64]

SUFFIXES = frozenset({".parquet", ".pq"})
MAGIC = b"PAR1"
BATCH = ROW_GROUP = 65_536


@dataclass(frozen=True, slots=True)
class Column:
    """One column of one block: `numbers`, or `cells` with the place of each row's cell in them (−1: nothing)."""

    numbers: Floats | None = None
    cells: tuple[CellValue, ...] = ()
    which: Wholes | None = None

    def values(self) -> list[CellValue]:
        """Cell by cell, as a row-wise table has them."""
        if self.numbers is not None:
            return [None if x != x else x for x in self.numbers.tolist()]
        assert self.which is not None
        return [None if place < 0 else self.cells[place] for place in self.which.tolist()]

    def texts(self) -> list[str]:
        """Cell by cell as text; nothing as ""."""
        if self.numbers is not None:
            return [text_of(value) for value in self.values()]
        assert self.which is not None
        known = (*map(text_of, self.cells), "")
        return [known[place] for place in self.which.tolist()]


@dataclass(frozen=True, slots=True)
class Source:
    """An open file: the headings, and the blocks of rows once."""

    path: Path
    names: tuple[str, ...]
    reader: RecordBatchReader

    def blocks(self, wanted: Sequence[int] | None = None) -> Iterator[dict[int, Column]]:
        """Each block as columns by number; all of them, or the wanted ones. Problem `table.unreadable` where the file
        is damaged, `table.parquet-type` for a wanted column of lists or the like."""
        numbers = range(len(self.names)) if wanted is None else wanted
        fields = [self.reader.schema.field(number) for number in numbers]
        for number, field in zip(numbers, fields, strict=True):
            if not readable(field.type):
                raise Problem(
                    "table.parquet-type",
                    say("{name}: the column {column} holds {kind}, which is neither text nor number.",
                        name=self.path.name, column=self.names[number], kind=told(field.type)),
                    say("Write it as text or as numbers, or leave the column out."),
                )  # fmt: skip
        while True:
            with guarded(self.path):
                batch = next(self.reader, None)
                if batch is None:
                    return
                found = {number: column(batch.column(number)) for number in numbers}
            yield found


def open_file(path: Path) -> Source:
    """Open a file. Raises Problem `table.missing`, `table.unreadable`, `table.empty`, `table.column-twice`."""
    if not path.is_file():
        raise Problem(
            "table.missing",
            say("There is no table at {path}.", path=str(path)),
            say("Check the name and the folder; on a memory stick, check that it is plugged in."),
        )
    framed(path)
    from arro3.io import read_parquet

    with guarded(path), quiet():
        reader = read_parquet(str(path), batch_size=BATCH)
        names = tuple(name.strip() for name in reader.schema.names)
    if not names:
        raise Problem(
            "table.empty",
            say("{name} holds no filled cell.", name=path.name),
            say("Check that the right file was chosen and that it was saved."),
        )
    return Source(path, names, reader)


def framed(path: Path) -> None:
    """Whether the file begins and ends as Parquet does, with a footer that fits in; else Problem `table.unreadable`."""
    try:
        size = path.stat().st_size
        with path.open("rb") as stream:
            head = stream.read(4)
            stream.seek(max(0, size - 8))
            tail = stream.read(8)
    except OSError as error:
        raise unreadable(path) from error
    footer = int.from_bytes(tail[:4], "little")
    if size < 12 or head != MAGIC or tail[4:] != MAGIC or footer > size - 12:
        raise unreadable(path)


def unreadable(path: Path) -> Problem:
    return Problem(
        "table.unreadable",
        say("{name} cannot be read as a Parquet file: it is damaged, encrypted or of another kind.", name=path.name),
        say("Copy it again from where it came, or save the table as CSV (UTF-8) or XLSX."),
    )


@contextmanager
def guarded(path: Path) -> Iterator[None]:
    """What the reader throws over a damaged file, as a Problem. Its panics are no `Exception`."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError, Problem):
        raise
    except BaseException as error:
        raise unreadable(path) from error


@contextmanager
def quiet() -> Iterator[None]:
    """Keep the reader's own report of a panic off the error stream."""
    try:
        kept = os.dup(2)
    except OSError:
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def grid(path: Path) -> Grid:
    """A whole file as a sheet whose first row is the headings, for tables of ordinary size."""
    source = open_file(path)
    rows: list[tuple[CellValue, ...]] = [source.names]
    for block in source.blocks():
        rows += zip(*(one.values() for one in block.values()), strict=True)
    return Grid("", tuple(rows))


def readable(kind: DataType) -> bool:
    """Whether a column of this type has cells that a table can show."""
    from arro3.core import DataType as Type

    if Type.is_dictionary(kind):
        inner = kind.value_type
        return inner is not None and readable(inner)
    return numeric(kind) or texty(kind) or Type.is_null(kind) or Type.is_boolean(kind) or Type.is_temporal(kind)


def numeric(kind: DataType) -> bool:
    from arro3.core import DataType as Type

    return Type.is_integer(kind) or Type.is_floating(kind) or Type.is_decimal(kind)


def texty(kind: DataType) -> bool:
    from arro3.core import DataType as Type

    return Type.is_string(kind) or Type.is_large_string(kind) or Type.is_string_view(kind)


def told(kind: DataType) -> str:
    """A type as its own library writes it."""
    return repr(kind).strip().removeprefix("arro3.core.DataType<").removesuffix(">")[:60]


def column(values: Array) -> Column:
    """An array of any readable type."""
    import numpy as np
    from arro3.core import DataType as Type
    from arro3.core import dictionary_dictionary, dictionary_indices

    kind = values.type
    if Type.is_dictionary(kind) and kind.value_type is not None:
        kind = kind.value_type
        values = values.cast(kind)
    if Type.is_null(kind):
        return Column(np.full(len(values), np.nan))
    if numeric(kind):
        return Column(floats(values if Type.is_float64(kind) else values.cast(Type.float64())))
    if Type.is_boolean(kind):
        truth = floats(values.cast(Type.float64()))
        return Column(None, (False, True), np.where(np.isnan(truth), -1, truth).astype(np.int64))
    if not Type.is_string(kind):
        values = values.cast(Type.string())
    coded = values.cast(Type.dictionary(Type.int32(), Type.string()))
    places = floats(dictionary_indices(coded).cast(Type.float64()))
    which = np.where(np.isnan(places), -1, places).astype(np.int64)
    words = [None if one is None else one.strip() or None for one in dictionary_dictionary(coded).to_pylist()]
    return Column(None, tuple(words), which)


class _CArray(ctypes.Structure):
    """An array in the C data interface of Arrow."""

    _fields_ = (
        ("length", ctypes.c_int64),
        ("null_count", ctypes.c_int64),
        ("offset", ctypes.c_int64),
        ("n_buffers", ctypes.c_int64),
        ("n_children", ctypes.c_int64),
        ("buffers", ctypes.POINTER(ctypes.c_void_p)),
        ("children", ctypes.c_void_p),
        ("dictionary", ctypes.c_void_p),
        ("release", ctypes.c_void_p),
        ("private_data", ctypes.c_void_p),
    )


def floats(values: Array) -> Floats:
    """An array of float64 as numpy, NaN for nulls; a copy."""
    import numpy as np

    if not values.null_count:
        return np.array(values.to_numpy(), dtype=np.float64)
    capsule = values.__arrow_c_array__()[1]
    pointer = ctypes.pythonapi.PyCapsule_GetPointer
    pointer.restype, pointer.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
    found = _CArray.from_address(pointer(capsule, b"arrow_array"))
    size = found.offset + found.length
    data = np.frombuffer((ctypes.c_double * size).from_address(found.buffers[1] or 0), dtype=np.float64)
    bits = np.frombuffer((ctypes.c_uint8 * ((size + 7) // 8)).from_address(found.buffers[0] or 0), dtype=np.uint8)
    known = np.unpackbits(bits, bitorder="little")[found.offset : size].view(np.bool_)
    return np.where(known, data[found.offset :], np.nan)


Series = Mapping[str, "Sequence[str | None] | Floats | Wholes"]


def write(path: Path, kinds: Mapping[str, str], blocks: Iterator[Series]) -> None:
    """Write blocks of columns as they come. `kinds` says of each column "text", "number" or "whole"; NaN and None
    become nulls. Raises OSError where nothing can be written."""
    from arro3.core import DataType as Type
    from arro3.core import Field as ArrowField
    from arro3.core import RecordBatchReader as Reader
    from arro3.core import Schema as ArrowSchema
    from arro3.io import write_parquet

    types = {"text": Type.string(), "number": Type.float64(), "whole": Type.int64()}
    fields: list[Field] = [ArrowField(name, types[kind], nullable=True) for name, kind in kinds.items()]
    schema = ArrowSchema(fields)

    def batches() -> Iterator[RecordBatch]:
        for block in blocks:
            yield batch(schema, kinds, block)

    with path.open("wb") as stream:
        write_parquet(
            Reader.from_batches(schema, batches()), stream, compression="snappy", max_row_group_size=ROW_GROUP
        )


def batch(schema: Schema, kinds: Mapping[str, str], block: Series) -> RecordBatch:
    """One block as a record batch."""
    import numpy as np
    from arro3.core import Array as ArrowArray
    from arro3.core import DataType as Type
    from arro3.core import RecordBatch as Batch

    made: list[Any] = []
    for name, kind in kinds.items():
        values = block[name]
        if kind == "text":
            made.append(ArrowArray([value or None for value in values], type=Type.string()))
            continue
        array = np.asarray(values, dtype=np.float64)
        gaps = np.isnan(array)
        if not gaps.any():
            made.append(ArrowArray.from_numpy(np.ascontiguousarray(array if kind == "number" else array.astype("i8"))))
        elif kind == "number":
            made.append(nullable(array, gaps))
        else:
            made.append(nullable(array, gaps).cast(Type.int64()))
    return Batch(made, schema=schema)


def nullable(array: Floats, gaps: NDArray[np.bool_]) -> Array:
    """A column of numbers with nulls where the gaps are."""
    from arro3.core import Array as ArrowArray
    from arro3.core import DataType as Type

    listed = array.tolist()
    for place in gaps.nonzero()[0].tolist():
        listed[place] = None
    return ArrowArray(listed, type=Type.float64())
