/** Shell variables: strings, indexed arrays, associative arrays; exported, read-only, local to a function. */

export type Value =
  | { readonly kind: "string"; readonly text: string }
  | { readonly kind: "array"; readonly items: ReadonlyMap<number, string> }
  | { readonly kind: "associative"; readonly items: ReadonlyMap<string, string> };

export interface Variable {
  readonly value: Value | undefined;
  readonly exported: boolean;
  readonly readOnly: boolean;
}

/** An assignment to a read-only variable. */
export class ReadOnlyVariable extends Error {
  constructor(readonly variable: string) {
    super(`${variable}: readonly variable`);
  }
}

const NEW: Variable = { value: undefined, exported: false, readOnly: false };

/** Scopes from the outermost to the innermost function. */
export class Variables {
  private readonly scopes: Map<string, Variable>[];

  constructor(scopes: Map<string, Variable>[] = [new Map()]) {
    this.scopes = scopes;
  }

  clone(): Variables {
    return new Variables(this.scopes.map((scope) => new Map(scope)));
  }

  pushScope(): void {
    this.scopes.push(new Map());
  }

  popScope(): void {
    if (this.scopes.length > 1) this.scopes.pop();
  }

  /** Leaves all functions. */
  toOutermost(): void {
    this.scopes.length = 1;
  }

  get(name: string): Value | undefined {
    return this.scopeOf(name)?.get(name)?.value;
  }

  /** As `$name` sees it: the first element of an array. */
  text(name: string): string | undefined {
    const value = this.get(name);
    if (!value) return undefined;
    if (value.kind === "string") return value.text;
    return value.kind === "array" ? value.items.get(0) : value.items.get("0");
  }

  has(name: string): boolean {
    return this.scopeOf(name)?.has(name) ?? false;
  }

  set(name: string, value: Value): void {
    this.change(name, (old) => {
      if (old.readOnly) throw new ReadOnlyVariable(name);
      return { ...old, value };
    });
  }

  setText(name: string, text: string): void {
    const old = this.get(name);
    if (old?.kind === "array") this.set(name, { kind: "array", items: new Map(old.items).set(0, text) });
    else if (old?.kind === "associative")
      this.set(name, { kind: "associative", items: new Map(old.items).set("0", text) });
    else this.set(name, { kind: "string", text });
  }

  setItem(name: string, key: string, text: string): void {
    const old = this.get(name);
    if (old?.kind === "associative") {
      this.set(name, { kind: "associative", items: new Map(old.items).set(key, text) });
      return;
    }
    const items = new Map(old?.kind === "array" ? old.items : old ? [[0, old.text]] : []);
    const index = Number(key);
    items.set(index < 0 ? Math.max(-1, ...items.keys()) + 1 + index : index, text);
    this.set(name, { kind: "array", items: new Map([...items].sort(([a], [b]) => a - b)) });
  }

  export(name: string, exported = true): void {
    this.change(name, (old) => ({ ...old, exported }));
  }

  isExported(name: string): boolean {
    return this.scopeOf(name)?.get(name)?.exported ?? false;
  }

  makeReadOnly(name: string): void {
    this.change(name, (old) => ({ ...old, readOnly: true }));
  }

  isReadOnly(name: string): boolean {
    return this.scopeOf(name)?.get(name)?.readOnly ?? false;
  }

  /** The variable that `name` means now, to be given to `putBack`. */
  take(name: string): Variable | undefined {
    return this.scopeOf(name)?.get(name);
  }

  putBack(name: string, variable: Variable | undefined): void {
    const scope = this.scopeOf(name) ?? this.scopes[0];
    if (variable) scope?.set(name, variable);
    else scope?.delete(name);
  }

  /** Makes a variable of the innermost function. */
  declareLocal(name: string): void {
    const scope = this.scopes.at(-1);
    if (scope && !scope.has(name)) scope.set(name, NEW);
  }

  unset(name: string): void {
    const scope = this.scopeOf(name);
    if (scope?.get(name)?.readOnly) throw new ReadOnlyVariable(name);
    scope?.delete(name);
  }

  unsetItem(name: string, key: string): void {
    const old = this.get(name);
    if (old?.kind === "associative") {
      const items = new Map(old.items);
      items.delete(key);
      this.set(name, { kind: "associative", items });
    } else if (old?.kind === "array") {
      const items = new Map(old.items);
      items.delete(Number(key));
      this.set(name, { kind: "array", items });
    }
  }

  /** Environment of a command. */
  environment(): Record<string, string> {
    const result: Record<string, string> = {};
    for (const name of this.names()) {
      const text = this.isExported(name) ? this.text(name) : undefined;
      if (text !== undefined) result[name] = text;
    }
    return result;
  }

  names(): string[] {
    return [...new Set(this.scopes.flatMap((scope) => [...scope.keys()]))].sort();
  }

  private scopeOf(name: string): Map<string, Variable> | undefined {
    for (let at = this.scopes.length - 1; at >= 0; at--) {
      const scope = this.scopes[at];
      if (scope?.has(name)) return scope;
    }
    return undefined;
  }

  private change(name: string, update: (old: Variable) => Variable): void {
    const scope = this.scopeOf(name) ?? this.scopes[0];
    scope?.set(name, update(scope.get(name) ?? NEW));
  }
}
