/** A scan or document that belongs to a record. The file itself stays where it is: the record holds its fingerprint. */
export interface FileEntry {
  readonly name: string;
  readonly mediaType: string;
  /** bytes */
  readonly size: number;
  /** 64 lower-case hexadecimal digits */
  readonly sha256: string;
  /** the public neither sees the file nor finds the record by it */
  readonly withheld?: boolean;
}

/** The name of the disclosure of the file at `index`. */
export function fileDisclosureName(index: number): string {
  return `file/${index}`;
}

/** Files are public unless they are withheld or the record's counterpart is a natural person. */
export function isPublicFile(file: FileEntry, person: boolean): boolean {
  return !person && file.withheld !== true;
}
