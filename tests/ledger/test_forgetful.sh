#!/bin/bash
# Some cuts of a disk that forgets; run-all has all of them: see forgetful.c. $BATON is the program that was built.
exec "$(dirname "${BATON:?is the program to test}")/tests/ledger-forgetful" 30
