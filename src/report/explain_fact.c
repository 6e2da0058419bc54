/* A fact of a ledger in words: who reported it and when, who verified it, what it corrected and why, the beginning of its receipt. */
#include "base/writer.h"
#include "report/explain_report.h"
#include <string.h>

enum { DIGITS_SHOWN = 8 };

const char *explain_time(struct baton_arena *arena, int64_t time_utc_ms) {
    enum { MINUTE_MS = 60000, DAY_MINUTES = 1440, ZONE_MINUTES = 480 };
    int64_t minutes = time_utc_ms / MINUTE_MS;
    if (time_utc_ms % MINUTE_MS < 0)
        minutes--;
    minutes += ZONE_MINUTES;
    int64_t days = minutes / DAY_MINUTES;
    int64_t of_day = minutes % DAY_MINUTES;
    if (of_day < 0) {
        of_day += DAY_MINUTES;
        days--;
    }
    char day[BATON_PERIOD_NAME_SIZE];
    if (days < INT32_MIN || days > INT32_MAX || baton_day_format((int32_t)days, day) == 0)
        return arena_printf(arena, "%lld ms", (long long)time_utc_ms);
    return arena_printf(arena, "%s %02d:%02d", day, (int)(of_day / 60), (int)(of_day % 60));
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
