#!/bin/bash
# baton methods: what the engine can do, from its own tables.
. "$ROOT/tests/cli/lib.sh"

t "all of them"
baton methods
exits 0
quiet
prints "  range         low + (high - low) · (x - lo) / (hi - lo)"
prints "  yoy(x) "
prints "Functions over time"
prints "  elapsed "
baton methods --lang zh
exits 0
prints "时间函数"

t "one in full"
baton methods target
exits 0
prints "target (method)"
prints "start_at    share; default: none."
prints "floor       number; default 0."
prints "target (name)"
prints_not "range"
baton methods target --lang zh
prints "target（评分方法）"
prints "来源"

t "as JSON"
baton methods --format json
exits 0
holds python3 - <<'PYTHON'
import json
table = json.load(open("out", encoding="utf-8"))
assert [m["name"] for m in table["methods"]][:2] == ["range", "zscore"] and len(table["methods"]) == 13
assert {p["name"] for p in table["parameters"]} == {"over", "ties", "floor", "cap"}
yoy = next(f for f in table["functions"] if f["name"] == "yoy")
assert yoy["kind"] == "time" and yoy["example"] == "yoy(gdp)" and yoy["value"] == "0.25" and "elements" in yoy["places"]
assert all(f["is"]["zh"] and f["is"]["en"] for f in table["functions"])
PYTHON
baton methods --format json zscore
holds python3 -c 'import json; t = json.load(open("out")); assert [m["name"] for m in t["methods"]] == ["zscore"] and not t["functions"]'

t "as Markdown"
baton methods --format markdown
exits 0
prints "### range"
prints '| `low` | number | 0 | score of the worst figure |'
prints '`rank(gdp, where: people > 2)` = 1'
baton methods --format markdown --lang zh
prints "## 评分方法"
