/** What the workshop needs of an exercise, fetched when it is opened: the page itself stays small. */

import { getCollection, getEntry } from "astro:content";
import type { APIRoute, InferGetStaticPropsType } from "astro";
import type { TallerData } from "../../../components/taller-data";
import { exerciseDefinition } from "../../../exercise/definition";

export async function getStaticPaths() {
  return (await getCollection("ejercicios")).map((exercise) => ({
    params: { slug: exercise.id },
    props: { exercise },
  }));
}

type Props = InferGetStaticPropsType<typeof getStaticPaths>;

export const GET: APIRoute<Props> = async ({ props: { exercise } }) => {
  const { definicion, inicio, solucion, guion, html } = exercise.data;
  const lesson = definicion.leccion ? await getEntry("lecciones", definicion.leccion) : undefined;
  const data: TallerData = {
    spec: {
      id: exercise.id,
      exercise: exerciseDefinition(exercise.id, definicion, inicio),
    },
    exercise: {
      slug: exercise.id,
      title: definicion.titulo,
      goalHtml: html.meta,
      steps: definicion.pasos.map(({ id, titulo }, index) => ({
        id,
        title: titulo,
        html: html.pasos[index]?.texto ?? "",
        hints: html.pasos[index]?.pistas ?? [],
      })),
      solution: {
        files: Object.entries(solucion).map(([path, text]) => ({ path, text })),
        script: guion,
      },
      next: lesson && { title: lesson.data.titulo, href: `/lecciones/${lesson.id}/` },
    },
  };
  return new Response(JSON.stringify(data), { headers: { "Content-Type": "application/json" } });
};
