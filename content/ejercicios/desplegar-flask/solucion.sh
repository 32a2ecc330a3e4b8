echo "gunicorn==26.2.0" >> requirements.txt
echo "web: gunicorn app:app" > Procfile
git init
git add .
git commit -m "Primera versión"
heroku create
git push heroku main
heroku open
heroku logs
heroku config:set SALUDO="Hola desde la nube"
heroku ps:scale web=2:standard-1x
heroku releases
heroku rollback v3
