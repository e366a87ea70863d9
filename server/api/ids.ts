import { ID_BYTES } from '#shared/protocol.ts';
import { textToBytes } from './base64.ts';

/** A bid or cid from an address; `null` when it is none. */
export function readId(text: string | undefined): Uint8Array | null {
  const bytes = textToBytes(text ?? '');
  return bytes?.length === ID_BYTES ? bytes : null;
}

/** A whole number from an address or a header; `null` when it is none, or more than is exact. */
export function readNumber(text: string): number | null {
  if (!/^\d{1,16}$/.test(text)) return null;
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : null;
}
