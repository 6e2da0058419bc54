/* Facts of the calendar are told in the order of time, whatever the order of their fields. */
#include "flow/calendar_words.h"
#include "base/frequency.h"
#include <stdlib.h>
#include <string.h>

static const char *const frequency_name[][2] = {
    [BATON_DAY] = {"days", "每日"},          [BATON_WEEK] = {"weeks", "周"},
    [BATON_MONTH] = {"months", "月度"},      [BATON_QUARTER] = {"quarters", "季度"},
    [BATON_HALF] = {"half-years", "半年度"}, [BATON_YEAR] = {"years", "年度"},
};

static const char *const moves_name[][2] = {
    [CALENDAR_LATER] = {"next workday", "顺延"},
    [CALENDAR_EARLIER] = {"workday before", "提前"},
    [CALENDAR_STAYS] = {"stays", "不变"},
};

const char *calendar_frequency_name(enum baton_period_kind frequency,
                                    enum baton_language language) {
    return frequency_name[frequency][language];
}

const char *calendar_moves_name(enum calendar_moves moves, enum baton_language language) {
    return moves_name[moves][language];
}

const char *calendar_moment_words(struct baton_arena *arena, struct civil_moment moment) {
    char text[CIVIL_MOMENT_SIZE];
    char *const words = arena_text(arena, text, civil_moment_format(moment, text));
    char *const t = strchr(words, 'T');
    if (t != NULL)
        *t = ' ';
    return words;
}

static const char *offset_day(struct baton_arena *arena, struct civil_offset offset, bool zh) {
    const int days = abs(offset.days);
    if (offset.are_workdays && offset.days > 0)
        return arena_printf(arena, zh ? "第%d个工作日" : "workday %d", days);
    if (offset.are_workdays && offset.days == 0)
        return zh ? "最后工作日" : "last workday";
    if (offset.are_workdays)
        return arena_printf(arena, zh ? "最后工作日前%d个工作日" : "%d workdays before the last",
                            days);
    if (offset.days > 0)
        return arena_printf(arena, zh ? "第%d日" : "day %d", days);
    if (offset.days == 0)
        return zh ? "末日" : "last day";
    return arena_printf(arena, zh ? "末日前%d日" : "%d days before the last", days);
}

const char *calendar_offset_words(struct baton_arena *arena, struct civil_offset offset,
                                  enum baton_language language) {
    enum { HOUR = 60 };
    const char *const day = offset_day(arena, offset, language == BATON_ZH);
    return offset.minute < 0 ? day
                             : arena_printf(arena, "%s %02d:%02d", day, offset.minute / HOUR,
                                            offset.minute % HOUR);
}

/* Facts */

static bool is_of(const struct fact_body *body, enum fact_kind kind) {
    return strcmp(body->kind, fact_kind_info(kind)->word) == 0;
}

static const char *is_words(const char *value, bool zh) {
    if (strcmp(value, "holiday") == 0)
        return zh ? "放假" : "holiday";
    if (strcmp(value, "workday") == 0)
        return zh ? "上班" : "worked";
    return value;
}

static const char *moves_words(const char *value, enum baton_language language) {
    for (size_t i = 0; i < LENGTH(moves_name); i++)
        if (strcmp(calendar_moves_word[i], value) == 0)
            return moves_name[i][language];
    return value;
}

/* A moment, or of a rule an offset. */
static const char *when_words(struct baton_arena *arena, const struct fact_body *body,
                              const char *value, enum baton_language language) {
    const size_t size = strlen(value);
    struct civil_offset offset;
    struct civil_moment moment;
    if (is_of(body, FACT_CALENDAR))
        return civil_offset_parse(value, size, &offset)
                   ? calendar_offset_words(arena, offset, language)
                   : value;
    return civil_moment_parse(value, size, &moment) ? calendar_moment_words(arena, moment) : value;
}

enum telling { TELL_IS, TELL_AS_IT_IS, TELL_WHEN, TELL_MOVES };
static const struct {
    const char *name;
    enum telling telling;
    bool of_day;
    const char *said[2];
} fields[CALENDAR_FIELDS] = {
    {"is", TELL_IS, true, {"", ""}},
    {"name", TELL_AS_IT_IS, true, {"", ""}},
    {"opens", TELL_WHEN, false, {"opens ", "开放 "}},
    {"due", TELL_WHEN, false, {"due ", "截止 "}},
    {"grace", TELL_WHEN, false, {"grace until ", "宽限至 "}},
    {"locks", TELL_WHEN, false, {"locked after ", "此后锁定 "}},
    {"moves", TELL_MOVES, false, {"on a holiday: ", "遇节假日"}},
};

static bool has(const struct fact_body *body, size_t n) {
    return fields[n].of_day ? is_of(body, FACT_DAY)
                            : is_of(body, FACT_CALENDAR) || is_of(body, FACT_PERIOD) ||
                                  is_of(body, FACT_EXCEPTION);
}

const char *calendar_field_words(struct baton_arena *arena, const struct fact_body *body, size_t n,
                                 enum baton_language language) {
    const char *value;
    if (!has(body, n) || body_field(body, fields[n].name) == NULL)
        return NULL;
    value = body_text(body, fields[n].name);
    switch (fields[n].telling) {
    case TELL_IS:
        value = is_words(value, language == BATON_ZH);
        break;
    case TELL_AS_IT_IS:
        break;
    case TELL_WHEN:
        value = when_words(arena, body, value, language);
        break;
    case TELL_MOVES:
        value = moves_words(value, language);
        break;
    }
    return arena_printf(arena, "%s%s", fields[n].said[language], value);
}

bool calendar_tells(const struct fact_body *body, const char *name) {
    for (size_t n = 0; n < CALENDAR_FIELDS; n++)
        if (has(body, n) && strcmp(fields[n].name, name) == 0)
            return true;
    return false;
}

const char *calendar_key_words(const struct fact_body *body, const char *name,
                               enum baton_language language) {
    enum baton_period_kind frequency;
    const char *const value = body_text(body, name);
    if (is_of(body, FACT_EXCEPTION) && strcmp(value, "*") == 0)
        return language == BATON_ZH ? "全部数据" : "all figures";
    if (is_of(body, FACT_CALENDAR) && frequency_of_word(value, &frequency))
        return calendar_frequency_name(frequency, language);
    return NULL;
}
