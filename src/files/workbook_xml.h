/* The XML inside of a workbook: a member of an archive as a stream of the elements that its reader knows, by a table.
 *
 * Elements are told by namespace and local name, whatever prefix they are written with; the namespaces of strict workbooks count as
 * those of transitional ones. What the table does not list where it stands is passed over with everything in it; of mc:AlternateContent
 * the mc:Fallback is read, as no extension is known. A DOCTYPE is refused, and with it every entity but the five that XML has itself. Depth,
 * number of elements and the length of a tag are limited by base/limits.h; each is a finding with the member as its field. */
#ifndef FILES_WORKBOOK_XML_H
#define FILES_WORKBOOK_XML_H

#include "files/archive.h"

enum xml_space {
    XML_SPACE_NONE,       /* an attribute without a prefix */
    XML_SPACE_SHEET,      /* spreadsheetml, transitional or strict */
    XML_SPACE_LINK,       /* of the files that relate members (_rels/.rels and the like) */
    XML_SPACE_OFFICE,     /* r:id and its like */
    XML_SPACE_XML,        /* xml:space */
    XML_SPACE_COMPATIBLE, /* markup compatibility: mc:AlternateContent */
    XML_SPACE_OTHER
};

/* An element that is read. Ids are a reader's own, from 1, below XML_IDS; the rules are sorted by `in`. */
enum { XML_IDS = 32 };
struct xml_rule {
    uint8_t in; /* the id of the element in which it stands; 0 = it is the root */
    uint8_t id;
    bool has_text; /* its text is wanted */
    const char *name;
};

struct xml;
struct xml_how {
    enum xml_space space; /* of all elements of the table */
    const struct xml_rule *rule;
    size_t rule_count;
    baton_code
        wrong_root; /* the finding for another root than the table has; its argument is the member */
    uint64_t size_most; /* bytes of the member, inflated */
    /* Each may be NULL. An answer other than BATON_OK ends the reading and is handed up. `attributes` is for
     * xml_attribute; texts come in pieces. */
    baton_code (*begin)(struct xml *xml, unsigned id, const char **attributes);
    baton_code (*text)(struct xml *xml, unsigned id, const char *text, size_t size);
    baton_code (*end)(struct xml *xml, unsigned id);
};

/* Reads a member from its beginning to its end. BATON_OK, or the code of a finding or of a call. What is held outside of the arena is given
 * back before this returns, or with the arena. */
MUST_USE baton_code xml_read(struct baton_arena *arena, struct archive *archive, uint32_t member,
                             const struct xml_how *how, void *context,
                             struct baton_findings *found);

/* For calls: the context that xml_read was given; the value of an attribute (NULL where there is none); whether blanks around
 * the text of the innermost element are to be kept (xml:space). */
void *xml_context(const struct xml *xml);
const char *xml_attribute(const char **attributes, enum xml_space space, const char *name);
bool xml_keeps_blanks(const struct xml *xml);

/* A text of the file as findings show it: the beginning of a long one. NULL stays NULL. */
const char *xml_excerpt(struct baton_arena *arena, const char *text);

/* Adds a finding about the member as a whole and returns its code. */
baton_code xml_fail(struct xml *xml, baton_code code, const char *arg1, const char *arg2);

/* A number of digits only (blanks around them are passed over), at most `most`; false for anything else. A truth is 0, 1, false, true. */
bool xml_whole(const char *text, uint64_t most, uint64_t *out);
bool xml_truth(const char *text, bool *out);

#endif
