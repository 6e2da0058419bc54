/* `baton register`: every figure that the assessments of a ledger ask; those that are asked twice; the assessments that departments have registered. */
#include "cli/list_table.h"
#include "cli/open_ledger.h"
#include "cli/open_register.h"
#include "cli/terminal.h"
#include "flow/calendar_words.h"
#include "flow/register_print.h"
#include "report/explain_report.h"
#include <inttypes.h>
#include <string.h>

enum { FORMAT_TEXT, FORMAT_CSV, FORMAT_JSON };

struct job {
    struct invocation *invocation;
    struct register_asked asked;
    const struct figure_register *of;
    struct permits permits;
    struct registrations registrations;
    struct register_telling telling;
};

static baton_code open_job(struct job *job) {
    struct invocation *const invocation = job->invocation;
    TRY(open_register(invocation, &job->asked));
    job->of = &job->asked.opened.of;
    job->telling =
        (struct register_telling){job->of, &job->permits, job->asked.today, invocation->language};
    return refuse_reader(invocation, job->asked.reader,
                         register_rules(invocation->arena, job->asked.reader, job->asked.known,
                                        &job->permits, &job->registrations));
}

static void print_table(const struct job *job, struct list_table *table) {
    const struct invocation *const invocation = job->invocation;
    list_drop_empty(table);
    list_print(table, invocation->out, invocation->colour_out, terminal_width(invocation));
}

/* "统计局（statistics）" */
static const char *unit_shown(const struct job *job, const struct baton_scheme *scheme,
                              const char *id, uint32_t index) {
    const char *const name =
        baton_text_in(&scheme->unit[index].name, job->invocation->language, NULL);
    return name == NULL
               ? id
               : arena_printf(job->invocation->arena,
                              in_language(job->invocation, "%s (%s)", "%s（%s）"), name, id);
}

/* ---- Figures. */

static size_t each_figure(const struct job *job,
                          void (*put)(const struct job *job, const struct register_figure *figure,
                                      void *context),
                          void *context) {
    size_t count = 0;
    for (size_t i = 0; i < job->of->count; i++) {
        if (!register_holds(job->of, &job->asked.filter, &job->of->figure[i]))
            continue;
        put(job, &job->of->figure[i], context);
        count++;
    }
    return count;
}

enum { ELEMENT, NAME, MEASURE, FREQUENCY, UNIT, DEPARTMENT, NOTE, FIGURE_COLUMNS };

/* What is printed so far, and of whom. */
struct printing {
    struct list_table table;
    uint32_t source, reporter;
};

static const char *note_of(const struct job *job, const struct register_figure *figure) {
    const struct invocation *const invocation = job->invocation;
    if (figure->shared != NULL)
        return arena_printf(invocation->arena,
                            in_language(invocation, "taken from %s: %s", "取自 %s：%s"),
                            figure->shared->from, figure->shared->from_element);
    return register_permitted(job->of, &job->permits, figure, job->telling.day) == PERMITTED_NOT
               ? in_language(invocation, "on no list", "清单外")
               : NULL;
}

/* The department by its name in the scheme; that nobody is named means the office. */
static const char *department_of(const struct job *job, const struct register_figure *figure) {
    const struct baton_scheme *const scheme = register_scheme(job->of, figure);
    const char *const id = figure->as->verifier;
    for (uint32_t u = 0; u < scheme->unit_count && id[0] != '\0'; u++)
        if (strcmp(scheme->unit[u].id, id) == 0)
            return baton_text_in(&scheme->unit[u].name, job->invocation->language, id);
    return in_language(job->invocation, "the office", "考核办");
}

static void put_figure(const struct job *job, const struct register_figure *figure, void *context) {
    struct printing *const printing = context;
    const struct invocation *const invocation = job->invocation;
    const struct expectation *const one = figure->as;
    const struct baton_scheme *const scheme = register_scheme(job->of, figure);
    const char *const assessment = job->of->source[figure->source].assessment;
    if (figure->source != printing->source || one->reporter_index != printing->reporter)
        list_section(&printing->table,
                     arena_printf(invocation->arena,
                                  in_language(invocation, "%s (%s) asks %s", "%s（%s）要求%s报送"),
                                  baton_text_in(&scheme->title, invocation->language, assessment),
                                  assessment,
                                  unit_shown(job, scheme, one->reporter, one->reporter_index)));
    printing->source = figure->source;
    printing->reporter = one->reporter_index;
    const char **const cell = list_add(&printing->table);
    cell[ELEMENT] = one->element;
    cell[NAME] = register_name(job->of, figure, invocation->language);
    cell[MEASURE] = one->measure;
    cell[FREQUENCY] = calendar_frequency_name(one->frequency, invocation->language);
    cell[UNIT] = unit_shown(job, scheme, one->unit, one->unit_index);
    cell[DEPARTMENT] = department_of(job, figure);
    cell[NOTE] = note_of(job, figure);
}

static void csv_figure(const struct job *job, const struct register_figure *figure, void *context) {
    (void)context;
    register_csv(job->invocation->out, &job->telling, figure);
}

static void json_figure(const struct job *job, const struct register_figure *figure,
                        void *context) {
    register_json(context, &job->telling, figure);
}

static void print_figures(const struct job *job) {
    static const char *const title[2][FIGURE_COLUMNS] = {
        {"figure", "indicator", "in", "for", "of", "asked by", "note"},
        {"数据项", "指标", "单位", "周期", "对象", "需求部门", "备注"}};
    struct invocation *const invocation = job->invocation;
    if (invocation->settings.format == FORMAT_CSV) {
        register_csv_head(invocation->out);
        each_figure(job, csv_figure, NULL);
    } else if (invocation->settings.format == FORMAT_JSON) {
        struct json json = json_to(invocation->out);
        json_object(&json, NULL);
        json_array(&json, "items");
        const size_t count = each_figure(job, json_figure, &json);
        json_end(&json);
        json_count(&json, "count", count);
        json_null(&json, "next");
        json_end(&json);
    } else {
        struct printing printing = {{.arena = invocation->arena,
                                     .columns = FIGURE_COLUMNS,
                                     .title = title[invocation->language]},
                                    UINT32_MAX,
                                    UINT32_MAX};
        const size_t count = each_figure(job, put_figure, &printing);
        writer_printf(invocation->out,
                      in_language(invocation, "%zu figures are asked for.\n", "共 %zu 项数据。\n"),
                      count);
        if (count > 0)
            print_table(job, &printing.table);
    }
}

/* ---- Asked twice. */

static bool is_listed(const struct job *job, const struct twice *twice) {
    return register_holds(job->of, &job->asked.filter, twice->side[0]) ||
           register_holds(job->of, &job->asked.filter, twice->side[1]);
}

/* "city: gdp (Growth of output, %)"; of a figure without a name of its own the indicator for which it is asked. */
static const char *side_shown(const struct job *job, const struct register_figure *figure) {
    const struct invocation *const invocation = job->invocation;
    const char *const name = register_name(job->of, figure, invocation->language);
    const char *const measure = figure->as->measure;
    return arena_printf(
        invocation->arena,
        register_is_own_name(job->of, figure)
            ? in_language(invocation, "%s: %s (%s%s%s)", "%s：%s（%s%s%s）")
            : in_language(invocation, "%s: %s (for: %s%s%s)", "%s：%s（用于：%s%s%s）"),
        job->of->source[figure->source].assessment, figure->as->element, name,
        measure == NULL ? "" : in_language(invocation, ", ", "，"), measure == NULL ? "" : measure);
}

static void put_evidence(const struct job *job, const struct twice *twice) {
    struct invocation *const invocation = job->invocation;
    struct writer *const text = writer_memory(invocation->arena);
    for (int i = 0; i < TWICE_KINDS; i++)
        if ((twice->evidence >> i & 1) != 0)
            writer_printf(text, "%s%s", text->used > 0 ? in_language(invocation, ", ", "，") : "",
                          twice_evidence_name(1u << i, invocation->language));
    if (twice->compared > 0)
        writer_printf(text, in_language(invocation, " (%zu of %zu)", "（%zu/%zu）"),
                      twice->agreeing, twice->compared);
    writer_printf(text, in_language(invocation, "; %zu units", "；涉及 %zu 个单位"), twice->units);
    writer_printf(invocation->out, "    %s\n", writer_text_of(text));
}

static void put_pair(const struct job *job, const struct twice *twice) {
    struct invocation *const invocation = job->invocation;
    const char *const command =
        twice_command(invocation->arena, &job->telling, invocation->operand[0], twice);
    writer_printf(invocation->out, "\n%s\n  %s\n  %s\n",
                  twice_sure_name(twice->sure, invocation->language),
                  side_shown(job, twice->side[0]), side_shown(job, twice->side[1]));
    put_evidence(job, twice);
    if (twice->is_shared)
        writer_text(invocation->out,
                    in_language(invocation, "    one comes from the other already\n",
                                "    已共享，只填报一次\n"));
    else if (command != NULL)
        writer_printf(invocation->out, "    %s\n", command);
    else
        writer_text(
            invocation->out,
            in_language(
                invocation,
                "    not as often, or taken from elsewhere: one of the schemes has to change\n",
                "    周期不同或另有来源，须修改其中一个方案\n"));
}

static baton_code print_twice(const struct job *job) {
    struct invocation *const invocation = job->invocation;
    const struct twice *twice;
    const size_t all = register_twice(invocation->arena, job->of, &twice);
    struct json json = json_to(invocation->out);
    size_t count = 0, left = 0;
    if (invocation->settings.format == FORMAT_CSV)
        twice_csv_head(invocation->out);
    if (invocation->settings.format == FORMAT_JSON) {
        json_object(&json, NULL);
        json_array(&json, "items");
    }
    for (size_t i = 0; i < all; i++) {
        if (!is_listed(job, &twice[i]))
            continue;
        count++;
        left += !twice[i].is_shared;
        if (invocation->settings.format == FORMAT_CSV)
            twice_csv(invocation->out, &job->telling, &twice[i]);
        else if (invocation->settings.format == FORMAT_JSON)
            twice_json(&json, &job->telling, &twice[i]);
        else
            put_pair(job, &twice[i]);
    }
    if (invocation->settings.format == FORMAT_JSON) {
        json_end(&json);
        json_count(&json, "count", count);
        json_end(&json);
    } else if (invocation->settings.format == FORMAT_TEXT) {
        writer_printf(
            invocation->out,
            in_language(
                invocation,
                "%s%zu pairs of figures may be asked for twice, %zu of them are not shared.\n",
                "%s疑似重复填报 %zu 对，其中 %zu 对尚未共享。\n"),
            count > 0 ? "\n" : "", count, left);
    }
    return left > 0 ? BATON_FIGURES_TWICE : BATON_OK;
}

/* ---- Assessments. */

/* By its name in the first scheme of the ledger that has it; the id alone where none does. */
static const char *department_shown(const struct job *job, const char *id) {
    for (size_t s = 0; s < job->of->source_count; s++) {
        const struct baton_scheme *const scheme = job->of->expected[s].scheme;
        for (uint32_t u = 0; u < scheme->unit_count; u++)
            if (strcmp(scheme->unit[u].id, id) == 0)
                return unit_shown(job, scheme, id, u);
    }
    return id;
}

static const char *count_of(const struct job *job, const struct registered *one) {
    struct baton_arena *const arena = job->invocation->arena;
    if (one->number == 0)
        return NULL;
    return one->limit == UINT64_MAX
               ? arena_printf(arena, "%" PRIu64, one->number)
               : arena_printf(arena, "%" PRIu64 "/%" PRIu64, one->number, one->limit);
}

static const char *remark(const struct job *job, const struct registered *one) {
    if (one->number == 0)
        return in_language(job->invocation, "not registered", "未备案");
    if (one->number > one->limit)
        return in_language(job->invocation, "beyond the limit", "超限额");
    return one->is_there ? NULL : in_language(job->invocation, "not begun", "未开展");
}

static void print_list(const struct job *job, const struct registered_list *list, int year) {
    static const char *const title[2][5] = {{"department", "no.", "assessment", "name", "note"},
                                            {"部门", "序号/限额", "考核", "名称", "备注"}};
    struct invocation *const invocation = job->invocation;
    struct list_table table = {
        .arena = invocation->arena, .columns = 5, .title = title[invocation->language]};
    writer_printf(invocation->out,
                  in_language(invocation,
                              "%d: %zu assessments, %zu not registered, %zu beyond a limit\n",
                              "%d 年：%zu 项考核，未备案 %zu 项，超限额 %zu 项\n"),
                  year, list->count, list->unregistered, list->over);
    for (size_t i = 0; i < list->count; i++) {
        const struct registered *const one = &list->item[i];
        const char **const cell = list_add(&table);
        cell[0] = one->department[0] == '\0' ? "—" : department_shown(job, one->department);
        cell[1] = count_of(job, one);
        cell[2] = one->assessment;
        cell[3] = one->name;
        cell[4] = remark(job, one);
    }
    if (list->count > 0)
        print_table(job, &table);
}

static baton_code print_assessments(const struct job *job) {
    struct invocation *const invocation = job->invocation;
    const int year = job->asked.year;
    struct registered_list list;
    registered_of(invocation->arena, &job->asked.opened, &job->registrations, year,
                  job->asked.filter.department, invocation->language, &list);
    if (invocation->settings.format == FORMAT_CSV) {
        registered_csv_head(invocation->out);
        for (size_t i = 0; i < list.count; i++)
            registered_csv(invocation->out, &list.item[i], year);
    } else if (invocation->settings.format == FORMAT_JSON) {
        struct json json = json_to(invocation->out);
        registered_list_json(&json, &list, year);
    } else {
        print_list(job, &list, year);
    }
    return list.unregistered + list.over > 0 ? BATON_ASSESSMENTS_AMISS : BATON_OK;
}

baton_code cmd_register(struct invocation *invocation) {
    const struct settings *const settings = &invocation->settings;
    struct job job = {.invocation = invocation};
    if (settings->twice && settings->assessments)
        return refuse(invocation, BATON_OPTIONS_APART, "--twice", "--assessments", NULL, NULL);
    TRY(open_job(&job));
    if (settings->twice)
        return print_twice(&job);
    if (settings->assessments)
        return print_assessments(&job);
    print_figures(&job);
    return BATON_OK;
}
