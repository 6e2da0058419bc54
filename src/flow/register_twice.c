/* Elements are taken together with all their figures. Candidates are pairs that fall into one bucket: of the same id, the same name, the same source (there names are compared, pair by pair), or the same digits for one unit and period. Each candidate is then
 * looked at once: of how many units both ask, and how many of their numbers agree. */
#include "flow/register_twice.h"
#include "base/hash.h"
#include "base/text.h"
#include "baton/number.h"
#include "engine/session.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* An element of an assessment. */
struct item {
    uint32_t source, element;
    const struct register_figure *first;
    uint64_t *units; /* a bit for each of all units */
    uint32_t *index; /* [all units] of the unit in the scheme; BATON_NONE = it is not asked of it */
    struct baton_period last;                       /* of its figures; kind NONE = none */
    struct baton_column column[TWICE_PERIODS_MOST]; /* the newest first; value NULL = none */
    const char *name[2];                            /* as compared; "" = none of its own */
    const char *base;                               /* of its measure */
    int scale;
};

struct candidate {
    uint32_t a, b; /* items, a < b */
    unsigned evidence;
    uint32_t hits; /* points at which the digits are the same */
};

struct making {
    struct baton_arena *arena;
    const struct figure_register *of;
    struct hash unit; /* ids to numbers */
    struct item *item;
    size_t items, item_capacity;
    struct hash pair;
    struct candidate *candidate;
    size_t candidates, candidate_capacity;
    struct twice *out;
    size_t count, capacity;
};

/* ---- Names and measures. */

static bool is_dropped(uint32_t point) {
    static const uint32_t dropped[] = {'(',    ')',    '[',    ']',    '{',    '}',    '<',
                                       '>',    '"',    '\'',   ',',    '.',    ';',    ':',
                                       '-',    '_',    '/',    '*',    0x00B7, 0x2014, 0x2018,
                                       0x2019, 0x201C, 0x201D, 0x3001, 0x3002, 0x3008, 0x3009,
                                       0x300A, 0x300B, 0x3010, 0x3011, 0x3014, 0x3015};
    for (size_t i = 0; i < LENGTH(dropped); i++)
        if (dropped[i] == point)
            return true;
    return text_is_space(point) || point == 0x3000;
}

/* Full-width characters become those of half the width, capitals small. */
static uint32_t plain_of(uint32_t point) {
    if (point >= 0xFF01 && point <= 0xFF5E)
        point -= 0xFEE0;
    return point >= 'A' && point <= 'Z' ? point + ('a' - 'A') : point;
}

static bool opens(uint32_t point) {
    return point == '(' || point == '[' || point == 0x3010 || point == 0x3014;
}

static bool closes(uint32_t point) {
    return point == ')' || point == ']' || point == 0x3011 || point == 0x3015;
}

/* Without brackets and spaces; *bracket gets where the last bracket began, SIZE_MAX = there is none at the end. */
static char *plain_text(struct baton_arena *arena, const char *text, size_t *bracket) {
    const size_t size = strlen(text);
    char *const out = arena_alloc(arena, size + 4, 1);
    size_t used = 0, began = SIZE_MAX;
    uint32_t point;
    *bracket = SIZE_MAX;
    for (size_t at = 0, step; at < size; at += step) {
        char bytes[4];
        step = text_decode(text + at, size - at, &point);
        if (step == 0)
            break;
        point = plain_of(point);
        if (opens(point))
            began = used;
        *bracket = closes(point) ? began : is_dropped(point) ? *bracket : SIZE_MAX;
        if (is_dropped(point))
            continue;
        const size_t wide = text_encode(point, bytes);
        memcpy(out + used, bytes, wide);
        used += wide;
    }
    out[used] = '\0';
    return out;
}

int twice_measure(struct baton_arena *arena, const char *measure, const char **base) {
    static const struct {
        const char *word;
        int power;
    } scales[] = {{"十", 1}, {"百", 2}, {"千", 3}, {"万", 4}, {"亿", 8}};
    size_t bracket;
    const char *text = plain_text(arena, measure == NULL ? "" : measure, &bracket);
    int power = 0;
    for (size_t i = 0; i < LENGTH(scales);) {
        const size_t size = strlen(scales[i].word);
        if (strncmp(text, scales[i].word, size) == 0 && text[size] != '\0') {
            power += scales[i].power;
            text += size;
            i = 0;
        } else {
            i++;
        }
    }
    *base = text;
    return power;
}

const char *twice_name(struct baton_arena *arena, const char *name, const char *measure) {
    const char *base[2];
    size_t bracket;
    char *const text = plain_text(arena, name, &bracket);
    if (bracket == SIZE_MAX || bracket == 0)
        return text;
    const char *const inner = arena_text(arena, text + bracket, strlen(text + bracket));
    const int scale = twice_measure(arena, inner, &base[0]);
    (void)twice_measure(arena, measure, &base[1]);
    if (scale > 0 || (base[1][0] != '\0' && strcmp(base[0], base[1]) == 0) ||
        strcmp(inner, "%") == 0)
        text[bracket] = '\0';
    return text;
}

static size_t points_of(const char *text, uint32_t *point, size_t most) {
    const size_t size = strlen(text);
    size_t count = 0;
    for (size_t at = 0, step; at < size && count < most; at += step) {
        step = text_decode(text + at, size - at, &point[count++]);
        if (step == 0)
            return count - 1;
    }
    return count;
}

double twice_similar(const char *a, const char *b) {
    enum { POINTS = 64 };
    uint32_t left[POINTS], right[POINTS];
    bool used[POINTS] = {false};
    const size_t n = points_of(a, left, POINTS), m = points_of(b, right, POINTS);
    size_t both = 0;
    if (n < 2 || m < 2)
        return n == m && n == 1 && left[0] == right[0] ? 1 : 0;
    for (size_t i = 0; i + 1 < n; i++)
        for (size_t k = 0; k + 1 < m; k++)
            if (!used[k] && left[i] == right[k] && left[i + 1] == right[k + 1]) {
                used[k] = true;
                both++;
                break;
            }
    return 2.0 * (double)both / (double)(n + m - 2);
}

/* ---- Items. */

static uint32_t unit_number(struct making *m, const char *id) {
    return hash_add(m->arena, &m->unit, id, strlen(id), (uint32_t)m->unit.count);
}

static void number_units(struct making *m) {
    for (size_t i = 0; i < m->of->count; i++)
        unit_number(m, m->of->figure[i].as->unit);
}

static struct baton_period last_of(const struct baton_session *session, uint32_t element) {
    const struct baton_facts *const facts = session->facts;
    if (facts == NULL || element >= session->reported)
        return (struct baton_period){0};
    return facts->element_last != NULL ? facts->element_last[element] : facts->last;
}

static void describe(struct making *m, struct item *item) {
    const struct baton_session *const session = m->of->source[item->source].session;
    const char *const measure = item->first->as->measure;
    for (int l = 0; l < 2; l++)
        item->name[l] =
            register_is_own_name(m->of, item->first)
                ? twice_name(m->arena,
                             register_name(m->of, item->first, l == 0 ? BATON_EN : BATON_ZH),
                             measure)
                : "";
    item->scale = twice_measure(m->arena, measure, &item->base);
    item->last = last_of(session, item->element);
    for (int32_t p = 0; p < TWICE_PERIODS_MOST && item->last.kind != BATON_PERIOD_NONE; p++) {
        const struct baton_period period = baton_period_shift(item->last, -p);
        struct baton_column column;
        if (period.kind != BATON_PERIOD_NONE &&
            figures_reported(session, item->element, period, &column))
            item->column[p] = column;
    }
}

static void add_items(struct making *m) {
    const size_t words = (m->unit.count + 63) / 64;
    for (size_t s = 0; s < m->of->source_count; s++) {
        const uint32_t elements = m->of->expected[s].scheme->element_count;
        uint32_t *const at = arena_alloc(m->arena, elements, sizeof *at); /* and 1 */
        for (size_t i = m->of->first[s]; i < m->of->first[s + 1]; i++) {
            const struct register_figure *const figure = &m->of->figure[i];
            const uint32_t element = figure->as->element_index;
            if (at[element] == 0) {
                struct item *const item = ARRAY_PUSH(m->arena, m->item, m->items, m->item_capacity);
                *item = (struct item){.source = (uint32_t)s, .element = element, .first = figure};
                item->units = arena_alloc(m->arena, words, sizeof *item->units);
                item->index = arena_alloc(m->arena, m->unit.count, sizeof *item->index);
                memset(item->index, 0xFF, m->unit.count * sizeof *item->index);
                at[element] = (uint32_t)m->items;
                describe(m, item);
            }
            const uint32_t unit = unit_number(m, figure->as->unit);
            m->item[at[element] - 1].units[unit / 64] |= UINT64_C(1) << unit % 64;
            m->item[at[element] - 1].index[unit] = figure->as->unit_index;
        }
    }
}

/* ---- Candidates. */

static struct candidate *candidate(struct making *m, uint32_t a, uint32_t b) {
    const uint32_t low = a < b ? a : b, high = a < b ? b : a;
    const uint32_t key[2] = {low, high};
    uint32_t at = hash_find(&m->pair, (const char *)key, sizeof key);
    if (at == HASH_NONE) {
        at = (uint32_t)m->candidates;
        const char *const own = arena_text(m->arena, (const char *)key, sizeof key);
        hash_add(m->arena, &m->pair, own, sizeof key, at);
        *ARRAY_PUSH(m->arena, m->candidate, m->candidates, m->candidate_capacity) =
            (struct candidate){low, high, 0, 0};
    }
    return &m->candidate[at];
}

/* Items that have a text in common, which is not empty, are paired, each with all that came before. */
struct bucket {
    uint32_t *member;
    size_t count, capacity;
};
struct buckets {
    struct hash text;
    struct bucket *bucket;
    size_t count, capacity;
};

static struct bucket *bucket_of(struct making *m, struct buckets *buckets, const char *text) {
    const uint32_t at =
        hash_add(m->arena, &buckets->text, text, strlen(text), (uint32_t)buckets->count);
    if (at == buckets->count)
        *ARRAY_PUSH(m->arena, buckets->bucket, buckets->count, buckets->capacity) =
            (struct bucket){0};
    return &buckets->bucket[at];
}

static bool measures_agree(const struct item *a, const struct item *b) {
    return a->base[0] == '\0' || b->base[0] == '\0' || strcmp(a->base, b->base) == 0;
}

static bool is_named_alike(const struct item *a, const struct item *b) {
    for (int l = 0; l < 2; l++)
        if (twice_similar(a->name[l], b->name[l]) < 0.6)
            return false; /* in one language alone much is alike: Growth of ... */
    return true;
}

static bool holds(unsigned evidence, const struct item *a, const struct item *b) {
    if (evidence == TWICE_NAME)
        return measures_agree(a, b);
    return evidence != TWICE_SOURCE || (measures_agree(a, b) && is_named_alike(a, b));
}

static bool meet(const struct making *m, uint32_t a, uint32_t b) {
    return register_meet(m->of, m->item[a].source, m->item[b].source);
}

static void pair_up(struct making *m, struct buckets *buckets, const char *text, uint32_t item,
                    unsigned evidence) {
    if (text[0] == '\0')
        return;
    struct bucket *const bucket = bucket_of(m, buckets, text);
    for (size_t i = 0; i < bucket->count; i++)
        if (meet(m, bucket->member[i], item) &&
            holds(evidence, &m->item[bucket->member[i]], &m->item[item]))
            candidate(m, bucket->member[i], item)->evidence |= evidence;
    *ARRAY_PUSH(m->arena, bucket->member, bucket->count, bucket->capacity) = item;
}

static void pair_by_words(struct making *m) {
    struct buckets element = {0}, source = {0}, name[2] = {{{0}, NULL, 0, 0}, {{0}, NULL, 0, 0}};
    for (uint32_t i = 0; i < m->items; i++) {
        const struct item *const item = &m->item[i];
        pair_up(m, &element, item->first->as->element, i, TWICE_ELEMENT);
        pair_up(m, &source, register_origin(m->of, item->first), i, TWICE_SOURCE);
        for (int l = 0; l < 2; l++)
            pair_up(m, &name[l], item->name[l], i, TWICE_NAME);
    }
}

/* ---- Numbers. */

/* A number as digits without zeros at either end, and the power of ten of the last one. */
struct digits {
    uint64_t digits;
    int exponent;
};

static bool digits_of(double number, struct digits *out) {
    char text[BATON_NUMBER_SHORTEST_SIZE];
    if (!isfinite(number) || number == 0)
        return false;
    baton_number_shortest(baton_number_sig12(fabs(number)), text);
    *out = (struct digits){0, 0};
    bool is_behind = false;
    const char *at = text;
    for (; (*at >= '0' && *at <= '9') || *at == '.'; at++) {
        if (*at == '.') {
            is_behind = true;
            continue;
        }
        out->digits = out->digits * 10 + (uint64_t)(*at - '0');
        out->exponent -= is_behind;
    }
    if (*at == 'e')
        out->exponent += (int)strtol(at + 1, NULL, 10);
    while (out->digits != 0 && out->digits % 10 == 0) {
        out->digits /= 10;
        out->exponent++;
    }
    return out->digits != 0;
}

static double number_at(const struct item *item, int32_t p, uint32_t unit) {
    const struct baton_column *const column = &item->column[p];
    return column->value == NULL || item->index[unit] == BATON_NONE
               ? NAN
               : column->value[item->index[unit]];
}

/* A number of one unit. */
struct point {
    uint32_t period;
    uint32_t item;
    uint64_t digits;
};

static int compare_points(const void *left, const void *right) {
    const struct point *const a = left, *const b = right;
    if (a->period != b->period)
        return a->period < b->period ? -1 : 1;
    if (a->digits != b->digits)
        return a->digits < b->digits ? -1 : 1;
    return a->item < b->item ? -1 : a->item > b->item;
}

/* Where very many figures have the same digits in the same period, as 0 or 100 is, that says nothing. */
enum { ALIKE_MOST = 8 };

static void count_run(struct making *m, const struct point *run, size_t count) {
    for (size_t i = 0; i < count && count <= ALIKE_MOST; i++)
        for (size_t k = i + 1; k < count; k++)
            if (meet(m, run[i].item, run[k].item))
                candidate(m, run[i].item, run[k].item)->hits++;
}

static void pair_by_numbers_of(struct making *m, uint32_t unit, struct point *point) {
    size_t count = 0;
    for (uint32_t i = 0; i < m->items; i++)
        for (int32_t p = 0; p < TWICE_PERIODS_MOST; p++) {
            struct digits digits;
            if (digits_of(number_at(&m->item[i], p, unit), &digits))
                point[count++] = (struct point){
                    baton_period_key(baton_period_shift(m->item[i].last, -p)), i, digits.digits};
        }
    qsort(point, count, sizeof *point, compare_points);
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && point[end].period == point[i].period &&
                          point[end].digits == point[i].digits;
             end++)
            continue;
        count_run(m, &point[i], end - i);
    }
}

static void pair_by_numbers(struct making *m) {
    struct point *const point = arena_alloc(m->arena, m->items * TWICE_PERIODS_MOST, sizeof *point);
    for (uint32_t u = 0; u < m->unit.count; u++)
        pair_by_numbers_of(m, u, point);
}

/* What a comparison of two items' numbers gives. */
struct comparison {
    size_t compared, agreeing;
    int shift; /* of those that agree */
    bool varies, has_shift;
    uint64_t digits;
};

static void compare_at(const struct item *a, int32_t p, const struct item *b, int32_t q,
                       uint32_t unit, struct comparison *to) {
    const double left = number_at(a, p, unit), right = number_at(b, q, unit);
    struct digits x, y;
    if (isnan(left) || isnan(right))
        return;
    to->compared++;
    if (!digits_of(left, &x) || !digits_of(right, &y)) {
        to->agreeing += left == right; /* nothing is nothing on any scale */
        return;
    }
    if (x.digits != y.digits || (left < 0) != (right < 0) ||
        (to->has_shift && y.exponent - x.exponent != to->shift))
        return;
    to->varies = to->varies || (to->has_shift && x.digits != to->digits);
    to->has_shift = true;
    to->shift = y.exponent - x.exponent;
    to->digits = x.digits;
    to->agreeing++;
}

static struct comparison compare(const struct making *m, const struct item *a,
                                 const struct item *b) {
    struct comparison out = {0};
    if (a->last.kind != b->last.kind || a->last.kind == BATON_PERIOD_NONE)
        return out;
    const int32_t apart = baton_period_ordinal(a->last) - baton_period_ordinal(b->last);
    for (int32_t p = 0; p < TWICE_PERIODS_MOST; p++) {
        const int32_t q = p - apart; /* a's p-th newest period is b's q-th */
        if (q < 0 || q >= TWICE_PERIODS_MOST)
            continue;
        for (uint32_t u = 0; u < m->unit.count; u++)
            compare_at(a, p, b, q, u, &out);
    }
    return out;
}

/* ---- What is told. */

static bool comes_from(const struct figure_register *of, const struct register_figure *one,
                       const struct register_figure *other) {
    return one->shared != NULL &&
           strcmp(one->shared->from, of->source[other->source].assessment) == 0 &&
           strcmp(one->shared->from_element, other->as->element) == 0;
}

/* Some figure of the element comes from the other. */
static bool is_shared(const struct making *m, const struct item *one, const struct item *other) {
    for (size_t i = m->of->first[one->source]; i < m->of->first[one->source + 1]; i++)
        if (m->of->figure[i].as->element_index == one->element &&
            comes_from(m->of, &m->of->figure[i], other->first))
            return true;
    return false;
}

static enum twice_sure sure_of(unsigned evidence) {
    const bool by_words = (evidence & (TWICE_ELEMENT | TWICE_NAME)) != 0;
    const bool by_numbers = (evidence & TWICE_VALUES) != 0;
    if ((evidence & TWICE_DIFFERS) != 0)
        return TWICE_POSSIBLE;
    return by_words && by_numbers   ? TWICE_CERTAIN
           : by_words || by_numbers ? TWICE_LIKELY
                                    : TWICE_POSSIBLE;
}

/* Of the whole assessment: the one that asks more goes on asking, the other takes it over. */
static size_t figures_of(const struct making *m, uint32_t item) {
    const uint32_t source = m->item[item].source;
    return m->of->first[source + 1] - m->of->first[source];
}

static void tell(struct making *m, const struct candidate *candidate) {
    const bool turns = figures_of(m, candidate->a) < figures_of(m, candidate->b);
    const struct item *const a = &m->item[turns ? candidate->b : candidate->a];
    const struct item *const b = &m->item[turns ? candidate->a : candidate->b];
    const bool by_hits = candidate->hits >= TWICE_PERIODS;
    struct twice twice = {.side = {a->first, b->first}, .evidence = candidate->evidence};
    for (size_t w = 0; w < (m->unit.count + 63) / 64; w++)
        twice.units += (size_t)__builtin_popcountll(a->units[w] & b->units[w]);
    if (twice.units == 0 || (candidate->evidence == 0 && !by_hits))
        return;
    const struct comparison numbers = compare(m, a, b);
    if (numbers.agreeing >= TWICE_PERIODS && numbers.varies &&
        10 * numbers.agreeing >= 9 * numbers.compared)
        twice.evidence |= TWICE_VALUES;
    else if (numbers.compared >= TWICE_PERIODS && 2 * numbers.agreeing < numbers.compared)
        twice.evidence |= TWICE_DIFFERS;
    if ((twice.evidence & ~(unsigned)TWICE_DIFFERS) == 0)
        return;
    twice.compared = numbers.compared;
    twice.agreeing = numbers.agreeing;
    twice.shift = (twice.evidence & TWICE_VALUES) != 0       ? numbers.shift
                  : a->base[0] != '\0' && b->base[0] != '\0' ? a->scale - b->scale
                                                             : 0;
    twice.sure = sure_of(twice.evidence);
    twice.is_shared = is_shared(m, a, b) || is_shared(m, b, a);
    twice.can_be_shared = !twice.is_shared && a->first->shared == NULL &&
                          b->first->shared == NULL &&
                          a->first->as->frequency == b->first->as->frequency;
    *ARRAY_PUSH(m->arena, m->out, m->count, m->capacity) = twice;
}

static int compare_twice(const void *left, const void *right) {
    const struct twice *const a = left, *const b = right;
    if (a->sure != b->sure)
        return (int)a->sure - (int)b->sure;
    if (a->units != b->units)
        return a->units > b->units ? -1 : 1;
    if (a->side[0] != b->side[0])
        return a->side[0] < b->side[0] ? -1 : 1;
    return a->side[1] < b->side[1] ? -1 : a->side[1] > b->side[1];
}

size_t register_twice(struct baton_arena *arena, const struct figure_register *of,
                      const struct twice **out) {
    struct making m = {.arena = arena, .of = of};
    number_units(&m);
    add_items(&m);
    pair_by_words(&m);
    pair_by_numbers(&m);
    for (size_t i = 0; i < m.candidates; i++)
        tell(&m, &m.candidate[i]);
    if (m.count > 0)
        qsort(m.out, m.count, sizeof *m.out, compare_twice);
    *out = m.out;
    return m.count;
}

/* ---- Words. */

static const struct {
    const char *word, *name[2];
} evidence_words[TWICE_KINDS] = {{"element", {"same id", "标识相同"}},
                                 {"name", {"same name", "名称相同"}},
                                 {"values", {"same numbers", "数值相同"}},
                                 {"source", {"same source, similar name", "来源相同、名称相近"}},
                                 {"differs", {"but other numbers", "但数值不同"}}},
  sure_words[TWICE_SURES] = {{"certain", {"certain", "确定"}},
                             {"likely", {"likely", "很可能"}},
                             {"possible", {"possible", "可能"}}};

static int place_of(unsigned bit) {
    int place = 0;
    while (place + 1 < TWICE_KINDS && (1u << place) != bit)
        place++;
    return place;
}

const char *twice_evidence_word(unsigned bit) {
    return evidence_words[place_of(bit)].word;
}

const char *twice_evidence_name(unsigned bit, enum baton_language language) {
    return evidence_words[place_of(bit)].name[language];
}

const char *twice_sure_word(enum twice_sure sure) {
    return sure_words[sure].word;
}

const char *twice_sure_name(enum twice_sure sure, enum baton_language language) {
    return sure_words[sure].name[language];
}
