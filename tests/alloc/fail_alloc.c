/* Linked with the program into baton-fail-alloc: with BATON_FAIL_ALLOC=n in the environment the n-th allocation
 * fails, and every later one. At the end BATON_FAIL_ALLOC_CAME, a file, is made if that one came. See run-all. */
#include "base/arena.h"
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

__attribute__((constructor)) static void choose(void) {
    const char *n = getenv("BATON_FAIL_ALLOC");
    if (n != NULL)
        arena_fail_at(strtoull(n, NULL, 10));
}

__attribute__((destructor)) static void tell(void) {
    const char *path = getenv("BATON_FAIL_ALLOC_CAME");
    if (path != NULL && arena_fail_at(0) == 0)
        close(open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0666));
}
