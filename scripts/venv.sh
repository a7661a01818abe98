#!/bin/sh
# Makes the virtual environment and installs exactly what the lock file names.
# usage: venv.sh PYTHON FOLDER LOCK
set -eu
if ! "$1" -c 'import ensurepip, venv' 2>/dev/null; then
    apt-get update -q && apt-get install -y -q python3-venv
fi
[ -x "$2/bin/python" ] || "$1" -m venv "$2"
"$2/bin/python" -m pip install -q --disable-pip-version-check --require-hashes -r "$3"
"$2/bin/python" -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
