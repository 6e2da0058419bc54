/* Entries and contents: what closes a proposal goes as the proposal, a proposal as what it proposes, evidence as the facts that name it.
 Which facts name a file is read from the journal once (flow/evidence.h). */
#include "base/text.h"
#include "flow/evidence.h"
#include "server/api.h"
#include "server/gate.h"
#include "server/sight_inside.h"
#include <inttypes.h>
#include <string.h>

/* Evidence */

bool sight_reads_named(struct call *call, const struct evidence_name *name) {
    enum fact_kind kind;
    return fact_kind_of(name->body.kind, &kind) && sight_reads_fact(call, kind, &name->body);
}

/* Whether it is one's own, within what a token is limited to: evidence has no unit. */
static bool brought_it(const struct sight *sight, const struct evidence_file *file,
                       const char *assessment) {
    for (size_t i = 0; i < file->brought_count; i++) {
        const struct evidence_brought *const brought = &file->brought[i];
        const struct entry entry = {.actor = brought->actor,
                                    .body = {.kind = fact_kind_info(FACT_EVIDENCE)->word,
                                             .assessment = brought->assessment}};
        if (strcmp(brought->assessment, assessment) == 0 &&
            sight_is_own(sight, FACT_EVIDENCE, &entry))
            return true;
    }
    return false;
}

bool sight_file(struct call *call, const struct evidence_file *file, const char *assessment) {
    const struct sight *const sight = sight_of(call);
    const struct fact_body body = {.kind = fact_kind_info(FACT_EVIDENCE)->word,
                                   .assessment = assessment};
    if (brought_it(sight, file, assessment) || sight_reads_fact(call, FACT_EVIDENCE, &body))
        return true;
    if (sight_far(sight, FACT_EVIDENCE, assessment) == SIGHT_NOTHING)
        return false;
    for (size_t i = file->name_count; i > 0; i--)
        if (strcmp(file->name[i - 1].body.assessment, assessment) == 0 &&
            sight_reads_named(call, &file->name[i - 1]))
            return true;
    return false;
}

/* What the journal has of evidence, once a request. */
static baton_code find_evidence(struct call *call) {
    struct sight *const sight = sight_of(call);
    if (!sight->has_evidence)
        TRY(evidence_read(call->api->evidence, call->reader));
    sight->has_evidence = true;
    return BATON_OK;
}

baton_code sight_prepare(struct call *call, enum fact_kind kind, const char *assessment) {
    return kind == FACT_EVIDENCE &&
                   sight_far(sight_of(call), FACT_EVIDENCE, assessment) != SIGHT_ALL
               ? find_evidence(call)
               : BATON_OK;
}

/* Of a fact that brings a file in; once find_evidence was called. */
static bool reads_file(struct call *call, const struct fact_body *body) {
    const struct field *const content = body_field(body, "content");
    struct evidence_file file;
    struct digest digest;
    if (content == NULL || content->size != DIGEST_SIZE)
        return false;
    memcpy(digest.byte, content->value, DIGEST_SIZE);
    return evidence_find(call->api->evidence, &digest, &file) &&
           sight_file(call, &file, body->assessment);
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
    return !sight->has_evidence || reads_file(call, &entry->body);
}

static baton_code reads_evidence(struct call *call, const struct fact_body *body, bool *out) {
    *out = sight_reads_fact(call, FACT_EVIDENCE, body);
    if (*out)
        return BATON_OK;
    TRY(find_evidence(call));
    *out = reads_file(call, body);
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
