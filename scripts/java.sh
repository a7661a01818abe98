#!/bin/sh
# Spark needs Java 17; Debian has it.
set -eu
command -v java >/dev/null 2>&1 || { apt-get update -q && apt-get install -y -q openjdk-17-jre-headless; }
