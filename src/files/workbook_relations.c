/* Relations: which member of the archive is what. A member `xl/workbook.xml` has its relations in `xl/_rels/workbook.xml.rels`; their
 * targets are relative to its folder, or absolute in the archive. */
#include "base/limits.h"
#include "files/workbook_inside.h"
#include <string.h>
#include <strings.h>

enum { LINKS = 1, LINK };
static const struct xml_rule rules[] = {
    {0, LINKS, false, "Relationships"},
    {LINKS, LINK, false, "Relationship"},
};

struct reader {
    struct baton_arena *arena;
    struct relations *out;
};

/* By the last part of the type, which strict and transitional workbooks have in common. */
static enum workbook_role role_of(const char *type) {
    static const struct {
        const char *name;
        enum workbook_role role;
    } roles[] = {
        {"/worksheet", ROLE_WORKSHEET},
        {"/styles", ROLE_STYLES},
        {"/sharedStrings", ROLE_STRINGS},
        {"/officeDocument", ROLE_WORKBOOK},
    };
    const char *last = strrchr(type, '/');
    for (size_t i = 0; last != NULL && i < LENGTH(roles); i++)
        if (strcmp(last, roles[i].name) == 0)
            return roles[i].role;
    return ROLE_OTHER;
}

static baton_code begin(struct xml *xml, unsigned id, const char **attributes) {
    struct reader *reader = xml_context(xml);
    if (id != LINK)
        return BATON_OK;
    const char *name = xml_attribute(attributes, XML_SPACE_NONE, "Id");
    const char *type = xml_attribute(attributes, XML_SPACE_NONE, "Type");
    const char *target = xml_attribute(attributes, XML_SPACE_NONE, "Target");
    const char *mode = xml_attribute(attributes, XML_SPACE_NONE, "TargetMode");
    if (name == NULL || type == NULL || target == NULL)
        return BATON_OK; /* leads nowhere; who needs it finds that it is missing */
    *ARRAY_PUSH(reader->arena, reader->out->item, reader->out->count, reader->out->capacity) =
        (struct relation){
            .id = arena_text(reader->arena, name, strlen(name)),
            .role = role_of(type),
            .target = arena_text(reader->arena, target, strlen(target)),
            .is_external = mode != NULL && strcmp(mode, "External") == 0,
        };
    return BATON_OK;
}

/* The bytes of the folder of a member, with the slash. */
static int folder_size(const char *name) {
    const char *slash = strrchr(name, '/');
    return slash == NULL ? 0 : (int)(slash + 1 - name);
}

baton_code relations_read(struct baton_arena *arena, struct archive *archive, const char *source,
                          struct relations *out, struct baton_findings *found) {
    static const struct xml_how how = {
        .space = XML_SPACE_LINK,
        .rule = rules,
        .rule_count = LENGTH(rules),
        .wrong_root = BATON_WORKBOOK_PART_WRONG,
        .size_most = LIMIT_RELATIONS_SIZE,
        .begin = begin,
    };
    const int folder = folder_size(source);
    const char *name = arena_printf(arena, "%.*s_rels/%s.rels", folder, source, source + folder);
    const uint32_t member = part_find(archive, name);
    if (member == UINT32_MAX) {
        baton_findings_add(found, BATON_WORKBOOK_PART_MISSING,
                           (struct baton_where){.file = archive->path}, name, NULL, NULL, NULL);
        return BATON_WORKBOOK_PART_MISSING;
    }
    struct reader reader = {arena, out};
    return xml_read(arena, archive, member, &how, &reader, found);
}

const char *part_resolve(struct baton_arena *arena, const char *source, const char *target) {
    const size_t folder = (size_t)folder_size(source), size = strlen(target);
    if (size == 0 || strchr(target, ':') != NULL)
        return NULL; /* an address of the network has a colon */
    const bool is_absolute = target[0] == '/' || target[0] == '\\';
    char *name = arena_alloc(arena, folder + size + 2, 1);
    size_t used = is_absolute ? 0 : folder;
    memcpy(name, source, used);
    for (const char *at = target; *at != '\0';) {
        const size_t step = strcspn(at, "/\\");
        if (step == 2 && at[0] == '.' && at[1] == '.') {
            if (used == 0)
                return NULL;
            name[used - 1] = '\0';
            used = (size_t)folder_size(name);
        } else if (step > 0 && !(step == 1 && at[0] == '.')) {
            memcpy(name + used, at, step);
            used += step;
            name[used] = '/';
            used += at[step] != '\0';
        }
        at += step + (at[step] != '\0');
    }
    name[used] = '\0';
    return name;
}

uint32_t part_find(const struct archive *archive, const char *name) {
    const uint32_t member = archive_find(archive, name);
    if (member != UINT32_MAX)
        return member;
    for (uint32_t i = 0; i < archive->count; i++)
        if (strcasecmp(archive->member[i].name, name) == 0)
            return i;
    return UINT32_MAX;
}

baton_code relation_member(struct baton_arena *arena, struct archive *archive, const char *source,
                           const struct relation *relation, uint32_t *out,
                           struct baton_findings *found) {
    const struct baton_where where = {.file = archive->path};
    const char *name = relation->is_external ? NULL : part_resolve(arena, source, relation->target);
    if (name == NULL) {
        baton_findings_add(found, BATON_WORKBOOK_LINK_OUTSIDE, where,
                           xml_excerpt(arena, relation->target), NULL, NULL, NULL);
        return BATON_WORKBOOK_LINK_OUTSIDE;
    }
    *out = part_find(archive, name);
    if (*out != UINT32_MAX)
        return BATON_OK;
    baton_findings_add(found, BATON_WORKBOOK_PART_MISSING, where, xml_excerpt(arena, name), NULL,
                       NULL, NULL);
    return BATON_WORKBOOK_PART_MISSING;
}
