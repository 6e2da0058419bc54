/* Rows of tables, as they are in force and as they were revised.
 *
 * Of a table of which somebody may read a part, the keys of figures begin with their unit: what lies between the units that may be read is skipped, so that a page costs no more than what it shows. */
#include "base/json.h"
#include "flow/entry_print.h"
#include "server/api.h"
#include "server/api_journal.h"
#include "server/listing.h"
#include "server/sight.h"
#include <inttypes.h>
#include <string.h>

enum { CHUNK = 512 };

static baton_code take_kind(struct call *call, enum fact_kind *out) {
    const char *const word = http_segment(call->request, "kind");
    if (fact_kind_of(word, out))
        return BATON_OK;
    return call_refuse_at(call, BATON_FACT_KIND, "kind", word, NULL, NULL, NULL);
}

/* What is proposed, decided and withdrawn is no table, and what nobody can read of a table is refused. */
static baton_code check_kind(struct call *call, enum fact_kind kind, const char *assessment) {
    if (kind == FACT_PROPOSAL || kind == FACT_DECISION || kind == FACT_WITHDRAWAL ||
        sight_far(sight_of(call), kind, assessment) != SIGHT_NOTHING)
        return sight_prepare(call, kind, assessment);
    return call_refuse(call, BATON_READING_LACKING, call_actor(call),
                       fact_kind_info(kind)->name[call->request->language], NULL, NULL);
}

static void put_row(struct call *call, struct json *json, const struct list *list, size_t i) {
    json_object(json, NULL);
    entry_json(json, call_names(call), &list->entry[i]);
    json_count(json, "revision", list->about[i].revision);
    json_count(json, "first", list->about[i].first);
    if (list->about[i].withdrawn)
        json_flag(json, "withdrawn", true);
    json_end(json);
}

/* A table that is looked through. */
struct looking {
    struct list list;
    const char *assessment;
    enum fact_kind kind;
    uint64_t known;
    size_t looked;       /* rows of the present piece */
    const char *last;    /* key of the last of them */
    const char *skipped; /* the unit of a figure that may not be read; NULL = none */
};

static baton_code take_page_row(void *context, const struct fact_row *row) {
    struct looking *const looking = context;
    struct baton_arena *const arena = looking->list.call->arena;
    looking->looked++;
    if (sight_may(looking->list.call, &row->entry)) {
        list_keep(&looking->list, row);
        looking->last = looking->list.about[looking->list.count - 1].key;
        return BATON_OK;
    }
    if (looking->kind == FACT_OBSERVATION) {
        const char *const unit = body_text(&row->entry.body, "unit");
        const char *const after = arena_printf(arena, "%s ", unit);
        const char *const next = sight_next_unit(looking->list.call, looking->assessment, unit);
        if (next == NULL || strcmp(next, unit) != 0) {
            looking->skipped = after;
            return BATON_READING_LACKING; /* ends this piece */
        }
    }
    looking->last = arena_text(arena, row->key, strlen(row->key));
    return BATON_OK;
}

/* Rows that may be read, from behind `after` on, until there are `most` or no more. */
static baton_code look(struct looking *looking, const char *after, size_t most) {
    struct call *const call = looking->list.call;
    while (looking->list.count < most) {
        const size_t left = most - looking->list.count;
        const size_t piece = left > CHUNK ? left : CHUNK;
        looking->looked = 0;
        looking->skipped = NULL;
        const baton_code code = reader_page(
            call->reader, looking->assessment, looking->kind, looking->known, after,
            sight_far(sight_of(call), looking->kind, looking->assessment) == SIGHT_ALL ? left
                                                                                       : piece,
            take_page_row, looking);
        if (looking->skipped != NULL) {
            const char *const unit = sight_next_unit(call, looking->assessment, looking->skipped);
            if (unit == NULL)
                return BATON_OK;
            after = arena_printf(call->arena, "%s\x1e", unit); /* before all of its keys */
            continue;
        }
        TRY(code);
        if (looking->looked == 0)
            return BATON_OK;
        after = looking->last;
    }
    return BATON_OK;
}

static baton_code list_rows(struct call *call) {
    struct looking looking = {.list = {.call = call}};
    const struct list *const list = &looking.list;
    struct writer *writer = writer_memory(call->arena);
    struct json json = json_to(writer);
    size_t limit;
    bool is_now;
    TRY(take_kind(call, &looking.kind));
    TRY(call_limit(call, LIMIT_USUAL, LIMIT_MOST, &limit));
    TRY(call_reader(call));
    TRY(reader_begin(call->reader));
    TRY(call_assessment(call, &looking.assessment));
    TRY(call_known(call, &looking.known, &is_now));
    TRY(check_kind(call, looking.kind, looking.assessment));
    TRY(look(&looking, list_key(call, http_query(call->request, "after")), limit + 1));
    json_object(&json, NULL);
    json_array(&json, "items");
    for (size_t i = 0; i < list->count && i < limit; i++)
        put_row(call, &json, list, i);
    json_end(&json);
    json_count(&json, "known", looking.known);
    list_next(call, &json,
              list->count <= limit
                  ? NULL
                  : arena_printf(call->arena, "after=%s&limit=%zu&known=%" PRIu64,
                                 entry_key_shown(call->arena, list->about[limit - 1].key), limit,
                                 looking.known - 1));
    json_end(&json);
    call_answer(call, form_media[FORM_JSON], writer);
    return BATON_OK;
}

void api_facts(struct http_request *request, void *api) {
    call_run(request, api, list_rows);
}

static baton_code take_revision(void *context, const struct fact_row *row) {
    struct list *const list = context;
    if (sight_may(list->call, &row->entry))
        list_keep(list, row);
    return BATON_OK;
}

static baton_code list_revisions(struct call *call) {
    const char *const named = http_query(call->request, "key"), *assessment;
    struct list list = {.call = call};
    struct writer *writer = writer_memory(call->arena);
    struct json json = json_to(writer);
    enum fact_kind kind;
    TRY(take_kind(call, &kind));
    TRY(call_reader(call));
    TRY(reader_begin(call->reader));
    TRY(call_assessment(call, &assessment));
    TRY(check_kind(call, kind, assessment));
    TRY(reader_history(call->reader, assessment, kind, list_key(call, named), take_revision,
                       &list));
    if (list.count == 0)
        return call_refuse_at(call, BATON_NOTHING_SAID, "key",
                              fact_kind_info(kind)->name[call->request->language],
                              named != NULL ? named : "", NULL, NULL);
    json_object(&json, NULL);
    json_array(&json, "items");
    for (size_t i = 0; i < list.count; i++)
        put_row(call, &json, &list, i);
    json_end(&json);
    json_end(&json);
    call_answer(call, form_media[FORM_JSON], writer);
    return BATON_OK;
}

void api_history(struct http_request *request, void *api) {
    call_run(request, api, list_revisions);
}
