#!/usr/bin/env bash
# Makes a Debian package of a built binary: deploy/debian/build.sh BINARY FOLDER. Prints the package's path.
# No script of it runs when it is installed: the unit makes its own user and folder when it starts.
set -euo pipefail
binary=$(readlink -f "$1")
folder=$2
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.."

version=$("$binary" --version | cut -d ' ' -f 2)
architecture=$(dpkg --print-architecture)
root=$folder/root
rm -rf "$root" "$folder/debian"
mkdir -p "$root/DEBIAN" "$folder/debian"
put() { install -D -m "$1" "$2" "$root/$3"; }

install -D -m 755 -s "$binary" "$root/usr/bin/bursary"
put 644 deploy/systemd/bursary.service lib/systemd/system/bursary.service
put 644 deploy/systemd/bursary.socket lib/systemd/system/bursary.socket
put 644 deploy/debian/serve.toml etc/bursary/serve.toml
put 644 deploy/debian/copyright usr/share/doc/bursary/copyright
for document in operators program-authors; do put 644 "docs/$document.md" "usr/share/doc/bursary/$document.md"; done
mkdir -p "$root/usr/share/doc/bursary/examples"
cp -r programs/researcher-access "$root/usr/share/doc/bursary/examples/"
chmod -R u=rwX,go=rX "$root"

# Which packages the libraries come from is known to dpkg; its tools read these two where they stand.
cp deploy/debian/control "$folder/debian/control"
cat >"$folder/debian/changelog" <<TEXT
bursary ($version) stable; urgency=medium

  * See the commits of this version.

 -- $(sed -n 's/^Maintainer: //p' deploy/debian/control)  $(date -R -r "$binary")
TEXT
(cd "$folder" && dpkg-shlibdeps root/usr/bin/bursary && dpkg-gencontrol -pbursary -Proot) >"$folder/control.log" 2>&1 ||
  { cat "$folder/control.log" >&2; exit 1; }
echo /etc/bursary/serve.toml >"$root/DEBIAN/conffiles"
(cd "$root" && find . -path ./DEBIAN -prune -o -type f -print0 | sort -z | xargs -0 md5sum | sed 's,\./,,' >DEBIAN/md5sums)

package=$folder/bursary_${version}_$architecture.deb
dpkg-deb --root-owner-group --build "$root" "$package" >/dev/null
echo "$package"
