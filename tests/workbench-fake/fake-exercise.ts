import type { WorkspaceSpec } from "../../src/sandbox/workspace";
import type { WorkbenchExercise } from "../../src/workbench/mount";

const APP = `import os

from flask import Flask, render_template

app = Flask(__name__)


@app.route("/")
def inicio():
    # La variable llega de la plataforma.
    saludo = os.environ.get("SALUDO", "Hola")
    return render_template("inicio.html", saludo=saludo, visitas=42)
`;

export const FAKE_FILES: Readonly<Record<string, string>> = {
  "app.py": APP,
  "requirements.txt": "Flask==3.1.2\ngunicorn==23.0.0\n",
  "templates/inicio.html": "<!doctype html>\n<title>Inicio</title>\n<h1>{{ saludo }}</h1>\n",
  "static/estilo.css": "body {\n  font-family: sans-serif;\n}\n",
  "README.md": "# Hola Flask\n\nUna aplicación pequeña.\n",
  ".gitignore": "__pycache__/\n",
};

export const FAKE_SPEC: WorkspaceSpec = {
  id: "de-mentira",
  exercise: { slug: "desplegar-flask", folder: "hola-flask", files: FAKE_FILES, steps: [] },
};

export const FAKE_EXERCISE: WorkbenchExercise = {
  slug: "desplegar-flask",
  title: "Despliega tu primera aplicación Flask",
  goalHtml:
    "<p>Al final tu aplicación responderá en <strong>su propia dirección</strong>, publicada con un <code>git push</code>.</p>",
  steps: [
    {
      id: "crear",
      title: "Crea la aplicación en la plataforma",
      html: "<p>Antes de enviar código hace falta un lugar que lo reciba. La orden <code>heroku create</code> lo crea y añade a tu repositorio un remoto que se llama <code>heroku</code>.</p>",
      hints: [
        "<p>La orden empieza por <code>heroku</code>.</p>",
        "<p>Mira lo que dice <code>heroku help</code> sobre crear aplicaciones.</p>",
        "<pre><code>heroku create</code></pre>",
      ],
    },
    {
      id: "procfile",
      title: "Di cómo se arranca",
      html: "<p>La plataforma lee el archivo <code>Procfile</code>. Escribe en él qué proceso atiende la web:</p><pre><code>web: gunicorn app:app</code></pre>",
      hints: ["<p>El archivo se llama <code>Procfile</code>, sin extensión.</p>", "<p>Una sola línea.</p>"],
    },
    {
      id: "publicar",
      title: "Publica con git push",
      html: "<p>Guarda los cambios en un <em>commit</em> y envíalos al remoto <code>heroku</code>.</p>",
      hints: ["<p><code>git push heroku main</code></p>"],
    },
    {
      id: "mirar",
      title: "Mira el resultado",
      html: "<p>Abre la aplicación con <code>heroku open</code>.</p>",
      hints: ["<p><code>heroku open</code></p>"],
    },
  ],
  solution: {
    files: [
      { path: "Procfile", text: "web: gunicorn app:app\n" },
      { path: "app.py", text: APP },
    ],
    script: 'heroku create\ngit add .\ngit commit -m "Añade el Procfile"\ngit push heroku main\nheroku open\n',
  },
  next: { title: "Variables de configuración", href: "/lecciones/configuracion/" },
};
