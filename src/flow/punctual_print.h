/* Completeness and timeliness as JSON and CSV: for the command and for the server alike. */
#ifndef FLOW_PUNCTUAL_PRINT_H
#define FLOW_PUNCTUAL_PRINT_H

#include "base/json.h"
#include "flow/punctual.h"

struct punctual_view {
    const struct punctual *of;
    enum punctual_by by;
    const struct baton_period *period;
    size_t period_count;
    uint64_t known;
};

/* {"by", "periods", "known", "items": [...], "all": {...}}: counts; completeness and timeliness in percent; of each post median and longest in hours. */
void punctual_json(struct json *json, const struct punctual_view *view);
void punctual_csv(struct writer *writer, const struct punctual_view *view);

/* A time as people say it: "3.5 h", "2.1 d"; "" where nothing lay there. In the arena. */
const char *punctual_time_words(struct baton_arena *arena, int64_t ms,
                                enum baton_language language);

#endif
