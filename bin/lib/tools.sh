# Sourced by the commands in bin/: finds the JDK, Maven and Node, installs what tests need on Debian, and builds what has changed.
# Every function says in one line what is missing and what would be right.

die() {
  echo "$*" >&2
  exit 1
}

# The major version that a `java` reports, such as 17.
java_major() {
  "$1" -version 2>&1 | sed -n 's/.* version "\(1\.\)\{0,1\}\([0-9]*\).*/\2/p' | head -n 1
}

need_jdk() {
  local java=java javac=javac
  if [ -n "${JAVA_HOME:-}" ]; then
    java=$JAVA_HOME/bin/java javac=$JAVA_HOME/bin/javac
    [ -x "$java" ] || die "JAVA_HOME is $JAVA_HOME, but there is no bin/java in it: point it to a JDK 17 or newer."
  fi
  command -v "$java" >/dev/null 2>&1 && command -v "$javac" >/dev/null 2>&1 \
    || die "No JDK found: install JDK 17 or newer (Debian: apt install openjdk-17-jdk-headless) or set JAVA_HOME."
  local major
  major=$(java_major "$java")
  [ "${major:-0}" -ge 17 ] || die "JDK 17 or newer is needed, $(command -v "$java") is ${major:-unknown}: set JAVA_HOME to a newer one."
  JAVA=$(command -v "$java")
}

need_maven() {
  command -v mvn >/dev/null 2>&1 || die "Maven is missing: install Maven 3.8 or newer (Debian: apt install maven)."
  local version
  version=$(mvn -B -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1) || version=''
  case $version in
    3.[0-7] | 2.* | 1.* | '') die "Maven 3.8 or newer is needed, this is ${version:-unknown}." ;;
  esac
}

need_node() {
  command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 \
    || die "Node.js is missing: install Node 20 or newer with npm (https://nodejs.org)."
  local major
  major=$(node -p 'process.versions.node.split(".")[0]')
  [ "$major" -ge 20 ] || die "Node 20 or newer is needed, this is $(node -v)."
}

# need_debian COMMAND PACKAGE...: makes sure that COMMAND is there, by apt as root on Debian, else says what to install.
need_debian() {
  local command=$1
  shift
  [ -n "$(find_command "$command")" ] && return
  if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "Installing $* …"
    [ -n "${APT_UPDATED:-}" ] || { apt-get update -qq && APT_UPDATED=1; }
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null \
      || die "apt-get could not install $*."
  fi
  [ -n "$(find_command "$command")" ] \
    || die "$command is missing: install it (Debian: apt install $*) and try again."
}

# Server binaries are often outside the path of ordinary users.
find_command() {
  local found
  for found in "$(command -v "$1" 2>/dev/null)" /usr/sbin/"$1" /usr/local/sbin/"$1" /usr/lib/postgresql/*/bin/"$1"; do
    [ -x "$found" ] && { echo "$found"; return; }
  done
  return 0
}

# need_shop: leaves the shop's jar in SHOP_JAR, built unless one of the same sources is there.
need_shop() {
  local work=target/demo sources
  sources=$(node bin/lib/sources-hash.mjs pom.xml bin/lib/web-build.mjs mimic-core mimic-servlet mimic-dashboard \
    mimic-spring-autoconfigure examples/shop)
  SHOP_JAR=$work/shop-$sources.jar
  [ -f "$SHOP_JAR" ] && return
  mkdir -p "$work"
  echo "Building the shop; the first time takes a few minutes. What Maven says is in $work/build.log."
  # an archive that is there counts as up to date, even when what lies in it has changed
  rm -f examples/shop/target/shop.jar examples/shop/target/shop.jar.original
  if ! mvn -B -ntp -Pdemo -pl :shop -am package -DskipTests -Dspotless.check.skip -Dcyclonedx.skip >"$work/build.log" 2>&1; then
    grep -E 'ERROR|npm err' "$work/build.log" | head -n 15 >&2 || tail -n 15 "$work/build.log" >&2
    die "The shop could not be built: the whole reason is in $work/build.log."
  fi
  rm -f "$work"/shop-*.jar
  cp examples/shop/target/shop.jar "$SHOP_JAR.part"
  mv "$SHOP_JAR.part" "$SHOP_JAR"
}

# need_class_path MODULE: leaves what the module's programs run on in CLASS_PATH, built unless one of the same sources is there.
need_class_path() {
  local module=$1 file
  file=$(class_path_file "$module")
  if ! { [ -f "$file" ] && all_there "$(cat "$file")"; }; then
    mvn -B -ntp -q -pl "$module" -am package dependency:build-classpath -DskipTests -Dspotless.check.skip -Dcyclonedx.skip \
      -Dmdep.outputFile=target/classpath -Dmdep.includeScope=runtime || return
    keep_class_path "$module"
  fi
  CLASS_PATH=$(cat "$file")
}

class_path_file() {
  echo "target/class-path/$1-$(node bin/lib/sources-hash.mjs pom.xml bin/lib/web-build.mjs mimic-core mimic-core/src/test/java mimic-servlet \
    mimic-dashboard "$1")"
}

# keep_class_path MODULE: keeps what Maven has just written as the class path of a module that it built.
keep_class_path() {
  mkdir -p target/class-path
  rm -f "target/class-path/$1-"*
  echo "$1/target/classes:$(cat "$1/target/classpath")" >"$(class_path_file "$1")"
}

all_there() {
  local entry
  local IFS=:
  for entry in $1; do
    [ -e "$entry" ] || return 1
  done
}
