import { describe, expect, it } from "vitest";
import { type ExerciseFacts, evaluateSteps, isMet, neededProbes } from "../../../src/exercise/evaluate";
import { type Check, checkSchema, type ExerciseDefinition } from "../../../src/exercise/schema";

/** Nothing was done yet. */
const NOTHING: ExerciseFacts = {
  file: () => undefined,
  repository: undefined,
  app: undefined,
  visited: false,
  commands: [],
  probe: () => undefined,
};

const APP: NonNullable<ExerciseFacts["app"]> = {
  release: 3,
  deployed: true,
  rolledBack: false,
  configVars: { SALUDO: "Hola desde la nube" },
  formation: { web: { quantity: 2, size: "Standard-1X" } },
  dynos: [
    { type: "web", state: "up" },
    { type: "web", state: "up" },
  ],
};

function check(declaration: Readonly<Record<string, unknown>>): Check {
  return checkSchema.parse({ falta: "Falta.", ...declaration });
}

function exercise(steps: Readonly<Record<string, readonly Check[]>>): ExerciseDefinition {
  return {
    slug: "prueba",
    folder: "prueba",
    files: {},
    steps: Object.entries(steps).map(([id, checks]) => ({ id, checks })),
  };
}

describe("steps", () => {
  const two = exercise({
    procfile: [
      check({ tipo: "archivo", ruta: "Procfile", falta: "No hay Procfile." }),
      check({ tipo: "archivo", ruta: "Procfile", contiene: "^web:", falta: "No hay web." }),
    ],
    visita: [check({ tipo: "visita", falta: "Ábrela." })],
  });

  it("say the first thing that is missing", () => {
    expect(evaluateSteps(two, [], NOTHING)).toEqual([
      { id: "procfile", state: "pendiente", missing: "No hay Procfile." },
      { id: "visita", state: "pendiente", missing: "Ábrela." },
    ]);
    const file = () => "worker: python a.py\n";
    expect(evaluateSteps(two, [], { ...NOTHING, file })[0]).toEqual({
      id: "procfile",
      state: "pendiente",
      missing: "No hay web.",
    });
  });

  it("may be done in any order, and stay done", () => {
    const first = evaluateSteps(two, [], { ...NOTHING, visited: true });
    expect(first).toEqual([
      { id: "procfile", state: "pendiente", missing: "No hay Procfile." },
      { id: "visita", state: "completado" },
    ]);
    expect(evaluateSteps(two, first, NOTHING)).toEqual(first);
  });

  it("need a probe only while they are pending, each path once", () => {
    const probing = exercise({
      inicio: [check({ tipo: "http" }), check({ tipo: "http", contiene: "Hola" })],
      api: [check({ tipo: "http", ruta: "/api" }), check({ tipo: "http" })],
    });
    expect(neededProbes(probing, [])).toEqual(["/", "/api"]);
    expect(neededProbes(probing, [{ id: "api", state: "completado" }])).toEqual(["/"]);
    expect(neededProbes(two, [])).toEqual([]);
  });
});

describe("a check of a file", () => {
  const facts: ExerciseFacts = {
    ...NOTHING,
    file: (path) => (path === "a.txt" ? "Flask==3.1.3\ngunicorn\n" : undefined),
  };

  it.each([
    [{ ruta: "a.txt" }, true],
    [{ ruta: "b.txt" }, false],
    [{ ruta: "a.txt", contiene: "^gunicorn$" }, true],
    [{ ruta: "a.txt", contiene: "^unicorn" }, false],
  ])("%j: %s", (declaration, met) => expect(isMet(check({ tipo: "archivo", ...declaration }), facts)).toBe(met));
});

describe("a check of the repository", () => {
  const repository = { commits: 2, committed: (path: string) => path === "app.py", remote: false };

  it.each([
    [{ commits: 2 }, true],
    [{ commits: 3 }, false],
    [{ incluye: ["app.py"] }, true],
    [{ incluye: ["app.py", "Procfile"] }, false],
  ])("%j: %s", (declaration, met) => {
    expect(isMet(check({ tipo: "repositorio", ...declaration }), { ...NOTHING, repository })).toBe(met);
    expect(isMet(check({ tipo: "repositorio", ...declaration }), NOTHING)).toBe(false);
  });

  it("tells whether it has a remote for the application", () => {
    const linked = check({ tipo: "aplicacion" });
    expect(isMet(linked, { ...NOTHING, app: APP, repository })).toBe(false);
    expect(isMet(linked, { ...NOTHING, app: APP, repository: { ...repository, remote: true } })).toBe(true);
    expect(isMet(check({ tipo: "aplicacion", remoto: false }), { ...NOTHING, app: APP })).toBe(true);
    expect(isMet(check({ tipo: "aplicacion", remoto: false }), NOTHING)).toBe(false);
  });
});

describe("a check of the application", () => {
  it.each([
    [{ tipo: "despliegue" }, true],
    [{ tipo: "despliegue", desde: 4 }, false],
    [{ tipo: "config", variable: "SALUDO" }, true],
    [{ tipo: "config", variable: "SALUDO", valor: "nube$" }, true],
    [{ tipo: "config", variable: "SALUDO", valor: "^nube" }, false],
    [{ tipo: "config", variable: "toString" }, false],
    [{ tipo: "dynos", cantidad: 1 }, true],
    [{ tipo: "dynos", cantidad: 1, exacta: true }, false],
    [{ tipo: "dynos", cantidad: 2, exacta: true, clase: "standard-1x" }, true],
    [{ tipo: "dynos", cantidad: 2, clase: "basic" }, false],
    [{ tipo: "dynos", cantidad: 3 }, false],
    [{ tipo: "dynos", cantidad: 0, proceso: "worker" }, false],
    [{ tipo: "dynos", cantidad: 0, proceso: "constructor" }, false],
    [{ tipo: "rollback" }, false],
  ])("%j: %s", (declaration, met) => {
    expect(isMet(check(declaration), { ...NOTHING, app: APP })).toBe(met);
    expect(isMet(check(declaration), NOTHING)).toBe(false);
  });

  it("wants a deployed release to be current", () => {
    const undeployed = { ...NOTHING, app: { ...APP, deployed: false } };
    expect(isMet(check({ tipo: "despliegue" }), undeployed)).toBe(false);
  });

  it("wants the dynos up unless it says otherwise", () => {
    const [up] = APP.dynos;
    const facts = {
      ...NOTHING,
      app: { ...APP, dynos: [up, { type: "web", state: "starting" }].filter((one) => one !== undefined) },
    };
    expect(isMet(check({ tipo: "dynos", cantidad: 2 }), facts)).toBe(false);
    expect(isMet(check({ tipo: "dynos", cantidad: 2, arriba: false }), facts)).toBe(true);
  });

  it("knows a rollback whenever it was", () => {
    expect(isMet(check({ tipo: "rollback" }), { ...NOTHING, app: { ...APP, rolledBack: true } })).toBe(true);
  });
});

describe("a check of an answer", () => {
  const probe = (path: string) => (path === "/" ? { status: 200, body: "<h1>Hola</h1>\n<p>2</p>" } : undefined);

  it.each([
    [{}, true],
    [{ contiene: "^<p>\\d" }, true],
    [{ contiene: "Adiós" }, false],
    [{ estado: 404 }, false],
    [{ ruta: "/otra" }, false],
  ])("%j: %s", (declaration, met) =>
    expect(isMet(check({ tipo: "http", ...declaration }), { ...NOTHING, probe })).toBe(met),
  );
});

it("finds a command among those that ended well", () => {
  const facts = { ...NOTHING, commands: ["ls", "cd hola && heroku logs -n 20"] };
  expect(isMet(check({ tipo: "orden", patron: "\\bheroku logs\\b" }), facts)).toBe(true);
  expect(isMet(check({ tipo: "orden", patron: "^heroku logs" }), facts)).toBe(false);
});
