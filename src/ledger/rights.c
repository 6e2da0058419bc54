/* Roles and rights: the tables of rights, as sets of bits. */
#include "ledger/rights.h"
#include <assert.h>
#include <string.h>

static const struct {
    const char *word, *name[2];
} roles[ROLE_COUNT] = {
    [ROLE_OFFICE] = {"office", {"assessment office", "考核办"}},
    [ROLE_COMMITTEE] = {"committee", {"assessment committee", "考核委员会"}},
    [ROLE_UNIT] = {"unit", {"clerk", "填报人"}},
    [ROLE_APPROVER] = {"approver", {"approver", "审签人"}},
    [ROLE_OWNER] = {"owner", {"data owner", "审核人"}},
    [ROLE_LEADER] = {"leader", {"leader", "领导"}},
    [ROLE_CADRE] = {"cadre", {"cadre", "干部"}},
    [ROLE_SUPERVISOR] = {"supervisor", {"supervisor", "督查"}},
    [ROLE_SYSTEM_ADMIN] = {"system_admin", {"system administrator", "系统管理员"}},
    [ROLE_SECURITY_ADMIN] = {"security_admin", {"security administrator", "安全管理员"}},
    [ROLE_AUDITOR] = {"auditor", {"auditor", "审计员"}},
};

/* clang-format off */
static const struct {
    enum fact_kind kind;
    const char *say, *propose, *decide;
} rights[] = {
#define X(name, say, propose, decide) {FACT_##name, say, propose, decide},
#include "ledger/rights.def"
#undef X
};

static const struct {
    enum fact_kind kind;
    const char *all, *units;
} reading[] = {
#define X(name, all, units) {FACT_##name, all, units},
#include "ledger/reading.def"
#undef X
};
/* clang-format on */

const char *role_word(enum role role) {
    assert(role < ROLE_COUNT);
    return roles[role].word;
}

const char *role_name(enum role role, enum baton_language language) {
    assert(role < ROLE_COUNT);
    return roles[role].name[language == BATON_ZH];
}

bool role_of_word(const char *word, size_t size, enum role *out) {
    for (int r = 0; r < ROLE_COUNT; r++)
        if (strlen(roles[r].word) == size && memcmp(roles[r].word, word, size) == 0) {
            *out = (enum role)r;
            return true;
        }
    return false;
}

uint32_t rights_bits(const char *words) {
    uint32_t bits = 0;
    while (*words != '\0') {
        const size_t size = strcspn(words, " ");
        enum role role;
        const bool is_role = role_of_word(words, size, &role);
        assert(is_role);
        bits |= UINT32_C(1) << role;
        words += size;
        words += *words == ' ';
    }
    return bits;
}

static const char *words_of(enum fact_kind kind, int which) {
    for (size_t i = 0; i < sizeof rights / sizeof rights[0]; i++)
        if (rights[i].kind == kind)
            return which == 0 ? rights[i].say : which == 1 ? rights[i].propose : rights[i].decide;
    return "";
}

static const uint32_t administrators = UINT32_C(1) << ROLE_SYSTEM_ADMIN |
                                       UINT32_C(1) << ROLE_SECURITY_ADMIN |
                                       UINT32_C(1) << ROLE_AUDITOR;

bool role_administers(enum role role) {
    return (administrators >> role & 1) != 0;
}

uint32_t roles_apart(enum role role) {
    static const uint32_t deciders = UINT32_C(1) << ROLE_OFFICE | UINT32_C(1) << ROLE_COMMITTEE;
    const uint32_t bit = UINT32_C(1) << role;
    if ((bit & administrators) != 0)
        return (administrators & ~bit) | deciders;
    return (bit & deciders) != 0 ? administrators : 0;
}

uint32_t rights_to_say(enum fact_kind kind) {
    return rights_bits(words_of(kind, 0));
}

uint32_t rights_to_propose(enum fact_kind kind) {
    return rights_bits(words_of(kind, 1));
}

uint32_t rights_to_decide(enum fact_kind kind) {
    return rights_bits(words_of(kind, 2));
}

uint32_t rights_to_read(enum fact_kind kind) {
    const uint32_t auditor = UINT32_C(1) << ROLE_AUDITOR;
    for (size_t i = 0; i < sizeof reading / sizeof reading[0]; i++)
        if (reading[i].kind == kind)
            return rights_bits(reading[i].all) | auditor;
    return auditor;
}

uint32_t rights_to_read_units(enum fact_kind kind) {
    for (size_t i = 0; i < sizeof reading / sizeof reading[0]; i++)
        if (reading[i].kind == kind)
            return rights_bits(reading[i].units);
    return 0;
}
