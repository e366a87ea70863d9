import { isIP } from 'node:net';

/**
 * The address that limits count by: the socket's, or behind `proxies` proxies the one that many from the right in
 * X-Forwarded-For, which is what the outermost of them saw. What stands further left may be made up.
 */
export function clientAddress(
  socket: string | undefined,
  forwarded: string | undefined,
  proxies: number,
): string {
  const claimed = proxies > 0 ? forwarded?.split(',').at(-proxies) : undefined;
  return normalAddress(claimed ?? '') ?? normalAddress(socket ?? '') ?? 'unknown';
}

/** IPv6 by /64, because one phone may change the rest as it likes; `null` when it is no address. */
function normalAddress(text: string): string | null {
  const plain = withoutPort(text.trim()).replace(/%.*$/, '').toLowerCase();
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain)?.[1] ?? plain;
  if (isIP(mapped) === 4) return mapped;
  return isIP(mapped) === 6 ? `${firstGroups(mapped)}::/64` : null;
}

/** Some proxies add the port: 203.0.113.7:4711, [2001:db8::1]:4711. */
function withoutPort(text: string): string {
  return /^\[([^\]]*)\](?::\d+)?$/.exec(text)?.[1] ?? /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(text)?.[1] ?? text;
}

function firstGroups(address: string): string {
  const [head = '', tail] = address.split('::');
  const groups = head === '' ? [] : head.split(':');
  if (tail !== undefined) {
    // A dotted ending stands for two groups.
    const after = tail === '' ? 0 : tail.split(':').length + (tail.includes('.') ? 1 : 0);
    while (groups.length + after < 8) groups.push('0');
  }
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
