/* Lists of what a client accepts, has or sends: words with parameters behind semicolons, separated by commas. */
#include "http/http_accept.h"
#include "base/macros.h"
#include <string.h>
#include <strings.h>

const char *http_coding_word(enum http_coding coding) {
    static const char *const words[HTTP_CODINGS] = {"br", "gzip", "identity"};
    return words[coding];
}

/* A member of a list: its word, and q in thousandths. */
struct member {
    const char *word;
    size_t size;
    int weight;
};

static bool is_word(const struct member *member, const char *word) {
    return member->size == strlen(word) && strncasecmp(member->word, word, member->size) == 0;
}

static const char *skip_spaces(const char *at) {
    return at + strspn(at, " \t");
}

/* 0 to 1 with up to three decimals, in thousandths; -1 = it is none. */
static int read_weight(const char *at, size_t size) {
    if (size == 0 || size > 5 || (at[0] != '0' && at[0] != '1') || (size > 1 && at[1] != '.'))
        return -1;
    int weight = (at[0] - '0') * 1000, place = 100;
    for (size_t i = 2; i < size; i++, place /= 10) {
        if (at[i] < '0' || at[i] > '9')
            return -1;
        weight += (at[i] - '0') * place;
    }
    return weight <= 1000 ? weight : -1;
}

/* Takes the next member; false at the end. */
static bool next_member(const char **list, struct member *member) {
    const char *at = *list + strspn(*list, " \t,");
    if (*at == '\0')
        return false;
    *member = (struct member){at, strcspn(at, " \t,;"), 1000};
    const char *const end = at + strcspn(at, ",");
    for (at += member->size; at < end;) {
        at = skip_spaces(at);
        if (*at == ';')
            at = skip_spaces(at + 1);
        const size_t size = strcspn(at, " \t,;");
        if (size > 2 && (at[0] == 'q' || at[0] == 'Q') && at[1] == '=')
            member->weight = read_weight(at + 2, size - 2);
        if (size == 0 && *at != ';' && at < end)
            break;
        at += size;
    }
    *list = end;
    return true;
}

enum http_coding http_accept_coding(const char *header) {
    int weight[HTTP_CODINGS] = {-1, -1, -1}, others = -1;
    struct member member;
    for (const char *at = header; at != NULL && next_member(&at, &member);) {
        for (unsigned i = 0; i < HTTP_CODINGS; i++)
            if (is_word(&member, http_coding_word((enum http_coding)i)))
                weight[i] = member.weight;
        if (is_word(&member, "*"))
            others = member.weight;
    }
    /* Identity may always be sent, but what is asked for by name, or by *, goes before it. */
    if (weight[HTTP_IDENTITY] < 0)
        weight[HTTP_IDENTITY] = others > 0 ? others : 0;
    enum http_coding best = HTTP_IDENTITY;
    for (unsigned i = HTTP_IDENTITY; i-- > 0;) {
        const int mine = weight[i] >= 0 ? weight[i] : others;
        const int least = best == HTTP_IDENTITY ? weight[best]
                          : weight[best] >= 0   ? weight[best]
                                                : others;
        if (mine > 0 && mine >= least)
            best = (enum http_coding)i;
    }
    return best;
}

enum baton_language http_accept_language(const char *header, enum baton_language usual) {
    struct member member;
    for (const char *at = header; at != NULL && next_member(&at, &member);) {
        const bool is_whole = member.size == 2 || (member.size > 2 && member.word[2] == '-');
        if (!is_whole || member.weight <= 0)
            continue;
        if (strncasecmp(member.word, "zh", 2) == 0)
            return BATON_ZH;
        if (strncasecmp(member.word, "en", 2) == 0)
            return BATON_EN;
    }
    return usual;
}

bool http_is_media(const char *header, const char *media) {
    if (header == NULL)
        return false;
    const size_t size = strcspn(header, " \t;");
    if (media[0] == '\0')
        return size > 0;
    if (size != strlen(media) || strncasecmp(header, media, size) != 0)
        return false;
    const char *at = skip_spaces(header + size);
    if (*at == '\0')
        return true;
    if (*at != ';')
        return false;
    at = skip_spaces(at + 1);
    return strcasecmp(at, "charset=utf-8") == 0 || strcasecmp(at, "charset=\"utf-8\"") == 0;
}

static bool ends_with(const char *text, size_t size, const char *end) {
    const size_t end_size = strlen(end);
    return size >= end_size && strncasecmp(text + size - end_size, end, end_size) == 0;
}

static bool is_json(const char *media, size_t size) {
    return (size == strlen("application/json") &&
            strncasecmp(media, "application/json", size) == 0) ||
           ends_with(media, size, "+json");
}

bool http_media_has_charset(const char *media) {
    const size_t size = strcspn(media, " \t;");
    return media[size] == '\0' &&
           (strncasecmp(media, "text/", 5) == 0 || ends_with(media, size, "/javascript") ||
            ends_with(media, size, "/xml") || ends_with(media, size, "+xml"));
}

bool http_media_is_text(const char *media) {
    const size_t size = strcspn(media, " \t;");
    return is_json(media, size) || strncasecmp(media, "text/", 5) == 0 ||
           ends_with(media, size, "/javascript") || ends_with(media, size, "/xml") ||
           ends_with(media, size, "+xml") || ends_with(media, size, "/yaml");
}

/* The size of the tag without quotes and without the suffix of a coding. */
static size_t bare_size(const char *tag, size_t size) {
    static const char *const suffixes[] = {"+br", "+gzip"};
    for (size_t i = 0; i < LENGTH(suffixes); i++)
        if (ends_with(tag, size, suffixes[i]))
            return size - strlen(suffixes[i]);
    return size;
}

bool http_tags_have(const char *list, const char *tag, bool is_weak_fine,
                    struct http_tag_found *which) {
    const char *at = list + strspn(list, " \t,");
    if (strcmp(at, "*") == 0) {
        if (which != NULL)
            *which = (struct http_tag_found){NULL, 0};
        return true;
    }
    while (*at != '\0') {
        const bool is_weak = at[0] == 'W' && at[1] == '/';
        const char *const quote = at + (is_weak ? 2 : 0);
        const char *const end = *quote == '"' ? strchr(quote + 1, '"') : NULL;
        if (end == NULL)
            return false;
        const size_t size = bare_size(quote + 1, (size_t)(end - quote - 1));
        if ((!is_weak || is_weak_fine) && size == strlen(tag) &&
            memcmp(quote + 1, tag, size) == 0) {
            if (which != NULL)
                *which = (struct http_tag_found){quote, (size_t)(end + 1 - quote)};
            return true;
        }
        at = end + 1 + strspn(end + 1, " \t,");
    }
    return false;
}
