import * as v from 'valibot';
import { type Answer, isAnswer, refuse, refuseBusy } from './answer.ts';
import type { Call } from './call.ts';

/** All bytes of a body, or the answer that refuses it. The size is looked at before the first byte is read. */
export async function readBody(
  { request, hold }: Call,
  most: number,
): Promise<Uint8Array<ArrayBuffer> | Answer> {
  const length = request.header('Content-Length');
  // Also every chunked body, whose size would only be known when it is too late.
  if (length === undefined || request.header('Transfer-Encoding') !== undefined)
    return refuse('LengthRequired');
  if (!/^\d{1,15}$/.test(length)) return refuse('BadRequest');
  if (Number(length) > most) return refuse('TooLarge');
  if (!hold(Number(length))) return refuseBusy();
  const bytes = await request.arrayBuffer().catch(() => null);
  // `null` when the phone lost its network in the middle: nobody is there to read this answer.
  if (bytes?.byteLength !== Number(length)) return refuse('BadRequest');
  return new Uint8Array(bytes);
}

/** A JSON body that fits the schema, or the answer that refuses it. */
export async function readJson<Schema extends v.GenericSchema<unknown, object>>(
  call: Call,
  most: number,
  schema: Schema,
): Promise<v.InferOutput<Schema> | Answer> {
  const bytes = await readBody(call, most);
  if (isAnswer(bytes)) return bytes;
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return refuse('BadRequest');
  }
  const read = v.safeParse(schema, value);
  return read.success ? read.output : refuse('BadRequest');
}
