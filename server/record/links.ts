/** Where a record's answers are: relative to this gateway, unless it was told its public address. */
export interface Links {
  self: string;
  certificate: string;
  page: string;
}

export type LinksOf = (digest: string) => Links;

/** `publicUrl` without a slash at the end; null: links are relative to the address that the request came to. */
export function linksUnder(publicUrl: string | null): LinksOf {
  const base = publicUrl ?? "";
  return (digest) => ({
    self: `${base}/v1/records/${digest}`,
    certificate: `${base}/v1/records/${digest}/certificate`,
    page: `${base}/r/${digest}`,
  });
}
