import { readFileSync } from "node:fs";
import { join } from "node:path";
import express, { type RequestHandler } from "express";
import type { Assets } from "../../web/view/document.ts";

/** The folder that scripts/web-build.ts wrote, and the addresses of its files. */
export interface BuiltAssets {
  readonly folder: string;
  readonly addresses: Assets;
}

/** Reads the list of built assets. Throws where the page was never built, so that a gateway without a page does not start. */
export function readAssets(folder: string): BuiltAssets {
  const list: unknown = JSON.parse(readFileSync(join(folder, "assets.json"), "utf8"));
  const address = (role: keyof Assets): string => {
    const name: unknown = typeof list === "object" && list !== null ? Reflect.get(list, role) : undefined;
    if (typeof name !== "string")
      throw new Error(`${join(folder, "assets.json")} names no ${role}: build the page again.`);
    return `/assets/${name}`;
  };
  return { folder, addresses: { script: address("script"), style: address("style"), logo: address("logo") } };
}

/** Serves them for ever: a changed file has another name. */
export function assetFiles(assets: BuiltAssets): RequestHandler {
  return express.static(assets.folder, { immutable: true, maxAge: "365d", index: false, dotfiles: "ignore" });
}
