/* Mappings and sheets: a bundle (see bundle.h) of a mapping (member `mapping`) and an office's sheet (member `sheet`, CSV) for a small package.
 *
 * What is read has units of the package, identifiers as elements, plain numbers as figures, and comes from a cell of the sheet; what is refused has a finding. The sheet
 * alone is proposed a mapping for, which must be a mapping. */
#include "base/text.h"
#include "baton/arena.h"
#include "baton/number.h"
#include "baton/package.h"
#include "bundle.h"
#include "package/guess.h"
#include "package/sheet_figures.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static const char package_text[] =
    "=== scheme.yaml\n"
    "baton: 1\nid: p\ntitle: {zh: 示例, en: Example}\nperiod: 2021-08\nfrequency: month\n"
    "defaults: {method: range}\ngroups:\n  - {id: g, title: {zh: 区县, en: Districts}}\n"
    "=== "
    "units.csv\nid,name,name_en,group\nyunhu,云湖区,Yunhu,g\nlandong,澜东区,Landong,g\nxi,西县,Xi,"
    "g\n"
    "=== indicators.csv\nid,name,name_en,weight,measure\n"
    "gdp,地区生产总值,Output,60,亿元\ngrowth,规上工业增加值增速,Growth,40,%\n"
    "=== observations.csv\nunit,element,period,value\n"
    "yunhu,gdp,2021-07,105.5\nlandong,gdp,2021-07,88\nxi,gdp,2021-07,41.25\nyunhu,growth,2021-07,7."
    "1\n";

static void require(bool holds) {
    if (!holds)
        abort();
}

/* A file without a name that has these bytes; its path. */
static int keep(const void *bytes, size_t size, char path[64]) {
    const int file = memfd_create("sheet", MFD_CLOEXEC);
    require(file >= 0 && write(file, bytes, size) == (ssize_t)size);
    snprintf(path, 64, "/proc/self/fd/%d", file);
    return file;
}

struct input {
    struct baton_arena *arena;
    struct baton_package *package;
    const char *path; /* of the sheet */
    const char *mapping;
    size_t mapping_size;
};

static void check_figure(const struct input *input, const struct sheet_figure *figure) {
    const struct baton_scheme *scheme = baton_package_scheme(input->package);
    bool known = false;
    for (uint32_t u = 0; u < scheme->unit_count; u++)
        known = known || strcmp(scheme->unit[u].id, figure->unit) == 0;
    require(known && text_is_identifier(figure->element, strlen(figure->element)));
    require(figure->period.kind != BATON_PERIOD_NONE);
    require(figure->row >= 1 && figure->row <= figure->grid->row_count);
    require(figure->column >= 1 && figure->column <= figure->grid->column_count);
    require(sheet_figure_origin(input->arena, figure)[0] != '\0');
}

static baton_code read_figures(void *context) {
    const struct input *input = context;
    struct baton_findings found = {.arena = input->arena};
    struct sheet_figures figures = {0};
    struct sheet_import import = {.package = input->package};
    baton_code code = mapping_read(input->arena, "m.yaml", input->mapping, input->mapping_size,
                                   &import.mapping, &found);
    if (code == BATON_OK)
        code = sheet_file_open(input->arena, input->path, &import.file, &found);
    if (code == BATON_OK)
        code = sheet_figures_read(input->arena, &import, &figures, &found);
    require(code == BATON_OK || code == BATON_NO_MEMORY || found.errors > 0);
    for (size_t i = 0; code == BATON_OK && i < figures.count; i++)
        check_figure(input, &figures.item[i]);
    return code;
}

static bool has(const struct baton_findings *found, baton_code code) {
    for (size_t i = 0; i < found->count; i++)
        if (found->item[i].code == code)
            return true;
    return false;
}

static baton_code propose(void *context) {
    const struct input *input = context;
    struct baton_findings found = {.arena = input->arena}, again = {.arena = input->arena};
    struct guess_request request = {.package = input->package};
    const struct mapping *mapping = NULL;
    TRY(sheet_file_open(input->arena, input->path, &request.file, &found));
    struct writer *out = writer_memory(input->arena);
    const baton_code code = guess_mapping(input->arena, &request, out, &found);
    require(code == BATON_OK || code == BATON_NO_MEMORY || found.errors > 0);
    if (code != BATON_OK)
        return code;
    const char *text = writer_text_of(out);
    const baton_code read =
        mapping_read(input->arena, "guess.yaml", text, strlen(text), &mapping, &again);
    /* Where no element was recognised, and there is no row that could name one, a person is told to say which. */
    require(
        read == BATON_OK || read == BATON_NO_MEMORY ||
        (read == BATON_KEY_NEEDED && again.errors == 1 && has(&found, BATON_GUESS_NO_ELEMENTS)));
    return BATON_OK;
}

static void try_sheet(struct baton_package *package, const char *mapping, size_t mapping_size,
                      const char *path, baton_code (*body)(void *context)) {
    struct input input = {arena_open(), package, path, mapping, mapping_size};
    (void)arena_run(input.arena, body, &input);
    arena_close(input.arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    size_t mapping_size = 0, sheet_size = 0, archive_size = 0;
    const char *mapping = bundle_member(bytes, size, "mapping", &mapping_size);
    const char *sheet = bundle_member(bytes, size, "sheet", &sheet_size);
    if (mapping == NULL || sheet == NULL)
        return -1;
    void *archive =
        bundle_archive((const uint8_t *)package_text, sizeof package_text - 1, &archive_size);
    require(archive != NULL);
    char package_path[64], sheet_path[64];
    const int package_file = keep(archive, archive_size, package_path);
    const int sheet_file = keep(sheet, sheet_size, sheet_path);
    struct baton_arena *arena = baton_arena_open();
    struct baton_findings found = {.arena = arena};
    const struct baton_package_options options = {.threads = 1};
    struct baton_package *package = NULL;
    require(baton_package_load(arena, package_path, &options, &package, &found) == BATON_OK);
    try_sheet(package, mapping, mapping_size, sheet_path, read_figures);
    try_sheet(package, mapping, mapping_size, sheet_path, propose);
    baton_arena_close(arena);
    close(sheet_file);
    close(package_file);
    free(archive);
    return 0;
}
