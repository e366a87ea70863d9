import { decodeQR } from 'qr/decode.js';
import { expect, test } from 'vitest';
import { qrText, readCode } from '#crypto/recoveryCode.ts';
import { modulesOf } from './qrModules.ts';

/** The code as a camera would see it, with white around it. */
function drawn(modules: boolean[][], scale: number) {
  const size = (modules.length + 8) * scale;
  const data = new Uint8ClampedArray(size * size * 4).fill(255);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const isDark = modules[Math.floor(y / scale) - 4]?.[Math.floor(x / scale) - 4] ?? false;
      if (isDark) data.fill(0, (y * size + x) * 4, (y * size + x) * 4 + 3);
    }
  }
  return { width: size, height: size, data };
}

test('the code is a small square of 25 modules, which a bad printer can print', () => {
  expect(modulesOf(qrText('0'.repeat(32)))).toHaveLength(25);
});

test.each(['0'.repeat(32), '01234567890123456789012345678901', '98765432109876543210987654321098'])(
  'what is drawn for %s is read back',
  (digits) => {
    const text = decodeQR(drawn(modulesOf(qrText(digits)), 6));
    expect(readCode(text)).toEqual({ type: 'Code', digits });
  },
);
