/* The same for whoever corrects by a command and over the server. */
#include "flow/correction.h"
#include <string.h>

bool correction_keeps(const struct field *field, bool has_value) {
    return field->name[0] != '@' && strcmp(field->name, "x_origin") != 0 &&
           !(has_value && strcmp(field->name, "state") == 0);
}
