#!/usr/bin/env bash
# The digest in a real browser: nothing wider than the page, at 600 and 375 px, light and dark, in both languages; axe-core
# finds nothing serious; w3m shows the HTML as text.
# Usage: browser_peer.sh BIN_DIR [PICTURES]. The pictures are kept in the folder PICTURES when it is given.
# Installs what is missing when the caller is root; else it is skipped. axe-core is npm's; without npm that part is left out.
set -euo pipefail
bin=$(readlink -f "${1:?folder of the programs}")
pictures=${2:+$(readlink -f "$2")}
cd "$(dirname "$(readlink -f "$0")")"
plan=$(readlink -f ../../config/plan-2021.toml)
. ./peer.sh
need_packages chromium w3m python3 fonts-liberation

dir=$(mktemp -d)
stop() {
    [ -z "${sandbox:-}" ] || kill "$sandbox" 2>/dev/null || true
    rm -rf "$dir"
}
trap stop EXIT

"$bin/narvaro-sandbox" serve --port 0 --port-file "$dir/port" --clock 2021-11-20T06:00:00Z >"$dir/sandbox.log" 2>&1 &
sandbox=$!
for _ in $(seq 100); do [ -s "$dir/port" ] && break; sleep 0.1; done
url=http://127.0.0.1:$(cat "$dir/port")
"$bin/narvaro-sandbox" config --url "$url" --state "$dir/state" --out "$dir" --plan "$plan"
export NARVARO_CONFIG=$dir/narvaro.toml
for now in 2021-11-08T05:00:00Z 2021-11-15T05:00:00Z 2021-11-22T05:00:00Z; do
    "$bin/narvaro-sandbox" clock --url "$url" "$now"
    NARVARO_NOW=$now "$bin/narvaro" poll >>"$dir/polls.log"
done
NARVARO_NOW=2021-11-22T05:00:00Z "$bin/narvaro" import "$dir/records-2021.csv" >>"$dir/polls.log"
export NARVARO_NOW=2021-11-22T06:00:00Z

axe=
if command -v npm >/dev/null && (cd "$dir" && npm install --no-audit --no-fund axe-core@4 >"$dir/npm.log" 2>&1); then
    axe=$dir/node_modules/axe-core/axe.min.js
else
    echo "axe-core is left out: npm is missing or has no registry" >&2
fi

# The page with its pictures inside, as a mail client shows it, and a script that says what is wrong with it.
prepare() { # LANGUAGE
    "$bin/narvaro" digest --week 2021-W46 --language "$1" --format eml >"$dir/$1.eml"
    python3 - "$dir/$1.eml" "$dir/$1.html" "$axe" <<'PYTHON'
import base64, email, email.policy, sys
message = email.message_from_binary_file(open(sys.argv[1], "rb"), policy=email.policy.default)
parts = list(message.walk())
assert not any(part.defects for part in parts), [part.defects for part in parts]
html = next(part for part in parts if part.get_content_type() == "text/html").get_content()
assert len(html.encode()) < 60_000, len(html)
for part in parts:
    if part.get_content_type() == "image/png":
        cid = part["Content-Id"].strip("<>")
        assert "cid:" + cid in html, cid
        html = html.replace("cid:" + cid, "data:image/png;base64," + base64.b64encode(part.get_content()).decode())
assert "data:image/png" in html, "the charts are to be looked at too"
assert "cid:" not in html
open(sys.argv[2], "w").write(html)
look = """<script>%s</script><script>
addEventListener("load", async () => {
  const wide = [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1);
  const found = ["WIDE " + wide.length + " of " + innerWidth];
  if (window.axe) {
    const result = await axe.run(document);
    for (const v of result.violations)
      if (["serious", "critical"].includes(v.impact)) found.push("AXE " + v.id + " " + v.nodes[0].html);
    found.push("AXE-PASSED " + result.passes.length);
  }
  parent.postMessage(found.join(" | "), "*");
});
</script>""" % (open(sys.argv[3]).read() if sys.argv[3] else "")
open(sys.argv[2].replace(".html", ".look.html"), "w").write(html.replace("</body>", look + "</body>"))
PYTHON
}

# A frame of that width, since a window has a least width; what the page says of itself becomes the title.
frame() { # LANGUAGE WIDTH
    cat >"$dir/frame.html" <<HTML
<!DOCTYPE html><body style="margin:0"><script>addEventListener("message", e => { document.title = e.data; });</script>
<iframe src="$1.look.html" style="border:0;width:$2px;height:4200px"></iframe>
HTML
}

browser() { # SCHEME WIDTH ARGUMENTS
    local scheme=$1 width=$2
    shift 2
    HOME=$dir timeout 120 chromium --headless --no-sandbox --disable-gpu --hide-scrollbars \
        --blink-settings=preferredColorScheme="$([ "$scheme" = dark ] && echo 0 || echo 1)" \
        --window-size="$width",4200 --virtual-time-budget=20000 "$@" 2>>"$dir/chromium.log"
}

for language in sv en; do
    prepare "$language"
    for width in 600 375; do
        frame "$language" "$width"
        for scheme in light dark; do
            title=$(browser $scheme $width --dump-dom "file://$dir/frame.html" |
                sed -n 's/.*<title>\(.*\)<\/title>.*/\1/p' | head -1)
            echo "$language $width $scheme: $title"
            [[ $title == "WIDE 0 of $width"* ]] || fail "$language at $width px, $scheme: $title"
            [[ $title != *"AXE "* ]] || fail "$language at $width px, $scheme: $title"
            [ -z "$axe" ] || [[ $title == *AXE-PASSED* ]] || fail "axe did not run: $title"
            [ -z "$pictures" ] || browser $scheme $width \
                --screenshot="$pictures/digest-$language-$width-$scheme.png" "file://$dir/$language.html"
        done
    done
done

w3m -dump -cols 78 -I UTF-8 -O UTF-8 -T text/html "$dir/sv.html" >"$dir/w3m.txt"
for words in "GÖR DEN HÄR VECKAN" "Läge" "DATAHÄLSA"; do
    grep -q "$words" "$dir/w3m.txt" || fail "w3m does not show $words"
done
"$bin/narvaro" digest --week 2021-W46 | w3m -dump -cols 78 -I UTF-8 -O UTF-8 -T text/plain >"$dir/text.txt"
grep -q "GÖR DEN HÄR VECKAN" "$dir/text.txt" || fail "w3m does not show the text part"
echo "the digest is fit to be seen"
