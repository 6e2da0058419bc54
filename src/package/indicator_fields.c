/* The columns of indicators.csv: words, calls such as winsorise(2), and which of them mean
 * something at a leaf and which at an inner node. */
#include "base/frequency.h"
#include "base/text.h"
#include "package/indicators_internal.h"
#include <assert.h>
#include <math.h>
#include <string.h>

static const char *const kinds[] = {"common", "individual"};
static const char *const classes[] = {"mandatory", "competitive", "bonus", "gate"};
static const char *const directions[] = {"up", "down"};
static const char *const accumulates[] = {"last", "sum", "mean"};
static const char *const evidences[] = {"none", "needed"};
static const char *const aggregates[] = {"arithmetic", "geometric", "harmonic",
                                         "min",        "sum",       "copeland"};
static const char *const missing_rules[] = {"redistribute", "zero", "floor",     "mean", "median",
                                            "full",         "last", "factor(f)", "error"};
static const char *const treats[] = {"none", "winsorise(n)", "log", "clip(a,b)"};
static_assert(LENGTH(missing_rules) == BATON_MISSING_REFUSE + 1,
              "in the order of enum baton_missing_rule");
static_assert(LENGTH(aggregates) == BATON_COPELAND + 1, "in the order of enum baton_aggregate");

const char *const *indicator_words(uint32_t column, uint32_t *count) {
    static const struct {
        const char *const *words;
        uint32_t count;
    } lists[INDICATOR_COLUMNS] = {
        [INDICATOR_KIND] = {kinds, LENGTH(kinds)},
        [INDICATOR_CLASS] = {classes, LENGTH(classes)},
        [INDICATOR_DIRECTION] = {directions, LENGTH(directions)},
        [INDICATOR_ACCUMULATE] = {accumulates, LENGTH(accumulates)},
        [INDICATOR_EVIDENCE] = {evidences, LENGTH(evidences)},
        [INDICATOR_MISSING] = {missing_rules, LENGTH(missing_rules)},
        [INDICATOR_TREAT] = {treats, LENGTH(treats)},
        [INDICATOR_AGGREGATE] = {aggregates, LENGTH(aggregates)},
        [INDICATOR_FREQUENCY] = {&frequency_word[BATON_DAY], BATON_YEAR},
    };
    assert(column < INDICATOR_COLUMNS);
    *count = lists[column].count;
    return lists[column].words;
}

/* The scheme's own method, looked up once, so that it is reported once where it is wrong. */
struct default_method {
    bool is_known;
    uint32_t method;
};

struct fields {
    struct package_reader *reader;
    struct default_method *otherwise;
    const struct csv_table *table;
    uint32_t row;
    struct baton_node *node;
};

/* The arguments of `name(...)`: numbers. -1 where the field is no such call, else how many there
 * are, or `most` + 1 where they are not numbers or too many. */
static int call_of(const char *text, size_t size, const char *name, int most, double argument[]) {
    const size_t name_size = strlen(name);
    if (size < name_size || memcmp(text, name, name_size) != 0)
        return -1;
    text += name_size;
    size -= name_size;
    text_trim(&text, &size);
    if (size == 0)
        return 0;
    if (text[0] != '(')
        return -1;
    if (text[size - 1] != ')' || size < 2)
        return most + 1;
    text++;
    size -= 2;
    for (int count = 0; count < most; count++) {
        const char *const comma = memchr(text, ',', size);
        const char *part = text;
        size_t part_size = comma != NULL ? (size_t)(comma - text) : size;
        text_trim(&part, &part_size);
        if (numeral_parse(part, part_size, NUMERAL_AS_SHARE, &argument[count]) != BATON_NUMBER_OK)
            return most + 1;
        if (comma == NULL)
            return count + 1;
        size -= (size_t)(comma + 1 - text);
        text = comma + 1;
    }
    return most + 1;
}

static void report_argument(const struct fields *f, uint32_t column, const char *expected) {
    csv_report(f->table, BATON_ARGUMENT_BAD, f->row, column, csv_text(f->table, f->row, column),
               expected, NULL, NULL);
}

static void read_missing(const struct fields *f) {
    struct baton_node *node = f->node;
    const char *text = csv_text(f->table, f->row, INDICATOR_MISSING);
    double factor;
    uint32_t word = 0;
    const int arguments =
        call_of(text, csv_size(f->table, f->row, INDICATOR_MISSING), "factor", 1, &factor);
    if (arguments >= 0) {
        if (arguments == 1 && factor >= 0 && factor <= 1) {
            node->missing = BATON_MISSING_FACTOR;
            node->missing_factor = factor;
        } else {
            report_argument(f, INDICATOR_MISSING, "factor(0.6)");
        }
    } else if (text[0] != '\0' && csv_word(f->table, f->row, INDICATOR_MISSING, missing_rules,
                                           LENGTH(missing_rules), &word)) {
        node->missing = (enum baton_missing_rule)word;
        node->missing_factor = NAN;
    }
}

static void read_treat(const struct fields *f) {
    struct baton_node *node = f->node;
    const char *text = csv_text(f->table, f->row, INDICATOR_TREAT);
    const size_t size = csv_size(f->table, f->row, INDICATOR_TREAT);
    double a[2] = {NAN, NAN};
    uint32_t word = 0;
    int arguments;
    if ((arguments = call_of(text, size, "winsorise", 1, a)) >= 0) {
        if (arguments == 1 && a[0] >= 1 && a[0] <= 1e6 && a[0] == floor(a[0])) {
            node->treat = BATON_TREAT_WINSORISE;
            node->treat_a = a[0];
        } else {
            report_argument(f, INDICATOR_TREAT, "winsorise(2)");
        }
    } else if ((arguments = call_of(text, size, "clip", 2, a)) >= 0) {
        if (arguments == 2 && a[0] <= a[1]) {
            node->treat = BATON_TREAT_CLIP;
            node->treat_a = a[0];
            node->treat_b = a[1];
        } else {
            report_argument(f, INDICATOR_TREAT, "clip(0,100)");
        }
    } else if (csv_word(f->table, f->row, INDICATOR_TREAT, treats, LENGTH(treats), &word)) {
        node->treat = (enum baton_treat)word; // none or log; the others are calls
    }
}

static void read_method(const struct fields *f) {
    struct package_reader *reader = f->reader;
    const char *name = csv_optional(f->table, f->row, INDICATOR_METHOD);
    if (name != NULL) {
        f->node->method =
            package_method(reader, name, csv_where(f->table, f->row, INDICATOR_METHOD));
        return;
    }
    if (reader->defaults.method == NULL) {
        csv_report(f->table, BATON_METHOD_MISSING, f->row, INDICATOR_METHOD, f->node->id, NULL,
                   NULL, NULL);
        return;
    }
    if (!f->otherwise->is_known)
        f->otherwise->method =
            package_method(reader, reader->defaults.method, reader->defaults.method_at);
    f->otherwise->is_known = true;
    f->node->method = f->otherwise->method;
}

/* What is tried in the place of the leaf's own. */
static void read_trial(const struct fields *f) {
    const struct baton_method_trial *const trial = f->reader->trial;
    if (trial == NULL || strcmp(trial->node, f->node->id) != 0)
        return;
    if (trial->text != NULL)
        f->node->method = f->reader->trial_method;
    if (trial->direction != NULL)
        f->node->direction = *trial->direction;
    if (trial->lo != NULL)
        f->node->lo = *trial->lo;
    if (trial->hi != NULL)
        f->node->hi = *trial->hi;
}

static struct baton_expression read_expression(const struct fields *f, uint32_t column) {
    const char *text = csv_optional(f->table, f->row, column);
    if (text == NULL)
        return (struct baton_expression){0};
    return (struct baton_expression){text, csv_where(f->table, f->row, column)};
}

static void read_leaf(const struct fields *f) {
    const struct csv_table *table = f->table;
    struct baton_node *node = f->node;
    uint32_t word = node->direction;
    csv_word(table, f->row, INDICATOR_DIRECTION, directions, LENGTH(directions), &word);
    node->direction = (enum baton_direction)word;
    word = BATON_LAST;
    csv_word(table, f->row, INDICATOR_ACCUMULATE, accumulates, LENGTH(accumulates), &word);
    node->accumulate = (enum baton_accumulate)word;
    word = BATON_YEAR + 1;
    csv_word(table, f->row, INDICATOR_FREQUENCY, &frequency_word[BATON_DAY], BATON_YEAR, &word);
    node->frequency = word > BATON_YEAR ? BATON_PERIOD_NONE : (enum baton_period_kind)(word + 1);
    word = 0;
    csv_word(table, f->row, INDICATOR_EVIDENCE, evidences, LENGTH(evidences), &word);
    node->needs_evidence = word == 1;
    csv_days(table, f->row, INDICATOR_DUE, &node->due_days);
    node->value = read_expression(f, INDICATOR_VALUE);
    node->when = read_expression(f, INDICATOR_WHEN);
    csv_number(table, f->row, INDICATOR_LO, node->measure, &node->lo);
    csv_number(table, f->row, INDICATOR_HI, node->measure, &node->hi);
    read_missing(f);
    read_treat(f);
    read_method(f);
    read_trial(f);
    if (csv_size(table, f->row, INDICATOR_AGGREGATE) > 0)
        csv_report(table, BATON_COLUMN_IDLE, f->row, INDICATOR_AGGREGATE, node->id, "aggregate",
                   NULL, NULL);
    node->element = package_element(f->reader, node->id, strlen(node->id));
    f->reader->scheme->element[node->element].measure = node->measure;
}

/* The columns that mean something at leaves only. */
static const uint32_t leaf_columns[] = {
    INDICATOR_METHOD, INDICATOR_VALUE,     INDICATOR_ACCUMULATE, INDICATOR_DUE,
    INDICATOR_WHEN,   INDICATOR_LO,        INDICATOR_HI,         INDICATOR_MISSING,
    INDICATOR_TREAT,  INDICATOR_FREQUENCY, INDICATOR_EVIDENCE,
};

static void read_inner(const struct fields *f) {
    const struct csv_table *table = f->table;
    struct baton_node *node = f->node;
    uint32_t word = f->reader->defaults.aggregate;
    csv_word(table, f->row, INDICATOR_AGGREGATE, aggregates, LENGTH(aggregates), &word);
    node->aggregate = (enum baton_aggregate)word;
    for (size_t i = 0; i < LENGTH(leaf_columns); i++) {
        const uint32_t column = leaf_columns[i];
        if (csv_size(table, f->row, column) == 0 ||
            (column == INDICATOR_MISSING &&
             strcmp(csv_text(table, f->row, column), "redistribute") == 0))
            continue; // redistribute is what an inner node does anyway
        csv_report(table, BATON_COLUMN_OF_LEAF, f->row, column, node->id,
                   table->column[column].name, NULL, NULL);
    }
    if (csv_size(table, f->row, INDICATOR_DIRECTION) > 0)
        csv_report(table, BATON_COLUMN_IDLE, f->row, INDICATOR_DIRECTION, node->id, "direction",
                   NULL, NULL);
    if (node->class == BATON_GATE) {
        csv_report(table, BATON_COLUMN_OF_LEAF, f->row, INDICATOR_CLASS, node->id, "class gate",
                   NULL, NULL);
        node->class = BATON_MANDATORY;
    }
}

static void read_weight(const struct fields *f) {
    struct baton_node *node = f->node;
    double weight = NAN;
    if (!csv_number(f->table, f->row, INDICATOR_WEIGHT, NULL, &weight))
        return;
    if (weight < 0) {
        csv_report(f->table, BATON_WEIGHT_NEGATIVE, f->row, INDICATOR_WEIGHT,
                   csv_text(f->table, f->row, INDICATOR_WEIGHT), NULL, NULL, NULL);
        return;
    }
    node->weight = weight;
    if (!isnan(weight))
        return;
    const enum baton_aggregate aggregate = f->reader->scheme->node[node->parent].aggregate;
    if (node->kind == BATON_INDIVIDUAL)
        node->weight = 0; // only rows of weights.csv count
    else if (aggregate != BATON_AGGREGATE_MIN && aggregate != BATON_AGGREGATE_SUM)
        csv_report(f->table, BATON_WEIGHT_EMPTY, f->row, INDICATOR_WEIGHT, node->id, NULL, NULL,
                   NULL);
}

/* The columns that every node has. Its parent has been read before. */
static void read_common(const struct fields *f) {
    const struct csv_table *table = f->table;
    struct baton_node *node = f->node;
    uint32_t word = BATON_COMMON;
    node->at = csv_where_row(table, f->row);
    node->name = (struct baton_text){csv_optional(table, f->row, INDICATOR_NAME),
                                     csv_optional(table, f->row, INDICATOR_NAME_EN)};
    if (node->name.zh == NULL)
        csv_report(table, BATON_FIELD_EMPTY, f->row, INDICATOR_NAME, "name", NULL, NULL, NULL);
    csv_word(table, f->row, INDICATOR_KIND, kinds, LENGTH(kinds), &word);
    node->kind = (enum baton_kind)word;
    word = BATON_MANDATORY;
    csv_word(table, f->row, INDICATOR_CLASS, classes, LENGTH(classes), &word);
    node->class = (enum baton_class)word;
    csv_whole(table, f->row, INDICATOR_DECIMALS, 0, 9, &node->decimals);
    double order = NAN;
    baton_number_parse(csv_text(table, f->row, INDICATOR_ORDER),
                       csv_size(table, f->row, INDICATOR_ORDER), &order,
                       NULL); // a wrong one was found when the tree was laid out
    node->order = order;
    node->source = csv_optional(table, f->row, INDICATOR_SOURCE);
    node->verifier = csv_optional(table, f->row, INDICATOR_VERIFIER);
    node->measure = csv_optional(table, f->row, INDICATOR_MEASURE);
    node->basis = csv_optional(table, f->row, INDICATOR_BASIS);
    read_weight(f);
}

/* A node before anything has been read. */
static void make_initial(const struct package_defaults *defaults, struct baton_node *node) {
    node->weight = node->lo = node->hi = node->treat_a = node->treat_b = node->order =
        node->gate_at_least = NAN;
    node->method = node->element = node->gate_effect = BATON_NONE;
    node->due_days = node->decimals = -1;
    node->direction = defaults->direction;
    node->missing = defaults->missing;
    node->missing_factor = defaults->missing_factor;
    node->aggregate = defaults->aggregate;
}

/* The element that a leaf's value is alone, perhaps in backquotes; false where it is anything
 * else. */
static bool value_is_element(const struct baton_node *node, const char **id, size_t *size) {
    if (node->value.text == NULL) {
        *id = node->id;
        *size = strlen(node->id);
        return true;
    }
    *id = node->value.text;
    *size = strlen(*id);
    text_trim(id, size);
    if (*size > 2 && (*id)[0] == '`' && (*id)[*size - 1] == '`') {
        (*id)++;
        *size -= 2;
    }
    return text_is_identifier(*id, *size);
}

/* Both lists without repetition, ascending. */
static void add_codes(struct baton_arena *arena, struct package_element *element,
                      const struct baton_method *method) {
    const uint32_t most = element->code_count + method->table_count;
    uint32_t *code = arena_alloc_raw(arena, most, sizeof *code);
    uint32_t count = element->code_count;
    if (count > 0)
        memcpy(code, element->code, count * sizeof *code);
    for (uint32_t i = 0; i < method->table_count; i++) {
        const uint32_t added = (uint32_t)method->bands[i].bound;
        uint32_t at = 0;
        while (at < count && code[at] < added)
            at++;
        if (at < count && code[at] == added)
            continue;
        memmove(code + at + 1, code + at, (count - at) * sizeof *code);
        code[at] = added;
        count++;
    }
    element->code = code;
    element->code_count = count;
}

/* An element that a leaf of levels names holds codes. */
static void mark_codes(struct package_reader *reader) {
    struct baton_scheme *scheme = reader->scheme;
    for (uint32_t i = 1; i < scheme->node_count; i++) {
        const struct baton_node *node = &scheme->node[i];
        const char *id;
        size_t size;
        if (node->method == BATON_NONE ||
            scheme->method[node->method].kind != BATON_METHOD_LEVELS ||
            !value_is_element(node, &id, &size))
            continue; // a value that names more is refused when the scheme is checked as a whole
        const uint32_t element = package_element(reader, id, size);
        if (scheme->element[element].value.text != NULL)
            continue; // likewise
        if (!scheme->element[element].is_code)
            reader->element[element].code_at = node->at;
        scheme->element[element].is_code = true;
        add_codes(reader->arena, &reader->element[element], &scheme->method[node->method]);
    }
}

void indicator_fields_read(struct package_reader *reader, const struct csv_table *table,
                           const uint32_t *row_of) {
    struct baton_scheme *scheme = reader->scheme;
    for (uint32_t i = 0; i < scheme->node_count; i++)
        make_initial(&reader->defaults, &scheme->node[i]);
    struct baton_node *root = &scheme->node[0];
    root->aggregate = reader->defaults.root_aggregate;
    root->at = (struct baton_where){.file = table->file};
    struct default_method otherwise = {false, BATON_NONE};
    for (uint32_t i = 1; i < scheme->node_count; i++) {
        const struct fields f = {reader, &otherwise, table, row_of[i], &scheme->node[i]};
        read_common(&f);
        if (f.node->child_count > 0)
            read_inner(&f);
        else
            read_leaf(&f);
    }
    mark_codes(reader);
}
