import { describe, expect, it } from "vitest";
import { createTestPlatform } from "./doubles";

describe("from a push to an answer", () => {
  it("releases v3, starts web.1, answers a request and logs it", async () => {
    const { api, push, fetch, log, platform } = await createTestPlatform();
    const created = await api("POST", "/apps", { name: "hola-flask" });
    expect(created.status).toBe(201);

    const { result, lines } = await push("hola-flask");
    expect(result).toMatchObject({ status: "built", release: 3 });
    expect(lines).toEqual([
      "Compressing source files... done.",
      "Building source:",
      "",
      "-----> Building on the Heroku-26 stack",
      "-----> Determining which buildpack to use for this app",
      "-----> Python app detected",
      "-----> Installing dependencies using 'pip install -r requirements.txt'",
      "-----> Discovering process types",
      "       Procfile declares types -> web",
      "",
      "-----> Compressing...",
      "       Done: 21.2M",
      "-----> Launching...",
      "       Released v3",
      `       https://${platform.app("hola-flask")?.host}/ deployed to Heroku`,
      "",
      "Verifying deploy... done.",
    ]);

    const response = await fetch("hola-flask", "/saludo?nombre=Ana");
    expect(response).toMatchObject({ status: 200, text: "web.1", dyno: "web.1" });

    const written = await log("hola-flask");
    expect(written.slice(0, -1)).toEqual([
      "app[api]: Initial release by user ana@example.com",
      "app[api]: Release v1 created by user ana@example.com",
      "app[api]: Enable Logplex by user ana@example.com",
      "app[api]: Release v2 created by user ana@example.com",
      "app[api]: Build started by user ana@example.com",
      "app[api]: Deploy 00000001 by user ana@example.com",
      "app[api]: Release v3 created by user ana@example.com",
      "app[api]: Scaled to web@1:Basic by user ana@example.com",
      "app[api]: Build succeeded",
      "heroku[web.1]: Starting process with command `gunicorn app:app`",
      "app[web.1]: Python buildpack: Detected 512 MB available memory and 8 CPU cores.",
      "heroku[web.1]: State changed from starting to up",
    ]);
    expect(written.at(-1)).toMatch(
      /^heroku\[router\]: at=info method=GET path="\/saludo\?nombre=Ana" host=hola-flask-[0-9a-f]{12}\.herokuapp\.com request_id=[0-9a-f-]{36} fwd="203\.0\.113\.7" dyno=web\.1 connect=0ms service=0ms status=200 bytes=5 protocol=http1\.1 tls=true tls_version=tls1\.3$/,
    );
  });
});
