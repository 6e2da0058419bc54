/* Tokens of the rule language, and advice on what other languages and full-width keyboards write
 * for them. */
#include "base/text.h"
#include "baton/number.h"
#include "engine/rule_tree.h"
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* Longer ones before those that they begin with. */
static const struct {
    const char *text;
    enum token_kind kind;
    enum rule_operator operator;
} signs[] = {
    // clang-format off
    {"<=", TOKEN_OPERATOR, OPERATOR_LE},  {">=", TOKEN_OPERATOR, OPERATOR_GE},
    {"==", TOKEN_OPERATOR, OPERATOR_EQ},  {"!=", TOKEN_OPERATOR, OPERATOR_NE},
    {"<", TOKEN_OPERATOR, OPERATOR_LT},   {">", TOKEN_OPERATOR, OPERATOR_GT},
    {"+", TOKEN_OPERATOR, OPERATOR_ADD},  {"-", TOKEN_OPERATOR, OPERATOR_SUB},
    {"*", TOKEN_OPERATOR, OPERATOR_MUL},  {"/", TOKEN_OPERATOR, OPERATOR_DIV},
    {"^", TOKEN_OPERATOR, OPERATOR_POW},
    {"(", TOKEN_OPEN, 0}, {")", TOKEN_CLOSE, 0}, {",", TOKEN_COMMA, 0}, {":", TOKEN_COLON, 0},
    // clang-format on
};

static const struct {
    const char *text;
    enum rule_operator operator;
} words[] = {{"or", OPERATOR_OR}, {"and", OPERATOR_AND}, {"not", OPERATOR_NOT}};

/* What is written otherwise here. Full-width characters whose half-width form is right as it is are
 * not listed. Longer ones before those that they begin with. */
static const struct {
    const char *text, *instead;
} foreign[] = {
    // clang-format off
    {"<>", "!="}, {"=<", "<="}, {"=>", ">="}, {"&&", "and"}, {"||", "or"}, {"**", "^"},
    {"=", "=="}, {"!", "not"}, {"[", "("}, {"]", ")"}, {"{", "("}, {"}", ")"}, {"\"", "'"},
    {"≥", ">="}, {"≤", "<="}, {"≠", "!="}, {"×", "*"}, {"·", "*"}, {"÷", "/"}, {"−", "-"},
    {"–", "-"}, {"—", "-"}, {"＝", "=="}, {"！", "not"}, {"％", "%"}, {"“", "'"}, {"”", "'"},
    {"‘", "'"}, {"’", "'"}, {"＂", "'"}, {"、", ","}, {"【", "("}, {"】", ")"}, {"［", "("}, {"］", ")"},
    // clang-format on
};

const char *operator_text(enum rule_operator operator) {
    for (size_t i = 0; i < LENGTH(words); i++)
        if (words[i].operator== operator)
            return words[i].text;
    for (size_t i = 0; i < LENGTH(signs); i++)
        if (signs[i].kind == TOKEN_OPERATOR && signs[i].operator== operator)
            return signs[i].text;
    return operator== OPERATOR_MINUS ? "-" : "+";
}

static bool begins(const char *text, size_t size, const char *with) {
    const size_t length = strlen(with);
    return length <= size && memcmp(text, with, length) == 0;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Bytes of the character at text[0..size) if a name may go on with it, or begin; 0 if not. */
static size_t name_part(const char *text, size_t size, bool begin) {
    if (size == 0)
        return 0;
    const char c = text[0];
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_')
        return 1;
    if (!begin && (is_digit(c) || c == '.'))
        return 1;
    uint32_t point;
    const size_t bytes = (unsigned char)c >= 0x80 ? text_decode(text, size, &point) : 0;
    return bytes > 0 && text_is_han(point) ? bytes : 0;
}

static size_t name_size(const char *text, size_t size) {
    size_t length = 0;
    for (size_t part; (part = name_part(text + length, size - length, length == 0)) > 0;)
        length += part;
    return length;
}

/* A number, and whatever stands so close to it that it is meant as a part of it. */
static size_t number_size(const char *text, size_t size) {
    size_t length = 0;
    bool plain = true; /* digits and points so far */
    while (length < size) {
        const char c = text[length];
        if (plain && (c == 'e' || c == 'E') && length + 2 < size &&
            (text[length + 1] == '-' || text[length + 1] == '+') && is_digit(text[length + 2])) {
            plain = false;
            length += 3;
            continue;
        }
        const size_t part = name_part(text + length, size - length, false);
        if (part == 0)
            break;
        plain &= is_digit(c) || c == '.';
        length += part;
    }
    return length < size && text[length] == '%' ? length + 1 : length;
}

/* The double nearest to the decimal, also where a % stands behind it: 12.3% is 0.123, as nearly as
 * a double can be. */
static bool number_value(const char *text, size_t size, double *out) {
    bool percent = false;
    if (baton_number_parse(text, size, out, &percent) != BATON_NUMBER_OK)
        return false;
    if (!percent)
        return true;
    char shifted[64];
    if (size + 3 > sizeof shifted || memchr(text, 'e', size) != NULL ||
        memchr(text, 'E', size) != NULL) {
        *out /= 100;
        return true;
    }
    snprintf(shifted, sizeof shifted, "%.*se-2", (int)size - 1, text);
    return baton_number_parse(shifted, size + 2, out, NULL) == BATON_NUMBER_OK;
}

static void lex_number(struct lexer *lexer, const char *text, size_t size, struct token *out) {
    const size_t length = number_size(text, size);
    out->end = out->at + (uint32_t)length;
    out->kind = TOKEN_NUMBER;
    if (!number_value(text, length, &out->number)) {
        out->kind = TOKEN_BROKEN;
        rule_report(lexer->report, BATON_RULE_NUMBER_MALFORMED, out->at,
                    arena_text(lexer->report->arena, text, length), NULL);
    }
}

/* An identifier in backquotes, or a text in single quotes. */
static void lex_quoted(struct lexer *lexer, const char *text, size_t size, struct token *out) {
    struct rule_report *report = lexer->report;
    const char quote[2] = {text[0], '\0'};
    const char *close = memchr(text + 1, quote[0], size - 1);
    out->kind = TOKEN_BROKEN;
    if (close == NULL) {
        out->end = out->at + (uint32_t)size;
        rule_report(report, BATON_RULE_QUOTE_OPEN, out->at, quote, NULL);
        return;
    }
    out->end = out->at + (uint32_t)(close - text) + 1;
    out->text = text + 1;
    out->size = (uint32_t)(close - text) - 1;
    if (quote[0] == '`' && !text_is_identifier(out->text, out->size)) {
        const char *found = arena_text(report->arena, out->text, out->size);
        rule_report(report, BATON_RULE_IDENTIFIER_BAD, out->at, found, NULL);
        return;
    }
    out->kind = quote[0] == '`' ? TOKEN_QUOTED : TOKEN_TEXT;
}

static void lex_name(struct lexer *lexer, const char *text, size_t size, struct token *out) {
    out->kind = TOKEN_NAME;
    out->text = text;
    out->size = (uint32_t)name_size(text, size);
    out->end = out->at + out->size;
    for (size_t i = 0; i < LENGTH(words); i++)
        if (strlen(words[i].text) == out->size &&
            strncasecmp(words[i].text, text, out->size) == 0) {
            out->kind = TOKEN_OPERATOR;
            out->operator= words[i].operator;
            if (memcmp(words[i].text, text, out->size) !=
                0) { /* `AND`: names know upper from lower case */
                out->kind = TOKEN_BROKEN;
                rule_report(lexer->report, BATON_RULE_WRITTEN_OTHERWISE, out->at,
                            arena_text(lexer->report->arena, text, out->size), words[i].text);
            }
        }
}

/* Says what should stand for a character that is none of this language. */
static void lex_foreign(struct lexer *lexer, const char *text, size_t size, struct token *out) {
    struct rule_report *report = lexer->report;
    out->kind = TOKEN_BROKEN;
    for (size_t i = 0; i < LENGTH(foreign); i++)
        if (begins(text, size, foreign[i].text)) {
            out->end = out->at + (uint32_t)strlen(foreign[i].text);
            rule_report(report, BATON_RULE_WRITTEN_OTHERWISE, out->at, foreign[i].text,
                        foreign[i].instead);
            return;
        }
    uint32_t point = 0;
    size_t bytes = text_decode(text, size, &point);
    if (bytes == 0 || point < 0x20 || point == 0x7F) { /* broken UTF-8, a control character */
        out->end = out->at + (uint32_t)(bytes > 0 ? bytes : 1);
        const char *hex = arena_printf(report->arena, "0x%02X", (unsigned char)text[0]);
        rule_report(report, BATON_RULE_CHARACTER, out->at, hex, NULL);
        return;
    }
    out->end = out->at + (uint32_t)bytes;
    const char *found = arena_text(report->arena, text, bytes);
    if (point > 0xFF00 && point < 0xFF5F) { /* full-width forms of the ASCII characters */
        const char half[2] = {(char)(point - 0xFF00 + 0x20), '\0'};
        rule_report(report, BATON_RULE_WRITTEN_OTHERWISE, out->at, found, half);
    } else if (text_is_space(point)) {
        rule_report(report, BATON_RULE_WRITTEN_OTHERWISE, out->at, "U+3000", "U+0020");
    } else {
        rule_report(report, BATON_RULE_CHARACTER, out->at, found, NULL);
    }
}

void lex_next(struct lexer *lexer, struct token *out) {
    const char *const begin = lexer->report->source.text;
    const size_t all = lexer->report->size;
    while (lexer->at < all && is_blank(begin[lexer->at]))
        lexer->at++;
    const char *const text = begin + lexer->at;
    const size_t size = all - lexer->at;
    *out = (struct token){.kind = TOKEN_END, .at = lexer->at, .end = lexer->at};
    if (size == 0)
        return;
    if (is_digit(text[0]) || (text[0] == '.' && size > 1 && is_digit(text[1]))) {
        lex_number(lexer, text, size, out);
    } else if (text[0] == '`' || text[0] == '\'') {
        lex_quoted(lexer, text, size, out);
    } else if (name_part(text, size, true) > 0) {
        lex_name(lexer, text, size, out);
    } else {
        for (size_t i = 0; i < LENGTH(signs) && out->end == out->at; i++)
            if (begins(text, size, signs[i].text)) {
                out->kind = signs[i].kind;
                out->operator= signs[i].operator;
                out->end = out->at + (uint32_t)strlen(signs[i].text);
            }
        /* `=<`, `<>` and `**` begin like signs, or are longer than the sign that they begin with */
        const bool is_longer = begins(text, size, "<>") || begins(text, size, "**");
        if (out->end == out->at || is_longer)
            lex_foreign(lexer, text, size, out);
    }
    lexer->at = out->end;
}
