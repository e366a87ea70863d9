/*
 * Where the bytes of photos lie: a folder, or a store that speaks S3. Names are the aid and bid in base64url, so
 * everything of an account stands under one prefix. Whatever fails rejects; the caller answers 503.
 */
export interface BlobStore {
  /** Resolves when the bytes are safe on the disk or in the bucket. The same name again replaces them. */
  put(aid: Uint8Array, bid: Uint8Array, bytes: Uint8Array): Promise<void>;
  /** Bytes `from` to `to` (both counted from 0, `to` included), all without them; `null` only when they are surely not there. */
  get(
    aid: Uint8Array,
    bid: Uint8Array,
    range?: { readonly from: number; readonly to: number },
  ): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Nothing to delete is not a failure. */
  delete(aid: Uint8Array, bid: Uint8Array): Promise<void>;
  /** Deletes up to `most` things under the prefix of the account, whatever they are; `done` when none is left. */
  deleteAccount(aid: Uint8Array, most: number): Promise<{ readonly done: boolean }>;
}
