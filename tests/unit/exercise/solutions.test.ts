/** Every exercise is passed by its own solution, and not without it. */

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openLearner, ROOT, readExercise } from "../sandbox/learner";

const slugs = readdirSync(join(ROOT, "content/ejercicios"));

describe.each(slugs)("%s", (slug) => {
  const { definition, solution } = readExercise(slug);

  it("is not passed at its start", async () => {
    const learner = await openLearner(definition);
    await learner.type("ls");
    expect(learner.session.checks.steps.map(({ state }) => state)).toEqual(definition.steps.map(() => "pendiente"));
    for (const { missing } of learner.session.checks.steps) expect(missing).toMatch(/\S{3}/);
    await learner.leave();
  });

  it("is passed by its own solution", async () => {
    const learner = await openLearner(definition);
    for (const line of solution) {
      const { code, output } = await learner.type(line);
      expect(code, `${line}\n${output}`).toBe(0);
    }
    expect(learner.session.checks.steps).toEqual(definition.steps.map(({ id }) => ({ id, state: "completado" })));
    await learner.leave();
  });

  it("is not passed without its last line", async () => {
    const learner = await openLearner(definition);
    for (const line of solution.slice(0, -1)) await learner.type(line);
    expect(learner.session.checks.steps.some(({ state }) => state === "pendiente")).toBe(true);
    await learner.leave();
  });
});
