/* What the names of a tree mean at their place, whether its types fit, and what it uses. Goes on
 * after an error, so that all of an expression's are found; what is broken fits everywhere. */
#include "base/text.h"
#include "engine/rule_tree.h"
#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static enum rule_type check_tree(struct check *check, struct tree *tree);

static const char *text_of(struct check *check, const struct tree *tree) {
    return arena_text(check->arena, tree->text, tree->size);
}

static void report(struct check *check, baton_code code, const struct tree *tree, const char *arg1,
                   const char *arg2) {
    rule_report(&check->report, code, tree->begin, arg1, arg2);
}

/* Whether an index is seen for the first time. */
static bool first_seen(struct check *check, struct seen *seen, uint32_t index) {
    const size_t byte = index / 8;
    if (byte >= seen->size) {
        const size_t size = 2 * byte + 64;
        uint8_t *larger = arena_alloc(check->arena, size, 1);
        if (seen->size > 0)
            memcpy(larger, seen->bits, seen->size);
        *seen = (struct seen){larger, size};
    }
    const uint8_t bit = (uint8_t)(1u << index % 8);
    const bool is_first = (seen->bits[byte] & bit) == 0;
    seen->bits[byte] |= bit;
    return is_first;
}

static void use_element(struct check *check, uint32_t element) {
    if (first_seen(check, &check->seen_element, element))
        *ARRAY_PUSH(check->arena, check->element, check->element_count, check->element_capacity) =
            element;
}

static void use_node(struct check *check, uint32_t node) {
    if (first_seen(check, &check->seen_node, node))
        *ARRAY_PUSH(check->arena, check->node, check->node_count, check->node_capacity) = node;
}

/* Takes over what a rule uses that is named here, and what is known of it. */
static enum rule_type use_rule(struct check *check, struct tree *tree, const struct rule *rule) {
    const struct rule_uses *uses = &rule->uses;
    for (uint32_t i = 0; i < uses->element_count; i++)
        use_element(check, uses->element[i]);
    for (uint32_t i = 0; i < uses->node_count; i++)
        use_node(check, uses->node[i]);
    check->uses.names |= uses->names;
    check->uses.cohort |= uses->cohort;
    check->uses.earlier |= uses->earlier || (check->in_time && rule->moved != 0);
    check->uses.time |= uses->time;
    check->uses.units |= uses->units;
    check->uses.event |= uses->event;
    check->uses.result |= uses->result;
    tree->rule = rule;
    tree->moves = uses->moves;
    tree->depth = rule->depth + 1;
    tree->bare = rule->bare;
    tree->moved = rule->moved;
    return uses->text ? TYPE_TEXT : uses->condition ? TYPE_CONDITION : TYPE_NUMBER;
}

/* A figure of one unit, or a name for one. */
static void use_figure(struct check *check, struct tree *tree, const char *name) {
    tree->bare = true;
    if (check->scope->place == RULE_WHEN && !check->in_cohort)
        report(check, BATON_RULE_FIGURE_OUTSIDE_COHORT, tree, name, NULL);
}

/* A name that some other place knows, taken as that of an element without any figures, is hardly
 * what was meant. */
static void warn_of_name(struct check *check, const struct tree *tree, uint32_t element) {
    const struct baton_scheme *scheme = check->scope->scheme;
    if (tree->kind != TREE_NAME || (element < scheme->element_count &&
                                    (scheme->element[element].frequency != BATON_PERIOD_NONE ||
                                     scheme->element[element].value.text != NULL)))
        return;
    for (uint32_t i = 0; i < RULE_NAMES; i++) {
        const char *name = rule_names()[i].name;
        if (strlen(name) == tree->size && memcmp(name, tree->text, tree->size) == 0)
            report(check, BATON_RULE_NAME_AS_ELEMENT, tree, name, NULL);
    }
}

static enum rule_type check_element(struct check *check, struct tree *tree) {
    const struct rule_scope *scope = check->scope;
    const uint32_t element = scope->element(scope->context, tree->text, tree->size);
    const struct rule *named = scope->named != NULL ? scope->named(scope->context, element) : NULL;
    warn_of_name(check, tree, element);
    tree->index = element;
    if (named != NULL) {
        tree->kind = TREE_NAMED;
        const enum rule_type type = use_rule(check, tree, named);
        if (named->bare)
            use_figure(check, tree, text_of(check, tree));
        return type;
    }
    tree->kind = TREE_ELEMENT;
    tree->depth = 1;
    use_element(check, element);
    use_figure(check, tree, text_of(check, tree));
    const struct baton_scheme *scheme = scope->scheme;
    return element < scheme->element_count && scheme->element[element].is_code ? TYPE_TEXT
                                                                               : TYPE_NUMBER;
}

/* Whether a name of the place differs from unit to unit as figures do: lo, hi and elapsed do not.
 */
static bool is_figure(enum rule_name name) {
    return name != RULE_LO && name != RULE_HI && name != RULE_ELAPSED;
}

static uint32_t moved_by(enum rule_name name) {
    switch (name) {
    case RULE_LO:
    case RULE_HI:
    case RULE_RISES:
        return 0;
    case RULE_X:
    case RULE_WAS:
        return RULE_MOVED_X;
    case RULE_TARGET:
    case RULE_BASELINE:
        return RULE_MOVED_TARGET;
    default:
        return RULE_MOVED_RESULT;
    }
}

static enum rule_type use_place(struct check *check, struct tree *tree, enum rule_name name,
                                int32_t back) {
    tree->name = name;
    tree->back = back;
    tree->depth = 1;
    tree->moved = moved_by(name);
    if (name == RULE_X)
        tree->moves = check->scope->x_moves;
    check->uses.names |= 1u << name;
    const bool is_earlier =
        name == RULE_PREV_SCORE || name == RULE_PREV_RANK || name == RULE_PREV_GRADE;
    check->uses.earlier |= is_earlier || (check->in_time && tree->moved != 0);
    if (is_figure(name))
        use_figure(check, tree, rule_names()[name].name);
    return rule_names()[name].type == 't' ? TYPE_TEXT : TYPE_NUMBER;
}

static enum rule_type check_name(struct check *check, struct tree *tree) {
    const struct rule_scope *scope = check->scope;
    for (uint32_t i = 0; i < RULE_NAMES; i++) {
        const struct rule_name_entry *entry = &rule_names()[i];
        if ((entry->places & 1u << scope->place) != 0 && strlen(entry->name) == tree->size &&
            memcmp(entry->name, tree->text, tree->size) == 0) {
            tree->kind = TREE_PLACE;
            return use_place(check, tree, (enum rule_name)i, 1);
        }
    }
    for (uint32_t i = 0; i < scope->where_count; i++)
        if (strlen(scope->where_name[i]) == tree->size &&
            memcmp(scope->where_name[i], tree->text, tree->size) == 0) {
            tree->kind = TREE_WHERE;
            return use_rule(check, tree, scope->where_rule[i]);
        }
    return check_element(check, tree);
}

static bool is_zero_or_one(const struct tree *tree) {
    return tree->kind == TREE_NUMBER && (tree->number == 0 || tree->number == 1);
}

static void need_number(struct check *check, const struct tree *tree) {
    if (tree->type == TYPE_TEXT)
        report(check, BATON_RULE_NUMBER_EXPECTED, tree, NULL, NULL);
}

static void need_condition(struct check *check, const struct tree *tree) {
    if (tree->type == TYPE_TEXT || (tree->type == TYPE_NUMBER && !is_zero_or_one(tree)))
        report(check, BATON_RULE_CONDITION_EXPECTED, tree, tree->type == TYPE_TEXT ? "" : NULL,
               NULL);
}

/* A literal that no level and no grade has: the comparison never holds. Grades of earlier results
 * may be those of another scheme. */
static void warn_of_code(struct check *check, const struct tree *literal, const struct tree *other,
                         uint32_t codes_known) {
    const bool is_earlier =
        other->kind == TREE_CALL || (other->kind == TREE_PLACE && other->name == RULE_PREV_GRADE);
    if (literal->kind != TREE_TEXT || is_earlier || other->type != TYPE_TEXT ||
        literal->index < codes_known)
        return;
    struct text_guess guess = {.text = literal->text, .size = literal->size};
    for (uint32_t i = 0; i < codes_known; i++)
        text_guess_offer(&guess, check->scope->scheme->code[i],
                         strlen(check->scope->scheme->code[i]));
    const char *best =
        guess.best != NULL ? arena_text(check->arena, guess.best, guess.best_size) : NULL;
    report(check, BATON_RULE_CODE_UNKNOWN, literal, text_of(check, literal), best);
}

static enum rule_type check_comparison(struct check *check, struct tree *tree) {
    const uint32_t codes_known = check->scope->scheme->code_count;
    const enum rule_type a = check_tree(check, tree->arg[0]), b = check_tree(check, tree->arg[1]);
    const bool is_order = tree->operator!= OPERATOR_EQ && tree->operator!= OPERATOR_NE;
    if (a == TYPE_BROKEN || b == TYPE_BROKEN)
        return TYPE_CONDITION;
    if (is_order && (a == TYPE_TEXT || b == TYPE_TEXT)) {
        rule_report(&check->report, BATON_RULE_TEXT_ORDER, tree->at, operator_text(tree->operator),
                    NULL);
    } else if ((a == TYPE_TEXT) != (b == TYPE_TEXT)) {
        rule_report(&check->report, BATON_RULE_TEXT_COMPARED, tree->at, NULL, NULL);
    } else {
        warn_of_code(check, tree->arg[0], tree->arg[1], codes_known);
        warn_of_code(check, tree->arg[1], tree->arg[0], codes_known);
    }
    return TYPE_CONDITION;
}

static enum rule_type check_operator(struct check *check, struct tree *tree) {
    if (tree->operator>= OPERATOR_LT && tree->operator<= OPERATOR_NE)
        return check_comparison(check, tree);
    const bool of_conditions = tree->operator<= OPERATOR_NOT;
    for (uint32_t i = 0; i < tree->count; i++) {
        check_tree(check, tree->arg[i]);
        if (of_conditions)
            need_condition(check, tree->arg[i]);
        else
            need_number(check, tree->arg[i]);
    }
    return of_conditions ? TYPE_CONDITION : TYPE_NUMBER;
}

/* ---- Calls. */

/* A number that is written out, perhaps with a sign. */
static bool constant_of(const struct tree *tree, double *out) {
    double sign = 1;
    while (tree->kind == TREE_OPERATOR &&
           (tree->operator== OPERATOR_MINUS || tree->operator== OPERATOR_PLUS)) {
        sign = tree->operator== OPERATOR_MINUS ? -sign : sign;
        tree = tree->arg[0];
    }
    *out = sign * tree->number;
    return tree->kind == TREE_NUMBER;
}

static void check_whole(struct check *check, struct tree *call, const struct tree *arg, int lowest,
                        int highest) {
    double value;
    if (!constant_of(arg, &value) || !(value >= lowest && value <= highest) ||
        value != floor(value)) {
        report(check, BATON_RULE_CONSTANT_EXPECTED, arg, arena_printf(check->arena, "%d", lowest),
               arena_printf(check->arena, "%d", highest));
        return;
    }
    call->back = (int32_t)value;
}

static void check_share(struct check *check, struct tree *call, const struct tree *arg) {
    if (!constant_of(arg, &call->number) || !(call->number >= 0 && call->number < 0.5))
        report(check, BATON_RULE_SHARE_EXPECTED, arg, NULL, NULL);
}

/* An identifier that is not the name of a value. */
static bool check_identifier(struct check *check, const struct tree *arg, const char *en,
                             const char *zh) {
    if (arg->kind == TREE_NAME || arg->kind == TREE_QUOTED)
        return true;
    report(check, BATON_RULE_IDENTIFIER_EXPECTED, arg, en, zh);
    return false;
}

/* Says that an identifier names nothing, and which of `count` names was perhaps meant. */
static void miss_identifier(struct check *check, baton_code code, const struct tree *arg,
                            uint32_t count,
                            const char *(*name_of)(const struct baton_scheme *scheme,
                                                   uint32_t index)) {
    struct text_guess guess = {.text = arg->text, .size = arg->size};
    for (uint32_t i = 0; i < count; i++) {
        const char *name = name_of(check->scope->scheme, i);
        text_guess_offer(&guess, name, strlen(name));
    }
    const char *best =
        guess.best != NULL ? arena_text(check->arena, guess.best, guess.best_size) : NULL;
    report(check, code, arg, text_of(check, arg), best);
}

static const char *unit_name(const struct baton_scheme *scheme, uint32_t index) {
    return scheme->unit[index].id;
}

static const char *node_name(const struct baton_scheme *scheme, uint32_t index) {
    return scheme->node[index].id;
}

static const char *item_name(const struct baton_scheme *scheme, uint32_t index) {
    return scheme->item[index].id;
}

static const char *import_name(const struct baton_scheme *scheme, uint32_t index) {
    return scheme->import[index].id;
}

/* The index of the one of `count` names that the identifier is. */
static uint32_t index_of(const struct check *check, const struct tree *arg, uint32_t count,
                         const char *(*name_of)(const struct baton_scheme *scheme,
                                                uint32_t index)) {
    for (uint32_t i = 0; i < count; i++) {
        const char *name = name_of(check->scope->scheme, i);
        if (strlen(name) == arg->size && memcmp(name, arg->text, arg->size) == 0)
            return i;
    }
    return BATON_NONE;
}

static void check_unit(struct check *check, struct tree *call, const struct tree *arg) {
    const struct rule_scope *scope = check->scope;
    if (!check_identifier(check, arg, "unit", "对象"))
        return;
    call->index = scope->unit(scope->context, arg->text, arg->size);
    if (call->index == BATON_NONE)
        miss_identifier(check, BATON_RULE_UNIT_UNKNOWN, arg, scope->scheme->unit_count, unit_name);
}

static void check_node(struct check *check, struct tree *call, const struct tree *arg) {
    const struct rule_scope *scope = check->scope;
    if (!check_identifier(check, arg, "indicator", "指标"))
        return;
    call->index = scope->node(scope->context, arg->text, arg->size);
    if (call->index == BATON_NONE)
        miss_identifier(check, BATON_RULE_NODE_UNKNOWN, arg, scope->scheme->node_count, node_name);
    else
        use_node(check, call->index);
}

static void check_item(struct check *check, struct tree *call, const struct tree *arg) {
    const uint32_t count = check->scope->scheme->item_count;
    if (!check_identifier(check, arg, "item", "加减分项"))
        return;
    call->index = index_of(check, arg, count, item_name);
    if (call->index == BATON_NONE)
        miss_identifier(check, BATON_RULE_ITEM_UNKNOWN, arg, count, item_name);
}

static void check_import(struct check *check, struct tree *call, const struct tree *arg) {
    const uint32_t count = check->scope->scheme->import_count;
    if (!check_identifier(check, arg, "import", "引用包"))
        return;
    call->index = index_of(check, arg, count, import_name);
    if (call->index == BATON_NONE)
        miss_identifier(check, BATON_RULE_IMPORT_UNKNOWN, arg, count, import_name);
}

/* Checks one argument against its letter in functions.def. */
static void check_argument(struct check *check, struct tree *call, struct tree *arg, char letter) {
    switch (letter) {
    case 'n':
        check_tree(check, arg);
        need_number(check, arg);
        break;
    case 'c':
        check_tree(check, arg);
        need_condition(check, arg);
        break;
    case 's':
        check_tree(check, arg);
        break;
    case 'w':
        check_whole(check, call, arg, 1, RULE_BACK_MAX);
        break;
    case 'r':
        check_whole(check, call, arg, -3, 9);
        break;
    case 'h':
        check_share(check, call, arg);
        break;
    case 'u':
        check_unit(check, call, arg);
        break;
    case 'o':
        check_node(check, call, arg);
        break;
    case 'i':
        check_item(check, call, arg);
        break;
    case 'm':
        check_import(check, call, arg);
        break;
    default:
        assert(letter == 'e');
        check_identifier(check, arg, "unit or indicator of the other package",
                         "另一考核包的对象或指标");
    }
}

static char letter_of(const struct rule_function *function, uint32_t index) {
    const size_t letters = strlen(function->arguments);
    return function->arguments[index < letters ? index : letters - 1];
}

/* The type of a call that gives what its arguments are: texts, conditions, or numbers. */
static enum rule_type type_of_same(struct check *check, const struct tree *call,
                                   const struct rule_function *function) {
    bool has_text = false, all_conditions = true;
    for (uint32_t i = 0; i < call->count; i++) {
        if (letter_of(function, i) != 's')
            continue;
        const struct tree *arg = call->arg[i];
        if (arg->type == TYPE_BROKEN)
            return TYPE_BROKEN;
        has_text |= arg->type == TYPE_TEXT;
        all_conditions &= arg->type == TYPE_CONDITION || is_zero_or_one(arg);
    }
    if (!has_text)
        return all_conditions ? TYPE_CONDITION : TYPE_NUMBER;
    for (uint32_t i = 0; i < call->count; i++)
        if (letter_of(function, i) == 's' && call->arg[i]->type != TYPE_TEXT) {
            report(check, BATON_RULE_TEXT_COMPARED, call->arg[i], NULL, NULL);
            return TYPE_BROKEN;
        }
    return TYPE_TEXT;
}

static bool check_count(struct check *check, const struct tree *call,
                        const struct rule_function *function) {
    const bool odd_bands = call->function == FN_BANDS && call->count % 2 != 0;
    if (call->count >= function->least && call->count <= function->most && !odd_bands)
        return true;
    char takes[32];
    if (call->function == FN_BANDS)
        snprintf(takes, sizeof takes, "4, 6, 8 ...");
    else if (function->most == UINT32_MAX)
        snprintf(takes, sizeof takes, "%u ...", function->least);
    else if (function->most > function->least)
        snprintf(takes, sizeof takes, "%u-%u", function->least, function->most);
    else
        snprintf(takes, sizeof takes, "%u", function->least);
    rule_report4(&check->report, BATON_RULE_ARGUMENTS, call->at, function->name, takes,
                 arena_printf(check->arena, "%u", call->count), function->usage);
    return false;
}

static void miss_function(struct check *check, const struct tree *call) {
    struct text_guess guess = {.text = call->text, .size = call->size};
    for (uint32_t i = 0; i < FUNCTIONS; i++) {
        const char *name = function_of((enum rule_function_id)i)->name;
        text_guess_offer(&guess, name, strlen(name));
    }
    report(check, BATON_RULE_FUNCTION_UNKNOWN, call, text_of(check, call), guess.best);
}

/* What is known of a call from its arguments, and the limits of what may stand inside each other.
 */
static void weigh_call(struct check *check, struct tree *call,
                       const struct rule_function *function) {
    const bool over_time = function->kind == RULE_OVER_TIME;
    if (function->kind == RULE_OVER_COHORT)
        call->bare = false;
    if (function->kind != RULE_PLAIN)
        call->depth++;
    call->moves += over_time ? call->function == FN_LAST ? 2 : 1 : 0;
    if (call->moves > RULE_MOVES_OWN) {
        report(check, BATON_RULE_TOO_MANY_MOVES, call,
               arena_printf(check->arena, "%d", RULE_MOVES_OWN), NULL);
        call->moves = 0;
    }
}

static void weigh_part(const struct tree *part, struct tree *whole) {
    if (part->moves > whole->moves)
        whole->moves = part->moves;
    if (part->depth > whole->depth)
        whole->depth = part->depth;
    whole->bare |= part->bare;
    whole->moved |= part->moved;
}

/* The type of a call and what it uses, its arguments being checked. */
static enum rule_type finish_call(struct check *check, struct tree *call,
                                  const struct rule_function *function) {
    switch (call->function) {
    case FN_PREV_SCORE:
        return use_place(check, call, RULE_PREV_SCORE, call->back);
    case FN_PREV_RANK:
        return use_place(check, call, RULE_PREV_RANK, call->back);
    case FN_PREV_GRADE:
        return use_place(check, call, RULE_PREV_GRADE, call->back);
    case FN_EVENT:
        check->uses.event = true;
        break;
    case FN_RESULT:
        check->uses.result = true;
        break;
    default:
        break;
    }
    if (function->kind == RULE_OF_RESULTS) {
        call->moved |= RULE_MOVED_RESULT;
        check->uses.earlier |= check->in_time;
        if (call->function != FN_RESULT) /* which is the same for all units */
            use_figure(check, call, function->name);
    }
    weigh_call(check, call, function);
    switch (function->result) {
    case 'n':
        return TYPE_NUMBER;
    case 'c':
        return TYPE_CONDITION;
    default:
        return type_of_same(check, call, function);
    }
}

/* node(id, n) is prev(node(id), n). */
static void move_node(struct check *check, struct tree *call) {
    struct tree *node = arena_alloc(check->arena, 1, sizeof *node);
    *node = *call;
    node->count = 1;
    call->function = FN_PREV;
    call->arg = arena_alloc(check->arena, 2, sizeof(struct tree *));
    call->arg[0] = node;
    call->arg[1] = node->arg[1];
}

static enum rule_type check_call(struct check *check, struct tree *call) {
    if (!function_find(call->text, call->size, &call->function)) {
        miss_function(check, call);
        return TYPE_BROKEN;
    }
    const struct rule_function *function = function_of(call->function);
    if ((function->places & 1u << check->scope->place) == 0) {
        report(check, BATON_RULE_FUNCTION_ELSEWHERE, call, function->usage, NULL);
        return TYPE_BROKEN;
    }
    if (!check_count(check, call, function))
        return TYPE_BROKEN;
    if (call->function == FN_NODE && call->count == 2) {
        move_node(check, call);
        function = function_of(call->function);
    }
    const bool over_time = function->kind == RULE_OVER_TIME,
               over_cohort = function->kind == RULE_OVER_COHORT;
    const bool in_cohort = check->in_cohort, in_time = check->in_time;
    check->in_cohort |= over_cohort;
    check->in_time |= over_time;
    check->uses.cohort |= over_cohort;
    check->uses.time |= over_time;
    check->uses.units |= function->kind == RULE_OVER_UNITS;
    call->back = call->function == FN_PREV ? 1 : 0;
    for (uint32_t i = 0; i < call->count; i++) {
        check_argument(check, call, call->arg[i], letter_of(function, i));
        weigh_part(call->arg[i], call);
    }
    if (call->where != NULL) {
        check_tree(check, call->where);
        need_condition(check, call->where);
        weigh_part(call->where, call);
    }
    check->in_cohort = in_cohort;
    check->in_time = in_time;
    return finish_call(check, call, function);
}

static enum rule_type check_tree(struct check *check, struct tree *tree) {
    const struct rule_scope *scope = check->scope;
    switch (tree->kind) {
    case TREE_NUMBER:
        return tree->type = TYPE_NUMBER;
    case TREE_TEXT:
        tree->index = scope->code(scope->context, tree->text, tree->size);
        tree->number = tree->index;
        return tree->type = TYPE_TEXT;
    case TREE_NAME:
        return tree->type = check_name(check, tree);
    case TREE_QUOTED:
        return tree->type = check_element(check, tree);
    case TREE_CALL:
        return tree->type = check_call(check, tree);
    default:
        assert(tree->kind == TREE_OPERATOR);
        tree->type = check_operator(check, tree);
        for (uint32_t i = 0; i < tree->count; i++)
            weigh_part(tree->arg[i], tree);
        return tree->type;
    }
}

/* The rule as a whole: what is expected of it, and its limits. */
static void check_whole_rule(struct check *check, struct tree *tree) {
    const bool is_when = check->scope->place == RULE_WHEN;
    if (is_when || check->scope->expects == RULE_CONDITION)
        need_condition(check, tree);
    else if (check->scope->expects == RULE_NUMBER)
        need_number(check, tree);
    if (tree->depth > RULE_DEPTH_MAX)
        report(check, BATON_RULE_TOO_DEEP, tree, arena_printf(check->arena, "%d", RULE_DEPTH_MAX),
               NULL);
}

baton_code rule_check(struct check *check, struct tree *tree) {
    check_tree(check, tree);
    check_whole_rule(check, tree);
    struct rule_uses *uses = &check->uses;
    uses->element = check->element;
    uses->element_count = (uint32_t)check->element_count;
    uses->node = check->node;
    uses->node_count = (uint32_t)check->node_count;
    uses->bare_element = BATON_NONE;
    if (tree->kind == TREE_ELEMENT)
        uses->bare_element = tree->index;
    else if (tree->kind == TREE_NAMED)
        uses->bare_element = tree->rule->uses.bare_element;
    uses->text = tree->type == TYPE_TEXT;
    uses->condition = tree->type == TYPE_CONDITION;
    uses->moves = tree->moves;
    return check->report.code;
}

static void collect_elements(struct check *collector, const struct tree *tree) {
    if (tree->kind == TREE_ELEMENT)
        use_element(collector, tree->index);
    if (tree->kind == TREE_NAMED || tree->kind == TREE_WHERE)
        for (uint32_t i = 0; i < tree->rule->uses.element_count; i++)
            use_element(collector, tree->rule->uses.element[i]);
    for (uint32_t i = 0; i < tree->count; i++)
        collect_elements(collector, tree->arg[i]);
    if (tree->where != NULL)
        collect_elements(collector, tree->where);
}

uint32_t rule_elements(struct baton_arena *arena, const struct tree *tree, const uint32_t **out) {
    struct check collector = {.arena = arena};
    collect_elements(&collector, tree);
    *out = collector.element;
    return (uint32_t)collector.element_count;
}
