/* Whole packages: any files of one (see bundle.h), in an archive that is sound, which is read, linked, and scored where nothing is wrong with it. A package
 * that cannot be scored has a finding; scores are finite or missing. */
#include "baton/arena.h"
#include "baton/package.h"
#include "bundle.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static void require(bool holds) {
    if (!holds)
        abort();
}

/* A file without a name; false where there is none to be had. */
static bool keep(const void *bytes, size_t size, int *file, char path[64]) {
    *file = memfd_create("package", MFD_CLOEXEC);
    if (*file < 0 || write(*file, bytes, size) != (ssize_t)size)
        return false;
    snprintf(path, 64, "/proc/self/fd/%d", *file);
    return true;
}

static void look_at(const struct baton_session *session) {
    const struct baton_scheme *scheme = baton_session_scheme(session);
    const struct baton_result *result = baton_session_result(session);
    for (uint32_t n = 0; n < scheme->node_count; n++)
        for (uint32_t u = 0; u < scheme->ranked_count; u++)
            require(!isinf(result->score[(size_t)n * result->stride + u]));
}

static void score(struct baton_arena *arena, struct baton_package *package,
                  struct baton_findings *found) {
    const struct baton_options options = {.as_of_day = INT32_MAX, .threads = 1, .full = true};
    const struct baton_links *links = NULL;
    struct baton_session *session = NULL;
    const struct baton_result *result = NULL;
    struct baton_scheme *scheme = baton_package_scheme(package);
    baton_code code = baton_package_link(package, &options, &links, found);
    if (code == BATON_OK)
        code = baton_session_open(arena, scheme, baton_package_facts(package), links, &options,
                                  &session, found);
    if (code == BATON_OK) {
        code = baton_score(session, scheme->period, &result, found);
        if (code == BATON_OK)
            look_at(session);
    }
    require(code == BATON_OK || code == BATON_NO_MEMORY || found->errors > 0);
    baton_session_close(session);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    size_t archive_size = 0;
    void *archive = bundle_archive(bytes, size, &archive_size);
    if (archive == NULL)
        return -1;
    struct baton_arena *arena = baton_arena_open();
    struct baton_findings found = {.arena = arena};
    const struct baton_package_options options = {.threads = 1, .want_origins = true};
    struct baton_package *package = NULL;
    int file = -1;
    char path[64];
    if (keep(archive, archive_size, &file, path)) {
        const baton_code code = baton_package_load(arena, path, &options, &package, &found);
        require(code == BATON_OK || code == BATON_NO_MEMORY || found.errors > 0);
        if (code == BATON_OK)
            score(arena, package, &found);
    }
    if (file >= 0)
        close(file);
    baton_arena_close(arena);
    free(archive);
    return 0;
}
