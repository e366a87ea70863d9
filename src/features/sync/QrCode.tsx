import { useMemo } from 'react';
import styles from './QrCode.module.css';
import { modulesOf } from './qrModules.ts';

/** White around the code, in modules: what the standard asks for. */
const QUIET = 4;

/** A QR code. Always dark on white, in dark mode too: many readers find no other. */
export function QrCode({ digits, words }: { digits: string; words: string }) {
  const modules = useMemo(() => modulesOf(digits), [digits]);
  const size = modules.length + 2 * QUIET;
  const path = modules
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : '')))
    .join('');
  return (
    <svg className={styles.code} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={words}>
      <path fill="#fff" d={`M0 0h${size}v${size}H0z`} />
      <path fill="#000" d={path} shapeRendering="crispEdges" />
    </svg>
  );
}
