import type { ReactNode } from 'react';
import styles from './Flag.module.css';

type FlagCountry = 'kr' | 'th' | 'my' | 'kh';

const DRAWINGS: Record<FlagCountry, ReactNode> = {
  kr: (
    <>
      <path fill="#fff" d="M0 0h36v24H0z" />
      <g transform="rotate(33.7 18 12)">
        <path fill="#cd2e3a" d="M12 12a6 6 0 0 1 12 0z" />
        <path fill="#0047a0" d="M12 12a6 6 0 0 0 12 0z" />
        <circle cx="15" cy="12" r="3" fill="#cd2e3a" />
        <circle cx="21" cy="12" r="3" fill="#0047a0" />
      </g>
      <g stroke="#111" strokeWidth="1.1">
        <path d="m5 7.6 3-4.4M6.5 8.6l3-4.4M8 9.6l3-4.4M25 18.8l3-4.4M26.5 19.8l3-4.4M28 20.8l3-4.4" />
        <path d="m28 3.2 3 4.4M26.5 4.2l3 4.4M25 5.2l3 4.4M8 14.4l3 4.4M6.5 15.4l3 4.4M5 16.4l3 4.4" />
      </g>
    </>
  ),
  th: (
    <>
      <path fill="#a51931" d="M0 0h36v24H0z" />
      <path fill="#f4f5f8" d="M0 4h36v16H0z" />
      <path fill="#2d2a4a" d="M0 8h36v8H0z" />
    </>
  ),
  my: (
    <>
      <path fill="#fff" d="M0 0h36v24H0z" />
      <path
        stroke="#cc0001"
        strokeWidth="1.72"
        d="M0 .86h36M0 4.29h36M0 7.71h36M0 11.14h36M0 14.57h36M0 18h36M0 21.43h36"
      />
      <path fill="#010066" d="M0 0h18v13.7H0z" />
      <path fill="#fc0" d="M10.4 3.2a4.1 4.1 0 1 0 0 7.2 3.6 3.6 0 1 1 0-7.2z" />
      <path
        fill="#fc0"
        d="m12.9 3.9.7 1.9 1.8-.9-.9 1.8 1.9.7-1.9.7.9 1.8-1.8-.9-.7 1.9-.7-1.9-1.8.9.9-1.8-1.9-.7 1.9-.7-.9-1.8 1.8.9z"
      />
    </>
  ),
  kh: (
    <>
      <path fill="#032ea1" d="M0 0h36v24H0z" />
      <path fill="#e00025" d="M0 6h36v12H0z" />
      <path
        fill="#fff"
        d="M10 16.5v-1h1v-2.5h1v-1.2l.8-1.3.8 1.3V13h1.9v-2.2h.8l1.7-3.3 1.7 3.3h.8V13h1.9v-1.2l.8-1.3.8 1.3V13h1v2.5h1v1z"
      />
    </>
  ),
};

/** A small drawing of a country's flag; the name of the country always stands beside it. */
export function Flag({ country }: { country: FlagCountry }) {
  return (
    <svg className={styles.flag} viewBox="0 0 36 24" aria-hidden="true" focusable="false">
      {DRAWINGS[country]}
    </svg>
  );
}
