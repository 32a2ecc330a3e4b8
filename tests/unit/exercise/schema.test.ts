import { describe, expect, it } from "vitest";
import { z } from "zod";
import { exerciseDefinition } from "../../../src/exercise/definition";
import { exerciseSchema } from "../../../src/exercise/schema";

const CHECK = { tipo: "visita", falta: "Todavía no la has abierto." };
const STEP = {
  id: "mirar",
  titulo: "Mírala",
  texto: "Abre la aplicación.",
  pistas: ["Ábrela."],
  comprobaciones: [CHECK],
};
const EXERCISE = {
  titulo: "Mirar",
  meta: "La habrás visto.",
  resumen: "Abre una aplicación.",
  carpeta: "mirar",
  minutos: 5,
  pasos: [STEP],
};

/** As the site reads a declaration: what no schema says itself comes from zod's Spanish. */
function problems(declaration: unknown): readonly string[] {
  const parsed = exerciseSchema.safeParse(declaration, { error: z.locales.es().localeError });
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
}

function withCheck(check: unknown): unknown {
  return { ...EXERCISE, pasos: [{ ...STEP, comprobaciones: [check] }] };
}

it("takes a complete declaration and fills in what may be left out", () => {
  const exercise = exerciseSchema.parse(withCheck({ tipo: "dynos", cantidad: 1, falta: "Falta un dyno." }));
  expect(exercise.motor).toBe("integrado");
  expect(exercise.pasos[0]?.comprobaciones).toEqual([
    { tipo: "dynos", proceso: "web", cantidad: 1, exacta: false, arriba: true, falta: "Falta un dyno." },
  ]);
});

it("gives the engine the steps' checks and the start files, without the texts", () => {
  const exercise = exerciseSchema.parse(EXERCISE);
  expect(exerciseDefinition("mirar-una", exercise, { "app.py": "app = 1\n" })).toEqual({
    slug: "mirar-una",
    folder: "mirar",
    files: { "app.py": "app = 1\n" },
    steps: [{ id: "mirar", checks: [CHECK] }],
  });
});

describe("what instructors read", () => {
  it("names what is missing or of another kind", () => {
    const { titulo: _, ...untitled } = EXERCISE;
    expect(problems({ ...untitled, meta: 3, resumen: " ", minutos: "cinco", motor: "nube", pasos: "uno" })).toEqual([
      "titulo: falta: un texto",
      "meta: debe ser un texto; entre comillas si parece un número",
      "resumen: está vacío",
      "motor: debe ser uno de estos: integrado, webcontainer",
      "minutos: debe ser un número entero, 1 o más, sin comillas",
      "pasos: debe ser una lista, aunque tenga un solo elemento",
    ]);
  });

  it("lists the keys that there are", () => {
    expect(problems({ ...EXERCISE, pasos: [{ ...STEP, pista: "Ábrela." }] })).toEqual([
      "pasos.0: no se conoce «pista»; se admiten: id, titulo, texto, pistas, comprobaciones",
    ]);
  });

  it.each([
    [{ ...CHECK, tipo: "vista" }, "tipo: no se conoce «vista»; se admiten: archivo, repositorio, aplicacion, "],
    [{ falta: "Nada." }, "tipo: falta; se admiten: archivo, repositorio, aplicacion, "],
    [{ tipo: "visita" }, "falta: falta: un texto"],
    [{ tipo: "archivo", ruta: "../app.py", falta: "No." }, "ruta: debe ser una ruta relativa a la carpeta"],
    [{ tipo: "archivo", ruta: "a", contiene: "(", falta: "No." }, "contiene: no es una expresión regular válida"],
    [{ tipo: "http", ruta: "saludo", falta: "No." }, "ruta: debe ser una ruta que empiece por «/»"],
    [{ tipo: "dynos", cantidad: -1, falta: "No." }, "cantidad: debe ser un número entero, 0 o más"],
  ])("explains the check %j", (check, message) => {
    const [first, ...more] = problems(withCheck(check));
    expect(first?.startsWith(`pasos.0.comprobaciones.0.${message}`), first).toBe(true);
    expect(more).toEqual([]);
  });

  it("asks for a hint, a check and steps that can be told apart", () => {
    expect(problems({ ...EXERCISE, pasos: [{ ...STEP, pistas: [], comprobaciones: [] }] })).toEqual([
      "pasos.0.pistas: al menos una pista",
      "pasos.0.comprobaciones: al menos una comprobación",
    ]);
    expect(problems({ ...EXERCISE, pasos: [STEP, STEP] })).toEqual(["pasos: dos pasos tienen el id «mirar»"]);
  });
});
