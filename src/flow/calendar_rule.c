/* From offsets to moments. */
#include "flow/calendar_rule.h"
#include "base/frequency.h"
#include <assert.h>
#include <string.h>

const char *const calendar_moves_word[] = {
    [CALENDAR_LATER] = "later", [CALENDAR_EARLIER] = "earlier", [CALENDAR_STAYS] = "none"};

/* Reading */

/* False where it is there and cannot be read. */
static bool read_offset(const struct fact_body *body, const char *name, struct civil_offset *out,
                        bool *has) {
    const struct field *const field = body_field(body, name);
    *has = field != NULL;
    return field == NULL || civil_offset_parse(field->value, field->size, out);
}

static bool read_moves(const char *word, enum calendar_moves *out) {
    *out = CALENDAR_LATER;
    for (size_t i = 0; i < LENGTH(calendar_moves_word); i++)
        if (strcmp(calendar_moves_word[i], word) == 0) {
            *out = (enum calendar_moves)i;
            return true;
        }
    return word[0] == '\0';
}

const char *calendar_rule_read(const struct fact_body *body, struct calendar_rule *out) {
    struct calendar_rule rule = {0};
    bool has_opens, has_due;
    if (!frequency_of_word(body_text(body, "frequency"), &rule.frequency))
        return "frequency";
    if (!read_offset(body, "opens", &rule.opens, &has_opens) || !has_opens)
        return "opens";
    if (!read_offset(body, "due", &rule.due, &has_due) || !has_due)
        return "due";
    if (!read_offset(body, "grace", &rule.grace, &rule.has_grace))
        return "grace";
    if (!read_offset(body, "locks", &rule.locks, &rule.has_locks))
        return "locks";
    if (!read_moves(body_text(body, "moves"), &rule.moves))
        return "moves";
    *out = rule;
    return NULL;
}

const char *calendar_day_read(const struct fact_body *body, struct told_day *out) {
    const char *const date = body_text(body, "date"), *const is = body_text(body, "is");
    const bool is_workday = strcmp(is, "workday") == 0;
    int32_t day;
    if (!baton_day_parse(date, strlen(date), &day))
        return "date";
    if (!is_workday && strcmp(is, "holiday") != 0)
        return "is";
    *out = (struct told_day){day, is_workday};
    return NULL;
}

struct calendar_rule calendar_rule_of_scheme(const struct baton_scheme *scheme,
                                             enum baton_period_kind frequency) {
    const int32_t due = scheme->due_days[frequency];
    assert(frequency != BATON_PERIOD_NONE);
    return (struct calendar_rule){.frequency = frequency,
                                  .opens = {.days = due < 1 ? due : 1, .minute = -1},
                                  .due = {.days = due, .minute = -1},
                                  .moves = CALENDAR_STAYS};
}

/* Applying */

struct applying {
    const struct calendar_rule *rule;
    const struct workdays *workdays;
    int32_t last_day;
    const char *period;
    struct baton_findings *found;
};

static bool lead(const struct applying *a, const struct civil_offset *offset, int32_t *day) {
    if (offset->are_workdays)
        return workdays_nth(a->workdays, a->last_day, offset->days, day);
    const int32_t unmoved = a->last_day + offset->days;
    char name[BATON_PERIOD_NAME_SIZE];
    switch (a->rule->moves) {
    case CALENDAR_LATER:
        return workdays_next(a->workdays, unmoved, day);
    case CALENDAR_EARLIER:
        return workdays_previous(a->workdays, unmoved, day);
    case CALENDAR_STAYS:
        break;
    }
    *day = unmoved;
    return baton_day_format(unmoved, name) > 0; /* it is in the years */
}

static baton_code refuse(const struct applying *a, baton_code code, const char *field,
                         const char *arg3, const char *arg4) {
    baton_findings_add(a->found, code, (struct baton_where){.field = field},
                       frequency_word[a->rule->frequency], a->period, arg3, arg4);
    return code;
}

static baton_code apply_one(const struct applying *a, const char *name,
                            const struct civil_offset *offset, struct civil_moment *out) {
    out->minute = offset->minute;
    return lead(a, offset, &out->day) ? BATON_OK
                                      : refuse(a, BATON_CALENDAR_NO_DAY, name, name, NULL);
}

/* The name of a field with its moment: "due 2021-09-10". */
static const char *told(const struct applying *a, const struct deadlines *d, const char *name) {
    const struct civil_moment moment = strcmp(name, "opens") == 0   ? d->opens
                                       : strcmp(name, "due") == 0   ? d->due
                                       : strcmp(name, "grace") == 0 ? d->grace
                                                                    : d->locks;
    char text[CIVIL_MOMENT_SIZE];
    civil_moment_format(moment, text);
    return arena_printf(a->found->arena, "%s %s", name, text);
}

static baton_code check_order(const struct applying *a, const struct deadlines *d) {
    const char *earlier, *later;
    return deadlines_cross(d, &earlier, &later)
               ? refuse(a, BATON_CALENDAR_ORDER, later, told(a, d, earlier), told(a, d, later))
               : BATON_OK;
}

baton_code calendar_rule_apply(const struct calendar_rule *rule, const struct workdays *workdays,
                               struct baton_period period, struct deadlines *out,
                               struct baton_findings *found) {
    char name[BATON_PERIOD_NAME_SIZE];
    const struct applying a = {rule, workdays, baton_period_last_day(period), name, found};
    struct deadlines d = {
        .has_opens = true, .has_grace = rule->has_grace, .has_locks = rule->has_locks};
    assert(period.kind == rule->frequency);
    baton_period_format(period, name);
    TRY(apply_one(&a, "opens", &rule->opens, &d.opens));
    TRY(apply_one(&a, "due", &rule->due, &d.due));
    if (rule->has_grace)
        TRY(apply_one(&a, "grace", &rule->grace, &d.grace));
    if (rule->has_locks)
        TRY(apply_one(&a, "locks", &rule->locks, &d.locks));
    TRY(check_order(&a, &d));
    *out = d;
    return BATON_OK;
}
