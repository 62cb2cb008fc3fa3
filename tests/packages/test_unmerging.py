"""Taking back on the command line: the list, by number or name, and counting again."""

from __future__ import annotations

from assess.assessment import Assessment
from tests.packages.conftest import OFFICE, filled, issued
from tests.packages.test_returns import paths


def test_a_merge_is_listed_taken_back_and_counted_again(master, folder, clock, said, told):
    document = master()
    path, files = document.path, paths(issued(document, folder))
    returns = [filled(files[name], folder, clock) for name in ("市公安局", "市委网信办")]
    document.close()
    assert told("unmerge", path) == {"files": []}
    code, out, _ = said("unmerge", path)
    assert (code, "尚未合并任何文件" in out) == (0, True)
    merged = told("merge", path, *returns)
    listed = told("unmerge", path)["files"]
    assert [one["file"] for one in listed] == [one.name for one in returns]
    assert [one["unit"] for one in listed] == ["市公安局", "市委网信办"]
    done = told("unmerge", path, "1", "--name", "张三")
    assert done["files"][0]["file"] == returns[0].name
    assert {item for item, _ in done["cells"]} >= set(listed[0]["items"])
    code, out, _ = said("unmerge", path)
    assert "已于" in out
    assert "张三" in out
    assert {one["unit"]: one["answered"] for one in told("returns", path)["units"]}["市公安局"] == 0
    again = told("merge", path, *returns)
    assert [one["state"] for one in again["files"]] == ["left_out", "again"]
    code, out, _ = said("merge", path, returns[0])
    assert "--again" in out
    assert told("unmerge", path, returns[0].name, "--again")["files"][0]["taken_back"] == ""
    assert told("unmerge", path, "--last")["files"][0]["file"] == returns[1].name
    code, _, err = said("unmerge", path, "没有这一份.zhd")
    assert code == 1
    assert "没有这一份.zhd" in err
    assert merged["events"] > 0


def test_merge_and_returns_count_conflicts_alike_covers_too(master, folder, clock, told):
    document = master()
    path, files = document.path, paths(issued(document, folder))
    document.close()
    with Assessment.open(files["市公安局"], author=OFFICE, now=clock) as package:
        package.set_cover(filler="李四")
    second = folder / "第二份.zhd"
    second.write_bytes(files["市公安局"].read_bytes())
    one = filled(files["市公安局"], folder, clock, level=2)
    for opened, who in ((files["市公安局"], "李四甲"), (second, "王五乙")):
        with Assessment.open(opened, author=OFFICE, now=clock) as package:
            if package.standing.closed:
                package.reopen("更正封面")
            package.set_cover(filler=who)
    one = filled(files["市公安局"], folder, clock, level=3, name="李四甲")
    two = filled(second, folder, clock, level=3, name="王五乙")
    merged = told("merge", path, one, two)
    assert any(item.startswith("@cover/") for item, _ in merged["conflicts"])
    listed = told("returns", path)
    assert merged["conflicts_open"] == listed["conflicts"] == len(listed["conflicting"])
    assert len(merged["conflicts"]) == listed["conflicts"]


def test_a_merge_says_whether_anything_of_it_is_in(master, folder, clock, said):
    document = master()
    path, files = document.path, paths(issued(document, folder))
    good = filled(files["市公安局"], folder, clock)
    bad = folder / "空.zhd"
    bad.write_bytes(b"")
    document.close()
    code, _, err = said("merge", path, bad)
    assert code == 1
    assert "本文件没有改动" in err
    code, _, err = said("merge", path, bad, good)
    assert code == 1
    assert "本文件没有改动" not in err
