/* Findings: a list in an arena, with a limit for each file, and their words from code.def. */
#include "baton/findings.h"
#include "base/arena.h"
#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static int compare_texts(const char *a, const char *b) {
    if (a == NULL || b == NULL)
        return (a != NULL) - (b != NULL);
    return strcmp(a, b);
}

static const char *copied(struct baton_arena *arena, const char *text) {
    return text == NULL ? NULL : arena_text(arena, text, strlen(text));
}

static bool is_full(const struct baton_findings *found, const char *file) {
    size_t of_file = 0;
    for (size_t i = 0; i < found->count; i++)
        of_file += compare_texts(found->item[i].where.file, file) == 0;
    return of_file >= BATON_FINDINGS_PER_FILE;
}

static bool is_same(const struct baton_finding *a, const struct baton_finding *b) {
    bool same = a->code == b->code && a->where.row == b->where.row &&
                a->where.column == b->where.column &&
                compare_texts(a->where.file, b->where.file) == 0 &&
                compare_texts(a->where.field, b->where.field) == 0;
    for (size_t i = 0; same && i < LENGTH(a->arg); i++)
        same = compare_texts(a->arg[i], b->arg[i]) == 0;
    return same;
}

/* What one expression lacks is found wherever it is used; it is told once. */
static bool is_told(const struct baton_findings *found, const struct baton_finding *finding) {
    for (size_t i = 0; i < found->count; i++)
        if (is_same(&found->item[i], finding))
            return true;
    return false;
}

void baton_findings_add(struct baton_findings *found, baton_code code, struct baton_where where,
                        const char *arg1, const char *arg2, const char *arg3, const char *arg4) {
    const struct baton_finding finding = {code, where, {arg1, arg2, arg3, arg4}};
    const enum baton_severity severity = baton_code_info(code)->severity;
    const bool full = is_full(found, where.file);
    if (!full && is_told(found, &finding))
        return;
    found->errors += severity == BATON_ERROR;
    found->warnings += severity == BATON_WARNING;
    if (full) {
        found->left_out++;
        return;
    }
    where.file = copied(found->arena, where.file);
    where.field = copied(found->arena, where.field);
    *ARRAY_PUSH(found->arena, found->item, found->count, found->capacity) = (struct baton_finding){
        code,
        where,
        {copied(found->arena, arg1), copied(found->arena, arg2), copied(found->arena, arg3),
         copied(found->arena, arg4)},
    };
}

static int by_place(const void *left, const void *right) {
    const struct baton_finding *a = left, *b = right;
    int file = compare_texts(a->where.file, b->where.file);
    if (file != 0)
        return file;
    if (a->where.row != b->where.row)
        return a->where.row < b->where.row ? -1 : 1;
    int field = compare_texts(a->where.field, b->where.field);
    if (field != 0)
        return field;
    if (a->where.column != b->where.column)
        return a->where.column < b->where.column ? -1 : 1;
    if (a->code != b->code)
        return a->code < b->code ? -1 : 1;
    for (size_t i = 0; i < LENGTH(a->arg); i++) {
        int arg = compare_texts(a->arg[i], b->arg[i]);
        if (arg != 0)
            return arg;
    }
    return 0;
}

void baton_findings_sort(struct baton_findings *found) {
    if (found->count > 1)
        qsort(found->item, found->count, sizeof(*found->item), by_place);
}

baton_code baton_findings_worst(const struct baton_findings *found) {
    for (size_t i = 0; i < found->count; i++)
        if (baton_code_info(found->item[i].code)->severity == BATON_ERROR)
            return found->item[i].code;
    return BATON_OK;
}

/* The digit of a part that stands only with (`{?2`) or only without (`{!2`) an argument; 0 = none begins here. */
static char part_digit(const char *from) {
    const bool is_part =
        from[0] == '{' && (from[1] == '?' || from[1] == '!') && from[2] >= '1' && from[2] <= '4';
    return is_part ? from[2] : '\0';
}

/* Puts the arguments in for %1 .. %4; a part `{?2...}` is left out where there is no %2, `{!2...}` where there is one. */
static const char *filled(struct baton_arena *arena, const char *text,
                          const struct baton_finding *finding) {
    size_t size = strlen(text);
    for (size_t i = 0; i < LENGTH(finding->arg); i++)
        size += finding->arg[i] == NULL ? 0 : 2 * strlen(finding->arg[i]);
    char *out = arena_alloc(arena, size + 1, 1), *to = out;
    bool in_part = false;
    for (const char *from = text; *from != '\0'; from++) {
        if (part_digit(from) != '\0') {
            const bool has = finding->arg[part_digit(from) - '1'] != NULL;
            in_part = has == (from[1] == '?');
            from = in_part ? from + 2 : strchr(from, '}');
            assert(from != NULL);
            continue;
        }
        if (in_part && *from == '}') {
            in_part = false;
            continue;
        }
        if (from[0] != '%' || from[1] < '1' || from[1] > '4') {
            *to++ = *from;
            continue;
        }
        const char *arg = finding->arg[from[1] - '1'];
        from++;
        if (arg == NULL)
            continue;
        size_t length = strlen(arg);
        if ((size_t)(to - out) + length + strlen(from) >
            size) { /* an argument used more than twice */
            size_t used = (size_t)(to - out);
            size = 2 * (used + length + strlen(from)) + size;
            char *larger = arena_alloc(arena, size + 1, 1);
            memcpy(larger, out, used);
            out = larger;
            to = out + used;
        }
        memcpy(to, arg, length);
        to += length;
    }
    *to = '\0';
    return out;
}

const char *baton_finding_message(struct baton_arena *arena, const struct baton_finding *finding,
                                  enum baton_language language) {
    return filled(arena, baton_code_info(finding->code)->message[language], finding);
}

const char *baton_finding_advice(struct baton_arena *arena, const struct baton_finding *finding,
                                 enum baton_language language) {
    return filled(arena, baton_code_info(finding->code)->advice[language], finding);
}
