/* `baton show`: one fact with everything that is known of it; its receipt, a content of it; the newest head; a table as it was in force. */
#include "base/text.h"
#include "cli/open_ledger.h"
#include "cli/show_table.h"
#include "cli/terminal.h"
#include "flow/entry_print.h"
#include "flow/entry_words.h"
#include "report/explain_report.h"
#include "report/layout.h"
#include <inttypes.h>
#include <string.h>

enum { FORMAT_TABLE, FORMAT_CSV, FORMAT_JSON, TEXT_SHOWN = 2000 };

struct job {
    struct invocation *invocation;
    struct ledger_reader *reader;
    struct names names;
    struct writer *out;
    struct entry entry;
    size_t label_width;
};

/* A line: a label in its column, then what is said. */
static void put_line(const struct job *job, const char *label, const char *text) {
    writer_text(job->out, "  ");
    layout_pad(job->out, label, job->label_width, ALIGN_LEFT);
    layout_wrap(job->out, text, job->label_width + 2, job->label_width + 2,
                terminal_width(job->invocation));
}

/* A content as people read it: short texts as they are, of others what they are. */
static const char *content_shown(struct job *job, const struct field *field) {
    struct invocation *invocation = job->invocation;
    struct baton_arena *arena = invocation->arena;
    struct digest digest;
    struct reader_content about;
    const char *text;
    size_t size;
    memcpy(digest.byte, field->value, DIGEST_SIZE);
    baton_code code = reader_content(job->reader, &digest, &about);
    if (code == BATON_CONTENT_ERASED || (code == BATON_OK && about.erased))
        return in_language(invocation, "(erased)", "（已删除）");
    const char *media = code == BATON_OK ? arena_text(arena, about.media, strlen(about.media)) : "";
    if (code == BATON_OK && strncmp(media, "text/", 5) == 0 && about.size <= TEXT_SHOWN) {
        code = reader_content_text(job->reader, arena, &digest, &text, &size);
        if (code == BATON_OK && memchr(text, '\n', size) == NULL &&
            text_valid_size(text, size) == size)
            return text;
    }
    if (code != BATON_OK)
        return arena_printf(arena,
                            in_language(invocation, "(cannot be read: %s)", "（无法读取：%s）"),
                            baton_code_info(code)->name);
    return arena_printf(arena,
                        in_language(invocation, "%" PRIu64 " bytes, %s", "%" PRIu64 " 字节，%s"),
                        about.size, media);
}

/* Names of the ledger's own fields. */
static const char *label_of(const struct job *job, const char *name) {
    /* clang-format off */
    static const char *const labels[][3] = {
        {"@corrects", "corrects", "更正"}, {"@reason", "because", "理由"},
        {"@verifier", "verified by", "审核"}, {"@evidence", "evidence", "佐证"},
        {"@proposal", "proposal", "提请"}, {"@withdrawn", "withdrawn", "撤销"},
        {"@row", "first said", "首报"},
    };
    /* clang-format on */
    for (size_t i = 0; i < LENGTH(labels); i++)
        if (strcmp(labels[i][0], name) == 0)
            return labels[i][job->invocation->language == BATON_ZH ? 2 : 1];
    return name;
}

static const char *number_shown(const struct job *job, const char *number) {
    return arena_printf(job->invocation->arena, in_language(job->invocation, "no. %s", "第 %s 号"),
                        number);
}

/* What an entry said that another one names by its number. */
static const char *entry_shown(struct job *job, const char *number) {
    struct entry entry;
    uint64_t position;
    if (!fact_position(number, &position) ||
        reader_entry(job->reader, job->invocation->arena, position, &entry) != BATON_OK)
        return number_shown(job, number);
    return arena_printf(
        job->invocation->arena, in_language(job->invocation, "no. %s: %s", "第 %s 号：%s"), number,
        entry_words(job->invocation->arena, &entry.body, job->invocation->language));
}

static const char *value_shown(struct job *job, const struct field *field) {
    const char *const name = field->name;
    struct fact_body inner;
    if (field->type == 'c')
        return content_shown(job, field);
    if (field->type == 'f')
        return body_read(job->invocation->arena, field->value, field->size, &inner) == BATON_OK
                   ? entry_words(job->invocation->arena, &inner, job->invocation->language)
                   : "";
    if (strcmp(name, "@corrects") == 0 || strcmp(name, "proposal") == 0)
        return entry_shown(job, field->value);
    if (strcmp(name, "@proposal") == 0 || strcmp(name, "@row") == 0)
        return number_shown(job, field->value);
    if (strcmp(name, "@verifier") == 0 || strcmp(name, "person") == 0)
        return names_shown(&job->names, field->value);
    if (strcmp(name, "@withdrawn") == 0)
        return in_language(job->invocation, "yes", "是");
    uint64_t time;
    if (strcmp(name, "expires") == 0 && fact_position(field->value, &time))
        return explain_time(job->invocation->arena, (int64_t)time);
    return field->value;
}

/* Whether it is in force, or what became of it. */
static baton_code take_newest(void *context, const struct fact_row *row) {
    uint64_t *newest = context;
    if (newest[2] == UINT64_MAX && row->position > newest[0])
        newest[2] = row->position; /* the first one after it */
    newest[1] = row->position;
    newest[3] = row->withdrawn;
    return BATON_OK;
}

static const char *row_state(struct job *job, enum fact_kind kind, baton_code *code) {
    struct invocation *invocation = job->invocation;
    const struct entry *entry = &job->entry;
    uint64_t seen[4] = {entry->position, 0, UINT64_MAX, 0};
    const char *key = fact_key(invocation->arena, &entry->body, entry->position);
    *code = reader_history(job->reader, entry->body.assessment, kind, key, take_newest, seen);
    if (*code != BATON_OK)
        return "";
    if (seen[2] != UINT64_MAX)
        return arena_printf(invocation->arena,
                            in_language(invocation, "no: no. %" PRIu64 " took its place",
                                        "否，已由第 %" PRIu64 " 号取代"),
                            seen[2]);
    return seen[3] != 0 ? in_language(invocation, "withdrawn", "已撤销")
                        : in_language(invocation, "yes", "是");
}

static const char *proposal_state(struct job *job, baton_code *code) {
    struct invocation *invocation = job->invocation;
    struct proposal proposal;
    *code = reader_proposal(job->reader, invocation->arena, job->entry.position, &proposal);
    if (*code != BATON_OK)
        return "";
    const bool zh = invocation->language == BATON_ZH;
    const char *state = proposal.state;
    if (zh)
        state = strcmp(state, "open") == 0       ? "待决定"
                : strcmp(state, "accepted") == 0 ? "已同意"
                : strcmp(state, "refused") == 0  ? "未同意"
                                                 : "已撤回";
    if (proposal.decided < 0)
        return state;
    return arena_printf(invocation->arena, zh ? "%s，第 %" PRId64 " 号" : "%s, no. %" PRId64, state,
                        proposal.decided);
}

static baton_code put_state(struct job *job) {
    enum fact_kind kind;
    baton_code code = BATON_OK;
    if (!fact_kind_of(job->entry.body.kind, &kind))
        return BATON_OK;
    if (kind == FACT_PROPOSAL)
        put_line(job, in_language(job->invocation, "state", "状态"), proposal_state(job, &code));
    else if (fact_kind_info(kind)->is_row)
        put_line(job, in_language(job->invocation, "in force", "现行"),
                 row_state(job, kind, &code));
    return code;
}

static void measure_labels(struct job *job) {
    static const char *const own[2][6] = {
        {"said", "by", "assessment", "in force", "receipt", "state"},
        {"时间", "经办人", "考核", "现行", "回执", "状态"}};
    size_t widest = 0;
    for (size_t i = 0; i < 6; i++) {
        const size_t width = layout_width(own[job->invocation->language][i]);
        widest = width > widest ? width : widest;
    }
    for (size_t i = 0; i < job->entry.body.field_count; i++) {
        const size_t width = layout_width(label_of(job, job->entry.body.field[i].name));
        widest = width > widest ? width : widest;
    }
    job->label_width = widest + 2;
}

/* How contents are got at that are not shown. */
static void put_content_hint(struct job *job) {
    struct invocation *invocation = job->invocation;
    for (size_t i = 0; i < job->entry.body.field_count; i++)
        if (job->entry.body.field[i].type == 'c') {
            put_line(job, in_language(invocation, "contents", "内容"),
                     arena_printf(invocation->arena,
                                  in_language(invocation, "--content %s writes that field",
                                              "可用 --content %s 输出该字段"),
                                  job->entry.body.field[i].name));
            return;
        }
}

static baton_code put_entry(struct job *job) {
    struct invocation *invocation = job->invocation;
    struct baton_arena *arena = invocation->arena;
    const struct entry *entry = &job->entry;
    struct receipt receipt;
    measure_labels(job);
    paint_begin(job->out, invocation->colour_out, PAINT_STRONG);
    writer_printf(job->out, in_language(invocation, "No. %" PRIu64 ", %s", "第 %" PRIu64 " 号，%s"),
                  entry->position, entry_kind(&entry->body, invocation->language));
    paint_end(job->out, invocation->colour_out, PAINT_STRONG);
    writer_text(job->out, "\n");
    put_line(job, in_language(invocation, "said", "时间"), explain_time(arena, entry->time_utc_ms));
    put_line(job, in_language(invocation, "by", "经办人"), names_shown(&job->names, entry->actor));
    if (entry->body.assessment[0] != '\0')
        put_line(job, in_language(invocation, "assessment", "考核"), entry->body.assessment);
    for (size_t i = 0; i < entry->body.field_count; i++)
        put_line(job, label_of(job, entry->body.field[i].name),
                 value_shown(job, &entry->body.field[i]));
    TRY(put_state(job));
    put_content_hint(job);
    TRY(reader_receipt(job->reader, arena, entry->position, &receipt));
    put_line(
        job, in_language(invocation, "receipt", "回执"),
        arena_printf(arena,
                     in_language(invocation,
                                 "%s…, in the head of %" PRIu64 " entries; --receipt writes it",
                                 "%s…，载于前 %" PRIu64 " 条的签名摘要；可用 --receipt 输出"),
                     digest_shown(arena, &receipt.leaf), receipt.head.size));
    return BATON_OK;
}

static void put_json(struct job *job) {
    struct json json = json_to(job->out);
    json_object(&json, NULL);
    entry_json(&json, &job->names, &job->entry);
    json_end(&json);
}

/* A content as it is, of any size. */
static baton_code put_piece(void *context, const void *bytes, size_t size) {
    writer_put(context, bytes, size);
    return BATON_OK;
}

static baton_code write_content(struct job *job) {
    struct invocation *invocation = job->invocation;
    const char *const name = invocation->settings.content;
    const char *const output = invocation->settings.output;
    const struct field *field = body_field(&job->entry.body, name);
    struct digest digest;
    if (field == NULL || field->type != 'c') {
        const char *list = NULL;
        for (size_t i = 0; i < job->entry.body.field_count; i++)
            if (job->entry.body.field[i].type == 'c')
                list = arena_printf(invocation->arena, "%s%s%s", list == NULL ? "" : list,
                                    list == NULL ? "" : ", ", job->entry.body.field[i].name);
        return refuse(invocation, BATON_CONTENT_NONE,
                      arena_printf(invocation->arena, "%" PRIu64, job->entry.position), name, list,
                      NULL);
    }
    memcpy(digest.byte, field->value, DIGEST_SIZE);
    struct writer *writer =
        output == NULL ? invocation->out : writer_file(invocation->arena, output);
    const baton_code code = reader_content_pieces(job->reader, &digest, put_piece, writer);
    if (code != BATON_OK)
        return refuse_reader(invocation, job->reader, code);
    if (output == NULL)
        return BATON_OK;
    const int error = writer_close(writer);
    return error == 0 ? BATON_OK
                      : refuse(invocation, BATON_FILE_WRITE, output, strerror(error), NULL, NULL);
}

static baton_code show_fact(struct job *job) {
    struct invocation *invocation = job->invocation;
    uint64_t position;
    struct receipt receipt;
    TRY(read_number(invocation, invocation->operand[1], &position));
    baton_code code = reader_begin(job->reader);
    if (code == BATON_OK)
        code = reader_entry(job->reader, invocation->arena, position, &job->entry);
    if (code == BATON_OK && invocation->settings.content != NULL)
        return write_content(job);
    if (code == BATON_OK && invocation->settings.want_receipt) {
        code = reader_receipt(job->reader, invocation->arena, position, &receipt);
        return code == BATON_OK ? put_text(invocation, receipt_text(invocation->arena, &receipt))
                                : refuse_reader(invocation, job->reader, code);
    }
    if (code == BATON_OK && invocation->settings.format == FORMAT_JSON)
        put_json(job);
    else if (code == BATON_OK)
        code = put_entry(job);
    return code == BATON_OK ? put_text(invocation, writer_text_of(job->out))
                            : refuse_reader(invocation, job->reader, code);
}

static baton_code show_head(struct job *job) {
    struct head head;
    struct public_key key;
    const baton_code code = reader_head(job->reader, job->invocation->arena, &head, &key);
    return code == BATON_OK
               ? put_text(job->invocation, head_text(job->invocation->arena, &head, &key))
               : refuse_reader(job->invocation, job->reader, code);
}

/* One thing is shown: options that ask for another one do not go with it. */
static baton_code look_at_options(struct invocation *invocation) {
    const struct settings *s = &invocation->settings;
    const bool has_number = invocation->operand_count > 1;
    const char *const asked[] = {s->head ? "--head" : NULL, s->table != NULL ? "--table" : NULL,
                                 s->want_receipt ? "--receipt" : NULL,
                                 s->content != NULL ? "--content" : NULL};
    const char *first = NULL;
    for (size_t i = 0; i < LENGTH(asked); i++) {
        if (asked[i] != NULL && first != NULL)
            return refuse(invocation, BATON_OPTIONS_APART, first, asked[i], NULL, NULL);
        if (asked[i] != NULL)
            first = asked[i];
    }
    if ((s->head || s->table != NULL) && has_number)
        return refuse(invocation, BATON_OPERAND_EXCESS, "show", invocation->operand[1], NULL, NULL);
    if (!s->head && s->table == NULL && !has_number)
        return refuse(invocation, BATON_OPERAND_MISSING, "show", "LEDGER N", NULL, NULL);
    if (s->known != NULL && s->table == NULL)
        return refuse(invocation, BATON_OPTION_NEEDED, "show", "--table", NULL, NULL);
    if (s->format == FORMAT_CSV && s->table == NULL)
        return refuse(invocation, BATON_OPTION_NEEDED, "show", "--table", NULL, NULL);
    return BATON_OK;
}

baton_code cmd_show(struct invocation *invocation) {
    TRY(look_at_options(invocation));
    struct job job = {.invocation = invocation, .out = writer_memory(invocation->arena)};
    TRY(open_reader(invocation, invocation->operand[0], &job.reader));
    job.names = (struct names){
        .arena = invocation->arena, .reader = job.reader, .language = invocation->language};
    if (invocation->settings.table != NULL)
        return show_table(invocation, job.reader);
    return invocation->settings.head ? show_head(&job) : show_fact(&job);
}
