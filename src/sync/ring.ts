import type { Credential } from '#crypto/keys.ts';
import * as v from 'valibot';
import type { StoredCode, StoredRing } from '#data/syncTables.ts';
import { concat, fromHex, toHex, u32 } from '#crypto/bytes.ts';
import { base64url } from '#lib/id.ts';
import { open, type RandomBytes, type Seal, seal } from '#crypto/envelope.ts';
import { MOST_U32 } from '#shared/protocol.ts';

/*
 * The ring: the keys of an account, sealed once for each of its codes (docs/sync-design.md §2). The server keeps it and
 * cannot open it. `fam` lists every code, this phone's too, with the key that seals its ring again; in owner rings only.
 */

const hexOf = (length: number) =>
  v.pipe(
    v.string(),
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      const bytes = fromHex(dataset.value, length);
      if (bytes !== null) return bytes;
      addIssue({ message: 'hex' });
      return NEVER;
    }),
  );
const role = v.picklist(['owner', 'reader']);

const RING = v.object({
  v: v.literal(1),
  aid: hexOf(16),
  acc: hexOf(32),
  ep: v.pipe(
    v.array(v.strictTuple([v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_U32)), hexOf(32)])),
    v.minLength(1),
    v.check((epochs) =>
      epochs.every(([epoch], index) => index === 0 || epoch > (epochs[index - 1]?.[0] ?? 0)),
    ),
  ),
  role,
  fam: v.array(
    v.object({
      cid: hexOf(16),
      wrap: hexOf(32),
      role,
      label: v.pipe(v.string(), v.maxLength(200)),
    }),
  ),
});

/** Where a ring belongs: its code, and the version that the server names with it. */
function how({ cid, wrap }: Pick<Credential, 'cid' | 'wrap'>, version: number): Seal {
  return { kind: 'ring', key: wrap, epoch: 0, binding: concat(cid, u32(version)) };
}

/** Seals a ring for one code. A reader's ring lists no codes. Throws when it is too large, which five codes never are. */
export function sealRing(
  ring: StoredRing,
  code: Pick<StoredCode, 'cid' | 'wrap' | 'role'>,
  version: number,
  randomBytes: RandomBytes,
): Uint8Array<ArrayBuffer> {
  const codes = code.role === 'owner' ? ring.codes : [];
  const content = {
    v: 1,
    aid: toHex(ring.aid),
    acc: toHex(ring.acc),
    ep: ring.epochs.map(([epoch, key]) => [epoch, toHex(key)]),
    role: code.role,
    fam: codes.map((other) => ({
      cid: toHex(other.cid),
      wrap: toHex(other.wrap),
      role: other.role,
      label: other.label,
    })),
  };
  const sealed = seal(new TextEncoder().encode(JSON.stringify(content)), how(code, version), randomBytes);
  if (sealed === null) throw new RangeError('The ring is too large.');
  return sealed;
}

/** Opens the ring of a code; `null` when it is not authentic, `TooNew` when a newer app wrote it. Never throws. */
export function openRing(
  env: Uint8Array,
  credential: Pick<Credential, 'cid' | 'wrap'>,
  version: number,
): StoredRing | 'TooNew' | null {
  if (!Number.isInteger(version) || version < 0 || version > MOST_U32) return null;
  const content = open(env, how(credential, version));
  const json = content && parseJson(content);
  if (json === null) return null;
  if (typeof json['v'] === 'number' && json['v'] > 1) return 'TooNew';
  const parsed = v.safeParse(RING, json);
  if (!parsed.success) return null;
  const { aid, acc, ep, role: own, fam } = parsed.output;
  return { aid, acc, epochs: ep, role: own, codes: fam };
}

/** JSON of an object; `null` for anything else. Never throws. */
export function parseJson(bytes: Uint8Array): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return typeof value === 'object' && !Array.isArray(value)
      ? (value as Record<string, unknown> | null)
      : null;
  } catch {
    return null;
  }
}

/** Cancels a code on this phone: its ring is never sealed again, and whoever looks at the server deletes it there. */
export function cancelCode(ring: StoredRing, cid: string): StoredRing {
  const codes = ring.codes.filter((code) => base64url(code.cid) !== cid);
  return { ...ring, codes, cancelled: [...new Set([...(ring.cancelled ?? []), cid])] };
}

/** A new epoch: the codes that are not in this ring open nothing that is written from now on. */
export function beginEpoch(ring: StoredRing, key: Uint8Array): StoredRing {
  return { ...ring, epochs: [...ring.epochs, [newestEpoch(ring)[0] + 1, key]] };
}

/** The newest epoch: what is written now is sealed with it. */
export function newestEpoch(ring: StoredRing): readonly [number, Uint8Array] {
  const newest = ring.epochs.at(-1);
  if (newest === undefined) throw new Error('A ring without an epoch.');
  return newest;
}
