export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
export type JsonObject = { readonly [name: string]: Json };

/** C(value): the RFC 8785 text. */
export function canonical(value: Json): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonical).join(",")}]`;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(",")}}`;
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !isList(value);
}

const space = /[ \t\n\r]*/y;
const atom = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
// eslint-disable-next-line no-control-regex -- JSON forbids control characters in strings
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const deepest = 64;

/** Reads JSON that two readers cannot understand differently. Throws for everything that the page says is refused. */
export function parse(text: string): Json {
  let at = 0;

  function take(pattern: RegExp): string {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found === undefined) throw new Error(`no JSON at ${at}`);
    at += found.length;
    return found;
  }
  function mark(wanted: string): boolean {
    take(space);
    if (text[at] !== wanted) return false;
    at++;
    take(space);
    return true;
  }
  function items(end: string, item: () => void): void {
    if (mark(end)) return;
    do item();
    while (mark(","));
    if (!mark(end)) throw new Error(`no ${end} at ${at}`);
  }
  function stringHere(): string {
    const value: unknown = JSON.parse(take(string));
    if (typeof value !== "string" || !value.isWellFormed()) throw new Error(`half of a pair before ${at}`);
    return value;
  }
  function list(depth: number): Json {
    const list: Json[] = [];
    items("]", () => list.push(value(depth)));
    return list;
  }
  function object(depth: number): Json {
    const members = new Map<string, Json>();
    items("}", () => {
      const name = stringHere();
      if (members.has(name)) throw new Error(`${name} stands twice`);
      if (!mark(":")) throw new Error(`no colon at ${at}`);
      members.set(name, value(depth));
    });
    return Object.fromEntries(members);
  }
  function value(depth: number): Json {
    if (text[at] === '"') return stringHere();
    const isDeep = depth === deepest;
    if ((text[at] === "[" || text[at] === "{") && isDeep) throw new Error("too deep");
    if (mark("[")) return list(depth + 1);
    if (mark("{")) return object(depth + 1);
    return simple(take(atom));
  }

  take(space);
  const whole = value(0);
  take(space);
  if (at !== text.length) throw new Error(`more at ${at}`);
  return whole;
}

function simple(token: string): Json {
  if (token === "null") return null;
  if (token === "true" || token === "false") return token === "true";
  const number = Number(token);
  const [mantissa = ""] = token.split(/e/i);
  if (Math.abs(number) > 2 ** 53 - 1) throw new Error(`${token} is beyond 2^53 - 1`);
  if (number === 0 && /[1-9]/.test(mantissa)) throw new Error(`${token} is not 0`);
  return number;
}
