/* `baton burden`: how many figures, forms and files are asked of units in a year, the hours that takes, and what sharing saves. */
#include "baton/number.h"
#include "cli/list_table.h"
#include "cli/open_ledger.h"
#include "cli/open_register.h"
#include "cli/terminal.h"
#include "flow/register_print.h"
#include <inttypes.h>
#include <string.h>

enum { FORMAT_TEXT, FORMAT_CSV, FORMAT_JSON };
enum { KEY, FIGURES, FORMS, FILES, HOURS, SAVED, BEFORE, CHANGE, COLUMNS };

struct job {
    struct invocation *invocation;
    struct burden_effort effort;
    struct burden_table table;
    enum burden_by by;
    int year;
};

/* A table that nothing is asked in has the office's own words. */
static const char *key_shown(const struct job *job, const struct burden_row *row) {
    const struct invocation *const invocation = job->invocation;
    if (row->key[0] == '\0')
        return job->by == BURDEN_DEPARTMENT ? in_language(invocation, "the office", "考核办")
                                            : in_language(invocation, "(no level)", "（未注明）");
    return row->name == NULL
               ? row->key
               : arena_printf(invocation->arena, in_language(invocation, "%s (%s)", "%s（%s）"),
                              row->name, row->key);
}

static const char *number(const struct job *job, uint64_t count) {
    return count == 0 ? NULL : arena_printf(job->invocation->arena, "%" PRIu64, count);
}

static const char *hours(const struct job *job, double value) {
    char text[BATON_NUMBER_FIXED_SIZE];
    if (!(value > 0))
        return NULL;
    baton_number_fixed(value, 1, text);
    return arena_text(job->invocation->arena, text, strlen(text));
}

/* "+12.5%" */
static const char *change(const struct job *job, double now, double before) {
    char text[BATON_NUMBER_FIXED_SIZE];
    if (!(before > 0))
        return NULL;
    baton_number_fixed(100 * (now - before) / before, 1, text);
    return arena_printf(job->invocation->arena, "%s%s%%", now > before ? "+" : "", text);
}

static void put_row(const struct job *job, const char *key, const struct burden_sum *now,
                    const struct burden_sum *before, struct list_table *table) {
    const double is = burden_hours(now, &job->effort), was = burden_hours(before, &job->effort);
    const char **const cell = list_add(table);
    cell[KEY] = key;
    cell[FIGURES] = number(job, now->figures);
    cell[FORMS] = number(job, now->forms);
    cell[FILES] = number(job, now->files);
    cell[HOURS] = hours(job, is);
    cell[SAVED] = hours(job, burden_hours_saved(now, &job->effort));
    cell[BEFORE] = hours(job, was);
    cell[CHANGE] = change(job, is, was);
}

static void print_text(const struct job *job) {
    static const char *const title[2][COLUMNS] = {
        {"", "figures", "forms", "files", "hours", "saved", "year before", "change"},
        {"", "数据（项次）", "报表（份）", "佐证（件）", "用时（小时）", "共享节省", "上年用时",
         "增减"}};
    static const enum layout_align align[COLUMNS] = {ALIGN_LEFT,  ALIGN_RIGHT, ALIGN_RIGHT,
                                                     ALIGN_RIGHT, ALIGN_RIGHT, ALIGN_RIGHT,
                                                     ALIGN_RIGHT, ALIGN_RIGHT};
    struct invocation *const invocation = job->invocation;
    struct list_table table = {.arena = invocation->arena,
                               .columns = COLUMNS,
                               .title = title[invocation->language],
                               .align = align};
    if (job->table.count == 0) {
        writer_printf(
            invocation->out,
            in_language(invocation, "Nothing is asked for in %d.\n", "%d 年没有要求报送数据。\n"),
            job->year);
        return;
    }
    writer_printf(
        invocation->out,
        in_language(invocation,
                    "What is asked in %d, at %g minutes a figure, %g a form, %g a file\n",
                    "%d 年填报负担（每项数据 %g 分钟、每份报表 %g 分钟、每件佐证 %g 分钟）\n"),
        job->year, job->effort.figure, job->effort.form, job->effort.file);
    for (size_t i = 0; i < job->table.count; i++)
        put_row(job, key_shown(job, &job->table.row[i]), &job->table.row[i].now,
                &job->table.row[i].before, &table);
    put_row(job, in_language(invocation, "in all", "合计"), &job->table.now, &job->table.before,
            &table);
    list_drop_empty(&table);
    list_print(&table, invocation->out, invocation->colour_out, terminal_width(invocation));
}

static void print(const struct job *job) {
    struct invocation *const invocation = job->invocation;
    if (invocation->settings.format == FORMAT_CSV) {
        burden_csv_head(invocation->out);
        for (size_t i = 0; i < job->table.count; i++)
            burden_csv(invocation->out, &job->table.row[i], &job->effort);
    } else if (invocation->settings.format == FORMAT_JSON) {
        struct json json = json_to(invocation->out);
        burden_table_json(&json, &job->table, job->by, job->year, &job->effort);
    } else {
        print_text(job);
    }
}

/* The year that is asked for, and the one before it. */
static baton_code count(struct job *job, const struct register_asked *asked) {
    struct invocation *const invocation = job->invocation;
    struct burden_cells cells[2];
    for (int i = 0; i < 2; i++) {
        burden_count(invocation->arena, &asked->opened.of, asked->opened.calendar, asked->year - i,
                     &cells[i]);
        TRY(burden_files(invocation->arena, asked->reader, asked->known, &cells[i]));
    }
    TRY(burden_effort_read(asked->reader, asked->known, &job->effort));
    burden_rows(invocation->arena, &cells[0], &cells[1], &asked->filter, job->by, job->year,
                invocation->language, &job->table);
    return BATON_OK;
}

baton_code cmd_burden(struct invocation *invocation) {
    struct job job = {.invocation = invocation, .by = (enum burden_by)invocation->settings.what};
    struct register_asked asked;
    TRY(open_register(invocation, &asked));
    job.year = asked.year;
    TRY(refuse_reader(invocation, asked.reader, count(&job, &asked)));
    print(&job);
    return BATON_OK;
}
