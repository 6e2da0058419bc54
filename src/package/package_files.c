/* Which files belong to a package. Other packages in its folder belong to it as far as it names them; they are found by reading `imports` and
 * `succeeds` of each scheme.yaml, and nothing else of it. */
#include "package/package_files.h"
#include "base/limits.h"
#include "package/package_internal.h"
#include "package/yaml.h"
#include <string.h>

enum { PACKAGES_MAX = 64 }; /* as links.c reads */

static const char *const tables[] = {"units.csv",      "indicators.csv", "observations.csv",
                                     "targets.csv",    "weights.csv",    "adjustments.csv",
                                     "successions.csv"};

const char *const *package_tables(size_t *count) {
    *count = LENGTH(tables);
    return tables;
}

struct listing {
    struct source *source;
    struct package_files *files;
    struct baton_findings *found;
    const char *package[PACKAGES_MAX]; /* paths inside of the source; "" is the first */
    size_t count;
};

static bool has(const struct source_names *names, const char *name) {
    for (size_t i = 0; i < names->count; i++)
        if (strcmp(names->name[i], name) == 0)
            return true;
    return false;
}

static void add(const struct listing *l, struct source_names *names, const char *name) {
    if (!has(names, name))
        *ARRAY_PUSH(l->source->arena, names->name, names->count, names->capacity) = name;
}

/* "units.csv" of the package in "2020" is "2020/units.csv". */
static const char *join(const struct listing *l, const char *folder, const char *name) {
    return folder[0] == '\0' ? name : arena_printf(l->source->arena, "%s/%s", folder, name);
}

static baton_code add_all(const struct listing *l, const char *package, const char *folder,
                          const char *ending) {
    struct source_names names;
    const char *at = join(l, package, folder);
    TRY(source_list(l->source, at, ending, &names, l->found));
    for (size_t i = 0; i < names.count; i++)
        add(l, &l->files->part, join(l, at, names.name[i]));
    TRY(source_list(l->source, at, "", &names, l->found));
    for (size_t i = 0; i < names.count; i++)
        if (!has(&l->files->part, join(l, at, names.name[i])))
            add(l, &l->files->left, join(l, at, names.name[i]));
    return BATON_OK;
}

static baton_code add_package(struct listing *l, const char *package) {
    add(l, &l->files->part, join(l, package, "scheme.yaml"));
    for (size_t i = 0; i < LENGTH(tables); i++) {
        const char *name = join(l, package, tables[i]);
        if (source_size(l->source, name) >= 0)
            add(l, &l->files->part, name);
    }
    TRY(add_all(l, package, "documents", ".md"));
    return add_all(l, package, "mappings", ".yaml");
}

/* A path from a package inside of the source, by its words; NULL where it leads out, or is longer than a path is. */
static const char *resolve(struct baton_arena *arena, const char *from, const char *path) {
    const char *at = from;
    if (path[0] == '/' || strlen(path) > LIMIT_MEMBER_NAME)
        return NULL;
    for (const char *part = path; *part != '\0';) {
        const size_t size = strcspn(part, "/");
        if (size == 2 && memcmp(part, "..", 2) == 0) {
            if (at[0] == '\0')
                return NULL;
            const char *slash = strrchr(at, '/');
            at = arena_text(arena, at, slash == NULL ? 0 : (size_t)(slash - at));
        } else if (size > 0 && !(size == 1 && part[0] == '.')) {
            at = at[0] == '\0' ? arena_text(arena, part, size)
                               : arena_printf(arena, "%s/%.*s", at, (int)size, part);
        }
        part += size;
        part += *part == '/';
    }
    return at;
}

static void add_link(struct listing *l, const char *from, const struct yaml_value *path) {
    if (path->kind != YAML_TEXT || yaml_is_null(path))
        return;
    const char *at = resolve(l->source->arena, from, path->text);
    for (size_t i = 0; at != NULL && i < l->count; i++)
        if (strcmp(l->package[i], at) == 0)
            return;
    if (at != NULL && l->count < PACKAGES_MAX &&
        source_size(l->source, join(l, at, "scheme.yaml")) >= 0)
        l->package[l->count++] = at;
    else
        add(l, &l->files->elsewhere, path->text);
}

static baton_code add_links(struct listing *l, const char *package) {
    struct file file;
    struct yaml_value *root;
    struct baton_findings told = {.arena =
                                      l->source->arena}; /* to nobody: `baton check` does that */
    TRY(source_read(l->source, join(l, package, "scheme.yaml"), LIMIT_YAML_SIZE, &file, l->found));
    const baton_code code =
        yaml_read(l->source->arena, file.name, file.text, file.size, &root, &told);
    if (code != BATON_OK)
        return code == BATON_NO_MEMORY ? code : BATON_OK;
    const struct yaml_value *imports = yaml_get(root, "imports");
    if (imports != NULL && imports->kind == YAML_MAP)
        for (const struct yaml_value *path = imports->first; path != NULL; path = path->next)
            add_link(l, package, path);
    const struct yaml_value *succeeds = yaml_get(root, "succeeds");
    if (succeeds != NULL)
        add_link(l, package, succeeds);
    return BATON_OK;
}

/* What stands at the top and is none of it. */
static baton_code look_for_others(const struct listing *l) {
    struct source_names names;
    TRY(source_list(l->source, "", "", &names, l->found));
    for (size_t i = 0; i < names.count; i++) {
        const char *name = names.name[i];
        const size_t size = strlen(name);
        bool is_part = strcmp(name, "documents") == 0 || strcmp(name, "mappings") == 0;
        for (size_t p = 0; p < l->files->part.count && !is_part; p++) {
            const char *part = l->files->part.name[p];
            is_part = strncmp(part, name, size) == 0 && (part[size] == '\0' || part[size] == '/');
        }
        if (!is_part)
            add(l, &l->files->left, name);
    }
    return BATON_OK;
}

baton_code package_files_list(struct source *source, struct package_files *out,
                              struct baton_findings *found) {
    struct listing *l = arena_alloc(source->arena, 1, sizeof(*l));
    *out = (struct package_files){0};
    l->source = source;
    l->files = out;
    l->found = found;
    l->package[l->count++] = "";
    if (source_size(source, "scheme.yaml") < 0) {
        baton_findings_add(found, BATON_FILE_MISSING, (struct baton_where){.file = "scheme.yaml"},
                           "scheme.yaml", NULL, NULL, NULL);
        return BATON_FILE_MISSING;
    }
    for (size_t i = 0; i < l->count; i++) {
        TRY(add_package(l, l->package[i]));
        TRY(add_links(l, l->package[i]));
    }
    const struct source_names below = out->left;
    out->left = (struct source_names){0};
    TRY(look_for_others(l));
    for (size_t i = 0; i < below.count; i++)
        add(l, &out->left, below.name[i]);
    return BATON_OK;
}
