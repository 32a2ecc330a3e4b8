/**
 * The workbench alone, with a workspace that only pretends. Parameters of the address: `tema` (dark, light), `fallo`
 * (the first start fails), `lento` (starts hang), `recuperado` (a stored state that could not be read).
 */
import "../../src/styles/site.css";
import { mountWorkbench } from "../../src/workbench/mount";
import { FakeEngine } from "./fake-engine";
import { FAKE_EXERCISE, FAKE_SPEC } from "./fake-exercise";

declare global {
  var fake: { readonly engine: FakeEngine; readonly done: string[]; dispose(): void };
}

const parameters = new URLSearchParams(location.search);
const theme = parameters.get("tema");
if (theme) document.documentElement.dataset.theme = theme;

const engine = new FakeEngine({
  failures: parameters.has("fallo") ? 1 : 0,
  hang: parameters.has("lento"),
  recovered: parameters.has("recuperado"),
});
const done: string[] = [];
const root = document.getElementById("root");
if (!root) throw new Error("the page has no #root");
const { dispose } = mountWorkbench(root, {
  exercise: FAKE_EXERCISE,
  spec: FAKE_SPEC,
  engine,
  storage: { onStepDone: (id) => done.push(id) },
});
globalThis.fake = { engine, done, dispose };
