/* Lists are short (some hundred items a level, some assessments a department), so they are looked through. A value that is taken over in another unit of measurement is moved as a text, by its point: no digit of it changes. */
#include "ledger/requests.h"
#include "baton/number.h"
#include <stdlib.h>
#include <string.h>

static bool is_any(const char *word) {
    return strcmp(word, "*") == 0;
}

/* ---- Permits. */

void permits_add(struct baton_arena *arena, struct permits *to, const struct fact_body *body) {
    const char *const level = body_text(body, "level"), *const until = body_text(body, "until");
    struct permit permit = {level, body_text(body, "element"), body_text(body, "department"),
                            body_text(body, "assessment"), INT32_MAX};
    (void)baton_day_parse(until, strlen(until), &permit.until);
    hash_add(arena, &to->level, level, strlen(level), (uint32_t)to->level.count);
    if (body_field(body, "@withdrawn") != NULL)
        return;
    *ARRAY_PUSH(arena, to->item, to->count, to->capacity) = permit;
}

bool permits_has_list(const struct permits *permits, const char *level) {
    return level != NULL && hash_find(&permits->level, level, strlen(level)) != HASH_NONE;
}

static bool lets_ask(const struct permit *one, const char *level,
                     const struct permit_asked *asked) {
    return one->until >= asked->day && strcmp(one->level, level) == 0 &&
           (is_any(one->element) || strcmp(one->element, asked->element) == 0) &&
           (is_any(one->department) || strcmp(one->department, asked->department) == 0) &&
           (one->assessment[0] == '\0' || strcmp(one->assessment, asked->assessment) == 0);
}

enum permitted permits_of(const struct permits *permits, const char *level,
                          const struct permit_asked *asked) {
    if (!permits_has_list(permits, level))
        return PERMITTED_NO_LIST;
    for (size_t i = 0; i < permits->count; i++)
        if (lets_ask(&permits->item[i], level, asked))
            return PERMITTED;
    return PERMITTED_NOT;
}

/* ---- Levels of units. */

static uint32_t first_level(const struct unit_levels *levels, const char *unit) {
    return hash_find(&levels->unit, unit, strlen(unit));
}

void unit_levels_add(struct baton_arena *arena, struct unit_levels *to, const char *unit,
                     const char *level) {
    if (level == NULL)
        level = "";
    const uint32_t first = hash_add(arena, &to->unit, unit, strlen(unit), (uint32_t)to->count);
    for (uint32_t at = first; at != HASH_NONE && first != to->count; at = to->item[at].next)
        if (strcmp(to->item[at].level, level) == 0)
            return;
    struct unit_level one = {level, HASH_NONE};
    const uint32_t own = (uint32_t)to->count;
    if (first != own) {
        one.next = to->item[first].next;
        to->item[first].next = own;
    }
    *ARRAY_PUSH(arena, to->item, to->count, to->capacity) = one;
}

bool unit_levels_know(const struct unit_levels *levels, const char *unit) {
    return first_level(levels, unit) != HASH_NONE;
}

enum permitted permits_of_unit(const struct permits *permits, const struct unit_levels *levels,
                               const char *unit, const char *level,
                               const struct permit_asked *asked, const char **by) {
    enum permitted found = permits_of(permits, level, asked);
    *by = level;
    for (uint32_t at = first_level(levels, unit); at != HASH_NONE && found != PERMITTED_NOT;
         at = levels->item[at].next) {
        const enum permitted one = permits_of(permits, levels->item[at].level, asked);
        if (one == PERMITTED_NO_LIST)
            continue;
        found = one;
        *by = levels->item[at].level;
    }
    return found;
}

/* ---- Registrations. */

void registrations_add(struct baton_arena *arena, struct registrations *to, enum fact_kind kind,
                       const struct fact_body *body) {
    const char *const department = body_text(body, "department");
    const char *const year = body_text(body, "year");
    if (kind == FACT_REGISTRATION) {
        *ARRAY_PUSH(arena, to->item, to->count, to->capacity) = (struct registration){
            department, year, body_text(body, "assessment"), body_text(body, "name")};
        return;
    }
    struct quota quota = {department, year, 0, body_field(body, "registered") != NULL};
    (void)fact_position(body_text(body, "limit"), &quota.limit);
    *ARRAY_PUSH(arena, to->quota, to->quota_count, to->quota_capacity) = quota;
}

uint64_t registrations_limit(const struct registrations *of, const char *department,
                             const char *year) {
    uint64_t usual = UINT64_MAX;
    for (size_t i = 0; i < of->quota_count; i++) {
        const struct quota *const quota = &of->quota[i];
        if (strcmp(quota->year, year) != 0)
            continue;
        if (strcmp(quota->department, department) == 0)
            return quota->limit;
        if (is_any(quota->department))
            usual = quota->limit;
    }
    return usual;
}

size_t registrations_count(const struct registrations *of, const char *department,
                           const char *year) {
    size_t count = 0;
    for (size_t i = 0; i < of->count; i++)
        count +=
            strcmp(of->item[i].department, department) == 0 && strcmp(of->item[i].year, year) == 0;
    return count;
}

bool registrations_needed(const struct registrations *of, const char *year) {
    for (size_t i = 0; i < of->quota_count; i++)
        if (of->quota[i].needs_registration && strcmp(of->quota[i].year, year) == 0)
            return true;
    return false;
}

bool registrations_has(const struct registrations *of, const char *assessment, const char *year) {
    for (size_t i = 0; i < of->count; i++)
        if (strcmp(of->item[i].assessment, assessment) == 0 &&
            (year == NULL || strcmp(of->item[i].year, year) == 0))
            return true;
    return false;
}

const struct registration *registrations_elsewhere(const struct registrations *of,
                                                   const struct registration *one) {
    for (size_t i = 0; i < of->count; i++)
        if (strcmp(of->item[i].assessment, one->assessment) == 0 &&
            strcmp(of->item[i].year, one->year) == 0 &&
            strcmp(of->item[i].department, one->department) != 0)
            return &of->item[i];
    return NULL;
}

/* ---- Sharings. */

enum { SHIFT_MOST = 12, EXPONENT_MOST = 400 };

bool sharing_factor(const char *text, size_t size, int *shift) {
    const char *const point = memchr(text, '.', size);
    const size_t whole = point == NULL ? size : (size_t)(point - text);
    int ones = 0, at = 0;
    for (size_t i = 0; i < size; i++) {
        if (&text[i] == point)
            continue;
        if (text[i] != '0' && text[i] != '1')
            return false;
        if (text[i] == '1') {
            ones++;
            at = i < whole ? (int)(whole - 1 - i) : -(int)(i - whole);
        }
    }
    if (ones != 1 || whole == 0 || (point != NULL && whole + 1 == size) || at > SHIFT_MOST ||
        at < -SHIFT_MOST)
        return false;
    *shift = at;
    return true;
}

void sharings_add(struct baton_arena *arena, struct sharings *to, const struct fact_body *body) {
    const char *const factor = body_text(body, "factor"), *const since = body_text(body, "since");
    struct baton_period period;
    struct sharing sharing = {.assessment = body->assessment,
                              .element = body_text(body, "element"),
                              .from = body_text(body, "from"),
                              .from_element = body_text(body, "from_element"),
                              .since = INT32_MIN};
    (void)sharing_factor(factor, strlen(factor), &sharing.shift);
    if (baton_period_parse(since, strlen(since), &period))
        sharing.since = baton_period_first_day(period);
    *ARRAY_PUSH(arena, to->item, to->count, to->capacity) = sharing;
}

const struct sharing *sharings_of(const struct sharings *of, const char *assessment,
                                  const char *element, const char *period) {
    struct baton_period parsed;
    for (size_t i = 0; i < of->count; i++) {
        const struct sharing *const one = &of->item[i];
        if (strcmp(one->element, element) != 0 || strcmp(one->assessment, assessment) != 0)
            continue;
        return one->since == INT32_MIN || (baton_period_parse(period, strlen(period), &parsed) &&
                                           baton_period_last_day(parsed) >= one->since)
                   ? one
                   : NULL;
    }
    return NULL;
}

/* The digits of a number from the first that is not 0 on, and the power of ten of the last one. */
static size_t digits_of(const char *text, char *digit, int *exponent) {
    size_t count = 0;
    bool is_behind = false;
    *exponent = 0;
    for (; (*text >= '0' && *text <= '9') || *text == '.'; text++) {
        if (*text == '.') {
            is_behind = true;
            continue;
        }
        *exponent -= is_behind;
        if (count > 0 || *text != '0')
            digit[count++] = *text;
    }
    if (*text == 'e' || *text == 'E')
        *exponent += (int)strtol(text + 1, NULL, 10); /* baton_number_parse has seen to its size */
    return count;
}

static const char *zeros(struct baton_arena *arena, int count) {
    char *const text = arena_alloc(arena, (size_t)count + 1, 1);
    memset(text, '0', (size_t)count);
    return text;
}

bool sharing_value(struct baton_arena *arena, int shift, const char *text, const char **out) {
    const size_t size = strlen(text);
    double number;
    int exponent;
    *out = text;
    if (shift == 0 || size == 0)
        return true;
    if (baton_number_parse(text, size, &number, NULL) != BATON_NUMBER_OK)
        return false;
    const bool is_below = *text == '-';
    char *const digit = arena_alloc(arena, size + 1, 1);
    size_t count = digits_of(text + (*text == '-' || *text == '+'), digit, &exponent);
    exponent += shift;
    while (count > 0 && exponent < 0 && digit[count - 1] == '0') {
        digit[--count] = '\0';
        exponent++;
    }
    if (count == 0) {
        *out = "0";
        return true;
    }
    if (exponent < -EXPONENT_MOST || exponent > EXPONENT_MOST)
        return false;
    const char *const sign = is_below ? "-" : "";
    const int point = (int)count + exponent; /* digits before the point */
    if (exponent >= 0)
        *out = arena_printf(arena, "%s%s%s", sign, digit, zeros(arena, exponent));
    else if (point > 0)
        *out = arena_printf(arena, "%s%.*s.%s", sign, point, digit, digit + point);
    else
        *out = arena_printf(arena, "%s0.%s%s", sign, zeros(arena, -point), digit);
    return true;
}
