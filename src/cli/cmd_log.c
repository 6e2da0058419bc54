/* `baton log`: what was said, newest first; or all that was ever said of one row. */
#include "cli/list_table.h"
#include "cli/named_row.h"
#include "cli/open_ledger.h"
#include "cli/tell_changes.h"
#include "cli/terminal.h"
#include "flow/entry_print.h"
#include "flow/entry_words.h"
#include "report/explain_report.h"
#include <inttypes.h>
#include <string.h>

enum { FORMAT_JSON = 1, LIMIT_USUAL = 20, CHUNK = 2048, EFFECTS_SHOWN = 10 };

struct job {
    struct invocation *invocation;
    struct names names;
    struct writer *out;
    enum fact_kind kind;
    struct entry *entry; /* chosen ones */
    uint64_t *revision;
    bool *withdrawn;
    size_t count, capacity, revision_capacity, withdrawn_capacity;
};

static void keep(struct job *job, const struct fact_row *row) {
    struct baton_arena *arena = job->invocation->arena;
    size_t count = job->count, also = job->count;
    *ARRAY_PUSH(arena, job->revision, count, job->revision_capacity) = row->revision;
    *ARRAY_PUSH(arena, job->withdrawn, also, job->withdrawn_capacity) = row->withdrawn;
    entry_copy(arena, &row->entry, ARRAY_PUSH(arena, job->entry, job->count, job->capacity));
}

/* Entries */

static baton_code take_entry(void *context, const struct fact_row *row) {
    struct job *job = context;
    const struct settings *settings = &job->invocation->settings;
    const struct fact_body *body = &row->entry.body;
    if (settings->kind != NULL ? strcmp(body->kind, fact_kind_info(job->kind)->word) != 0
                               : entry_is_audit(body))
        return BATON_OK;
    if (settings->assessment != NULL && strcmp(body->assessment, settings->assessment) != 0)
        return BATON_OK;
    keep(job, row);
    return BATON_OK;
}

static bool several_assessments(const struct job *job) {
    const char *first = NULL;
    for (size_t i = 0; i < job->count; i++) {
        const char *own = job->entry[i].body.assessment;
        if (*own == '\0')
            continue;
        if (first != NULL && strcmp(first, own) != 0)
            return true;
        first = own;
    }
    return false;
}

/* What it says, and why. */
static const char *said(struct job *job, const struct entry *entry) {
    struct baton_arena *arena = job->invocation->arena;
    const char *reason = body_text(&entry->body, "@reason");
    const char *words = entry_words(arena, &entry->body, job->invocation->language);
    if (*reason == '\0')
        return words;
    return arena_printf(arena, in_language(job->invocation, "%s (because: %s)", "%s（理由：%s）"),
                        words, reason);
}

static void print_entries(struct job *job) {
    static const char *const titles[2][5] = {{"no.", "when", "who", "assessment", "what"},
                                             {"编号", "时间", "经办人", "考核", "内容"}};
    static const enum layout_align aligned[] = {ALIGN_RIGHT, ALIGN_LEFT, ALIGN_LEFT, ALIGN_LEFT,
                                                ALIGN_LEFT};
    struct invocation *invocation = job->invocation;
    struct baton_arena *arena = invocation->arena;
    const bool wide = several_assessments(job);
    const char *const *all = titles[invocation->language];
    const char *narrow[] = {all[0], all[1], all[2], all[4]};
    struct list_table table = {
        .arena = arena, .columns = wide ? 5 : 4, .title = wide ? all : narrow, .align = aligned};
    for (size_t i = 0; i < job->count; i++) {
        const struct entry *entry = &job->entry[i];
        const char **cell = list_add(&table);
        cell[0] = arena_printf(arena, "%" PRIu64, entry->position);
        cell[1] = explain_time(arena, entry->time_utc_ms);
        cell[2] = names_shown(&job->names, entry->actor);
        if (wide)
            cell[3] = entry->body.assessment;
        cell[table.columns - 1] = said(job, entry);
    }
    list_print(&table, job->out, invocation->colour_out && invocation->settings.output == NULL,
               terminal_width(invocation));
}

/* The newest that are asked for: the journal is read backwards, a piece at a time. */
static baton_code read_entries(struct job *job, struct ledger_reader *reader) {
    struct invocation *invocation = job->invocation;
    const size_t limit = invocation->settings.limit == 0 ? LIMIT_USUAL : invocation->settings.limit;
    struct entry *newest = NULL;
    size_t count = 0, capacity = 0;
    uint64_t to;
    TRY(kind_as_asked(invocation, FACT_OBSERVATION, &job->kind));
    TRY(known_as_asked(invocation, reader, &to));
    while (to > 0 && count < limit) {
        const uint64_t from = to > CHUNK ? to - CHUNK : 0;
        job->count = 0;
        const baton_code code = reader_entries(reader, from, to, take_entry, job);
        if (code != BATON_OK)
            return refuse_reader(invocation, reader, code);
        for (size_t i = job->count; i > 0 && count < limit; i--)
            *ARRAY_PUSH(invocation->arena, newest, count, capacity) = job->entry[i - 1];
        to = from;
    }
    job->entry = newest;
    job->count = count;
    return BATON_OK;
}

/* Revisions of one row */

static baton_code take_revision(void *context, const struct fact_row *row) {
    keep(context, row);
    return BATON_OK;
}

static const char *which(const struct job *job, size_t i) {
    const bool is_last = i + 1 == job->count;
    if (job->withdrawn[i])
        return in_language(job->invocation, "withdrawn", "撤销");
    if (is_last && i == 0)
        return in_language(job->invocation, "only", "唯一");
    return is_last  ? in_language(job->invocation, "final", "现行")
           : i == 0 ? in_language(job->invocation, "first", "首报")
                    : in_language(job->invocation, "revised", "修订");
}

/* What the row said, without its key. */
static const char *row_says(struct job *job, const struct entry *entry) {
    struct baton_arena *arena = job->invocation->arena;
    struct fact_body body = entry->body;
    struct field *field = arena_alloc(arena, body.field_count, sizeof *field);
    size_t count = 0;
    for (size_t i = 0; i < body.field_count; i++)
        if (!entry_is_key(&body, body.field[i].name))
            field[count++] = body.field[i];
    body.field = field;
    body.field_count = count;
    return entry_says(arena, &body, job->invocation->language);
}

static void print_revisions(struct job *job) {
    static const char *const titles[2][6] = {{"", "no.", "when", "who", "what", "because"},
                                             {"", "编号", "时间", "经办人", "内容", "理由"}};
    static const enum layout_align aligned[] = {ALIGN_LEFT, ALIGN_RIGHT, ALIGN_LEFT,
                                                ALIGN_LEFT, ALIGN_LEFT,  ALIGN_LEFT};
    struct invocation *invocation = job->invocation;
    struct baton_arena *arena = invocation->arena;
    struct list_table table = {
        .arena = arena, .columns = 6, .title = titles[invocation->language], .align = aligned};
    for (size_t i = 0; i < job->count; i++) {
        const struct entry *entry = &job->entry[i];
        const char **cell = list_add(&table);
        cell[0] = which(job, i);
        cell[1] = arena_printf(arena, "%" PRIu64, entry->position);
        cell[2] = explain_time(arena, entry->time_utc_ms);
        cell[3] = names_shown(&job->names, entry->actor);
        cell[4] = row_says(job, entry);
        cell[5] = body_text(&entry->body, "@reason");
    }
    list_print(&table, job->out, invocation->colour_out && invocation->settings.output == NULL,
               terminal_width(invocation));
}

/* What each revision changed: the result as known just before it, and with it. Of many the newest. */
static baton_code print_effects(struct job *job, struct ledger_reader *reader) {
    struct invocation *invocation = job->invocation;
    const struct baton_options options = {.as_of_day = INT32_MAX,
                                          .threads = invocation->settings.threads};
    if (flow_table_of_kind(job->kind) == NULL)
        return BATON_OK;
    const size_t from = job->count > EFFECTS_SHOWN ? job->count - EFFECTS_SHOWN : 1;
    for (size_t i = from; i < job->count; i++) {
        const struct entry *entry = &job->entry[i];
        struct ledger_view view = {.reader = reader, .assessment = entry->body.assessment};
        struct ledger_scored scored[2];
        struct unit_change *change;
        size_t count;
        bool is_sound = true;
        for (int side = 0; side < 2; side++) {
            struct baton_findings unheard = {.arena = invocation->arena};
            view.known = entry->position + (uint64_t)side;
            const baton_code code =
                ledger_score(invocation->arena, &view, &options, &scored[side], &unheard);
            if (code == BATON_NO_MEMORY)
                return code;
            is_sound = is_sound && code == BATON_OK;
        }
        if (!is_sound) /* as known then it could not be scored */
            continue;
        unit_changes(invocation->arena, scored[0].session, scored[1].session, &change, &count);
        writer_printf(invocation->out,
                      in_language(invocation, "\nNo. %" PRIu64 ":\n", "\n第 %" PRIu64 " 号：\n"),
                      entry->position);
        tell_changes(invocation, baton_session_scheme(scored[1].session), scored[1].result->period,
                     change, count);
    }
    return BATON_OK;
}

static baton_code read_revisions(struct job *job, struct ledger_reader *reader) {
    struct invocation *invocation = job->invocation;
    struct named_row row;
    TRY(named_row(invocation, reader, 1, &row));
    job->kind = row.kind;
    if (invocation->operand_count > 1 + row.operands)
        return refuse(invocation, BATON_OPERAND_EXCESS, "log",
                      invocation->operand[1 + row.operands], NULL, NULL);
    const baton_code code =
        reader_history(reader, row.assessment, row.kind, row.key, take_revision, job);
    if (code != BATON_OK)
        return refuse_reader(invocation, reader, code);
    return job->count > 0 ? BATON_OK
                          : refuse(invocation, BATON_NOTHING_SAID,
                                   fact_kind_info(row.kind)->name[invocation->language], row.shown,
                                   NULL, NULL);
}

static void print_json(struct job *job, bool is_row) {
    struct json json = json_to(job->out);
    json_array(&json, NULL);
    for (size_t i = 0; i < job->count; i++) {
        json_object(&json, NULL);
        entry_json(&json, &job->names, &job->entry[i]);
        if (is_row)
            json_count(&json, "revision", job->revision[i]);
        json_end(&json);
    }
    json_end(&json);
}

baton_code cmd_log(struct invocation *invocation) {
    struct ledger_reader *reader;
    TRY(open_reader(invocation, invocation->operand[0], &reader));
    struct job job = {
        .invocation = invocation,
        .names = {.arena = invocation->arena, .reader = reader, .language = invocation->language},
        .out = writer_memory(invocation->arena)};
    const bool is_row = invocation->operand_count > 1;
    TRY(is_row ? read_revisions(&job, reader) : read_entries(&job, reader));
    if (invocation->settings.format == FORMAT_JSON)
        print_json(&job, is_row);
    else if (is_row)
        print_revisions(&job);
    else
        print_entries(&job);
    TRY(put_text(invocation, writer_text_of(job.out)));
    return is_row && invocation->settings.format != FORMAT_JSON &&
                   invocation->settings.output == NULL
               ? print_effects(&job, reader)
               : BATON_OK;
}
