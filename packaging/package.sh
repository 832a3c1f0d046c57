# ./rollcall package: sourced by it. Makes what is installed in schools; the same sources and the
# same SOURCE_DATE_EPOCH give the same bytes.

package_usage() {
  cat <<'TEXT'
Usage: ./rollcall package [--out DIR]

Makes, in DIR (default: target/packages):
  rollcall-agent-VERSION-linux-x64.tar.gz   the agent with a Java of its own
  rollcall-agent_VERSION_amd64.deb          the same, with a systemd unit
  rollcall-agent-VERSION-windows.zip        for a Java that is there; untested on Windows
How each is installed: docs/agents.md. Needs jlink, dpkg-deb and zip.
TEXT
}

make_packages() {
  local out="$root/target/packages"
  while [ "$#" -gt 0 ]; do
    case "$1" in
      --out) [ "$#" -ge 2 ] || { package_usage >&2; exit 2; }; out="$2"; shift 2 ;;
      --help | -h) package_usage; return 0 ;;
      *) say "./rollcall package does not know '$1'."; package_usage >&2; exit 2 ;;
    esac
  done
  local tool
  for tool in jlink dpkg-deb zip; do
    command -v "$tool" >/dev/null 2>&1 || die "Packages need $tool (Debian: openjdk-17-jdk-headless, dpkg, zip)."
  done
  [ "$(uname -sm)" = "Linux x86_64" ] || die "Packages with a Java of their own are made on Linux x86-64."
  mkdir -p "$out"
  out="$(cd "$out" && pwd)"
  SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct 2>/dev/null || echo 1767225600)}"
  export SOURCE_DATE_EPOCH
  local work
  work="$(mktemp -d)"
  # shellcheck disable=SC2064
  trap "rm -rf '$work'" EXIT
  umask 022
  package_common "$work/common"
  package_tar "$work" "$out"
  package_deb "$work" "$out"
  package_windows "$work" "$out"
}

# lib/: the jars, the runtime, the flags and the list of classes.
package_common() {
  mkdir -p "$1/agent"
  cp "$root/agent/target/agent-$version.jar" "$root"/agent/target/lib/*.jar "$1/agent/"
  # The project's own jars carry the time of their build; their content is stored anew without it.
  local jar
  for jar in "$1"/agent/{agent,config,protocol}-"$version".jar; do
    settle_jar "$jar"
  done
  cp "$root/packaging/agent.flags" "$root/packaging/agent.classlist" "$1/"
  make_runtime "$1/runtime" >&2
  strip_runtime "$1/runtime"
  cp "$root/LICENSE" "$1/LICENSE"
}

settle_jar() {
  local folder="$1.d"
  mkdir "$folder"
  (cd "$folder" && jar xf "$1")
  find "$folder" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
  rm "$1"
  (cd "$folder" && find . -type f | LC_ALL=C sort | TZ=UTC zip -q -X -9 "$1" -@)
  rm -rf "$folder"
}

# Debian keeps the symbols in packages of their own; other builds of Java may not.
strip_runtime() {
  if command -v strip >/dev/null 2>&1; then
    find "$1" -name '*.so' -exec strip --strip-unneeded {} +
  fi
}

settled() { # settled FOLDER: one time for everything in it
  find "$1" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
}

agent_settings() { # agent_settings DATA: the example's text with that data folder
  sed "s#^data: .*#data: $1#" "$root/config/agent.yaml"
}

package_tar() {
  local name="rollcall-agent-$version" top="$1/tar/rollcall-agent-$version"
  mkdir -p "$top/bin" "$top/etc"
  cp -a "$1/common" "$top/lib"
  cp "$root/packaging/rollcall-agent" "$top/bin/"
  cp "$root/packaging/rollcall-agent.service" "$top/etc/"
  agent_settings ../data >"$top/etc/agent.yaml"
  settled "$top"
  tar -C "$1/tar" --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" \
    --format=gnu -cf - "$name" | gzip -n >"$2/$name-linux-x64.tar.gz"
  echo "$2/$name-linux-x64.tar.gz"
}

package_deb() {
  local top="$1/deb" deb_version="${version/-SNAPSHOT/~snapshot}"
  local home="$top/usr/lib/rollcall-agent"
  mkdir -p "$home/bin" "$top/DEBIAN" "$top/etc/rollcall-agent" "$top/lib/systemd/system" "$top/usr/bin"
  cp -a "$1/common" "$home/lib"
  cp "$root/packaging/rollcall-agent" "$home/bin/"
  printf '%s\n' 'ROLLCALL_AGENT_CONFIG="${ROLLCALL_AGENT_CONFIG:-/etc/rollcall-agent/agent.yaml}"' \
    'ROLLCALL_AGENT_USER=rollcall-agent' >"$home/lib/agent.env"
  ln -s ../lib/rollcall-agent/bin/rollcall-agent "$top/usr/bin/rollcall-agent"
  cp "$root/packaging/rollcall-agent.service" "$top/lib/systemd/system/"
  agent_settings /var/lib/rollcall-agent >"$top/etc/rollcall-agent/agent.yaml"
  mkdir -p "$top/usr/share/doc/rollcall-agent"
  mv "$home/lib/LICENSE" "$top/usr/share/doc/rollcall-agent/copyright"
  local script
  for script in postinst prerm postrm; do
    install -m 755 "$root/packaging/deb/$script" "$top/DEBIAN/$script"
  done
  echo /etc/rollcall-agent/agent.yaml >"$top/DEBIAN/conffiles"
  settled "$top"
  sed -e "s/@VERSION@/$deb_version/" -e "s/@SIZE@/$(du -sk --apparent-size "$top" | cut -f1)/" \
    "$root/packaging/deb/control" >"$top/DEBIAN/control"
  settled "$top"
  dpkg-deb --root-owner-group -Zxz -z2 --build "$top" "$2/rollcall-agent_${deb_version}_amd64.deb" >/dev/null
  echo "$2/rollcall-agent_${deb_version}_amd64.deb"
}

package_windows() {
  local name="rollcall-agent-$version" top="$1/windows/rollcall-agent-$version"
  mkdir -p "$top/lib" "$top/etc"
  cp -a "$1/common/agent" "$1/common/agent.flags" "$1/common/agent.classlist" "$top/lib/"
  cp "$1/common/LICENSE" "$root/packaging/windows/"* "$top/"
  agent_settings ../data >"$top/etc/agent.yaml"
  settled "$top"
  rm -f "$2/$name-windows.zip"
  (cd "$1/windows" && find "$name" -type f | LC_ALL=C sort | TZ=UTC zip -q -X -9 "$2/$name-windows.zip" -@)
  echo "$2/$name-windows.zip"
}
