import { encodeQR } from 'qr';

/** The modules of a code of digits, at level Q, without the white around it. */
export function modulesOf(digits: string): boolean[][] {
  const border = 1;
  const modules = encodeQR(digits, 'raw', { ecc: 'quartile', encoding: 'numeric', border });
  return modules.slice(border, -border).map((row) => row.slice(border, -border));
}
