/* Files of any bytes as evidence: always an answer, and a finding with each refusal. The first byte says which name the file has. */
#include "files/media.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    static const char *const names[] = {"a.pdf", "a.zip", "a.docx", "a.doc", "a.txt", "a", "a.mp4"};
    if (size == 0)
        return 0;
    struct baton_arena *const arena = arena_open();
    struct baton_findings found = {.arena = arena};
    const struct media_bytes in = {bytes + 1, size - 1};
    const struct media_file file = media_file_of(&in);
    const char *const name = names[bytes[0] % (sizeof names / sizeof names[0])];
    enum media_kind kind;
    const baton_code code = media_check(arena, &file, name, NULL, MEDIA_ALL, &kind, &found);
    if ((code == BATON_OK) != (found.count == 0) || (code == BATON_OK && kind >= MEDIA_KINDS))
        abort();
    arena_close(arena);
    return 0;
}
