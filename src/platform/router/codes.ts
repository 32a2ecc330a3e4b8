/** The router's error codes. Source: Dev Center, "Heroku Error Codes"; descriptions as the router logs them. */

export interface RouterError {
  readonly desc: string;
  readonly status: number;
  readonly at: "info" | "warning" | "error";
  readonly sock?: "client" | "backend";
}

export const ROUTER_ERRORS = {
  H10: { desc: "App crashed", status: 503, at: "error" },
  H11: { desc: "Backlog too deep", status: 503, at: "error" },
  H12: { desc: "Request timeout", status: 503, at: "error" },
  H13: { desc: "Connection closed without response", status: 503, at: "error" },
  H14: { desc: "No web processes running", status: 503, at: "error" },
  H15: { desc: "Idle connection", status: 503, at: "error" },
  H18: { desc: "Server Request Interrupted", status: 503, at: "error", sock: "backend" },
  H20: { desc: "App boot timeout", status: 503, at: "error" },
  H27: { desc: "Client Request Interrupted", status: 499, at: "warning", sock: "client" },
  H28: { desc: "Client Connection Idle", status: 499, at: "warning", sock: "client" },
  H80: { desc: "Maintenance mode", status: 503, at: "info" },
  H81: { desc: "Blank app", status: 502, at: "info" },
  H99: { desc: "Platform error", status: 503, at: "error" },
} as const satisfies Record<string, RouterError>;

export type RouterCode = keyof typeof ROUTER_ERRORS;
