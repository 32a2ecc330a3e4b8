/** What this command says it is: the published CLI whose texts it reproduces, as its installer ships it. */
export const VERSION = "heroku/11.10.0 linux-x64 node-v22.20.0";
