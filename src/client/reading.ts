import type {} from "../progress/events";
import {
  markExerciseDone,
  markLessonRead,
  markPlace,
  markStepDone,
  type Progress,
  readProgress,
} from "../progress/store";

/** Keeps where the reader is and which lessons were read to the end; shows on the home page what is done. */
export function rememberReading(): void {
  const { place, lesson } = document.body.querySelector<HTMLElement>("[data-place]")?.dataset ?? {};
  if (place) markPlace({ title: place, href: location.pathname });

  const end = document.querySelector("[data-lesson-end]");
  if (lesson && end) {
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      markLessonRead(lesson);
    });
    observer.observe(end);
  }
  document.addEventListener("despliega:step-done", ({ detail }) => markStepDone(detail.exercise, detail.step));
  document.addEventListener("despliega:exercise-done", ({ detail }) => markExerciseDone(detail.exercise));
  showProgress(readProgress());
}

function showProgress(progress: Progress): void {
  for (const item of document.querySelectorAll<HTMLElement>("[data-done-lesson], [data-done-exercise]")) {
    const { doneLesson, doneExercise, stepCount } = item.dataset;
    const label = item.querySelector<HTMLElement>("[data-done-label]");
    if (doneLesson && progress.lessons[doneLesson]) {
      item.dataset.state = "done";
      if (label) label.textContent = "Leída";
    }
    if (doneExercise) {
      const steps = progress.steps[doneExercise]?.length ?? 0;
      if (progress.exercises[doneExercise]) item.dataset.state = "done";
      else if (steps > 0) item.dataset.state = "begun";
      if (label && steps > 0) label.textContent = `${steps} de ${stepCount} pasos`;
      for (const step of item.querySelectorAll<HTMLElement>("[data-step]")) {
        if (progress.steps[doneExercise]?.includes(step.dataset.step ?? "")) step.dataset.state = "done";
      }
    }
  }
  const next = document.querySelector<HTMLAnchorElement>("[data-continue]");
  if (next && progress.last) {
    next.href = progress.last.href;
    const title = next.querySelector("[data-continue-title]");
    if (title) title.textContent = progress.last.title;
    next.hidden = false;
  }
}
