/* Persons, and the posts that they hold, held and will hold. */
#ifndef SERVER_API_PEOPLE_H
#define SERVER_API_PEOPLE_H

#include "http/http.h"
#include "server/body.h"

/* GET people?after=&limit=: persons by id, each with name, note and posts in force, of whatever days; `next` leads on. */
http_handler api_people;

extern const struct body_shape people_query_shape, people_shape;

#endif
