/* The register for whoever asks: assessments whose figures they may read, by the newest results, as far as there are any. */
#ifndef SERVER_CALL_REGISTER_H
#define SERVER_CALL_REGISTER_H

#include "flow/register_open.h"
#include "server/api.h"

struct call_register {
    struct register_opened opened;
    struct permits permits;
    struct registrations registrations;
    struct register_filter filter; /* as the query says */
    uint64_t known;
    int32_t today;
    int year; /* ?year=, else that of today */
    enum baton_language language;
};

/* READING_LACKING where they may read no figures of any assessment; `whole`: those of whom they may read all figures only. Takes a turn (costly.h). */
MUST_USE baton_code call_register(struct call *call, bool whole, struct call_register *out);

/* To be called before figures of a source are asked about; then whether they may read figures of a unit, of an element. */
MUST_USE baton_code call_register_source(struct call *call, const struct call_register *of,
                                         uint32_t source);
bool call_register_may(struct call *call, const struct call_register *of,
                       const struct register_figure *figure);

/* The calendar of an assessment, told which of its figures come from elsewhere; in the arena. */
MUST_USE baton_code shared_calendar(struct baton_arena *arena, struct api *api,
                                    struct ledger_reader *reader, const char *assessment,
                                    uint64_t known, struct calendar *out,
                                    struct baton_findings *found);
MUST_USE baton_code call_calendar(struct call *call, const char *assessment, uint64_t known,
                                  struct calendar *out);

#endif
