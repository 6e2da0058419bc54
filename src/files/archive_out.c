/* Archives through libzip. It packs all members when it is closed, into a file of its own, and gives that the name that it was told: here the name of what
 * stands aside (base/whole_file.h), which then gets the real one. */
#include "files/archive_out.h"
#include "base/whole_file.h"
#include <assert.h>
#include <errno.h>
#include <zip.h>

enum {
    DATE_1980_01_01 = 1 << 5 | 1, /* as DOS counts */
    /* of deflate: within 2% of the size by 6, in little more than half the time */
    LEVEL = 5
};

struct archive_out {
    struct baton_arena *arena;
    struct whole_file *file;
    zip_t *zip; /* NULL = it could not be opened, or is closed */
    size_t count;
    int error; /* errno of the first thing that went wrong */
};

static void abandon(void *context) {
    struct archive_out *out = context;
    if (out->zip != NULL)
        zip_discard(out->zip);
    out->zip = NULL;
}

/* Keeps what libzip says as an errno; memory leaves by the arena's way. */
static void keep(struct archive_out *out, const zip_error_t *error) {
    if (zip_error_code_zip(error) == ZIP_ER_MEMORY)
        arena_out_of_memory(out->arena);
    if (out->error == 0)
        out->error = zip_error_system_type(error) == ZIP_ET_SYS && zip_error_code_system(error) != 0
                         ? zip_error_code_system(error)
                         : EIO;
}

struct archive_out *archive_out_open(struct baton_arena *arena, const char *path) {
    struct archive_out *out = arena_alloc(arena, 1, sizeof(*out));
    out->arena = arena;
    out->error = whole_file_open(arena, path, &out->file);
    arena_on_close(arena, abandon, out);
    if (out->error != 0)
        return out;
    int number = 0;
    out->zip = zip_open(out->file->aside, ZIP_CREATE | ZIP_TRUNCATE, &number);
    if (out->zip == NULL) {
        zip_error_t error;
        zip_error_init_with_code(&error, number);
        keep(out, &error);
        zip_error_fini(&error);
    }
    return out;
}

void archive_out_add(struct archive_out *out, const char *name, const void *bytes, size_t size) {
    if (out->zip == NULL)
        return;
    zip_source_t *source = zip_source_buffer(out->zip, bytes, size, 0);
    if (source == NULL)
        arena_out_of_memory(out->arena);
    const zip_int64_t index = zip_file_add(out->zip, name, source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        zip_source_free(source);
        keep(out, zip_get_error(out->zip));
        return;
    }
    out->count++;
    if (zip_file_set_dostime(out->zip, (zip_uint64_t)index, 0, DATE_1980_01_01, 0) != 0 ||
        zip_set_file_compression(out->zip, (zip_uint64_t)index, ZIP_CM_DEFLATE, LEVEL) != 0)
        keep(out, zip_get_error(out->zip));
}

int archive_out_close(struct archive_out *out) {
    if (out->zip != NULL && out->error == 0) {
        assert(out->count > 0); /* libzip removes an archive without members */
        if (zip_close(out->zip) == 0)
            out->zip = NULL;
        else
            keep(out, zip_get_error(out->zip));
    }
    abandon(out);
    if (out->error == 0)
        out->error = whole_file_keep(out->file);
    else
        whole_file_abandon(out->file);
    return out->error;
}
