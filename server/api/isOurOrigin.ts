/**
 * Whether a request may come from a page of ours, or from no page at all. `origin` is the operator's ORIGIN; without
 * it the Host header says who we are.
 */
export function isOurOrigin(header: (name: string) => string | undefined, origin: string | null): boolean {
  const site = header('Sec-Fetch-Site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  const claimed = header('Origin');
  if (claimed === undefined) return true;
  if (origin !== null) return claimed === origin;
  // The scheme of the page, because TLS may end at a proxy and both leave out the usual port.
  const [scheme = '', rest] = claimed.split('//');
  return (
    rest !== undefined &&
    /^https?:$/.test(scheme) &&
    hostOf(claimed) !== null &&
    hostOf(claimed) === hostOf(`${scheme}//${header('Host') ?? ''}`)
  );
}

function hostOf(text: string): string | null {
  return URL.canParse(text) ? new URL(text).host : null;
}
