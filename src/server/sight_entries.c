/* Entries and contents: what closes a proposal goes as the proposal, a proposal as what it proposes, evidence as the facts that name it.
 *
 * Which evidence is named is found by the keys of figures, which begin with their unit: only those of the units that may be read are looked through, once a request. */
#include "base/text.h"
#include "server/api.h"
#include "server/gate.h"
#include "server/sight_inside.h"
#include <inttypes.h>
#include <string.h>

/* Evidence */

struct gathering {
    struct call *call;
    struct sight *sight;
    enum fact_kind kind;
};

static baton_code gather(void *context, const struct fact_row *row) {
    struct gathering *const g = context;
    const char *at = body_text(&row->entry.body, "@evidence");
    if (*at == '\0' || !sight_reads_fact(g->call, g->kind, &row->entry.body))
        return BATON_OK;
    while (*at != '\0') {
        const size_t size = strcspn(at, " ");
        const char *const word = arena_text(g->call->arena, at, size);
        hash_add(g->call->arena, &g->sight->evidence, word, size, 0);
        at += size + (at[size] == ' ');
    }
    return BATON_OK;
}

static baton_code gather_figures(struct gathering *g, const char *assessment) {
    struct call *const call = g->call;
    for (const char *unit = sight_next_unit(call, assessment, ""); unit != NULL;
         unit = sight_next_unit(call, assessment, arena_printf(call->arena, "%s ", unit)))
        TRY(reader_between(call->reader, assessment, FACT_OBSERVATION,
                           arena_printf(call->arena, "%s\x1f", unit),
                           arena_printf(call->arena, "%s ", unit), gather, g));
    return BATON_OK;
}

/* Of the assessment, once. */
static baton_code find_evidence(struct call *call, const char *assessment) {
    struct sight *const sight = sight_of(call);
    struct gathering g = {call, sight, FACT_OBSERVATION};
    static const enum fact_kind others[] = {FACT_TARGET, FACT_ADJUSTMENT, FACT_REPORT};
    uint64_t size;
    if (sight->evidence_of != NULL && strcmp(sight->evidence_of, assessment) == 0)
        return BATON_OK;
    sight->evidence = (struct hash){0};
    if (sight_far(sight, FACT_EVIDENCE, assessment) != SIGHT_NOTHING) {
        TRY(reader_size(call->reader, &size));
        TRY(gather_figures(&g, assessment));
        for (size_t i = 0; i < LENGTH(others); i++) {
            g.kind = others[i];
            TRY(reader_rows(call->reader, assessment, others[i], size, gather, &g));
        }
    }
    sight->evidence_of = assessment;
    return BATON_OK;
}

baton_code sight_prepare(struct call *call, enum fact_kind kind, const char *assessment) {
    return kind == FACT_EVIDENCE &&
                   sight_far(sight_of(call), FACT_EVIDENCE, assessment) != SIGHT_ALL
               ? find_evidence(call, arena_text(call->arena, assessment, strlen(assessment)))
               : BATON_OK;
}

/* Whether a fact that may be read names it; once find_evidence was called. */
static bool is_named(const struct sight *sight, const struct fact_body *evidence) {
    const struct field *const content = body_field(evidence, "content");
    struct digest digest;
    char hex[DIGEST_HEX_SIZE];
    if (content == NULL || content->size != DIGEST_SIZE)
        return false;
    memcpy(digest.byte, content->value, DIGEST_SIZE);
    digest_hex(&digest, hex);
    return hash_find(&sight->evidence, hex, strlen(hex)) != HASH_NONE;
}

static baton_code reads_proposed(struct call *call, const struct fact_body *proposal, bool *out) {
    *out = true;
    for (size_t i = 0; i < proposal->field_count && *out; i++) {
        const struct field *const field = &proposal->field[i];
        struct fact_body fact;
        enum fact_kind kind;
        if (field->type != 'f')
            continue;
        TRY(body_read(call->arena, field->value, field->size, &fact));
        *out = fact_kind_of(fact.kind, &kind) && sight_reads_fact(call, kind, &fact);
    }
    return BATON_OK;
}

bool sight_may(struct call *call, const struct entry *entry) {
    const struct sight *const sight = sight_of(call);
    const char *const assessment = entry->body.assessment;
    enum fact_kind kind;
    if (!fact_kind_of(entry->body.kind, &kind))
        return false;
    if (kind == FACT_DECISION || kind == FACT_WITHDRAWAL || sight_is_own(sight, kind, entry))
        return true;
    bool may = false;
    if (kind == FACT_PROPOSAL)
        return reads_proposed(call, &entry->body, &may) == BATON_OK && may;
    if (sight_reads_fact(call, kind, &entry->body))
        return true;
    if (kind != FACT_EVIDENCE || sight_far(sight, kind, assessment) == SIGHT_NOTHING)
        return false;
    return sight->evidence_of == NULL || strcmp(sight->evidence_of, assessment) != 0 ||
           is_named(sight, &entry->body);
}

static baton_code reads_evidence(struct call *call, const struct fact_body *body, bool *out) {
    *out = sight_reads_fact(call, FACT_EVIDENCE, body);
    if (*out)
        return BATON_OK;
    TRY(find_evidence(call, arena_text(call->arena, body->assessment, strlen(body->assessment))));
    *out = is_named(sight_of(call), body);
    return BATON_OK;
}

/* Entries */

/* What a decision or a withdrawal is about. */
static baton_code reads_closed(struct call *call, const struct fact_body *body, bool *out) {
    struct entry proposal;
    uint64_t position;
    *out = false;
    if (!fact_position(body_text(body, "proposal"), &position))
        return BATON_OK;
    TRY(reader_entry(call->reader, call->arena, position, &proposal));
    return strcmp(proposal.body.kind, fact_kind_info(FACT_PROPOSAL)->word) == 0
               ? sight_reads(call, &proposal, out)
               : BATON_OK;
}

baton_code sight_reads(struct call *call, const struct entry *entry, bool *out) {
    struct sight *const sight = sight_of(call);
    enum fact_kind kind;
    *out = false;
    if (!fact_kind_of(entry->body.kind, &kind))
        return BATON_OK;
    *out = sight_is_own(sight, kind, entry);
    if (*out)
        return BATON_OK;
    switch (kind) {
    case FACT_PROPOSAL:
        return reads_proposed(call, &entry->body, out);
    case FACT_DECISION:
    case FACT_WITHDRAWAL:
        return reads_closed(call, &entry->body, out);
    case FACT_EVIDENCE:
        return reads_evidence(call, &entry->body, out);
    default:
        *out = sight_reads_fact(call, kind, &entry->body);
        return BATON_OK;
    }
}

baton_code sight_entry(struct call *call, const struct entry *entry) {
    bool may;
    TRY(sight_reads(call, entry, &may));
    return may ? BATON_OK
               : call_refuse(call, BATON_READING_LACKING, call_actor(call),
                             arena_printf(call->arena, "%" PRIu64, entry->position), NULL, NULL);
}

/* Contents */

/* Whether it is, or proposes, a posting: its table has what stands under the totals. */
static baton_code is_of_posting(struct call *call, const struct fact_body *body, bool *out) {
    const char *const posting = fact_kind_info(FACT_POSTING)->word;
    *out = strcmp(body->kind, posting) == 0;
    for (size_t i = 0; i < body->field_count && !*out; i++) {
        struct fact_body fact;
        if (body->field[i].type != 'f')
            continue;
        TRY(body_read(call->arena, body->field[i].value, body->field[i].size, &fact));
        *out = strcmp(fact.kind, posting) == 0;
    }
    return BATON_OK;
}

baton_code sight_content(struct call *call, const struct digest *digest, bool *out) {
    struct reader_content about = {.entry = -1};
    struct entry entry;
    bool is_posting = false;
    *out = false;
    const baton_code code = reader_content(call->reader, digest, &about);
    if (code == BATON_CONTENT_UNKNOWN)
        return BATON_OK;
    if (code != BATON_OK && code != BATON_CONTENT_ERASED)
        return code;
    if (about.entry < 0)
        return BATON_OK;
    TRY(reader_entry(call->reader, call->arena, (uint64_t)about.entry, &entry));
    TRY(sight_reads(call, &entry, out));
    if (*out)
        TRY(is_of_posting(call, &entry.body, &is_posting));
    if (is_posting)
        *out = sight_far(sight_of(call), FACT_OBSERVATION, entry.body.assessment) == SIGHT_ALL;
    return BATON_OK;
}
