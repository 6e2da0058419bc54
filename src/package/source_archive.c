/* A package in an archive: a name in the package is a member behind the folder in which the tables stand. Each file is inflated when it is read, once and as a
 * whole. */
#include "package/source_archive.h"
#include <string.h>
#include <strings.h>

struct inside {
    struct archive *archive;
    const char *package; /* the folder of the archive's own package, with its slash; "" = the top */
    const char *root;    /* that of this one */
};

/* What systems and programs put into archives on their own. */
static bool is_of_system(const char *name) {
    static const char *const files[] = {".DS_Store", "Thumbs.db", "desktop.ini"};
    if (strncmp(name, "__MACOSX/", 9) == 0)
        return true;
    const char *slash = strrchr(name, '/');
    const char *last = slash == NULL ? name : slash + 1;
    for (size_t i = 0; i < LENGTH(files); i++)
        if (strcasecmp(last, files[i]) == 0)
            return true;
    return strncmp(last, "._", 2) == 0;
}

/* The folder of the first scheme.yaml that is at most one folder down, one at the top going first. Where there is none, the folder that all members
 * have in common, so that what is missing is told by its name in the package. */
static const char *find_package(struct baton_arena *arena, const struct archive *archive) {
    const char *shared = NULL;
    const char *found = NULL;
    for (uint32_t i = 0; i < archive->count; i++) {
        const char *name = archive->member[i].name;
        if (is_of_system(name))
            continue;
        const char *slash = strchr(name, '/');
        const char *folder =
            arena_text(arena, name, slash == NULL ? 0 : (size_t)(slash - name) + 1);
        if (strcmp(name + strlen(folder), "scheme.yaml") == 0 &&
            (found == NULL || folder[0] == '\0'))
            found = folder;
        if (shared == NULL)
            shared = folder;
        else if (strcmp(shared, folder) != 0)
            shared = "";
    }
    return found != NULL ? found : shared != NULL ? shared : "";
}

static bool has_folder(const struct archive *archive, const char *folder) {
    const size_t size = strlen(folder);
    for (uint32_t i = 0; i < archive->count; i++)
        if (strncmp(archive->member[i].name, folder, size) == 0)
            return true;
    return false;
}

/* How many packages stand in folders of their own at the top, where none stands there itself. */
static uint32_t packages_beside(const struct archive *archive) {
    static const char scheme[] = "scheme.yaml";
    uint32_t count = 0;
    for (uint32_t i = 0; i < archive->count; i++) {
        const char *name = archive->member[i].name, *slash = strchr(name, '/');
        if (strcmp(name, scheme) == 0)
            return 0;
        count += slash != NULL && strcmp(slash + 1, scheme) == 0;
    }
    return count;
}

static baton_code look_at_members(const struct source *source, const struct inside *in,
                                  struct baton_findings *found) {
    const struct baton_where at = {.file = in->archive->path};
    const size_t size = strlen(in->package);
    baton_code code = BATON_OK;
    uint32_t passed = 0;
    const char *first = NULL;
    for (uint32_t i = 0; i < in->archive->count; i++) {
        const char *name = in->archive->member[i].name;
        if (is_of_system(name)) {
            first = first == NULL ? name : first;
            passed++;
        } else if (strncmp(name, in->package, size) != 0) {
            code = BATON_MEMBER_OUTSIDE;
            baton_findings_add(found, code, at, name,
                               arena_text(source->arena, in->package, size - 1), NULL, NULL);
        }
    }
    if (passed > 0)
        baton_findings_add(found, BATON_MEMBERS_PASSED, at, first,
                           passed > 1 ? arena_printf(source->arena, "%u", passed - 1) : NULL, NULL,
                           NULL);
    return code;
}

/* The member of that name in the package; UINT32_MAX where there is none. */
static uint32_t member_of(const struct source *source, const char *name) {
    const struct inside *in = source->inside;
    return archive_find(in->archive, arena_printf(source->arena, "%s%s", in->root, name));
}

static int64_t size_in_archive(struct source *source, const char *name) {
    const struct inside *in = source->inside;
    const uint32_t member = member_of(source, name);
    return member == UINT32_MAX ? -1 : (int64_t)in->archive->member[member].size;
}

static baton_code read_in_archive(struct source *source, const char *name, uint64_t size_most,
                                  bool map, struct file *out, struct baton_findings *found) {
    const struct inside *in = source->inside;
    const uint32_t member = member_of(source, name);
    (void)map; /* it is in memory either way */
    *out = (struct file){.name = name, .text = arena_text(source->arena, "", 0)};
    if (member == UINT32_MAX)
        return BATON_OK;
    if (in->archive->member[member].size > size_most) { /* told by the name in the package */
        baton_findings_add(found, BATON_FILE_TOO_LARGE, (struct baton_where){.file = name},
                           arena_printf(source->arena, "%llu",
                                        (unsigned long long)in->archive->member[member].size),
                           arena_printf(source->arena, "%llu", (unsigned long long)size_most), NULL,
                           NULL);
        return BATON_FILE_TOO_LARGE;
    }
    TRY(archive_read(in->archive, member, size_most, &out->text, &out->size, found));
    out->there = true;
    return BATON_OK;
}

static bool is_listed(const struct source_names *names, const char *name, size_t size) {
    for (size_t i = 0; i < names->count; i++)
        if (strlen(names->name[i]) == size && memcmp(names->name[i], name, size) == 0)
            return true;
    return false;
}

static baton_code list_in_archive(struct source *source, const char *folder, const char *ending,
                                  struct source_names *out, struct baton_findings *found) {
    const struct inside *in = source->inside;
    const char *prefix =
        arena_printf(source->arena, "%s%s%s", in->root, folder, folder[0] != '\0' ? "/" : "");
    const size_t prefix_size = strlen(prefix);
    (void)found; /* whatever can be wrong was found when it was opened */
    for (uint32_t i = 0; i < in->archive->count; i++) {
        const char *name = in->archive->member[i].name;
        if (strncmp(name, prefix, prefix_size) != 0)
            continue;
        out->there = true;
        const char *entry = name + prefix_size;
        const size_t size = strcspn(entry, "/");
        if (is_of_system(name) || !source_is_listed(folder, ending, entry, size))
            continue;
        if (entry[size] == '/' && (ending[0] != '\0' || is_listed(out, entry, size)))
            continue;
        *ARRAY_PUSH(source->arena, out->name, out->count, out->capacity) =
            arena_text(source->arena, entry, size);
    }
    return BATON_OK;
}

static bool archive_has(struct source *source, const char *inside) {
    const struct inside *in = source->inside;
    return has_folder(in->archive, arena_printf(source->arena, "%s%s/", in->package, inside));
}

static const struct source_form archive_form = {
    .size = size_in_archive,
    .read = read_in_archive,
    .list = list_in_archive,
    .has_folder = archive_has,
    .is_in_file = true,
};

baton_code source_use_archive(struct source *source, struct archive *archive, const char *inside,
                              struct baton_findings *found) {
    struct inside *in = arena_alloc(source->arena, 1, sizeof(*in));
    in->archive = archive;
    /* Of several the one that is named. */
    in->package = in->root = inside[0] != '\0' && packages_beside(archive) > 1
                                 ? ""
                                 : find_package(source->arena, archive);
    source->inside = in;
    source->form = &archive_form;
    TRY(look_at_members(source, in, found));
    if (inside[0] == '\0')
        return BATON_OK;
    in->root = arena_printf(source->arena, "%s%s/", in->package, inside);
    if (has_folder(archive, in->root))
        return BATON_OK;
    baton_findings_add(found, BATON_NO_PACKAGE, (struct baton_where){0}, source->path, NULL, NULL,
                       NULL);
    return BATON_NO_PACKAGE;
}
