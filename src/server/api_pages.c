/* Files of the web interface: whatever its name has the digest of is kept by browsers for good; its pages are asked for again, which costs 304.
 *
 * The content policy lets a page load and ask nothing but this server, and run and style nothing that stands in the page itself: where a text got into a page as markup by a mistake of ours,
 * it still runs nothing. Images made by the page (charts to be downloaded) are data: and blob:. */
#include "server/api_pages.h"
#include "server/api.h"
#include "server/pages.h"
#include <string.h>

static const char policy[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'";

void api_page(struct http_request *request, void *context) {
    const struct api *const api = context;
    struct http_blob *blob;
    const struct page_file *const file = pages_find(api->pages, request->path, &blob);
    if (file == NULL) {
        http_answer_problem(request, BATON_ROUTE_UNKNOWN, request->path, NULL, NULL, NULL);
        return;
    }
    if (strcmp(file->media, "text/html") == 0)
        http_add_header(request, "Content-Security-Policy", policy);
    http_add_header(request, "Cache-Control",
                    file->is_lasting ? "public, max-age=31536000, immutable" : "no-cache");
    http_answer_blob(request, 200, blob);
}
