/** The exercise is about what is running, not about what was typed: other roads than the solution's lead there too. */

import { expect, it } from "vitest";
import { type Learner, openLearner, readExercise } from "../sandbox/learner";

const { definition } = readExercise("desplegar-flask");

function pending(learner: Learner): readonly string[] {
  return learner.session.checks.steps.filter(({ state }) => state === "pendiente").map(({ id }) => id);
}

function missing(learner: Learner, step: string): string | undefined {
  return learner.session.checks.steps.find(({ id }) => id === step)?.missing;
}

it("is passed backwards, after a deploy without Procfile and one that does not build", async () => {
  const learner = await openLearner(definition);
  const succeed = async (line: string) => {
    const { code, output } = await learner.type(line);
    expect(code, `${line}\n${output}`).toBe(0);
    return output;
  };

  await succeed("heroku apps:create una-mia");
  expect(missing(learner, "aplicacion")).toContain("git:remote");
  await succeed("git init && heroku git:remote -a una-mia");
  await succeed("git add -A && git commit -m 'Tal como estaba'");
  expect(await succeed("git push heroku main")).toContain("Procfile declares types     -> (none)");
  expect(missing(learner, "despliegue")).toContain("ps:scale web=1");
  await succeed("heroku config:set SALUDO=Buenas");

  await succeed("printf 'flask>=3\\nGunicorn~=26.0\\nflsk\\n' > requirements.txt");
  await succeed("cat > Procfile << FIN\n# arranque\nweb: gunicorn --log-level info app:app\nFIN");
  await succeed("git add -A && git commit -m 'Con una errata'");
  expect((await learner.type("git push heroku main")).output).toContain("No matching distribution found for flsk");
  expect(pending(learner)).toEqual(["despliegue", "visita", "escala", "vuelta-atras"]);
  await succeed("grep -v flsk requirements.txt > bien && mv bien requirements.txt");
  await succeed("git commit -am 'Sin la errata' && git push heroku main");
  expect(pending(learner)).toEqual(["despliegue", "visita", "escala", "vuelta-atras"]);

  // More than one dyno at once: the deploy's step asks for one that is up.
  await succeed("heroku ps:scale web=2:standard-1x");
  expect(pending(learner)).toEqual(["visita", "vuelta-atras"]);
  await succeed("heroku logs --help");
  await succeed("heroku help logs");
  await succeed("heroku open");
  expect(missing(learner, "visita")).toContain("registros");
  await succeed("cd templates; heroku logs -n 20 | grep up");
  expect(pending(learner)).toEqual(["vuelta-atras"]);
  await succeed("heroku rollback");
  expect(pending(learner)).toEqual([]);
  await learner.leave();
}, 60_000);
