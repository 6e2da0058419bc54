/* Two tables: files by their digest, and rows (assessment, kind, key) that name any, so that a later revision of a row takes the place of what the earlier one named. Lists grow in an arena of their own, in which nothing is ever given back: what
 * was handed out stays readable. Each step of reading is short, and done with the lock held; whoever finds others at it waits, and finds it done. */
#include "flow/evidence.h"
#include "base/civil_day.h"
#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_FIELDS = 7, CHUNK = 4096, RAW = DIGEST_SIZE };

struct file {
    struct evidence_file told;
    struct evidence_brought *brought;
    size_t brought_capacity;
    struct evidence_name *name;
    size_t name_capacity;
};

/* A name in force of a row: of which file, which of its names. */
struct held {
    uint32_t file;
    size_t name;
};

struct row {
    struct held *held;
    size_t count, capacity;
};

struct term {
    const char *assessment;
    unsigned years; /* 0 = for good */
};

struct evidence {
    pthread_mutex_t lock;
    struct baton_arena *arena;
    uint64_t known;
    struct hash files; /* digest, as bytes, to its place in `file` */
    struct file **file;
    size_t file_count, file_capacity;
    struct hash rows; /* assessment, kind and key to its place in `row` */
    struct row *row;
    size_t row_count, row_capacity;
    struct term *term;
    size_t term_count, term_capacity;
};

static void close_evidence(void *context) {
    struct evidence *const evidence = context;
    arena_close(evidence->arena);
    pthread_mutex_destroy(&evidence->lock);
}

struct evidence *evidence_open(struct baton_arena *arena) {
    struct evidence *const evidence = arena_alloc(arena, 1, sizeof *evidence);
    pthread_mutex_init(&evidence->lock, NULL);
    evidence->arena = arena_open();
    arena_on_close(arena, close_evidence, evidence);
    return evidence;
}

/* Files */

static struct file *file_of(struct evidence *evidence, const struct digest *digest) {
    const uint32_t at = hash_find(&evidence->files, (const char *)digest->byte, RAW);
    return at == HASH_NONE ? NULL : evidence->file[at];
}

static struct file *file_make(struct evidence *evidence, const struct digest *digest) {
    struct file *file = file_of(evidence, digest);
    if (file != NULL)
        return file;
    file = arena_alloc(evidence->arena, 1, sizeof *file);
    file->told = (struct evidence_file){.digest = *digest, .media = "", .erased = -1};
    hash_add(evidence->arena, &evidence->files, (const char *)file->told.digest.byte, RAW,
             (uint32_t)evidence->file_count);
    *ARRAY_PUSH(evidence->arena, evidence->file, evidence->file_count, evidence->file_capacity) =
        file;
    return file;
}

static const char *kept_text(const struct evidence *evidence, const char *text) {
    return arena_text(evidence->arena, text, strlen(text));
}

static void take_brought(struct evidence *evidence, const struct entry *entry) {
    struct evidence_brought brought = {.position = entry->position,
                                       .time_utc_ms = entry->time_utc_ms,
                                       .actor = kept_text(evidence, entry->actor),
                                       .assessment = kept_text(evidence, entry->body.assessment)};
    struct digest digest;
    uint64_t size = 0;
    if (!body_content(&entry->body, "content", &digest))
        return;
    struct file *const file = file_make(evidence, &digest);
    brought.has_name = body_content(&entry->body, "name", &brought.name);
    if (file->told.brought_count > 0 &&
        file->brought[file->told.brought_count - 1].position >= entry->position)
        return; /* taken before memory was out */
    if (file->told.brought_count == 0 && fact_position(body_text(&entry->body, "size"), &size)) {
        file->told.size = size;
        file->told.media = kept_text(evidence, body_text(&entry->body, "media"));
    }
    *ARRAY_PUSH(evidence->arena, file->brought, file->told.brought_count, file->brought_capacity) =
        brought;
    file->told.brought = file->brought;
}

/* Names */

static int32_t last_day_of(const struct entry *entry) {
    const char *const period = body_text(&entry->body, "period");
    struct baton_period parsed;
    return baton_period_parse(period, strlen(period), &parsed) ? baton_period_last_day(parsed)
                                                               : civil_day(entry->time_utc_ms);
}

/* The fields that matter, copied. */
static struct fact_body name_body(const struct evidence *evidence, const struct entry *entry) {
    static const char *const names[NAME_FIELDS] = {"element",  "indicator", "item", "period",
                                                   "reporter", "stage",     "unit"};
    struct field *const field = arena_alloc(evidence->arena, NAME_FIELDS, sizeof *field);
    size_t count = 0;
    for (size_t i = 0; i < NAME_FIELDS; i++)
        if (body_field(&entry->body, names[i]) != NULL)
            field[count++] =
                text_field(names[i], kept_text(evidence, body_text(&entry->body, names[i])));
    enum fact_kind kind;
    const char *const word =
        fact_kind_of(entry->body.kind, &kind) ? fact_kind_info(kind)->word : "";
    return (struct fact_body){word, kept_text(evidence, entry->body.assessment), field, count};
}

static void add_name(struct evidence *evidence, const struct entry *entry, struct row *row,
                     const struct digest *digest) {
    struct file *const file = file_make(evidence, digest);
    assert(file->name != NULL ? file->told.name_count <= file->name_capacity
                              : file->name_capacity == 0 && file->told.name_count == 0);
    struct evidence_name *const last =
        file->told.name_count == 0 ? NULL : &file->name[file->told.name_count - 1];
    if (last != NULL && last->position >= entry->position)
        last->in_force = true; /* taken before memory was out */
    else
        *ARRAY_PUSH(evidence->arena, file->name, file->told.name_count, file->name_capacity) =
            (struct evidence_name){entry->position, name_body(evidence, entry), last_day_of(entry),
                                   true};
    file->told.name = file->name;
    const uint32_t at = hash_find(&evidence->files, (const char *)digest->byte, RAW);
    *ARRAY_PUSH(evidence->arena, row->held, row->count, row->capacity) =
        (struct held){at, file->told.name_count - 1};
}

/* The row that an entry is a revision of; NULL = none that ever named evidence, unless `make`. */
static struct row *row_of(struct evidence *evidence, const struct entry *entry, bool make) {
    struct baton_arena *const arena = evidence->arena;
    const struct arena_mark mark = arena_mark(arena);
    const struct fact_body *const body = &entry->body;
    uint64_t position = entry->position;
    (void)fact_position(body_text(body, "@row"), &position);
    const char *const key = arena_printf(arena, "%s\x1e%s\x1e%s", body->assessment, body->kind,
                                         fact_key(arena, body, position));
    uint32_t at = hash_find(&evidence->rows, key, strlen(key));
    if (at != HASH_NONE || !make)
        arena_reset_to(arena, mark);
    if (at == HASH_NONE && !make)
        return NULL;
    if (at == HASH_NONE) {
        at = (uint32_t)evidence->row_count;
        hash_add(arena, &evidence->rows, key, strlen(key), at);
        *ARRAY_PUSH(arena, evidence->row, evidence->row_count, evidence->row_capacity) =
            (struct row){0};
    }
    return &evidence->row[at];
}

/* A revision takes the place of those before it, whether it names evidence or not. */
static void take_names(struct evidence *evidence, const struct entry *entry) {
    const char *at = body_text(&entry->body, "@evidence");
    struct row *const row = row_of(evidence, entry, *at != '\0');
    if (row == NULL)
        return;
    for (size_t i = 0; i < row->count; i++) {
        struct file *const file = evidence->file[row->held[i].file];
        file->name[row->held[i].name].in_force = false;
    }
    row->count = 0;
    while (*at != '\0') {
        const size_t size = strcspn(at, " ");
        struct digest digest;
        if (digest_of_hex(at, size, &digest))
            add_name(evidence, entry, row, &digest);
        at += size + (at[size] == ' ');
    }
}

/* Terms and erasures */

static void take_term(struct evidence *evidence, const struct entry *entry) {
    unsigned years = EVIDENCE_TERM_YEARS;
    size_t i = 0;
    if (strcmp(body_text(&entry->body, "of"), "evidence") != 0)
        return;
    if (body_field(&entry->body, "@withdrawn") == NULL)
        (void)fact_term(body_text(&entry->body, "term"), &years);
    while (i < evidence->term_count &&
           strcmp(evidence->term[i].assessment, entry->body.assessment) != 0)
        i++;
    if (i == evidence->term_count)
        *ARRAY_PUSH(evidence->arena, evidence->term, evidence->term_count,
                    evidence->term_capacity) =
            (struct term){kept_text(evidence, entry->body.assessment), years};
    evidence->term[i].years = years;
}

static void take_erasure(struct evidence *evidence, const struct entry *entry) {
    struct digest digest;
    struct file *const file =
        body_content(&entry->body, "content", &digest) ? file_of(evidence, &digest) : NULL;
    if (file == NULL)
        return;
    file->told.erased = (int64_t)entry->position;
    file->told.erased_utc_ms = entry->time_utc_ms;
}

/* Reading */

struct reading {
    struct evidence *evidence;
    uint64_t next;
};

static baton_code take_entry(void *context, const struct fact_row *row) {
    struct reading *const reading = context;
    struct evidence *const evidence = reading->evidence;
    const struct entry *const entry = &row->entry;
    enum fact_kind kind;
    reading->next = entry->position + 1;
    if (!fact_kind_of(entry->body.kind, &kind))
        return BATON_OK;
    if (kind == FACT_EVIDENCE)
        take_brought(evidence, entry);
    else if (kind == FACT_TERM)
        take_term(evidence, entry);
    else if (kind == FACT_ERASURE)
        take_erasure(evidence, entry);
    else if (fact_kind_info(kind)->is_row &&
             (evidence->row_count > 0 || body_field(&entry->body, "@evidence") != NULL))
        take_names(evidence, entry);
    return BATON_OK;
}

struct catching_up {
    struct evidence *evidence;
    struct ledger_reader *reader;
    uint64_t size;
};

/* As the body of an arena_run on the arena of the tables. Where memory is out, a piece is read again later: what was taken of it is not taken twice. */
static baton_code catch_up(void *context) {
    const struct catching_up *const catching = context;
    struct evidence *const evidence = catching->evidence;
    while (evidence->known < catching->size) {
        const uint64_t left = catching->size - evidence->known;
        struct reading reading = {evidence, evidence->known};
        TRY(reader_entries(catching->reader, evidence->known,
                           evidence->known + (left < CHUNK ? left : CHUNK), take_entry, &reading));
        if (reading.next == evidence->known)
            return BATON_ENTRY_MISSING;
        evidence->known = reading.next;
    }
    return BATON_OK;
}

baton_code evidence_read(struct evidence *evidence, struct ledger_reader *reader) {
    struct catching_up catching = {evidence, reader, 0};
    baton_code code = reader_size(reader, &catching.size);
    pthread_mutex_lock(&evidence->lock);
    if (code == BATON_OK && evidence->known < catching.size)
        code = arena_run(evidence->arena, catch_up, &catching);
    pthread_mutex_unlock(&evidence->lock);
    return code;
}

/* Asking */

bool evidence_find(struct evidence *evidence, const struct digest *digest,
                   struct evidence_file *out) {
    pthread_mutex_lock(&evidence->lock);
    const struct file *const file = file_of(evidence, digest);
    if (file != NULL)
        *out = file->told;
    pthread_mutex_unlock(&evidence->lock);
    return file != NULL && out->brought_count > 0;
}

void evidence_all(struct evidence *evidence, struct baton_arena *arena, struct evidence_list *out) {
    pthread_mutex_lock(&evidence->lock);
    const size_t room = evidence->file_count;
    pthread_mutex_unlock(&evidence->lock);
    struct evidence_file *const all = arena_alloc(arena, room, sizeof *all);
    size_t count = 0;
    pthread_mutex_lock(&evidence->lock);
    for (size_t i = 0; i < room; i++)
        if (evidence->file[i]->told.brought_count > 0)
            all[count++] = evidence->file[i]->told;
    *out = (struct evidence_list){all, count, evidence->known};
    pthread_mutex_unlock(&evidence->lock);
}

static bool is_of(const char *asked, const struct fact_body *body, const char *field) {
    return asked == NULL || strcmp(asked, body_text(body, field)) == 0;
}

bool evidence_wishes(const struct evidence_wish *wish, const struct fact_body *name) {
    enum fact_kind kind;
    if (!is_of(wish->unit, name, "unit") || !is_of(wish->period, name, "period") ||
        !is_of(wish->element, name, "element") || !fact_kind_of(name->kind, &kind))
        return false;
    kind = kind == FACT_REPORT ? FACT_OBSERVATION : kind;
    return wish->reach == NULL ||
           (kind != FACT_ADJUSTMENT && post_reaches(wish->reach, kind, name));
}

bool evidence_is_named(const struct evidence_file *file) {
    for (size_t i = 0; i < file->name_count; i++)
        if (file->name[i].in_force)
            return true;
    return false;
}

/* Terms */

/* 0 = for good. */
static unsigned term_of(const struct evidence *evidence, const char *assessment) {
    for (size_t i = 0; i < evidence->term_count; i++)
        if (strcmp(evidence->term[i].assessment, assessment) == 0)
            return evidence->term[i].years;
    return EVIDENCE_TERM_YEARS;
}

/* The last day of the year of a day, so many years later. */
static int32_t kept_from(int32_t day, unsigned years) {
    enum { LAST_YEAR = 2999 };
    const struct baton_period year = baton_period_of_day(BATON_YEAR, day);
    const int last = year.year + (int)years;
    if (years == 0 || year.kind == BATON_PERIOD_NONE || last > LAST_YEAR)
        return INT32_MAX;
    return baton_period_last_day(
        (struct baton_period){.kind = BATON_YEAR, .year = (int16_t)last, .index = 1});
}

int32_t evidence_kept_until(struct evidence *evidence, const struct evidence_file *file,
                            const struct evidence_name **why) {
    int32_t until = INT32_MIN;
    *why = NULL;
    pthread_mutex_lock(&evidence->lock);
    for (size_t i = 0; i < file->name_count; i++) {
        const struct evidence_name *const name = &file->name[i];
        const int32_t own = kept_from(name->last_day, term_of(evidence, name->body.assessment));
        if (own > until) {
            until = own;
            *why = name;
        }
    }
    for (size_t i = 0; i < file->brought_count && file->name_count == 0; i++) {
        const struct evidence_brought *const brought = &file->brought[i];
        const int32_t own =
            kept_from(civil_day(brought->time_utc_ms), term_of(evidence, brought->assessment));
        until = own > until ? own : until;
    }
    pthread_mutex_unlock(&evidence->lock);
    return until;
}

/* Told by whoever asks to erase it. */
static baton_code refuse(struct baton_arena *arena, const struct evidence_file *file, int32_t until,
                         const struct evidence_name *why, struct baton_findings *found) {
    char hex[DIGEST_HEX_SIZE], day[BATON_PERIOD_NAME_SIZE] = "";
    digest_hex(&file->digest, hex);
    if (until != INT32_MAX)
        baton_day_format(until, day);
    const char *const fact =
        why == NULL
            ? NULL
            : arena_printf(arena, "%s %s %s%s%s %s", why->body.kind, body_text(&why->body, "unit"),
                           body_text(&why->body, "element"), body_text(&why->body, "indicator"),
                           body_text(&why->body, "item"), body_text(&why->body, "period"));
    baton_findings_add(found, BATON_EVIDENCE_TERM, (struct baton_where){0},
                       arena_printf(arena, "%.16s…", hex), *day != '\0' ? day : NULL, fact, NULL);
    return BATON_EVIDENCE_TERM;
}

baton_code evidence_check_erasures(struct evidence *evidence, struct ledger_reader *reader,
                                   struct baton_arena *arena, const struct fact_body *fact,
                                   size_t count, int32_t today, struct baton_findings *found) {
    bool is_read = false;
    baton_code worst = BATON_OK;
    for (size_t i = 0; i < count; i++) {
        const struct evidence_name *why;
        struct evidence_file file;
        struct digest digest;
        if (strcmp(fact[i].kind, fact_kind_info(FACT_ERASURE)->word) != 0 ||
            body_field(&fact[i], "early") != NULL || !body_content(&fact[i], "content", &digest))
            continue;
        if (!is_read)
            TRY(evidence_read(evidence, reader));
        is_read = true;
        if (!evidence_find(evidence, &digest, &file) || file.erased >= 0)
            continue; /* no evidence, or gone: the ledger says so */
        const int32_t until = evidence_kept_until(evidence, &file, &why);
        if (today <= until)
            worst = refuse(arena, &file, until, why, found);
    }
    return worst;
}
