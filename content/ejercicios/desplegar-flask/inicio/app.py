import os

from flask import Flask, render_template

app = Flask(__name__)

# Vive en la memoria de este proceso: cada dyno tiene la suya.
visitas = 0


@app.route("/")
def inicio():
    global visitas
    visitas += 1
    return render_template(
        "inicio.html",
        # La configuración llega por variables de entorno.
        saludo=os.environ.get("SALUDO", "Hola, mundo"),
        visitas=visitas,
        dyno=os.environ.get("DYNO", "mi ordenador"),
    )
