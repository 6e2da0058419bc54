/* Names as offices write them, compared with those of a scheme: what does not matter is left out on both sides, and then they are
 * equal or they are not. Similarity is only for telling a person what may be meant. */
#include "base/text.h"
#include "package/guess_parts.h"
#include "package/package.h"
#include <math.h>

#define SEVERAL (UINT32_MAX - 1)
enum { PAIRS_MOST = 64 };

struct guess_names {
    struct baton_arena *arena;
    const struct baton_scheme *scheme;
    struct hash whole, stem; /* from a unit's name, from that without its ending; SEVERAL */
    struct hash measures;    /* those of the scheme */
};

/* Longer endings before those that they end with. */
static const char *const endings[] = {
    "街道办事处", "办事处", "自治县", "委员会", "街道", "市", "县",
    "区",         "镇",     "乡",     "局",     "委",   "办", "厅",
};

/* Words that leave a name what it is. */
static const char *const neutral[] = {
    "自年初累计", "年初累计", "本年累计", "累计完成", "完成情况", "实际完成", "完成数", "完成值",
    "完成额",     "累计数",   "累计值",   "实际值",   "指标值",   "绝对额",   "绝对值", "绝对量",
    "本期数",     "累计",     "完成",     "实绩",     "数值",     "本期",
};

static const char *const totals[] = {
    "合计",   "总计", "小计",     "全市合计", "全市",  "全区", "全县",    "全省", "平均",
    "平均值", "均值", "全市平均", "总数",     "total", "sum",  "average", "mean", "all",
};

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Without spaces, half-width, in small letters. */
static char *bare(struct baton_arena *arena, const char *text) {
    const char *normal = mapping_normal(arena, text, true);
    char *copy = arena_text(arena, normal, strlen(normal));
    for (char *at = copy; *at != '\0'; at++)
        *at = lower(*at);
    return copy;
}

static bool starts_with(const char *text, const char *start) {
    return strncmp(text, start, strlen(start)) == 0;
}

static bool ends_with(const char *text, const char *end) {
    const size_t size = strlen(text), tail = strlen(end);
    return size >= tail && strcmp(text + size - tail, end) == 0;
}

/* ---- Units */

static void add_name(struct guess_names *names, struct hash *hash, const char *text,
                     uint32_t unit) {
    if (text[0] == '\0')
        return;
    const uint32_t has = hash_find(hash, text, strlen(text));
    if (has == HASH_NONE) {
        hash_add(names->arena, hash, text, strlen(text), unit);
    } else if (has != unit && has != SEVERAL) {
        for (size_t i = 0; i < hash->count; i++)
            if (hash->key[i].size == strlen(text) &&
                memcmp(hash->key[i].text, text, strlen(text)) == 0)
                hash->key[i].value = SEVERAL;
    }
}

/* "东城" of "东城区"; "" where less than two characters would be left. */
static const char *stem_of(struct baton_arena *arena, const char *name) {
    for (size_t i = 0; i < LENGTH(endings); i++) {
        if (!ends_with(name, endings[i]))
            continue;
        const size_t left = strlen(name) - strlen(endings[i]);
        return text_length(name, left) < 2 ? "" : arena_text(arena, name, left);
    }
    return name;
}

static void add_unit(struct guess_names *names, uint32_t unit) {
    const struct baton_unit *as = &names->scheme->unit[unit];
    const char *const given[] = {as->id, as->name.zh, as->name.en};
    for (size_t i = 0; i < LENGTH(given); i++) {
        if (given[i] == NULL)
            continue;
        const char *name = bare(names->arena, given[i]);
        add_name(names, &names->whole, name, unit);
        add_name(names, &names->stem, stem_of(names->arena, name), unit);
    }
}

struct guess_names *guess_names_open(struct baton_arena *arena, struct baton_package *package) {
    struct guess_names *names = arena_alloc(arena, 1, sizeof *names);
    names->arena = arena;
    names->scheme = &package->scheme;
    for (uint32_t u = 0; u < names->scheme->unit_count; u++)
        add_unit(names, u);
    for (uint32_t n = 1; n < names->scheme->node_count; n++) {
        const char *measure = names->scheme->node[n].measure;
        if (measure != NULL) {
            measure = bare(arena, measure);
            hash_add(arena, &names->measures, measure, strlen(measure), 1);
        }
    }
    return names;
}

/* "3.", "三、", "（3）" before a name. */
static const char *behind_number(const char *text) {
    static const char *const digits[] = {"一", "二", "三", "四", "五",
                                         "六", "七", "八", "九", "十"};
    const char *at = text[0] == '(' ? text + 1 : text;
    const char *const first = at;
    for (bool more = true; more;) {
        more = *at >= '0' && *at <= '9';
        at += more;
        for (size_t i = 0; !more && i < LENGTH(digits); i++)
            if (starts_with(at, digits[i])) {
                at += strlen(digits[i]);
                more = true;
            }
    }
    if (at == first)
        return text;
    if (text[0] == '(')
        return *at == ')' ? at + 1 : text;
    if (starts_with(at, "、"))
        return at + strlen("、");
    return *at == '.' && !(at[1] >= '0' && at[1] <= '9') ? at + 1 : text;
}

static uint32_t find_name(const struct hash *hash, const char *text) {
    const uint32_t unit = hash_find(hash, text, strlen(text));
    return unit == HASH_NONE || unit == SEVERAL ? BATON_NONE : unit;
}

/* The name behind that of a city: "苏城市东城区". */
static uint32_t find_behind(const struct guess_names *names, const char *text) {
    static const char *const above[] = {"市", "省", "县"};
    for (const char *at = text; *at != '\0'; at++)
        for (size_t i = 0; i < LENGTH(above); i++)
            if (starts_with(at, above[i]) && at > text && at[strlen(above[i])] != '\0') {
                const uint32_t unit = find_name(&names->whole, at + strlen(above[i]));
                if (unit != BATON_NONE)
                    return unit;
            }
    return BATON_NONE;
}

uint32_t guess_unit(const struct guess_names *names, const char *text, bool *by_name) {
    const struct arena_mark mark = arena_mark(names->arena);
    const char *name = bare(names->arena, text);
    uint32_t unit = find_name(&names->whole, name);
    const char *loose = mapping_normal(names->arena, text, true);
    *by_name = unit != BATON_NONE && strcmp(loose, name) == 0;
    if (unit == BATON_NONE && hash_find(&names->whole, name, strlen(name)) == HASH_NONE) {
        name = behind_number(name);
        unit = find_name(&names->whole, name);
        if (unit == BATON_NONE)
            unit = find_name(&names->stem, name);
        if (unit == BATON_NONE)
            unit = find_behind(names, name);
    }
    arena_reset_to(names->arena, mark);
    return unit;
}

bool guess_is_total(struct baton_arena *arena, const char *text) {
    const char *name = bare(arena, text);
    for (size_t i = 0; i < LENGTH(totals); i++)
        if (strcmp(name, totals[i]) == 0)
            return true;
    return false;
}

/* ---- Measures */

/* Takes the words for powers of ten from the front: 万, 亿, 千. */
static const char *behind_powers(const char *measure, int *power) {
    static const struct {
        const char *word;
        int power;
    } words[] = {{"十", 1}, {"百", 2}, {"千", 3}, {"万", 4}, {"亿", 8}};
    *power = 0;
    for (size_t i = 0; i < LENGTH(words); i++)
        if (starts_with(measure, words[i].word) && measure[strlen(words[i].word)] != '\0' &&
            !starts_with(measure, "百分")) {
            *power += words[i].power;
            measure += strlen(words[i].word);
            i = (size_t)-1;
        }
    return measure;
}

/* Measures without their powers. */
static const char *const measures[] = {
    "元",     "美元",     "人",          "人次",    "户",       "家",        "个",
    "件",     "起",       "次",          "例",      "吨",       "吨标准煤",  "公斤",
    "克",     "亩",       "公顷",        "平方米",  "平方公里", "立方米",    "公里",
    "米",     "瓦时",     "瓦",          "度",      "辆",       "台",        "套",
    "间",     "床",       "张",          "分",      "天",       "日",        "名",
    "位",     "所",       "项",          "条",      "篇",       "%",         "‰",
    "百分点", "个百分点", "微克/立方米", "毫克/升", "元/人",    "元/平方米", "小时",
};

bool guess_is_measure(const struct guess_names *names, const char *text) {
    int power;
    const char *name = bare(names->arena, text);
    if (hash_find(&names->measures, name, strlen(name)) != HASH_NONE)
        return strcmp(name, "1") != 0;
    const char *base = behind_powers(name, &power);
    for (size_t i = 0; i < LENGTH(measures); i++)
        if (strcmp(base, measures[i]) == 0)
            return true;
    return false;
}

bool guess_measure_power(const char *from, const char *to, int *power) {
    int a, b;
    if (strcmp(from, "%") == 0 && strcmp(to, "1") == 0) {
        *power = -2;
        return true;
    }
    if (strcmp(from, "‰") == 0 && strcmp(to, "%") == 0) {
        *power = -1;
        return true;
    }
    const char *base_a = behind_powers(from, &a), *base_b = behind_powers(to, &b);
    *power = a - b;
    return strcmp(base_a, base_b) == 0;
}

/* ---- Names of elements */

/* The parts of what stands in brackets: measures go to *measure, neutral words go, the rest is kept. False = nothing is kept. */
static bool keep_bracket(const struct guess_names *names, const char *text, size_t size,
                         const char **measure, char *out, size_t *used) {
    static const char *const separators[] = {",", ";", "、"};
    const size_t before = *used;
    for (size_t at = 0; at <= size;) {
        size_t end = at;
        size_t step = 1;
        for (bool found = false; end < size && !found;) {
            for (size_t i = 0; i < LENGTH(separators) && !found; i++)
                if (starts_with(text + end, separators[i])) {
                    found = true;
                    step = strlen(separators[i]);
                }
            end += !found;
        }
        char *part = arena_text(names->arena, text + at, end - at);
        if (starts_with(part, "单位:"))
            part += strlen("单位:");
        bool is_neutral = part[0] == '\0';
        for (size_t i = 0; i < LENGTH(neutral); i++)
            is_neutral = is_neutral || strcmp(part, neutral[i]) == 0;
        if (!is_neutral && measure != NULL && guess_is_measure(names, part)) {
            *measure = part;
        } else if (!is_neutral && !guess_is_measure(names, part)) {
            memcpy(out + *used, part, strlen(part));
            *used += strlen(part);
        }
        at = end + step;
    }
    return *used > before;
}

static void drop_neutral(char *text) {
    for (size_t i = 0; i < LENGTH(neutral); i++) {
        const size_t size = strlen(neutral[i]);
        if (starts_with(text, neutral[i]))
            memmove(text, text + size, strlen(text + size) + 1);
        if (ends_with(text, neutral[i]))
            text[strlen(text) - size] = '\0';
    }
}

const char *guess_plain(const struct guess_names *names, const char *text, const char **measure) {
    const char *name = behind_number(bare(names->arena, text));
    char *out = arena_alloc(names->arena, strlen(name) + 1, 1);
    size_t used = 0;
    for (const char *at = name; *at != '\0';) {
        const char *end = *at == '(' ? strchr(at, ')') : NULL;
        if (end == NULL) {
            out[used++] = *at++;
            continue;
        }
        keep_bracket(names, at + 1, (size_t)(end - at - 1), measure, out, &used);
        at = end + 1;
    }
    out[used] = '\0';
    drop_neutral(out);
    return out;
}

/* ---- Similarity */

struct pairs {
    uint32_t first[PAIRS_MOST], second[PAIRS_MOST];
    uint32_t count;
};

static void take_pairs(const char *text, struct pairs *out) {
    uint32_t last = 0;
    out->count = 0;
    for (size_t at = 0, size = strlen(text); at < size && out->count < PAIRS_MOST;) {
        uint32_t point;
        const size_t taken = text_decode(text + at, size - at, &point);
        at += taken == 0 ? 1 : taken;
        out->first[out->count] = last;
        out->second[out->count++] = last = point;
    }
}

double guess_alike(const char *a, const char *b) {
    struct pairs x, y;
    uint32_t common = 0;
    take_pairs(a, &x);
    take_pairs(b, &y);
    if (x.count + y.count == 0)
        return 0;
    for (uint32_t i = 0; i < x.count; i++)
        for (uint32_t k = 0; k < y.count; k++)
            if (x.first[i] == y.first[k] && x.second[i] == y.second[k]) {
                y.second[k] = UINT32_MAX;
                common++;
                break;
            }
    return 2.0 * common / (x.count + y.count);
}
