/* What the bodies of writes become. */
#ifndef SERVER_API_WRITE_BODIES_H
#define SERVER_API_WRITE_BODIES_H

#include "server/api_write.h"

struct fact_said {
    const char *kind;
    struct body_map fields;
};

struct said {
    const char *assessment, *reason;
    struct body_list facts; /* of struct fact_said */
    bool propose;
};

struct corrected {
    struct body_map fields;
    const char *reason;
    bool withdraw, propose;
};

struct decided {
    const char *verdict, *reason;
};

struct withdrawn {
    const char *reason;
};

#endif
