/** The same lines in our shell and in the machine's bash: same standard output, same errors, same exit code. */

import { execFile } from "node:child_process";
import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { newShell, type Ran, run } from "./world";

const SCRATCH = "/home/estudiante";

/** Runs in a fresh directory, whose path is replaced by the one that our shell has. */
async function realBash(source: string): Promise<Ran> {
  const directory = await realpath(await mkdtemp(join(tmpdir(), "despliega-bash-")));
  try {
    return await new Promise((resolve, reject) => {
      const child = execFile(
        "bash",
        ["--norc", "-c", source],
        {
          cwd: directory,
          env: { PATH: process.env.PATH, HOME: directory, LC_ALL: "C.UTF-8", LANG: "C.UTF-8", USER: "estudiante" },
        },
        (error, stdout, stderr) => {
          if (error && typeof error.code !== "number") return reject(error);
          const code = typeof error?.code === "number" ? error.code : 0;
          resolve({ stdout: neutral(stdout, directory), stderr: neutral(stderr, directory), code });
        },
      );
      child.stdin?.end();
    });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Versions and ways of calling differ in how bash names the line of an error, and a program's own path. */
function neutral(text: string, directory: string): string {
  return text
    .replaceAll(directory, SCRATCH)
    .replace(/^(?:bash|environment): (?:-c: )?(?:line \d+: )?/gm, "bash: ")
    .replace(/^bash: `.*'\n/gm, "")
    .replace(/unexpected end of file from `\w+' command on line \d+/, "unexpected end of file");
}

const LINES: Record<string, readonly string[]> = {
  "words and quotes": [
    "echo hola mundo",
    "echo 'a  b' \"c  d\" e\\ f",
    `echo "it's" 'say "hi"' \\$HOME`,
    "echo -n sin; echo ' fin'",
    "echo -e 'a\\tb\\nc\\x41'",
    "echo $'a\\nb\\'c'",
    "echo a{1,2}b{x,y} {1..5} {a..e..2} {01..03}",
    'echo {a,b}"$HOME"{c,d} {solo} {}',
    "x='a b'; set -- $x \"$x\"; echo $#",
    'echo ~ ~/x "~" a~',
    "echo a#b # comentario",
    "echo uno \\\n dos",
  ],
  variables: [
    "x=5; echo $x ${x} ${x}y $xy.",
    "x=hola; echo ${#x} ${x:1:2} ${x: -2} ${x/o/0} ${x//[aeiou]/_} ${x^^} ${x^}",
    "p=/a/b/c.tar.gz; echo ${p##*/} ${p%/*} ${p%%.*} ${p#*.} ${p##*.}",
    'echo ${no:-def} ${no-def} "[${no:+si}]" ${no:=asignado} $no',
    "x=; echo [${x:-vacío}] [${x-vacío}] [${x+puesto}]",
    "echo ${no:?falta esto}; echo nunca",
    "a=1 b=$a; echo $b; a=2 env | grep ^a=",
    "export V=1; bash -c 'echo $V'; unset V; echo [$V]",
    "x=abc; x+=def; echo $x",
    "readonly r=1; r=2; echo $?",
    "f() { local x=dentro; echo $x; }; x=fuera; f; echo $x",
    'set -- a b \'c d\'; echo $# "$@"; for i in "$@"; do echo "<$i>"; done; shift; echo $1 $*',
    "a=(uno dos 'tres cuatro'); echo ${a[1]} ${#a[@]} \"${a[2]}\" ${!a[@]}; a+=(cinco); echo ${a[@]: -2}; a[9]=x; echo ${!a[*]}",
    "declare -A m; m[uno]=1; m[dos]=2; echo ${m[uno]} ${#m[@]}; for k in uno dos; do echo $k=${m[$k]}; done",
    'IFS=:; x=a:b::c; for i in $x; do echo "[$i]"; done',
    "x='*'; echo \"$x\"; touch f; echo $x",
    "n=x; x=5; echo ${!n}",
    "echo $((1+1))$(echo x)`echo y`",
    "x=$(printf 'a\\nb\\n\\n'); echo \"$x\"; echo $x",
    'echo "${x:-"con comillas"}" ${x:-a   b}',
  ],
  arithmetic: [
    "echo $((2+3*4)) $(( (2+3)*4 )) $((7/2)) $((-7%3)) $((2**10))",
    "i=5; echo $((i++)) $i $((++i)) $((i+=10)) $i",
    "echo $((0x1f)) $((010)) $((1<2)) $((1?5:6)) $((!0)) $((~0))",
    "((3>2)) && echo mayor; ((0)); echo $?; let 'x=3*4'; echo $x",
    "x=3; echo $(($x*${x}+x))",
    "echo $((1/0)); echo nunca",
    "for ((i=0;i<3;i++)); do echo $i; done",
  ],
  flow: [
    "if false; then echo a; elif true; then echo b; else echo c; fi",
    "for f in a b c; do [ $f = b ] && continue; echo $f; done",
    "i=0; while true; do i=$((i+1)); [ $i -gt 3 ] && break; echo $i; done; until [ $i -le 2 ]; do i=$((i-1)); done; echo $i",
    "case hola.py in *.txt) echo t;; *.py|*.rb) echo código;; *) echo otro;; esac",
    "for i in 1 2; do for j in 1 2; do [ $j = 2 ] && continue 2; echo $i$j; done; done",
    "f() { return 3; }; f; echo $?; f || echo falló",
    "fact() { if [ $1 -le 1 ]; then echo 1; else echo $(( $1 * $(fact $(($1-1))) )); fi; }; fact 6",
    "true && false || echo no; ! true; echo $?; ! false && echo sí",
    "(exit 4); echo $?; { echo a; echo b; } | wc -l",
    "(cd /; pwd); x=1; (x=2; echo $x); echo $x",
    "set -e; echo a; false; echo b",
    "set -e; if false; then :; fi; false || true; echo sigue",
    "set -u; echo $indefinida; echo nunca",
    "set -o pipefail; false | true; echo $?",
    "false | true; echo $? ${PIPESTATUS[@]}",
    "set -x; echo 'a b' c",
    "trap 'echo adiós' EXIT; echo hola; exit 3",
    "(trap 'echo sub' EXIT; echo dentro); echo fuera",
    "eval 'x=1; echo $x'; echo 'y=2' > s; . ./s; echo $y",
    "f() { echo $FUNCNAME $# $1; }; f a b",
    "sleep 0.05 & wait $!; echo $?; (exit 7) & wait $!; echo $?",
    "exit 300",
    "while read l; do echo \"<$l>\"; done <<< $'uno\\ndos'",
    "select x in a b; do echo $x; break; done <<< 2",
    "echo a; return 3; echo b",
  ],
  redirections: [
    "echo a > f; echo b >> f; cat f; cat < f",
    "ls nada 2> err; cat err; ls nada &> todo; cat todo; ls nada > x 2>&1; cat x",
    "cat <<FIN\nhola $USER $(echo x) \\$y\nFIN",
    "cat <<'FIN'\nhola $USER `x` \\n\nFIN",
    "cat <<-FIN\n\thola\n\t\tdos\n\tFIN",
    "cat <<A; cat <<B\nuno\nA\ndos\nB",
    "cat <<< 'una línea'",
    "cat > app.py <<'EOF'\nfrom flask import Flask\napp = Flask(__name__)\n\n@app.route('/')\ndef index():\n    return \"<h1>$HOME</h1>\"\nEOF\ncat app.py; wc -l app.py",
    "echo x > /no/existe; echo $?",
    "mkdir d; echo x > d",
    "cat < nada; echo $?",
    "echo error >&2; echo bien",
    "{ echo a; echo b >&2; } 2>/dev/null",
    "set -C; echo a > f; echo b > f; echo c >| f; cat f",
    "exec 3> f; echo a >&3; echo b >&3; exec 3>&-; cat f",
    "x='a b'; echo hi > $x; ls",
    "echo a >&7",
    "for i in 1 2 3; do echo $i; done > f; tac f",
    "diff <(echo a) <(echo a) && echo iguales",
    "printf '1\\n2\\n3\\n' | while read n; do echo $((n*2)); done",
  ],
  globs: [
    "touch a.txt b.txt c.py .oculto; echo *; echo *.txt; echo [ab]*; echo ?.py; echo *.nada; echo .o*",
    "mkdir -p d/e; touch d/1 d/e/2; echo d/* */e/*; echo d/*/",
    "touch 'con espacio'; for f in con*; do echo \"[$f]\"; done; echo 'con*' con\\*",
    "touch a1 a2 b1; echo [!a]* [a-b]1; set -f; echo *",
  ],
  tests: [
    "[ -f nada ]; echo $?; touch f; [ -f f ] && [ ! -d f ] && [ -e f ] && echo sí; [ -s f ] || echo vacío",
    "[ 3 -lt 5 -a 5 -ge 5 ] && echo y; [ a = a ] && [ a != b ] && [ -n x ] && [ -z '' ] && echo todo",
    "[[ abc == a* ]] && echo patrón; [[ abc == 'a*' ]] || echo literal; [[ a < b && ! 2 -gt 3 ]] && echo ok",
    "[[ correo@x.es =~ ^([a-z]+)@(.+)$ ]] && echo ${BASH_REMATCH[1]} ${BASH_REMATCH[2]}",
    "[ a -eq 1 ]; echo $?",
    "[ a b ]; echo $?; [ 1 2 3 ]; echo $?; [ 1; echo $?",
    "test; echo $?; test x; echo $?; [ ]; echo $?",
    "x=; [ -z $x ] && echo z; [[ -z $x ]] && echo zz; [[ -v x ]] && echo v",
  ],
  errors: [
    "noexiste; echo $?",
    "./nada; echo $?; mkdir d; ./d; echo $?; echo 'echo hi' > s; ./s; echo $?; chmod +x s; ./s",
    "echo > f; cd nada; cd f/x; cd a b; cd -z",
    "echo )",
    "if true; then echo a",
    "echo 'abierta",
    "for; do",
    "echo a | | b",
    ";;",
    "echo a &&",
    "break; shift 5; echo $?; unset -f nada; export 1a=2; local x",
    "ls --malo; ls -9; cat --malo; rm; mkdir; cp a; mv; touch",
    "printf '%d\\n' x; printf; type nada; command -v nada; wait %3; kill 99999; source; . nada",
  ],
  "builtins and scripts": [
    "printf '%s-%d-%05.2f|%-5s|%5s|%x\\n' a 3 2.5 b c 255; printf '%s\\n' 1 2 3; printf '%q %b' 'a b' 'x\\ny'; printf '%%|%c\\n' abc",
    "echo 'uno dos tres' | { read a b; echo \"$a/$b\"; }; read x <<< 'a\\tb'; echo $x; IFS=, read -a l <<< 1,2,3; echo ${l[1]}",
    "printf 'a\\nb\\n' > f; mapfile -t l < f; echo ${#l[@]} ${l[1]}",
    "cat > s.sh <<'E'\n#!/bin/bash\necho \"$0 $# $1\"\nexit 5\nE\nchmod +x s.sh; ./s.sh a b; echo $?; bash s.sh x; sh -c 'echo $0 $1' n m",
    "printf 'foo\\necho )\\n' > s; bash s; echo $?",
    "type cd echo if; type -t ls for cd; f() { :; }; type -t f",
    "set -- -a -b val resto; while getopts ab: o; do echo $o $OPTARG; done; shift $((OPTIND-1)); echo $1",
    "pushd /tmp > /dev/null; pwd; popd > /dev/null; pwd; cd /; cd - > /dev/null; pwd",
    "shopt -s expand_aliases\nalias hola='echo hola'\nhola mundo",
    "export -p | grep -c USER; declare -p USER; x='a\"b'; declare -p x",
    "env -i A=1 env; env A=1 bash -c 'echo $A'; env nada; echo $?",
    "timeout 0.1 sleep 5; echo $?; true; echo $?; false; echo $?; :; echo $?",
    "seq 3 | xargs echo; echo a b c | xargs -n1 echo; seq 2 | xargs -I{} echo '<{}>'",
    "a() { b; }; b() { echo en b; return 2; }; a; echo $?",
  ],
  utilities: [
    "printf 'b\\na\\nc\\n' | sort | head -2; printf 'x\\nx\\ny\\n' | uniq -c",
    "seq 10 | tail -3; seq 10 | tail -n +9; seq 5 | head -n -3; seq 5 | head -c 3; echo; seq 20 | head | wc -l",
    "printf 'Hola\\nadiós\\nhola mundo\\n' > f; grep hola f; grep -i hola f; grep -n mundo f; grep -v hola f; grep -c hola f; grep -o 'm[a-z]*' f; grep nada f; echo $?; grep -q Hola f && echo sí; grep -w hol f; echo $?",
    "echo 'a+b' > f; grep 'a+b' f; grep -E 'a\\+b' f; grep -F 'a+' f; grep -E '^(a|b)' f; grep 'a\\(+\\)b' f; grep '[a' f; grep '[' f; echo $?",
    "mkdir d; echo x > d/1; echo x > d/2; grep -r x d | sort; grep -l x d/*; grep -rn x . | sort; grep x d; echo $?; grep -h x d/1 d/2; grep -c x d/1 d/2; grep -A1 -n x d/1",
    "printf 'uno dos\\ntres\\n' > f; wc f; wc -l f; wc -w < f; wc -c f; cat f | wc; wc f f; wc nada; echo ñ | wc -m",
    "cat -n <<< $'a\\n\\nb'; cat -A <<< $'a\\tb'; cat nada; echo $?; cat -b <<< $'a\\n\\nb'",
    "mkdir a; mkdir a; mkdir -p a/b/c; ls a; ls -R a; rmdir a; rmdir a/b/c; rm a; rm -r a; rm nada; rm -f nada; echo $?",
    "echo 1 > a; cp a b; cat b; cp a nada/x; cp nada b; mkdir d; cp a b d; ls d; cp d e; cp -r d e; ls e; cp a a; mv a c; ls; mv nada x; mv c d; ls d; cp -r d d/x",
    "touch a b; ls -1; ls a nada; echo $?; ls -a; ls -d d; ls -F; ln -s a l; ls -F; cat l; readlink l; ln -s a l; [ -L l ] && echo enlace",
    "touch b.txt a.txt; chmod 755 a.txt; chmod u-x,g+w a.txt; stat -c %a a.txt; chmod 999 a.txt; chmod +x nada; chmod",
    "seq 1 2 7; seq 3 -1 1; seq -s, 3; seq -w 8 10; seq 0.5 0.5 1.5; seq x; seq",
    "basename /a/b.txt .txt; dirname /a/b.txt; basename a/; dirname a; echo a | tee f; cat f; echo b | tee -a f > /dev/null; cat f",
    "date -u -d @0 '+%Y-%m-%d %H:%M:%S %a %b %j %s'; date -u -d '2026-02-03 04:05:06' +%F_%T; date -d nada; sleep x; date -u -d @0",
    "yes | head -3; yes no | head -1; seq 100000 | head -1; echo ${PIPESTATUS[@]}",
    "echo 'a,b,c' | cut -d, -f2; echo hola | tr a-z A-Z; echo 'x y' | awk '{print $2}'; echo abc | sed 's/b/X/'; echo abc | rev",
    "mkdir -p d/e; touch d/a.py d/e/b.py; find d -name '*.py' | sort; find . -type d | sort",
    "ls -l nada; head nada; tail nada; head -n x f; tail -n x; wc -z; tee -z; grep; echo $?",
    "touch -d 2020-01-01 f; ls -l f | awk '{print $1, $6, $7, $8}'; mkdir d; ls -ld d | cut -c1-10; ls -l | head -1",
  ],
};

describe.each(Object.entries(LINES))("%s", (_, lines) => {
  test.each(lines)("%s", async (line) => {
    const script = `bash -c '${line.replaceAll("'", "'\\''")}'`;
    const [theirs, ours] = await Promise.all([realBash(line), run(newShell().shell, script)]);
    const mine = { ...ours, stdout: neutral(ours.stdout, SCRATCH), stderr: neutral(ours.stderr, SCRATCH) };
    expect(mine).toEqual(theirs);
  });
});
