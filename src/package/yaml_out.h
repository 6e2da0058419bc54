/* A tree of values written as YAML, which yaml_read reads as the same tree: the same maps, lists and texts, and null
 * where null was. */
#ifndef PACKAGE_YAML_OUT_H
#define PACKAGE_YAML_OUT_H

#include "base/writer.h"
#include "package/yaml.h"

/* Writes a map that is the root of a file, as one writes a scheme by hand: maps and lists in a line of their own where
 * they fit there and hold no maps in a list, else indented by two; comments above what they belong to, those of the root at the end. No value in it is
 * YAML_REFUSED. */
void yaml_out(struct writer *writer, const struct yaml_value *root);

/* Whether it can stand in a line between brackets: a list with a null cannot. */
bool yaml_flows(const struct yaml_value *value);

/* It in one line between brackets, `[1, 2]` or `{a: 1}`; a text is plain where that is unmistakable, else in quotation
 * marks. yaml_flows holds. `scratch` is a writer to memory, whose text it is until that is used again. */
const char *yaml_flow(struct writer *scratch, const struct yaml_value *value);

/* A text in double quotation marks, on one line. */
void yaml_quote(struct writer *writer, const char *text, size_t size);

#endif
