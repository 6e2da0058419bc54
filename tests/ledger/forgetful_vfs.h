/* A disk that forgets: a VFS of SQLite over the usual one that knows, of each file, what was synchronised and what was only written.
 *
 * Where the power is cut, the first is there; of the second each sector of 512 bytes may be there or not, and a write may have ended in the middle of one. Of names of files: a
 * new one is there, and a deleted one gone, once the folder was synchronised, which SQLite does with the first synchronisation of a log or journal. Before that either may be. */
#ifndef FORGETFUL_VFS_H
#define FORGETFUL_VFS_H

#include <stdbool.h>
#include <stdint.h>

#define FORGETFUL_VFS "forgetful"

/* Registers it. Files that it opens must be new to it: what is on them already it does not know. */
void forgetful_register(void);
/* Gives back what it knows; no file of it is open any more. */
void forgetful_end(void);

enum forgetful_event { FORGETFUL_BEFORE_SYNC, FORGETFUL_AFTER_SYNC, FORGETFUL_BEFORE_WRITE };
/* Calls at(context, event), one call at a time; no file of this VFS may be used in it. */
void forgetful_listen(void (*at)(void *context, enum forgetful_event event), void *context);

/* Inside of such a call: writes what the disk has after a cut now into `folder`, which has no files of these names. */
enum forgetful_keep { FORGETFUL_SYNCED, FORGETFUL_SOME, FORGETFUL_ALL };
void forgetful_image(const char *folder, enum forgetful_keep keep, uint64_t *chance);

/* From now on there is no room for any write, or there is again. */
void forgetful_fill(bool is_full);

/* A number by chance, below `below`. */
uint64_t forgetful_draw(uint64_t *chance, uint64_t below);

#endif
