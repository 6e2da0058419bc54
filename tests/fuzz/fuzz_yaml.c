/* Any bytes as scheme.yaml: the strict YAML reader and the reader of the scheme, both phases. Whatever comes is read or
 * refused with findings that have words in both languages; a scheme without findings has what the format needs. */
#include "package/scheme_yaml.h"
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct input {
    struct baton_arena *arena;
    const char *bytes;
    size_t size;
};

static void require(bool condition) {
    if (!condition)
        abort();
}

static baton_code read_input(void *context) {
    const struct input *input = context;
    struct baton_findings found = {.arena = input->arena};
    struct baton_scheme scheme;
    struct package_reader package;
    struct scheme_reader *reader = NULL;
    package_reader_open(&package, input->arena, &scheme, NULL, &found);
    baton_code code = scheme_read(&package, input->bytes, input->size, &reader);
    require((code == BATON_OK) == (reader != NULL));
    require(code == BATON_OK || code == BATON_NO_MEMORY || found.errors > 0);
    if (code == BATON_OK)
        scheme_resolve(reader);
    if (code == BATON_OK && found.errors == 0)
        require(scheme.id != NULL && scheme.period.kind != BATON_PERIOD_NONE &&
                scheme.frequency != BATON_PERIOD_NONE);
    baton_findings_sort(&found);
    for (size_t i = 0; i < found.count; i++)
        for (enum baton_language language = BATON_EN; language <= BATON_ZH; language++) {
            require(baton_finding_message(input->arena, &found.item[i], language)[0] != '\0');
            baton_finding_advice(input->arena, &found.item[i], language);
        }
    return code;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct input input = {arena_open(), (const char *)data, size};
    if (input.arena != NULL)
        (void)!arena_run(input.arena, read_input, &input);
    arena_close(input.arena);
    return 0;
}
