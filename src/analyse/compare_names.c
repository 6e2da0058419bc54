/* The names in an expression, and whether each is an element, a node or an item: what is inside of node( ) and event( ) is a
 * node and an item, all other names may be elements. Units and packages are taken for elements too, which does no harm:
 * who asks only wants to know what an expression cannot do without. */
#include "analyse/compare.h"
#include <ctype.h>
#include <string.h>

static bool begins_name(char one) {
    return isalpha((unsigned char)one) || one == '_' || (one & 0x80) != 0;
}

static bool is_in_name(char one) {
    return begins_name(one) || isdigit((unsigned char)one) || one == '.';
}

static bool is_word(const char *name, size_t size, const char *word) {
    return strlen(word) == size && memcmp(name, word, size) == 0;
}

/* What the first argument of a function is. */
static enum compare_name argument_of(const char *name, size_t size) {
    return is_word(name, size, "node")    ? NAME_NODE
           : is_word(name, size, "event") ? NAME_ITEM
                                          : NAME_ELEMENT;
}

static const char *skip_number(const char *at) {
    while (isalnum((unsigned char)*at) || *at == '.')
        at++; /* 1e5 is one */
    return at;
}

void compare_names(const char *expression, void *context,
                   void (*each)(void *context, enum compare_name what, const char *name,
                                size_t size)) {
    enum compare_name next = NAME_ELEMENT;
    for (const char *at = expression; at != NULL && *at != '\0';) {
        if (*at == '\'' || *at == '`') {
            const char quote = *at, *name = at + 1;
            const size_t size = strcspn(name, quote == '`' ? "`" : "'");
            if (quote == '`')
                each(context, next, name, size);
            at = name + size + (name[size] != '\0');
            next = NAME_ELEMENT;
        } else if (isdigit((unsigned char)*at) || *at == '.') {
            at = skip_number(at);
        } else if (begins_name(*at)) {
            const char *name = at;
            while (is_in_name(*at))
                at++;
            const size_t size = (size_t)(at - name);
            const char *behind = at + strspn(at, " \t\n");
            if (*behind == '(') {
                next = argument_of(name, size);
                at = behind + 1;
            } else {
                each(context, next, name, size);
                next = NAME_ELEMENT;
            }
        } else {
            at++;
        }
    }
}
