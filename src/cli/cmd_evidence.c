/* `baton evidence`: what files there are, one brought in, one written out, erasures proposed. Whoever has the database sees all of them. */
#include "base/civil_day.h"
#include "base/csv_field.h"
#include "base/json.h"
#include "base/whole_file.h"
#include "cli/evidence_file.h"
#include "cli/list_table.h"
#include "cli/open_collection.h"
#include "cli/open_ledger.h"
#include "cli/terminal.h"
#include "cli/world.h"
#include "flow/entry_print.h"
#include "flow/evidence.h"
#include "flow/post_reach.h"
#include "report/explain_report.h"
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

enum { FORMAT_TEXT, FORMAT_CSV, FORMAT_JSON };
enum { DIGEST, NAME, SIZE, TYPE, BY, WHEN, UNTIL, NAMED, COLUMNS };
enum { DIGITS_SHOWN = 16, ERASED_MOST = 250 /* files of one proposal, each with its name */ };

struct job {
    struct invocation *invocation;
    struct ledger_reader *reader;
    const char *assessment;
    struct evidence *evidence;
    struct evidence_list list;
    struct evidence_wish wish;
    struct post_reach reach;
    int32_t today;
    struct names names;
};

/* A file that is listed. */
struct item {
    const struct evidence_file *file;
    const struct evidence_brought *brought; /* to the assessment */
    const struct evidence_name *why;        /* what decides how long it is kept; NULL = nothing */
    const char *name;                       /* NULL = erased */
    size_t named;                           /* facts in force that name it */
    int32_t until;                          /* INT32_MAX = for good */
};

/* Which */

static const struct evidence_brought *brought_to(const struct job *job,
                                                 const struct evidence_file *file) {
    for (size_t i = 0; i < file->brought_count; i++)
        if (strcmp(file->brought[i].assessment, job->assessment) == 0)
            return &file->brought[i];
    return NULL;
}

static baton_code find_name(struct job *job, struct item *item) {
    size_t size;
    if (!item->brought->has_name)
        return BATON_OK;
    const baton_code code = reader_content_text(job->reader, job->invocation->arena,
                                                &item->brought->name, &item->name, &size);
    return code == BATON_OK || code == BATON_CONTENT_ERASED
               ? BATON_OK
               : refuse_reader(job->invocation, job->reader, code);
}

/* *is_listed: whether it is one of those asked for. */
static baton_code look_at(struct job *job, const struct evidence_file *file, struct item *item,
                          bool *is_listed) {
    const struct settings *const settings = &job->invocation->settings;
    const bool has_wish =
        job->wish.unit != NULL || job->wish.period != NULL || job->wish.reach != NULL;
    size_t wished = 0;
    *item = (struct item){.file = file, .brought = brought_to(job, file)};
    *is_listed = false;
    if (item->brought == NULL)
        return BATON_OK;
    for (size_t i = 0; i < file->name_count; i++) {
        item->named += file->name[i].in_force;
        wished += file->name[i].in_force && evidence_wishes(&job->wish, &file->name[i].body);
    }
    item->until = evidence_kept_until(job->evidence, file, &item->why);
    const bool is_past = file->erased < 0 && job->today > item->until;
    *is_listed = (!has_wish || wished > 0) && (!settings->unnamed || item->named == 0) &&
                 (!settings->past_term || is_past);
    return *is_listed ? find_name(job, item) : BATON_OK;
}

static baton_code choose(struct job *job, struct item **out, size_t *count) {
    *out = arena_alloc(job->invocation->arena, job->list.count, sizeof **out);
    *count = 0;
    for (size_t i = job->list.count; i > 0; i--) {
        bool is_listed;
        TRY(look_at(job, &job->list.file[i - 1], &(*out)[*count], &is_listed));
        *count += is_listed;
    }
    return BATON_OK;
}

/* Listing */

static const char *hex_of(const struct job *job, const struct evidence_file *file) {
    char *const hex = arena_alloc(job->invocation->arena, DIGEST_HEX_SIZE, 1);
    digest_hex(&file->digest, hex);
    return hex;
}

static const char *size_words(const struct job *job, uint64_t size) {
    struct baton_arena *const arena = job->invocation->arena;
    enum { KIB = 1024, MIB = 1024 * 1024 };
    if (size < 10 * KIB)
        return arena_printf(arena, "%" PRIu64 " B", size);
    return size < 10 * (uint64_t)MIB ? arena_printf(arena, "%" PRIu64 " KiB", size / KIB)
                                     : arena_printf(arena, "%" PRIu64 " MiB", size / MIB);
}

static const char *until_words(const struct job *job, const struct item *item) {
    char day[BATON_PERIOD_NAME_SIZE];
    struct invocation *const invocation = job->invocation;
    if (item->file->erased >= 0)
        return arena_printf(invocation->arena, in_language(invocation, "erased %s", "%s 删除"),
                            explain_time(invocation->arena, item->file->erased_utc_ms));
    if (item->until == INT32_MAX)
        return in_language(invocation, "for good", "永久");
    baton_day_format(item->until, day);
    return arena_text(invocation->arena, day, strlen(day));
}

/* "gdp yunhu 2021-08, 3 more" */
static const char *named_words(const struct job *job, const struct item *item) {
    struct invocation *const invocation = job->invocation;
    for (size_t i = item->file->name_count; i > 0; i--) {
        const struct fact_body *const body = &item->file->name[i - 1].body;
        if (!item->file->name[i - 1].in_force)
            continue;
        const char *const one = arena_printf(
            invocation->arena, "%s %s%s%s %s", body_text(body, "unit"), body_text(body, "element"),
            body_text(body, "indicator"), body_text(body, "item"), body_text(body, "period"));
        return item->named == 1
                   ? one
                   : arena_printf(invocation->arena,
                                  in_language(invocation, "%s, and %zu more", "%s 等 %zu 条"), one,
                                  item->named - (invocation->language == BATON_EN));
    }
    return NULL;
}

static void print_text(struct job *job, const struct item *item, size_t count) {
    static const char *const titles[2][COLUMNS] = {
        {"digest", "name", "size", "type", "brought in by", "when", "kept until", "named by"},
        {"摘要", "文件名", "大小", "类型", "上传人", "时间", "保管至", "引用它的数据"}};
    struct invocation *const invocation = job->invocation;
    struct list_table table = {
        .arena = invocation->arena, .columns = COLUMNS, .title = titles[invocation->language]};
    for (size_t i = 0; i < count; i++) {
        const char **const cell = list_add(&table);
        cell[DIGEST] = arena_text(invocation->arena, hex_of(job, item[i].file), DIGITS_SHOWN);
        cell[NAME] = item[i].name;
        cell[SIZE] = size_words(job, item[i].file->size);
        cell[TYPE] = item[i].file->media;
        cell[BY] = names_shown(&job->names, item[i].brought->actor);
        cell[WHEN] = explain_time(invocation->arena, item[i].brought->time_utc_ms);
        cell[UNTIL] = until_words(job, &item[i]);
        cell[NAMED] = named_words(job, &item[i]);
    }
    if (count == 0)
        writer_text(invocation->out, in_language(invocation, "There is no such evidence.\n",
                                                 "没有符合条件的佐证。\n"));
    list_print(&table, invocation->out, invocation->colour_out, terminal_width(invocation));
}

static void print_csv(struct job *job, const struct item *item, size_t count) {
    struct writer *const out = job->invocation->out;
    writer_text(out, "digest,name,size,media,by,time,keep_until,erased,named\n");
    for (size_t i = 0; i < count; i++) {
        const struct evidence_file *const file = item[i].file;
        char day[BATON_PERIOD_NAME_SIZE] = "";
        if (item[i].until != INT32_MAX)
            baton_day_format(item[i].until, day);
        writer_printf(out, "%s,", hex_of(job, file));
        csv_cell(out, item[i].name == NULL ? "" : item[i].name);
        writer_printf(out, ",%" PRIu64 ",%s,%s,%s,%s,%s,%zu\n", file->size, file->media,
                      item[i].brought->actor,
                      time_exact(job->invocation->arena, item[i].brought->time_utc_ms), day,
                      file->erased < 0 ? ""
                                       : time_exact(job->invocation->arena, file->erased_utc_ms),
                      item[i].named);
    }
}

static void put_facts(struct json *json, const struct evidence_file *file) {
    static const char *const fields[] = {"unit", "element", "indicator", "item", "period", "stage"};
    json_array(json, "facts");
    for (size_t i = file->name_count; i > 0; i--) {
        const struct evidence_name *const name = &file->name[i - 1];
        if (!name->in_force)
            continue;
        json_object(json, NULL);
        json_count(json, "position", name->position);
        json_text(json, "kind", name->body.kind);
        for (size_t f = 0; f < LENGTH(fields); f++)
            if (body_field(&name->body, fields[f]) != NULL)
                json_text(json, fields[f], body_text(&name->body, fields[f]));
        json_end(json);
    }
    json_end(json);
}

static void print_json(struct job *job, const struct item *item, size_t count) {
    struct baton_arena *const arena = job->invocation->arena;
    struct json json = json_to(job->invocation->out);
    json_object(&json, NULL);
    json_array(&json, "items");
    for (size_t i = 0; i < count; i++) {
        const struct evidence_file *const file = item[i].file;
        char day[BATON_PERIOD_NAME_SIZE];
        json_object(&json, NULL);
        json_text(&json, "digest", hex_of(job, file));
        if (item[i].name != NULL)
            json_text(&json, "name", item[i].name);
        json_count(&json, "size", file->size);
        json_text(&json, "media", file->media);
        json_text(&json, "by", item[i].brought->actor);
        json_text(&json, "time", time_exact(arena, item[i].brought->time_utc_ms));
        json_count(&json, "position", item[i].brought->position);
        json_count(&json, "named", item[i].named);
        put_facts(&json, file);
        if (item[i].until != INT32_MAX) {
            baton_day_format(item[i].until, day);
            json_text(&json, "keep_until", day);
        }
        json_flag(&json, "past_term", job->today > item[i].until);
        if (file->erased >= 0)
            json_text(&json, "erased", time_exact(arena, file->erased_utc_ms));
        json_end(&json);
    }
    json_end(&json);
    json_end(&json);
}

static baton_code list(struct job *job) {
    struct item *item;
    size_t count;
    TRY(choose(job, &item, &count));
    switch (job->invocation->settings.format) {
    case FORMAT_CSV:
        print_csv(job, item, count);
        break;
    case FORMAT_JSON:
        print_json(job, item, count);
        break;
    default:
        print_text(job, item, count);
    }
    return BATON_OK;
}

/* One */

/* By its digest, or the beginning of one if there is no other. */
static baton_code find_one(struct job *job, const char *asked, const struct evidence_file **out) {
    const size_t size = strlen(asked);
    size_t found = 0;
    for (size_t i = 0; i < job->list.count; i++)
        if (strncmp(hex_of(job, &job->list.file[i]), asked, size) == 0) {
            *out = &job->list.file[i];
            found++;
        }
    return found == 1 ? BATON_OK
                      : refuse(job->invocation, BATON_CONTENT_UNKNOWN, asked, NULL, NULL, NULL);
}

struct writing {
    int file;
    int error; /* errno; 0 = none */
};

static baton_code write_piece(void *context, const void *bytes, size_t size) {
    struct writing *const writing = context;
    for (size_t at = 0; at < size;) {
        const ssize_t put = write(writing->file, (const char *)bytes + at, size - at);
        if (put < 0 && errno != EINTR) {
            writing->error = errno;
            return BATON_FILE_WRITE;
        }
        at += put < 0 ? 0 : (size_t)put;
    }
    return BATON_OK;
}

static baton_code get(struct job *job) {
    struct invocation *const invocation = job->invocation;
    const char *const path = invocation->settings.output;
    const struct evidence_file *file = NULL;
    struct whole_file *whole;
    if (path == NULL)
        return refuse(invocation, BATON_OPERAND_MISSING, "evidence", "--get DIGEST --output FILE",
                      NULL, NULL);
    TRY(find_one(job, invocation->settings.get, &file));
    struct writing writing = {.error = whole_file_open(invocation->arena, path, &whole)};
    if (writing.error != 0)
        return refuse(invocation, BATON_FILE_WRITE, path, strerror(writing.error), NULL, NULL);
    writing.file = open(whole->aside, O_WRONLY | O_CLOEXEC);
    if (writing.file < 0)
        return refuse(invocation, BATON_FILE_WRITE, path, strerror(errno), NULL, NULL);
    const baton_code code =
        reader_content_pieces(job->reader, &file->digest, write_piece, &writing);
    if (close(writing.file) != 0 && writing.error == 0)
        writing.error = errno;
    if (code != BATON_OK && code != BATON_FILE_WRITE)
        return refuse_reader(invocation, job->reader, code);
    if (writing.error == 0)
        writing.error = whole_file_keep(whole);
    return writing.error == 0
               ? BATON_OK
               : refuse(invocation, BATON_FILE_WRITE, path, strerror(writing.error), NULL, NULL);
}

static baton_code add(struct job *job) {
    struct invocation *const invocation = job->invocation;
    struct submission told = {0};
    struct ledger *ledger;
    struct digest digest;
    const char *actor;
    char hex[DIGEST_HEX_SIZE];
    TRY(who_acts(invocation, &actor));
    TRY(open_appender(invocation, invocation->operand[0], &ledger));
    const baton_code code = evidence_store(invocation, ledger, actor, job->assessment,
                                           invocation->settings.add_file, &digest, &told);
    ledger_close(ledger);
    TRY(code);
    tell_stored(invocation, &told);
    digest_hex(&digest, hex);
    writer_printf(invocation->out, in_language(invocation, "  Its digest: %s\n", "  摘要：%s\n"),
                  hex);
    return BATON_OK;
}

/* Erasing */

/* The file and its name. */
static void add_erasures(struct job *job, const struct evidence_file *file, struct fact_body *fact,
                         size_t *count) {
    struct baton_arena *const arena = job->invocation->arena;
    for (size_t i = 0; i <= file->brought_count; i++) {
        const struct digest *const digest = i == 0 ? &file->digest : &file->brought[i - 1].name;
        struct reader_content about;
        if (i > 0 && (!file->brought[i - 1].has_name ||
                      reader_content(job->reader, digest, &about) != BATON_OK))
            continue; /* its name was erased before */
        struct field *const field = arena_alloc(arena, 2, sizeof *field);
        field[0] = (struct field){"content", (const char *)digest->byte, DIGEST_SIZE, 'c'};
        field[1] = text_field("early", "1");
        fact[(*count)++] = (struct fact_body){fact_kind_info(FACT_ERASURE)->word, "", field,
                                              job->invocation->settings.early ? 2 : 1};
    }
}

static size_t erasures_of(const struct evidence_file *file) {
    assert(file != NULL);
    return 1 + file->brought_count;
}

static baton_code propose(struct job *job, struct ledger *ledger, const char *actor,
                          struct fact_body *fact, size_t count) {
    struct invocation *const invocation = job->invocation;
    struct baton_findings found = {.arena = invocation->arena};
    struct submission submission = {
        .actor = actor, .fact = fact, .count = count, .want_receipts = true};
    const baton_code code = ledger_propose(ledger, invocation->arena, &submission,
                                           invocation->settings.reason, 0, &found);
    if (code != BATON_OK)
        return code == BATON_NO_MEMORY ? code : refuse_all(invocation, &found);
    writer_printf(
        invocation->out,
        in_language(invocation,
                    "No. %" PRIu64
                    ": proposed; it waits for somebody else: `baton decide %s %" PRIu64 "`.\n",
                    "第 %" PRIu64 " 号：已提请，待他人决定：`baton decide %s %" PRIu64 "`。\n"),
        submission.first, invocation->operand[0], submission.first);
    return BATON_OK;
}

/* As many as fit at a time. */
static baton_code propose_all(struct job *job, const struct item *item, size_t count) {
    struct invocation *const invocation = job->invocation;
    struct ledger *ledger;
    const char *actor;
    if (invocation->settings.reason == NULL)
        return refuse(invocation, BATON_REASON_NEEDED, NULL, NULL, NULL, NULL);
    TRY(who_acts(invocation, &actor));
    TRY(open_appender(invocation, invocation->operand[0], &ledger));
    baton_code code = BATON_OK;
    for (size_t i = 0; i < count && code == BATON_OK;) {
        size_t facts = 0, room = 0, end = i;
        while (end < count && (end == i || room + erasures_of(item[end].file) <= ERASED_MOST))
            room += erasures_of(item[end++].file);
        struct fact_body *const fact = arena_alloc(invocation->arena, room, sizeof *fact);
        for (; i < end; i++)
            add_erasures(job, item[i].file, fact, &facts);
        code = propose(job, ledger, actor, fact, facts);
    }
    ledger_close(ledger);
    return code;
}

static baton_code propose_past_term(struct job *job) {
    struct item *item;
    size_t count;
    TRY(choose(job, &item, &count));
    if (count > 0)
        return propose_all(job, item, count);
    writer_text(job->invocation->out, in_language(job->invocation, "Nothing is past its term.\n",
                                                  "没有保管期满的佐证。\n"));
    return BATON_OK;
}

static baton_code propose_one(struct job *job) {
    struct invocation *const invocation = job->invocation;
    struct baton_findings found = {.arena = invocation->arena};
    struct item item = {0};
    TRY(find_one(job, invocation->settings.erase, &item.file));
    const struct field content = {"content", (const char *)item.file->digest.byte, DIGEST_SIZE,
                                  'c'};
    const struct fact_body fact = {fact_kind_info(FACT_ERASURE)->word, "", &content, 1};
    const baton_code code =
        invocation->settings.early
            ? BATON_OK
            : evidence_check_erasures(job->evidence, job->reader, invocation->arena, &fact, 1,
                                      job->today, &found);
    if (code == BATON_EVIDENCE_TERM)
        return refuse_all(invocation, &found);
    if (code != BATON_OK)
        return refuse_reader(invocation, job->reader, code);
    return propose_all(job, &item, 1);
}

/* Beginning */

static baton_code open_all(struct job *job) {
    struct invocation *const invocation = job->invocation;
    const struct settings *const settings = &invocation->settings;
    if (settings->indicator != NULL) {
        struct collection of;
        TRY(collection_open(invocation, (struct baton_period){0}, &of));
        post_reach_of(invocation->arena, of.session, settings->indicator, &job->reach);
        job->reader = of.reader;
        job->assessment = of.assessment;
        job->wish.reach = &job->reach;
    } else {
        TRY(open_reader(invocation, invocation->operand[0], &job->reader));
        TRY(which_assessment(invocation, job->reader, &job->assessment));
    }
    job->wish.unit = settings->unit;
    if (settings->period.kind != BATON_PERIOD_NONE) {
        char name[BATON_PERIOD_NAME_SIZE];
        const size_t size = baton_period_format(settings->period, name);
        job->wish.period = arena_text(invocation->arena, name, size);
    }
    job->today = civil_day(world_now_utc_ms());
    job->evidence = evidence_open(invocation->arena);
    const baton_code code = evidence_read(job->evidence, job->reader);
    if (code != BATON_OK)
        return refuse_reader(invocation, job->reader, code);
    evidence_all(job->evidence, invocation->arena, &job->list);
    job->names = (struct names){
        .arena = invocation->arena, .reader = job->reader, .language = invocation->language};
    return BATON_OK;
}

/* One thing at a time. */
static baton_code check_options(struct invocation *invocation) {
    const struct settings *const s = &invocation->settings;
    const char *const asked[] = {
        s->add_file != NULL ? "--add" : NULL, s->get != NULL ? "--get" : NULL,
        s->erase != NULL ? "--erase" : NULL, s->propose ? "--propose" : NULL};
    const char *first = NULL;
    for (size_t i = 0; i < LENGTH(asked); i++) {
        if (asked[i] != NULL && first != NULL)
            return refuse(invocation, BATON_OPTIONS_APART, first, asked[i], NULL, NULL);
        first = asked[i] != NULL ? asked[i] : first;
    }
    if (s->propose && !s->past_term)
        return refuse(invocation, BATON_OPERAND_MISSING, "evidence", "--past-term", NULL, NULL);
    return BATON_OK;
}

baton_code cmd_evidence(struct invocation *invocation) {
    struct job job = {.invocation = invocation};
    const struct settings *const settings = &invocation->settings;
    TRY(check_options(invocation));
    TRY(open_all(&job));
    return settings->add_file != NULL ? add(&job)
           : settings->get != NULL    ? get(&job)
           : settings->erase != NULL  ? propose_one(&job)
           : settings->propose        ? propose_past_term(&job)
                                      : list(&job);
}
