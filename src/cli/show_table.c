/* A table of an assessment as it was in force: its rows come as the CSV that a package would have, and are taken apart again for people and as JSON, each with the number of its fact. */
#include "cli/show_table.h"
#include "base/json.h"
#include "base/text.h"
#include "cli/list_table.h"
#include "cli/open_ledger.h"
#include "cli/terminal.h"
#include "flow/fact_table.h"
#include <inttypes.h>
#include <string.h>

enum { FORMAT_TABLE, FORMAT_CSV, FORMAT_JSON };

/* The table of a name, "observations" or "observations.csv". */
static const struct flow_table *find_table(struct invocation *invocation) {
    const char *const name = invocation->settings.table;
    struct text_guess guess = {.text = name, .size = strlen(name)};
    const char *list = NULL;
    for (size_t i = 0; i < FLOW_TABLES; i++) {
        const char *file = flow_tables[i].file;
        const char *word = arena_text(invocation->arena, file, strcspn(file, "."));
        if (strcmp(name, word) == 0 || strcmp(name, file) == 0)
            return &flow_tables[i];
        text_guess_offer(&guess, word, strlen(word));
        list = list == NULL ? word : arena_printf(invocation->arena, "%s, %s", list, word);
    }
    refuse(invocation, BATON_OPTION_WORD, "--table", name, list, guess.best);
    return NULL;
}

/* The next field of a row of our own CSV; *ends tells whether the row ends with it. In the arena. */
static const char *take_field(struct baton_arena *arena, const char **at, bool *ends) {
    const char *from = *at;
    char *out;
    size_t size = 0;
    if (*from != '"') {
        size = strcspn(from, ",\n");
        out = arena_text(arena, from, size);
        from += size;
    } else {
        const char *end = from + 1;
        while (*end != '\0' && !(end[0] == '"' && end[1] != '"'))
            end += *end == '"' ? 2 : 1;
        out = arena_alloc(arena, (size_t)(end - from) + 1, 1);
        for (const char *c = from + 1; c < end; c++) {
            out[size++] = *c;
            c += *c == '"';
        }
        from = *end == '"' ? end + 1 : end;
    }
    *ends = *from != ',';
    *at = *from == '\0' ? from : from + 1;
    return out;
}

static size_t take_titles(struct baton_arena *arena, const char **at, const char **title) {
    size_t count = 0;
    for (bool ends = false; !ends && count < LIST_COLUMNS_MAX - 1;)
        title[count++] = take_field(arena, at, &ends);
    return count;
}

static void print_rows(struct invocation *invocation, const struct fact_table *rows,
                       struct writer *out) {
    struct baton_arena *arena = invocation->arena;
    const char *title[LIST_COLUMNS_MAX] = {in_language(invocation, "no.", "编号")},
               *at = rows->text;
    enum layout_align align[LIST_COLUMNS_MAX] = {ALIGN_RIGHT};
    struct list_table table = {.arena = arena, .title = title, .align = align};
    table.columns = 1 + take_titles(arena, &at, title + 1);
    for (size_t c = 0; c < table.columns; c++)
        if (strcmp(title[c], "value") == 0 || strcmp(title[c], "target") == 0 ||
            strcmp(title[c], "baseline") == 0)
            align[c] = ALIGN_RIGHT;
    for (size_t r = 0; r < rows->row_count; r++) {
        const char **cell = list_add(&table);
        bool ends = false;
        cell[0] = arena_printf(arena, "%" PRIu64, rows->position[r]);
        for (size_t c = 1; c < table.columns && !ends; c++)
            cell[c] = take_field(arena, &at, &ends);
    }
    list_print(&table, out, invocation->colour_out && invocation->settings.output == NULL,
               terminal_width(invocation));
}

static void print_json(struct invocation *invocation, const struct fact_table *rows,
                       struct writer *out) {
    const char *title[LIST_COLUMNS_MAX], *at = rows->text;
    const size_t columns = take_titles(invocation->arena, &at, title);
    struct json json = json_to(out);
    json_array(&json, NULL);
    for (size_t r = 0; r < rows->row_count; r++) {
        bool ends = false;
        json_object_tight(&json, NULL);
        json_count(&json, "position", rows->position[r]);
        for (size_t c = 0; c < columns && !ends; c++) {
            const char *text = take_field(invocation->arena, &at, &ends);
            json_text_if(&json, title[c], *text == '\0' ? NULL : text);
        }
        json_end(&json);
    }
    json_end(&json);
}

baton_code show_table(struct invocation *invocation, struct ledger_reader *reader) {
    struct baton_findings found = {.arena = invocation->arena};
    const struct flow_table *const table = find_table(invocation);
    const char *assessment;
    uint64_t known;
    struct fact_table rows;
    if (table == NULL)
        return BATON_OPTION_WORD;
    TRY(which_assessment(invocation, reader, &assessment));
    TRY(known_as_asked(invocation, reader, &known));
    const baton_code code =
        fact_table_read(invocation->arena, reader, assessment, table, known, &rows, &found);
    if (code != BATON_OK)
        return code == BATON_NO_MEMORY ? code : refuse_all(invocation, &found);
    if (invocation->settings.format == FORMAT_CSV)
        return put_text(invocation, rows.text);
    struct writer *out = writer_memory(invocation->arena);
    if (invocation->settings.format == FORMAT_JSON)
        print_json(invocation, &rows, out);
    else
        print_rows(invocation, &rows, out);
    return put_text(invocation, writer_text_of(out));
}
