"""The same small table in every format."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
from arro3.core import Array, DataType, Field, RecordBatch, RecordBatchReader, Schema, list_array
from arro3.io import write_parquet

TYPES = {
    "text": DataType.string(),
    "large": DataType.large_string(),
    "number": DataType.float64(),
    "single": DataType.float32(),
    "whole": DataType.int64(),
    "small": DataType.uint8(),
    "flag": DataType.bool(),
}


def parquet(path: Path, columns: dict[str, tuple[str, list[Any]]], pieces: int = 1) -> Path:
    """A Parquet file from columns of (type, values); `pieces` row groups handed over one after the other."""
    arrays = {name: array(kind, values) for name, (kind, values) in columns.items()}
    schema = Schema([Field(name, one.type) for name, one in arrays.items()])
    whole = RecordBatch(list(arrays.values()), schema=schema)
    step = max(1, -(-whole.num_rows // pieces))
    parts = [whole.slice(start, min(step, whole.num_rows - start)) for start in range(0, whole.num_rows, step)]
    write_parquet(RecordBatchReader.from_batches(schema, parts), str(path))
    return path


def array(kind: str, values: list[Any]) -> Array:
    if kind == "dictionary":
        return Array(values, type=DataType.string()).cast(DataType.dictionary(DataType.int32(), DataType.string()))
    if kind == "decimal":
        plain = Array([None if one is None else float(one) for one in values], type=DataType.float64())
        return plain.cast(DataType.decimal128(12, 3))
    if kind == "list":
        ends = np.cumsum([0, *map(len, values)]).astype(np.int32)
        inner = np.array([one for each in values for one in each], dtype=np.int64)
        return list_array(Array.from_numpy(ends), Array.from_numpy(inner))
    return Array(values, type=TYPES[kind])


def text_table(path: Path, columns: dict[str, tuple[str, list[Any]]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(columns)
        writer.writerows(zip(*(map(written, values) for _, values in columns.values()), strict=True))
    return path


def written(value: object) -> object:
    if isinstance(value, float | Decimal):
        return f"{float(value):.17g}"
    return "" if value is None else str(value).upper() if isinstance(value, bool) else value


def workbook(path: Path, columns: dict[str, tuple[str, list[Any]]]) -> Path:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(list(columns))
    for row in zip(*(values for _, values in columns.values()), strict=True):
        book.active.append([float(one) if isinstance(one, Decimal) else one for one in row])
    for column in book.active.iter_cols(min_row=2):
        for cell in column:
            if isinstance(cell.value, str):
                cell.data_type = "s"
    book.save(path)
    return path
