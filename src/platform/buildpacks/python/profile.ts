/** What the buildpack's `.profile.d` scripts do when a dyno starts. */

const MEMORY_MB = 512;

/**
 * The real script sets WEB_CONCURRENCY to 2 on a dyno of this size (memory / 256 MB), and gunicorn then forks two
 * workers. The simulated gunicorn has one sync worker and cannot fork, so both the variable and the line that
 * announces it say 1: what a learner reads in the log is what runs.
 */
const WEB_CONCURRENCY = 1;

export const profileEnv: Readonly<Record<string, string>> = {
  PATH: "/app/.heroku/python/bin:/usr/local/bin:/usr/bin:/bin",
  LANG: "en_US.UTF-8",
  LIBRARY_PATH: "/app/.heroku/python/lib",
  LD_LIBRARY_PATH: "/app/.heroku/python/lib",
  PYTHONHOME: "/app/.heroku/python",
  PYTHONPATH: "/app",
  PYTHONUNBUFFERED: "true",
  FORWARDED_ALLOW_IPS: "*",
  GUNICORN_CMD_ARGS: "--access-logfile -",
  DYNO_RAM: String(MEMORY_MB),
  WEB_CONCURRENCY: String(WEB_CONCURRENCY),
};

/** Printed by web dynos only. */
export const bootLines: readonly string[] = [
  `Python buildpack: Detected ${MEMORY_MB} MB available memory and 8 CPU cores.`,
  `Python buildpack: Defaulting WEB_CONCURRENCY to ${WEB_CONCURRENCY} based on the available memory.`,
];
