/* What an explanation asks of a package: where figures, clauses and facts were written. */
#ifndef FLOW_EXPLAIN_PACKAGE_H
#define FLOW_EXPLAIN_PACKAGE_H

#include "baton/package.h"
#include "report/explain_report.h"

/* Puts the package, which was read with origins, behind a view. */
void explain_package(struct explain_view *view, struct baton_package *package);

#endif
