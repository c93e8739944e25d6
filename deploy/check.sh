#!/usr/bin/env bash
# Goes through deploy/Dockerfile without Docker: each stage in a folder of its own, COPY and RUN as they stand there, then
# HEALTHCHECK until it is healthy, CMD, and SIGTERM. What changes the machine (apt-get, useradd) is named and left out.
#   deploy/check.sh [FOLDER]      an empty folder; by default a temporary one that is removed
set -euo pipefail
top=$(cd "$(dirname "$0")/.." && pwd)
if (($#)); then
  root=$(realpath "$1")
else
  root=$(mktemp -d)
  trap 'rm -rf "$root"' EXIT
fi
[ -z "$(ls -A "$root")" ] || { echo "$root is not empty" >&2; exit 2; }
port=${PORT:-0}
[ "$port" != 0 ] || port=$(python3 -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')

stage="" here="" health="" command=""
# A path of the image is one below the folder of its stage.
inside() { printf '%s' "$root/$stage$1"; }
# The exec form, a JSON array, as words in the array `words`.
words_of() { mapfile -t words < <(python3 -c 'import json, sys; print(*json.loads(sys.argv[1]), sep="\n")' "$1"); }

while read -r instruction rest; do
  case $instruction in
    FROM)
      stage=${rest##* AS } && [ "$stage" != "$rest" ] || stage=last
      mkdir -p "$root/$stage"
      echo "== $stage: $rest";;
    WORKDIR) here=$(inside "$rest"); mkdir -p "$here"; cd "$here";;
    ARG) name=${rest%%=*}; [ -n "${!name:-}" ] || export "$rest";;
    COPY)
      read -ra words <<<"$rest"
      to=${words[-1]}
      if [[ ${words[0]} == --from=* ]]; then
        from=$root/${words[0]#--from=}
        cp -al "$from${words[1]}" "$to" # linked: the packages are large
      else
        # A folder's content goes into the target, as Docker has it.
        for source in "${words[@]:0:${#words[@]}-1}"; do
          if [ -d "$top/$source" ]; then mkdir -p "$to"; cp -a "$top/$source/." "$to/"; else cp -a "$top/$source" "$to"; fi
        done
      fi
      echo "   COPY $rest";;
    RUN)
      if [[ $rest =~ (apt-get|useradd) ]]; then echo "   left out: RUN $rest"; continue; fi
      rest=${rest//-o tongpan /}
      echo "   RUN $rest"
      sh -ec "$rest";;
    HEALTHCHECK) health=[${rest#*CMD [};;
    CMD) command=$rest;;
    USER | VOLUME | EXPOSE | STOPSIGNAL) ;;
    *) echo "an instruction this script does not know: $instruction" >&2; exit 1;;
  esac
done < <(sed -e '/^ *#/d' -e '/^ *$/d' "$top/deploy/Dockerfile" | sed -e ':a' -e '/\\$/N; s/\\\n */ /; ta')

cat >config.yaml <<END
server: {port: $port}
calendar: weekdays
departments: [{id: production, name: Production}]
people: [{id: wang, name: Wang, department: production, roles: [approver, coordinator]}]
END
words_of "$command"
echo "== ${words[*]}"
"${words[@]}" 2>log &
process=$!
words_of "${health//8080/$port}"
for _ in $(seq 60); do
  if "${words[@]}" 2>/dev/null; then healthy=yes; break; fi
  kill -0 "$process" 2>/dev/null || break
  sleep 0.5
done
kill -TERM "$process" 2>/dev/null || true
status=0
wait "$process" || status=$?
[ "${healthy:-}" ] && [ "$status" = 0 ] || { echo "not healthy, or ended with $status:" >&2; cat log >&2; exit 1; }
echo "healthy, and ended when asked to"
