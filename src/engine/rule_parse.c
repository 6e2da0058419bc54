/* Text -> tree, by precedence climbing:
 *
 *     expression = operand { operator operand }
 *     operand    = number | 'text' | name | `identifier` | "(" expression ")"
 *                | name "(" [ argument { "," argument } ] ")"
 *                | ("-" | "+" | "not") expression
 *     argument   = expression | "where" ":" expression
 *
 * The levels of the operators are in the table below. The first thing that is not sound ends the
 * parse. */
#include "engine/rule_tree.h"
#include <assert.h>
#include <string.h>

enum {
    LEVEL_OR = 1,
    LEVEL_AND,
    LEVEL_NOT,
    LEVEL_COMPARE, /* not chained */
    LEVEL_SUM,
    LEVEL_PRODUCT,
    LEVEL_SIGN,
    LEVEL_POWER /* to the right */
};

static const int levels[] = {
    [OPERATOR_OR] = LEVEL_OR,       [OPERATOR_AND] = LEVEL_AND,    [OPERATOR_NOT] = LEVEL_NOT,
    [OPERATOR_LT] = LEVEL_COMPARE,  [OPERATOR_LE] = LEVEL_COMPARE, [OPERATOR_GT] = LEVEL_COMPARE,
    [OPERATOR_GE] = LEVEL_COMPARE,  [OPERATOR_EQ] = LEVEL_COMPARE, [OPERATOR_NE] = LEVEL_COMPARE,
    [OPERATOR_ADD] = LEVEL_SUM,     [OPERATOR_SUB] = LEVEL_SUM,    [OPERATOR_MUL] = LEVEL_PRODUCT,
    [OPERATOR_DIV] = LEVEL_PRODUCT, [OPERATOR_POW] = LEVEL_POWER,  [OPERATOR_MINUS] = LEVEL_SIGN,
    [OPERATOR_PLUS] = LEVEL_SIGN,
};

struct parser {
    struct rule_report *report;
    struct baton_arena *arena;
    struct lexer lexer;
    struct token token; /* the one that is looked at */
    uint32_t parts, depth;
};

static struct tree *parse_level(struct parser *parser, int level);

static void advance(struct parser *parser) {
    lex_next(&parser->lexer, &parser->token);
}

static bool is_token(const struct parser *parser, enum token_kind kind) {
    return parser->token.kind == kind;
}

static const char *token_text(const struct parser *parser) {
    const struct token *token = &parser->token;
    return arena_text(parser->arena, parser->report->source.text + token->at,
                      token->end - token->at);
}

static struct tree *tree_new(struct parser *parser, enum tree_kind kind, uint32_t at) {
    if (++parser->parts > RULE_PARTS_MAX) {
        const char *most = arena_printf(parser->arena, "%d", RULE_PARTS_MAX);
        rule_report(parser->report, BATON_RULE_TOO_MANY_PARTS, at, most, NULL);
        return NULL;
    }
    struct tree *tree = arena_alloc(parser->arena, 1, sizeof *tree);
    tree->kind = kind;
    tree->at = tree->begin = at;
    tree->end = parser->token.end;
    return tree;
}

/* Goes one level deeper; false, with a finding, where that is too deep. */
static bool deeper(struct parser *parser) {
    if (++parser->depth <= RULE_DEPTH_MAX)
        return true;
    const char *most = arena_printf(parser->arena, "%d", RULE_DEPTH_MAX);
    rule_report(parser->report, BATON_RULE_TOO_DEEP, parser->token.at, most, NULL);
    return false;
}

/* Says that a value should stand where the token stands. */
static void miss_value(struct parser *parser) {
    const struct token *token = &parser->token;
    if (token->kind == TOKEN_END) {
        rule_report(parser->report, BATON_RULE_ENDS_EARLY, parser->report->size, NULL, NULL);
    } else if (token->kind != TOKEN_BROKEN) {
        const bool is_not = token->kind == TOKEN_OPERATOR && token->operator== OPERATOR_NOT;
        rule_report(parser->report, BATON_RULE_VALUE_EXPECTED, token->at, token_text(parser),
                    is_not ? "not" : NULL);
    }
}

/* Says that what stands here continues nothing; `open` is the bracket that is open, or SIZE_MAX. */
static void miss_operator(struct parser *parser, size_t open) {
    const struct token *token = &parser->token;
    if (token->kind == TOKEN_END)
        rule_report(parser->report, BATON_RULE_BRACKET_OPEN, open, NULL, NULL);
    else if (token->kind == TOKEN_CLOSE)
        rule_report(parser->report, BATON_RULE_BRACKET_CLOSE, token->at, NULL, NULL);
    else if (token->kind != TOKEN_BROKEN)
        rule_report(parser->report, BATON_RULE_OPERATOR_EXPECTED, token->at, token_text(parser),
                    NULL);
}

/* The tree of an operator with one or two operands; left is NULL with one. */
static struct tree *operator_new(struct parser *parser, enum rule_operator operator, uint32_t at,
                                 struct tree *left, struct tree *right) {
    struct tree *tree = tree_new(parser, TREE_OPERATOR, at);
    if (tree == NULL)
        return NULL;
    tree->operator= operator;
    tree->end = right->end;
    tree->count = left == NULL ? 1 : 2;
    tree->arg = arena_alloc(parser->arena, tree->count, sizeof(struct tree *));
    tree->arg[0] = left == NULL ? right : left;
    if (left != NULL) {
        tree->arg[1] = right;
        tree->begin = left->begin;
    }
    return tree;
}

/* `where: c`, the token being behind the name `where`. */
static bool parse_where(struct parser *parser, struct tree *call, uint32_t at) {
    static const char rank[] = "rank";
    const bool is_rank = call->size == strlen(rank) && memcmp(call->text, rank, call->size) == 0;
    if (!is_rank || call->where != NULL || call->count == 0) {
        rule_report(parser->report, BATON_RULE_WHERE_MISPLACED, at, NULL, NULL);
        return false;
    }
    advance(parser); /* the colon */
    call->where = parse_level(parser, LEVEL_OR);
    return call->where != NULL;
}

/* Whether `where` stands here with a colon behind it. */
static bool is_where(const struct parser *parser) {
    static const char where[] = "where";
    const struct token *token = &parser->token;
    if (token->kind != TOKEN_NAME || token->size != strlen(where) ||
        memcmp(token->text, where, token->size) != 0)
        return false;
    const char *next = token->text + token->size;
    const char *const end = parser->report->source.text + parser->report->size;
    while (next < end && (*next == ' ' || *next == '\t' || *next == '\n' || *next == '\r'))
        next++;
    return next < end && *next == ':';
}

/* The arguments of a call, the token being behind the opening bracket at `open`. */
static bool parse_arguments(struct parser *parser, struct tree *call, size_t open) {
    size_t count = 0, capacity = 0;
    while (!is_token(parser, TOKEN_CLOSE) || count > 0) {
        if (is_where(parser)) {
            const uint32_t at = parser->token.at;
            advance(parser);
            call->count = (uint32_t)count;
            if (!parse_where(parser, call, at))
                return false;
        } else {
            struct tree *arg = parse_level(parser, LEVEL_OR);
            if (arg == NULL)
                return false;
            if (call->where != NULL) {
                rule_report(parser->report, BATON_RULE_WHERE_MISPLACED, call->where->begin, NULL,
                            NULL);
                return false;
            }
            *ARRAY_PUSH(parser->arena, call->arg, count, capacity) = arg;
        }
        if (!is_token(parser, TOKEN_COMMA))
            break;
        advance(parser);
    }
    call->count = (uint32_t)count;
    if (!is_token(parser, TOKEN_CLOSE)) {
        miss_operator(parser, open);
        return false;
    }
    call->end = parser->token.end;
    advance(parser);
    return true;
}

/* A name, or a function with its arguments. */
static struct tree *parse_name(struct parser *parser) {
    struct tree *tree = tree_new(parser, TREE_NAME, parser->token.at);
    if (tree == NULL)
        return NULL;
    tree->text = parser->token.text;
    tree->size = parser->token.size;
    advance(parser);
    if (!is_token(parser, TOKEN_OPEN))
        return tree;
    tree->kind = TREE_CALL;
    const size_t open = parser->token.at;
    if (!deeper(parser))
        return NULL;
    advance(parser);
    if (!parse_arguments(parser, tree, open))
        return NULL;
    parser->depth--;
    return tree;
}

static struct tree *parse_bracket(struct parser *parser) {
    const size_t open = parser->token.at;
    if (!deeper(parser))
        return NULL;
    advance(parser);
    struct tree *tree = parse_level(parser, LEVEL_OR);
    if (tree == NULL)
        return NULL;
    if (!is_token(parser, TOKEN_CLOSE)) {
        miss_operator(parser, open);
        return NULL;
    }
    parser->depth--;
    advance(parser);
    return tree;
}

/* `-`, `+` or `not` and what it stands in front of. */
static struct tree *parse_prefix(struct parser *parser, int level) {
    const enum rule_operator found = parser->token.operator;
    const bool is_not = found == OPERATOR_NOT;
    const uint32_t at = parser->token.at;
    if ((!is_not && found != OPERATOR_SUB && found != OPERATOR_ADD) ||
        (is_not && level > LEVEL_NOT)) {
        miss_value(parser);
        return NULL;
    }
    if (!deeper(parser))
        return NULL;
    advance(parser);
    struct tree *operand = parse_level(parser, is_not ? LEVEL_NOT : LEVEL_POWER);
    if (operand == NULL)
        return NULL;
    parser->depth--;
    const enum rule_operator sign = found == OPERATOR_SUB ? OPERATOR_MINUS : OPERATOR_PLUS;
    return operator_new(parser, is_not ? OPERATOR_NOT : sign, at, NULL, operand);
}

static struct tree *parse_operand(struct parser *parser, int level) {
    struct tree *tree;
    const struct token token = parser->token;
    switch (token.kind) {
    case TOKEN_NUMBER:
        tree = tree_new(parser, TREE_NUMBER, token.at);
        if (tree != NULL)
            tree->number = token.number;
        break;
    case TOKEN_TEXT:
    case TOKEN_QUOTED:
        tree = tree_new(parser, token.kind == TOKEN_TEXT ? TREE_TEXT : TREE_QUOTED, token.at);
        if (tree != NULL) {
            tree->text = token.text;
            tree->size = token.size;
        }
        break;
    case TOKEN_NAME:
        return parse_name(parser);
    case TOKEN_OPEN:
        return parse_bracket(parser);
    case TOKEN_OPERATOR:
        return parse_prefix(parser, level);
    default:
        miss_value(parser);
        return NULL;
    }
    if (tree != NULL)
        advance(parser);
    return tree;
}

/* What stands here, as far as its operators are of this level or a tighter one. */
static struct tree *parse_level(struct parser *parser, int level) {
    struct tree *tree = parse_operand(parser, level);
    bool compared = false;
    while (tree != NULL && is_token(parser, TOKEN_OPERATOR) &&
           parser->token.operator!= OPERATOR_NOT) {
        const enum rule_operator found = parser->token.operator;
        const int tight = levels[found];
        const uint32_t at = parser->token.at;
        if (tight < level)
            break;
        if (tight == LEVEL_COMPARE && compared) {
            rule_report(parser->report, BATON_RULE_CHAINED, at, NULL, NULL);
            return NULL;
        }
        compared |= tight == LEVEL_COMPARE;
        if (tight < LEVEL_COMPARE)
            compared = false;
        if (tight == LEVEL_POWER && !deeper(parser))
            return NULL;
        advance(parser);
        struct tree *right = parse_level(parser, tight == LEVEL_POWER ? LEVEL_SIGN : tight + 1);
        if (right == NULL)
            return NULL;
        parser->depth -= tight == LEVEL_POWER;
        tree = operator_new(parser, found, at, tree, right);
    }
    return tree;
}

struct tree *rule_parse(struct rule_report *report) {
    if (report->size > RULE_SIZE_MAX) {
        const char *most = arena_printf(report->arena, "%d", RULE_SIZE_MAX);
        rule_report(report, BATON_RULE_TOO_LONG, 0, most, NULL);
        return NULL;
    }
    struct parser parser = {.report = report, .arena = report->arena, .lexer = {.report = report}};
    advance(&parser);
    if (is_token(&parser, TOKEN_END)) {
        rule_report(report, BATON_RULE_EMPTY, 0, NULL, NULL);
        return NULL;
    }
    struct tree *tree = parse_level(&parser, LEVEL_OR);
    if (tree != NULL && !is_token(&parser, TOKEN_END)) {
        miss_operator(&parser, 0);
        return NULL;
    }
    assert(tree != NULL || report->code != BATON_OK);
    return tree;
}
