/* A fact of a ledger in words: who reported it and when, who verified it, what it corrected and why, the beginning of its receipt. */
#include "base/civil_day.h"
#include "base/writer.h"
#include "report/explain_report.h"
#include <string.h>

enum { DIGITS_SHOWN = 8 };

/* A number of milliseconds as days and what is left of the last one; false where no calendar has them. */
static bool divide(int64_t time_ms, char day[BATON_PERIOD_NAME_SIZE], int64_t *of_day) {
    enum { DAY_MS = 86400000 };
    int64_t days = time_ms / DAY_MS;
    *of_day = time_ms % DAY_MS;
    if (*of_day < 0) {
        *of_day += DAY_MS;
        days--;
    }
    return days >= INT32_MIN && days <= INT32_MAX && baton_day_format((int32_t)days, day) > 0;
}

const char *explain_time(struct baton_arena *arena, int64_t time_utc_ms) {
    enum { MINUTE_MS = 60000 };
    char day[BATON_PERIOD_NAME_SIZE];
    int64_t of_day;
    if (time_utc_ms > INT64_MAX - CIVIL_ZONE_MS ||
        !divide(time_utc_ms + CIVIL_ZONE_MS, day, &of_day))
        return arena_printf(arena, "%lld ms", (long long)time_utc_ms);
    const int minutes = (int)(of_day / MINUTE_MS);
    return arena_printf(arena, "%s %02d:%02d", day, minutes / 60, minutes % 60);
}

const char *explain_instant(struct baton_arena *arena, int64_t time_utc_ms) {
    char day[BATON_PERIOD_NAME_SIZE];
    int64_t of_day;
    if (!divide(time_utc_ms, day, &of_day))
        return arena_printf(arena, "%lld", (long long)time_utc_ms);
    const int seconds = (int)(of_day / 1000);
    return arena_printf(arena, "%sT%02d:%02d:%02d.%03dZ", day, seconds / 3600, seconds / 60 % 60,
                        seconds % 60, (int)(of_day % 1000));
}

/* "王敏 (wang.min)", or the id alone. */
static void put_person(struct writer *out, const char *id, const char *name, bool zh) {
    if (name == NULL || strcmp(name, id) == 0)
        writer_text(out, id);
    else
        writer_printf(out, zh ? "%s（%s）" : "%s (%s)", name, id);
}

static void put_correction(struct writer *out, const struct baton_fact *fact, bool zh) {
    writer_printf(out, zh ? "，更正第 %llu 号" : ", corrects no. %llu",
                  (unsigned long long)fact->corrects);
    if (fact->was != NULL)
        writer_printf(out, zh ? "（原为 %s）" : " (which said %s)", fact->was);
    if (fact->reason != NULL)
        writer_printf(out, zh ? "，理由：%s" : ", because: %s", fact->reason);
}

const char *explain_fact(struct baton_arena *arena, const struct baton_fact *fact,
                         enum baton_language language) {
    const bool zh = language == BATON_ZH;
    struct writer *out = writer_memory(arena);
    writer_printf(out, zh ? "第 %llu 号，" : "fact no. %llu, reported by ",
                  (unsigned long long)fact->position);
    if (fact->reporter[0] == '\0')
        writer_text(out, zh ? "系统" : "the program");
    else
        put_person(out, fact->reporter, fact->reporter_name, zh);
    writer_printf(out, zh ? "于 %s 填报" : " %s", explain_time(arena, fact->time_utc_ms));
    if (fact->verifier != NULL) {
        writer_text(out, zh ? "，" : ", verified by ");
        put_person(out, fact->verifier, fact->verifier_name, zh);
        writer_text(out, zh ? "审核" : "");
    }
    if (fact->is_correction)
        put_correction(out, fact, zh);
    writer_printf(out, zh ? "，回执 %.*s…" : ", receipt %.*s…", DIGITS_SHOWN, fact->digest);
    return writer_text_of(out);
}
