/* The mappings of a package, found and looked at with the package: what they name must be there. */
#include "base/limits.h"
#include "base/text.h"
#include "package/mapping.h"
#include "package/package.h"
#include "package/source.h"
#include <string.h>

#define FOLDER "mappings"
#define ENDING ".yaml"

static baton_code read_one(struct baton_package *package, const char *name,
                           const struct mapping **out, struct baton_findings *found) {
    return mapping_read_part(package->source, arena_printf(package->arena, FOLDER "/%s", name), out,
                             found);
}

baton_code mapping_of_file(struct baton_arena *arena, const char *path, const struct mapping **out,
                           struct baton_findings *found) {
    struct file file;
    TRY(file_read(arena, path[0] == '/' ? "" : ".", arena_text(arena, path, strlen(path)),
                  LIMIT_YAML_SIZE, &file, found));
    file_decode_yaml(arena, &file, found);
    if (file.there)
        return mapping_read(arena, file.name, file.text, file.size, out, found);
    baton_findings_add(found, BATON_SHEET_FILE_MISSING, (struct baton_where){0}, path, NULL, NULL,
                       NULL);
    return BATON_SHEET_FILE_MISSING;
}

baton_code mapping_of_package(struct baton_package *package, const char *name,
                              const struct mapping **out, struct baton_findings *found) {
    struct source_names names = {0};
    struct text_guess guess = {.text = name, .size = strlen(name)};
    TRY(source_list(package->source, FOLDER, ENDING, &names, found));
    for (size_t i = 0; i < names.count; i++) {
        const size_t size = strlen(names.name[i]) - strlen(ENDING);
        if (size == guess.size && memcmp(names.name[i], name, size) == 0)
            return read_one(package, names.name[i], out, found);
        text_guess_offer(&guess, names.name[i], size);
    }
    baton_findings_add(found, BATON_MAPPING_UNKNOWN, (struct baton_where){0}, name,
                       guess.best == NULL ? NULL
                                          : arena_text(package->arena, guess.best, guess.best_size),
                       NULL, NULL);
    return BATON_MAPPING_UNKNOWN;
}

static bool has_element(const struct baton_scheme *scheme, const char *id,
                        struct text_guess *guess) {
    for (uint32_t e = 0; e < scheme->element_count; e++) {
        if (strcmp(scheme->element[e].id, id) == 0)
            return true;
        text_guess_offer(guess, scheme->element[e].id, strlen(scheme->element[e].id));
    }
    return false;
}

void mapping_check(const struct mapping *mapping, struct baton_package *package, bool is_compiled,
                   struct baton_findings *found) {
    struct baton_findings *const before = package->reader.found;
    package->reader.found = found;
    for (uint32_t i = 0; i < mapping->unit_name_count; i++) {
        const struct mapping_unit *unit = &mapping->unit_name[i];
        package_find_unit(&package->reader, unit->id, strlen(unit->id), unit->id_at);
    }
    package->reader.found = before;
    for (uint32_t i = 0; is_compiled && i < mapping->element_name_count; i++) {
        const struct mapping_element *element = &mapping->element_name[i];
        struct text_guess guess = {.text = element->id, .size = strlen(element->id)};
        if (!has_element(&package->scheme, element->id, &guess))
            baton_findings_add(found, BATON_MAPPING_ELEMENT_UNUSED, element->id_at, element->id,
                               guess.best, NULL, NULL);
    }
}

baton_code mappings_check(struct baton_package *package, bool is_compiled,
                          struct baton_findings *found) {
    struct source_names names = {0};
    const baton_code listed = source_list(package->source, FOLDER, ENDING, &names, found);
    if (listed != BATON_OK)
        return listed == BATON_NO_MEMORY ? listed : BATON_OK;
    for (size_t i = 0; i < names.count; i++) {
        const struct mapping *mapping;
        const baton_code code = read_one(package, names.name[i], &mapping, found);
        if (code == BATON_NO_MEMORY)
            return code;
        if (code == BATON_OK)
            mapping_check(mapping, package, is_compiled, found);
    }
    return BATON_OK;
}
