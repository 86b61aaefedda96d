import { isList, isObject, type Json } from "./json.ts";

/** Whether a value has the shape that the page gives. */
export type Shape = (value: Json | undefined) => boolean;

/** These members, all of them, and no others. */
export function members(shapes: Readonly<Record<string, Shape>>): Shape {
  const names = Object.keys(shapes);
  return (value) =>
    isObject(value) &&
    Object.keys(value).every((name) => names.includes(name)) &&
    names.every((name) => shapes[name]?.(value[name]) === true);
}

export function listOf(shape: Shape, { min = 0, max = Infinity } = {}): Shape {
  return (value) => isList(value) && value.length >= min && value.length <= max && value.every(shape);
}

export function orNull(shape: Shape): Shape {
  return (value) => value === null || shape(value);
}

export function oneOf(...shapes: readonly Shape[]): Shape {
  return (value) => shapes.some((shape) => shape(value));
}

export function exactly(...wanted: readonly Json[]): Shape {
  return (value) => wanted.some((one) => one === value);
}

export function matching(pattern: RegExp): Shape {
  return (value) => typeof value === "string" && pattern.test(value);
}

export function number(min: number, max = Number.MAX_SAFE_INTEGER): Shape {
  return (value) => typeof value === "number" && Number.isInteger(value) && value >= min && value <= max;
}

export const text: Shape = (value) => typeof value === "string";
export const anything: Shape = (value) => value !== undefined;
export const anyObject: Shape = (value) => isObject(value);
export const hash = matching(/^0x[0-9a-f]{64}$/);
export const address = matching(/^0x[0-9a-f]{40}$/);
export const digest = matching(/^[0-9a-f]{64}$/);
export const quantity = matching(/^0x(?:0|[1-9a-f][0-9a-f]*)$/);
export const base64: Shape = (value) =>
  typeof value === "string" && Buffer.from(value, "base64").toString("base64") === value;
/** of so many bytes */
export const base64Of = (length: number): Shape => {
  return (value) => typeof value === "string" && base64(value) && Buffer.from(value, "base64").length === length;
};
