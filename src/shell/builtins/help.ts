/** `help`, in Spanish, and `history`. */

import { output } from "../interpreter/state";
import type { Builtin } from "./builtin";

const GUIDE = `Esta terminal entiende bash. Lo que hay:

  Archivos     ls  cat  head  tail  touch  cp  mv  rm  mkdir  rmdir  ln  chmod  tree  find  stat  du  file
  Moverse      cd  pwd  cd -  ~
  Texto        echo  printf  grep  sed  awk  sort  uniq  wc  cut  tr  diff  tee  xargs  jq
  Variables    NOMBRE=valor  export  env  unset  read
  Otros        date  seq  sleep  which  type  history  clear  kill  jobs  bash

  Desplegar    git      control de versiones         git help
               heroku   la plataforma                heroku help

Enlaza comandos con | && || ; y redirige con > >> < 2> &>.
Para escribir un archivo: cat > app.py <<'EOF', su contenido y EOF al final.

Teclas: Tab completa, ↑ y ↓ recorren lo ya escrito, Ctrl-C interrumpe, Ctrl-L limpia la pantalla.
La ayuda de cada comando: comando --help
`;

const help: Builtin = async ({ frame }) => {
  await output(frame).write(GUIDE);
  return 0;
};

const history: Builtin = async ({ args, frame, interpreter }) => {
  const lines = interpreter.world.history;
  if (args[0] === "-c") {
    lines.length = 0;
    return 0;
  }
  const count = /^\d+$/.test(args[0] ?? "") ? Number(args[0]) : lines.length;
  const from = Math.max(0, lines.length - count);
  for (const [index, line] of lines.slice(from).entries()) {
    await output(frame).write(`${String(from + index + 1).padStart(5)}  ${line}\n`);
  }
  return 0;
};

export const helpBuiltins = { help, history } satisfies Record<string, Builtin>;
