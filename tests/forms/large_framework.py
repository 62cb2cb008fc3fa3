"""A framework of 1,500 indicators on six tiers, made by rule: ten dimensions, ten parts each, fifteen items each."""

from __future__ import annotations

TIERS = ("部", "省", "市", "县", "乡", "村")
KINDS = ("level", "yesno", "number", "multi", "level")


def sources(dimensions: int = 10, parts: int = 10, items: int = 15) -> dict[str, str]:
    """The files of the framework: one per dimension."""
    names = [f"d{number}.toml" for number in range(dimensions)]
    main = [
        'code = "large"',
        'language = "zh"',
        'title = { zh = "大框架", en = "Large framework" }',
        f"files = {names!r}".replace("'", '"'),
        "tiers = ["
        + ", ".join(f'{{ key = "{key}", en = "tier {place}" }}' for place, key in enumerate(TIERS, 1))
        + "]",
    ]
    found = {"framework.toml": "\n".join(main) + "\n" + stages()}
    for number, name in enumerate(names):
        found[name] = dimension(number, parts, items)
    return found


def stages() -> str:
    bands = ((1, 0, 40, "一级"), (2, 40, 60, "二级"), (3, 60, 80, "三级"), (4, 80, 100, "四级"))
    rows = [
        f'[[stage]]\nlevel = {level}\nmin = {low}\nmax = {high}\nzh = "{name}"\nen = "stage {level}"\n'
        + ("max_inclusive = true\n" if high == 100 else "")
        for level, low, high, name in bands
    ]
    return "\n".join(rows)


def dimension(number: int, parts: int, items: int) -> str:
    text = [f'[dimension]\ncode = "D{number}"\nname = {{ zh = "第{number + 1}维度", en = "Dimension {number + 1}" }}\n']
    for part in range(parts):
        code = f"D{number}{chr(97 + part)}"
        text.append(f'[[sub]]\ncode = "{code}"\nname = {{ zh = "第{part + 1}部分", en = "Part {part + 1}" }}\n')
        text += [indicator(f"{code}.{item + 1}", KINDS[item % len(KINDS)]) for item in range(items)]
    return "\n".join(text)


def indicator(code: str, kind: str) -> str:
    rows = [
        f'[[indicator]]\ncode = "{code}"\nkind = "{kind}"',
        f'name = {{ zh = "{code}治理事项", en = "Matter {code}" }}',
        f'question = {{ zh = "本地{code}这件事办得怎么样？", en = "How does {code} stand here?" }}',
        'evidence = { zh = ["文件", "台账"], en = ["document", "register"] }',
    ]
    if kind == "level":
        rows += [
            f'[[indicator.level]]\nlevel = {level}\nzh = "做到第{level}步；有记录"\nen = "Step {level}; on record"'
            for level in range(6)
        ]
    elif kind == "number":
        rows.append('number = { zero = 0, full = 100, unit = { zh = "件", en = "cases" } }')
    elif kind == "multi":
        rows += [f'[[indicator.option]]\nkey = "{key}"\nzh = "做法{key}"\nen = "Way {key}"' for key in "abcdef"]
    return "\n".join(rows) + "\n"
