/* `baton correct`: one fact corrected, withdrawn, or said for the first time; by oneself, or proposed. The assessment is scored with it before anything is stored. */
#include "base/text.h"
#include "cli/named_row.h"
#include "cli/open_ledger.h"
#include "cli/tell_changes.h"
#include "flow/correction.h"
#include "flow/entry_print.h"
#include "flow/entry_words.h"
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

enum { PIECE = 1 << 18, MEDIA_COUNT = 9 };

struct job {
    struct invocation *invocation;
    const char *actor;
    struct named_row row;
    struct entry in_force; /* body.kind NULL = nothing is */
    bool is_withdrawn;
    struct field *field; /* of the new fact */
    size_t count, capacity;
    struct fact_body fact;
};

static baton_code take_last(void *context, const struct fact_row *row) {
    struct job *job = context;
    job->is_withdrawn = row->withdrawn;
    entry_copy(job->invocation->arena, &row->entry, &job->in_force);
    return BATON_OK;
}

/* The new fact */

static void set(struct job *job, const char *name, const char *value) {
    for (size_t i = 0; i < job->count; i++)
        if (strcmp(job->field[i].name, name) == 0) {
            job->field[i].value = value;
            job->field[i].size = strlen(value);
            return;
        }
    *ARRAY_PUSH(job->invocation->arena, job->field, job->count, job->capacity) =
        text_field(name, value);
}

/* What stays of the row: everything but what the new words make untrue. */
static void begin_with(struct job *job, bool has_value) {
    for (size_t i = 0; i < job->row.field_count; i++)
        set(job, job->row.field[i].name, job->row.field[i].value);
    if (job->in_force.body.kind == NULL || job->is_withdrawn || job->invocation->settings.withdraw)
        return;
    for (size_t i = 0; i < job->in_force.body.field_count; i++) {
        const struct field *field = &job->in_force.body.field[i];
        if (!correction_keeps(field, has_value))
            continue;
        if (field->type == 't')
            set(job, field->name, field->value);
        else
            *ARRAY_PUSH(job->invocation->arena, job->field, job->count, job->capacity) = *field;
    }
}

/* How a field of the kind is written, for whoever did not. */
static const char *field_example(enum fact_kind kind) {
    switch (kind) {
    case FACT_OBSERVATION:
        return "value=512.3";
    case FACT_DAY:
        return "is=holiday";
    case FACT_CALENDAR:
        return "due=8wd";
    case FACT_PERIOD:
    case FACT_EXCEPTION:
        return "due=2021-09-10";
    default:
        return "target=8";
    }
}

/* field=value; of a content, such as a person's name, its bytes. */
static baton_code set_from(struct job *job, const char *word) {
    struct invocation *invocation = job->invocation;
    const char *equals = strchr(word, '=');
    if (equals == NULL || equals == word || word[0] == '@')
        return refuse(invocation, BATON_FIELD_WORD, word, field_example(job->row.kind), NULL, NULL);
    const char *name = arena_text(invocation->arena, word, (size_t)(equals - word));
    set(job, name, equals + 1);
    for (size_t i = 0; i < job->count; i++)
        if (strcmp(job->field[i].name, name) == 0 && job->row.kind == FACT_PERSON &&
            !entry_is_key(&(struct fact_body){.kind = "person"}, name))
            job->field[i].type = 'C';
    return BATON_OK;
}

static baton_code make_fact(struct job *job) {
    struct invocation *invocation = job->invocation;
    const struct settings *settings = &invocation->settings;
    size_t at = 1 + job->row.operands;
    const bool has_value = job->row.kind == FACT_OBSERVATION && at < invocation->operand_count &&
                           strchr(invocation->operand[at], '=') == NULL;
    if (settings->withdraw && at < invocation->operand_count)
        return refuse(invocation, BATON_OPERAND_EXCESS, "correct", invocation->operand[at], NULL,
                      NULL);
    if (!settings->withdraw && at >= invocation->operand_count)
        return refuse(invocation, BATON_OPERAND_MISSING, "correct",
                      job->row.kind == FACT_OBSERVATION ? "LEDGER UNIT ELEMENT PERIOD VALUE"
                                                        : "LEDGER KEY FIELD=VALUE",
                      NULL, NULL);
    begin_with(job, has_value);
    if (has_value)
        set(job, "value", invocation->operand[at++]);
    for (; at < invocation->operand_count; at++)
        TRY(set_from(job, invocation->operand[at]));
    if (job->in_force.body.kind != NULL && !(settings->add && job->is_withdrawn))
        set(job, "@corrects", arena_printf(invocation->arena, "%" PRIu64, job->in_force.position));
    if (settings->withdraw)
        set(job, "@withdrawn", "1");
    if (settings->reason != NULL)
        set(job, "@reason", settings->reason);
    return BATON_OK;
}

/* Fields in order, as they are read again. */
static void close_fact(struct job *job) {
    job->fact = (struct fact_body){fact_kind_info(job->row.kind)->word, job->row.assessment,
                                   job->field, job->count};
    (void)fields_sort(job->field, &job->fact.field_count);
}

/* Evidence */

static const char *media_of(const char *path) {
    static const char *const media[MEDIA_COUNT][2] = {
        {".pdf", "application/pdf"},
        {".png", "image/png"},
        {".jpg", "image/jpeg"},
        {".jpeg", "image/jpeg"},
        {".txt", "text/plain"},
        {".csv", "text/csv"},
        {".md", "text/markdown"},
        {".zip", "application/zip"},
        {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}};
    const char *dot = strrchr(path, '.');
    for (size_t i = 0; i < MEDIA_COUNT && dot != NULL; i++)
        if (strcmp(dot, media[i][0]) == 0)
            return media[i][1];
    return "application/octet-stream";
}

static baton_code stream_file(struct job *job, struct content_stream *stream, int file,
                              uint64_t *size) {
    char *piece = arena_alloc_raw(job->invocation->arena, PIECE, 1);
    const char *const path = job->invocation->settings.evidence;
    for (;;) {
        const ssize_t got = read(file, piece, PIECE);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return refuse(job->invocation, BATON_FILE_READ, path, strerror(errno), NULL, NULL);
        if (got == 0)
            return BATON_OK;
        *size += (uint64_t)got;
        const baton_code code = ledger_content_put(stream, piece, (size_t)got);
        if (code != BATON_OK)
            return refuse(job->invocation, code, NULL, NULL, NULL, NULL);
    }
}

/* Stores the file, and the fact that names it. */
static baton_code store_evidence(struct job *job, struct ledger *ledger, struct digest *digest,
                                 struct submission *told, struct baton_findings *found) {
    struct invocation *invocation = job->invocation;
    struct baton_arena *arena = invocation->arena;
    const char *const path = invocation->settings.evidence, *slash = strrchr(path, '/');
    const char *const name = slash == NULL ? path : slash + 1, *const media = media_of(path);
    struct content_stream *stream;
    uint64_t size = 0;
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return refuse(invocation, BATON_FILE_READ, path, strerror(errno), NULL, NULL);
    baton_code code = ledger_content_open(ledger, arena, media, &stream);
    if (code != BATON_OK)
        refuse(invocation, code, NULL, NULL, NULL, NULL);
    else
        code = stream_file(job, stream, file, &size);
    close(file);
    TRY(code);
    code = ledger_content_close(stream, digest);
    if (code != BATON_OK)
        return refuse(invocation, code, NULL, NULL, NULL, NULL);
    struct field *field = arena_alloc(arena, 4, sizeof *field);
    field[0] = (struct field){"content", (const char *)digest->byte, DIGEST_SIZE, 'c'};
    field[1] = text_field("media", media);
    field[2] = (struct field){"name", name, strlen(name), 'C'};
    const char *number = arena_printf(arena, "%" PRIu64, size);
    field[3] = text_field("size", number);
    struct fact_body *fact = arena_alloc(arena, 1, sizeof *fact);
    *fact = (struct fact_body){"evidence", job->row.assessment, field, 4};
    *told =
        (struct submission){.actor = job->actor, .fact = fact, .count = 1, .want_receipts = true};
    code = ledger_append(ledger, arena, told, found);
    return code == BATON_OK || code == BATON_NO_MEMORY ? code : refuse_all(invocation, found);
}

static baton_code add_evidence(struct job *job, struct ledger *ledger,
                               struct baton_findings *found) {
    struct submission told = {0};
    struct digest *digest = arena_alloc(job->invocation->arena, 1, sizeof *digest);
    char hex[DIGEST_HEX_SIZE];
    TRY(store_evidence(job, ledger, digest, &told, found));
    tell_stored(job->invocation, &told);
    digest_hex(digest, hex);
    set(job, "@evidence", arena_text(job->invocation->arena, hex, strlen(hex)));
    close_fact(job);
    return BATON_OK;
}

/* Saying it */

static baton_code say(struct job *job, struct ledger *ledger, struct submission *submission) {
    struct invocation *invocation = job->invocation;
    struct baton_findings found = {.arena = invocation->arena};
    if (invocation->settings.evidence != NULL)
        TRY(add_evidence(job, ledger, &found));
    *submission = (struct submission){
        .actor = job->actor, .fact = &job->fact, .count = 1, .want_receipts = true};
    const char *reason = invocation->settings.reason;
    const baton_code code = invocation->settings.propose
                                ? ledger_propose(ledger, invocation->arena, submission,
                                                 reason == NULL ? "" : reason, 0, &found)
                                : ledger_append(ledger, invocation->arena, submission, &found);
    return code == BATON_OK || code == BATON_NO_MEMORY ? code : refuse_all(invocation, &found);
}

static void tell_proposed(struct invocation *invocation, const struct submission *submission) {
    writer_printf(invocation->out,
                  in_language(invocation, "No. %" PRIu64 ": proposed, %s; receipt %s…\n",
                              "第 %" PRIu64 " 号：提请 %s；回执 %s…\n"),
                  submission->first,
                  entry_words(invocation->arena, &submission->fact[0], invocation->language),
                  submission->receipt == NULL
                      ? ""
                      : digest_shown(invocation->arena, &submission->receipt[0].leaf));
    writer_printf(invocation->out,
                  in_language(invocation,
                              "  It waits for somebody else: `baton decide %s %" PRIu64 "`.\n",
                              "  待他人决定：`baton decide %s %" PRIu64 "`。\n"),
                  invocation->operand[0], submission->first);
}

/* Reads the row and makes the fact. */
static baton_code prepare(struct job *job, struct ledger_reader *reader) {
    struct invocation *invocation = job->invocation;
    const struct settings *settings = &invocation->settings;
    TRY(named_row(invocation, reader, 1, &job->row));
    const baton_code code =
        reader_history(reader, job->row.assessment, job->row.kind, job->row.key, take_last, job);
    if (code != BATON_OK)
        return refuse_reader(invocation, reader, code);
    const bool is_there = job->in_force.body.kind != NULL && !job->is_withdrawn;
    if (!is_there && !settings->add)
        return refuse(invocation, BATON_NOTHING_SAID,
                      fact_kind_info(job->row.kind)->name[invocation->language], job->row.shown,
                      NULL, NULL);
    if (is_there && settings->add)
        return refuse(invocation, BATON_FACT_EXISTS,
                      fact_kind_info(job->row.kind)->name[invocation->language], job->row.shown,
                      arena_printf(invocation->arena, "%" PRIu64, job->in_force.position), NULL);
    if (settings->reason == NULL && (is_there || settings->propose))
        return refuse(invocation, BATON_REASON_NEEDED, NULL, NULL, NULL, NULL);
    TRY(make_fact(job));
    close_fact(job);
    return BATON_OK;
}

baton_code cmd_correct(struct invocation *invocation) {
    struct job job = {.invocation = invocation};
    struct ledger_reader *reader;
    struct ledger *ledger;
    struct foreseen foreseen;
    struct submission submission;
    if (invocation->settings.add && invocation->settings.withdraw)
        return refuse(invocation, BATON_OPTIONS_APART, "--add", "--withdraw", NULL, NULL);
    TRY(who_acts(invocation, &job.actor));
    TRY(open_reader(invocation, invocation->operand[0], &reader));
    TRY(prepare(&job, reader));
    const bool is_foreseen = is_foreseeable(&job.fact);
    if (is_foreseen)
        TRY(foresee_facts(invocation, reader, job.row.assessment, &job.fact, 1, &foreseen));
    TRY(open_appender(invocation, invocation->operand[0], &ledger));
    const baton_code code = say(&job, ledger, &submission);
    ledger_close(ledger);
    TRY(code);
    if (invocation->settings.propose)
        tell_proposed(invocation, &submission);
    else
        tell_stored(invocation, &submission);
    if (job.in_force.body.kind != NULL && !job.is_withdrawn)
        writer_printf(invocation->out, in_language(invocation, "  It was: %s\n", "  原为：%s\n"),
                      entry_says(invocation->arena, &job.in_force.body, invocation->language));
    if (is_foreseen)
        tell_foreseen(invocation, &foreseen);
    return BATON_OK;
}
