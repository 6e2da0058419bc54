/* The words of an explanation: what a line says is put into its sentence of explain.def. */
#include "report/explain_report.h"
#include <math.h>
#include <string.h>

static void put12(struct writer *out, double number) {
    writer_number(out, baton_number_sig12(number));
}

/* ---- Calculations at 12 digits. */

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* Part of a name, so that digits behind it are no number. */
static bool is_of_name(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           c == '.' || (unsigned char)c >= 0x80;
}

/* The size of the number that begins at `text`. */
static size_t number_size(const char *text) {
    size_t at = 0;
    while (is_digit(text[at]) || text[at] == '.')
        at++;
    if (text[at] == 'e' || text[at] == 'E') {
        const size_t sign = text[at + 1] == '-' || text[at + 1] == '+';
        if (is_digit(text[at + 1 + sign]))
            at += 1 + sign;
        while (is_digit(text[at]))
            at++;
    }
    return at;
}

void explain_put_short(struct writer *out, const char *arithmetic) {
    static const char times[] = "×"; /* its bytes are no part of a name */
    char before = ' ';
    while (*arithmetic != '\0') {
        size_t size = 1;
        double number;
        if (strncmp(arithmetic, times, strlen(times)) == 0) {
            size = strlen(times);
            writer_put(out, arithmetic, size);
        } else if (is_digit(*arithmetic) && !is_of_name(before)) {
            size = number_size(arithmetic);
            if (baton_number_parse(arithmetic, size, &number, NULL) == BATON_NUMBER_OK)
                put12(out, number);
            else
                writer_put(out, arithmetic, size);
        } else {
            writer_char(out, *arithmetic);
        }
        before = size == strlen(times) && *arithmetic == times[0] ? ' ' : arithmetic[size - 1];
        arithmetic += size;
    }
}

/* ---- Sentences. */

enum said {
    SAID_VALUE,
    SAID_FORMULA,
    SAID_ARITHMETIC,
    SAID_NAME,
    SAID_ID,
    SAID_UNIT,
    SAID_PERIOD,
    SAID_WORD,
    SAID_MEASURE,
    SAID_REASON,
    SAID_DOCUMENT,
    SAID_PACKAGE,
    SAID_WHOSE,
    SAID_INDICATOR,
    SAID_MEMBERS
};

static enum said said_of(const char *name, size_t size) {
    static const char *const names[] = {"value",    "formula", "arithmetic", "name",     "id",
                                        "unit",     "period",  "word",       "measure",  "reason",
                                        "document", "package", "whose",      "indicator"};
    int which = 0;
    while (which < SAID_MEMBERS &&
           !(strlen(names[which]) == size && memcmp(names[which], name, size) == 0))
        which++;
    return (enum said)which;
}

/* What the line says of another package. */
static const char *text_of_imported(const struct explain_view *view,
                                    const struct baton_imported *imported, enum said which) {
    if (which == SAID_PACKAGE)
        return baton_text_in(imported->title, view->language, imported->package);
    if (which == SAID_WHOSE)
        return imported->unit_name == NULL
                   ? imported->unit
                   : baton_text_in(imported->unit_name, view->language, imported->unit);
    return imported->node_name == NULL
               ? explain_word(imported->node, view->language) /* total and base have no names */
               : baton_text_in(imported->node_name, view->language, imported->node);
}

/* A member that is a text; NULL where the line does not say it. */
static const char *text_of(const struct explain_view *view, const struct explain_line *line,
                           enum said which) {
    switch (which) {
    case SAID_FORMULA:
        return line->formula[view->language];
    case SAID_NAME:
        return line->name == NULL ? line->id : baton_text_in(line->name, view->language, line->id);
    case SAID_ID:
        return line->id;
    case SAID_UNIT: {
        if (line->unit == BATON_NONE)
            return NULL;
        const struct baton_unit *unit = &baton_session_scheme(view->session)->unit[line->unit];
        return baton_text_in(&unit->name, view->language, unit->id);
    }
    case SAID_WORD:
        return line->word == NULL ? NULL : explain_word(line->word, view->language);
    case SAID_MEASURE:
        return isnan(line->value) ? NULL : line->measure;
    case SAID_REASON:
        return line->reason;
    case SAID_DOCUMENT:
        return line->document;
    case SAID_PACKAGE:
    case SAID_WHOSE:
    case SAID_INDICATOR:
        return text_of_imported(view, line->imported, which);
    default:
        return NULL;
    }
}

/* Puts what a name in braces stands for; false where the line does not say it. */
static bool put_member(const struct explain_view *view, const struct explain_line *line,
                       const char *name, size_t size, struct writer *out) {
    const size_t before = out->used;
    char period[BATON_PERIOD_NAME_SIZE];
    if (size == 1 && name[0] >= '1' && name[0] <= '4') {
        put12(out, line->number[name[0] - '1']);
        return out->used > before;
    }
    const enum said which = said_of(name, size);
    switch (which) {
    case SAID_VALUE:
        if (line->code != NULL)
            writer_text(out, line->code);
        else if (isnan(line->value))
            writer_text(out, "—");
        else
            put12(out, line->value);
        break;
    case SAID_PERIOD:
        writer_put(out, period, baton_period_format(line->period, period));
        break;
    case SAID_ARITHMETIC:
        if (line->arithmetic != NULL)
            explain_put_short(out, line->arithmetic);
        break;
    default: {
        const char *const text = text_of(view, line, which);
        writer_text(out, text == NULL ? "" : text);
    }
    }
    return out->used > before;
}

/* Puts a sentence, or a part of one, up to `end`; false where one of its members is not there. A number that is
 * not there is a dash in a sentence; a part is left out then. */
static bool put_sentence(const struct explain_view *view, const struct explain_line *line,
                         const char *text, const char *end, bool is_whole, struct writer *out) {
    bool complete = true;
    while (text < end) {
        const bool is_part = *text == '[';
        if (!is_part && *text != '{') {
            writer_char(out, *text++);
            continue;
        }
        const char *const close = memchr(text, is_part ? ']' : '}', (size_t)(end - text));
        const size_t before = out->used, size = (size_t)(close - text - 1);
        if (is_part) {
            if (!put_sentence(view, line, text + 1, close, false, out))
                out->used = before;
        } else if (!put_member(view, line, text + 1, size, out)) {
            complete = false;
            if (is_whole && is_digit(text[1]))
                writer_text(out, "—");
        }
        text = close + 1;
    }
    return complete;
}

void explain_put_words(const struct explain_view *view, const struct explain_line *line,
                       struct writer *out) {
    const char *const sentence = explain_entry(line->kind)->words[view->language];
    put_sentence(view, line, sentence, sentence + strlen(sentence), true, out);
}
