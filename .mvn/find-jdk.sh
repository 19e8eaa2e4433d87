# Sourced by ./mvnw and by the elacsym launcher (POSIX sh; works under `set -euf` too).
#
#   elacsym_find_java <tool>     <tool> is `javac` (a JDK is needed) or `java` (a JRE is enough)
#
# Leaves the home of a Java 25 or newer in JAVA_HOME and exports it; prints one line and returns 1
# when there is none. A good enough JAVA_HOME, then the `java` of the PATH, are taken before the
# usual folders are searched.

# Prints the feature release ("25") of the Java installed in $1, or nothing. Reads the `release`
# file, which every JDK and JRE has, because starting each candidate would be slow.
elacsym_java_release() {
  [ -n "${1-}" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9][0-9]*\).*/\1/p' "$1/release" | head -n 1
}

elacsym_java_fits() { # home tool
  [ -n "${1-}" ] && [ -x "$1/bin/$2" ] || return 1
  elacsym_release=$(elacsym_java_release "$1")
  [ -n "$elacsym_release" ] && [ "$elacsym_release" -ge 25 ]
}

# Prints the home of the `java` found on the PATH, through every symbolic link.
elacsym_path_java_home() {
  elacsym_link=$(command -v java 2>/dev/null) || return 0
  while [ -L "$elacsym_link" ]; do
    elacsym_target=$(readlink "$elacsym_link") || return 0
    case "$elacsym_target" in
    /*) elacsym_link=$elacsym_target ;;
    *) elacsym_link=${elacsym_link%/*}/$elacsym_target ;;
    esac
  done
  elacsym_home=${elacsym_link%/*}
  printf '%s\n' "${elacsym_home%/*}"
}

elacsym_find_java() { # tool
  for elacsym_home in "${JAVA_HOME-}" "$(elacsym_path_java_home)" "${JAVA_HOME_25_X64-}" \
    "${JAVA_HOME_25_arm64-}" "${JDK25_HOME-}" "${JDK_25-}"; do
    if elacsym_java_fits "$elacsym_home" "$1"; then
      JAVA_HOME=$elacsym_home
      export JAVA_HOME
      return 0
    fi
  done
  # mvnw runs with globbing off (`set -f`), so the search is done in a child shell that globs.
  elacsym_home=$(
    set +f
    for elacsym_home in /usr/lib/jvm/* /usr/java/* /usr/local/lib/jvm/* /opt/java/* /opt/jdk* \
      /Library/Java/JavaVirtualMachines/*/Contents/Home \
      "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "${HOME:-/nonexistent}"/.jdks/* \
      "${HOME:-/nonexistent}"/.asdf/installs/java/* \
      "${HOME:-/nonexistent}"/.local/share/mise/installs/java/*; do
      if elacsym_java_fits "$elacsym_home" "$1"; then
        printf '%s\n' "$elacsym_home"
        break
      fi
    done
  )
  if [ -n "$elacsym_home" ]; then
    JAVA_HOME=$elacsym_home
    export JAVA_HOME
    return 0
  fi
  if [ "$1" = javac ]; then elacsym_need="a JDK"; else elacsym_need="a Java runtime"; fi
  echo "Elacsym needs $elacsym_need of release 25 or newer: install one, or set JAVA_HOME to it." >&2
  return 1
}
