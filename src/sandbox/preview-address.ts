/** Address prefix of previews on the sandbox origin: `/_app/<workspace>/<app>/…`. */
export const PREVIEW_PREFIX = "/_app/";
