#!/usr/bin/env bash
# Makes sure that the packages of debian-packages.txt are there: installs them as root. Where it cannot, continuous
# integration fails; on a developer's machine the tests that need them are skipped and say so.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

missing=()
while read -r package; do
    status=$(dpkg-query -W -f '${Status}' "$package" 2> /dev/null || true)
    [ "$status" = "install ok installed" ] || missing+=("$package")
done < <(sed -e 's/#.*//' -e 's/[[:space:]]*$//' -e '/^$/d' debian-packages.txt)

[ ${#missing[@]} -eq 0 ] && exit 0
if [ "$(id -u)" -eq 0 ] && command -v apt-get > /dev/null; then
    echo "Installing ${missing[*]}"
    patient=(-o Acquire::Retries=5 -o DPkg::Lock::Timeout=300)
    if apt-get "${patient[@]}" update -qq && DEBIAN_FRONTEND=noninteractive \
        apt-get "${patient[@]}" install -y -qq --no-install-recommends "${missing[@]}" > /dev/null; then
        exit 0
    fi
fi

echo "The tests need these Debian packages: ${missing[*]}" >&2
echo "As root: apt-get update && apt-get install --no-install-recommends ${missing[*]}" >&2
case "${CI:-}" in
    "" | false) echo "Tests that need them are skipped." >&2 ;;
    *) exit 1 ;;
esac
