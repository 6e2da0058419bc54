/* The table of codes, made from code.def and why.def. */
#include "baton/code.h"
#include "base/macros.h"
#include <assert.h>
#include <stddef.h>

static const struct baton_code_info table[] = {
#define X(name, number, http, exit_status, severity, en, zh, advice_en, advice_zh) \
    {#name, number, http, exit_status, severity, {en, zh}, {advice_en, advice_zh}},
#include "baton/code.def"
#undef X
};

static const struct baton_code_info ok = {"OK", 0, 200, 0, BATON_NOTE, {"", ""}, {"", ""}};

const struct baton_code_info *baton_code_info(baton_code code) {
    if (code == BATON_OK)
        return &ok;
    for (size_t i = 0; i < LENGTH(table); i++)
        if (table[i].number == (int)code)
            return &table[i];
    assert(!"a code that code.def does not have");
    return &ok;
}

const char *baton_code_why(baton_code code, enum baton_language language) {
    static const struct {
        baton_code code;
        const char *why[2]; /* by enum baton_language */
    } reasons[] = {
#define WHY(name, en, zh) {BATON_##name, {en, zh}},
#include "baton/why.def"
#undef WHY
    };
    for (size_t i = 0; i < LENGTH(reasons); i++)
        if (reasons[i].code == code)
            return reasons[i].why[language];
    return "";
}

const struct baton_code_info *baton_code_list(unsigned *count) {
    *count = (unsigned)LENGTH(table);
    return table;
}
