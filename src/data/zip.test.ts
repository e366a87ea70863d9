import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { listZip, looksLikeZip, readZipEntry } from './zip.ts';

const TEXT = strToU8('ស្រុកស្រែ '.repeat(500));

test('reads stored and packed files', () => {
  const entries = listZip(zip());
  expect(entries && [...entries.keys()]).toEqual(['stored.txt', 'packed.txt']);
  for (const entry of entries?.values() ?? []) {
    expect(readZipEntry(entry)).toEqual(TEXT);
  }
});

test('notices one changed bit, stored or packed', () => {
  for (const name of ['stored.txt', 'packed.txt']) {
    const bytes = zip();
    const packed = listZip(bytes)?.get(name)?.packed;
    packed?.set([(packed[20] ?? 0) ^ 1], 20);
    const entry = listZip(bytes)?.get(name);
    expect(entry && readZipEntry(entry)).toBeNull();
  }
});

test('drops a bomb that says it is small', () => {
  const bomb = zipSync({ 'mitra.json': new Uint8Array(50_000_000) });
  const [entry] = listZip(bomb)?.values() ?? [];
  expect(entry?.size).toBe(50_000_000);
  expect(entry && readZipEntry({ ...entry, size: 10 })).toBeNull();
});

test('answers null to every cut-off or scrambled file, and never throws', () => {
  const whole = zip();
  for (let length = 0; length < whole.length; length += 7) {
    expect(listZip(whole.slice(0, length))).toBeNull();
  }
  for (let round = 0; round < 3000; round += 1) {
    const bytes = zip();
    const at = bytes.length - 1 - (round % 300);
    bytes[at] = (round * 31) % 256;
    for (const entry of listZip(bytes)?.values() ?? []) {
      if (entry.size < 1_000_000) {
        readZipEntry(entry);
      }
    }
  }
});

test('knows a ZIP by its first bytes', () => {
  expect(looksLikeZip(zip())).toBe(true);
  expect(looksLikeZip(strToU8('%PDF'))).toBe(false);
  expect(looksLikeZip(new Uint8Array(0))).toBe(false);
});

function zip() {
  return zipSync({ 'stored.txt': [TEXT, { level: 0 }], 'packed.txt': TEXT }, { mtime: '2026-11-21' });
}
