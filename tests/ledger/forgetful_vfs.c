/* See forgetful_vfs.h. All that is read comes from the files below; beside them stands, for each file, the content at its last synchronisation and the list of what was written since. The
 * files below are not synchronised: this VFS is the disk. */
#include "ledger/forgetful_vfs.h"
#include <assert.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAMES_MAX = 16, SECTOR = 512 };

/* A write, or (bytes NULL) the end of the file being set to `offset`. */
struct change {
    int64_t offset;
    size_t size;
    uint8_t *bytes;
};

struct content {
    uint8_t *bytes;
    size_t size, capacity;
};

/* What a name in the folder may lead to. */
struct node {
    struct content synced;
    struct change *change; /* since */
    size_t change_count, change_capacity;
    struct node *next;
};

struct name {
    char *path;
    struct node *now, *durable; /* NULL = no file */
};

struct file {
    sqlite3_file base;
    struct node *node; /* NULL = a file that nobody names */
    bool syncs_folder; /* at its first synchronisation */
    sqlite3_file *below;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static sqlite3_vfs vfs, *usual;
static struct name names[NAMES_MAX];
static size_t name_count;
static struct node *nodes; /* all that there ever were */
static void (*listener)(void *context, enum forgetful_event event);
static void *listener_context;
static _Atomic bool is_full;

uint64_t forgetful_draw(uint64_t *chance, uint64_t below) {
    uint64_t x = *chance += UINT64_C(0x9E3779B97F4A7C15);
    x = (x ^ x >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ x >> 27) * UINT64_C(0x94D049BB133111EB);
    return (x ^ x >> 31) % below;
}

static void *grown(void *memory, size_t size) {
    void *made = realloc(memory, size);
    if (made == NULL)
        abort();
    return made;
}

/* -- What is known -- */

static void set_size(struct content *content, size_t size) {
    if (size > content->capacity) {
        content->capacity = 2 * size;
        content->bytes = grown(content->bytes, content->capacity);
    }
    if (size > content->size)
        memset(content->bytes + content->size, 0, size - content->size);
    content->size = size;
}

static void put(struct content *content, int64_t offset, const uint8_t *bytes, size_t size) {
    const size_t end = (size_t)offset + size;
    if (size == 0)
        return;
    if (end > content->size)
        set_size(content, end);
    assert(content->bytes != NULL);
    memcpy(content->bytes + offset, bytes, size);
}

static void apply(struct content *content, const struct change *change) {
    if (change->bytes == NULL)
        set_size(content, (size_t)change->offset);
    else
        put(content, change->offset, change->bytes, change->size);
}

/* Of a write each sector by chance, or its beginning. */
static void apply_some(struct content *content, const struct change *change, uint64_t keep_of_ten,
                       uint64_t *chance) {
    if (change->bytes == NULL) {
        if (forgetful_draw(chance, 10) < keep_of_ten)
            apply(content, change);
        return;
    }
    size_t end = change->size;
    if (forgetful_draw(chance, 10) == 0)
        end = (size_t)forgetful_draw(chance, change->size + 1);
    for (size_t at = 0; at < end;) {
        const size_t left = SECTOR - (size_t)(change->offset + (int64_t)at) % SECTOR;
        const size_t size = left < end - at ? left : end - at;
        if (forgetful_draw(chance, 10) < keep_of_ten)
            put(content, change->offset + (int64_t)at, change->bytes + at, size);
        at += size;
    }
}

static void remember(struct node *node, int64_t offset, const void *bytes, size_t size) {
    if (node->change_count == node->change_capacity) {
        node->change_capacity = node->change_capacity * 2 + 16;
        node->change = grown(node->change, node->change_capacity * sizeof *node->change);
    }
    struct change *change = &node->change[node->change_count++];
    *change = (struct change){.offset = offset, .size = size};
    if (bytes != NULL) {
        change->bytes = grown(NULL, size + 1);
        memcpy(change->bytes, bytes, size);
    }
}

static void sync_node(struct node *node) {
    for (size_t i = 0; i < node->change_count; i++) {
        apply(&node->synced, &node->change[i]);
        free(node->change[i].bytes);
    }
    node->change_count = 0;
}

static void sync_folder(void) {
    for (size_t i = 0; i < name_count; i++)
        names[i].durable = names[i].now;
}

/* The node of a name, made where there is none; nodes are kept to the end. */
static struct node *node_of(const char *path) {
    size_t i = 0;
    while (i < name_count && strcmp(names[i].path, path) != 0)
        i++;
    if (i == name_count) {
        assert(name_count < NAMES_MAX);
        names[name_count++] = (struct name){.path = strdup(path)};
    }
    if (names[i].now == NULL) {
        names[i].now = grown(NULL, sizeof *names[i].now);
        *names[i].now = (struct node){.next = nodes};
        nodes = names[i].now;
    }
    return names[i].now;
}

static void call(enum forgetful_event event) {
    if (listener != NULL)
        listener(listener_context, event);
}

/* -- Images -- */

static void write_image(const char *folder, const char *path, const struct content *content) {
    char name[4096];
    snprintf(name, sizeof name, "%s%s", folder, strrchr(path, '/'));
    FILE *file = fopen(name, "wb");
    const uint8_t *bytes = content->bytes != NULL ? content->bytes : (const uint8_t *)"";
    if (file == NULL || fwrite(bytes, 1, content->size, file) != content->size || fclose(file) != 0)
        abort();
}

void forgetful_image(const char *folder, enum forgetful_keep keep, uint64_t *chance) {
    for (size_t i = 0; i < name_count; i++) {
        const bool is_new =
            keep == FORGETFUL_ALL || (keep == FORGETFUL_SOME && forgetful_draw(chance, 2) == 0);
        const struct node *node = is_new ? names[i].now : names[i].durable;
        const uint64_t keep_of_ten = 1 + forgetful_draw(chance, 9);
        struct content content = {0};
        if (node == NULL)
            continue;
        put(&content, 0, node->synced.bytes, node->synced.size);
        for (size_t c = 0; c < node->change_count && keep != FORGETFUL_SYNCED; c++)
            if (keep == FORGETFUL_ALL)
                apply(&content, &node->change[c]);
            else
                apply_some(&content, &node->change[c], keep_of_ten, chance);
        write_image(folder, names[i].path, &content);
        free(content.bytes);
    }
}

void forgetful_listen(void (*at)(void *context, enum forgetful_event event), void *context) {
    pthread_mutex_lock(&lock);
    listener = at;
    listener_context = context;
    pthread_mutex_unlock(&lock);
}

void forgetful_fill(bool full) {
    is_full = full;
}

/* -- Files -- */

static sqlite3_file *below(sqlite3_file *file) {
    return ((struct file *)file)->below;
}

static int x_close(sqlite3_file *file) {
    return below(file)->pMethods != NULL ? below(file)->pMethods->xClose(below(file)) : SQLITE_OK;
}
static int x_read(sqlite3_file *file, void *out, int size, sqlite3_int64 offset) {
    return below(file)->pMethods->xRead(below(file), out, size, offset);
}

static int x_write(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 offset) {
    struct node *node = ((struct file *)file)->node;
    if (is_full)
        return SQLITE_FULL;
    pthread_mutex_lock(&lock);
    call(FORGETFUL_BEFORE_WRITE);
    const int result = below(file)->pMethods->xWrite(below(file), bytes, size, offset);
    if (result == SQLITE_OK && node != NULL)
        remember(node, offset, bytes, (size_t)size);
    pthread_mutex_unlock(&lock);
    return result;
}

static int x_truncate(sqlite3_file *file, sqlite3_int64 size) {
    struct node *node = ((struct file *)file)->node;
    pthread_mutex_lock(&lock);
    const int result = below(file)->pMethods->xTruncate(below(file), size);
    if (result == SQLITE_OK && node != NULL)
        remember(node, size, NULL, 0);
    pthread_mutex_unlock(&lock);
    return result;
}

static int x_sync(sqlite3_file *file, int flags) {
    struct file *f = (struct file *)file;
    (void)flags;
    pthread_mutex_lock(&lock);
    call(FORGETFUL_BEFORE_SYNC);
    if (f->node != NULL)
        sync_node(f->node);
    if (f->syncs_folder)
        sync_folder();
    f->syncs_folder = false;
    call(FORGETFUL_AFTER_SYNC);
    pthread_mutex_unlock(&lock);
    return SQLITE_OK;
}

static int x_file_size(sqlite3_file *file, sqlite3_int64 *size) {
    return below(file)->pMethods->xFileSize(below(file), size);
}
static int x_lock(sqlite3_file *file, int level) {
    return below(file)->pMethods->xLock(below(file), level);
}
static int x_unlock(sqlite3_file *file, int level) {
    return below(file)->pMethods->xUnlock(below(file), level);
}
static int x_check_reserved(sqlite3_file *file, int *out) {
    return below(file)->pMethods->xCheckReservedLock(below(file), out);
}
static int x_control(sqlite3_file *file, int what, void *argument) {
    return below(file)->pMethods->xFileControl(below(file), what, argument);
}
static int x_sector_size(sqlite3_file *file) {
    return below(file)->pMethods->xSectorSize(below(file));
}
static int x_characteristics(sqlite3_file *file) {
    return below(file)->pMethods->xDeviceCharacteristics(below(file));
}
static int x_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **out) {
    return below(file)->pMethods->xShmMap(below(file), page, size, extend, out);
}
static int x_shm_lock(sqlite3_file *file, int offset, int n, int flags) {
    return below(file)->pMethods->xShmLock(below(file), offset, n, flags);
}
static void x_shm_barrier(sqlite3_file *file) {
    below(file)->pMethods->xShmBarrier(below(file));
}
static int x_shm_unmap(sqlite3_file *file, int deletes) {
    return below(file)->pMethods->xShmUnmap(below(file), deletes);
}

static const sqlite3_io_methods methods = {.iVersion = 2,
                                           .xClose = x_close,
                                           .xRead = x_read,
                                           .xWrite = x_write,
                                           .xTruncate = x_truncate,
                                           .xSync = x_sync,
                                           .xFileSize = x_file_size,
                                           .xLock = x_lock,
                                           .xUnlock = x_unlock,
                                           .xCheckReservedLock = x_check_reserved,
                                           .xFileControl = x_control,
                                           .xSectorSize = x_sector_size,
                                           .xDeviceCharacteristics = x_characteristics,
                                           .xShmMap = x_shm_map,
                                           .xShmLock = x_shm_lock,
                                           .xShmBarrier = x_shm_barrier,
                                           .xShmUnmap = x_shm_unmap};

/* -- The VFS -- */

static int x_open(sqlite3_vfs *self, sqlite3_filename path, sqlite3_file *file, int flags,
                  int *out_flags) {
    struct file *f = (struct file *)file;
    const int logs = SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL;
    (void)self;
    *f = (struct file){.below = (sqlite3_file *)(f + 1)};
    pthread_mutex_lock(&lock);
    const int result = usual->xOpen(usual, path, f->below, flags, out_flags);
    if (f->below->pMethods != NULL)
        f->base.pMethods = &methods;
    if (result == SQLITE_OK && path != NULL && (flags & (logs | SQLITE_OPEN_MAIN_DB)) != 0) {
        f->node = node_of(path);
        f->syncs_folder = (flags & SQLITE_OPEN_CREATE) != 0 && (flags & logs) != 0;
    }
    pthread_mutex_unlock(&lock);
    return result;
}

static int x_delete(sqlite3_vfs *self, const char *path, int sync) {
    (void)self;
    pthread_mutex_lock(&lock);
    const int result = usual->xDelete(usual, path, 0);
    for (size_t i = 0; i < name_count && result == SQLITE_OK; i++)
        if (strcmp(names[i].path, path) == 0)
            names[i].now = NULL;
    if (sync)
        sync_folder();
    pthread_mutex_unlock(&lock);
    return result;
}

void forgetful_register(void) {
    usual = sqlite3_vfs_find(NULL);
    vfs = *usual;
    vfs.pNext = NULL;
    vfs.zName = FORGETFUL_VFS;
    vfs.szOsFile = (int)sizeof(struct file) + usual->szOsFile;
    vfs.xOpen = x_open;
    vfs.xDelete = x_delete;
    const int result = sqlite3_vfs_register(&vfs, 0);
    assert(result == SQLITE_OK);
    (void)result;
}

void forgetful_end(void) {
    sqlite3_vfs_unregister(&vfs);
    while (nodes != NULL) {
        struct node *next = nodes->next;
        sync_node(nodes);
        free(nodes->change);
        free(nodes->synced.bytes);
        free(nodes);
        nodes = next;
    }
    while (name_count > 0)
        free(names[--name_count].path);
}
