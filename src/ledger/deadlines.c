/* Kept by the texts of their keys, since nothing but equality is asked of them. */
#include "ledger/deadlines.h"
#include "base/limits.h"
#include <stdio.h>
#include <string.h>

/* False where it is there and cannot be read. */
static bool read_one(const struct fact_body *body, const char *name, struct civil_moment *out,
                     bool *has) {
    const struct field *const field = body_field(body, name);
    *has = field != NULL;
    return field == NULL || civil_moment_parse(field->value, field->size, out);
}

bool deadlines_read(const struct fact_body *body, struct deadlines *out) {
    bool has_due;
    *out = (struct deadlines){0};
    return read_one(body, "opens", &out->opens, &out->has_opens) &&
           read_one(body, "due", &out->due, &has_due) && has_due &&
           read_one(body, "grace", &out->grace, &out->has_grace) &&
           read_one(body, "locks", &out->locks, &out->has_locks);
}

bool deadlines_cross(const struct deadlines *d, const char **earlier, const char **later) {
    int64_t last = d->has_opens ? civil_moment_begins_utc_ms(d->opens) : INT64_MIN;
    const struct {
        const char *name;
        const struct civil_moment *moment;
        bool has;
    } next[] = {{"due", &d->due, true},
                {"grace", &d->grace, d->has_grace},
                {"locks", &d->locks, d->has_locks}};
    *earlier = "opens";
    for (size_t i = 0; i < sizeof next / sizeof *next; i++) {
        if (!next[i].has)
            continue;
        const int64_t ends = civil_moment_ends_utc_ms(*next[i].moment);
        *later = next[i].name;
        if (ends < last || (i == 0 && ends == last)) /* something has to be open */
            return true;
        *earlier = next[i].name;
        last = ends;
    }
    return false;
}

struct civil_moment deadlines_closes(const struct deadlines *deadlines) {
    return deadlines->has_grace ? deadlines->grace : deadlines->due;
}

static bool is_after(struct civil_moment a, struct civil_moment b) {
    return civil_moment_ends_utc_ms(a) > civil_moment_ends_utc_ms(b);
}

struct deadlines deadlines_except(const struct deadlines *period,
                                  const struct deadlines *exception) {
    struct deadlines d = *period;
    d.due = exception->due;
    if (exception->has_grace)
        d.grace = exception->grace;
    d.has_grace =
        exception->has_grace || (period->has_grace && is_after(period->grace, exception->due));
    if (exception->has_locks) {
        d.locks = exception->locks;
        d.has_locks = true;
    } else if (d.has_locks && is_after(deadlines_closes(&d), d.locks)) {
        d.locks = deadlines_closes(&d);
    }
    return d;
}

static struct hash *table_of(struct deadline_list *list, enum fact_kind kind) {
    return kind == FACT_PERIOD ? &list->period : &list->exception;
}

void deadline_list_add(struct baton_arena *arena, struct deadline_list *list, enum fact_kind kind,
                       const struct fact_body *body) {
    struct deadlines deadlines;
    if (!deadlines_read(body, &deadlines))
        return;
    const char *const key = fact_key(arena, body, 0);
    const uint32_t at =
        hash_add(arena, table_of(list, kind), key, strlen(key), (uint32_t)list->count);
    if (at == list->count)
        *ARRAY_PUSH(arena, list->of, list->count, list->capacity) = deadlines;
    else
        list->of[at] = deadlines;
}

/* NULL = there is none. */
static const struct deadlines *exception_of(const struct deadline_list *list, const char *period,
                                            const char *unit, const char *element) {
    char key[BATON_PERIOD_NAME_SIZE + 2 * (LIMIT_ID_SIZE + 1)];
    const int size =
        snprintf(key, sizeof key, "%s\x1f%s\x1f%s", period, unit, element); /* as fact_key */
    if (list->exception.count == 0 || size < 0 || (size_t)size >= sizeof key)
        return NULL;
    const uint32_t at = hash_find(&list->exception, key, (size_t)size);
    return at == HASH_NONE ? NULL : &list->of[at];
}

bool deadlines_of(const struct deadline_list *list, const char *period, const char *unit,
                  const char *element, struct deadlines *out) {
    const uint32_t at = hash_find(&list->period, period, strlen(period));
    if (at == HASH_NONE || list->of == NULL)
        return false;
    const struct deadlines *exception = exception_of(list, period, unit, element);
    if (exception == NULL)
        exception = exception_of(list, period, unit, "*");
    *out = exception == NULL ? list->of[at] : deadlines_except(&list->of[at], exception);
    return true;
}

bool deadlines_begun_by(const struct deadline_list *list, const char *period) {
    struct baton_period asked, opened;
    const bool is_period = baton_period_parse(period, strlen(period), &asked);
    for (size_t i = 0; i < list->period.count; i++) {
        const struct hash_key *const key = &list->period.key[i];
        if (!is_period || !baton_period_parse(key->text, key->size, &opened) ||
            baton_period_first_day(opened) <= baton_period_last_day(asked))
            return true;
    }
    return false;
}
