/* The command line as a whole. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

/* Runs `baton` with these arguments and returns its exit status: 0 done, 1 the answer is no, 2 bad usage or input,
 * 3 could not. */
int cli_main(int argc, char **argv);

#endif
